// The page of figures: how it is written, and read again.
package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// figures is what the commands of a subject took, at each of its sizes.
type figures struct {
	s     subject
	cells map[string][]usage // by command
	bytes int64              // of the largest zone file
	dear  time.Duration      // what a page fault costs more than where the page was written
	dirs  []string
}

// measure measures the commands in turns.
func (s subject) measure(t *testing.T, bin string, rounds int) *figures {
	t.Helper()
	f := &figures{s: s, cells: map[string][]usage{}}
	for i, n := range s.sizes {
		f.dirs = append(f.dirs, t.TempDir())
		s.make(t, f.dirs[i], n)
		if info, err := os.Stat(filepath.Join(f.dirs[i], "zone")); err == nil {
			f.bytes = info.Size()
		}
		for range rounds {
			for _, c := range s.commands {
				f.run(t, bin, c, i)
			}
		}
	}
	return f
}

// run runs a command once more at a size.
func (f *figures) run(t *testing.T, bin string, c timed, size int) {
	t.Helper()
	if f.cells[c.name] == nil {
		f.cells[c.name] = make([]usage, len(f.s.sizes))
	}
	cell := &f.cells[c.name][size]
	*cell = cell.least(c.run(t, bin, f.dirs[size], &f.s))
}

// again measures some commands once more, and the peer with them.
func (f *figures) again(t *testing.T, bin string, names []string) {
	t.Helper()
	for _, c := range f.s.commands {
		if c.peer || slices.Contains(names, c.name) {
			f.run(t, bin, c, 0)
		}
	}
}

// ratio is how many times as fast as the peer a command is at a size.
func (f *figures) ratio(command string, size int) float64 {
	return f.took(f.s.commands[0].name, size) / max(f.took(command, size), 1e-6)
}

// took is how many seconds a command took, without what fresh memory costs more here.
func (f *figures) took(command string, size int) float64 {
	u := f.cells[command][size]
	return (u.cpu - time.Duration(u.fresh())*f.dear).Seconds()
}

// slower is the commands whose ratio has fallen, beside what it was at the last size but one.
func (f *figures) slower(was *figures) (names []string) {
	at := len(was.s.sizes) - 2
	for _, c := range f.s.commands[1:] {
		if was.cells[c.name] == nil || f.ratio(c.name, 0) < keptShare*was.ratio(c.name, at) {
			names = append(names, c.name)
		}
	}
	return names
}

// print prints the table of a subject.
func (f *figures) print(w io.Writer) {
	fmt.Fprintf(w, "\n## %s\n\n%s", f.s.name, strings.ToUpper(f.s.about[:1])+f.s.about[1:])
	if f.bytes > 0 {
		fmt.Fprintf(w, "; the largest has %.1f MB", float64(f.bytes)/1e6)
	}
	last := len(f.s.sizes) - 1
	fmt.Fprintf(w, ".\n\n| %s |", f.s.unit)
	for _, n := range f.s.sizes {
		fmt.Fprintf(w, " %d |", n)
	}
	fmt.Fprintf(w, " times as fast | %s the %s | peak |\n|---|%s---|---|---|\n", timesWord(f.s), f.s.unit, strings.Repeat("---|", len(f.s.sizes)))
	for _, c := range f.s.commands {
		fmt.Fprintf(w, "| %s |", c.name)
		cells := f.cells[c.name]
		for _, u := range cells {
			fmt.Fprintf(w, " %s |", milliseconds(u.cpu))
		}
		grown := cells[last].cpu.Seconds() / max(cells[last-1].cpu.Seconds(), 1e-6)
		fmt.Fprintf(w, " %.1f | %.1f | %d MiB |\n", f.ratio(c.name, last), grown, cells[last].peak>>20)
	}
}

// timesWord says how many times the last size is the one before.
func timesWord(s subject) string {
	last := len(s.sizes) - 1
	return strconv.Itoa(s.sizes[last]/s.sizes[last-1]) + " times"
}

// milliseconds is a time in the unit of all of the page.
func milliseconds(d time.Duration) string {
	ms, digits := d.Seconds()*1e3, 0
	switch {
	case ms < 1:
		digits = 3
	case ms < 100:
		digits = 1
	}
	return strconv.FormatFloat(ms, 'f', digits, 64) + " ms"
}

