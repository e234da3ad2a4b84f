package document

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// Edits that were not saved come back by whatever path the zone file is opened the next time, from whatever directory:
// those in the zone file and those in what it includes.
func TestUnsavedEditsByEveryPath(t *testing.T) {
	dir, state := t.TempDir(), t.TempDir()
	zones := filepath.Join(dir, "zones")
	for name, text := range map[string]string{"db.example.com": sessionZone + "$INCLUDE sub/hosts\n", "sub/hosts": "www A 192.0.2.80\nftp A 192.0.2.81\n"} {
		if err := os.MkdirAll(filepath.Join(zones, filepath.Dir(name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(zones, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("zones", filepath.Join(dir, "folder")); err != nil {
		t.Fatal(err)
	}
	open := func(path string) *Session {
		st, z, err := Open(Options{Path: path, Origin: "example.com.", State: state})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { st.Close() })
		return NewSession(z, st)
	}

	t.Chdir(zones)
	s := open("db.example.com")
	if err := s.KeepJournal(); err != nil {
		t.Fatal(err)
	}
	mustChange(t, s, deleteMX())
	mustChange(t, s, Change{Make: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		return z.Delete(z.RRset("www.example.com.", zonefile.TypeA)...)
	}})
	if err := s.Journal.Durable(); err != nil {
		t.Fatal(err)
	}
	want := texts(s.Zone())
	s.Journal.Close()
	s.Store.Close()

	for _, from := range []struct{ dir, path string }{
		{zones, "db.example.com"}, {zones, "./db.example.com"}, {zones, filepath.Join(zones, "db.example.com")},
		{dir, "zones/db.example.com"}, {dir, "folder/db.example.com"}, {filepath.Join(zones, "sub"), "../db.example.com"}, {"/", filepath.Join(dir, "folder", "db.example.com")},
	} {
		t.Chdir(from.dir)
		s := open(from.path)
		left, ok := s.Store.Left()
		if !ok {
			t.Fatalf("%s in %s: nothing was left", from.path, from.dir)
		}
		edits, err := s.Recovered(left)
		if err != nil {
			t.Errorf("%s in %s: %v", from.path, from.dir, err)
			continue
		}
		next, err := s.Zone().Apply(edits...)
		if err != nil || texts(next) != want {
			t.Errorf("%s in %s: %v\n%s", from.path, from.dir, err, texts(next))
		}
		s.Store.Close()
	}
}

// texts is what stands in all files of a zone.
func texts(z *zonefile.Zone) string {
	all := ""
	for f := range z.Files() {
		all += string(f.Bytes()) + "----\n"
	}
	return all
}
