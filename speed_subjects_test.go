// What the speed of the commands is measured on, and the commands.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/shapes"
)

// timed is a command of which the cost is measured. In its arguments ZONE is the zone file and ORIGIN its name; FILES stands
// for all files. The first of a subject is the peer that the others stand beside.
type timed struct {
	name string
	args []string
	in   string // what stands on standard input
	peer bool   // another's program
}

// subject is what commands are measured on, in several sizes.
type subject struct {
	name     string
	about    string
	unit     string
	sizes    []int
	origin   string
	commands []timed
	make     func(t *testing.T, dir string, n int)
}

// checkzone is the peer: without -i local it would ask a resolver.
var checkzone = timed{name: "named-checkzone -q -i local", args: []string{"named-checkzone", "-q", "-i", "local", "ORIGIN", "ZONE"}, peer: true}

// applyOne adds a record. Without --yes nobody is asked what the name server thinks of it.
var applyOne = timed{name: "apply, one record", args: []string{"mailzone", "apply", "--origin", "ORIGIN", "ZONE"}, in: "update add zzz.ORIGIN 300 TXT \"one\"\n"}

// onZone is what a user runs on a zone.
var onZone = []timed{
	checkzone,
	{name: "list --type SOA", args: []string{"mailzone", "list", "--type", "SOA", "--origin", "ORIGIN", "ZONE"}},
	{name: "lint", args: []string{"mailzone", "lint", "--origin", "ORIGIN", "ZONE"}},
	{name: "lint --format json", args: []string{"mailzone", "lint", "--format", "json", "--origin", "ORIGIN", "ZONE"}},
	{name: "preview, the map", args: []string{"mailzone", "preview", "--origin", "ORIGIN", "ZONE"}},
	applyOne,
}

// onWrongOrigin is the peer with the right name, and lint with a wrong one.
var onWrongOrigin = []timed{
	checkzone,
	{name: "lint, wrong --origin", args: []string{"mailzone", "lint", "--origin", "wrong.example", "ZONE"}},
	{name: "lint --format json, wrong --origin", args: []string{"mailzone", "lint", "--format", "json", "--origin", "wrong.example", "ZONE"}},
}

// onFiles is what a user runs on many zones.
var onFiles = []timed{
	{name: "named-checkconf -z", args: []string{"named-checkconf", "-z", "named.conf"}, peer: true},
	{name: "lint of all", args: []string{"mailzone", "lint", "FILES"}},
	{name: "lint of all as JSON", args: []string{"mailzone", "lint", "--format", "json", "FILES"}},
	{name: "zones", args: []string{"mailzone", "zones", "--server-config", "named.conf"}},
	{name: "repoint of all, the diff", args: []string{"mailzone", "repoint", "--server", "--server-config", "named.conf", "--from", "mx.isp.example", "--to", "mx.new.example"}},
}

// subjects is all that is measured, the largest with so many records.
func subjects(records int) (list []subject) {
	for _, s := range shapes.All {
		commands := onZone
		if s.ReadOnly {
			commands = commands[:len(commands)-1]
		}
		list = append(list, subject{name: s.Name, about: s.About, unit: "records", sizes: []int{records / 100, records / 10, records}, origin: s.Origin,
			commands: commands, make: func(t *testing.T, dir string, n int) { makeShape(t, s.Name, filepath.Join(dir, "zone"), n) }})
	}
	return append(list,
		subject{name: "wrong origin", about: "the zone hosting under another zone's name, to which nearly no line belongs", unit: "records",
			sizes: []int{records / 100, records / 10, records}, origin: "big.example.", commands: onWrongOrigin,
			make: func(t *testing.T, dir string, n int) { makeShape(t, "hosting", filepath.Join(dir, "zone"), n) }},
		subject{name: "one RRset", about: "one name with many MX", unit: "records", sizes: []int{4_000, 8_000, 16_000}, origin: "example.com.",
			commands: onZone, make: makeRRset},
		subject{name: "many files", about: "zones of 20 records, each in its file, and the configuration that names them", unit: "files", sizes: []int{100, 1_000, 10_000},
			commands: onFiles, make: makeFiles})
}

// makeShape makes a zone in a process of its own: the memory of this one would count as that of the commands.
func makeShape(t *testing.T, shape, path string, n int) {
	t.Helper()
	cmd := exec.Command("shape", shape, strconv.Itoa(n), path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// shapeMain is the program that makes a zone: shape NAME N FILE.
func shapeMain() {
	err := fmt.Errorf("usage: shape NAME N FILE")
	if len(os.Args) == 4 {
		err = writeShape(os.Args[1], os.Args[2], os.Args[3])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// writeShape writes a zone.
func writeShape(name, records, path string) error {
	s, err := shapes.Find(name)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(records)
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return s.Write(f, n)
}

// makeRRset makes a zone whose name has n MX.
func makeRRset(t *testing.T, dir string, n int) {
	put(t, filepath.Join(dir, "zone"), records("@ MX {i} m{i}.example.net.\n")(n))
}

// makeFiles makes n zones and a configuration that names them.
func makeFiles(t *testing.T, dir string, n int) {
	var conf strings.Builder
	fmt.Fprintf(&conf, "options { directory %q; };\n", dir)
	for i := range n {
		name := fmt.Sprintf("z%05d.example", i)
		put(t, filepath.Join(dir, name+".zone"), zoneHead+"@ MX 10 mx.isp.example.\n"+each("a{i} A {4}\n\tMX 10 a{i}\n")(8))
		fmt.Fprintf(&conf, "zone %q { type primary; file %q; };\n", name, name+".zone")
	}
	put(t, filepath.Join(dir, "named.conf"), conf.String())
}

// put writes a file.
func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// usage is what a run took.
type usage struct {
	cpu    time.Duration
	peak   int64 // bytes
	faults int64 // of pages
}

// fresh is how many pages of fresh memory a run has taken. One fault may bring 512 of them (a large page), which a virtual
// machine's host has to find all the same; so it is no fewer than there were at the peak.
func (u usage) fresh() int64 { return max(u.faults, u.peak/int64(os.Getpagesize())) }

// least is the least of two runs, each part by itself.
func (u usage) least(o usage) usage {
	if u == (usage{}) {
		return o
	}
	return usage{min(u.cpu, o.cpu), min(u.peak, o.peak), min(u.faults, o.faults)}
}

// run runs a command once, where the files are.
func (c timed) run(t *testing.T, bin, dir string, s *subject) usage {
	t.Helper()
	fill := strings.NewReplacer("ORIGIN", s.origin, "ZONE", "zone")
	var args []string
	for _, a := range c.args {
		if a == "FILES" {
			all, err := filepath.Glob(filepath.Join(dir, "*.zone"))
			if err != nil {
				t.Fatal(err)
			}
			args = append(args, all...)
			continue
		}
		args = append(args, fill.Replace(a))
	}
	if args[0] == "mailzone" {
		args[0] = bin
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(fill.Replace(c.in))
	cmd.Env = append(os.Environ(), "XDG_STATE_HOME="+dir)
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != 1 { // 1: something was found
		t.Fatalf("%s: %v", c.name, err)
	}
	return usageOf(cmd.ProcessState)
}

// usageOf is what a program has taken that has ended.
func usageOf(ended *os.ProcessState) usage {
	u := usage{cpu: ended.UserTime() + ended.SystemTime()}
	if r, ok := ended.SysUsage().(*syscall.Rusage); ok {
		u.peak, u.faults = r.Maxrss<<10, r.Minflt // kilobytes on Linux
	}
	return u
}
