package document

// Which lines of one text are not in another: as few as can be, as `diff` says them. Where two texts differ in so much that
// this would cost its square, lines that stand in each of them once show what belongs together. So it is never wrong, and
// nearly always as short as can be.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Comparison is how texts are compared: until nobody waits for the difference any more. What is found then is nothing.
type Comparison struct {
	GoesOn func() bool // is asked for each text, and for parts of those that differ in much; nil: to the end
}

// ended tells whether nobody waits.
func (c Comparison) ended() bool { return c.GoesOn != nil && !c.GoesOn() }

// askedEvery is how many lines are looked at from one question to the next.
const askedEvery = 4096

// swap is lines of a text, from one up to another, that others of the new text take the place of. Lines count from 0.
type swap struct{ from, to, start, end int }

// moved is a swap that was found in a part of two texts, behind so many lines.
func (s swap) moved(was, now int) swap {
	return swap{s.from + was, s.to + was, s.start + now, s.end + now}
}

// lines is what makes the lines b of the lines a, from above to below. Lines are compared as they are; only where two texts
// differ in much they get numbers, the same the same, which is dear in a million lines.
func (c Comparison) lines(a, b []string) []swap {
	if found, few := compareFew(a, b); few {
		return found
	}
	number, over := map[string]int{}, false
	numbered := func(lines []string) []int {
		out := make([]int, len(lines))
		for i, l := range lines {
			if over = over || i%askedEvery == 0 && c.ended(); over {
				return nil
			}
			n, known := number[l]
			if !known {
				n = len(number)
				number[l] = n
			}
			out[i] = n
		}
		return out
	}
	return c.much(numbered(a), numbered(b))
}

// numbers is lines of lines that have numbers.
func (c Comparison) numbers(a, b []int) []swap {
	if found, few := compareFew(a, b); few {
		return found
	}
	return c.much(a, b)
}

// much is numbers of texts that differ in much.
func (c Comparison) much(a, b []int) []swap {
	head, tail := same(a, b)
	out := c.anchored(a[head:len(a)-tail], b[head:len(b)-tail])
	for i := range out {
		out[i] = out[i].moved(head, head)
	}
	return out
}

// same is how many lines are the same at the head of two texts, and at their tail.
func same[T comparable](a, b []T) (head, tail int) {
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	return head, tail
}

// compareFew is what makes b of a where that is few lines; else few is false.
func compareFew[T comparable](a, b []T) (out []swap, few bool) {
	head, tail := same(a, b)
	a, b = a[head:len(a)-tail], b[head:len(b)-tail]
	switch {
	case len(a)+len(b) == 0:
		return nil, true
	case len(a) == 0 || len(b) == 0:
		out, few = []swap{{0, len(a), 0, len(b)}}, true
	default:
		out, few = shortest(a, b)
	}
	for i := range out {
		out[i] = out[i].moved(head, head)
	}
	return out, few
}

// mostSteps is how many lines that go and come are looked for at the cost of their square: a million steps.
const mostSteps = 1000

// shortest is the shortest way from a to b, line by line (Myers, "An O(ND) Difference Algorithm", 1986); few is false if that
// has too many steps. reached[d][k+d] is how far down a one comes on diagonal k in d steps; -1: not at all.
func shortest[T comparable](a, b []T) (way []swap, few bool) {
	var reached [][]int
	at := func(d, k int) int {
		if d < 0 || k < -d || k > d {
			return -1
		}
		return reached[d][k+d]
	}
	for d := 0; d <= min(len(a)+len(b), mostSteps); d++ {
		reached = append(reached, make([]int, 2*d+1))
		for k := -d; k <= d; k += 2 {
			x, _ := oneMore(at(d-1, k-1), at(d-1, k+1), k, len(a), len(b))
			if d == 0 {
				x = 0
			}
			for x >= 0 && x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			if reached[d][k+d] = x; x == len(a) && x-k == len(b) {
				return traced(at, d, len(a), len(b)), true
			}
		}
	}
	return nil, false
}

// oneMore is how far down one comes on diagonal k by one step more: a line of a less, from the diagonal before, or one of b more,
// from that behind; -1 if neither is in the texts.
func oneMore(before, behind, k, a, b int) (x int, less bool) {
	x = -1
	if before >= 0 && before < a {
		x, less = before+1, true
	}
	if behind > x && behind-k <= b {
		x, less = behind, false
	}
	return x, less
}

