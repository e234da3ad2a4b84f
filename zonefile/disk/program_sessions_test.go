//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"
)

// This file lets 8 people edit one zone file at once, each in an editor of his own, while another program replaces the file
// now and then. Whoever was told that his record is saved has it in the file; everybody else was told otherwise.

// people is how many edit at once.
const people = 8

// A crowd edits one file.
type crowd struct {
	trial
	workplace
	// other is held for reading while somebody saves: the program that replaces the file keeps away then, because it would
	// not look whether the file has changed. What happens otherwise is the matter of another proof.
	other sync.RWMutex

	mu    sync.Mutex
	lines []string       // of the other program
	told  map[string]int // what people were told, other than that they have saved
	saved []string       // hosts
}

// proveSessions lets them add records.
func proveSessions(p trial) {
	each := p.n(1, 5)
	zone := strings.Replace(startZone, "v=spf1 mx", "v=spf1 ip4:192.0.2.0/24", 1) // "mx" ends after 10 exchanges, and these are more
	c := &crowd{trial: p, workplace: p.workplace(p.program(), zone), told: map[string]int{}}
	var all sync.WaitGroup
	for i := range people {
		all.Go(func() {
			for n := range each {
				host := fmt.Sprintf("p%dn%d", i, n)
				if err := c.addUntilSaved(host, n%3 == i%3); err != nil {
					c.Errorf("%s: %v", host, err)
				}
			}
		})
	}
	all.Wait()
	safe := p.count("%s of %s saved records lost")
	text := c.text()
	for _, host := range c.saved {
		safe.try(notIn(text, host))
	}
	for _, line := range c.lines {
		if strings.Count(text, line) != 1 {
			p.Errorf("the other program's line %q is there %d times", line, strings.Count(text, line))
		}
	}
	if left := unnamedLeftover(p.T, c.path(), ""); left != "" || len(c.saved) != people*each {
		p.Errorf("%d of %d records saved; %s", len(c.saved), people*each, left)
	}
	p.Logf("told otherwise: %v; %d lines of the other program", c.told, len(c.lines))
	blindly(p, p.n(5, 50))
}

// text is what the file holds.
func (c *crowd) text() string {
	text, err := os.ReadFile(c.path())
	if err != nil {
		c.Error(err)
	}
	return string(text)
}

// notIn says that a host's MX, or its address, is not in a zone file exactly once.
func notIn(text, host string) string {
	mx, address := 0, 0
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) > 1 && f[len(f)-1] == host && strings.Contains(line, "MX") {
			mx++
		}
		if len(f) > 1 && f[0] == host {
			address++
		}
	}
	if mx != 1 || address != 1 {
		return fmt.Sprintf("%s: %d MX, %d addresses in\n%s", host, mx, address, text)
	}
	return ""
}

// hear counts what somebody was told.
func (c *crowd) hear(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.told[what]++
}

// replace is the other program: it puts a line at the end, as an editor does that replaces the file.
func (c *crowd) replace() error {
	c.other.Lock()
	defer c.other.Unlock()
	line := fmt.Sprintf("; line %d of the other program\n", len(c.lines))
	text := c.text() + line
	tmp := c.path() + ".other"
	err := os.WriteFile(tmp, []byte(text), 0o640)
	if err == nil && os.Geteuid() == 0 {
		err = os.Chown(tmp, nobody, nobody)
	}
	c.lines = append(c.lines, line)
	return errors.Join(err, os.Rename(tmp, c.path()))
}

// addUntilSaved tries until the editor says that the record is saved.
func (c *crowd) addUntilSaved(host string, disturbed bool) error {
	for deadline := time.Now().Add(10 * patience); time.Now().Before(deadline); {
		saved, err := c.add(host, disturbed)
		if err != nil || saved {
			return err
		}
	}
	return errors.New("never saved")
}

