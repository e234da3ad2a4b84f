//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/needs"
)

// This file runs the proofs of the package's law and writes their figures as a table. A plain `go test` runs a slice of
// each proof, which takes seconds. The whole takes root, the Debian packages strace, e2fsprogs, xfsprogs, btrfs-progs and
// util-linux, and an hour on two processors:
//
//	go test ./zonefile/disk -torture -table FILE
//
// Add -v for the reason of what was skipped, -run TestProof/KEY for one row, and -timeout 0 on a busy machine.
//
// A proof with a control counts as one only if the control fails: the same test of a program that breaks the law.

var (
	torture = flag.Bool("torture", false, "run the proofs of the save at full length; needs root")
	table   = flag.String("table", "", "write the figures of the proofs to this `file`, as a Markdown table")
)

// severalFiles is the way to save a file together with one that it includes.
const severalFiles = "several files"

// A proof is one row of the table.
type proof struct {
	key  string // for go test -run TestProof/KEY
	name string
	run  func(trial)
}

// portableProofs are those that need nothing but processes.
var portableProofs = [...]proof{
	{"kill", "kill -9 at a random moment of a loop of saves", proveKill},
	{"editors", "8 editors at once", proveEditors},
	{"changes", "a change by another program at every step", proveChanges},
	{"looks", "a save of 2 and of 5 files is killed before every system call, then anything is put at a name: nothing, the serial or a record by hand, a mix, shorter, longer, a FIFO, a device, a link to /dev/zero, a directory, gone", proveLooks},
	{"torn", "a file that was half written in place, its sectors torn; or edited by hand to look so", proveTorn},
	{"many", "a save of 1,000 zone files is killed, two times of three while they are installed, then it is finished or undone", proveMany},
	{"ended", "an interrupted save is finished or undone, which is killed in its turn, and tried once more", proveEnded},
}

// programProofs are those of the program on terminals. They wait more than they work, so that in a slice some run at once. None
// opens a file as this package does: the lock of one would be held for a moment by whatever is started beside it.
var programProofs = [...]proof{
	{"ends", "the editor on a terminal ends at a random key, and is started again", proveEnds},
	{"panics", "a panic in every goroutine, in every function that the terminal library calls, at ten moments of a session", provePanics},
	{"sizes", "a terminal of 0 to 3 columns and rows, and of random sizes, while somebody types", proveSizes},
	{"drafts", "another editor on a copy of the zone (E): status 0 and 1, every signal, behind F and :ttl, meanwhile a change by another program, kill -9 of mailzone", proveDrafts},
	{"sessions", "8 people in the editor at once, and a program that replaces the file", proveSessions},
	{"bytes", "every byte and every risky character in zone files and names, on the screens of the editor and from every command, on a terminal and in pipes but for the lines of a patch, which in a pipe are those of the file", proveBytes},
}

// A row is what a proof counted.
type row struct {
	name     string
	counts   []*count
	controls []*count
	missing  []string // what could not be tried, and why
}

// A count is how often something went wrong.
type count struct {
	t     testing.TB // nil for a control
	what  string     // as in "ext4: %s lost of %s"
	mu    sync.Mutex
	wrong int
	tried int
}

// try counts one more; why says what went wrong, "" if nothing did.
func (c *count) try(why string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tried++
	if why == "" {
		return
	}
	c.wrong++
	if c.t != nil && c.wrong <= 10 {
		c.t.Errorf("%s: %s", c, why)
	}
}

func (c *count) String() string { return fmt.Sprintf(c.what, thousands(c.wrong), thousands(c.tried)) }

// thousands writes a number with commas.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}

// A trial is one run of a proof, or of a part of it.
type trial struct {
	*testing.T
	row   *row
	built func() (bin string, err error) // the program, for all trials one
}

// count begins a count that must stay at nothing wrong.
func (p trial) count(what string) *count {
	c := &count{t: p.T, what: what}
	p.row.counts = append(p.row.counts, c)
	return c
}

// known begins a count of what is known to go wrong and said so in the table; the proof sets its limit.
func (p trial) known(what string) *count {
	c := &count{what: what}
	p.row.counts = append(p.row.counts, c)
	return c
}

// control begins a count that must not: what it counts is known to be wrong. At full length that is checked when the
// trial ends; a slice may be too short for a rare failure.
func (p trial) control(what string) *count {
	c := &count{what: what}
	p.row.controls = append(p.row.controls, c)
	p.Cleanup(func() {
		if c.wrong == 0 && c.tried > 0 && *torture && !p.Failed() && !p.Skipped() {
			p.Errorf("control %s: it did not fail, so this proof proves nothing", c)
		}
	})
	return c
}

// n is how often to try: in a slice, and at full length.
func (p trial) n(slice, full int) int {
	if *torture {
		return full
	}
	return slice
}

