package pasted

// Lines as a zone file has them. They are found by the word that is a type, with nothing before it but an owner, a TTL and a class;
// then zonefile reads them. What is written as nobody's zone file has it, and still has one meaning, is mended: a text without
// quotes, a string that a page has broken over lines, a parenthesis that is never closed.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// balance is how many parentheses are open behind a text, and whether a quote is. A comment ends with its line.
func balance(text string, depth int) (open int, quoted bool) {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == ';':
			return depth, false
		case c == '(':
			depth++
		case c == ')':
			depth--
		}
	}
	return depth, quoted
}

// fileLine reads a record as a zone file has it.
func (r *reader) fileLine() bool {
	l := r.now()
	h, ok := headOf(l.text)
	if !ok || placed.re().MatchString(h.owner) || strings.ContainsAny(h.owner[:min(1, len(h.owner))], "`'\"[") { // forms takes them away
		return false
	}
	f := r.start()
	f.origin, f.ttl, f.typ = r.origin, h.ttl, h.typ.String()
	lines := 1
	if h.typ.HoldsStrings() && bare(h.rest) {
		text, more, says := r.goesOn(strings.TrimRight(h.rest, " \t"), r.at+1)
		lines += more
		f.note(says)
		if !f.bareText(text) {
			return false
		}
	} else {
		lines = r.body(&f, h)
	}
	if f.why == "" && !r.sure && !f.likely(h) {
		return false
	}
	if f.owner = h.owner; h.owner == "" {
		if f.owner = r.owner; r.owner == "" {
			f.why = "no owner: the line begins with a blank, and no record stands above it"
		}
	}
	if _, ttl := zonefile.ParseTTL(h.owner); isClass(h.owner) || ttl && h.typ != zonefile.TypePTR {
		f.doubt = h.owner + " is read as a name, for no blank stands before it"
	}
	if h.class != "" && !strings.EqualFold(h.class, "IN") {
		f.why = "class " + strings.ToUpper(h.class) + ": a zone of class IN holds none of another"
	}
	r.owner = f.owner
	if f.ttl == "" {
		f.ttl = r.ttl
	}
	r.cacheTTL(&f)
	f.to = r.lines[r.at+lines-1].n
	r.give(f, lines)
	return true
}

// bare tells a text without quotes. Behind a parenthesis it may stand on the next line.
func bare(rest string) bool {
	text := strings.TrimLeft(rest, " \t(")
	return text != "" && text[0] != '"' && text[0] != ';' && !strings.HasPrefix(text, `\#`) // RFC 3597 §5
}

// likely tells a record from words among which a type happens to stand.
func (f *found) likely(h head) bool {
	p := parse(f.sample(), zonefile.Root)
	switch {
	case h.shape >= 3:
		return true
	case p.why != "" && !p.long:
		return false
	case h.shape >= 2:
		return true
	case h.typ.HoldsStrings():
		return strings.HasPrefix(h.rest, "\t") || strings.HasPrefix(strings.TrimSpace(h.rest), `"`) || f.data != "" && !bare(h.rest) || strings.HasPrefix(strings.TrimLeft(h.rest, " \t(\"'\\"), "v=")
	case len(strings.Fields(f.data)) == 1 && len(h.typ.NameFields()) == 1: // "your CNAME record"
		if h.shape > 0 && !strings.Contains(f.data, ".") {
			f.doubt = "a record, or only words"
		}
	}
	return h.shape > 0
}

// sample is the record at a name that is one.
func (f *found) sample() string { return "x. IN " + f.typ + " " + f.data }

// bareText reads a text without quotes: BIND would take each word for a string of its own, and a semicolon for a comment.
func (f *found) bareText(rest string) bool {
	text := strings.TrimSpace(rest)
	if in, ok := strings.CutPrefix(text, `\"`); ok && strings.HasSuffix(in, `\"`) { // out of the source of a program
		text = strings.TrimSuffix(in, `\"`)
	}
	if !strings.Contains(text, "v=") && !strings.HasPrefix(text, "p=") && !strings.HasPrefix(text, "k=") {
		if i := strings.Index(text, " ;"); i >= 0 {
			f.comment, text = strings.TrimSpace(text[i:]), strings.TrimSpace(text[:i])
		}
	}
	if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
		text = strings.TrimSpace(text[1 : len(text)-1])
	}
	if strings.ContainsAny(strings.Trim(text, `"`), `"`) && !strings.HasPrefix(text, "v=") { // words, and a text among them
		return false
	}
	f.text(text)
	if strings.ContainsAny(text, " ;\t") {
		f.note("a text without quotes: read as one")
	}
	return true
}

// body takes the lines that a record goes over, and says how many they are.
func (r *reader) body(f *found, h head) int {
	text := h.rest
	depth, quoted := balance(text, 0)
	broken := 0
	lines := 1
	for ; (depth > 0 || quoted) && r.at+lines < len(r.lines) && lines < mostLines; lines++ {
		next := r.lines[r.at+lines]
		if quoted {
			text = joinBroken(text, next.text)
			broken++
		} else {
			text += "\n" + next.text
		}
		for _, n := range next.notes {
			f.note(n)
		}
		depth, quoted = balanceOf(text)
	}
	if depth > 0 || quoted {
		return r.unclosed(f, h, quoted)
	}
	if broken > 0 {
		f.note(overLines(broken))
	}
	if more := r.stringsAt(r.at + lines); h.typ.HoldsStrings() && len(more) > 0 && strings.HasSuffix(strings.TrimRight(text, " \t)"), `"`) {
		text = strings.Replace(text, `"`, `( "`, 1) + "\n" + strings.Join(more, "\n") + ")"
		f.note(onOwnLines)
		lines += len(more)
	}
	p := parse("x. IN "+h.word+" "+text, r.origin)
	if p.record.IsZero() {
		f.data = strings.TrimSpace(text)
		return lines
	}
	f.data = p.record.RDataText()
	if lines > 1 {
		f.data = strings.Join(strings.Fields(f.data), " ")
		if h.typ.HoldsStrings() {
			f.data = strings.Join(rawWords(p.record), " ")
		}
	}
	f.comment = strings.TrimSpace(p.record.Comment())
	if strings.Trim(f.comment, "; ") == "" {
		f.comment = ""
	}
	return lines
}

// balanceOf is balance over lines.
func balanceOf(text string) (depth int, quoted bool) {
	for _, l := range strings.Split(text, "\n") {
		depth, quoted = balance(l, depth)
	}
	return depth, quoted
}

// unclosed is a record whose parenthesis or quote is never closed. One whose quotes are whole is mended.
func (r *reader) unclosed(f *found, h head, quoted bool) int {
	lines := 1
	for r.at+lines < len(r.lines) && strings.TrimSpace(r.lines[r.at+lines].text) != "" {
		if _, ok := headOf(r.lines[r.at+lines].text); ok {
			break
		}
		lines++
	}
	if f.why = "a parenthesis that is never closed: copy the record to its end"; quoted {
		f.why = "a quote that is never closed: copy the record to its end"
	}
	f.data = strings.TrimSpace(h.rest)
	return lines
}
