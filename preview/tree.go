package preview

// Names as a tree: each name before those below it, wherever the file has them. In a reverse zone labels are numbers, and go by
// what they are worth.

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// treeKey is where a name goes: its labels from the apex down, each ended by a byte that sorts before all that a label has.
type treeKey struct {
	first    uint64 // the first bytes of it: they tell most names apart
	from, to uint32 // of a text that all share
	name     int32  // which one
}

// sortTree orders names as a tree: the apex, then each name before those below it (RFC 4034 §6.1). Many zones have them in
// this order.
func sortTree(names []Mailbox, apex zonefile.Name) {
	size := 0
	for i := range names {
		size += len(names[i].Name)
	}
	text := make([]byte, 0, size) // a key is about as long as its name
	keys := make([]treeKey, len(names))
	sorted := true
	for i := range names {
		from := len(text)
		text = appendTreeKey(text, names[i].Name, apex)
		var first [8]byte
		copy(first[:], text[from:])
		keys[i] = treeKey{binary.BigEndian.Uint64(first[:]), uint32(from), uint32(len(text)), int32(i)}
		sorted = sorted && (i == 0 || bytes.Compare(text[keys[i-1].from:from], text[from:]) <= 0)
	}
	if sorted {
		return
	}
	slices.SortFunc(keys, func(a, b treeKey) int {
		if a.first != b.first {
			return cmp.Compare(a.first, b.first)
		}
		return cmp.Or(bytes.Compare(text[a.from:a.to], text[b.from:b.to]), cmp.Compare(a.name, b.name))
	})
	places := make([]int32, len(names))
	for place, k := range keys {
		places[k.name] = int32(place)
	}
	arrange(names, places)
}

// appendTreeKey writes a name's labels from the apex down, with a NUL between them.
func appendTreeKey(b []byte, n, apex zonefile.Name) []byte {
	written := func(label string) string { return label }
	if apex.IsBackwards() {
		written = byNumber
	}
	below := strings.TrimSuffix(strings.TrimSuffix(string(n), string(apex)), ".")
	if strings.IndexByte(below, '\\') >= 0 {
		var labels []string
		for ; n != apex && n != zonefile.Root; n = n.Parent() {
			labels = append(labels, written(n.Label()))
		}
		slices.Reverse(labels)
		return append(b, strings.Join(labels, "\x00")...)
	}
	for end := len(below); end > 0; {
		dot := strings.LastIndexByte(below[:end], '.')
		if end < len(below) {
			b = append(b, 0)
		}
		b, end = append(b, written(below[dot+1:end])...), dot
	}
	return b
}

// arrange brings names to their places. There may be very many, so that no second list of them is made.
func arrange(names []Mailbox, places []int32) {
	for i := range names {
		for to := places[i]; int(to) != i; to = places[i] {
			names[i], names[to] = names[to], names[i]
			places[i], places[to] = places[to], to
		}
	}
}

// byNumber writes a label of a reverse zone so that 9 sorts before 10, and 64/26 (RFC 2317) beside 64.
func byNumber(label string) string {
	digits := len(label) - len(strings.TrimLeft(label, "0123456789"))
	if digits == 0 || digits > 2 {
		return label
	}
	return "00"[digits-1:] + label
}
