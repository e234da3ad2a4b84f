package ui

import (
	"os"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// Any type of the table of RDATA is added by its form, of which the editor knows nothing: its name is typed, its data is one
// text or fields, and what is written is what was meant.
func TestAnyTypeIsAdded(t *testing.T) {
	data, err := os.ReadFile("../zonefile/testdata/canonical.zone") // records of each
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	u := newUser(t, "", data)
	z := u.app.doc.Zone()
	for _, name := range zonefile.TypeNames() {
		f := newAddForm(u.app.kit, z.Origin(), zonefile.TypeMX)
		f.field(partType).input.SetValue(name)
		if f.leave(); f.offered != name || len(f.fields) < 5 {
			t.Errorf("%s: a form for %s with %d fields", name, f.offered, len(f.fields))
		}
	}
	seen := map[zonefile.Type]bool{}
	for r := range z.Records() {
		if r.Type() != zonefile.TypeSOA && !r.IsZero() && !seen[r.Type()] {
			seen[r.Type()] = true
			addLike(t, u.app.kit, r)
		}
	}
	if len(seen) < 25 {
		t.Errorf("only %d types were added", len(seen))
	}
}

// addLike adds by its form a record of the type and the data of another.
func addLike(t *testing.T, k *kit, r zonefile.Record) {
	f := newAddForm(k, "new."+r.Origin(), zonefile.TypeMX)
	f.field(partType).input.SetValue(r.Type().String())
	f.leave()
	if f.as.on {
		f.toText()
	}
	switch one := f.field(partData); {
	case one != nil:
		one.input.SetValue(r.RDataText())
	case f.field(partText) != nil:
		text, _ := r.Joined()
		f.field(partText).input.SetValue(text)
	default:
		for i, tok := range r.RData() {
			f.field(part(i)).input.SetValue(tok.Raw)
		}
	}
	z := k.doc.Zone()
	edits, err := f.edits(z)
	if err != nil {
		t.Errorf("%s %s: %v", r.Type(), r.RDataText(), err)
		return
	}
	next, err := z.Apply(edits...)
	if err != nil {
		t.Errorf("%s %s: %v", r.Type(), r.RDataText(), err)
		return
	}
	got := f.written(next)
	text, _ := got.Joined()
	if want, _ := r.Joined(); got.CanonicalRData() != r.CanonicalRData() && (want == "" || text != want) {
		t.Errorf("%s %s is written as %s", r.Type(), r.RDataText(), got.RDataText())
	}
}
