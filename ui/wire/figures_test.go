package wire

// What the writer is for, in figures: bytes for a key, here and with bubbletea alone. `go test -bench Bytes` prints them.

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	keyBudget  = 300  // bytes for a cursor key, scrolling included
	pageBudget = 1448 // bytes for a page: one TCP segment
)

// strolls are ways through the listings of the tests: what each slide shows, for the nth key.
var strolls = []struct {
	name   string
	budget int
	show   func(n int) string
}{
	{"cursor", keyBudget, func(n int) string { return listing(80, 24, 0, n, true) }},
	{"scroll", keyBudget, func(n int) string { return listing(80, 24, n, n+21, true) }},
	{"scroll-back", keyBudget, func(n int) string { return listing(80, 24, 40-n, 40-n, true) }},
	{"scroll-one-of-two-panes", keyBudget, func(n int) string { return paned(n) }},
	{"cursor-replaces-other-pane", pageBudget, func(n int) string { return listing(80, 24, 0, n, false) }},
	{"page", pageBudget, func(n int) string { return listing(80, 24, n*22, n*22, false) }},
	// 22 rows of 66 characters, all of them new: no way of painting takes less than the text.
	{"page-of-full-rows", 22 * 80, func(n int) string { return listing(80, 24, n*22, n*22, true) }},
}

// paned is a list in the left of two panes that scrolls while the right one stays.
func paned(top int) (view string) {
	for y := range 22 {
		view += fmt.Sprintf("%-20.20s │ %2d  %s\n", names[(top+y)%len(names)], y*10, names[y%len(names)])
	}
	return view + "end"
}

// measure returns the bytes of each key of a stroll, with bubbletea alone and through a writer.
func measure(tb testing.TB, show func(int) string) (plain, ours []int) {
	const keys = 20
	var slides []slide
	for n := range keys + 1 {
		slides = append(slides, slide{view: show(n)})
	}
	writes := record(tb, slides)
	start := slices.IndexFunc(writes, func(w written) bool { return len(w.bytes) > 500 }) + 1 // after the first page
	for i, sent := range through(writes)[start : start+keys] {
		plain, ours = append(plain, len(writes[start+i].bytes)), append(ours, len(sent.bytes))
	}
	return plain, ours
}

func TestBudget(t *testing.T) {
	for _, stroll := range strolls {
		t.Run(stroll.name, func(t *testing.T) {
			t.Parallel()
			plain, ours := measure(t, stroll.show)
			t.Logf("bytes a key: %v, bubbletea alone %v", ours, plain)
			if most := slices.Max(ours); most > stroll.budget {
				t.Errorf("%d bytes for a key, the budget is %d", most, stroll.budget)
			}
		})
	}
}

// A program in which nothing happens sends nothing.
func TestIdle(t *testing.T) {
	s := run(t, nil)
	typeOn(t, s.keyboard, "a")
	before := s.until("last: a")
	typeOn(t, s.keyboard, "aaaaaaaaaa") // the same view again
	s.keys(11)
	<-time.After(100 * time.Millisecond) // six frames
	if after := s.until("last: a"); after != before {
		t.Errorf("%d bytes were sent", after-before)
	}
	typeOn(t, s.keyboard, "\x11")
	s.end()
}

func BenchmarkBytes(b *testing.B) {
	for _, stroll := range strolls {
		b.Run(stroll.name, func(b *testing.B) {
			var plain, ours []int
			changed := 0
			for b.Loop() {
				plain, ours = measure(b, stroll.show)
			}
			for n := range ours {
				changed += differing(screenOf(stroll.show(n)), screenOf(stroll.show(n+1)))
			}
			b.ReportMetric(mean(ours), "B/key")
			b.ReportMetric(float64(slices.Max(ours)), "max-B/key")
			b.ReportMetric(mean(ours)*float64(len(ours))/float64(changed), "B/cell")
			b.ReportMetric(mean(plain), "bubbletea-B/key")
		})
	}
}

// screenOf is the cells of a view.
func screenOf(view string) grid {
	v := newVT(80, 24)
	v.write([]byte(strings.ReplaceAll(view, "\n", "\r\n")))
	return v.grid
}

// differing is how many cells of two screens differ: less than what they hold nobody can send.
func differing(a, b grid) (n int) {
	for y := range a {
		for x := range a[y] {
			if a[y][x] != b[y][x] {
				n++
			}
		}
	}
	return n
}

func mean(n []int) float64 {
	sum := 0
	for _, n := range n {
		sum += n
	}
	return float64(sum) / float64(len(n))
}

// BenchmarkWrite is the time that the writer takes for a key that scrolls a list on a large terminal.
func BenchmarkWrite(b *testing.B) {
	const width, height = 200, 60
	var m memory
	w := &Writer{file: &m, size: func() (int, int) { return width, height }}
	_, _ = w.WriteString("\x1b[?1049h")
	n := 0
	for b.Loop() {
		n++
		_, _ = w.WriteString("\x1b[H" + strings.ReplaceAll(listing(width, height, n, n, true), "\n", "\x1b[K\r\n"))
		m.Reset()
	}
}
