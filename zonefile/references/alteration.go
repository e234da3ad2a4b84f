package references

// What becomes of one record: another owner, other words of its data, other terms of its SPF text.

import (
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// alteration is a record and what becomes of it.
type alteration struct {
	record zonefile.Record
	owner  string          // as its line would write it; "" keeps it
	words  map[int]string  // of its data, by number
	terms  []policy.Change // of its text
}

// none tells that the record stays as it is.
func (a alteration) none() bool { return a.owner == "" && len(a.words) == 0 && len(a.terms) == 0 }

// data is what becomes of the data.
func (a alteration) data() (edits []zonefile.Edit) {
	if len(a.terms) > 0 {
		changes := make([]zonefile.TextChange, len(a.terms))
		for i, c := range a.terms {
			changes[i] = zonefile.TextChange{Start: c.Start, End: c.End, New: c.New}
		}
		return a.record.TextEdits(changes...)
	}
	for n, t := range a.record.RData() {
		if word, ok := a.words[n]; ok {
			edits = append(edits, zonefile.Edit{File: a.record.File(), Span: t.Span, New: word})
		}
	}
	return edits
}

// is is the record as it is: its owner as its zone writes it, its type, its data on one line.
func (a alteration) is() string {
	a.owner, a.words, a.terms = "", nil, nil
	return a.becomes()
}

// becomes is the record as it would be.
func (a alteration) becomes() string {
	r := a.record
	head := a.newOwner().In(r.Zone().Origin()) + " " + r.Type().String()
	if text, is := spfText(r); is {
		return head + " " + zonefile.Quote(policy.Apply(text, a.terms...))
	}
	var b strings.Builder
	b.WriteString(head)
	at := uint32(0)
	for n, t := range r.RData() {
		if t.Span.Start != at { // key="value" is two words
			b.WriteByte(' ')
		}
		if word, changed := a.words[n]; changed {
			b.WriteString(word)
		} else {
			b.WriteString(t.Raw)
		}
		at = t.Span.End
	}
	return b.String()
}

// newOwner is the owner that the record is to have.
func (a alteration) newOwner() zonefile.Name {
	if a.owner == "" {
		return a.record.Owner()
	}
	n, err := zonefile.ParseName(a.owner, a.record.Origin())
	if err != nil { // it is too long, and refused when it is written
		return zonefile.Name(a.owner)
	}
	return n
}

// spfText is the text of an SPF record.
func spfText(r zonefile.Record) (text string, is bool) {
	if t := r.Type(); t != zonefile.TypeTXT && t != zonefile.TypeSPF {
		return "", false
	}
	if t, ok := r.Token(0); ok && beginsOtherwise(t) {
		return "", false
	}
	text, _ = r.Joined()
	return text, policy.IsSPF(text)
}

// beginsOtherwise tells a string of a text that begins as no SPF record does: most are told by it, and need not be read.
func beginsOtherwise(t zonefile.Token) bool {
	const begins = `"v=spf1`
	return t.Quoted && len(t.Raw) > len(begins) && strings.IndexByte(t.Raw[:len(begins)], '\\') < 0 && !strings.EqualFold(t.Raw[:len(begins)], begins)
}
