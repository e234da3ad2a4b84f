//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// This file lets somebody write in the editor that the program starts (E), and lets things go wrong. What was written has to
// be in the zone that the next session has in hand, or in a draft that the next session names.

// A draftCase is a way in which the work in another editor ends.
type draftCase struct {
	name    string
	records int     // that can be mended, in the zone
	before  []chord // keys before E, whose work holds all other keys until it is done
	script  string  // what the editor is: $1 is the file, MARK the text that must not be lost
	during  func(w workplace) error
	ends    func(*sitting) error // how the session ends; nil is SIGKILL
	inZone  bool                 // it has to be in the zone in hand; else a draft that is named will do
}

// write is an editor that writes at the end of the file, writeLine one that changes a line which F mends; one that outlives the
// program does not mind that the terminal's owner has gone.
const (
	outlives  = "trap '' HUP; "
	wrote     = `: >"$HOME/wrote"; `
	write     = `echo "; MARK" >>"$1"; ` + wrote
	writeLine = `sed -i 's/^h1 .*/&	; MARK/' "$1"; ` + wrote
)

// mendAll mends all that is safe to mend, after a look at it.
var mendAll = []chord{{keys: "F", until: "enter mend them"}, {keys: "\r", until: "safe fixes made"}}

// draftCases are all that are tried: signals from 1 to 31 but those that stop a program, which then waits for its user.
func draftCases(many int) []draftCase {
	cases := []draftCase{
		{name: "status 0", script: write, inZone: true},
		{name: "status 0, closed terminal", script: write, ends: func(s *sitting) error { return s.tty.Close() }, inZone: true},
		{name: "status 0, SIGTERM", script: write, ends: by(syscall.SIGTERM), inZone: true},
		{name: "a new file in the place of the old one", script: `{ cat "$1"; echo "; MARK"; } >"$1.new"; mv "$1.new" "$1"; ` + wrote, inZone: true},
		{name: "status 1", script: write + "exit 1", inZone: true},
		{name: "behind F", records: many, before: mendAll, script: write, inZone: true},
		{name: "behind F, of the same line", records: many, before: mendAll, script: writeLine, inZone: true},
		{name: "behind :ttl", before: []chord{{keys: toNames + "g:ttl 2h\r", until: manyChanged}}, script: write, inZone: true},
		{name: "another program writes to the file", script: write, inZone: true,
			during: func(w workplace) error { return w.also("; of another program\n" + startZone) }},
		{name: "another program writes to the same place", script: write,
			during: func(w workplace) error { return w.also(startZone + "; of another program\n") }},
		{name: "kill -9 of mailzone, then written", script: outlives + `kill -9 "$(cat "$HOME/pid")"; ` + write, inZone: true},
		{name: "written, then kill -9 of mailzone", script: outlives + write + `kill -9 "$(cat "$HOME/pid")"`, inZone: true},
		{name: "SIGTERM of mailzone meanwhile", script: `kill -15 "$(cat "$HOME/pid")"; ` + write, inZone: true},
	}
	for sig := 1; sig < 32; sig++ {
		switch s := syscall.Signal(sig); s {
		case syscall.SIGSTOP, syscall.SIGTSTP, syscall.SIGTTIN, syscall.SIGTTOU:
		default:
			cases = append(cases, draftCase{name: s.String(), script: fmt.Sprintf("%skill -%d $$", write, sig), inZone: true})
		}
	}
	return cases
}

// also is what another program does to the zone file.
func (w workplace) also(text string) error { return os.WriteFile(w.path(), []byte(text), 0o640) }

// proveDrafts lets somebody write in another editor, in every case.
func proveDrafts(p trial) {
	bin := p.program()
	c := p.count("%s of %s texts lost")
	cases := draftCases(p.n(100, 1000))
	workers(p.n(8, 500), func(i int) {
		if !*torture {
			i = i * len(cases) / 8
		}
		x := cases[i%len(cases)]
		c.try(p.workplace(bin, x.zone()).draft(x, fmt.Sprint("written-", i)))
	})
	if !*torture {
		return // the other program takes its time to build
	}
	const take = "func (e edited) take(s stage) tea.Cmd {"
	bin = p.otherProgram(p.overlay(map[string]string{"ui/editor.go": p.instead("ui/editor.go", take, take+"\n\tdefer e.draft.Remove()")})...)
	careless := p.control("a copy that is deleted when it comes back: %s of %s")
	workers(len(cases), func(i int) {
		careless.try(p.workplace(bin, cases[i].zone()).draft(cases[i], fmt.Sprint("written-", i)))
	})
}

// zone is the zone of a case.
func (x draftCase) zone() string {
	text := startZone
	for n := range x.records {
		text += fmt.Sprintf("h%d 3600 IN MX 10 mx.provider.example\n", n)
	}
	if x.records > 0 {
		text += "; what is written at the end does not touch a line that F changes\n"
	}
	return text
}

