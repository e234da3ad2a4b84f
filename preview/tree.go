package preview

// Names as a tree: each name before those below it, wherever the file has them. In a reverse zone labels are numbers, and go by
// what they are worth.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// sortTree orders names as a tree: the apex, then each name before those below it (RFC 4034 §6.1).
func sortTree(names []Mailbox, apex zonefile.Name) {
	type keyed struct {
		key string
		box Mailbox
	}
	sorted := make([]keyed, len(names))
	for i, b := range names {
		sorted[i] = keyed{treeKey(b.Name, apex), b}
	}
	slices.SortFunc(sorted, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	for i, s := range sorted {
		names[i] = s.box
	}
}

// treeKey writes a name's labels from the apex down, each ended by a byte that sorts before all that a
// label has.
func treeKey(n, apex zonefile.Name) string {
	var labels []string
	numbers := apex.IsBackwards()
	for ; n != apex && n != zonefile.Root && n != ""; n = n.Parent() {
		label := n.Label()
		if numbers {
			label = byNumber(label)
		}
		labels = append(labels, label)
	}
	slices.Reverse(labels)
	return strings.Join(labels, "\x00")
}

// byNumber writes a label of a reverse zone so that 9 sorts before 10, and 64/26 (RFC 2317) beside 64.
func byNumber(label string) string {
	digits := len(label) - len(strings.TrimLeft(label, "0123456789"))
	if digits == 0 || digits > 2 {
		return label
	}
	return "00"[digits-1:] + label
}
