//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	socket, err := net.Listen("unix", at("socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	if err := errors.Join(
		unix.Mkfifo(at("fifo"), 0o644),
		os.WriteFile(at("file"), make([]byte, 100), 0o644),
		os.Symlink("circle", at("circle")),
		os.Symlink("/dev/null", at("null")),
		os.Symlink("gone", at("dangling")),
	); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		at("fifo"):       "is a FIFO",
		dir:              "is a directory",
		at("file") + "/": "is a directory",
		at(".."):         "is a directory",
		at("socket"):     "is a socket",
		"/dev/null":      "is a device",
		at("null"):       "is a device",
		at("circle"):     "more than 40 symbolic links",
		at("dangling"):   "no such file",
		at("missing"):    "no such file",
		at("no/such"):    "no such file",
		at("file/x"):     "not a directory",
		at("file"):       "has 100 bytes or more, the limit is 99",
		at("a\x00b"):     "no file has such a name",
		"":               "no file has such a name",
	} {
		opt := options(t)
		opt.MaxSize = 99
		f, err := Open(name, opt)
		if err == nil {
			f.Close()
			t.Errorf("Open(%q) succeeded", name)
			continue
		}
		own := new(Error)
		if !errors.As(err, &own) || own.Remedy == "" || !strings.Contains(err.Error(), want) {
			t.Errorf("Open(%q): %v, want %q and a remedy", name, err, want)
		}
	}
	if _, err := Open(at("missing"), options(t)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v is not fs.ErrNotExist", err)
	}
}

func TestLongChain(t *testing.T) {
	path := zone(t)
	next := path
	for i := range maxLinks {
		link := fmt.Sprint(path, ".", i)
		if err := os.Symlink(next, link); err != nil {
			t.Fatal(err)
		}
		next = link
	}
	if f := open(t, next, options(t)); f.Path() != path || len(f.Chain()) != maxLinks+1 {
		t.Errorf("Path %s, %d in the chain", f.Path(), len(f.Chain()))
	}
}

func TestContentThatIsNotEdited(t *testing.T) {
	for name, c := range map[string]struct{ base, data, want string }{
		"raw":      {"db", "\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00", "raw format"},
		"map":      {"db", "\x00\x00\x00\x03\x00\x00\x00\x00\x00\x00", "map format"},
		"signed":   {"db.signed", oldText, "unsigned zone file"},
		"journal":  {"db.jnl", ";BIND LOG V9.2\n", "journal of named"},
		"backup":   {"db.jbk", ";BIND LOG V9.2\n", "journal of named"},
		"utf16":    {"db", "\xff\xfe$\x00T\x00", "UTF-16"},
		"utf16 be": {"db", "\xfe\xff\x00$\x00T", "UTF-16"},
		"bom":      {"db", "\xef\xbb\xbf" + oldText, "byte order mark"},
		"nul":      {"db", "a\nb\nc\x00d\n", "line 3"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.base)
			if err := os.WriteFile(path, []byte(c.data), 0o644); err != nil {
				t.Fatal(err)
			}
			f := open(t, path, options(t))
			wantReadOnly(t, f, c.want, false)
		})
	}
}

// wantReadOnly checks the reason why a file cannot be saved, and that it is not.
func wantReadOnly(t *testing.T, f *File, want string, inPlace bool) {
	t.Helper()
	reason, yes := f.ReadOnly()
	if !yes || !strings.Contains(reason, want) || f.InPlace() != inPlace {
		t.Errorf("ReadOnly = %q, %v, InPlace = %v, want %q, %v", reason, yes, f.InPlace(), want, inPlace)
	}
	before := string(f.Bytes())
	r, err := f.Save([]byte(newText), SaveOptions{InPlace: !inPlace})
	if r.Outcome != Untouched || !errors.Is(err, ErrReadOnly) || !strings.Contains(r.Message, want) {
		t.Errorf("Save = %+v, %v", r, err)
	}
	wantContent(t, f.Path(), before)
}

func TestPlainFilesAreEdited(t *testing.T) {
	for _, data := range []string{oldText, "", "\x00"[:0] + "; Latin-1 \xe4 and \x1b[31m\n", "no newline"} {
		path := zone(t)
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
		if reason, yes := open(t, path, options(t)).ReadOnly(); yes {
			t.Errorf("%q: %s", data, reason)
		}
	}
}

