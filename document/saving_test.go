package document

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// What a save writes is put together when it is written, and into an old file only where somebody agreed to that.
func TestSavingChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db.example.com")
	if err := os.WriteFile(path, []byte(sessionZone), 0o600); err != nil {
		t.Fatal(err)
	}
	st, z, err := Open(Options{Path: path, Origin: "example.com.", State: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(st.Close)
	s := NewSession(z, st)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.Change(Change{Title: "delete", Make: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		return z.Delete(z.RRset("example.com.", zonefile.TypeMX)[0])
	}}))
	sv, err := s.Prepare(time.Now())
	must(err)
	if c := sv.changes(); len(c) != 1 || string(c[0].New) != string(sv.Zone.Root().Bytes()) || c[0].Options.InPlace {
		t.Errorf("%d changes, or another text, or in place without consent", len(c))
	}
	if c := sv.InPlace().changes(); !c[0].Options.InPlace || sv.changes()[0].Options.InPlace {
		t.Error("not in place with consent, or from then on")
	}
}
