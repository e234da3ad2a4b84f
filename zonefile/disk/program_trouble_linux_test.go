package disk

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// This file takes the disk away from the program on a terminal: it has to say what it could do and what to do about it, keep
// the edits, answer keys, and save when the trouble is over.

// screenTroubles are what is tried on a screen: of each kind that troubles has, one.
func screenTroubles() []trouble {
	say := func(text string) map[string]string { return map[string]string{"": text} }
	return []trouble{
		{"no space", ext4, nil, fillUp, empty, say("df, df -i")},
		{"no space", tmpfs, []string{"size=2m"}, fillUp, empty, say("df, df -i")},
		{"no inode", tmpfs, []string{"nr_inodes=20"}, useInodes, empty, say("df, df -i")},
		{"read-only", ext4, nil, remount(unix.MS_RDONLY), remount(0), say("mounted read-only")},
		{"chattr +i", ext4, nil, chattr(flagImmutable, true), chattr(flagImmutable, false), say("chattr -i")},
	}
}

// proveScreenTroubles brings them about between an edit and its save.
func proveScreenTroubles(p trial) {
	bin := p.program()
	c := p.count("%s wrong of %s")
	for _, tr := range screenTroubles() {
		p.part(tr.name+" "+tr.fs.kind, func(p trial) {
			p.privateMounts()
			dir := p.mounted(tr.fs, tr.more...)
			w := p.workplaceIn(bin, dir, startZone)
			c.try(w.through(tr.says[""],
				func(*sitting) error { return tr.begin(dir, w.path()) }, func(*sitting) error { return tr.end(dir, w.path()) }))
		})
	}
	p.part("size limit", func(p trial) {
		p.needs("prlimit", "util-linux")
		w := p.workplace(bin, startZone)
		c.try(w.through("ulimit -f", limitSize("1:"), limitSize("unlimited:")))
	})
	p.part("no space for the recovery log", func(p trial) { c.try(throughFullState(p, bin)) })
	p.part("no space for the recovery log, and another editor", func(p trial) { c.try(draftOnFullDisk(p, bin)) })
	p.part("frozen", func(p trial) { throughFrozenScreen(p, bin, c) })
}

// limitSize limits the size of the files that the program may write, as its user may.
func limitSize(limit string) func(*sitting) error {
	return func(s *sitting) error {
		cmd := exec.Command("prlimit", "--fsize="+limit, "--pid", fmt.Sprint(s.cmd.Process.Pid))
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.cmd.SysProcAttr.Credential}
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("prlimit: %w: %s", err, out)
		}
		return nil
	}
}

// through edits, saves while there is trouble, and saves after it.
func (w workplace) through(says string, begin, end func(*sitting) error) string {
	s, err := w.start()
	if err != nil {
		return err.Error()
	}
	defer s.end()
	if err := s.opened(); err != nil {
		return err.Error()
	}
	if err := errors.Join(s.add("mx9", "192.0.2.9"), begin(s)); err != nil {
		return err.Error()
	}
	said, err := s.save()
	screen, whole := s.said(), w.holds(startZone)
	if err := errors.Join(err, end(s)); err != nil {
		return err.Error()
	}
	switch {
	case said != "not saved, the file is untouched", !strings.Contains(screen, says):
		return "it said " + screen
	case !whole:
		return "the file is not what it was"
	case !strings.Contains(screen, "[+] 1 edit"):
		return "the edit is gone: " + screen
	}
	return s.savesNow("mx9")
}

// holds reports whether the zone file holds a text.
func (w workplace) holds(want string) bool {
	got, err := os.ReadFile(w.path())
	return err == nil && string(got) == want
}

// savesNow saves, quits and says what is wrong with the file then.
func (s *sitting) savesNow(host string) string {
	if said, err := s.save(); err != nil || said != "saved, serial" {
		return fmt.Sprintf("when the trouble is over: %s, %v\n%s", said, err, s.screen())
	}
	if err := s.leave(); err != nil {
		return err.Error()
	}
	text, err := os.ReadFile(s.path())
	if err != nil {
		return err.Error()
	}
	if out := s.outside(); len(out) > 0 {
		return fmt.Sprintf("the terminal was sent %q", out)
	}
	return notIn(string(text), host)
}

