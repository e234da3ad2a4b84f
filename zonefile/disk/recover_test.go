//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// This file makes records of interrupted saves as the saves leave them, puts all kinds of things at the names of their
// files, and looks at, ends and forgets them.

// leaveRecord writes the record of a save of changes that does not go on, and closes their files.
func leaveRecord(t testing.TB, opt Options, how kind, at time.Time, changes ...Change) {
	t.Helper()
	var entries []entry
	for _, c := range changes {
		entries = append(entries, entry{c.File.Path(), c.File.bytes, c.New, how, c.File.state, ""})
	}
	r, err := newRecord(kernel{}, opt, entries, at)
	if err != nil {
		t.Fatal(err)
	}
	r.release()
	for _, c := range changes {
		c.File.Close()
	}
}

// tornZone is a zone file and the record of an interrupted save in place that left it with this content.
func tornZone(t testing.TB, content string) (string, Options) {
	t.Helper()
	path, opt := zone(t), options(t)
	leaveRecord(t, opt, writtenInto, time.Now(), Change{File: open(t, path, opt), New: []byte(newText)})
	if err := os.WriteFile(path, []byte(content), 0o640); err != nil {
		t.Fatal(err)
	}
	return path, opt
}

// interruptedFamily is three files of which the first is new, and the record of their save.
func interruptedFamily(t *testing.T) (string, Options) {
	t.Helper()
	opt := options(t)
	dir, changes := family(t, opt)
	mustSave(t, changes[0].File, "new a.inc", SaveOptions{})
	changes[0].File.bytes = []byte("old a.inc")
	leaveRecord(t, opt, oneOfSeveral, time.Now(), changes...)
	return dir, opt
}

// onlyOne finds the one interrupted save of a file.
func onlyOne(t testing.TB, path string, opt Options) *Interrupted {
	t.Helper()
	found, err := FindInterrupted(path, opt)
	if err != nil || len(found.Saves) != 1 || len(found.Notes) > 0 {
		t.Fatalf("found %+v, %v", found, err)
	}
	return found.Saves[0]
}

// wantCopies compares the undo copies of a file, the newest first.
func wantCopies(t testing.TB, path string, opt Options, want ...string) {
	t.Helper()
	copies, err := History(path, opt)
	if err != nil || len(copies) < len(want) {
		t.Fatalf("%d copies, %v; want %d", len(copies), err, len(want))
	}
	for i, text := range want {
		if b, err := copies[i].Read(); string(b) != text {
			t.Errorf("copy %d of %s holds %q, %v; want %q", i+1, path, b, err, text)
		}
	}
}

func TestHalfWritten(t *testing.T) {
	for name, content := range map[string]string{
		"mixed": newText[:60] + oldText[60:],
		"zeros": newText[:40] + strings.Repeat("\x00", len(newText)-40),
	} {
		for _, way := range []Way{Finish, Undo} {
			t.Run(name+" "+string(way), func(t *testing.T) {
				path, opt := tornZone(t, content)
				f := open(t, path, opt)
				wantReadOnly(t, f, "half written; end it by `mailzone history --finish "+path+"`, or --undo", false)
				if r, err := f.Save([]byte("; by force\n"), SaveOptions{InPlace: true}); r.Outcome != Untouched || !errors.Is(err, ErrReadOnly) && err == nil {
					t.Errorf("Save = %+v, %v", r, err)
				}
				f.Close()
				wantContent(t, path, content)
				in := onlyOne(t, path, opt)
				if in.Files[0].Holds != HalfWritten {
					t.Fatalf("%v", in)
				}
				e, err := in.Begin(way, true)
				if err != nil || len(e.Changes) != 1 || e.Other(0) == nil {
					t.Fatalf("Begin = %+v, %v", e, err)
				}
				e.Close()
				if err := end(in, way); err != nil {
					t.Fatal(err)
				}
				wantContent(t, path, map[Way]string{Finish: newText, Undo: oldText}[way])
				wantCopies(t, path, opt, content)
				wantNames(t, filepath.Join(opt.StateDir, recoveryDir))
				if w := open(t, zone(t), opt).Warnings(); len(w) > 0 {
					t.Errorf("warnings for another file: %q", w)
				}
			})
		}
	}
}