// add opens the editor, adds a record and saves; or gives up because of what it is told.
func (c *crowd) add(host string, disturbed bool) (saved bool, err error) {
	s, err := c.start()
	if err != nil {
		return false, err
	}
	defer s.end()
	if err := s.opened(); err != nil {
		return false, err
	}
	if regexp.MustCompile(`(?m)^ example\.com\..* read-only$`).MatchString(s.screen()) {
		c.hear("read-only")
		return false, s.leave()
	}
	if err := s.add(host, fmt.Sprint("192.0.2.", rand.IntN(250)+1)); err != nil {
		return false, err
	}
	if disturbed {
		if err := c.replace(); err != nil {
			return false, err
		}
	}
	for {
		c.other.RLock()
		said, err := s.save()
		if saved = strings.Contains(said, "saved, serial"); saved { // noted before the other program may come again
			c.mu.Lock()
			c.saved = append(c.saved, host)
			c.mu.Unlock()
		}
		c.other.RUnlock()
		if err != nil || saved {
			return saved, errors.Join(err, s.leave())
		}
		c.hear(said)
		if again, err := c.takeOver(s); err != nil || !again {
			return false, err
		}
	}
}

// takeOver answers the question after a conflict: the edits are to be made in the new file. Where they do not fit, or where
// somebody else has it open, they are given up.
func (c *crowd) takeOver(s *sitting) (again bool, err error) {
	if err := s.press("t"); err != nil {
		return false, err
	}
	said, err := s.until(regexp.MustCompile(`edits, taken over|same lines|another mailzone|once more`))
	if err != nil {
		return false, err
	}
	c.hear(said)
	if strings.HasPrefix(said, "edits, taken over") {
		return true, nil
	}
	return false, s.leave()
}

// add adds an MX and the address of its host.
func (s *sitting) add(host, address string) error {
	if err := s.press(calm + toRecords + "ga"); err != nil {
		return err
	}
	if _, err := s.until(regexp.MustCompile("Add MX")); err != nil {
		return err
	}
	if err := s.press(host + "\t" + address + "\r"); err != nil {
		return err
	}
	_, err := s.until(regexp.MustCompile(`\[\+\] \d+ edit`))
	return err
}

// save reviews and saves, and returns how that ended.
func (s *sitting) save() (said string, err error) {
	const changed = "another program has changed" // what the look at the file before the review may find already
	for _, c := range []chord{{keys: calm + "w", until: "Review of|" + changed}, {keys: "w", until: "saved, serial|" + changed + "|type save|not saved, [^:]*"}} {
		if err := s.press(c.keys); err != nil {
			return "", err
		}
		if said, err = s.until(regexp.MustCompile(c.until)); err != nil || said == changed {
			return said, err
		}
	}
	if said == "type save" {
		err = fmt.Errorf("new errors:\n%s", s.screen())
	}
	return said, err
}

// leave quits without the edits.
func (s *sitting) leave() error {
	if err := s.press(calm + ":q!\r"); err != nil {
		return err
	}
	_, err := s.gone()
	return err
}

// blindly is the control: programs that write what they have read, with one line more.
func blindly(p trial, each int) {
	c := p.control("read, add a line, write: %s of %s lost")
	path := editionFile(p.T, p.TempDir())
	var all sync.WaitGroup
	for i := range people {
		all.Go(func() {
			for n := range each {
				text, err := os.ReadFile(path)
				if err == nil {
					err = os.WriteFile(path, fmt.Appendf(text, "; p%dn%d.\n", i, n), 0o640)
				}
				if err != nil {
					p.Error(err)
				}
			}
		})
	}
	all.Wait()
	text, err := os.ReadFile(path)
	if err != nil {
		p.Error(err)
	}
	for i := range people {
		for n := range each {
			line, why := fmt.Sprintf("; p%dn%d.\n", i, n), ""
			if !strings.Contains(string(text), line) {
				why = line
			}
			c.try(why)
		}
	}
}
