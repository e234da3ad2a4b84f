// What keys cost on a real terminal: bytes, which a slow line counts, and processor time, which a key waits for; beside vim,
// nano and less on the same file, in the same run. The terminal answers nothing that a program asks, as a line does that is
// slow, and no program is waited for by the clock: a key is done when nothing came for a while.
package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"github.com/mailzone/mailzone/testdata/needs"
)

// Keys, as a terminal sends them.
const (
	keyUp       = "\x1b[A"
	keyDown     = "\x1b[B"
	keyPageUp   = "\x1b[5~"
	keyPageDown = "\x1b[6~"
	keyRedo     = "\x12"
)

// How long nothing comes when a key is done: one that is held, on which the next follows, and one after which the hands rest.
const (
	held   = 40 * time.Millisecond
	rested = 250 * time.Millisecond
)

// typist is a program on a terminal of 80 columns and 24 rows, and what it has sent.
type typist struct {
	t    testing.TB
	cmd  *exec.Cmd
	tty  *os.File
	came chan []byte
	sent bytes.Buffer
}

// typing starts a program on a terminal.
func typing(t testing.TB, args ...string) *typist {
	t.Helper()
	k := &typist{t: t, cmd: exec.Command(args[0], args[1:]...), came: make(chan []byte, 64)}
	k.cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "TERM=xterm-256color", "XDG_STATE_HOME="+t.TempDir(), "LESS=", "LESSHISTFILE=-")
	tty, err := pty.StartWithSize(k.cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	k.tty = tty
	go k.read()
	t.Cleanup(k.end)
	return k
}

// end ends the program: the edits of a test are nobody's.
func (k *typist) end() {
	_ = k.cmd.Process.Kill()
	_ = k.cmd.Wait()
	_ = k.tty.Close()
}

// read gives what comes to who waits for it, until the terminal goes away.
func (k *typist) read() {
	defer close(k.came)
	for {
		piece := make([]byte, 1<<16)
		n, err := k.tty.Read(piece)
		if err != nil {
			return
		}
		k.came <- piece[:n]
	}
}

// bytes is how many bytes come until none come for a while.
func (k *typist) bytes(quiet time.Duration) (n int) {
	for {
		select {
		case piece, more := <-k.came:
			if !more {
				k.t.Fatalf("the program ended:\n%s", k.sent.String())
			}
			k.sent.Write(piece)
			n += len(piece)
		case <-time.After(quiet):
			return n
		}
	}
}

// press presses a key, and returns how many bytes it brings.
func (k *typist) press(key string, quiet time.Duration) int {
	k.t.Helper()
	if _, err := io.WriteString(k.tty, key); err != nil {
		k.t.Fatal(err)
	}
	return k.bytes(quiet)
}

// mean presses a key some times, each when nothing has come for so long: as one that is held, or when all that the one before
// brought is there. It returns the mean of the bytes.
func (k *typist) mean(key string, times int, quiet time.Duration) int {
	k.t.Helper()
	sum := 0
	for range times {
		sum += k.press(key, quiet)
	}
	return sum / times
}

// waitFor reads until a text has come, in one piece.
func (k *typist) waitFor(text string) { k.until(text, held) }

// until reads until a text has come, and looks for it whenever nothing came for a while.
func (k *typist) until(text string, quiet time.Duration) {
	k.t.Helper()
	for end := time.Now().Add(time.Minute); !strings.Contains(k.sent.String(), text); {
		if k.bytes(quiet); time.Now().After(end) {
			k.t.Fatalf("%q did not come:\n%q", text, k.sent.String())
		}
	}
}

// settle reads until the program has done all that it does by itself.
func (k *typist) settle() {
	for was, still := k.cpu(), 0; still < 4; {
		sent := k.bytes(100 * time.Millisecond)
		now := k.cpu()
		if still++; sent > 0 || now-was > 10*time.Millisecond {
			still = 0
		}
		was = now
	}
}

// cpu is the processor time that the program has taken.
func (k *typist) cpu() time.Duration {
	text := k.proc("stat")
	fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:]) // the name before may hold blanks
	const user, system, tick = 11, 12, 10 * time.Millisecond            // proc(5), USER_HZ
	var sum time.Duration
	for _, f := range []string{fields[user], fields[system]} {
		n, _ := strconv.Atoi(f)
		sum += time.Duration(n) * tick
	}
	return sum
}

// peak is the most memory that the program has had.
func (k *typist) peak() int64 {
	_, rest, _ := strings.Cut(k.proc("status"), "VmHWM:")
	n, _ := strconv.ParseInt(strings.Fields(rest + " 0")[0], 10, 64)
	return n << 10
}

