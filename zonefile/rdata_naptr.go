package zonefile

import "bytes"

// The regular expression of a NAPTR: a substitution as sed writes it (RFC 3402 §3.2), of a POSIX extended regular
// expression. BIND refuses one that is not whole, and so does this, in the same places.

var regexpField = field{want: "a substitution, as \"!^.*$!sip:info@example.com!\"", quotes: true, word: readRegexp, write: printRegexp}

func readRegexp(r *rdata, text []byte) string {
	start := len(r.wire)
	if msg := readString(r, text); msg != "" {
		return msg
	}
	return checkSubstitution(r.wire[start+1:])
}

func printRegexp(p *printer) bool {
	return len(p.wire) > 0 && len(p.wire) > int(p.wire[0]) && checkSubstitution(p.wire[1:][:p.wire[0]]) == "" && printString(p)
}

// checkSubstitution says what is wrong with delimiter, expression, delimiter, replacement, delimiter, flags.
func checkSubstitution(text []byte) string {
	if len(text) == 0 {
		return ""
	}
	delimiter := text[0]
	if isDigit(delimiter) || delimiter == '\\' || delimiter == 'i' || delimiter == 0 {
		return "a substitution starts with its delimiter, which is no digit, no backslash and no i: write it as !expression!replacement!"
	}
	var parts [3][]byte
	part := 0
	for i := 1; i < len(text); i++ {
		c := text[i]
		switch {
		case c == 0 || c == '\\' && part < 2 && (i+1 == len(text) || text[i+1] == 0):
			return "an escape without its character, or an octet 0"
		case c == delimiter && part == 2:
			return "a fourth delimiter: a substitution has three, write \\\\ before one that is meant as text"
		case c == delimiter:
			part++
		case c == '\\' && part < 2:
			parts[part] = append(parts[part], c, text[i+1])
			i++
		default:
			parts[part] = append(parts[part], c)
		}
	}
	return checkParts(part, parts)
}

// checkParts checks the expression, the replacement and the flags, of which part is the last that was begun.
func checkParts(part int, parts [3][]byte) string {
	groups, ok := regexpGroups(parts[0])
	switch {
	case part < 2:
		return "a substitution has three delimiters, as !expression!replacement!: add the last one"
	case len(bytes.Trim(parts[2], "i")) > 0:
		return "a flag other than i behind the last delimiter: remove it"
	case !ok:
		return "not a POSIX extended regular expression: look for a bracket, brace or parenthesis that is not closed, or a * + ? without anything before it"
	}
	for i := 0; i+1 < len(parts[1]); i++ {
		if parts[1][i] != '\\' {
			continue
		}
		i++
		if c := parts[1][i]; c == '0' || isDigit(c) && int(c-'0') > groups {
			return "\\" + string(c) + " stands for a group that the expression does not have: number the groups from 1, or add ( )"
		}
	}
	return ""
}

// expression is a regular expression that is being read.
type expression struct {
	text     []byte
	atom     bool // something stands before that * may follow
	multiple bool // * or its like was just read, or ^ or $
	open     int  // groups that are not closed
	groups   int
	empty    bool // an empty group may close here
}

// regexpGroups counts the groups of a POSIX extended regular expression; false if it is none (BIND:
// isc_regex_validate).
func regexpGroups(text []byte) (int, bool) {
	e := expression{text: text}
	for len(e.text) > 0 {
		if !e.step() {
			return 0, false
		}
	}
	return e.groups, e.open == 0 && e.atom
}

// next takes one octet.
func (e *expression) next() byte {
	c := e.text[0]
	e.text = e.text[1:]
	return c
}

// step reads what comes next.
func (e *expression) step() bool {
	switch c := e.next(); c {
	case '\\':
		if len(e.text) == 0 {
			return false
		}
		if c := e.next(); '1' <= c && c <= '9' && int(c-'0') > e.groups {
			return false
		}
	case '[':
		if !e.bracket() {
			return false
		}
		e.atom, e.multiple = true, false // a * may follow a bracket
		return true
	case '{':
		if len(e.text) == 0 || !isDigit(e.text[0]) {
			break
		}
		return e.repeat() && e.bound()
	case '*', '+', '?':
		return e.repeat()
	case '(':
		e.open, e.groups = e.open+1, e.groups+1
		e.atom, e.multiple, e.empty = false, false, true
		return true
	case ')':
		if e.open > 0 && !e.atom && !e.empty {
			return false
		}
		e.open = max(e.open-1, 0)
	case '|':
		if !e.atom {
			return false
		}
		e.atom, e.multiple, e.empty = false, false, false
		return true
	case '^', '$':
		e.atom, e.multiple = true, true
		return true
	}
	e.atom, e.multiple = true, false
	return true
}

// repeat notes that what stands before is repeated.
func (e *expression) repeat() bool {
	ok := e.atom && !e.multiple
	e.atom, e.multiple = true, true
	return ok
}

// maxBound is the most repetitions that a bound may ask for.
const maxBound = 255

// bound reads {low,high}; the brace is read.
func (e *expression) bound() bool {
	text, rest, closed := bytes.Cut(e.text, []byte{'}'})
	low, high, comma := bytes.Cut(text, []byte{','})
	e.text = rest
	from, ok1 := decimal(low, maxBound)
	to, ok2 := decimal(high, maxBound)
	if len(high) == 0 {
		to, ok2 = maxBound, true
	}
	return closed && ok1 && ok2 && (!comma || from <= to)
}

// bracket reads a bracket expression; the bracket is read.
func (e *expression) bracket() bool {
	if len(e.text) > 0 && e.text[0] == '^' {
		e.next()
	}
	low, pending := 0, false // where a range would start, negative right behind one; whether its hyphen was read
	for first := true; len(e.text) > 0; first = false {
		c := e.next()
		value := int(c)
		switch {
		case c == ']' && !first:
			return true
		case c == '[' && len(e.text) > 0 && bytes.IndexByte([]byte(".=:"), e.text[0]) >= 0:
			kind := e.next()
			var ok bool
			if value, ok = e.class(kind, low); !ok || pending && kind != '.' {
				return false
			}
		case c == '-' && !first && !pending && len(e.text) > 0 && e.text[0] != ']':
			if pending = true; low < 0 {
				return false
			}
			continue
		}
		if pending && value < low {
			return false
		}
		if low = value; pending {
			low = -1
		}
		pending = false
	}
	return false
}

// classNames are the character classes of POSIX.
var classNames = []string{"alnum", "digit", "punct", "alpha", "graph", "space", "blank", "lower", "upper", "cntrl", "print", "xdigit"}

// class reads [.x.], [=x=] or [:name:], whose first two characters are read. Its value is where a range would
// start: a class of characters leaves that as it was.
func (e *expression) class(kind byte, low int) (value int, ok bool) {
	end := bytes.Index(e.text, []byte{kind, ']'})
	if end <= 0 {
		return 0, false
	}
	name := e.text[:end]
	e.text = e.text[end+2:]
	if kind == ':' {
		for _, n := range classNames {
			ok = ok || n == string(name)
		}
		return low, ok
	}
	switch {
	case kind == '=':
		return low, true
	case len(name) == 1:
		return int(name[0]), true
	}
	return 256, true
}
