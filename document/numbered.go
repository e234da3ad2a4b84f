package document

// A difference as it is read: each line with its number and its sign. A line that goes has the number that it had, and all others
// have those that they have now.

import (
	"fmt"
	"strings"
)

// NumberedLine is a line of a difference.
type NumberedLine struct {
	Number int
	Sign   string // "+", "-", " "; "" for the name of a file; "@" where lines are left out
	Text   string
}

// NumberedDiff reads a difference as DiffText makes them. The names of files stand before theirs.
func NumberedDiff(diff []string) []NumberedLine {
	var out []NumberedLine
	var was, is, goes, comes int // the numbers that come next, and how many lines of the hunk are left
	for i, l := range diff {
		switch {
		case goes <= 0 && comes <= 0 && strings.HasPrefix(l, "@@"):
			if len(out) > 0 && i > 0 && out[len(out)-1].Sign != "" {
				out = append(out, NumberedLine{Sign: "@"})
			}
			was, goes, is, comes = headOfHunk(l)
		case goes <= 0 && comes <= 0:
			if name, ok := strings.CutPrefix(l, "+++ "); ok {
				out = append(out, NumberedLine{Text: name})
			}
		case strings.HasPrefix(l, "-"):
			out = append(out, NumberedLine{was, "-", l[1:]})
			was, goes = was+1, goes-1
		case strings.HasPrefix(l, "+"):
			out = append(out, NumberedLine{is, "+", l[1:]})
			is, comes = is+1, comes-1
		case strings.HasPrefix(l, " "):
			out = append(out, NumberedLine{is, " ", l[1:]})
			was, is, goes, comes = was+1, is+1, goes-1, comes-1
		}
	}
	return out
}

// headOfHunk reads "@@ -1,9 +1,8 @@", of which a count of 1 may be left out.
func headOfHunk(l string) (was, goes, is, comes int) {
	fields := strings.Fields(l)
	if len(fields) < 3 {
		return 0, 0, 0, 0
	}
	read := func(s string) (at, n int) {
		if _, err := fmt.Sscanf(s[1:], "%d,%d", &at, &n); err != nil {
			n = 1
		}
		return at, n
	}
	was, goes = read(fields[1])
	is, comes = read(fields[2])
	return was, goes, is, comes
}
