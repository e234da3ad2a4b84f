package ui

import (
	"bytes"
	"cmp"
	"flag"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/zonefile"
)

var (
	untouched = flag.Int("untouched", 4, "how many mutated versions of each zone have their records opened in a form that nobody types into")
	openedAll = flag.Int("opened", 0, "open so many records of every zone file of other projects, too, and not a few of a part of them")
)

// A record that is opened in its form and not touched stays byte for byte, however it is written and whatever is wrong with it:
// one that has faults opens as text, and the way to fields and back changes nothing.
func TestUntouchedRecordsStay(t *testing.T) {
	rnd := rand.New(rand.NewPCG(18, 9))
	var own, others openings
	theirs := othersZones(t)
	for _, zone := range ownZones(t) {
		own.openMutated(t, rnd, zone, *untouched, 1<<16)
	}
	for _, zone := range theirs {
		others.openMutated(t, rnd, zone, min(*openedAll, 1), cmp.Or(*openedAll, 25))
	}
	t.Logf("own: %+v, of others: %+v", own, others)
	if own.fields < 50 || own.faulty < 20 || len(theirs) > 0 && others.records < 400 {
		t.Error("the test tries too little")
	}
}

// ownZones is zones of this project that are not big.
func ownZones(t *testing.T) [][]byte {
	blanks := []byte("@ TXT \\ \t; a blank\na\\  A 192.0.2.1\n@ HINFO \\  \\ \n")
	zones := [][]byte{blanks, demoZone, scriptZone(t, "testdata/formedits.txtar"), scriptZone(t, "testdata/fields.txtar"), scriptZone(t, "testdata/words.txtar")}
	for _, pattern := range []string{"../zonefile/testdata/zones/*", "../zonefile/testdata/canonical.zone"} {
		files, _ := filepath.Glob(pattern)
		for _, name := range files {
			if data, err := os.ReadFile(name); err == nil && len(data) < 1<<14 {
				zones = append(zones, data)
			}
		}
	}
	return zones
}

// othersZones is the zone files of other projects, or one in ten of them; none where .ci/corpus did not bring them.
func othersZones(t *testing.T) (zones [][]byte) {
	root, err := filepath.EvalSymlinks("../.corpus")
	if err != nil {
		t.Log("without the corpus: .ci/corpus brings it")
		return nil
	}
	n := 0
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		if n++; *openedAll == 0 && n%10 != 0 {
			return nil
		}
		data, err := os.ReadFile(path)
		zones = append(zones, data)
		return err
	})
	return zones
}

// openMutated opens records of a zone, and of versions of it after accidents.
func (n *openings) openMutated(t *testing.T, rnd *rand.Rand, zone []byte, mutated, most int) {
	for round := range mutated + 1 {
		data := zone
		for range round {
			data = mutatedZone(rnd, data)
		}
		t.Chdir(t.TempDir())
		n.zones++
		u, left := newUser(t, "", data), most
		for r := range u.app.doc.Zone().Records() {
			if left--; left < 0 {
				break
			}
			n.open(t, u.app.kit, r)
		}
	}
}

// openings counts zones of which records were opened, the records, those of them that opened as fields, and those that had faults.
type openings struct{ zones, records, fields, faulty int }

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
	out := append(bytes.Clone(zone), ' ')
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
