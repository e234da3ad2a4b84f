package lint

// Where something stands in a file: what a finding underlines is what the user has to look at, no blank and no comment more.

import "github.com/mailzone/mailzone/zonefile"

// written is where a place of the zone is written: the directive, for a record that a $GENERATE makes.
func written(z *zonefile.Zone, f *zonefile.File, s zonefile.Span) (*zonefile.File, zonefile.Span, bool) {
	if f.ReadOnly() == "" || f.Size() == 0 {
		return f, s, false
	}
	r := z.RowAt(f, s.Start).Record()
	if r.IsZero() {
		return f, s, false
	}
	w := r.MadeBy()
	if w.IsZero() {
		return f, s, false
	}
	at := w.Span()
	at.End = at.Start + uint32(lineLen(w.Text()))
	return w.File(), at, true
}

// textSpan is a record's text without blanks around it and without its comment: from its first token on.
func textSpan(r zonefile.Record) zonefile.Span {
	s, text := r.Span(), r.Text()
	i := 0
	for i < len(text) && (text[i] == ' ' || text[i] == '\t' || text[i] == '(') {
		i++
	}
	s.Start += uint32(i)
	return s
}

// recordSpan is what a record says: its first token to its last.
func recordSpan(r zonefile.Record) zonefile.Span {
	s := textSpan(r)
	if data := r.RData(); len(data) > 0 {
		s.End = data[len(data)-1].Span.End
		return s
	}
	s.End = s.Start + uint32(lineLen(r.File().Slice(s)))
	return s
}

// lineLen is the length of the first line of text, comment and blanks at its end left out.
func lineLen(text []byte) int {
	n := 0
	for i, c := range text {
		if c == '\n' || c == '\r' || c == ';' {
			break
		}
		if c != ' ' && c != '\t' {
			n = i + 1
		}
	}
	return n
}

// ttlSpan is the place of the TTL that a record's line states.
func ttlSpan(r zonefile.Record) (zonefile.Span, bool) {
	if _, ok := r.StatedTTL(); !ok {
		return zonefile.Span{}, false
	}
	s, text := r.Span(), r.Text()
	for i := int(textSpan(r).Start-s.Start) + len(r.OwnerText()); i < len(text); {
		end := i
		for end < len(text) && !isBlank(text[end]) && text[end] != ';' {
			end++
		}
		if _, ok := zonefile.ParseTTL(string(text[i:end])); ok {
			return zonefile.Span{Start: s.Start + uint32(i), End: s.Start + uint32(end)}, true
		}
		i = end
		if i < len(text) && text[i] == ';' { // a comment inside parentheses
			i += lineEnd(text[i:])
		}
		for i < len(text) && isBlank(text[i]) {
			i++
		}
	}
	return zonefile.Span{}, false
}

// isBlank tells what separates the tokens before the RDATA.
func isBlank(c byte) bool {
	return c == ' ' || c == '\t' || c == '(' || c == ')' || c == '\n' || c == '\r'
}

// lineEnd is the offset of the first line end in text, or its length.
func lineEnd(text []byte) int {
	for i, c := range text {
		if c == '\n' {
			return i
		}
	}
	return len(text)
}