// proc is what Linux tells of the program.
func (k *typist) proc(name string) string {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(k.cmd.Process.Pid), name))
	if err != nil {
		k.t.Skip("processor time and memory of another program are told by Linux alone")
	}
	return string(text)
}

// screenProgram is a program that shows a zone file, and the keys that lead to what is measured.
type screenProgram struct {
	name  string
	args  []string
	lead  string
	panes int // how many there are
}

// screenPrograms is what is measured.
var screenPrograms = []screenProgram{
	{"mailzone, names", []string{"mailzone", "--origin", "ORIGIN", "ZONE"}, "", 3},
	{"mailzone, problems", []string{"mailzone", "--origin", "ORIGIN", "ZONE"}, "2", 3},
	{"mailzone, source", []string{"mailzone", "--origin", "ORIGIN", "ZONE"}, "3", 3},
	{"vim", []string{"vim", "-u", "NONE", "-N", "-n", "ZONE"}, "", 0},
	{"nano", []string{"nano", "-I", "ZONE"}, "", 0},
	{"less", []string{"less", "ZONE"}, "", 0},
}

// screenCost is what a program costs on a terminal.
type screenCost struct {
	first                   time.Duration // until the first frame is there
	inside, scrolling, page int           // bytes of a key that is held
	alone                   int           // bytes of one that is not, with what follows when the hands rest
	pane                    int           // bytes of a change of pane, 0 where there is one
	idle                    int           // bytes of a second in which nobody presses a key
	cpu                     time.Duration // of a key that scrolls
	peak                    int64
}

// measure opens a file and presses keys.
func (p screenProgram) measure(t *testing.T, bin, zone, origin string) (c screenCost) {
	t.Helper()
	fill := strings.NewReplacer("ORIGIN", origin, "ZONE", zone)
	args := make([]string, len(p.args))
	for i, a := range p.args {
		args[i] = fill.Replace(a)
	}
	if args[0] == "mailzone" {
		args[0] = bin
	}
	start := time.Now()
	k := typing(t, args...)
	k.bytes(10 * time.Millisecond)
	for k.sent.Len() < 300 { // more than what sets a terminal up
		k.bytes(5 * time.Millisecond)
	}
	c.first = time.Since(start)
	k.settle()
	if p.lead != "" {
		k.press(p.lead, rested)
	}
	const keys = 20
	k.press(keyDown, rested)
	c.inside = k.mean(keyDown, 2, held) // the shortest list has four rows
	k.mean(keyDown, 2*keys, held)
	cpu := k.cpu()
	c.scrolling = k.mean(keyDown, keys, held)
	k.bytes(rested)
	c.cpu = (k.cpu() - cpu) / keys
	c.page = k.mean(keyPageDown, keys/2, held)
	k.bytes(rested)
	c.alone = k.mean(keyDown, keys/2, rested)
	if p.panes > 0 {
		c.pane = k.mean("\t", p.panes, rested)
	}
	k.settle()
	c.idle = k.bytes(time.Second)
	c.peak = k.peak()
	k.end()
	return c
}

// onTerminals is the part of the page that tells what programs cost on a terminal.
const onTerminals = "on a terminal"

// printEditors prints what programs cost that show the zone.
func printEditors(t *testing.T, w io.Writer, bin string, records int) {
	t.Helper()
	s := subjects(records)[1]
	fmt.Fprintf(w, "\n## %s\n\nThe zone %s of %d records on a terminal of 80x24: bytes that a cursor key sends which is held, inside the window and where it scrolls; one that is\n"+
		"pressed alone, with what follows when the hands rest; that a page sends, a change of pane, and a second in which nobody presses a key; the processor time of\na key that is held and scrolls, in a zone of 1000 records and in the large one.\n\n", onTerminals, s.name, records)
	fmt.Fprint(w, "| program | first frame | inside | scrolling | alone | a page | pane | idle | a key, 1000 records | a key | peak |\n|---|---|---|---|---|---|---|---|---|---|---|\n")
	small, large := filepath.Join(t.TempDir(), "zone"), filepath.Join(t.TempDir(), "zone")
	makeShape(t, s.name, small, 1000)
	makeShape(t, s.name, large, records)
	for _, p := range screenPrograms {
		if _, err := exec.LookPath(p.args[0]); err != nil && p.args[0] != "mailzone" {
			fmt.Fprintf(w, "| %s | not installed | | | | | | | | | |\n", p.name)
			continue
		}
		few, many := p.measure(t, bin, small, s.origin), p.measure(t, bin, large, s.origin)
		pane := "one"
		if p.panes > 0 {
			pane = strconv.Itoa(many.pane) + " B"
		}
		fmt.Fprintf(w, "| %s | %s | %d B | %d B | %d B | %d B | %s | %d B | %s | %s | %d MiB |\n", p.name, milliseconds(many.first), many.inside, many.scrolling, many.alone, many.page, pane, many.idle,
			milliseconds(few.cpu), milliseconds(many.cpu), many.peak>>20)
	}
}

