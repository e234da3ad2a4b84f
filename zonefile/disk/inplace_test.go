//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/testdata/needs"
)

// linkedZone is a zone file with a second name in another directory.
func linkedZone(t *testing.T) (path, link string) {
	t.Helper()
	path = zone(t)
	link = filepath.Join(t.TempDir(), "link")
	if err := os.Link(path, link); err != nil {
		t.Fatal(err)
	}
	return path, link
}

func TestSaveInPlace(t *testing.T) {
	for name, data := range map[string]string{"longer": newText, "shorter": "; short\n", "empty": ""} {
		t.Run(name, func(t *testing.T) {
			path, link := linkedZone(t)
			opt := options(t)
			f := open(t, path, opt)
			checked := ""
			results, err := saveChecked([]Change{{f, []byte(data), SaveOptions{InPlace: true}}}, func(stored []string) error {
				wantContent(t, path, oldText) // nothing is written yet
				checked = stored[0]
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			r := results[0]
			if checked != data || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "in place") {
				t.Errorf("checked %q, result %+v", checked, r)
			}
			wantContent(t, path, data)
			wantContent(t, link, data)
			wantNames(t, filepath.Join(opt.StateDir, recoveryDir))
			mustSave(t, f, oldText, SaveOptions{InPlace: true})
			wantContent(t, link, oldText)
		})
	}
}

func TestNotInPlaceWithoutARecord(t *testing.T) {
	path, _ := linkedZone(t)
	opt := options(t)
	if err := os.WriteFile(opt.StateDir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := open(t, path, opt).Save([]byte(newText), SaveOptions{InPlace: true})
	if r.Outcome != Untouched || err == nil || !strings.Contains(r.Message, "recovery record") {
		t.Errorf("Save = %+v, %v", r, err)
	}
	wantContent(t, path, oldText)
}

func TestInPlaceWhatCannotBeKept(t *testing.T) {
	needs.Root(t)
	path, opt := zone(t), options(t)
	if err := os.Chown(path, 53, 54); err != nil {
		t.Fatal(err)
	}
	opt.around = func(call string, do func() error) error {
		if call == "fchown" {
			return unix.EPERM
		}
		return do()
	}
	f := open(t, path, opt)
	if r, err := f.Save([]byte(newText), SaveOptions{}); r.Outcome != Untouched {
		t.Errorf("Save = %+v, %v", r, err)
	}
	mustSave(t, f, newText, SaveOptions{InPlace: true})
	wantContent(t, path, newText)
	if st := metadataAt(t, path).status; st.uid != 53 || st.gid != 54 {
		t.Errorf("owner %d:%d", st.uid, st.gid)
	}
}

// sabotagedInPlace writes newText over oldText in place, with a fault.
func sabotagedInPlace(t *testing.T, s *saboteur) (f *File, r Result, err error) {
	t.Helper()
	path, _ := linkedZone(t)
	o := options(t)
	o.around = s.around
	f = open(t, path, o)
	s.armed = true
	defer func() {
		s.armed = false
		if p := recover(); p != nil && p != any(crashed{}) {
			panic(p)
		}
	}()
	r, err = f.Save([]byte(newText), SaveOptions{InPlace: true})
	return f, r, err
}

// callsInPlace are the system calls of a save in place.
func callsInPlace(t *testing.T) []string {
	s := &saboteur{fault: fault{at: -1}}
	if _, r, err := sabotagedInPlace(t, s); err != nil {
		t.Fatalf("Save = %+v, %v", r, err)
	}
	return s.calls
}

func TestEveryCallFailsInPlace(t *testing.T) {
	inMemory(t)
	outcomes := map[Outcome]int{}
	for at, call := range callsInPlace(t) {
		for i := range 4 {
			s := &saboteur{fault: fault{at, unix.EIO, i&1 > 0, i&2 > 0}}
			t.Run(fmt.Sprint(call, s.fault), func(t *testing.T) {
				f, r, err := sabotagedInPlace(t, s)
				outcomes[r.Outcome]++
				if r.Outcome == Torn && !s.sticky {
					t.Errorf("one failure was too much: %s", r.Message)
				}
				if r.Outcome != Torn {
					wantLaw(t, f, r, err)
					return
				}
				path, state := f.Path(), f.opt.StateDir
				f.Close()
				if _, why := endedWrong(path, state, Undo); why != "" {
					t.Error(why)
				}
				if got, err := os.ReadFile(path); string(got) != oldText && string(got) != newText {
					t.Errorf("undone, it holds %q, %v", got, err)
				}
			})
		}
	}
	t.Log(outcomes)
	if outcomes[Torn] == 0 || outcomes[Saved] == 0 || outcomes[Untouched] == 0 {
		t.Error("an outcome is missing")
	}
}

func TestEndAtEveryCallInPlace(t *testing.T) {
	inMemory(t)
	for at, call := range callsInPlace(t) {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprint(call, at, after), func(t *testing.T) {
				f, _, _ := sabotagedInPlace(t, &saboteur{fault: fault{at: at, after: after}})
				path, opt := f.Path(), Options{StateDir: f.opt.StateDir}
				f.Close()
				closeAll(t, filepath.Dir(path))
				closeAll(t, opt.StateDir)
				if _, why := endedWrong(path, opt.StateDir, Undo); why != "" {
					t.Error(why)
				}
				f = open(t, path, opt)
				if got := string(f.Bytes()); got != oldText && got != newText {
					t.Errorf("not undone: %q, %q", got, f.Warnings())
				}
				if _, err := os.Stat(filepath.Join(opt.StateDir, recoveryDir)); err == nil {
					wantNames(t, filepath.Join(opt.StateDir, recoveryDir))
				}
				mustSave(t, f, "; next\n", SaveOptions{InPlace: true})
			})
		}
	}
}
