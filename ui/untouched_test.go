package ui

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/zonefile"
)

var untouched = flag.Int("untouched", 4, "how many mutated versions of each zone have their records opened in a form that nobody types into")

// A record that is opened in its form and not touched stays byte for byte, however it is written and whatever is wrong with it:
// one that has faults opens as text, and the way to fields and back changes nothing.
func TestUntouchedRecordsStay(t *testing.T) {
	zones := [][]byte{demoZone, scriptZone(t, "testdata/formedits.txtar"), scriptZone(t, "testdata/fields.txtar"), scriptZone(t, "testdata/words.txtar")}
	for _, pattern := range []string{"../zonefile/testdata/zones/*", "../zonefile/testdata/canonical.zone", "../.corpus/*/*"} {
		files, _ := filepath.Glob(pattern)
		for _, name := range files {
			if data, err := os.ReadFile(name); err == nil && len(data) < 1<<14 && !bytes.Contains(data, []byte("$INCLUDE")) {
				zones = append(zones, data)
			}
		}
	}
	rnd := rand.New(rand.NewPCG(18, 9))
	var n openings
	for _, zone := range zones {
		for round := range *untouched + 1 {
			data := zone
			for range round {
				data = mutatedZone(rnd, data)
			}
			t.Chdir(t.TempDir())
			u := newUser(t, "", data)
			for r := range u.app.doc.Zone().Records() {
				n.open(t, u.app.kit, r)
			}
		}
	}
	t.Logf("%d zones: %+v", len(zones), n)
	if n.fields < 50 || n.faulty < 20 {
		t.Errorf("%+v: the test tries too little", n)
	}
}

// openings counts records that were opened, those of them that opened as fields, and those that had faults.
type openings struct{ records, fields, faulty int }

// open opens a record and changes nothing.
func (n *openings) open(t *testing.T, k *kit, r zonefile.Record) {
	t.Helper()
	f := newEditForm(k, r)
	n.records++
	kind, ok := f.kindHere()
	faulty := ok && kind.Hinders(f.recordText()) != ""
	switch {
	case faulty && f.as.on:
		t.Errorf("%s: it has faults, and opens as fields", r.Text())
	case faulty:
		n.faulty++
	case f.as.on:
		n.fields++
	}
	for range 3 {
		if edits, err := f.edits(r.Zone()); len(edits) > 0 || ok && err != nil { // of others a field may be wrong, and is said to be
			t.Errorf("%s: untouched it becomes %v, %v", r.Text(), edits, err)
			return
		}
		switch {
		case f.as.on:
			f.leave()
			f.toText()
		case f.whyNoFields() == "":
			f.leave()
			f.toFields()
		}
	}
}

// mutatedZone is a zone after an accident to some of its octets.
func mutatedZone(rnd *rand.Rand, zone []byte) []byte {
	out := bytes.Clone(zone)
	for range 1 + len(out)/400 {
		at := rnd.IntN(len(out))
		const odd = "\";=: ~,\\()v1\x00\xff-/"
		switch rnd.IntN(3) {
		case 0:
			out[at] = odd[rnd.IntN(len(odd))]
		case 1:
			out = append(out[:at:at], out[at+1:]...)
		default:
			out = append(out[:at:at], append([]byte{odd[rnd.IntN(len(odd))]}, out[at:]...)...)
		}
	}
	return out
}

// scriptZone is the zone of a script.
func scriptZone(t *testing.T, name string) []byte {
	t.Helper()
	ar, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return zoneOf(ar)
}
