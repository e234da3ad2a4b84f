//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// This file ends the program at a random key of somebody who edits and saves, in the four ways in which an editor ends
// before its user does. At the next start the work has to be there.

// startZone is the zone that is edited. Its serial is no date, so that it goes up by one whenever that is.
const startZone = `; the mail of example.com
$ORIGIN example.com.
$TTL 1d
@	IN	SOA	ns1 hostmaster (
			7	; serial
			8h 2h 4w 1h )
		IN	NS	ns1
@	300	IN	MX	10 mail		; our own server
		IN	MX	20 mx2
		IN	MX	20 mx3		; the twin of mx2
		IN	MX	90 mx.provider.example.
		IN	TXT	"v=spf1 mx -all"
mail		IN	CNAME	server1
server1		IN	A	192.0.2.10
		IN	AAAA	2001:db8::10
mx2		IN	A	192.0.2.11
branch		IN	MX	10	mx.branch
mx.branch	IN	A	192.0.2.77
lists		IN	MX	10	192.0.2.10
shop   3600     IN  MX  10  mx2
                IN  MX  20  mx.provider.example
ns1		IN	A	192.0.2.53
;old		IN	MX	10 mx.provider.example.
`

// A chord is keys that are pressed together, and what is awaited then.
type chord struct {
	keys  string
	until string // "": nothing
	then  string // what has to be shown for the rest to go on; "" is anything
}

// toRecords leads from anywhere to the records of a name, toNames to the names.
const toRecords, toNames, toSource = "1\x1b[Z", "1\x1b[Z\x1b[Z", "3"

// manyChanged is what is shown when a change of many names has ended; while it is made, three dots stand behind it.
const manyChanged = `(?m)^ (point the MX of [^.]*|TTL \S+( (->|→) \S+)? for the MX of [^.]*|no MX of .*|there is no MX .*|nothing to change.*)$`

// editAnswered is what is shown when a record is to be edited: its form, that of a record which is missing, or why there is none.
const editAnswered = `Edit |Add |no record|it is commented out|folded here|this row stands for`

// commands are what a user does, as often as they are here.
func commands(r *rand.Rand) []chord {
	n := r.IntN(200) + 20
	value := []string{fmt.Sprint("mx", n), "7200", fmt.Sprint("192.0.2.", n), "2h", fmt.Sprint("v=spf1 -all ", n)}[r.IntN(5)]
	moves := strings.Repeat([]string{"j", "k"}[r.IntN(2)], r.IntN(5)) + []string{"", "", "g", "G"}[r.IntN(4)]
	save := []chord{
		{keys: "w", until: `Review of|nothing to save|not saved`, then: "Review of"},
		{keys: "w", until: `saved, serial|type save|not saved`, then: "type save"},
		{keys: "save\r", until: `saved, serial|not saved`},
	}
	all := [][]chord{
		{{keys: toRecords + moves}}, {{keys: toNames + moves}}, {{keys: toSource + moves}}, {{keys: "2" + moves}},
		{{keys: toRecords + "gJ"}}, {{keys: toRecords + moves + "K"}}, {{keys: toRecords + moves + "J"}},
		{{keys: toRecords + moves + "="}}, {{keys: toRecords + moves + "+"}}, {{keys: toRecords + moves + "-"}},
		{{keys: toRecords + "ga", until: "Add "}, {keys: fmt.Sprintf("mx%d\t192.0.2.%d\r", n, n)}},
		{{keys: toRecords + "ga", until: "Add "}, {keys: fmt.Sprintf("mx%d\t192.0.2.%d\r", n, n)}},
		{{keys: toRecords + moves + "a", until: "Add "}, {keys: fmt.Sprintf("mx%d\t192.0.2.%d\r", n, n)}},
		{{keys: toRecords + moves + "e", until: editAnswered, then: "Edit "}, {keys: "\x15" + value + "\r\r"}},
		{{keys: toRecords + moves + "e", until: editAnswered, then: "Edit "}, {keys: "\x15" + value + "\r\r"}},
		{{keys: toRecords + moves + "d"}}, {{keys: toSource + moves + "d"}},
		{{keys: toRecords + moves + "c"}}, {{keys: toSource + moves + "c"}}, {{keys: toSource + "Gc"}},
		{{keys: "u"}}, {{keys: "u"}}, {{keys: "\x12"}},
		{{keys: toRecords + moves + "f\r"}}, {{keys: "2" + moves + "f\r"}},
		{{keys: toNames + moves + ":ttl " + []string{"2h", "1d", "300"}[r.IntN(3)] + "\r", until: manyChanged}},
		{{keys: toNames + moves + " :repoint mx2 mx3\r", until: manyChanged}},
		{{keys: "w", until: `Review of|nothing to save|not saved`}}, save, save, save,
	}
	return all[r.IntN(len(all))]
}

// A script is commands, and what came of each when nothing ended them.
type script struct {
	steps [][]chord
	keys  int      // in all
	text  []string // in hand before each step, and after the last
	file  []string // on disk, likewise
}

