//go:build linux

package preview

// A move that is made by the commands alone, as its user makes it: plan saves each step and is told since when it is served, or check --plan
// sees it, which asks the servers of the lab, and both go by the clock of the lab. Check --plan ends with 0 when the next step may be saved, and not
// before; and no message is lost.

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/testdata/lab"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

// commandedZone is the zone that is moved by commands, and the names of others.
const (
	commandedZone = `$TTL 1d
@ SOA ns1 h 1 3600 600 604800 3600
@ NS ns1
@ NS ns2
ns1 A 127.0.0.53
ns2 A 127.0.0.54
@ MX 10 mx.isp.test.
@ TXT "v=spf1 a:mx.isp.test -all"
sub 2h MX 10 mx.isp.test.
`
	commandedRoot = `$TTL 300
. SOA ns. hostmaster. 1 3600 600 604800 120
. NS ns.
ns. A 127.0.0.53
mx.isp.test. A 198.51.100.10
1.3.0.192.in-addr.arpa. PTR mx1.example.com.
`
)

// commander runs the program in the lab.
type commander struct {
	*moveRun
	program, file string
	said, errs    bytes.Buffer
	asked         bool // nobody said since when the last step is served: check saw it
}

// does runs a command by the clock of the lab, and gives back its exit status.
func (c *commander) does(args ...string) int {
	c.T.Helper()
	cmd := exec.Command(c.program, args...)
	cmd.Dir = filepath.Dir(c.file)
	cmd.Env = append(os.Environ(), "later="+time.Until(c.clock.now).String(), "TZ=UTC", "LC_ALL=C.UTF-8")
	c.said.Reset()
	c.errs.Reset()
	cmd.Stdout, cmd.Stderr = &c.said, &c.errs
	err := c.sender.Start(cmd)
	if err == nil {
		err = cmd.Wait()
	}
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		c.T.Fatal(err)
	}
	if status := cmd.ProcessState.ExitCode(); status > 2 || status < 0 {
		c.T.Fatalf("%v ends with %d:\n%s%s", args, status, c.said.String(), c.errs.String())
	}
	return cmd.ProcessState.ExitCode()
}

// wants runs a command that has to end with a status.
func (c *commander) wants(status int, args ...string) {
	c.T.Helper()
	if got := c.does(args...); got != status {
		c.T.Errorf("at %s %v ends with %d, not %d:\n%s", c.clock.now.Format(time.DateTime), args, got, status, c.said.String()+c.errs.String())
	}
}

// check asks whether the next step may be saved.
func (c *commander) check(status int) {
	c.T.Helper()
	c.wants(status, "check", "--plan", "--private", "--resolver", unluckyIP, filepath.Base(c.file))
}

// commandedStep is what plan prints of a step.
type commandedStep struct {
	Step      int
	State     string
	Script    string
	NotBefore time.Time
	Certain   bool
	Questions []struct{ Kind, State string }
}

// next is the step to do now; nil if all are done.
func (c *commander) next(args ...string) *commandedStep {
	c.T.Helper()
	c.does(append([]string{"plan", "--format", "json"}, append(args, filepath.Base(c.file))...)...)
	var steps []struct {
		commandedStep
		NotBefore string
	}
	if err := json.Unmarshal(c.said.Bytes(), &steps); err != nil {
		c.T.Fatalf("%v\n%s%s", err, c.said.String(), c.errs.String())
	}
	for _, s := range steps {
		if s.State == "now" && s.Step > 0 {
			s.commandedStep.NotBefore, _ = time.Parse(time.RFC3339, s.NotBefore)
			return &s.commandedStep
		}
	}
	return nil
}

