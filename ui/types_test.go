package ui

import (
	"os"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// Any type of the table of RDATA is added by its form, of which the editor knows nothing: its name is typed, its data is one
// text or fields, and what is written is what was meant.
func TestAnyTypeIsAdded(t *testing.T) {
	all := everyType(t)
	t.Chdir(t.TempDir())
	u := newUser(t, "", demoZone)
	for _, name := range zonefile.TypeNames() {
		f := newAddForm(u.app.kit, u.app.doc.Zone().Origin(), zonefile.TypeMX)
		f.field(partType).input.SetValue(name)
		if f.leave(); f.offered != name || len(f.fields) < 5 {
			t.Errorf("%s: a form for %s with %d fields", name, f.offered, len(f.fields))
		}
	}
	added := map[zonefile.Type]bool{}
	for r := range all.Records() {
		own := strings.HasPrefix(string(r.Owner()), "of-") // of the others the first of each type: what cannot be typed is there, too
		if typ := r.Type(); typ != zonefile.TypeSOA && (own || !added[typ]) {
			added[typ] = true
			addLike(t, u.app.kit, r)
		}
	}
	for _, name := range zonefile.TypeNames() {
		if typ, _ := zonefile.ParseType(name); !added[typ] && typ != zonefile.TypeSOA { // a zone has one
			t.Errorf("no %s was added", name)
		}
	}
}

// everyType is records of each type: in spellings that are rare, of the data by which BIND was asked about each field, and by
// octets where that is the only form.
func everyType(t *testing.T) *zonefile.Zone {
	t.Helper()
	canonical, err := os.ReadFile("../zonefile/testdata/canonical.zone")
	if err != nil {
		t.Fatal(err)
	}
	types, err := os.ReadFile("../zonefile/testdata/types.txt")
	if err != nil {
		t.Fatal(err)
	}
	has := map[string]bool{}
	text := string(canonical)
	for line := range strings.Lines(string(types)) {
		if typ, _, _ := strings.Cut(line, " "); typ != "#" && typ != "SOA" {
			has[typ] = true
			text += "of-" + typ + " " + line
		}
	}
	for _, typ := range zonefile.TypeNames() {
		if !has[typ] && typ != "SOA" {
			text += "of-" + typ + " " + typ + " \\# 4 0A000001\n"
		}
	}
	z := zonefile.Parse("db", []byte(text), zonefile.Options{Origin: "example.com."})
	for e := range z.Errors() {
		t.Error(e)
	}
	return z
}

// A type that stands in no zone is not completed, and not taken.
func TestTypesOfQueries(t *testing.T) {
	for _, name := range []string{"ANY", "AXFR", "ixfr", "OPT", "TSIG", "TKEY", "MAILB", "MAILA", "MD", "MF", "TYPE255", "TYPE41"} {
		if match := typesWith(name); len(match) > 0 {
			t.Errorf("%s: %q", name, match)
		}
		if err := checkType(name); err == nil || !strings.Contains(err.Error(), "in no zone") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range zonefile.TypeNames() {
		if typ, ok := zonefile.ParseType(name); !ok || !typ.InZones() {
			t.Errorf("%s is offered", name)
		}
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
