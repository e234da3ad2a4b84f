package zonefile

// A name that becomes another, and with it all names below it: what stood before it stays as it was written, in its case and
// with its escapes, and a name stays absolute or relative where it can.

import "strings"

// Renamed is the name that n becomes where one at or above it becomes another; false for other names.
func (n Name) Renamed(from, to Name) (Name, bool) {
	switch {
	case !n.Within(from):
		return n, false
	case from == Root || to == Root: // its dot is no label's
		return n, n == from
	}
	return n[:len(n)-len(from)] + to, true
}

// Renamed writes for the record's line what becomes of a name that the line writes; false if that is none of from and what is
// below it.
func (r Record) Renamed(written string, from, to Name) (text string, ok bool) {
	plain := string(unquote([]byte(written)))
	was, err := ParseName(plain, r.Origin())
	if err != nil {
		return "", false
	}
	is, ok := was.Renamed(from, to)
	if !ok {
		return "", false
	}
	front := string(was[:len(was)-len(from)])
	if end, whole := labelsEnd(plain, was.Labels()-from.Labels()); whole && plain == written {
		front = plain[:end]
	}
	text = front + string(to)
	absolute := strings.HasSuffix(plain, ".") && !escapedAt(plain, len(plain)-1)
	if absolute || r.Origin() == Root || !is.Within(r.Origin()) {
		return text, true
	}
	end, _ := labelsEnd(text, is.Labels()-r.Origin().Labels())
	if end == 0 {
		return "@", true
	}
	return text[:end-1], true
}

// labelsEnd is where n labels of a text end, with the dot behind them; false if it has fewer of which a dot stands behind.
func labelsEnd(text string, n int) (end int, ok bool) {
	if text == "@" {
		return 0, n == 0
	}
	for i := 0; n > 0; i++ {
		switch {
		case i >= len(text):
			return 0, false
		case text[i] == '\\':
			i++ // \DDD needs no more: digits are no dots
		case text[i] == '.':
			n, end = n-1, i+1
		}
	}
	return end, true
}