// serves has the name servers serve what was saved: the secondary in the last second in which it may be behind.
func (c *commander) serves() {
	c.T.Helper()
	text, err := os.ReadFile(c.file)
	if err != nil {
		c.T.Fatal(err)
	}
	c.served = zonefile.Parse("db.example.com", text, zonefile.Options{Origin: "example.com."})
	c.primary.serve(c.served)
	if c.asked = !c.asked; !c.asked { // first: the file system does not go by the clock of the lab
		c.does("plan", "--since", c.clock.now.Format(time.RFC3339), filepath.Base(c.file))
	}
	c.send()
	c.check(1) // the secondary is behind
	c.after(c.late())
	c.unlucky.forget()
	c.unlucky.ask(secondaryIP)
	c.unlucky.learn(c.names())
	c.ordinary.learn(c.names())
	c.send()
	c.unlucky.ask(primaryIP)
	c.secondary.hear(c.served)
	if c.asked { // now all name servers have it, and that is remembered
		c.does("check", "--plan", "--private", "--resolver", unluckyIP, filepath.Base(c.file))
	}
	for n := 1; ; n++ { // what only a person sees is so
		if c.does("plan", "--done", strconv.Itoa(n), filepath.Base(c.file)) == 2 {
			break
		}
	}
}

func TestMovesByCommands(t *testing.T) {
	needs.Long(t)
	needLab(t)
	sender := lab.NewPlace(t)
	needMoves(sender)
	dir := t.TempDir()
	c := &commander{program: filepath.Join(dir, "mailzone"), file: filepath.Join(dir, "db.example.com")}
	build := exec.Command("go", "test", "-c", "-o", c.program, ".") // its clock can be moved on
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.WriteFile(c.file, []byte(commandedZone), 0o644); err != nil {
		t.Fatal(err)
	}
	sender.Try(func() error { return unix.Mount("tmpfs", "/var/lib", "tmpfs", 0, "") }) // where root's plans are remembered
	old, came := netip.MustParseAddr("198.51.100.10"), netip.MustParseAddr("192.0.3.1")
	l := newMoveLab(sender, newInternet(t), commandedRoot, map[netip.Addr]Fault{old: Up, came: Up})
	l.clock.turn(sender, time.Now().UTC().Truncate(time.Second))
	move := []string{"--from", "mx.isp.test", "--to", "mx1.example.com=192.0.3.1"}
	c.moveRun = l.begin(moveCase{name: "by commands", zone: parse(t, "example.com", commandedZone), move: migration(t, []string{"mx.isp.test", "mx1.example.com=192.0.3.1"}),
		domains: []string{"example.com", "sub.example.com"}, olds: []netip.Addr{old}, news: []netip.Addr{came}, each: 1})
	saved := 0
	for s := c.next(move...); s != nil; s = c.next() {
		if saved > 0 {
			c.waits(s)
			move = nil
		}
		c.wants(0, append(append([]string{"plan", "--step", strconv.Itoa(s.Step), "--yes"}, move...), filepath.Base(c.file))...)
		c.left = c.left || s.Step > 4 // the wait of the step is over in which the old host goes
		saved++
		c.serves()
		if t.Failed() {
			t.FailNow()
		}
	}
	c.none(fmt.Sprintf("%d steps", saved))
	if saved < 6 || c.messages < 6*2*len(c.domains)*2 {
		t.Errorf("%d steps were saved and %d messages sent", saved, c.messages)
	}
	c.after(7 * 86400)
	if c.check(0); c.does("check", "--plan", filepath.Base(c.file)) != 2 {
		t.Error("the move is remembered though its last step holds")
	}
}

// waits goes to the second from which a step may be saved: before it neither command agrees, and in it check does.
func (c *commander) waits(s *commandedStep) {
	c.T.Helper()
	if !s.Certain {
		c.T.Fatalf("step %d is not certain:\n%s", s.Step, c.said.String())
	}
	const early = 5 * time.Second // a command takes a while to begin
	if before := s.NotBefore.Add(-early); before.After(c.clock.now) {
		c.clock.turn(c.sender, before)
		c.check(1)
		c.wants(2, "plan", "--step", strconv.Itoa(s.Step), "--yes", filepath.Base(c.file))
	} else {
		c.T.Errorf("step %d waits for nothing: %s", s.Step, s.NotBefore)
	}
	c.clock.turn(c.sender, s.NotBefore.Add(time.Second)) // unbound 1.17 gives an answer to the end of the second in which its TTL ends
	c.check(0)
}