// rehearse makes a script of n commands and carries it out once.
func (p trial) rehearse(bin string, seed uint64, n int) (script, error) {
	w := p.workplace(bin, startZone)
	sc := script{text: []string{startZone}, file: []string{startZone}}
	r := rand.New(rand.NewPCG(seed, 1))
	s, err := w.start()
	if err != nil {
		return sc, err
	}
	defer s.end()
	if err := s.opened(); err != nil {
		return sc, err
	}
	t := &typist{sitting: s, left: 1 << 30}
	for range n {
		step := commands(r)
		if err := t.do(step); err != nil {
			return sc, err
		}
		text, err := s.snapshot()
		if err != nil {
			return sc, err
		}
		// What the snapshot has said must not stand there still when the next command is waited for: it may say the same.
		if err := s.settle(fmt.Sprint("r", len(sc.steps))); err != nil {
			return sc, err
		}
		file, err := os.ReadFile(w.path())
		if err != nil {
			return sc, err
		}
		sc.steps, sc.text, sc.file = append(sc.steps, step), append(sc.text, text), append(sc.file, string(file))
	}
	sc.keys = 1<<30 - t.left
	return sc, nil
}

// A typist types commands until some keys are typed.
type typist struct {
	*sitting
	left  int         // keys
	shown []time.Time // when all of each command was on the screen
}

// errEnough says that all keys are typed.
var errEnough = errors.New("all keys are typed")

// strike types keys, as far as there are some left.
func (t *typist) strike(keys string) error {
	n := min(len(keys), t.left)
	t.left -= n
	if err := t.press(keys[:n]); err != nil {
		return err
	}
	if t.left == 0 {
		return errEnough
	}
	return nil
}

// do carries out a command, and waits until all of it is shown.
func (t *typist) do(step []chord) error {
	before := calm
	for _, c := range step {
		if err := t.strike(before + c.keys); err != nil {
			return err
		}
		before = ""
		if c.until == "" {
			continue
		}
		shown, err := t.until(regexp.MustCompile(c.until))
		if err != nil {
			return fmt.Errorf("%q: %w", c.keys, err)
		}
		if c.then != "" && !strings.Contains(shown, c.then) {
			break
		}
	}
	err := t.settle(fmt.Sprint("s", len(t.shown)))
	t.shown = append(t.shown, time.Now())
	return err
}

// follow carries out a script until all keys are typed. If it is to wait, it does so for a second before the last command,
// so that everything before it has to be safe.
func (t *typist) follow(sc script, wait bool) error {
	for _, step := range sc.steps {
		keys := len(calm)
		for _, c := range step {
			keys += len(c.keys)
		}
		if wait && t.left <= keys {
			<-time.After(aSecond)
		}
		if err := t.do(step); err != nil {
			return err
		}
	}
	return errEnough
}

// aSecond is how old an edit is that has to survive kill -9.
const aSecond = time.Second

// safe counts the commands that were shown before a time.
func (t *typist) safe(before time.Time) int {
	n := 0
	for n < len(t.shown) && !t.shown[n].After(before) {
		n++
	}
	return n
}

// A way is one in which the program ends.
type way struct {
	name   string
	at     time.Duration // how old an edit has to be to survive
	speaks bool          // it is still there to say where the work is, on a terminal that it leaves as it was
	end    func(s *sitting) error
}

// by is a way to end by a signal.
func by(sig syscall.Signal) func(*sitting) error {
	return func(s *sitting) error { return s.cmd.Process.Signal(sig) }
}

// ways are all that are tried.
func ways() []way {
	return []way{
		{"kill -9", aSecond, false, by(syscall.SIGKILL)},
		{"SIGHUP", 0, true, by(syscall.SIGHUP)},
		{"SIGTERM", 0, true, by(syscall.SIGTERM)},
		{"closed terminal", 0, false, func(s *sitting) error { return s.tty.Close() }},
	}
}

// proveEnds ends the program in every way.
func proveEnds(p trial) {
	bin := p.program()
	e := &ends{trial: p, bin: bin, seed: uint64(time.Now().UnixNano()), scripts: p.rehearsals(bin, p.n(2, 24), 25)}
	e.young = p.known("an edit of the last second lost by kill -9: %s of %s")
	rounds := p.n(2, 250)
	for _, how := range ways() {
		c := p.count(how.name + ": %s lost or damaged of %s")
		workers(rounds, func(i int) { e.try(c, how, uint64(i), false) })
	}
	p.Logf("the program was gone after %v at most", e.slowest)
	e.young = nil
	c := p.control("without the recovery log: %s lost of %s")
	workers(p.n(4, 40), func(i int) { e.try(c, ways()[i%len(ways())], uint64(i), true) })
}

// rehearsals are scripts.
func (p trial) rehearsals(bin string, n, steps int) []script {
	scripts := make([]script, n)
	workers(n, func(i int) {
		seed := rand.Uint64()
		var err error
		if scripts[i], err = p.rehearse(bin, seed, steps); err != nil {
			p.Errorf("script %d: %v", seed, err)
		}
	})
	if p.Failed() {
		p.FailNow()
	}
	return scripts
}

