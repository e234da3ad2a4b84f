// What the list of the zones of a server costs beside named-checkconf, which reads the same configuration: until it is there, until all
// problems are known, and what its keys and a change of all zones take.
package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/needs"
)

// listCost is what the list of some zones costs.
type listCost struct {
	printed          time.Duration // named-checkconf -px
	firstCPU, first  time.Duration // until the first frame is there
	known            time.Duration // processor time until all problems are known
	peak             int64         // then
	opened           time.Duration // of one from the list
	key, alone, page int           // bytes
	review, reviewed time.Duration // processor time, and time, of a change of all up to its review
}

// openList lists the zones that makeFiles has made in a directory, until all problems are known.
func openList(t *testing.T, bin, dir string) (k *typist, c listCost) {
	t.Helper()
	s := subject{}
	print := timed{args: []string{"named-checkconf", "-px", "named.conf"}}
	c.printed = print.run(t, bin, dir, &s).least(print.run(t, bin, dir, &s)).cpu
	start := time.Now()
	k = typing(t, bin, "--server-config", filepath.Join(dir, "named.conf"))
	k.until("help", time.Millisecond)
	c.first, c.firstCPU = time.Since(start), k.ran()
	k.settle()
	c.known, c.peak = k.ran(), k.peak()
	return k, c
}

// keys presses keys in the list, and opens a zone from it.
func (c *listCost) keys(k *typist) {
	const keys = 20
	k.press(keyDown, rested)
	c.key = k.mean(keyDown, 2*keys, held)
	k.bytes(rested)
	c.alone = k.mean(keyDown, keys/2, rested)
	c.page = k.mean(keyPageDown, keys/2, held)
	k.bytes(rested)
	c.opened = k.answers("\r", "NAMES")
	k.settle()
	k.press("\x1b", rested)
}

// change changes all zones, up to the review.
func (c *listCost) change(k *typist) {
	k.press("*", rested)
	k.press(":", rested)
	k.press("repoint mx.isp.example mx.new.example", rested)
	before := k.ran()
	c.reviewed = k.answers("\r", "REVIEW")
	c.review = k.ran() - before
}

// answers is how long a key takes until a text has come.
func (k *typist) answers(key, text string) time.Duration {
	k.t.Helper()
	k.sent.Reset()
	start := time.Now()
	if _, err := io.WriteString(k.tty, key); err != nil {
		k.t.Fatal(err)
	}
	k.until(text, time.Millisecond)
	return time.Since(start)
}

// listOfZones is the part of the page that tells what the list costs.
const listOfZones = "the zones of a server"

// listedZones are the numbers of zones that are listed for the page.
var listedZones = []int{100, 1_000, 10_000}

// printList prints what the list costs.
func printList(t *testing.T, w io.Writer, bin string) {
	t.Helper()
	fmt.Fprint(w, "\n## "+listOfZones+"\n\nThe files of \"many files\", listed on a terminal of 80x24: processor time, and time on the clock where it says so.\n\n| zones |")
	rows := []string{"named-checkconf -px", "first frame", "first frame, time", "all problems are known", "peak", "a zone is opened, time", "a key that is held", "a key alone", "a page",
		":repoint of all to the review", ":repoint of all to the review, time"}
	for _, n := range listedZones {
		dir := t.TempDir()
		makeFiles(t, dir, n)
		k, c := openList(t, bin, dir)
		c.keys(k)
		c.change(k)
		k.end()
		fmt.Fprintf(w, " %d |", n)
		for i, cell := range []string{milliseconds(c.printed), milliseconds(c.firstCPU), milliseconds(c.first), milliseconds(c.known), strconv.FormatInt(c.peak>>20, 10) + " MiB", milliseconds(c.opened),
			strconv.Itoa(c.key) + " B", strconv.Itoa(c.alone) + " B", strconv.Itoa(c.page) + " B", milliseconds(c.review), milliseconds(c.reviewed)} {
			rows[i] += " | " + cell
		}
	}
	fmt.Fprintf(w, "\n|---|%s\n", strings.Repeat("---|", len(listedZones)))
	for _, row := range rows {
		fmt.Fprintf(w, "| %s |\n", row)
	}
}

// What the list may cost where named-checkconf prints ten thousand zones in usualPrint; elsewhere as many times more or less.
const (
	mostZones    = 10_000
	usualPrint   = 120 * time.Millisecond
	mostFirst    = 100 * time.Millisecond
	mostKnown    = 1500 * time.Millisecond
	mostReviewed = time.Second // of a tenth of them
	mostListPeak = 150 << 20
)

// The list of ten thousand zones is there before one notices, in bounded memory, and a key sends what it changes. A change of a thousand
// zones comes to its review within a second. What is over that is measured again, for a machine may be busy.
func TestListOfManyZones(t *testing.T) {
	needs.Long(t)
	needs.Program(t, "bind9-utils", "named-checkconf")
	bin, many, few := built(t), t.TempDir(), t.TempDir()
	makeFiles(t, many, mostZones)
	makeFiles(t, few, mostZones/10)
	k, c := openList(t, bin, many)
	c.keys(k)
	k.end()
	changed := func() time.Duration {
		k, c := openList(t, bin, few)
		defer k.end()
		c.change(k)
		return c.review
	}
	c.review = changed()
	for try := 0; try < 4 && len(c.over()) > 0; try++ {
		k, again := openList(t, bin, many)
		k.end()
		c.firstCPU, c.known, c.peak = min(c.firstCPU, again.firstCPU), min(c.known, again.known), min(c.peak, again.peak)
		c.printed, c.review = max(c.printed, again.printed), min(c.review, changed())
	}
	t.Logf("%+v", c)
	for _, what := range c.over() {
		t.Error(what)
	}
	if max(c.key, c.alone) > mostKey || c.page > mostPage {
		t.Errorf("a key sends %d bytes, alone %d, a page %d; want at most %d, and %d", c.key, c.alone, c.page, mostKey, mostPage)
	}
}

// over is what costs more than it may.
func (c listCost) over() (list []string) {
	for _, x := range []struct {
		what    string
		is, may time.Duration
	}{{"the first frame", c.firstCPU, mostFirst}, {"all problems", c.known, mostKnown}, {"a change of 1,000 zones, to its review,", c.review, mostReviewed}} {
		if may := time.Duration(float64(x.may) * float64(c.printed) / float64(usualPrint)); x.is > may {
			list = append(list, fmt.Sprintf("%s: %v of CPU, want at most %v", x.what, x.is, may))
		}
	}
	if c.peak > mostListPeak {
		list = append(list, fmt.Sprintf("%d MiB, want at most %d", c.peak>>20, mostListPeak>>20))
	}
	return list
}
