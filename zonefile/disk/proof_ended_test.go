//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// This file ends interrupted saves as users do, by a command and by the editor's question, on files that are torn in every
// way, and kills that in its turn.

// tornScene is one file that was written in place and has a second name, and the record of that; and what it held before.
func (p trial) tornScene(bin scene) (s scene, before, after string) {
	s = p.scene(bin, 1)
	before = s.text(0, Old) + strings.Repeat("old A 192.0.2.10\n", 150+rand.IntN(60))
	after = s.text(0, New) + strings.Repeat("new A 192.0.2.200\n", 150+rand.IntN(60))
	if err := errors.Join(os.WriteFile(s.path(), []byte(before), 0o644), os.Link(s.path(), s.dir+"/second")); err != nil {
		p.Fatal(err)
	}
	leaveRecord(p.T, s.state(), writtenInto, time.Now(), Change{File: open(p.T, s.path(), s.state()), New: []byte(after)})
	if err := s.giveAway(); err != nil {
		p.Fatal(err)
	}
	return s, before, after
}

// tear is what a power cut can leave of a file that was being written.
func tear(before, after string) string {
	size := []int{len(before), len(after), (len(before) + len(after)) / 2}[rand.IntN(3)]
	mixed := rand.IntN(2*size/sectorSize + 2) // of half of them no sector
	var out []byte
	for at := 0; at < size; at += sectorSize {
		n := min(sectorSize, size-at)
		parts := [][]byte{sector([]byte(before), at, n), sector([]byte(after), at, n), make([]byte, n)}
		now := parts[[...]int{0, 0, 0, 1, 1, 1, 2}[rand.IntN(7)]]
		if at/sectorSize == mixed {
			cut := rand.IntN(n)
			now = append(append([]byte{}, parts[1][:cut]...), parts[0][cut:]...)
		}
		out = append(out, now...)
	}
	return string(out)
}

// proveTorn tears files, and looks at them and mends them by the program.
func proveTorn(p trial) {
	inMemory(p.T)
	bin := p.stage()
	alone := p.count("%s of %s mended without being asked")
	asked := p.count("asked: %s of %s wrong, or what was replaced in no undo copy")
	hand := p.count("edited by hand: %s of %s overwritten")
	byBytes := p.control("each byte is one of the versions', so the old one is restored: %s of %s edits by hand overwritten")
	workers(p.n(4, 600), func(i int) {
		s, before, after := p.tornScene(bin)
		torn, byHand := tear(before, after), i%4 == 3
		if byHand {
			torn = interleaved(after, before+after[min(len(before), len(after)):])[:min(len(before), len(after))]
		}
		if err := overwriteFile(s.path(), torn); err != nil {
			p.Error(err)
		}
		whole := torn == before || torn == after
		runs, err := s.looks()
		why := ""
		if err != nil {
			why = err.Error()
		}
		for j, r := range runs {
			if wrong := r.wrong(!whole); wrong != "" {
				why = fmt.Sprintf("%s: %s", lookingCommands[j], wrong)
			}
		}
		alone.try(why)
		if whole {
			return
		}
		way := [...]Way{Finish, Undo}[i/4%2]
		if why = s.mendedWrong(way, torn, map[Way]string{Finish: after, Undo: before}[way]); !byHand {
			asked.try(why)
			return
		}
		if data, err := os.ReadFile(s.path()); err == nil && string(data) == torn && strings.Contains(why, "there is nothing to") {
			why = ""
		}
		hand.try(why)
		if mixedByBytes([]byte(torn), []byte(before), []byte(after)) {
			byBytes.try("overwritten")
		}
	})
}