// draft plays a case, and says how the text was lost.
func (w workplace) draft(x draftCase, mark string) string {
	lost, err := w.playDraft(x, mark)
	if err != nil {
		lost = err.Error()
	}
	if lost != "" {
		lost = x.name + ": " + lost
	}
	return lost
}

// playDraft is draft; the error is of what was not even possible.
func (w workplace) playDraft(x draftCase, mark string) (lost string, err error) {
	if err := w.scripted(strings.ReplaceAll(x.script, "MARK", mark)); err != nil {
		return "", err
	}
	s, err := w.start()
	if err != nil {
		return "", err
	}
	err = errors.Join(s.opened(), os.WriteFile(w.home+"/pid", fmt.Append(nil, s.cmd.Process.Pid), 0o644))
	if err == nil && x.during != nil {
		err = x.during(w)
	}
	if err == nil {
		err = s.press(calm)
	}
	for _, c := range x.before {
		if err == nil {
			err = s.press(c.keys)
		}
		if err == nil {
			_, err = s.until(regexp.MustCompile(c.until))
		}
	}
	if err == nil {
		err = s.press("E")
	}
	if err == nil {
		err = s.draftBack()
	}
	if err == nil {
		end := x.ends
		if end == nil {
			end = by(syscall.SIGKILL)
		}
		_ = end(s) // it may be gone already
		_, err = s.gone()
	}
	s.end()
	if err != nil {
		return "", err
	}
	return w.draftLost(mark, x.inZone)
}

// scripted makes the editor do something once, and what it does else from then on.
func (w workplace) scripted(script string) error {
	usual, err := os.ReadFile(w.home + "/editor")
	if err != nil {
		return err
	}
	once := "#!/bin/sh\nif [ ! -e \"$HOME/began\" ]; then\n: >\"$HOME/began\"\n" + script + "\nexit\nfi\n"
	return os.WriteFile(w.home+"/editor", []byte(once+string(usual)), 0o755)
}

// draftBack waits until the program has taken back what the editor wrote, or has ended.
func (s *sitting) draftBack() error {
	if err := awaitFile(filepath.Join(s.home, "wrote")); err != nil { // the program may have ended before the editor
		return err
	}
	// What goes on beside the editor may say its own at once.
	_, err := s.shows(regexp.MustCompile(`edit in another editor|It is kept in|for another version`))
	select {
	case <-s.drained:
		return nil
	default:
		return err
	}
}

// awaitFile waits for a file.
func awaitFile(path string) error {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); <-time.After(time.Millisecond) {
		if _, err := os.Stat(path); err == nil {
			return nil
		}
	}
	return fmt.Errorf("%s does not come", path)
}

// startAgain starts the program after one that was killed, whose children may hold its lock for a moment.
func (w workplace) startAgain() (*sitting, error) {
	for deadline := time.Now().Add(patience); ; {
		s, err := w.start()
		if err != nil {
			return nil, err
		}
		err = s.opened()
		drawn := ""
		if err == nil {
			drawn, err = s.shows(regexp.MustCompile(`enter choose|\? keys|another mailzone`))
		}
		if err == nil && (drawn != "another mailzone" || time.Now().After(deadline)) {
			return s, nil
		}
		if s.end(); err != nil {
			return nil, err
		}
	}
}

// draftLost starts the program again, takes what it offers, and says how a text was lost.
func (w workplace) draftLost(mark string, inZone bool) (string, error) {
	s, err := w.startAgain()
	if err != nil {
		return "", err
	}
	defer s.end()
	screen := s.screen()
	if strings.Contains(screen, "Restore them") {
		if err := s.press("r"); err != nil {
			return "", err
		}
		if _, err := s.until(regexp.MustCompile(`restore the edits|earlier session left|same lines|cannot`)); err != nil {
			return "", err
		}
		screen += s.screen()
	}
	named := strings.Contains(screen, "An earlier session left what was written") || strings.Contains(s.screen(), "An earlier session left what was written")
	if named {
		if err := s.press("t"); err != nil {
			return "", err
		}
	}
	if err := s.settle("taken"); err != nil {
		return "", err
	}
	text, err := s.snapshot()
	if err != nil {
		return "", err
	}
	switch {
	case strings.Contains(text, mark):
		return "", nil
	case !inZone && named && w.inDraft(mark):
		return "", nil
	case !inZone && strings.Contains(screen, "they are in") && w.logged(mark) == "": // it had come in, and another program came between
		return "", nil
	}
	return fmt.Sprintf("in a draft %t, named %t\n%s\nthen\n%s", w.inDraft(mark), named, screen, s.screen()), nil
}

// inDraft tells whether a text is in a draft.
func (w workplace) inDraft(mark string) bool {
	drafts, _ := filepath.Glob(filepath.Join(w.state().StateDir, draftDir, "*"+draftSuffix, zoneName))
	for _, path := range drafts {
		if text, err := os.ReadFile(path); err == nil && strings.Contains(string(text), mark) {
			return true
		}
	}
	return false
}
