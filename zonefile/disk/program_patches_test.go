//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/creack/pty"
)

// This file runs commands where what they say goes into pipes, and on a terminal. On a terminal nothing of a file comes as it is. In
// a pipe only the lines of a patch do, between the lines that say where they are: they are the file's, byte by byte.

// edits is a script that changes what stands at a place.
const edits = "update add new.example.com. 300 TXT \"x\"\nupdate delete c.example.com.\nupdate delete t.example.com.\n"

// A face runs a command, looks at all that it says, and returns what its patches make of the file, which is named last.
type face func(at workplace, input string, args ...string) (made string)

// colours are those that commands paint with. All others would be of a file.
var colours = regexp.MustCompile(`\x1b\[(1;31|35|1|2)?m`)

// onTerminal is the face on a terminal.
func (w *watch) onTerminal(at workplace, input string, args ...string) (made string) {
	w.Helper()
	master, slave, err := pty.Open()
	if err == nil {
		err = pty.Setsize(master, &pty.Winsize{Rows: displayHeight, Cols: displayWidth})
	}
	if err != nil {
		w.Fatal(err)
	}
	cmd := at.command(args...)
	cmd.Env = append(cmd.Env, "CI=1") // no bar of progress, which moves the cursor
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), slave, slave
	var out bytes.Buffer
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		_, _ = io.Copy(&out, master) // until the last who has the terminal closes it
	}()
	err = cmd.Run()
	slave.Close()
	<-drained
	master.Close()
	w.ended(cmd, err, out.String())
	text := strings.ReplaceAll(out.String(), "\r\n", "\n")
	w.hold(fmt.Sprintf("on a terminal: %.100q", args), utf8.RuneCountInString(text), outsideOf(colours.ReplaceAllString(text, ""), at.locale == "C"))
	return ""
}

