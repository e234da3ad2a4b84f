package zonefile

import (
	"bytes"
	"runtime"

	"github.com/mailzone/mailzone/crash"
)

// A long file is scanned in parts, on all cores. A part starts behind a line end, which is only a guess: it
// may stand inside a parenthesis or a quoted string. So the parts are joined from the front, and where one
// did not start at the place and in the state that the part before it left, its bytes are scanned again, up
// to a place where both agree. The entries never depend on the guesses.

// parallelBytes is the size from which on a file is scanned in parts.
const parallelBytes = 1 << 20

// parallelCores is from how many cores on that pays: two took as long as one for a million records, and a
// quarter more of the processors' time.
const parallelCores = 4

// scanFile cuts a whole file into texts.
func scanFile(src []byte) []*text {
	parts := 1
	if cores := runtime.GOMAXPROCS(0); len(src) >= parallelBytes && cores >= parallelCores {
		parts = cores
	}
	return scanParts(src, parts, max(chunkBytes, len(src)/maxChunks))
}

// maxChunks is about how many chunks a long file is cut into: an edit looks at each of them once, and scans
// one of them.
const maxChunks = 1000

// part is a stretch of a file that one core scans.
type part struct {
	start, end int // end: where its last text really ended
	texts      []*text
	starts     map[int]int // number of the text that starts at an offset
}

// scanParts scans a file in a number of parts, into texts of size bytes.
func scanParts(src []byte, count, size int) []*text {
	parts := make([]part, count)
	for i := range parts {
		parts[i].start = lineAfter(src, len(src)/count*i)
	}
	var all crash.Group
	for i := range parts {
		to := len(src)
		if i+1 < count {
			to = parts[i+1].start
		}
		all.Go(func() { parts[i].scan(src, to, size) })
	}
	all.Wait()
	return joinParts(src, parts, size)
}

// lineAfter is the start of the first line at or behind off.
func lineAfter(src []byte, off int) int {
	if off == 0 {
		return 0
	}
	if i := bytes.IndexByte(src[off-1:], '\n'); i >= 0 {
		return off + i
	}
	return len(src)
}

// scan scans from the part's start to an offset, and over it where the last entry goes on.
func (p *part) scan(src []byte, to, size int) {
	s := scanner{src: src, final: true, size: size}
	p.starts = map[int]int{}
	for p.end = p.start; p.end < to; {
		p.starts[p.end] = len(p.texts)
		t, next := s.text(p.end)
		p.texts, p.end = append(p.texts, t), next
	}
}

// joinParts makes one list of the parts' texts, scanning again what a wrong guess has cut wrongly.
func joinParts(src []byte, parts []part, size int) []*text {
	texts, pos := parts[0].texts, parts[0].end
	healing := func() bool { return len(texts) > 0 && texts[len(texts)-1].left }
	for _, p := range parts[1:] {
		s := scanner{src: src, final: true, size: size}
		for pos < p.end {
			if i, ok := p.starts[pos]; ok && p.texts[i].healing == healing() {
				texts, pos = append(texts, p.texts[i:]...), p.end
				break
			}
			s.healing = healing()
			t, next := s.text(pos)
			texts, pos = append(texts, t), next
		}
	}
	return texts
}
