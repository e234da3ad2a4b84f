package server

// This file reads statements out of the words of named.conf: a head of words, perhaps a block, a semicolon. It knows no
// statement but include; who reads looks at those that it wants, and what nobody wants is passed over and kept nowhere, keys
// before all.

import "strings"

// A confHead is the words before the block or the semicolon of a statement: the first few, which are all that matter.
type confHead struct {
	words [4]confWord
	n     int
}

// is reports whether the statement is one of a name. BIND: case does not count, and a quoted word is the name of none.
func (h confHead) is(name string) bool {
	return h.n > 0 && !h.words[0].quoted && strings.EqualFold(h.words[0].text, name)
}

// value is the word behind the name, "" if there is none.
func (h confHead) value() string { return h.words[1].text }

// at is where the statement begins.
func (h confHead) at() confPlace { return h.words[0].at }

// add adds a word.
func (h *confHead) add(w confWord) {
	if h.n < len(h.words) {
		h.words[h.n] = w
		h.n++
	}
}

// byteOrderMark is what editors of Windows begin a file in UTF-8 with.
const byteOrderMark = "\ufeff"

// statements reads statements up to the brace that closes their block, or to the end of all at the top. Each is looked at
// with its head read; if a block follows, look may read that by statements, list or pass, and what it leaves is passed over.
func (p *confStream) statements(depth int, look func(h confHead, block bool)) {
	if depth > deepestBrace {
		p.stop(p.last, "braces are nested more than 50 deep: what follows is not read")
	}
	begun := p.last
	for {
		w := p.word()
		if rest, marked := strings.CutPrefix(w.text, byteOrderMark); marked && !w.quoted {
			p.fault(w.at, "the text begins with a byte order mark, which named does not read: save the file without it")
			if w.text = rest; rest == "" {
				continue
			}
		}
		switch {
		case w.sign == ';', w.sign == '!':
		case w.sign == '}' && depth > 0:
			return
		case w.sign == '}':
			p.fault(w.at, "a } that closes nothing: take it away, or write the { that it closes")
		case w.isEnd():
			if depth > 0 && !p.stopped {
				p.fault(begun, "a block that nothing closes: end it with };")
			}
			return
		case p.isInclude(w):
		case depth == 0 && !isStatement(w):
			p.passUnknown(w)
		default:
			p.statement(w, look)
		}
	}
}

// isInclude reads a statement that includes files. BIND: in the place of any statement, and nowhere else.
func (p *confStream) isInclude(w confWord) bool {
	if w.quoted || !strings.EqualFold(w.text, "include") || !p.peek().quoted {
		return false
	}
	path := p.word()
	if p.peek().sign != ';' {
		p.fault(path.at, "a ; is missing behind this include: write it; the file is not read")
		return true
	}
	p.word()
	p.include(path)
	return true
}

// statement reads one statement from its first word.
func (p *confStream) statement(w confWord, look func(h confHead, block bool)) {
	var h confHead
	looked := false
	for {
		switch {
		case w.sign == '{' && !looked:
			looked = true
			inside := p.braces
			look(h, true)
			if p.braces == inside && !p.peek().isEnd() {
				p.pass()
			}
			if p.lacksSemicolon() {
				return
			}
		case w.sign == '{':
			p.pass()
		case w.sign == ';', w.isEnd():
			if !looked {
				look(h, false)
			}
			return
		default:
			h.add(w)
		}
		if next := p.peek(); next.sign == '}' {
			p.fault(next.at, "a ; is missing before this }: write it")
			if !looked {
				look(h, false)
			}
			return
		}
		w = p.word()
	}
}

// lacksSemicolon reports whether a block is followed by a statement at once: then the other one must not be taken for a part
// of the one that ends here.
func (p *confStream) lacksSemicolon() bool {
	next := p.peek()
	if begins(next) {
		p.fault(next.at, "a ; is missing before this statement: write it behind the } above")
		return true
	}
	return false
}

// begins reports whether a word is the name of a statement that no list of zones can do without.
func begins(w confWord) bool {
	switch strings.ToLower(w.text) {
	case "zone", "view", "options", "include":
		return !w.quoted
	}
	return false
}

// isStatement reports whether a word is the name of a statement that stands outside of all blocks. BIND: namedconf_clausesets.
func isStatement(w confWord) bool {
	switch strings.ToLower(w.text) {
	case "acl", "controls", "dlz", "dnssec-policy", "dyndb", "http", "key", "key-store", "logging", "lwres", "managed-keys", "masters",
		"parental-agents", "plugin", "primaries", "remote-servers", "server", "statistics-channels", "template", "tls", "trust-anchors",
		"trusted-keys":
		return !w.quoted && w.sign == 0
	}
	return begins(w)
}

// passUnknown passes over what is no statement, as where a file is included that is no configuration: up to where one begins.
func (p *confStream) passUnknown(w confWord) {
	p.fault(w.at, "this is no statement of named.conf, so that named does not start: is the file a configuration?")
	for w.sign != ';' && !w.isEnd() {
		if w.sign == '{' {
			p.pass()
		}
		if begins(p.peek()) {
			return
		}
		w = p.word()
	}
}

// pass reads to the end of a block of which the first brace is read.
func (p *confStream) pass() {
	begun, begins := p.last, true
	for depth := 1; depth > 0; {
		w := p.word()
		switch {
		case w.sign == '{':
			if depth++; depth > deepestBrace {
				p.stop(w.at, "braces are nested more than 50 deep: what follows is not read")
			}
		case w.sign == '}':
			depth--
		case w.isEnd():
			if !p.stopped {
				p.fault(begun, "a block that nothing closes: end it with };")
			}
			return
		case begins && p.isInclude(w):
			continue
		}
		begins = w.sign == '{' || w.sign == ';'
	}
}

// list reads the elements of a block of which the first brace is read, each with the ! before it; those of blocks in it are
// a brace.
func (p *confStream) list() (elements []string) {
	not := ""
	for {
		w := p.word()
		switch {
		case w.sign == '!':
			not = "!"
			continue
		case w.sign == '{':
			p.pass()
			elements = append(elements, "{")
		case w.sign == '}', w.isEnd():
			return elements
		case w.sign == 0 && len(elements) < 8: // more than any look at them needs
			elements = append(elements, not+strings.ToLower(w.text))
		}
		not = ""
	}
}