func TestOpenedForReadingOnly(t *testing.T) {
	path := zone(t)
	opt := options(t)
	opt.ReadOnly = true
	reader := open(t, path, opt)
	wantReadOnly(t, reader, "reading only", false)
	if reason, yes := open(t, path, options(t)).ReadOnly(); yes { // the reader holds no lock
		t.Error(reason)
	}
}

func TestSecondMailzone(t *testing.T) {
	path := zone(t)
	first := open(t, path, options(t))
	second := open(t, path, options(t))
	wantReadOnly(t, second, "another mailzone", false)
	mustSave(t, first, newText, SaveOptions{})
	wantReadOnly(t, open(t, path, options(t)), "another mailzone", false) // the new file is locked as well
	first.Close()
	if reason, yes := open(t, path, options(t)).ReadOnly(); yes {
		t.Error(reason)
	}
}

func TestHardLink(t *testing.T) {
	path := zone(t)
	if err := os.Link(path, path+".link"); err != nil {
		t.Fatal(err)
	}
	wantReadOnly(t, open(t, path, options(t)), "2 hard links", true)
}

func TestWarnings(t *testing.T) {
	path := zone(t)
	if err := errors.Join(
		os.WriteFile(path, []byte("$TTL 1\n; Generated by Puppet \x1b\n"), 0o644),
		os.WriteFile(path+".jnl", nil, 0o644),
	); err != nil {
		t.Fatal(err)
	}
	warnings := strings.Join(open(t, path, options(t)).Warnings(), "\n")
	for _, want := range []string{"rndc freeze", `Generated by Puppet \x1b`} {
		if !strings.Contains(warnings, want) {
			t.Errorf("no %q in:\n%s", want, warnings)
		}
	}
	if w := open(t, zone(t), options(t)).Warnings(); len(w) > 0 {
		t.Errorf("warnings about nothing: %q", w)
	}
}

func TestConflict(t *testing.T) {
	for _, who := range strangers {
		t.Run(who.name, func(t *testing.T) {
			path := zone(t)
			f := open(t, path, options(t))
			if err := f.Conflict(); err != nil {
				t.Fatal(err)
			}
			if err := who.come(path); err != nil {
				t.Fatal(err)
			}
			if err := f.Conflict(); !errors.Is(err, ErrConflict) {
				t.Errorf("Conflict = %v", err)
			}
			r, err := f.Save([]byte(newText), SaveOptions{})
			if r.Outcome != Untouched || !errors.Is(err, ErrConflict) || string(f.Bytes()) != oldText {
				t.Errorf("Save = %+v, %v", r, err)
			}
			for _, name := range names(t, filepath.Dir(path)) {
				if strings.HasPrefix(name, stagedPrefix) {
					t.Errorf("%s is left", name)
				}
			}
		})
	}
}

func TestDirectoryThatIsGone(t *testing.T) {
	path := zone(t)
	f := open(t, path, options(t))
	if err := os.RemoveAll(filepath.Dir(path)); err != nil {
		t.Fatal(err)
	}
	if r, err := f.Save([]byte(newText), SaveOptions{}); !errors.Is(err, ErrConflict) {
		t.Errorf("Save = %+v, %v", r, err)
	}
}

func TestTouchIsNoConflict(t *testing.T) {
	path := zone(t)
	f := open(t, path, options(t))
	st, _ := os.Stat(path)
	later := st.ModTime().AddDate(0, 0, -1)
	if err := os.Chtimes(path, later, later); err != nil {
		t.Fatal(err)
	}
	mustSave(t, f, newText, SaveOptions{})
}

func TestDirectoryThatWasReplaced(t *testing.T) {
	path := zone(t)
	dir := filepath.Dir(path)
	f := open(t, path, options(t))
	if err := errors.Join(os.Rename(dir, dir+".old"), os.Mkdir(dir, 0o755), os.WriteFile(path, []byte(oldText), 0o644)); err != nil {
		t.Fatal(err)
	}
	if r, err := f.Save([]byte(newText), SaveOptions{}); !errors.Is(err, ErrConflict) {
		t.Errorf("Save = %+v, %v", r, err)
	}
	wantContent(t, path, oldText)
}
