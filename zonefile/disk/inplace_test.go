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
			r := mustSave(t, f, data, SaveOptions{InPlace: true, Check: func(path string) error {
				b, err := os.ReadFile(path)
				checked = string(b)
				return err
			}})
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
				path, opt := f.Path(), Options{StateDir: f.opt.StateDir}
				f.Close()
				f = open(t, path, opt)
				if got := string(f.Bytes()); got != oldText && got != newText {
					t.Errorf("not repaired: %q", got)
				}
				wantContent(t, path, string(f.Bytes()))
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
				f = open(t, path, opt)
				if got := string(f.Bytes()); got != oldText && got != newText {
					t.Errorf("not repaired: %q, %q", got, f.Warnings())
				}
				wantContent(t, path, string(f.Bytes()))
				if _, err := os.Stat(filepath.Join(opt.StateDir, recoveryDir)); err == nil {
					wantNames(t, filepath.Join(opt.StateDir, recoveryDir))
				}
				mustSave(t, f, "; next\n", SaveOptions{InPlace: true})
			})
		}
	}
}

func TestTornFileIsRepaired(t *testing.T) {
	for name, content := range map[string]string{
		"half":  newText[:len(newText)/2],
		"mixed": newText[:60] + oldText[60:],
		"zeros": newText[:40] + strings.Repeat("\x00", len(newText)-40),
	} {
		t.Run(name, func(t *testing.T) {
			path, opt := tornZone(t, content)
			readOnly := opt
			readOnly.ReadOnly = true
			wantReadOnly(t, open(t, path, readOnly), "half written", false)
			f := open(t, path, opt)
			if string(f.Bytes()) != oldText || len(f.Warnings()) != 1 {
				t.Errorf("Bytes %q, warnings %q", f.Bytes(), f.Warnings())
			}
			wantContent(t, path, oldText)
			copies, err := History(path, opt)
			if err != nil || len(copies) == 0 {
				t.Fatal(copies, err)
			}
			if b, err := copies[0].Read(); string(b) != newText {
				t.Errorf("the newest copy holds %q, %v", b, err)
			}
			if w := open(t, zone(t), opt).Warnings(); len(w) > 0 {
				t.Errorf("warnings for another file: %q", w)
			}
		})
	}
}

// tornZone is a zone file and the record of an interrupted save in place that left it with this content.
func tornZone(t *testing.T, content string) (string, Options) {
	t.Helper()
	path, opt := zone(t), options(t)
	f := open(t, path, opt)
	r, err := newRecord(f.kernel, opt, []Change{{File: f, New: []byte(newText)}}, f.step().now())
	if err != nil {
		t.Fatal(err)
	}
	r.close()
	f.Close()
	if err := os.WriteFile(path, []byte(content), 0o640); err != nil {
		t.Fatal(err)
	}
	return path, opt
}

// step is a step of a save of the file.
func (f *File) step() *step { return &step{Change: Change{File: f}} }

func TestStrangeFileIsNotRepaired(t *testing.T) {
	path, opt := tornZone(t, "; written by hand after the crash\n")
	f := open(t, path, opt)
	if w := f.Warnings(); len(w) != 1 || !strings.Contains(w[0], "neither") {
		t.Errorf("warnings %q", w)
	}
	wantContent(t, path, "; written by hand after the crash\n")
}

func TestInterruptedFamily(t *testing.T) {
	for _, version := range []string{"new", "old"} {
		t.Run(version, func(t *testing.T) {
			opt := options(t)
			dir, changes := family(t, opt)
			r, err := newRecord(kernel{}, opt, changes, changes[0].File.step().now())
			if err != nil {
				t.Fatal(err)
			}
			mustSave(t, changes[0].File, "new a.inc", SaveOptions{})
			r.close()
			for _, c := range changes {
				c.File.Close()
			}
			main := open(t, filepath.Join(dir, "main"), opt)
			if w := main.Warnings(); len(w) != 1 || !strings.Contains(w[0], "3 files") {
				t.Errorf("warnings %q", w)
			}
			main.Close()
			found, err := FindInterrupted(opt)
			if err != nil || len(found) != 1 || !found[0].Files[filepath.Join(dir, "a.inc")] {
				t.Fatalf("%+v, %v", found, err)
			}
			end := found[0].Finish
			if version == "old" {
				end = found[0].Undo
			}
			if results, err := end(); err != nil {
				t.Errorf("%+v, %v", results, err)
			}
			wantFamily(t, dir, version)
			if found, err := FindInterrupted(opt); err != nil || len(found) > 0 {
				t.Errorf("still there: %+v, %v", found, err)
			}
		})
	}
}