// part runs a part of a proof that may be missing.
func (p trial) part(name string, run func(trial)) {
	name = strings.ReplaceAll(name, ",", "") // which the options of a mount are separated by
	p.Run(name, func(t *testing.T) { run(trial{t, p.row, p.built}) })
}

// atOnce lets a slice run beside others. At full length each has the machine for itself, as the figures of the table want it.
func (p trial) atOnce() {
	p.Helper()
	if !*torture {
		p.Parallel()
	}
}

// missing skips what cannot be had here.
func (p trial) missing(format string, args ...any) {
	p.Helper()
	why := fmt.Sprintf(format, args...)
	if !slices.Contains(p.row.missing, why) {
		p.row.missing = append(p.row.missing, why)
	}
	p.Skip(why)
}

// needs skips without a program, which a Debian package has.
func (p trial) needs(program, debianPackage string) {
	p.Helper()
	if _, err := exec.LookPath(program); err != nil {
		needs.Package(debianPackage)
		p.missing("needs the Debian package %s", debianPackage)
	}
}

// needsRoot skips what only root can do.
func (p trial) needsRoot() {
	p.Helper()
	if os.Geteuid() != 0 {
		needs.Other("root")
		p.missing("needs root")
	}
}

func TestProof(t *testing.T) {
	needs.Long(t)
	if end, limited := t.Deadline(); *torture && limited && time.Until(end) < 90*time.Minute {
		t.Fatal("the whole takes an hour, or twice that on a busy machine: add -timeout 0")
	}
	dir := trial{T: t}.publicDir()
	built := sync.OnceValues(func() (string, error) { return build(dir) })
	var rows []*row
	t.Cleanup(func() { writeTable(t, rows) }) // when those that run at once have ended, too
	prove := func(p proof, atOnce bool) {
		t.Run(p.key, func(t *testing.T) {
			r := &row{name: p.name}
			rows = append(rows, r)
			whole := trial{t, r, built}
			if atOnce {
				whole.atOnce()
			}
			start := time.Now()
			t.Cleanup(func() { t.Logf("%s in %v", r, time.Since(start).Round(time.Second)) })
			p.run(whole)
		})
	}
	for _, p := range append(systemProofs(), portableProofs[:]...) {
		prove(p, false)
	}
	for _, p := range programProofs {
		prove(p, true)
	}
}

// writeTable writes the rows to the log and, if it is wanted, to a file.
func writeTable(t *testing.T, rows []*row) {
	var text strings.Builder
	fmt.Fprintln(&text, "| what is done to a save | figure | control, which must fail |")
	fmt.Fprintln(&text, "|---|---|---|")
	for _, r := range rows {
		fmt.Fprintln(&text, r)
	}
	if *torture {
		_, _ = io.WriteString(os.Stdout, text.String())
	}
	if *table == "" {
		return
	}
	if err := os.WriteFile(*table, []byte(text.String()), 0o644); err != nil {
		t.Error(err)
	}
}

// String is the row in Markdown.
func (r *row) String() string {
	var figures []string
	for _, c := range r.counts {
		if c.tried > 0 {
			figures = append(figures, c.String())
		}
	}
	for _, why := range r.missing {
		figures = append(figures, "not run: "+why)
	}
	var controls []string
	for _, c := range r.controls {
		controls = append(controls, c.String())
	}
	return fmt.Sprintf("| %s | %s | %s |", r.name, strings.Join(figures, "; "), strings.Join(controls, "; "))
}

// workers runs do for 0 to n-1, two at a time.
func workers(n int, do func(i int)) {
	next := make(chan int)
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
}

// lawBroken says how a save broke the law, "" if it did not: the file, the outcome and the message must agree, and nothing
// may be left that the message does not name. The save was of newText over oldText.
func lawBroken(t testing.TB, path string, r report) string {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	want := map[Outcome]string{Saved: newText, Untouched: oldText, Unconfirmed: newText}[r.Outcome]
	unsure := strings.Contains(r.Message, "cannot tell whether the new version is there")
	if unsure && (string(got) == newText || string(got) == oldText) {
		want = string(got)
	}
	switch {
	case string(got) != want:
		return fmt.Sprintf("%v, but the file holds %q", r.Outcome, got)
	case (r.Error == "") != (r.Outcome == Saved), !strings.HasPrefix(r.Message, r.Outcome.String()+": "):
		return fmt.Sprintf("outcome %v, message %q, error %q", r.Outcome, r.Message, r.Error)
	case r.Error != "" && r.Error != r.Message:
		return fmt.Sprintf("message %q, error %q", r.Message, r.Error)
	case string(r.Bytes) != string(got) && !unsure:
		return fmt.Sprintf("Bytes are %q, the file's %q", r.Bytes, got)
	}
	return unnamedLeftover(t, path, r.Message+strings.Join(r.Notes, " "))
}
