// Where the time of a command goes: each stage by itself, so that none hides another.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/cli"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/testdata/shapes"
	"github.com/mailzone/mailzone/zonefile"
)

// stage is a part of a command, and what it took.
type stage struct {
	Command, Name string
	CPU           time.Duration
}

// stagedShape is the zone on which stages are measured.
const stagedShape = "mailboxes"

// stagesMain is the program that measures the stages of a command in a process of its own: stages COMMAND FILE.
func stagesMain() {
	s, _ := shapes.Find(stagedShape)
	x := stager{command: os.Args[1]}
	x.end("") // the start
	x.done = nil
	src, err := os.ReadFile(os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	x.end("read the file")
	z := zonefile.Parse(os.Args[2], src, zonefile.Options{Origin: zonefile.Name(s.Origin)})
	x.end("cut it into entries")
	z.Node(z.Origin())
	x.end("index")
	x.stages(z)
	if err := json.NewEncoder(os.Stdout).Encode(x.done); err != nil {
		os.Exit(1)
	}
}

// stager takes the times of stages.
type stager struct {
	command string
	last    time.Duration
	done    []stage
}

// end ends a stage.
func (x *stager) end(name string) {
	var u unix.Rusage
	_ = unix.Getrusage(unix.RUSAGE_SELF, &u) // fails only for a number that is none
	now := time.Duration(u.Utime.Nano() + u.Stime.Nano())
	x.done = append(x.done, stage{x.command, name, now - x.last})
	x.last = now
}

// stages does what the command does on a zone that is read, and then the command itself: the rest is what it takes more.
func (x *stager) stages(z *zonefile.Zone) {
	args := []string{x.command}
	in := io.Reader(strings.NewReader(""))
	switch x.command {
	case "list":
		for range z.Loaded() {
		}
		x.end("check each record")
		args = append(args, "--type", "SOA")
	case "lint":
		found := lint.Run([]*zonefile.Zone{z}, lint.Options{Info: true})
		x.end("rules")
		for _, d := range found {
			d.Position()
		}
		x.end("the places of findings")
		args = append(args, "--format", "json")
	case "preview":
		names := preview.Map(z)
		x.end("routes")
		preview.ByRoute(names)
		x.end("grouping")
	case "apply":
		in = strings.NewReader(applyInput(string(z.Origin())))
		edits, err := z.Script(strings.NewReader(applyInput(string(z.Origin()))))
		x.end("the script")
		if _, failed := z.Apply(edits...); err != nil || failed != nil {
			fmt.Fprintln(os.Stderr, err, failed)
			os.Exit(1)
		}
		x.end("the new version")
	case "edit":
		editOften(z)
		x.end("edits")
		x.done[len(x.done)-1].CPU /= edits
		return
	}
	cli.Main(append(args, "--origin", string(z.Origin()), os.Args[2]), in, io.Discard, io.Discard)
	x.end("the command as a whole")
}

// edits is how many edits are timed together.
const edits = 200

// editOften changes a preference in the middle of a zone again and again, each time with the look-ups that a screen makes.
func editOften(z *zonefile.Zone) {
	for w := range z.FileRows(z.Root(), uint32(z.Root().Size()/2)) {
		mx := w.Record()
		if mx.IsZero() || mx.Type() != zonefile.TypeMX {
			continue
		}
		for range edits {
			change, err := z.Set(mx, zonefile.Preference, "17")
			next, failed := z.Apply(change...)
			if err != nil || failed != nil {
				fmt.Fprintln(os.Stderr, err, failed)
				os.Exit(1)
			}
			next.Node(mx.Owner())
		}
		return
	}
}

// applyInput is the script of applyOne.
func applyInput(origin string) string { return strings.ReplaceAll(applyOne.in, "ORIGIN", origin) }

// printStages prints the stages of each command. What the command takes besides them is its last row.
func printStages(t *testing.T, w io.Writer, bin string, records int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "zone")
	makeShape(t, stagedShape, path, records)
	fmt.Fprintf(w, "\n## stages\n\nOf %s with %d records. The first stages are those of every command; \"the rest\" is what a command takes besides them.\n\n", stagedShape, records)
	fmt.Fprintf(w, "| command | stage | CPU |\n|---|---|---|\n")
	for i, command := range []string{"list", "lint", "preview", "apply"} {
		rest := time.Duration(0)
		for j, s := range leastStages(t, command, path) {
			switch {
			case s.Name == "the command as a whole":
				fmt.Fprintf(w, "| %s | the rest | %s |\n", command, milliseconds(max(s.CPU-rest, 0)))
			case j >= 3:
				fmt.Fprintf(w, "| %s | %s | %s |\n", command, s.Name, milliseconds(s.CPU))
			case i == 0:
				fmt.Fprintf(w, "| each | %s | %s |\n", s.Name, milliseconds(s.CPU))
			}
			rest += s.CPU
		}
	}
	one := leastStages(t, "edit", path)
	fmt.Fprintf(w, "| the editor | one edit and its look-ups | %s |\n", milliseconds(one[len(one)-1].CPU))
}

