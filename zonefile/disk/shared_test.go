//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// manyZones is so many zone files in two directories.
func manyZones(t testing.TB, n int) (paths []string) {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		path := filepath.Join(dir, fmt.Sprint("d", i%2), fmt.Sprintf("db.%d", i))
		err := os.MkdirAll(filepath.Dir(path), 0o755)
		if err = errors.Join(err, os.WriteFile(path, fmt.Appendf(nil, "; zone %d\n", i), 0o644)); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// halfInstalled leaves the record of a save of some files of which the first was installed and the rest was not.
func halfInstalled(t testing.TB, paths []string, opt Options) {
	t.Helper()
	var entries []entry
	for _, path := range paths {
		old, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		e := entry{path: path, old: old, now: append([]byte("; new\n"), old...), kind: oneOfSeveral}
		if e.kept, err = (kernel{}).keepCopy(opt, path, e.old, e.now, time.Now()); err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e)
	}
	r, err := newRecord(kernel{}, opt, entries, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	r.release()
	if err := os.WriteFile(paths[0], entries[0].now, 0o644); err != nil {
		t.Fatal(err)
	}
}

// What many files cost to open for writing grows as their number, whether a save of them was interrupted or not: a directory is
// opened and listed once, and a record is read once.
func TestManyFilesCostTheirNumber(t *testing.T) {
	inMemory(t)
	for _, interrupted := range []bool{false, true} {
		cost := func(n int) (calls, listed, open int) {
			paths, opt := manyZones(t, n), options(t)
			if interrupted {
				halfInstalled(t, paths, opt)
			}
			opt.Shared = new(Shared)
			var mu sync.Mutex
			opt.around = func(call string, do func() error) error {
				mu.Lock()
				if calls++; call == "getdents" {
					listed++
				}
				mu.Unlock()
				return do()
			}
			before := descriptors(t)
			var files []*File
			for _, path := range paths {
				f, err := Open(path, opt)
				if err != nil {
					t.Fatal(err)
				}
				files = append(files, f)
				if saves := f.Interrupted().Saves; interrupted != (len(saves) == 1) {
					t.Fatalf("%s: interrupted saves: %v", path, saves)
				}
			}
			open = descriptors(t) - before
			for _, f := range files {
				f.Close()
			}
			if after := descriptors(t); after != before {
				t.Errorf("%d descriptors were open before, %d after", before, after)
			}
			return calls, listed, open
		}
		few, fewListed, fewOpen := cost(25)
		many, manyListed, manyOpen := cost(100)
		if many > 4*few+20 || manyListed-fewListed > 75 { // the state directory once a file: another program may begin a save
			t.Errorf("interrupted %v: 25 files cost %d calls and %d lists, 100 files %d and %d", interrupted, few, fewListed, many, manyListed)
		}
		if fewOpen > 25+2 || manyOpen > 100+2 {
			t.Errorf("interrupted %v: 25 files hold %d descriptors, 100 files %d", interrupted, fewOpen, manyOpen)
		}
	}
}

// Files that are only read hold nothing, and so do those that were closed.
func TestDirectoriesAreClosedBehindTheLastFile(t *testing.T) {
	inMemory(t)
	before := descriptors(t)
	opt := options(t)
	opt.Shared = new(Shared)
	paths := manyZones(t, 4)
	first, second := open(t, paths[0], opt), open(t, paths[2], opt)
	first.Close()
	if _, err := second.Save([]byte("; new\n"), SaveOptions{}); err != nil {
		t.Error(err)
	}
	second.Close()
	second.Close()
	opt.ReadOnly = true
	for _, path := range paths {
		open(t, path, opt)
	}
	if after := descriptors(t); after != before {
		t.Errorf("%d descriptors were open before, %d after", before, after)
	}
}

// The links in the path of a directory are followed once for all files in it, and once more when the path leads elsewhere.
func TestLinksToADirectoryAreFollowedOnce(t *testing.T) {
	paths, opt := manyZones(t, 20), options(t)
	top := filepath.Dir(filepath.Dir(paths[0]))
	link := filepath.Join(top, "link")
	if err := os.Symlink("d0", link); err != nil {
		t.Fatal(err)
	}
	followed := 0
	opt.ReadOnly, opt.Shared = true, new(Shared)
	opt.around = func(call string, do func() error) error {
		if call == "realpath" {
			followed++
		}
		return do()
	}
	for i := 0; i < len(paths); i += 2 { // those of d0
		if f := open(t, filepath.Join(link, filepath.Base(paths[i])), opt); f.Path() != paths[i] {
			t.Errorf("%s and not %s", f.Path(), paths[i])
		}
	}
	if followed != 1 {
		t.Errorf("the links are followed %d times for %d files", followed, len(paths)/2)
	}
	if err := errors.Join(os.Remove(link), os.Symlink("d1", link)); err != nil {
		t.Fatal(err)
	}
	if f := open(t, filepath.Join(link, filepath.Base(paths[1])), opt); f.Path() != paths[1] || string(f.Bytes()) != "; zone 1\n" {
		t.Errorf("the link leads elsewhere, and %s is %q", f.Path(), f.Bytes())
	}
}

// A directory that another one took the place of is not the one that is held open.
func TestSharedDirectoryThatWasReplaced(t *testing.T) {
	opt := options(t)
	opt.Shared = new(Shared)
	paths := manyZones(t, 4)
	first := open(t, paths[0], opt)
	dir := filepath.Dir(paths[0])
	err := os.Rename(dir, dir+".away")
	err = errors.Join(err, os.Mkdir(dir, 0o755), os.WriteFile(paths[2], []byte("; another\n"), 0o644))
	if err != nil {
		t.Fatal(err)
	}
	if second := open(t, paths[2], opt); string(second.Bytes()) != "; another\n" {
		t.Errorf("%q was read", second.Bytes())
	}
	if err := first.Conflict(); !errors.Is(err, ErrConflict) {
		t.Errorf("Conflict() = %v", err)
	}
}

// zonesOfMany opens many zone files, with a change for each.
func zonesOfMany(t *testing.T, n int, opt Options) (changes []Change) {
	t.Helper()
	opt.Shared = new(Shared)
	for i, path := range manyZones(t, n) {
		f := open(t, path, opt)
		changes = append(changes, Change{File: f, New: fmt.Appendf(nil, "; zone %d is new\n", i), Options: SaveOptions{KeepRecord: true}})
	}
	return changes
}

// Many files are saved as few are: each with its undo copy, and nothing is left.
func TestSaveOfManyFiles(t *testing.T) {
	inMemory(t)
	opt := options(t)
	changes := zonesOfMany(t, 3*together, opt)
	results, err := SaveAll(changes, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range results {
		path := changes[i].File.Path()
		wantContent(t, path, string(changes[i].New))
		copies, err := History(path, opt)
		if err != nil || len(copies) != 1 || r.Outcome != Saved || len(r.Notes) > 0 {
			t.Errorf("%s: %+v, copies %v, %v", path, r, copies, err)
			continue
		}
		if old, err := copies[0].Read(); err != nil || string(old) != fmt.Sprintf("; zone %d\n", i) || !copies[0].LedTo(changes[i].New) {
			t.Errorf("%s: its copy is %q, %v", path, old, err)
		}
	}
	if found, err := FindInterrupted(changes[0].File.Path(), opt); err != nil || len(found.Saves) > 0 {
		t.Errorf("there is %v, %v", found, err)
	}
	for _, dir := range []string{filepath.Dir(changes[0].File.Path()), filepath.Dir(changes[1].File.Path())} {
		for _, name := range names(t, dir) {
			if strings.HasPrefix(name, stagedPrefix) {
				t.Errorf("%s is left", name)
			}
		}
	}
}

// Whatever fails in a save of many files, all are old, or all are new, or the record tells which are what.
func TestEveryCallOfManyFails(t *testing.T) {
	inMemory(t)
	for _, call := range []string{"syncfs", "fsync", "openat", "pwrite", "fallocate", "open O_TMPFILE", "mkdir", "linkat", "renameat2", "pread", "fstatat", "unlinkat", "linkat of a copy"} {
		for _, at := range []int64{1, together, 2*together + 3} {
			opt := options(t)
			var armed atomic.Bool
			var made atomic.Int64
			opt.around = func(name string, do func() error) error {
				if armed.Load() && name == call && made.Add(1) == at {
					return unix.ENOSPC
				}
				return do()
			}
			changes := zonesOfMany(t, 2*together, opt)
			armed.Store(true)
			results, err := SaveAll(changes, nil)
			armed.Store(false)
			count := map[string]int{}
			for i, c := range changes {
				data, readErr := os.ReadFile(c.File.Path())
				switch {
				case readErr != nil:
					t.Error(readErr)
				case string(data) == string(c.New):
					count["new"]++
				case string(data) == fmt.Sprintf("; zone %d\n", i):
					count["old"]++
				}
				if is := string(data) == string(c.New); is != (results[i].Outcome == Saved || results[i].Outcome == Unconfirmed) {
					t.Errorf("%s %d: %s is %q, and it is said: %+v", call, at, c.File.Path(), data, results[i])
				}
				c.File.Close()
			}
			opt.around = nil
			found, findErr := FindInterrupted(changes[0].File.Path(), opt)
			told := len(found.Saves) == 1
			if n := len(changes); findErr != nil || count["old"]+count["new"] != n || told != (count["old"] > 0 && count["new"] > 0) {
				t.Errorf("%s %d: %v, and there is %v: %v, %v", call, at, count, found.Saves, err, findErr)
			}
		}
	}
}

// A record of many files has their undo copies for the old versions, and both are whole whatever becomes of the other; where a copy can
// have no second name, the record has a file of its own.
func TestRecordsHaveTheCopies(t *testing.T) {
	inMemory(t)
	for _, links := range []bool{true, false} {
		opt := options(t)
		var linked atomic.Int64
		opt.around = func(call string, do func() error) error {
			if call == "linkat of a copy" && !links {
				return unix.EPERM
			}
			if call == "linkat of a copy" {
				linked.Add(1)
			}
			return do()
		}
		changes := zonesOfMany(t, 2*together, opt)
		looked := 0
		_, err := SaveAll(changes, func() error {
			records, err := kernel{}.records(opt)
			if err != nil || len(records) != 1 {
				t.Fatalf("%q, %v", records, err)
			}
			for i, c := range changes {
				copies, err := History(c.File.Path(), opt)
				if err != nil || len(copies) != 1 {
					t.Fatalf("%v, %v", copies, err)
				}
				kept, err := os.Stat(copies[0].Path)
				old, oldErr := os.Stat(filepath.Join(records[0], versionName(i, "old")))
				if err = errors.Join(err, oldErr); err != nil || os.SameFile(kept, old) != links {
					t.Fatalf("links %v: file %d: %v", links, i, err)
				}
				wantContent(t, filepath.Join(records[0], versionName(i, "old")), fmt.Sprintf("; zone %d\n", i))
				looked++
			}
			return nil
		})
		if err != nil || looked != len(changes) || links != (linked.Load() == int64(len(changes))) {
			t.Errorf("links %v: %d of %d files have links, %d were looked at: %v", links, linked.Load(), len(changes), looked, err)
		}
		for i, c := range changes {
			copies, err := History(c.File.Path(), opt)
			if err != nil || len(copies) != 1 {
				t.Fatalf("%v, %v", copies, err)
			}
			wantContent(t, copies[0].Path, fmt.Sprintf("; zone %d\n", i))
			c.File.Close()
		}
	}
}

// A record of which the old versions are undo copies stays whole, whatever is done to the zone files and to their copies before it is ended.
func TestRecordsStayWhole(t *testing.T) {
	inMemory(t)
	for _, c := range []struct {
		name string
		do   func(paths []string, opt Options) error
		left int // files that are neither version then
	}{
		{"nothing", func([]string, Options) error { return nil }, 0},
		{"a file is written into", func(paths []string, _ Options) error { return os.WriteFile(paths[1], []byte("; by hand\n"), 0o644) }, 1},
		{"a file is written into and back", func(paths []string, _ Options) error {
			old, err := os.ReadFile(paths[1])
			return errors.Join(err, os.WriteFile(paths[1], []byte("; by hand\n"), 0o644), os.WriteFile(paths[1], old, 0o644))
		}, 0},
		{"the copies are removed", func(_ []string, opt Options) error { return os.RemoveAll(filepath.Join(opt.StateDir, undoDir)) }, 0},
		{"the copies grow old", func(paths []string, opt Options) (err error) {
			for i := range keptCopies + 1 {
				text := fmt.Appendf(nil, "; %d\n", i)
				_, kept := kernel{}.keepCopy(opt, paths[2], text, []byte("; next\n"), time.Now())
				err = errors.Join(err, kept)
			}
			return err
		}, 0},
		{"a copy is made the file", func(paths []string, opt Options) error {
			copies, err := History(paths[1], opt)
			return errors.Join(err, os.Remove(paths[1]), os.Link(copies[0].Path, paths[1]))
		}, 0},
	} {
		for _, way := range []Way{Finish, Undo} {
			paths, opt := manyZones(t, 4), options(t)
			halfInstalled(t, paths, opt)
			if err := c.do(paths, opt); err != nil {
				t.Fatal(err)
			}
			found, err := FindInterrupted(paths[2], opt)
			if err != nil || len(found.Saves) != 1 {
				t.Fatalf("%s: %v, %v", c.name, found, err)
			}
			e, err := found.Saves[0].Begin(way, false)
			if err != nil {
				t.Fatalf("%s, %s: %v", c.name, way, err)
			}
			_, ended, err := e.Save(SaveOptions{InPlace: true}, nil)
			if err != nil || ended != (c.left == 0) || len(e.Left) != c.left {
				t.Errorf("%s, %s: ended %v, %d are left: %v", c.name, way, ended, len(e.Left), err)
			}
			e.Close()
			for i, path := range paths {
				want := fmt.Sprintf("; zone %d\n", i)
				if way == Finish {
					want = "; new\n" + want
				}
				if i == 1 && c.left > 0 {
					want = "; by hand\n"
				}
				wantContent(t, path, want)
			}
		}
	}
}

// An undo copy that is used again for the next save is one: it is waited for as a new one is, for the save that made it may have come to no
// end, and it is no second name of the file that is to be written into.
func TestCopyThatIsUsedAgain(t *testing.T) {
	inMemory(t)
	for _, again := range []bool{false, true} {
		opt := options(t)
		var synced []string
		opt.around = func(call string, do func() error) error {
			if call == "fsync" || call == "renameat" || call == "pwrite" {
				synced = append(synced, call)
			}
			return do()
		}
		path := zone(t)
		if again {
			if _, err := (kernel{lazy: true}).keepCopy(opt, path, []byte(oldText), []byte(newText), time.Now()); err != nil {
				t.Fatal(err)
			}
		}
		k := kernel{around: opt.around}
		for range 2 { // the first makes directories
			if _, _, err := k.stateDirFor(opt, undoDir, stateKey(path)); err != nil {
				t.Fatal(err)
			}
		}
		synced = nil
		if _, err := k.keepCopy(opt, path, []byte(oldText), []byte(newText), time.Now()); err != nil {
			t.Fatal(err)
		}
		want := "pwrite fsync renameat fsync"
		if again {
			want = "fsync renameat fsync"
		}
		if got := strings.Join(synced, " "); got != want {
			t.Errorf("again %v: %s, want %s", again, got, want)
		}
	}
	path, opt := zone(t), options(t)
	kept, err := kernel{}.keepCopy(opt, path, []byte(oldText), []byte(newText), time.Now())
	if err = errors.Join(err, os.Remove(path), os.Link(kept, path)); err != nil {
		t.Fatal(err)
	}
	f := open(t, path, opt)
	if r, err := f.Save([]byte(newText), SaveOptions{InPlace: true}); err != nil {
		t.Fatal(r, err)
	}
	copies, err := History(path, opt)
	if err != nil || len(copies) == 0 {
		t.Fatal(copies, err)
	}
	if old, err := copies[0].Read(); err != nil || string(old) != oldText {
		t.Errorf("the copy of what was written into is %q: %v", old, err)
	}
}

// The old files of a save of many, and what its record held, are removed side by side: each may wait for the disk.
func TestManyFilesGoSideBySide(t *testing.T) {
	inMemory(t)
	opt := options(t)
	var armed, late atomic.Bool
	var mu sync.Mutex
	under, most := 0, map[bool]int{} // by whether the record has its manifest: that goes behind the old files, and before the versions
	met := map[bool]chan struct{}{true: make(chan struct{}), false: make(chan struct{})}
	opt.around = func(call string, do func() error) error {
		if !armed.Load() || call != "unlinkat" {
			return do()
		}
		mu.Lock()
		names, _ := filepath.Glob(filepath.Join(opt.StateDir, recoveryDir, "*", manifestName))
		recorded := len(names) > 0
		if under++; under > most[recorded] {
			if most[recorded] = under; under == 2 {
				close(met[recorded])
			}
		}
		mu.Unlock()
		if !late.Load() {
			select {
			case <-met[recorded]:
			case <-time.After(5 * time.Second):
				late.Store(true)
			}
		}
		err := do()
		mu.Lock()
		under--
		mu.Unlock()
		return err
	}
	changes := zonesOfMany(t, 2*together, opt)
	armed.Store(true)
	if _, err := SaveAll(changes, nil); err != nil {
		t.Fatal(err)
	}
	if most[true] < 2 || most[false] < 2 {
		t.Errorf("at once go %d old files and %d of the record", most[true], most[false])
	}
}

// Where the record of a save of many cannot be made, nothing is saved.
func TestNoRecordNoSaveOfMany(t *testing.T) {
	inMemory(t)
	opt := options(t)
	opt.around = func(call string, do func() error) error {
		if call == "mkdir" {
			if _, err := os.Stat(filepath.Join(opt.StateDir, recoveryDir)); err == nil {
				return unix.ENOSPC
			}
		}
		return do()
	}
	for _, n := range []int{2, 2 * together} {
		changes := zonesOfMany(t, n, opt)
		if _, err := SaveAll(changes, nil); !errors.Is(err, unix.ENOSPC) {
			t.Errorf("%d files: %v", n, err)
		}
		for i, c := range changes {
			wantContent(t, c.File.Path(), fmt.Sprintf("; zone %d\n", i))
			c.File.Close()
		}
	}
}

// For files that are only read the records of interrupted saves are listed once for all; each that concerns one is told all the same.
func TestRecordsAreListedOnceForReading(t *testing.T) {
	inMemory(t)
	for _, interrupted := range []bool{false, true} {
		paths, opt := manyZones(t, 50), options(t)
		if interrupted {
			halfInstalled(t, paths[10:12], opt)
		}
		listed := 0
		opt.ReadOnly, opt.Shared = true, &Shared{Many: true}
		opt.around = func(call string, do func() error) error {
			if call == "getdents" {
				listed++
			}
			return do()
		}
		for i, path := range paths {
			f := open(t, path, opt)
			if want := interrupted && (i == 10 || i == 11); (len(f.Interrupted().Saves) > 0) != want {
				t.Errorf("%s: %v, want one: %v", path, f.Interrupted(), want)
			}
		}
		if listed > 5 { // the records, two directories, and what stands in a record
			t.Errorf("interrupted %v: %d lists for 50 files", interrupted, listed)
		}
	}
}

// What other programs keep beside files that are only read is told by the listing of their directory as by a look at each name.
func TestListedBeside(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", "a.jnl", "b", "b.signed", "c", ".c.swp", "d"} {
		text := oldText
		if name == ".c.swp" {
			text = "b0VIM 9.0" + strings.Repeat("\x00", 200)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	shared := &Shared{Many: true}
	for _, name := range []string{"a", "b", "c", "d"} {
		var told []string
		for _, opt := range []Options{{ReadOnly: true}, {ReadOnly: true, Shared: shared}} {
			opt.StateDir = filepath.Join(dir, "state")
			s, err := OpenSet(filepath.Join(dir, name), SetOptions{Options: opt})
			if err != nil {
				t.Fatal(err)
			}
			told = append(told, fmt.Sprintf("%q %q %q", s.Warnings(), s.Neighbours(), s.Editors()))
			s.Close()
		}
		if told[0] != told[1] || (name != "d") != (len(told[0]) > len(`[] {[] []} []`)) {
			t.Errorf("%s: alone %s, with others %s", name, told[0], told[1])
		}
	}
}

// Where the paths of directories lead is kept of some, and a file in any more is found all the same.
func TestLedOfManyDirectories(t *testing.T) {
	s, asked := &Shared{Many: true}, 0
	k := kernel{around: func(call string, do func() error) error {
		if call == "realpath" {
			asked++
		}
		return do()
	}}.remembering(s)
	top, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for i := range mostKnown + 50 {
		dir := filepath.Join(top, fmt.Sprint(i))
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if path, err := k.leads(dir); path != dir || err != nil {
				t.Fatalf("%s leads to %s: %v", dir, path, err)
			}
		}
		s.lists(k, dir, "x")
		s.stagedIn(k, dir)
	}
	if asked != mostKnown+50 {
		t.Errorf("%d were asked for", asked)
	}
	if n := max(len(s.led), len(s.beside), len(s.staged)); n > mostKnown {
		t.Errorf("%d are kept", n)
	}
}

// What a file costs that is only read with many others: calls by their names, of which none is made for another file's sake.
func TestCallsOfAFileThatIsRead(t *testing.T) {
	inMemory(t)
	paths, opt := manyZones(t, 60), options(t)
	calls := map[string]int{}
	opt.ReadOnly, opt.Shared = true, &Shared{Many: true}
	opt.around = func(call string, do func() error) error {
		calls[call]++
		return do()
	}
	for i, path := range paths {
		if i == 10 { // what is asked once for all has been
			clear(calls)
		}
		open(t, path, opt)
	}
	total := 0
	for _, n := range calls {
		total += n
	}
	if per := calls["pread"] / 50; per != 1 {
		t.Errorf("a file is read by %d calls", per)
	}
	if per := float64(total) / 50; per > 10 {
		t.Errorf("a file costs %.1f calls: %v", per, calls)
	}
}
