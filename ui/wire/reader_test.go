package wire

import (
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// openPTY is the two ends of a terminal in raw mode: the one that a program has, and the one that somebody types on.
func openPTY(t *testing.T) (program, keyboard *os.File) {
	t.Helper()
	keyboard, program, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = program.Close(), keyboard.Close() })
	if _, err := term.MakeRaw(program.Fd()); err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(keyboard, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	return program, keyboard
}

// gap is longer than a machine needs for a read, and shorter than the time that a key has.
const gap = 10 * time.Millisecond

// typeOn sends pieces of input with a gap between two of them.
func typeOn(t *testing.T, keyboard io.Writer, pieces ...string) {
	t.Helper()
	for i, piece := range pieces {
		if i > 0 {
			<-time.After(gap)
		}
		if _, err := io.WriteString(keyboard, piece); err != nil {
			t.Error(err)
		}
	}
}

func TestReads(t *testing.T) {
	const up, e = "\x1b[A", escape
	for _, tt := range []struct {
		name  string
		typed []string // pieces that arrive one after the other
		want  []string // what each read returns
	}{
		{"three keys at once", []string{"jjj"}, []string{"j", "j", "j"}},
		{"30 keys at once", []string{strings.Repeat("jk", 15)}, strings.Split(strings.Repeat("jk", 15), "")},
		{"characters of several bytes", []string{"ä漢😀x"}, []string{"ä", "漢", "😀", "x"}},
		{"a character in pieces", []string{"\xe6", "\xbc", "\xa2x"}, []string{"漢", "x"}},
		{"an arrow", []string{"\x1b[Bj"}, []string{"\x1b[B", "j"}},
		{"an arrow in pieces", []string{"\x1b", "[", "Bj"}, []string{"\x1b[B", "j"}},
		{"keypad mode", []string{"\x1b", "O", "Bj"}, []string{"\x1bOB", "j"}},
		{"Escape", []string{"\x1b"}, []string{"\x1b"}},
		{"alt and a key", []string{"\x1bjj", "\x1bä"}, []string{"\x1bj", "j", "\x1bä"}},
		{"alt and an arrow, PuTTY", []string{"\x1b\x1b[A\x1b\x1bOBj"}, []string{"\x1b\x1b[A", "\x1b\x1bOB", "j"}},
		{"alt and an arrow, xterm", []string{"\x1b[1;3Aj"}, []string{"\x1b[1;3A", "j"}},
		{"Escape twice", []string{"\x1b\x1b"}, []string{e + e}},
		{"Escape thrice and a key", []string{"\x1b\x1b\x1bj"}, []string{e + e + "\x1bj"}},
		{"Escape twice and a key", []string{"\x1b\x1bj"}, []string{e + e + "j"}},
		{"Linux console F1", []string{"\x1b[[Aj"}, []string{"\x1b[[A", "j"}},
		{"urxvt shift+Home", []string{"\x1b[7$"}, []string{"\x1b[7$"}},
		{"mouse, SGR", []string{"\x1b[<0;10;20M\x1b[<0;10;20mj"}, []string{"\x1b[<0;10;20M", "\x1b[<0;10;20m", "j"}},
		{"mouse, X10", []string{"\x1b[M !!j"}, []string{"\x1b[M !!", "j"}},
		{"control characters", []string{"\x03\r\t\x7f\x00"}, []string{"\x03", "\r", "\t", "\x7f", "\x00"}},
		{"a sequence that breaks off", []string{"\x1b[1" + up + "j"}, []string{"\x1b[1" + up, "j"}},
		{"no UTF-8", []string{"\xff\x80j\xc3j"}, []string{"\xff", "\x80", "j", "\xc3j"}},
		{"paste", []string{"\x1b[200~jjj\x1b[A\r\x1b[201~jj"}, []string{pasteStart, "jjj\x1b[A\r" + pasteEnd, "j", "j"}},
		{"a paste in pieces", []string{"\x1b[200~ab", "c\x1b[20", "1~jj"}, []string{pasteStart, "ab", "c\x1b[20", "1~", "j", "j"}},
		{"an empty paste", []string{"\x1b[200~\x1b[201~\x1b[200~\x1b[201~"}, []string{pasteStart, pasteEnd, pasteStart, pasteEnd}},
		{"no end of a sequence", []string{"\x1b[" + strings.Repeat("1;", 70) + "1mj"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			program, keyboard := openPTY(t)
			r := NewReader(program, func() { t.Error("the terminal is not gone") })
			go typeOn(t, keyboard, tt.typed...)
			got := readAll(t, r, len(strings.Join(tt.typed, "")), tt.want)
			if tt.want != nil && !slices.Equal(got, tt.want) {
				t.Errorf("read %q, want %q", got, tt.want)
			}
		})
	}
}

// readAll reads until as much was read as is wanted, or n bytes were.
func readAll(t *testing.T, r io.Reader, n int, want []string) []string {
	t.Helper()
	if want != nil {
		n = len(strings.Join(want, ""))
	}
	done := make(chan []string)
	go func() {
		var got []string
		buf := make([]byte, 256) // as bubbletea has
		for n > 0 {
			read, err := r.Read(buf)
			if err != nil {
				t.Error(err)
				break
			}
			got = append(got, string(buf[:read]))
			n -= read
		}
		done <- got
	}()
	select {
	case got := <-done:
		return got
	case <-time.After(10 * time.Second):
		t.Fatal("some bytes were never read")
		return nil
	}
}

func TestReadAtTheEnd(t *testing.T) {
	program, keyboard := openPTY(t)
	gone := false
	r := NewReader(program, func() { gone = true })
	if err := keyboard.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Read(make([]byte, 256)); err != io.EOF || !gone {
		t.Errorf("error %v, gone %t", err, gone)
	}
	if _, err := r.Read(make([]byte, 1)); err != io.ErrShortBuffer {
		t.Errorf("error %v for a short buffer", err)
	}
}