// overwriteFile writes into a file that is there.
func overwriteFile(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// mendedWrong ends a save by the program, and says what is wrong then.
func (s scene) mendedWrong(way Way, torn, want string) string {
	out, err := s.command("history", "--"+string(way), "--yes", "--in-place", "--force", zoneName).CombinedOutput()
	data, readErr := os.ReadFile(s.path())
	if err = errors.Join(err, readErr); err != nil || string(data) != want {
		return fmt.Sprintf("%s: %v: %s", way, err, out)
	}
	copies, err := History(s.path(), s.state())
	if err != nil || len(copies) == 0 {
		return fmt.Sprintf("%d undo copies, %v", len(copies), err)
	}
	if kept, err := copies[0].Read(); err != nil || string(kept) != torn {
		return fmt.Sprintf("the newest undo copy holds %q, %v", kept, err)
	}
	if out, err := s.command("history", zoneName).CombinedOutput(); err != nil || strings.Contains(string(out), "interrupted") {
		return fmt.Sprintf("there is still: %v: %s", err, out)
	}
	return ""
}

// proveEnded kills what ends interrupted saves.
func proveEnded(p trial) {
	inMemory(p.T)
	bin := p.stage()
	by := func(name string, slice, full int, end func(s scene, way Way) error) {
		c := p.count(name + ": %s damaged of %s, or not ended by the second try")
		workers(p.n(slice, full), func(i int) {
			s := p.scene(bin, 2+i%4)
			way := [...]Way{Finish, Undo}[i%2]
			c.try(s.endedTwiceWrong(way, end))
		})
	}
	by("before a random system call", 4, 1600, func(s scene, way Way) error {
		_, err := s.kill(rand.IntN(60+60*s.n), string(way))
		return err
	})
	c := p.count("half written in place: %s damaged of %s, or not ended by the second try")
	workers(p.n(4, 300), func(i int) {
		s, before, after := p.tornScene(bin)
		c.try(s.mendedTwiceWrong([...]Way{Finish, Undo}[i%2], before, after))
	})
	by("history, at a random moment", 4, 300, func(s scene, way Way) error {
		cmd := s.command("history", "--"+string(way), "--yes", "--force", zoneName)
		if err := cmd.Start(); err != nil {
			return err
		}
		<-time.After(time.Duration(rand.IntN(30)) * time.Millisecond) // the random moment
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		return nil
	})
	by("the editor, at a random moment", 2, 100, scene.endByEditor)
}

// mendedTwiceWrong tears a file, kills what mends it before a random system call, and mends it by a command that nobody kills.
// It says what is wrong then.
func (s scene) mendedTwiceWrong(way Way, before, after string) string {
	err := overwriteFile(s.path(), tear(before, after))
	if _, killErr := s.kill(rand.IntN(120), string(way)); err != nil || killErr != nil {
		return fmt.Sprint(err, killErr)
	}
	data, err := os.ReadFile(s.path())
	if err != nil || string(data) != before && string(data) != after && !isTorn(data, []byte(before), []byte(after)) {
		return fmt.Sprintf("it holds %q, %v", data, err)
	}
	out, err := s.command("history", "--"+string(way), "--yes", "--force", "--in-place", zoneName).CombinedOutput()
	if data, readErr := os.ReadFile(s.path()); err != nil || readErr != nil || string(data) != before && string(data) != after {
		return fmt.Sprintf("tried once more: %v, %v: %s", err, readErr, out)
	}
	if out, err := s.command("history", zoneName).CombinedOutput(); err != nil || strings.Contains(string(out), "interrupted") {
		return fmt.Sprintf("there is still: %v: %s", err, out)
	}
	return ""
}

// endByEditor gives the answer to the editor's question, and ends it at a random moment after that.
func (s scene) endByEditor(way Way) error {
	sit, err := s.start()
	if err != nil {
		return err
	}
	defer sit.end()
	if _, err := sit.shows(regexp.MustCompile("A save of this zone was interrupted")); err != nil {
		return err
	}
	if err := sit.press(string(way)[:1]); err != nil {
		return err
	}
	<-time.After(time.Duration(rand.IntN(30)) * time.Millisecond) // the random moment
	return nil
}

// endedTwiceWrong interrupts a save between two files, ends it in some way, and then by a command that nobody kills. It says
// what is wrong then.
func (s scene) endedTwiceWrong(way Way, end func(scene, Way) error) string {
	if err := s.interruptBetween(1 + rand.IntN(s.n-1)); err != nil {
		return err.Error()
	}
	if !s.pending() {
		return "the save was not interrupted"
	}
	if err := errors.Join(end(s, way), s.giveAway()); err != nil {
		return err.Error()
	}
	for i, held := range s.versions() {
		if held == Neither {
			return fmt.Sprintf("file %d of %d is damaged", i, s.n)
		}
	}
	out, err := s.command("history", "--"+string(way), "--yes", "--force", zoneName).CombinedOutput()
	if err != nil || !s.all(map[Way]Version{Finish: New, Undo: Old}[way]) {
		records, _ := filepath.Glob(filepath.Join(s.state().StateDir, recoveryDir, "*", "*"))
		return fmt.Sprintf("tried once more: %v: %v: %s: %s", s.versions(), err, out, records)
	}
	if out, err := s.command("history", zoneName).CombinedOutput(); err != nil || strings.Contains(string(out), "interrupted") {
		return fmt.Sprintf("there is still: %v: %s", err, out)
	}
	return ""
}

// interruptBetween leaves a save of which so many files are installed.
func (s scene) interruptBetween(installed int) error {
	var changes []Change
	for i := range s.n {
		f, err := Open(s.name(i), s.state())
		if err != nil {
			return err
		}
		changes = append(changes, Change{File: f, New: []byte(s.text(i, New))})
	}
	opt := s.state()
	var entries []entry
	for _, c := range changes {
		entries = append(entries, entry{c.File.Path(), c.File.bytes, c.New, oneOfSeveral, c.File.state, ""})
	}
	r, err := newRecord(kernel{}, opt, entries, time.Now())
	if err != nil {
		return err
	}
	r.release()
	for i, c := range changes {
		c.File.Close()
		if i < installed {
			err = errors.Join(err, os.WriteFile(c.File.Path(), c.New, 0o644))
		}
	}
	return errors.Join(err, s.giveAway())
}