// ends is what all ends have in common.
type ends struct {
	trial
	bin     string
	seed    uint64
	scripts []script

	young   *count
	mu      sync.Mutex
	slowest time.Duration // end of the program
}

// try ends the program once, somewhere in a script, and counts what was lost.
func (e *ends) try(c *count, how way, i uint64, unlogged bool) {
	r := rand.New(rand.NewPCG(e.seed, i))
	sc := e.scripts[r.IntN(len(e.scripts))]
	x := &ending{ends: e, way: how, script: sc, r: r, keys: r.IntN(sc.keys) + 1, waits: how.at > 0 && i%2 == 0, unlogged: unlogged}
	why, err := x.run()
	if err != nil {
		e.Errorf("%s after %d keys of a script (%d/%d): %v", how.name, x.keys, e.seed, i, err)
	}
	if why != "" {
		why = fmt.Sprintf("%s after %d keys of a script (%d/%d): %s", how.name, x.keys, e.seed, i, why)
	}
	c.try(why)
}

// An ending is one end of the program, and the start after it.
type ending struct {
	*ends
	way
	script
	r        *rand.Rand
	keys     int  // typed before it
	waits    bool // a second before the last command
	unlogged bool // the log is lost
}

// run says what was lost; the error is of what was not even possible.
func (x *ending) run() (lost string, err error) {
	w := x.workplace(x.bin, startZone)
	s, err := w.start()
	if err != nil {
		return "", err
	}
	t := &typist{sitting: s, left: x.keys}
	if err = s.opened(); err == nil {
		err = t.follow(x.script, x.waits)
	}
	if err != errEnough {
		s.end()
		return "", err
	}
	<-time.After(time.Duration(x.r.IntN(40)) * time.Millisecond) // the random moment
	end := time.Now()
	if err := x.end(s); err != nil {
		return "", err
	}
	took, err := s.gone()
	if err != nil {
		return "", err
	}
	x.mu.Lock()
	x.slowest = max(x.slowest, took)
	x.mu.Unlock()
	err = x.manners(s, t)
	s.end()
	if x.unlogged {
		err = errors.Join(err, os.RemoveAll(filepath.Join(w.state().StateDir, logDir)))
	}
	if err != nil {
		return "", err
	}
	return x.lost(w, t, end)
}

// manners says what is wrong with how the program ended.
func (x *ending) manners(s *sitting, t *typist) error {
	if out := s.outside(); len(out) > 0 {
		return fmt.Errorf("the terminal was sent %q", out)
	}
	if !x.speaks {
		return nil
	}
	<-s.drained
	if why := s.display.asFound(); why != "" {
		return errors.New(why)
	}
	if now, err := s.settings(); err != nil || *now != *s.before {
		return fmt.Errorf("the terminal's settings were not restored: %v", err)
	}
	file, err := os.ReadFile(s.path())
	if err != nil {
		return err
	}
	said, edited := s.said(), !slices.Contains(x.texts(len(t.shown), len(t.shown)), string(file))
	if !strings.Contains(said, "ended by "+x.name) || edited && !strings.Contains(said, "the edits are kept: open "+zoneName+" again") {
		return fmt.Errorf("it said %q", said)
	}
	return nil
}

// texts are those in hand after command from, and up to the one that may have been carried out after command to.
func (x *ending) texts(from, to int) []string { return x.text[from:min(to+2, len(x.text))] }

// lost says what of the work is gone when the program is started again.
func (x *ending) lost(w workplace, t *typist, end time.Time) (string, error) {
	file, err := os.ReadFile(w.path())
	if err != nil {
		return "", err
	}
	n := len(t.shown)
	if !slices.Contains(x.file[n:min(n+2, len(x.file))], string(file)) {
		return fmt.Sprintf("the file holds what no save wrote: %q", file), nil
	}
	text, screen, err := w.recovered()
	if err != nil {
		return "", err
	}
	if left := unnamedLeftover(x.T, w.path(), screen); left != "" {
		return left, nil
	}
	if x.young != nil && x.at > 0 {
		why := ""
		if !slices.Contains(x.texts(n, n), text) {
			why = "lost"
		}
		x.young.try(why)
	}
	if safe := t.safe(end.Add(-x.at)); !slices.Contains(x.texts(safe, n), text) {
		return fmt.Sprintf("of %d commands %d are safe; recovered was\n%s\nof\n%s\nthe file\n%s\non the screen\n%s", n, safe, text, x.text[n], file, screen), nil
	}
	return "", nil
}

// recovered starts the program again, restores what it offers, and returns the text in hand and what was on the screen.
func (w workplace) recovered() (text, screen string, err error) {
	s, err := w.start()
	if err != nil {
		return "", "", err
	}
	defer s.end()
	if err := s.opened(); err != nil {
		return "", "", err
	}
	screen = s.screen()
	if strings.Contains(screen, "Restore them") {
		if err := s.press("r"); err != nil {
			return "", "", err
		}
	}
	if err := s.settle("restored"); err != nil {
		return "", "", err
	}
	text, err = s.snapshot()
	return text, screen, err
}
