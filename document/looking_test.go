package document

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What another program did is told in the same words by a look and by the save that finds it out.
func TestLookSaysWhatASaveSays(t *testing.T) {
	for _, row := range []struct {
		name        string
		there       bool // before it is opened
		other       func(path string) error
		deeds, says string
	}{
		{"nothing", true, func(string) error { return nil }, "", ""},
		{"nothing, new", false, func(string) error { return nil }, "", ""},
		{"written", true, func(path string) error { return os.WriteFile(path, []byte("; theirs\n"), 0o600) }, "changed ", " was changed by another program since "},
		{"removed", true, os.Remove, "removed ", " was removed or renamed by another program: "},
		{"made", false, func(path string) error { return os.WriteFile(path, nil, 0o600) }, "made ", " has come to be there since: another program made a file of this name: "},
		{"a directory made", false, func(path string) error { return os.Mkdir(path, 0o700) }, "made ", " has come to be there since: another program made a file of this name: "},
	} {
		t.Run(row.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "db.example.com")
			if row.there {
				if err := os.WriteFile(path, []byte(sessionZone), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			st, z, err := Open(Options{Path: path, Origin: "example.com.", State: t.TempDir(), New: true})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(st.Close)
			s := NewSession(z, st)
			if err := row.other(path); err != nil {
				t.Fatal(err)
			}
			seen := s.Look().Run()
			if s.Saw(seen); s.Elsewhere() != (row.says != "") {
				t.Fatalf("elsewhere: %v", s.Elsewhere())
			}
			err = st.Set.Root().Conflict()
			if row.says == "" {
				if err != nil || s.ElsewhereWhy() != "" {
					t.Errorf("%v, %s", err, s.ElsewhereWhy())
				}
				return
			}
			if seen.Deeds() != row.deeds+path {
				t.Errorf("deeds: %s", seen.Deeds())
			}
			colon := func(text string) string { return strings.Replace(text, path+": ", path+" ", 1) }
			if err == nil || !strings.Contains(colon(err.Error()), row.says) || !strings.Contains(s.ElsewhereWhy(), row.says) {
				t.Errorf("the look says %s, the save %v", s.ElsewhereWhy(), err)
			}
		})
	}
}
