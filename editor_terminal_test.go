// What the editor needs of a terminal, and what it makes of less: without a cursor it says which commands need none, in a
// locale without UTF-8 it draws with ASCII, and of a terminal that does not know its size it takes the usual one.
package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// A terminal without a cursor is none for the editor; nothing is drawn, and the status is that of wrong usage.
func TestEditorNeedsACursor(t *testing.T) {
	for _, term := range []string{"dumb", ""} {
		for _, line := range []string{"demo", "db.a.example"} {
			k := typing(t, "sh", "-c", `TERM="$1" mailzone "$2"; echo "status $?"; read -r end`, "sh", term, line)
			k.waitFor("status ")
			got := k.sent.String()
			for _, want := range []string{"the editor needs a terminal", "mailzone list", "mailzone lint", "mailzone preview", "status 2\r\n"} {
				if !strings.Contains(strings.Join(strings.Fields(got), " ")+"\r\n", want) {
					t.Errorf("TERM=%q mailzone %s: no %q in %q", term, line, want, got)
				}
			}
			if strings.Contains(got, "\x1b") {
				t.Errorf("TERM=%q mailzone %s draws: %q", term, line, got)
			}
		}
	}
}

// Lines and marks are those that the locale has; --ascii is for terminals that say more than they can.
func TestEditorInASCII(t *testing.T) {
	other := regexp.MustCompile(`[^\x00-\x7f]+`)
	for _, tt := range []struct {
		settings, flag string
		ascii          bool
	}{
		{"LC_ALL=C.UTF-8", "--mouse", false},
		{"LC_ALL=C.UTF-8", "--ascii", true},
		{"LC_ALL=C", "--mouse", true},
		{"LC_ALL=POSIX", "--mouse", true},
		{"LC_ALL=de_DE.ISO-8859-1", "--mouse", true},
		{"LC_ALL= LC_CTYPE=C LANG=C.UTF-8", "--mouse", true},
		{"LC_ALL= LC_CTYPE=C.UTF-8 LANG=C", "--mouse", false},
		{"LC_ALL= LC_CTYPE= LANG=en_US.utf8", "--mouse", false},
		{"LC_ALL= LC_CTYPE= LANG=", "--mouse", true},
	} {
		t.Run(tt.settings+" "+tt.flag, func(t *testing.T) {
			k := typing(t, append(append([]string{"env"}, strings.Fields(tt.settings)...), "mailzone", "demo", tt.flag)...)
			k.waitFor("serial ")
			k.press("?", rested)
			if found := other.FindString(k.sent.String()); (found == "") != tt.ascii {
				t.Errorf("it draws %q, want ASCII alone: %v", found, tt.ascii)
			}
		})
	}
}

// A terminal that says 0x0 has not been told its size, as on a serial line: it is drawn on as on 80x24.
func TestEditorWithoutASize(t *testing.T) {
	k := typing(t, "sh", "-c", "stty rows 0 columns 0; exec mailzone demo")
	k.waitFor("serial ")
	k.press("", rested)
	frame, same := k.sent.String(), typing(t, "mailzone", "demo")
	same.waitFor("serial ")
	same.press("", rested)
	if _, frame, _ = strings.Cut(frame, "\x1b[H"); !strings.HasSuffix(same.sent.String(), frame) || frame == "" {
		t.Errorf("it is sent %q, and one of 80x24 %q", frame, same.sent.String())
	}
}

// No size that a terminal is drawn to ends the editor: what is too small for it is waited out, and then it is all there again.
func TestEditorAtEverySize(t *testing.T) {
	k := typing(t, "mailzone", "demo")
	k.waitFor("serial ")
	sizes := []pty.Winsize{{Rows: 24, Cols: 0}, {Rows: 0, Cols: 80}}
	for rows := range uint16(6) {
		for cols := range uint16(6) {
			sizes = append(sizes, pty.Winsize{Rows: rows, Cols: cols})
		}
	}
	for _, size := range sizes {
		if err := pty.Setsize(k.tty, &size); err != nil {
			t.Fatal(err)
		}
		k.press("j", held)
	}
	k.sent.Reset()
	if err := pty.Setsize(k.tty, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	k.waitFor("serial ")
	if k.sent.Reset(); k.press("?", rested) == 0 {
		t.Error("after all sizes it answers no key")
	}
}

// Of a file that may be several zones it is asked which one is meant: by named.conf, or by the numbers in its name, which may stand
// either way. Enter opens it as that.
func TestEditorAsksWhichZone(t *testing.T) {
	const reverse, parked = "$TTL 1d\n@ SOA ns1.example.com. h.example.com. 1 1h 1h 1w 1h\n@ NS ns1.example.com.\n1 PTR a.example.com.\n",
		"$TTL 1d\n@ SOA ns1.example.com. h.example.com. 1 1h 1h 1w 1h\n@ NS ns1.example.com.\n@ MX 10 a.example.com.\n"
	dir := t.TempDir()
	for name, text := range map[string]string{"db.192.0.2": reverse, "park": parked, "db.127": reverse,
		"named.conf": "options { directory \"" + dir + "\"; };\nzone \"one.example\" { type primary; file \"park\"; };\nzone \"two.example\" { type primary; file \"park\"; };\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct{ file, first, second string }{
		{"db.192.0.2", "2.0.192.in-addr.arpa", "192.0.2.in-addr.arpa"},
		{"park", "one.example", "two.example"},
	} {
		k := typing(t, "mailzone", "--server-config", filepath.Join(dir, "named.conf"), filepath.Join(dir, tt.file))
		k.waitFor("to be?")
		k.waitFor(tt.first)
		k.waitFor(tt.second)
		k.press("j\r", rested)
		k.waitFor(" " + tt.second + ". ") // the title: the list has no final dot
		k.waitFor("serial 1")
	}
}
