package zonefile

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/mailzone/mailzone/testdata/needs"
)

// peersFlag measures mailzone beside other programs. The page of figures in docs is written by
//
//	go test ./zonefile -run TestPeers -peers 1000000 -table "$PWD/docs/speed.md"
var (
	peersFlag = flag.Int("peers", 0, "measure loading a zone of so many records beside other programs")
	tableFlag = flag.String("table", "", "the file to write the figures of -peers to, instead of standard output")
)

// peerRounds is how often each program runs; they take turns, and the median counts.
const peerRounds = 5

// jobVariable names the environment variable that makes the test binary do one of its own jobs and end.
const jobVariable = "MAILZONE_TEST_JOB"

// TestMain does a job in a process of its own where one is asked for, so that its time and memory are its own.
func TestMain(m *testing.M) {
	if job := os.Getenv(jobVariable); job != "" {
		if err := doJob(job, os.Args[len(os.Args)-1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(needs.Main{M: m}.Run())
}

// doJob reads a file in one of the ways that are compared.
func doJob(job, path string) error {
	if records, ok := strings.CutPrefix(job, "make "); ok { // not in the parent: its memory would count as the children's
		n, err := strconv.Atoi(records)
		if err != nil {
			return err
		}
		return os.WriteFile(path, bigZone(n), 0o600)
	}
	src, err := os.ReadFile(path)
	if err != nil || job == "read" {
		return err
	}
	switch job {
	case "load":
		loadAll(src)
	case "edit":
		return editOften(loadAll(src))
	case "miekg":
		p := dns.NewZoneParser(strings.NewReader(string(src)), "big.example.", path)
		for _, ok := p.Next(); ok; _, ok = p.Next() {
		}
		return p.Err()
	}
	return nil
}

// edits is how many edits are timed together.
const edits = 500

// editOften changes a preference in the middle of a zone again and again, each time with the look-ups that a
// screen makes, and prints what one took in microseconds.
func editOften(z *Zone) error {
	mx := middleMX(z)
	start := time.Now()
	for range edits {
		if _, err := editOnce(z, mx); err != nil {
			return err
		}
	}
	fmt.Println(time.Since(start).Microseconds() / edits)
	return nil
}

// middleMX is an MX record in the middle of a zone.
func middleMX(z *Zone) Record {
	for w := range z.FileRows(z.Root(), uint32(z.Root().Size()/2)) {
		if r := w.Record(); !r.IsZero() && r.Type() == TypeMX {
			return r
		}
	}
	return Record{}
}

// editOnce makes the version with another preference and looks its owner up.
func editOnce(z *Zone, mx Record) (*Zone, error) {
	edits, err := z.Set(mx, Preference, "17")
	if err != nil {
		return nil, err
	}
	next, err := z.Apply(edits...)
	if err == nil {
		next.Node(mx.Owner())
	}
	return next, err
}

// peer is a program that loads a zone.
type peer struct {
	name string
	args []string
	job  string
	env  string
	pkg  string // Debian's package
	runs []usage
}

// usage is what one run took.
type usage struct {
	cpu, wall time.Duration
	peak      int64 // bytes
}

// peers is what is measured; %s is the zone file.
func peers(self string) []*peer {
	return []*peer{
		{name: "named-checkzone -i local", args: []string{"named-checkzone", "-q", "-i", "local", "big.example", "%s"}, pkg: "bind9-utils"},
		{name: "mailzone: load, check, index", args: []string{self, "%s"}, job: "load"},
		{name: "the same on one core", args: []string{self, "%s"}, job: "load", env: "GOMAXPROCS=1"},
		{name: "named-compilezone", args: []string{"named-compilezone", "-q", "-i", "none", "-o", "/dev/null", "big.example", "%s"}, pkg: "bind9-utils"},
		{name: "ldns-read-zone", args: []string{"ldns-read-zone", "%s"}, pkg: "ldnsutils"},
		{name: "nsd-checkzone", args: []string{"nsd-checkzone", "big.example", "%s"}, pkg: "nsd"},
		{name: "kzonecheck", args: []string{"kzonecheck", "-o", "big.example", "%s"}, pkg: "knot-dnssecutils"},
		{name: "miekg/dns", args: []string{self, "%s"}, job: "miekg"},
		{name: "vim, open and quit", args: []string{"vim", "-u", "NONE", "-es", "-c", "q", "%s"}, pkg: "vim"},
		{name: "reading the file alone", args: []string{self, "%s"}, job: "read"},
	}
}

func TestPeers(t *testing.T) {
	if *peersFlag == 0 {
		t.Skip("a measurement: -peers 1000000 runs it")
	}
	out := os.Stdout
	if *tableFlag != "" {
		f, err := os.Create(*tableFlag)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		out = f
	}
	path := makeZone(t, *peersFlag)
	list := slices.DeleteFunc(peers(os.Args[0]), func(p *peer) bool {
		_, err := exec.LookPath(p.args[0])
		if err != nil {
			t.Logf("%s is left out: Debian's package %s has it", p.name, p.pkg)
		}
		return err != nil
	})
	for range peerRounds {
		for _, p := range list {
			p.runs = append(p.runs, p.run(t, path))
		}
	}
	printHead(out, path)
	printPeers(out, list)
	printGrowth(t, out)
}

// makeZone makes a zone file in a process of its own: the memory of this one would count as its children's.
func makeZone(t *testing.T, records int) string {
	path := filepath.Join(t.TempDir(), "big.zone")
	maker := peer{name: "the generator", args: []string{os.Args[0], "%s"}, job: fmt.Sprint("make ", records)}
	maker.run(t, path)
	return path
}

// printHead says what was measured, where and when.
func printHead(w io.Writer, path string) {
	size := 0.0
	if info, err := os.Stat(path); err == nil {
		size = float64(info.Size()) / 1e6
	}
	fmt.Fprintf(w, `# How fast

Written on %s by `+"`go test ./zonefile -run TestPeers -peers %d -table FILE`"+`, on %d cores of %s:
a zone of %d records and %.0f MB, made by the test; medians of %d runs that took turns.

`, time.Now().UTC().Format(time.DateOnly), *peersFlag, runtime.NumCPU(), processor(), *peersFlag, size, peerRounds)
}

// processor is the model that Linux names.
func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.TrimSpace(strings.TrimLeft(name, "\t :"))
		}
	}
	return runtime.GOARCH
}

