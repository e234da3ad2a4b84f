package ui

import (
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/mailzone/mailzone/zonefile"
)

// diffLines is the difference between two versions of a zone as a unified diff, in lines.
func diffLines(before, after *zonefile.Zone) []string {
	var out []string
	for f := range after.Files() {
		old := before.File(f.Name())
		if old == nil {
			continue
		}
		out = append(out, diffText(f.Name(), string(old.Bytes()), string(f.Bytes()))...)
	}
	return out
}

// diffText is the difference of two texts. What they have in common at both ends is left out first, by
// whole lines, so that a change in a file of a million lines costs what the change costs.
func diffText(name, a, b string) []string {
	if a == b {
		return nil
	}
	const context = 3
	head := commonHead(a, b, context)
	tail := commonTail(a[len(head):], b[len(head):], context)
	skipped := strings.Count(head, "\n")
	a, b = a[len(head):len(a)-len(tail)], b[len(head):len(b)-len(tail)]
	u, err := udiff.ToUnifiedDiff(name, name, a, udiff.Lines(a, b), context)
	if err != nil {
		return []string{name + ": " + err.Error()}
	}
	for _, h := range u.Hunks {
		h.FromLine += skipped
		h.ToLine += skipped
	}
	return strings.Split(strings.TrimSuffix(u.String(), "\n"), "\n")
}

// commonHead is the whole lines that two texts begin with alike, but for the last few.
func commonHead(a, b string, keep int) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for i := 0; i <= keep; i++ {
		n = strings.LastIndexByte(a[:max(n, 0)], '\n')
	}
	return a[:n+1]
}

// commonTail is the whole lines that two texts end with alike, but for the first few.
func commonTail(a, b string, keep int) string {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	tail := a[len(a)-n:]
	for i := 0; i <= keep; i++ {
		_, rest, found := strings.Cut(tail, "\n")
		if !found {
			return ""
		}
		tail = rest
	}
	return tail
}

// diffSpans draws a line of a diff.
func (k *kit) diffSpans(line string) []span {
	style := k.styles.dim
	switch {
	case strings.HasPrefix(line, "+++"), strings.HasPrefix(line, "---"):
	case strings.HasPrefix(line, "+"):
		style = k.styles.added
	case strings.HasPrefix(line, "-"):
		style = k.styles.removed
	case strings.HasPrefix(line, "@@"):
		style = k.styles.info
	default:
		style = k.styles.plain
	}
	if line == "" {
		return nil
	}
	return []span{{" " + line[:1], style}, {k.show(expandTabs(line[1:])), style}}
}