// leastStages is the stages of a command, each by its fastest run.
func leastStages(t *testing.T, command, path string) (list []stage) {
	t.Helper()
	for range *roundsFlag {
		out, err := exec.Command("stages", command, path).Output()
		if err != nil {
			t.Fatalf("stages %s: %v", command, err)
		}
		var run []stage
		if err := json.Unmarshal(out, &run); err != nil {
			t.Fatal(err)
		}
		for i, s := range run {
			if len(list) <= i {
				list = append(list, s)
			}
			list[i].CPU = min(list[i].CPU, s.CPU)
		}
	}
	return list
}

// others is the programs that read zones, too; those that are not installed are left out.
var others = []timed{
	checkzone,
	{name: "mailzone list --type SOA", args: onZone[1].args},
	{name: "named-compilezone -i none", args: []string{"named-compilezone", "-q", "-i", "none", "-o", "/dev/null", "ORIGIN", "ZONE"}},
	{name: "ldns-read-zone", args: []string{"ldns-read-zone", "ZONE"}},
	{name: "nsd-checkzone", args: []string{"nsd-checkzone", "ORIGIN", "ZONE"}},
	{name: "kzonecheck", args: []string{"kzonecheck", "-o", "ORIGIN", "ZONE"}},
	{name: "vim, open and quit", args: []string{"vim", "-u", "NONE", "-es", "-c", "q", "ZONE"}},
}

// printStart prints what the start of the program takes.
func printStart(t *testing.T, w io.Writer, bin string) {
	t.Helper()
	version := timed{name: "version", args: []string{"mailzone", "version"}}
	var u usage
	idle := idleProgram(t)
	peer := startOf(t, idle, "")
	for range 20 * *roundsFlag {
		u = u.least(version.run(t, bin, t.TempDir(), &subject{}))
		peer = peer.least(startOf(t, idle, ""))
	}
	allocations, _ := allocationsBefore(t, bin)
	fmt.Fprintf(w, "\n## start\n\n`mailzone version`, which reads nothing: %s of processor time, %d allocations before main. A program of Go that takes as many pages of memory and does nothing: %s.\n", milliseconds(u.cpu), allocations, milliseconds(peer.cpu))
}

// printOthers prints what other programs take to read a zone.
func printOthers(t *testing.T, w io.Writer, bin string, records int) {
	t.Helper()
	s := subjects(records)[0]
	dir := t.TempDir()
	s.make(t, dir, records)
	fmt.Fprintf(w, "\n## other programs\n\nThat read the zone %s of %d records; those that are installed.\n\n| program | CPU | peak |\n|---|---|---|\n", s.name, records)
	for _, c := range others {
		if _, err := exec.LookPath(c.args[0]); err != nil && c.args[0] != "mailzone" {
			continue
		}
		var u usage
		for range *roundsFlag {
			u = u.least(c.run(t, bin, dir, &s))
		}
		fmt.Fprintf(w, "| %s | %s | %d MiB |\n", c.name, milliseconds(u.cpu), u.peak>>20)
	}
}
