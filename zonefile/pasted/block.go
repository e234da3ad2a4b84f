package pasted

// Fields with their names before them: one on a line, several on one line, or a name and its value on lines of their own.

import (
	"slices"
	"strings"
)

// named is a field with its name.
var named = pattern{text: `^\s*[*_]{0,2}([\pL#][\pL0-9 /()_*-]*?)[*_]*\s*[:=]\s*(?:[*_]+\s+)?(.*)$`}

// fields reads a line of fields.
func (r *reader) fields() bool {
	text := r.now().text
	if r.block != nil && r.block.waiting != noField {
		if f := fieldOf(text); f == noField {
			return r.field(r.block.waiting, text)
		}
	}
	if parts := partsOf(text); len(parts) > 1 {
		r.endBlock()
		for _, p := range parts {
			r.put(p.field, p.value)
		}
		return r.skip(1)
	}
	if m := named.re().FindStringSubmatch(text); m != nil {
		if f := fieldOf(m[1]); f != noField {
			return r.field(f, m[2])
		}
		return false
	}
	if f := fieldOf(text); f != noField && f != fieldIdle && r.at+1 < len(r.lines) {
		return r.field(f, "")
	}
	return false
}

// field takes a field.
func (r *reader) field(f field, value string) bool {
	if r.block != nil && r.block.waiting != f {
		if _, has := r.block.fields[f]; has && f != fieldIdle {
			r.endBlock()
		}
	}
	more, says := 0, ""
	if f == fieldValue {
		value, more, says = r.goesOn(value, r.at+1)
	}
	r.put(f, value)
	r.block.to += more
	r.block.first.note(says)
	return r.skip(1 + more)
}

// put writes a field down.
func (r *reader) put(f field, value string) {
	listed := bullet.re().MatchString(r.now().raw)
	if r.block != nil && listed && !r.block.listed && indent(r.now().raw) <= indent(r.block.first.source) { // in YAML each record begins with a dash, in Markdown each of its fields
		r.endBlock()
	}
	if r.block == nil {
		r.block = &block{fields: panelRecord{}, first: r.start()}
	}
	b := r.block
	b.listed = listed
	for _, n := range r.now().notes {
		b.first.note(n)
	}
	b.to, b.waiting = r.now().n, noField
	if value = strings.TrimSpace(value); f != fieldValue { // quotes of files of other programs
		value = unquoteWord(value)
	}
	if value == "" {
		b.waiting = f
	}
	b.fields[f] = value
}

// indent is how many blanks a line begins with.
func indent(text string) int { return len(text) - len(strings.TrimLeft(text, " \t")) }

// pause ends a block at an empty line if it has all that a record needs.
func (r *reader) pause() {
	if r.block != nil && r.block.fields[fieldValue] != "" && (r.block.fields[fieldType] != "" || typeBy(r.block.fields[fieldValue]) != "") {
		r.endBlock()
	}
}

// endBlock makes a record of the fields.
func (r *reader) endBlock() {
	if r.block == nil {
		return
	}
	b := r.block
	r.block = nil
	f := b.first
	f.to = b.to
	if len(b.fields) == 1 && b.fields[fieldValue] == "" { // a word by itself, or a line that only looks like a field
		f.why = "no record"
	} else {
		b.fields.build(&f)
	}
	r.cacheTTL(&f)
	r.doubted(&f)
	at := slices.IndexFunc(r.found, func(o found) bool { return o.from > f.from })
	if at < 0 {
		at = len(r.found)
	}
	r.found = slices.Insert(r.found, at, f)
}

// part is a field and its value.
type part struct {
	field field
	value string
}

// partsOf is the fields of a line that has several: "Type: MX, Host: @, Priority 10". A comma in a value stays in it.
func partsOf(text string) (out []part) {
	sep := ","
	switch {
	case strings.Count(text, " | ") > 1:
		sep = "|"
	case strings.Count(text, ";") > 0 && !strings.Contains(text, "v="):
		sep = ";"
	}
	for i, piece := range strings.Split(text, sep) {
		p, ok := partOf(piece)
		switch {
		case ok:
			out = append(out, p)
		case i == 0:
			return nil
		default:
			out[len(out)-1].value += sep + piece
		}
	}
	return out
}

// partOf is a field before a colon, or before a blank and a number.
func partOf(piece string) (part, bool) {
	if m := named.re().FindStringSubmatch(piece); m != nil {
		f := fieldOf(m[1])
		return part{f, strings.TrimSpace(m[2])}, f != noField
	}
	name, value := nextWord(piece)
	f := fieldOf(name)
	value = strings.TrimSpace(value)
	return part{f, value}, f != noField && value != "" && (strings.Trim(value, "0123456789") == "" || f == fieldType || f == fieldHost) && !strings.Contains(value, " ")
}
