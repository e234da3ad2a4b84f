package document

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// hunkHead is the line that a hunk begins with.
type hunkHead struct{ from, fromLines, to, toLines int }

// parseHead reads "@@ -1,9 +1,8 @@", of which a count of 1 may be left out.
func parseHead(t *testing.T, line string) (h hunkHead) {
	t.Helper()
	fields := strings.Fields(line)
	read := func(s string) (at, n int) {
		n = 1
		if _, err := fmt.Sscanf(s, "%d,%d", &at, &n); err != nil {
			if _, err := fmt.Sscanf(s, "%d", &at); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
		}
		return at, n
	}
	h.from, h.fromLines = read(strings.TrimPrefix(fields[1], "-"))
	h.to, h.toLines = read(strings.TrimPrefix(fields[2], "+"))
	return h
}

// applied is what a strict reader makes of a diff: each line of a hunk has to stand where its head says, in both texts.
func applied(t *testing.T, old []string, diff []string) (now []string) {
	t.Helper()
	at := 0
	var left hunkHead
	for _, line := range diff {
		if strings.HasPrefix(line, "@@") {
			if left.fromLines != 0 || left.toLines != 0 {
				t.Fatalf("a hunk ends too early: %+v", left)
			}
			left = parseHead(t, line)
			for ; at < left.from-1; at++ {
				now = append(now, old[at])
			}
			if len(now) != left.to-1 && left.toLines > 0 {
				t.Fatalf("%q begins at line %d of the new text", line, len(now)+1)
			}
			continue
		}
		if line[0] != '+' {
			if old[at] != line[1:] {
				t.Fatalf("line %d is %q, and the diff says %q", at+1, old[at], line[1:])
			}
			at, left.fromLines = at+1, left.fromLines-1
		}
		if line[0] != '-' {
			now, left.toLines = append(now, line[1:]), left.toLines-1
		}
	}
	return append(now, old[at:]...)
}

// TestDiffIsStrict: the numbers in the head of each hunk are those of the lines, in both texts.
func TestDiffIsStrict(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var old, want []string
		for i := range 5 + r.IntN(60) {
			line := fmt.Sprint("line ", i)
			old = append(old, line)
			switch r.IntN(9) {
			case 0:
			case 1:
				want = append(want, line, "new")
			case 2:
				want = append(want, "changed")
			default:
				want = append(want, line)
			}
		}
		a, b := strings.Join(old, "\n")+"\n", strings.Join(want, "\n")+"\n"
		diff := DiffText("f", a, b)
		if a == b {
			continue
		}
		if now := applied(t, old, diff[2:]); strings.Join(now, "\n")+"\n" != b {
			t.Fatalf("%s\nmakes\n%s\nand not\n%s", strings.Join(diff, "\n"), strings.Join(now, "\n"), b)
		}
	}
}