// printSpeedHead says what was measured, where and when.
func printSpeedHead(t *testing.T, w io.Writer) {
	t.Helper()
	version, _ := exec.Command("named-checkzone", "-v").Output()
	fmt.Fprintf(w, `# How fast

Written on %s by `+"`go test . -run TestSpeed -speed %d -table %s`"+`, on %d cores of %s,
beside BIND %s: processor time, user and system, of the program as users run it; the least of %d runs that took turns. The zones
are made by `+"`testdata/shapes`"+`, with fixed seeds. "Times as fast" is at the largest size, beside the first line. `+tellFaults+`
`, time.Now().UTC().Format(time.DateOnly), *speedFlag, speedPage, runtime.NumCPU(), processor(), strings.TrimSpace(string(version)), *roundsFlag, faultCost(t).Nanoseconds())
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

// speedFigures is a page as it is read again.
type speedFigures struct {
	records int
	fault   time.Duration // what a page fault cost
	tables  []*figures
}

// find is the table of a subject.
func (p speedFigures) find(name string) (*figures, bool) {
	for _, f := range p.tables {
		if f.s.name == name {
			return f, true
		}
	}
	return nil, false
}

// readSpeedPage reads the page of figures.
func readSpeedPage(t *testing.T) speedFigures {
	t.Helper()
	src, err := os.ReadFile(speedPage)
	if err != nil {
		t.Fatal(err)
	}
	return parseSpeed(t, string(src))
}

// parseSpeed reads a page.
func parseSpeed(t *testing.T, page string) (p speedFigures) {
	t.Helper()
	if m := regexp.MustCompile(`-speed (\d+)`).FindStringSubmatch(page); m != nil {
		p.records, _ = strconv.Atoi(m[1])
	}
	p.fault = toldFaults(page)
	for _, s := range subjects(p.records) {
		_, text, ok := strings.Cut(page, "\n## "+s.name+"\n")
		if !ok {
			continue
		}
		text, _, _ = strings.Cut(text, "\n## ")
		f := &figures{s: s, cells: map[string][]usage{}}
		for _, c := range s.commands {
			f.cells[c.name] = cellsOf(t, text, c.name, len(s.sizes))
		}
		p.tables = append(p.tables, f)
	}
	return p
}

// cellsOf is the times in a row.
func cellsOf(t *testing.T, table, row string, n int) (cells []usage) {
	t.Helper()
	_, rest, ok := strings.Cut(table, "\n| "+row+" |")
	columns := strings.Split(rest, "|")
	if !ok || len(columns) < n {
		t.Fatalf("%s has no row %q: go test . -run TestSpeed writes it", speedPage, row)
	}
	for _, cell := range columns[:n] {
		d, err := time.ParseDuration(strings.ReplaceAll(cell, " ", ""))
		if err != nil {
			t.Fatalf("%s, %s: %v", speedPage, row, err)
		}
		cells = append(cells, usage{cpu: d})
	}
	return cells
}

// speedLines is what README.md says of a page.
func speedLines(t *testing.T, page string) string {
	t.Helper()
	p := parseSpeed(t, page)
	f, ok := p.find("mailboxes")
	if !ok {
		t.Fatalf("no mailboxes in\n%s", page)
	}
	last := len(f.s.sizes) - 1
	var b strings.Builder
	fmt.Fprintf(&b, "On a mail hoster's zone of %d records, beside `named-checkzone -i local`, which takes %s of processor time:\n\n",
		f.s.sizes[last], seconds(f.cells[checkzone.name][last].cpu))
	for _, line := range []struct{ command, what string }{
		{"list --type SOA", "`list --type SOA`, which reads and checks all of it"}, {"lint --format json", "`lint --format json`, all findings"},
		{"preview, the map", "`preview`, the map of the whole zone"}, {applyOne.name, "`apply` of one record"},
	} {
		fmt.Fprintf(&b, "* %s: %s, %.1f times as fast\n", line.what, seconds(f.cells[line.command][last].cpu), f.ratio(line.command, last))
	}
	return b.String()
}

// seconds is a time as people read it.
func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 2, 64) + " s" }
