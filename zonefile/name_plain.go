package zonefile

// Names that need no second look: letters, digits, hyphens and underscores in labels of the usual lengths. Nearly all are, and an index
// of a big zone folds each of them, so this is done byte by byte, without a builder.

import "slices"

// appendPlain appends the canonical form of a plain name that is well within the limits.
func appendPlain(out, text []byte, origin Name) ([]byte, bool) {
	if len(text) == 1 && text[0] == '@' {
		return append(out, origin...), origin != ""
	}
	if len(text)+len(origin)+2 > maxName {
		return nil, false
	}
	label, from := 0, len(out)
	out = slices.Grow(out, len(text)+len(origin)+1)[:from+len(text)]
	to := out[from:][:len(text)]
	for i, c := range text {
		if b := plainByte[c]; b != 0 {
			to[i] = b
			continue
		}
		if c != '.' || i == label || i-label > maxLabel {
			return nil, false
		}
		to[i] = '.'
		label = i + 1
	}
	switch {
	case len(text) == 0 || len(text)-label > maxLabel:
		return nil, false
	case label == len(text): // it ended in a dot
		return out, true
	case origin == "" || origin == Root:
		return nil, false
	}
	return append(append(out, '.'), origin...), true
}

// plainByte is those bytes in small letters; 0 for others.
var plainByte = func() (t [256]byte) {
	for c, is := range nameByte {
		if is {
			t[c] = lower(byte(c))
		}
	}
	return t
}()

// nameByte marks the bytes of names that need no second look; not the dot.
var nameByte = func() (t [256]bool) {
	for c := range t {
		b := lower(byte(c))
		t[c] = 'a' <= b && b <= 'z' || isDigit(b) || b == '-' || b == '_' || b == '*'
	}
	return t
}()