// printGrowth prints what larger zones cost.
func printGrowth(t *testing.T, w io.Writer) {
	fmt.Fprintf(w, "\n| records | load, CPU | peak memory | one edit and its look-ups |\n|---|---|---|---|\n")
	for _, n := range benchSizes {
		path := makeZone(t, n)
		load := peer{name: "load", args: []string{os.Args[0], "%s"}, job: "load"}
		for range peerRounds {
			load.runs = append(load.runs, load.run(t, path))
		}
		cmd := exec.Command(os.Args[0], path)
		cmd.Env = append(os.Environ(), jobVariable+"=edit")
		took, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		m := load.median()
		fmt.Fprintf(w, "| %d | %d ms | %d MiB | %s µs |\n", n, m.cpu.Milliseconds(), m.peak>>20, strings.TrimSpace(string(took)))
	}
}

// run runs the program once.
func (p *peer) run(t *testing.T, path string) usage {
	args := slices.Clone(p.args)
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "%s", path)
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), jobVariable+"="+p.job)
	if p.env != "" {
		cmd.Env = append(cmd.Env, p.env)
	}
	start := time.Now()
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v", p.name, err)
	}
	u := usage{cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), wall: time.Since(start)}
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.peak = r.Maxrss << 10 // kilobytes on Linux
	}
	return u
}

// median is the middle of the runs by CPU time.
func (p *peer) median() usage {
	runs := slices.Clone(p.runs)
	slices.SortFunc(runs, func(a, b usage) int { return int(a.cpu - b.cpu) })
	return runs[len(runs)/2]
}

// printPeers prints the table; ratios are of CPU time, the first program's is 1 and more is faster.
func printPeers(w io.Writer, list []*peer) {
	fmt.Fprintf(w, "| program | CPU | times as fast | wall | peak memory |\n|---|---|---|---|---|\n")
	base := list[0].median().cpu.Seconds()
	for _, p := range list {
		m := p.median()
		fmt.Fprintf(w, "| %s | %.2f s | %s | %.2f s | %d MiB |\n", p.name, m.cpu.Seconds(),
			strconv.FormatFloat(base/max(m.cpu.Seconds(), 0.001), 'f', 1, 64), m.wall.Seconds(), m.peak>>20)
	}
}
