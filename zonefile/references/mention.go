package references

// Where zones speak of what is changed in a way that no change writes: in a line that was commented out, in a comment, in data that
// is written as octets, in what signers write, in a text. All of it stays, and is said, so that nobody takes a name for gone that
// somebody will bring back. An $ORIGIN is said too: it follows where it can, see zonefile.RewriteBelow.

import (
	"bytes"
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// mention is how a row speaks of it, and what is to be done where it should not.
type mention struct {
	as, remedy string
	follows    bool // it stays only if something below it does
}

// fate is what is said of it.
func (m mention) fate() string {
	if m.follows {
		return "and changes if all that is relative to it does: else names that change are written in full"
	}
	return "and stays" + m.remedy
}

// mentions tells of all rows of the zones that speak of it so.
func (c *collector) mentions(s sought) {
	for _, z := range c.Zones {
		found := s.find(z, c.ended)
		for w := range z.Rows() {
			if c.ended() {
				return
			}
			if m := mentionIn(w, s, found); m.as != "" {
				text := strings.TrimSpace(zonefile.TrimLineEnd(string(w.Text())))
				if r := w.Record(); !r.IsZero() {
					text = said(r)
				}
				c.Kept = append(c.Kept, Kept{w, text, m.as, w.Refuse(errors.New(m.as + " " + s.String() + " " + m.fate()))})
			}
		}
	}
}

// mentionIn is how a row speaks of it; the zero mention if it does not, or if a change would write it.
func mentionIn(w zonefile.Row, s sought, found *zonefile.Finds) mention {
	switch w.Kind() {
	case zonefile.RowBlank:
		return commentWith(w, s)
	case zonefile.RowDirective, zonefile.RowInclude:
		if words := strings.Fields(string(w.Text())); len(words) > 1 && originIn(w, words, s) {
			return mention{as: words[0] + " has", follows: true}
		}
	case zonefile.RowBroken:
		for _, word := range strings.Fields(string(w.Text())) {
			if strings.Trim(word, "0123456789") != "" && s.isWord(word, w.Origin()) || s.inText([]byte(word)) {
				return mention{as: "a broken line has", remedy: ": correct it first, or change it by hand"}
			}
		}
	case zonefile.RowRecord:
		return recordWith(w.Record(), s, found)
	}
	return mention{}
}

// originIn tells whether the origin that a directive states is it.
func originIn(w zonefile.Row, words []string, s sought) bool {
	switch {
	case strings.EqualFold(words[0], "$ORIGIN"):
		return s.isWord(words[1], w.Origin())
	case strings.EqualFold(words[0], "$INCLUDE") && len(words) > 2 && words[2][0] != ';':
		return s.isWord(words[2], w.Origin())
	}
	return false
}

// commentWith is how a comment speaks of it.
func commentWith(w zonefile.Row, s sought) mention {
	text := w.Text()
	if bytes.IndexByte(text, ';') < 0 {
		return mention{}
	}
	if c, ok := w.Commented(); ok {
		if outWith(w, c, s) && s.isWord("@", w.Origin()) {
			return mention{as: "a record that was commented out has", remedy: ": where no $ORIGIN above it changes, change it by hand before it comes back"}
		}
		if outWith(w, c, s) {
			return mention{as: "a record that was commented out has", remedy: ": change it by hand before it comes back"}
		}
	}
	if s.inText(text) {
		return mention{as: "a comment has", remedy: ""}
	}
	return mention{}
}

// outWith tells whether a record that was commented out has it, as its owner or in its data.
func outWith(w zonefile.Row, c zonefile.Commented, s sought) bool {
	if s.isWord(string(c.Owner), "") {
		return true
	}
	words, fields := strings.Fields(c.RData), c.Type.NameFields()
	for n, word := range words {
		isName := slices.Contains(fields, n)
		_, address := s.(soughtAddr)
		if (isName || address) && s.isWord(word, w.Origin()) {
			return true
		}
	}
	return s.inText([]byte(c.RData))
}

// recordWith is how a record speaks of it in words that no change writes. Texts that are not found have it not.
func recordWith(r zonefile.Record, s sought, found *zonefile.Finds) mention {
	if !r.MadeBy().IsZero() {
		return mention{}
	}
	t := r.Type()
	if bytes.Contains(r.Text(), []byte(`\#`)) && r.IsGeneric() {
		if s.inWire(octets(r)) {
			return mention{as: `data that is written as \# has`, remedy: ": write it anew, or change it by hand"}
		}
		return mention{}
	}
	if isPlain(t) {
		return mention{}
	}
	if found != nil && (t == zonefile.TypeTXT || t == zonefile.TypeSPF) {
		if _, is := found.From(r.Row()); !is {
			return mention{}
		}
	}
	if _, spf := spfText(r); spf {
		return mention{}
	}
	if from, to := hiddenNames(t); from < to {
		for n, word := range r.RData() {
			if s.isField(r, n, word.Text()) {
				return hiddenMention(t)
			}
		}
	}
	if t == typeSVCB || t == typeHTTPS || !s.inText([]byte(textOf(r))) {
		return mention{}
	}
	return mention{as: t.String() + " data has", remedy: ": change it by hand if it means that"}
}

// hiddenMention is what is said of a name in data that a rename does not write.
func hiddenMention(t zonefile.Type) mention {
	if isSigned(t) {
		return mention{as: t.String() + " data has", remedy: ": sign the zone anew"}
	}
	return mention{as: t.String() + " data has", remedy: ": change it by hand"}
}

// isPlain tells the types of which every word is changed where it should be, or can be nothing of the kind.
func isPlain(t zonefile.Type) bool {
	switch t {
	case zonefile.TypeA, zonefile.TypeAAAA, zonefile.TypeMX, zonefile.TypeNS, zonefile.TypeCNAME, zonefile.TypePTR, zonefile.TypeSRV,
		zonefile.TypeSOA, zonefile.TypeDNAME, zonefile.TypeTLSA:
		return true
	}
	return false
}

// textOf is the data of a record, but for the words that are names: those a change writes.
func textOf(r zonefile.Record) string {
	if t := r.Type(); t.HoldsStrings() {
		text, _ := r.Joined()
		return text
	}
	var words []string
	names := r.Type().NameFields()
	for n, t := range r.RData() {
		if !slices.Contains(names, n) {
			words = append(words, zonefile.Unescape(t.Text()))
		}
	}
	return strings.Join(words, " ")
}

// octets is the data of a record that is written in them (RFC 3597 §5); none where they cannot be read.
func octets(r zonefile.Record) []byte {
	var digits strings.Builder
	for n, t := range r.RData() {
		if n > 1 {
			digits.WriteString(t.Raw)
		}
	}
	data, _ := hex.DecodeString(digits.String())
	return data
}