// traced is the way back from the end of both texts, which was reached in d steps, put in order.
func traced(at func(d, k int) int, d, a, b int) (way []swap) {
	for k := a - b; d > 0; d-- {
		from, less := oneMore(at(d-1, k-1), at(d-1, k+1), k, a, b)
		s := swap{from, from, from - k - 1, from - k}
		if less {
			s = swap{from - 1, from, from - k, from - k}
			k--
		} else {
			k++
		}
		if n := len(way); n > 0 && way[n-1].from == s.to && way[n-1].start == s.end {
			way[n-1].from, way[n-1].start = s.from, s.start
		} else {
			way = append(way, s)
		}
	}
	slices.Reverse(way)
	return way
}

// anchored compares what stands between lines that are in each of two texts once; without any, all of one goes and all of the
// other comes.
func (c Comparison) anchored(a, b []int) (out []swap) {
	anchors := inOrder(once(a, b))
	if len(anchors) == 0 {
		return []swap{{0, len(a), 0, len(b)}}
	}
	was, now := 0, 0
	between := func(x, y int) {
		for _, s := range c.numbers(a[was:x], b[now:y]) {
			out = append(out, s.moved(was, now))
		}
		was, now = x+1, y+1
	}
	for i, p := range anchors {
		if i%askedEvery == 0 && c.ended() {
			return nil
		}
		between(p.was, p.now)
	}
	between(len(a), len(b))
	return out
}

// anchor is where a line stands in both texts.
type anchor struct{ was, now int }

// once is the lines that stand in each of two texts once, in the order of the first.
func once(a, b []int) (out []anchor) {
	type place struct{ n, at int }
	count := func(lines []int) map[int]place {
		of := map[int]place{}
		for i, l := range lines {
			of[l] = place{of[l].n + 1, i}
		}
		return of
	}
	inA, inB := count(a), count(b)
	for i, l := range a {
		if inA[l].n == 1 && inB[l].n == 1 {
			out = append(out, anchor{i, inB[l].at})
		}
	}
	return out
}

// inOrder is as many anchors as stand in the same order in both texts: the longest rising run, by the ends of shorter ones.
func inOrder(all []anchor) []anchor {
	var ends []int // of the best run of each length, the anchor that it ends with
	before := make([]int, len(all))
	for i, p := range all {
		n, _ := slices.BinarySearchFunc(ends, p.now, func(e, now int) int { return all[e].now - now })
		if before[i] = -1; n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	out := make([]anchor, len(ends))
	if len(ends) == 0 {
		return out
	}
	for n, i := len(ends)-1, ends[len(ends)-1]; n >= 0; n, i = n-1, before[i] {
		out[n] = all[i]
	}
	return out
}

// textEdit is whole lines of a text, by offsets, that others take the place of.
type textEdit struct {
	start, end int
	text       string
}

// changes is what makes one text of another, by lines, from above to below.
func (c Comparison) changes(old, now string) []textEdit {
	if c.ended() {
		return nil
	}
	a, b := splitLines(old), splitLines(now)
	var out []textEdit
	line, off := 0, 0
	for _, s := range c.lines(a, b) {
		off += size(a[line:s.from])
		e := textEdit{off, off + size(a[s.from:s.to]), strings.Join(b[s.start:s.end], "")}
		line, off = s.to, e.end
		out = append(out, e)
	}
	return out
}

// size is how many bytes lines have.
func size(lines []string) (n int) {
	for _, l := range lines {
		n += len(l)
	}
	return n
}

// splitLines is the lines of a text, with their ends.
func splitLines(text string) []string {
	out := make([]string, 0, strings.Count(text, "\n")+1)
	return slices.AppendSeq(out, strings.Lines(text))
}

// LineEdits is the edits, by lines, that make a file hold a text.
func LineEdits(f *zonefile.File, text string) []zonefile.Edit { return Comparison{}.edits(f, text) }

// edits is LineEdits.
func (c Comparison) edits(f *zonefile.File, text string) []zonefile.Edit {
	var out []zonefile.Edit
	for _, e := range c.changes(string(f.Bytes()), text) {
		out = append(out, zonefile.Edit{File: f, Span: zonefile.Span{Start: uint32(e.start), End: uint32(e.end)}, New: e.text})
	}
	return out
}