// inPipes is the face in pipes.
func (w *watch) inPipes(at workplace, input string, args ...string) (made string) {
	w.Helper()
	before := at.named(args)
	var out, messages strings.Builder
	cmd := at.command(args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &out, &messages
	w.ended(cmd, cmd.Run(), out.String()+messages.String())
	patches, rest := patchesOf(out.String())
	for name, text := range map[string]string{"standard output": rest, "standard error": messages.String()} {
		w.hold(fmt.Sprintf("%s: %.100q", name, args), utf8.RuneCountInString(text), outsideOf(text, at.locale == "C"))
	}
	if slices.Contains(args, "--show") {
		before = w.copied(at)
	}
	made = before
	for _, hunks := range patches { // of a file that is half written there are two: the other way goes first
		var err error
		if made, err = patched(before, hunks); err != nil {
			w.Errorf("%.100q: %v", args, err)
		}
	}
	return made
}

// copied is what the newest undo copy of the zone file holds.
func (w *watch) copied(at workplace) string {
	w.Helper()
	copies, err := History(at.path(), at.state())
	if err != nil || len(copies) == 0 {
		w.Fatalf("%d undo copies, %v", len(copies), err)
	}
	text, err := copies[0].Read()
	if err != nil {
		w.Fatal(err)
	}
	return string(text)
}

// changes runs all that prints a difference: what is shown first, what --diff prints, and what is saved are the same.
func (w *watch) changes(at workplace, f face) {
	w.Helper()
	for _, args := range [][]string{
		{"apply"}, {"history", "--restore", "1"}, {"history", "--undo"}, {"history", "--finish"}, {"lint", "--fix"}, // which makes it short
		{"plan", "--from", "mail.example.com", "--to", "new.example.com=192.0.2.5", "--step", "1"},
	} {
		if slices.Contains(args, "--undo") || slices.Contains(args, "--finish") {
			w.interrupted(at)
		}
		before := at.named([]string{zoneName})
		shown := f(at, edits, append(args, zoneName)...)
		alone := f(at, edits, append(args, "--diff", zoneName)...)
		saved := f(at, edits, append(args, "--yes", "--force", zoneName)...)
		now := at.named([]string{zoneName})
		if now == before && args[0] != "plan" { // which may refuse a zone that is as wrong as these
			w.Errorf("%q: nothing was saved", args)
		}
		for what, made := range map[string]string{"what is shown": shown, "--diff": alone, "what is shown by --yes": saved} {
			if made != "" && made != now {
				w.Errorf("%q: %s is not what is saved", args, what)
			}
		}
		f(at, "", "history", zoneName)
		if made := f(at, "", "history", "--show", "1", zoneName); made != "" && made != now {
			w.Errorf("%q: what history --show prints since is not what was saved", args)
		}
	}
}

// interrupted leaves the zone file half written in place.
func (w *watch) interrupted(at workplace) {
	w.Helper()
	self := w.self
	self.workplace = at
	if err := self.child("interrupts", at.path(), at.state().StateDir).Run(); err != nil {
		w.Fatal(err)
	}
}

// interrupt is the child that leaves a file half written in place, and the record of that.
func interrupt(path, state string) (status int) {
	opt := Options{StateDir: state}
	f, err := Open(path, opt)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	before := f.bytes
	after := append([]byte("; one line more, which comes first\n"), before...)
	r, err := newRecord(kernel{}, opt, []entry{{f.Path(), before, after, writtenInto, f.state, ""}}, time.Now())
	if err == nil {
		r.release()
		half := len(before) / 2 / sectorSize * sectorSize
		err = overwriteFile(path, string(after[:half])+string(before[half:]))
	}
	f.Close()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// ended looks at how a command ended.
func (w *watch) ended(cmd *exec.Cmd, err error, said string) {
	w.Helper()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		w.Fatalf("%.100q: %v", cmd.Args, err)
	}
	if exit := cmd.ProcessState.ExitCode(); exit > 3 || exit < 0 || said == "" && exit != 0 {
		w.Errorf("%.100q: status %d: %.500q", cmd.Args, exit, said)
	}
}

// named is what the file holds that a command names last, or nothing.
func (w workplace) named(args []string) string {
	text, _ := os.ReadFile(filepath.Join(w.dir, args[len(args)-1]))
	return string(text)
}

// A hunk is lines of a patch, with their signs, and where they are in the old file and in the new one, from 0.
type hunk struct {
	at, now int
	lines   []string
}

// whereHunk is the line that says where a hunk is.
var whereHunk = regexp.MustCompile(`^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n$`)

// noLineEnd follows a line of a patch that has none in the file.
const noLineEnd = "\\ No newline at end of file\n"

// patchesOf is the hunks of each patch in what a command printed, and all the rest of that: the text which is not a file's. The
// name of a file that has a blank ends with a tab, for patch(1).
func patchesOf(out string) (patches [][]hunk, rest string) {
	var text strings.Builder
	old, now := 0, 0 // lines to come of the hunk
	inside := false
	for line := range strings.Lines(out) {
		where := whereHunk.FindStringSubmatch(line)
		switch {
		case old+now > 0:
			hunks := patches[len(patches)-1]
			h := &hunks[len(hunks)-1]
			h.lines = append(h.lines, line)
			if line[0] != '+' {
				old--
			}
			if line[0] != '-' {
				now--
			}
			continue
		case inside && line == noLineEnd:
			hunks := patches[len(patches)-1]
			last := hunks[len(hunks)-1].lines
			last[len(last)-1] = strings.TrimSuffix(last[len(last)-1], "\n")
		case inside && where != nil:
			var h hunk
			h.at, old = lineRange(where[1], where[2])
			h.now, now = lineRange(where[3], where[4])
			patches[len(patches)-1] = append(patches[len(patches)-1], h)
		case strings.HasPrefix(line, "--- "), strings.HasPrefix(line, "+++ "):
			if inside = line[0] == '+'; inside {
				patches = append(patches, nil)
			}
			if name, blank := strings.CutSuffix(line, "\t\n"); blank && strings.Contains(name[len("+++ "):], " ") {
				line = name + "\n"
			}
		default:
			inside = false
		}
		text.WriteString(line)
	}
	return patches, text.String()
}

// lineRange is the first line, from 0, and how many there are. Where there are none, they are behind the line that is named.
func lineRange(first, count string) (at, n int) {
	at, _ = strconv.Atoi(first)
	n = 1
	if count != "" {
		n, _ = strconv.Atoi(count)
	}
	if n > 0 {
		at--
	}
	return at, n
}

// patched is what hunks make of a text. Each line of it that they name has to be as it is there.
func patched(text string, hunks []hunk) (string, error) {
	old := slices.Collect(strings.Lines(text))
	var made []string
	at := 0
	for _, h := range hunks {
		if h.at < at || h.at > len(old) || h.now != len(made)+h.at-at {
			return "", fmt.Errorf("a hunk at line %d, which is line %d then", h.at+1, h.now+1)
		}
		made = append(made, old[at:h.at]...)
		at = h.at
		for i, line := range h.lines {
			if !strings.Contains("+- ", line[:1]) {
				return "", fmt.Errorf("a line of a patch without a sign: %q", line)
			}
			if line[0] == '+' {
				made = append(made, line[1:])
				continue
			}
			if at >= len(old) || old[at] != line[1:] {
				return "", fmt.Errorf("line %d of the patch is %q, which is not line %d of the file", i+1, line, at+1)
			}
			if line[0] == ' ' {
				made = append(made, old[at])
			}
			at++
		}
	}
	return strings.Join(append(made, old[at:]...), ""), nil
}
