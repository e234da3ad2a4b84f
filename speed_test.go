// How fast the commands are, as a user runs them, beside named-checkzone in the same run: processor time, so that a busy
// machine counts little, and ratios, so that another machine counts little. The page of figures is written by
//
//	go test . -run TestSpeed -speed 1000000 -table docs/speed.md -timeout 2h
//
// and a plain run holds every ratio of the page at a tenth of its records, and what the page and the README say of them.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/testdata/shapes"
)

var (
	speedFlag  = flag.Int("speed", 0, "measure the commands on zones of so many records, of a tenth and of a hundredth of them")
	tableFlag  = flag.String("table", "", "the page to write the figures of -speed to, instead of standard output; README.md shows some")
	roundsFlag = flag.Int("rounds", 3, "how often -speed runs each command; they take turns, and the least counts")
	oneFlag    = flag.String("subject", "", "of -speed: only the subject of this name")
)

const (
	speedPage = "docs/speed.md"
	keptShare = 2.0 / 3 // of a ratio on the page has to be reached
	mostTimes = 12.0    // is what ten times the input may cost beside the input: 11, and what is not the program
)

func TestSpeed(t *testing.T) {
	if *speedFlag == 0 {
		t.Skip("a measurement: -speed 1000000 runs it")
	}
	needs.Program(t, "bind9-utils", "named-checkzone", "named-checkconf")
	bin := built(t)
	var page bytes.Buffer
	printSpeedHead(t, &page)
	for _, s := range subjects(*speedFlag) {
		if *oneFlag != "" && s.name != *oneFlag {
			continue
		}
		figures := s.measure(t, bin, *roundsFlag)
		figures.print(&page)
		t.Logf("%s is measured", s.name)
	}
	if *oneFlag == "" {
		printStart(t, &page, bin)
		printStages(t, &page, bin, *speedFlag)
		printOthers(t, &page, bin, *speedFlag)
	}
	if *oneFlag == "" || *oneFlag == onTerminals {
		printEditors(t, &page, bin, *speedFlag)
	}
	if *oneFlag == "" || *oneFlag == listOfZones {
		printList(t, &page, bin)
	}
	if *tableFlag == "" {
		fmt.Print(page.String())
		return
	}
	if err := os.WriteFile(*tableFlag, page.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	writeREADMESpeed(t, page.String())
}

// No ratio to named-checkzone falls by a third. What falls is measured again, for a machine may be busy with something that
// hurts the one more than the other; and what page faults cost more than where the page was written is taken off both.
func TestRatiosToPeers(t *testing.T) {
	needs.Long(t)
	needs.Program(t, "bind9-utils", "named-checkzone", "named-checkconf")
	page := readSpeedPage(t)
	bin, dear := built(t), faultCost(t)-page.fault
	t.Logf("a page fault costs %v here, and %v where the page was written", dear+page.fault, page.fault)
	tried, _ := needs.Share(t, subjects(page.records))
	for _, s := range tried {
		was, ok := page.find(s.name)
		if !ok {
			t.Errorf("%s has nothing of %s: go test . -run TestSpeed writes it", speedPage, s.name)
			continue
		}
		s.sizes = s.sizes[len(s.sizes)-2 : len(s.sizes)-1]
		now := s.measure(t, bin, 1)
		now.dear = max(dear, 0)
		slower := now.slower(was)
		for try := 0; try < 6 && len(slower) > 0; try++ {
			now.again(t, bin, slower)
			slower = now.slower(was)
		}
		told := map[string]bool{} // those of which fresh memory is not the most
		for _, c := range s.commands {
			cell := now.cells[c.name][0]
			if told[c.name] = time.Duration(cell.fresh())*now.dear <= cell.cpu/2; !told[c.name] {
				t.Logf("%s, %s: most of it may be what fresh memory costs here, so its ratio is not judged", s.name, c.name)
			}
		}
		for _, c := range slower {
			if told[c] && told[s.commands[0].name] {
				t.Errorf("%s, %s: %.1f times as fast as %s, and %.1f on the page", s.name, c, now.ratio(c, 0), s.commands[0].name, was.ratio(c, len(was.s.sizes)-2))
			}
		}
	}
}

// Ten times the input costs about ten times as much, by the figures of the page.
func TestFiguresGrowAsTheInput(t *testing.T) {
	page := readSpeedPage(t)
	if len(page.tables) < len(shapes.All) || page.records < 1_000_000 {
		t.Fatalf("%s has %d tables, of at most %d records", speedPage, len(page.tables), page.records)
	}
	for _, f := range page.tables {
		for _, c := range f.s.commands {
			last := len(f.s.sizes) - 1
			less, more := f.cells[c.name][last-1], f.cells[c.name][last]
			step := float64(f.s.sizes[last]) / float64(f.s.sizes[last-1])
			if limit := less.cpu.Seconds() * step * mostTimes / 10; !c.peer && less.cpu > 5*time.Millisecond && more.cpu.Seconds() > limit {
				t.Errorf("%s, %s: %v of %d, and %v of %d", f.s.name, c.name, less.cpu, f.s.sizes[last-1], more.cpu, f.s.sizes[last])
			}
		}
	}
}

// The README says what the page says.
func TestREADMESpeed(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(speedPage)
	if err != nil {
		t.Fatal(err)
	}
	if want := speedLines(t, string(page)); !bytes.Contains(readme, []byte(want)) {
		t.Errorf("README.md should have\n%s", want)
	}
}

// speedBlock is where README.md has its figures.
var speedBlock = regexp.MustCompile(`(?s)(<!-- speed: [^\n]*\n).*?(<!-- end -->)`)

// writeREADMESpeed brings the figures of a page into README.md, which is the page's or beside its folder.
func writeREADMESpeed(t *testing.T, page string) {
	t.Helper()
	if abs, err := filepath.Abs(*tableFlag); err != nil || filepath.Base(filepath.Dir(abs)) != "docs" {
		return
	}
	readme, err := os.ReadFile("README.md")
	if err == nil {
		readme = speedBlock.ReplaceAll(readme, []byte("${1}"+speedLines(t, page)+"${2}"))
		err = os.WriteFile("README.md", readme, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