// What a key of the editor may send at 80x24, in every pane.
const (
	mostKey   = 300
	mostAlone = 800  // a key that none follows, with all that follows it
	mostPage  = 1448 // a TCP segment
	mostPane  = 600
)

// A key costs a slow line what it changes, in every pane; who presses none costs it nothing, in forms as little as elsewhere.
func TestKeysOnATerminal(t *testing.T) {
	needs.Long(t)
	zone := filepath.Join(t.TempDir(), "zone")
	makeShape(t, "mailboxes", zone, 10_000)
	s := subjects(1_000_000)[1]
	k := typing(t, built(t), "--origin", s.origin, zone)
	k.settle()
	for _, pane := range []string{"names", "records", "the lower pane"} {
		for _, key := range []struct {
			keys        string
			times, most int
		}{{keyDown, 30, mostKey}, {keyUp, 30, mostKey}, {keyPageDown, 10, mostPage}, {keyPageUp, 10, mostPage}} {
			mean := k.mean(key.keys, key.times, held) + k.bytes(rested)/key.times
			if mean > key.most {
				t.Errorf("%s: %q sends %d bytes, want at most %d", pane, key.keys, mean, key.most)
			}
		}
		if mean := k.mean(keyDown, 8, rested); mean > mostAlone {
			t.Errorf("%s: a key that none follows sends %d bytes, want at most %d", pane, mean, mostAlone)
		}
		if n := k.press("\t", rested); n > mostPane {
			t.Errorf("from %s to the next pane: %d bytes, want at most %d", pane, n, mostPane)
		}
	}
	k.settle()
	if n := k.bytes(2 * time.Second); n > 0 {
		t.Errorf("nobody presses a key, and %d bytes are sent", n)
	}
	k.press("a", rested)
	if n := k.bytes(2 * time.Second); n > 0 {
		t.Errorf("nobody presses a key in a form, and %d bytes are sent", n)
	}
}

// Keys that come in one read, as over a slow line or from who types ahead, are all obeyed.
func TestKeysInOneRead(t *testing.T) {
	zone := filepath.Join(t.TempDir(), "zone")
	makeShape(t, "mailboxes", zone, 10_000)
	s := subjects(1_000_000)[1]
	k := typing(t, built(t), "--origin", s.origin, zone)
	k.settle()
	k.press(strings.Repeat(keyDown, 30), rested)
	k.sent.Reset()
	if err := pty.Setsize(k.tty, &pty.Winsize{Rows: 25, Cols: 80}); err != nil { // all is drawn anew
		t.Fatal(err)
	}
	k.waitFor("31/")
}

// What the editor may need beside a big file: so many times its size, and what the program has anyway.
const (
	mostOfFile   = 11
	mostAnyway   = 40 << 20
	editsForGood = 20 // that nothing remains of
)

// The editor's memory is a few times the file's, whatever is found in it, also after edits that were undone and done again.
func TestMemoryOfTheEditor(t *testing.T) {
	needs.Long(t)
	zone := filepath.Join(t.TempDir(), "zone")
	makeShape(t, "mailboxes", zone, 100_000)
	info, err := os.Stat(zone)
	if err != nil {
		t.Fatal(err)
	}
	limit := mostAnyway + mostOfFile*info.Size()
	var examined, edited int64
	for try := 0; try == 0 || try < 3 && (examined > limit || edited > limit); try++ { // the least of some: beside others the collector is late
		examined, edited = memoryOfEdits(t, zone)
		t.Logf("%d MiB when all is examined, %d after edits, of %d", examined>>20, edited>>20, limit>>20)
	}
	if examined > limit {
		t.Errorf("%d MiB when all is examined, want at most %d", examined>>20, limit>>20)
	}
	if edited > limit {
		t.Errorf("%d MiB after edits, want at most %d", edited>>20, limit>>20)
	}
}

// memoryOfEdits is the most memory that the editor had until all of a zone was examined, and until an edit was done and undone many times.
func memoryOfEdits(t *testing.T, zone string) (examined, edited int64) {
	k := typing(t, built(t), "--origin", subjects(1_000_000)[1].origin, zone)
	defer k.end() // the zone is to be free for another try
	k.settle()
	examined = k.peak()
	k.press(strings.Repeat(keyDown, 3)+"\tJ", rested)
	k.press("u", held)
	k.waitFor("undone")
	for range editsForGood {
		k.press(keyRedo, held)
		k.press("u", held)
	}
	k.settle()
	k.press("w", rested)
	return examined, k.peak()
}
