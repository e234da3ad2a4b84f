package cli

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mailzone/mailzone/server"
)

// A file that another program changes while many zones are changed takes out the zones that read it, and no other; where it is
// changed behind the last look, nothing is saved, and the next run does the rest.
func TestFileOfManyChangesMeanwhile(t *testing.T) {
	const (
		read = "after the zones were read"
		held = "after the files were opened for the save"
	)
	for _, c := range []struct {
		when, file string
		saved      string // the zones that are
		said       []string
	}{
		{read, "c", "a b d", []string{"left out: c.test: ", "c was changed by another program after it was read", "saved: 3 zones"}},
		{read, "mail.inc", "c d", []string{"left out: a.test and b.test: ", "mail.inc was changed by another program after it was read", "saved: 2 zones"}},
		{held, "c", "", []string{"0 of 4 zones saved: ", "/c: "}},
		{held, "mail.inc", "", []string{"0 of 4 zones saved: ", "/mail.inc: "}},
	} {
		t.Run(c.file+" "+c.when, func(t *testing.T) {
			dir := zonesThatShare(t)
			touched := filepath.Join(dir, c.file)
			strange := contentOf(t, touched) + "; somebody else's\n"
			want := map[string]int{read: 1, held: 2}[c.when]
			asked := 0
			now := func() time.Time { // which the program asks for before it changes the zones, and before it saves them
				if asked++; asked == want {
					if err := os.WriteFile(touched, []byte(strange), 0o644); err != nil {
						t.Error(err)
					}
				}
				return time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
			}
			repoint := []string{"repoint", "--server", "--server-config", filepath.Join(dir, "named.conf"), "--from", "mx.old.test", "--to", "mx.new.test", "--yes"}
			var out, errs bytes.Buffer
			if status := MainAt(now, repoint, strings.NewReader(""), &out, &errs); status != statusFailed {
				t.Errorf("status %d", status)
			}
			for _, said := range c.said {
				if !strings.Contains(errs.String(), said) {
					t.Errorf("%q is not told:\n%s", said, &errs)
				}
			}
			if got := contentOf(t, touched); got != strange {
				t.Errorf("%s holds\n%s", c.file, got)
			}
			for _, zone := range []string{"a", "b", "c", "d"} {
				if got, want := strings.Contains(contentOf(t, filepath.Join(dir, zone)), "h 8 "), strings.Contains(c.saved, zone); got != want {
					t.Errorf("zone %s is saved: %v, want %v", zone, got, want)
				}
			}
			if status := MainAt(time.Now, repoint, strings.NewReader(""), &out, &errs); status != 0 {
				t.Errorf("the next run: status %d\n%s", status, &errs)
			}
			for _, file := range []string{"c", "d", "mail.inc"} {
				if got := contentOf(t, filepath.Join(dir, file)); !strings.Contains(got, "mx.new.test.") || file == c.file && !strings.Contains(got, "somebody else's") {
					t.Errorf("after the next run %s holds\n%s", file, got)
				}
			}
		})
	}
}

// zonesThatShare is a name server's zones: a and b include one file, c and d stand alone.
func zonesThatShare(t *testing.T) (dir string) {
	t.Helper()
	t.Setenv("XDG_CONFIG_HOME", "/nonexistent")
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	dir = t.TempDir()
	conf := "options { directory \"" + dir + "\"; };\n"
	const head, mail = "$TTL 1h\n@ SOA ns1 h 7 1h 15m 1w 1h\n@ NS ns1\nns1 A 192.0.2.1\n", "@ MX 10 mx.old.test.\n"
	for name, text := range map[string]string{"a": head + "$INCLUDE mail.inc\n", "b": head + "$INCLUDE mail.inc\n", "c": head + mail, "d": head + mail, "mail.inc": mail} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if len(name) == 1 {
			conf += "zone \"" + name + ".test\" { type primary; file \"" + name + "\"; };\n"
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "named.conf"), []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// contentOf is what a file holds.
func contentOf(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// An interrupt ends the waiting for named: the zones are saved, and what it was not told is left to do.
func TestInterruptEndsTheWaiting(t *testing.T) {
	dir := zonesThatShare(t)
	var out, errs bytes.Buffer
	p := newProgram(strings.NewReader(""), &out, &errs)
	var told []string
	p.asking.ReloadZone = func(z server.Zone, serial uint32, ended func() bool) (server.Served, error) {
		if told = append(told, string(z.Name)); len(told) == 1 {
			return server.ServesNew, nil
		}
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		for !ended() { // the test's deadline ends what has no end
			runtime.Gosched()
		}
		return server.ServesOld, errors.New("named still serves serial 7")
	}
	root := p.root()
	root.SetArgs([]string{"repoint", "--server", "--server-config", filepath.Join(dir, "named.conf"), "--from", "mx.old.test", "--to", "mx.new.test", "--yes", "--reload"})
	root.SetOut(p.out)
	root.SetErr(p.err)
	status := p.report(root.Execute())
	for _, want := range []string{"1 served, 1 old, 0 without data, 2 not asked", "b: zone b.test.: named still serves serial 7", "left to do: rndc reload c.test", "left to do: rndc reload d.test"} {
		if !strings.Contains(errs.String(), want) {
			t.Errorf("%q is not told:\n%s", want, &errs)
		}
	}
	if status != statusFailed || len(told) != 2 || strings.Contains(errs.String(), "left to do: rndc reload a") {
		t.Errorf("status %d, told %q\n%s", status, told, &errs)
	}
}