// No undo copy of what is replaced, no mending.
func TestNotMendedWithoutACopy(t *testing.T) {
	content := newText[:60] + oldText[60:]
	path, opt := tornZone(t, content)
	if err := os.WriteFile(filepath.Join(opt.StateDir, undoDir), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := end(onlyOne(t, path, opt), Undo); err == nil || !strings.Contains(err.Error(), "undo copy") {
		t.Errorf("error %v", err)
	}
	wantContent(t, path, content)
	onlyOne(t, path, opt)
}

// What only looks torn is not mended: another inode, a record that does not say that the save was in place.
func TestOnlyTheFileThatWasWrittenIntoIsTorn(t *testing.T) {
	content := newText[:60] + oldText[60:]
	t.Run("another inode", func(t *testing.T) {
		path, opt := tornZone(t, content)
		kept, err := os.Open(path) // or the number of the inode would be free
		if err := errors.Join(err, os.Remove(path), os.WriteFile(path, []byte(content), 0o640)); err != nil {
			t.Fatal(err)
		}
		defer kept.Close()
		wantNeither(t, path, opt, "was changed since")
	})
	for name, from := range map[string]string{"several files": `"Kind":"in place"`, "an older version": `,"Kind":"in place"`} {
		t.Run(name, func(t *testing.T) {
			path, opt := tornZone(t, content)
			manifest := filepath.Join(onlyOne(t, path, opt).Dir, manifestName)
			text, err := os.ReadFile(manifest)
			if err != nil {
				t.Fatal(err)
			}
			to := map[string]string{"several files": `"Kind":"several files"`}[name]
			if err := os.WriteFile(manifest, bytes.Replace(text, []byte(from), []byte(to), 1), 0o600); err != nil {
				t.Fatal(err)
			}
			wantNeither(t, path, opt, "was changed since")
		})
	}
}

// wantNeither wants the only file of an interrupted save to be neither version, and to stay as it is.
func wantNeither(t *testing.T, path string, opt Options, why string) {
	t.Helper()
	in := onlyOne(t, path, opt)
	if in.Files[0].Holds != Neither || in.Files[0].Why != why {
		t.Errorf("%v", in)
	}
	for _, way := range []Way{Finish, Undo} {
		if err := end(in, way); err == nil || in.Can(way) {
			t.Errorf("%s: %v, %v", way, err, in)
		}
	}
}

func TestIsTorn(t *testing.T) {
	before, after := strings.Repeat("old\n", 500), strings.Repeat("new!\n", 500) // 2,000 and 2,500 bytes
	cut := func(text string, from, to int) string { return text[from*sectorSize : min(to*sectorSize, len(text))] }
	for name, tt := range map[string]struct {
		data string
		torn bool
	}{
		"new up to a sector, then old":        {cut(after, 0, 2) + cut(before, 2, 9), true},
		"sectors in any order":                {cut(before, 0, 1) + cut(after, 1, 2) + cut(before, 2, 9), true},
		"grown, the rest reserved":            {before + strings.Repeat("\x00", 500), true},
		"a border within a sector":            {after[:700] + before[700:], true},
		"the new one without its end":         {after[:2300], true},
		"two borders within sectors":          {after[:700] + before[700:1300] + after[1300:], false},
		"one byte by hand":                    {after[:700] + "?" + after[701:2000] + before[2000:], false},
		"each byte of one of them, no sector": {interleaved(before, after), false},
		"shorter than both":                   {after[:1536], false},
		"longer than both":                    {after + "\n", false},
	} {
		if got := isTorn([]byte(tt.data), []byte(before), []byte(after)); got != tt.torn {
			t.Errorf("%s: torn %v", name, got)
		}
	}
}

// interleaved takes every other byte of each text.
func interleaved(a, b string) string {
	out := []byte(a)
	for i := 1; i < len(out); i += 2 {
		out[i] = b[i]
	}
	return string(out)
}

func TestInterruptedFamily(t *testing.T) {
	for way, version := range map[Way]string{Finish: "new", Undo: "old"} {
		t.Run(string(way), func(t *testing.T) {
			dir, opt := interruptedFamily(t)
			main := open(t, filepath.Join(dir, "main"), opt)
			if w := main.Warnings(); len(w) != 1 || !strings.Contains(w[0], "a save of 3 files was interrupted") ||
				!strings.HasSuffix(w[0], ": a.inc is new, b.inc is old, main is old") {
				t.Errorf("warnings %q", w)
			}
			if r, err := main.Save([]byte("; next\n"), SaveOptions{}); !errors.Is(err, ErrReadOnly) {
				t.Errorf("Save = %+v, %v", r, err)
			}
			main.Close()
			if err := end(onlyOne(t, main.Path(), opt), way); err != nil {
				t.Error(err)
			}
			wantFamily(t, dir, version)
			if found, err := FindInterrupted(main.Path(), opt); err != nil || len(found.Saves) > 0 {
				t.Errorf("still there: %+v, %v", found, err)
			}
		})
	}
}

// What somebody put at the name of a file since is left alone; the others are finished, and the record stays until both
// versions are let go.
func TestNeitherVersion(t *testing.T) {
	for why, put := range map[string]func(path string) error{
		"is a FIFO":                    func(path string) error { return unix.Mkfifo(path, 0o644) },
		"is a directory":               func(path string) error { return os.Mkdir(path, 0o755) },
		"is a symbolic link":           func(path string) error { return os.Symlink("/dev/zero", path) },
		"is a symbolic link to itself": func(path string) error { return os.Symlink(path, path) },
		"is gone":                      func(string) error { return nil },
		"is longer than both versions": func(path string) error { return os.WriteFile(path, []byte("new a.inc and more"), 0o644) },
		"was changed since":            func(path string) error { return os.WriteFile(path, []byte("old anc"), 0o644) },
		"is a device": func(path string) error {
			if os.Geteuid() != 0 {
				return unix.EPERM
			}
			return unix.Mknod(path, unix.S_IFCHR|0o666, 1<<8|5) // as /dev/zero
		},
	} {
		t.Run(why, func(t *testing.T) {
			dir, opt := interruptedFamily(t)
			included, main := filepath.Join(dir, "a.inc"), filepath.Join(dir, "main")
			if err := errors.Join(os.Remove(included), put(included)); errors.Is(err, unix.EPERM) {
				t.Skip("needs root")
			} else if err != nil {
				t.Fatal(err)
			}
			why = strings.TrimSuffix(why, " to itself")
			onlyOne(t, included, opt)
			in := onlyOne(t, main, opt)
			if in.Files[0].Holds != Neither || in.Files[0].Why != why {
				t.Fatalf("%v", in)
			}
			if in.Can(Undo) {
				t.Error("there is nothing to undo")
			}
			e, err := in.Begin(Finish, false)
			if err != nil || len(e.Changes) != 2 || len(e.Left) != 1 {
				t.Fatalf("Begin = %+v, %v", e, err)
			}
			results, ended, err := e.Save(SaveOptions{}, nil)
			e.Close()
			if err != nil || ended || len(results) != 2 {
				t.Errorf("Save = %+v, %v, %v", results, ended, err)
			}
			wantContent(t, main, "new main")
			in = onlyOne(t, main, opt)
			if in.Files[0].Why != why {
				t.Errorf("%v", in)
			}
			if err := in.Forget(); err != nil {
				t.Fatal(err)
			}
			if err := os.RemoveAll(included); err != nil { // a link would lead to the copies of another file
				t.Fatal(err)
			}
			wantCopies(t, included, opt, "new a.inc", "old a.inc")
			wantCopies(t, main, opt, "new main", "old main")
			wantContent(t, main, "new main")
			open(t, main, opt).Close()
			wantNames(t, filepath.Join(opt.StateDir, recoveryDir))
		})
	}
}

// What was agreed to is what was seen.
func TestChangedBetweenLookAndEnd(t *testing.T) {
	dir, opt := interruptedFamily(t)
	main := filepath.Join(dir, "main")
	in := onlyOne(t, main, opt)
	if err := os.WriteFile(main, []byte("by hand"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Begin(Finish, false); !errors.Is(err, ErrConflict) {
		t.Errorf("error %v", err)
	}
	if err := end(onlyOne(t, main, opt), Undo); err == nil || !strings.Contains(err.Error(), "ended false") {
		t.Errorf("error %v", err)
	}
	wantContent(t, main, "by hand")
	wantContent(t, filepath.Join(dir, "a.inc"), "old a.inc")
}

// A record that nobody needs any more goes after a month, and one of which a file is a version stays.
func TestOldRecords(t *testing.T) {
	for _, content := range []string{"by hand", newText} {
		path, other, opt := zone(t), zone(t), options(t)
		month := time.Now().AddDate(0, 0, -keptDays-1)
		leaveRecord(t, opt, oneOfSeveral, month, Change{File: open(t, path, opt), New: []byte(newText)},
			Change{File: open(t, other, opt), New: []byte(newText)})
		if err := errors.Join(os.WriteFile(path, []byte(content), 0o640), os.Remove(other)); err != nil {
			t.Fatal(err)
		}
		found := open(t, zone(t), opt).Interrupted() // of any file
		if content == newText {
			onlyOne(t, path, opt)
			continue
		}
		if len(found.Saves) > 0 || len(found.Notes) != 1 || !strings.Contains(found.Notes[0], "undo copies now") {
			t.Errorf("found %+v", found)
		}
		wantContent(t, path, content)
		wantCopies(t, path, opt, newText, oldText)
		wantNames(t, filepath.Join(opt.StateDir, recoveryDir))
	}
}

// A save that runs is not interrupted, whoever looks meanwhile; and one that looks keeps nobody from looking.
func TestRunningSaveIsNotInterrupted(t *testing.T) {
	opt := options(t)
	dir, changes := family(t, opt)
	_, err := SaveAll(changes, func() error {
		found, err := FindInterrupted(filepath.Join(dir, "main"), opt)
		if err != nil || len(found.Saves)+len(found.Notes) > 0 {
			t.Errorf("found %+v, %v", found, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantFamily(t, dir, "new")
	dir, opt = interruptedFamily(t)
	in := onlyOne(t, filepath.Join(dir, "main"), opt)
	r, err := kernel{}.openRecord(opt, in.Dir, kernel.lockShared)
	if err != nil || r == nil {
		t.Fatal(r, err)
	}
	defer r.release()
	onlyOne(t, filepath.Join(dir, "main"), opt)
}

// What is no record of ours is left where it is.
func TestStrangeRecords(t *testing.T) {
	path, opt := tornZone(t, oldText)
	records, mine := filepath.Join(opt.StateDir, recoveryDir), t.TempDir()
	if err := errors.Join(
		os.WriteFile(filepath.Join(mine, "0.old"), nil, 0o600),
		os.Symlink(mine, filepath.Join(records, "link")),
		os.Mkdir(filepath.Join(records, "directory"), 0o700),
		os.WriteFile(filepath.Join(records, "directory", "notes.old"), nil, 0o600),
		os.WriteFile(filepath.Join(records, "directory", "0.old"), nil, 0o600),
		os.WriteFile(filepath.Join(records, "file"), nil, 0o600),
	); err != nil {
		t.Fatal(err)
	}
	open(t, path, opt)
	wantNames(t, mine, "0.old")
	wantNames(t, filepath.Join(records, "directory"), "notes.old")
	wantNames(t, records, "directory", "file", "link")
}

// Whatever stands where the program keeps what belongs to a file, nobody waits for it, and no more is read than belongs
// there.
func TestStateOfAnyKind(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for what must not be waited for")
	}
	put := map[string]func(path string) error{
		"FIFO":      func(path string) error { return unix.Mkfifo(path, 0o600) },
		"link":      func(path string) error { return os.Symlink("/dev/zero", path) },
		"directory": func(path string) error { return os.Mkdir(path, 0o700) },
		"huge":      hugeFile,
	}
	for what, put := range put {
		for _, where := range []string{manifestName, "0.old", "0.new", "record", recoveryDir, undoDir, "copy", logDir, "session"} {
			t.Run(what+" as "+where, func(t *testing.T) {
				path, opt := tornZone(t, newText[:60]+oldText[60:])
				at := statePath(t, path, opt, where)
				if err := errors.Join(os.RemoveAll(at), os.MkdirAll(filepath.Dir(at), 0o700), put(at)); err != nil {
					t.Fatal(err)
				}
				within(t, 10*time.Second, func() {
					f, err := Open(path, opt)
					if err != nil {
						t.Error(err)
						return
					}
					defer f.Close()
					for _, in := range f.Interrupted().Saves {
						_ = end(in, Finish)
						_ = in.Forget()
					}
					copies, _ := History(path, opt)
					for _, c := range copies {
						_, _ = c.Read()
					}
					_, _ = Recover(path, opt)
					l, err := NewLog(f)
					if err == nil {
						_ = l.Append([]byte("edit"))
						l.Close()
					}
				})
			})
		}
	}
}

// statePath is where something is kept that belongs to a file with one record.
func statePath(t *testing.T, path string, opt Options, what string) string {
	switch what {
	case recoveryDir, undoDir, logDir:
		return filepath.Join(opt.StateDir, what)
	case "record":
		return onlyOne(t, path, opt).Dir
	case "copy":
		return filepath.Join(opt.StateDir, undoDir, stateKey(path), time.Now().UTC().Format(copyTime))
	case "session":
		return filepath.Join(opt.StateDir, logDir, stateKey(path))
	}
	return filepath.Join(onlyOne(t, path, opt).Dir, what)
}

// hugeFile is larger than anything that is read, and takes no room.
func hugeFile(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Truncate(64<<30), f.Close())
}

// within fails a test that waits for something that never comes.
func within(t *testing.T, most time.Duration, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	select {
	case <-done:
	case <-time.After(most):
		t.Fatal("it waits")
	}
}