// throughFullState lets the disk of the recovery log be full: the program says so, goes on, and logs all when it can.
func throughFullState(p trial, bin string) string {
	p.privateMounts()
	w := p.workplace(bin, startZone)
	w.home = p.mounted(tmpfs, "size=1m")
	err := w.furnish()
	s, startErr := w.start()
	if err = errors.Join(err, startErr); err != nil {
		return err.Error()
	}
	defer s.end()
	if err := errors.Join(s.opened(), fillUp(w.home, ""), s.add("mx9", "192.0.2.9")); err != nil {
		return err.Error()
	}
	if _, err := s.shows(regexp.MustCompile("the recovery log cannot be written")); err != nil {
		return err.Error()
	}
	if err := errors.Join(empty(w.home, ""), s.add("mx8", "192.0.2.8"), s.settle("logged")); err != nil {
		return err.Error()
	}
	if err := by(unix.SIGTERM)(s); err != nil {
		return err.Error()
	}
	if _, err := s.gone(); err != nil {
		return err.Error()
	}
	text, screen, err := w.recovered()
	if err != nil {
		return err.Error()
	}
	if why := notIn(text, "mx9") + notIn(text, "mx8"); why != "" {
		return why + screen
	}
	return ""
}

// draftOnFullDisk lets the disk become full while another editor writes: what comes back cannot be logged, so the draft stays.
func draftOnFullDisk(p trial, bin string) string {
	p.privateMounts()
	w := p.workplace(bin, startZone)
	w.home = p.mounted(tmpfs, "size=1m")
	if err := w.furnish(); err != nil {
		return err.Error()
	}
	return w.draft(draftCase{name: "full disk", script: write + `dd if=/dev/zero of="$HOME/fill" bs=512`, inZone: true,
		ends: func(s *sitting) error { return errors.Join(by(unix.SIGKILL)(s), os.Remove(w.home+"/fill")) }}, "written")
}

// throughFrozenScreen freezes the file system of the zone file, and of the recovery log, while somebody edits and saves:
// every key has to be answered.
func throughFrozenScreen(p trial, bin string, c *count) {
	p.privateMounts()
	dir := p.mounted(ext4)
	w := p.workplaceIn(bin, dir, startZone)
	w.home = dir // the log and the undo copies
	s, err := w.start()
	if err != nil {
		p.Fatal(err)
	}
	defer s.end()
	if err := errors.Join(s.opened(), s.add("mx9", "192.0.2.9")); err != nil {
		p.Fatal(err)
	}
	if err := onDirectory(dir, freeze); err != nil {
		p.missing("cannot freeze a file system: %v", err)
	}
	keys := p.count("while frozen, %s of %s keys answered after more than 100 ms")
	slowest, err := s.keysWhileFrozen(p.n(10, 200), keys)
	if err := errors.Join(err, onDirectory(dir, thaw)); err != nil {
		p.Fatal(err)
	}
	why := ""
	if _, err := s.shows(regexp.MustCompile(`serial 8\b`)); err != nil { // the title's
		why = err.Error()
	}
	c.try(why)
	p.Logf("the slowest answer while frozen took %v", slowest)
}

// keysWhileFrozen edits, begins to save, and goes on; it returns how long the slowest key took. A slice, which may have
// little of a processor, does not judge.
func (s *sitting) keysWhileFrozen(n int, c *count) (slowest time.Duration, err error) {
	answer := func(keys, shows string) {
		start, why := time.Now(), ""
		if err == nil {
			err = s.press(keys)
		}
		if err == nil {
			_, err = s.until(regexp.MustCompile(shows))
		}
		took := time.Since(start)
		if slowest = max(slowest, took); took > 100*time.Millisecond && *torture {
			why = fmt.Sprintf("%q was answered after %v", keys, took)
		}
		c.try(why)
	}
	for range n { // the log hangs with the first; K takes back what J did, and the two are no edit then
		answer(calm+toRecords+"gJ", `\[\+\] 2 edits`)
		answer("K", `\[\+\] 1 edit\b`)
	}
	if err == nil {
		err = s.press(calm + "w")
	}
	if err == nil {
		_, err = s.until(regexp.MustCompile("Review of")) // which asks named-checkzone: not a matter of keys
	}
	answer("w", `saving\.\.\.`)
	for i := range n {
		answer(calm+":", `(?m)^:`)
		answer(fmt.Sprint("f", i), fmt.Sprintf(`(?m)^:f%d\b`, i))
	}
	if err == nil {
		err = s.press(calm)
	}
	return slowest, err
}
