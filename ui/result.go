package ui

// What an edit did, read from the records of the two versions and not from the key: a form, a fix and a key that do the same are
// told in the same words, and so is what undo takes back.

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// mostEdits is of how many edits it is told record by record: more have a name of their own.
const mostEdits = 64

// result is what came of an edit, the longest wording first; none where every record says what it said.
func (k *kit) result(e document.Edited) []string {
	if len(e.Edits) > mostEdits {
		return nil
	}
	gone, come := preview.Changed(e.From, e.To)
	turned, gone, come := pairsOf(gone, come)
	var parts []string
	for _, p := range turned {
		if text := k.turnText(p); text != "" && !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	added, deleted := addedVerb(e), goneVerb(e, gone)
	parts = append(append(parts, k.listed(added, "to", come)...), k.listed(deleted, "of", gone)...)
	if len(parts) == 0 {
		return nil
	}
	words := []string{strings.Join(parts, "; ")}
	for n := len(parts) - 1; n > 0; n-- {
		words = append(words, strings.Join(parts[:n], "; ")+" +"+itoa(len(parts)-n))
	}
	switch {
	case len(parts) > 1:
	case len(come) == 1:
		words = append(words, added+" "+k.recordTitle(come[0]))
	case len(gone) == 1:
		words = append(words, deleted+" "+k.recordTitle(gone[0]))
	}
	return words
}

// withMeaning is what an edit did with what it means: for a host that has no address any more, or for mail of a name.
func (k *kit) withMeaning(did []string, about zonefile.Name, e document.Edited) (words []string) {
	gone, come := preview.Changed(e.From, e.To)
	if bare := k.addressless(gone, e.To); bare != "" {
		return slices.Concat([]string{did[0] + ": " + bare, bare}, did)
	}
	effect := ""
	edited := func(r zonefile.Record) bool { return r.Owner() == about }
	if slices.ContainsFunc(gone, edited) || slices.ContainsFunc(come, edited) { // others are said to be hit
		effect = preview.Effect([]*zonefile.Zone{e.From}, []*zonefile.Zone{e.To}, about, k.written)
	}
	if effect == "" {
		return did
	}
	for _, text := range did {
		words = append(words, text+": "+effect)
	}
	return append(words, did...)
}

// turn is a record before and after.
type turn struct{ was, is zonefile.Record }

// pairsOf finds records that became others: of the same name and type, or with the same data at another name.
func pairsOf(gone, come []zonefile.Record) (turned []turn, left, more []zonefile.Record) {
	pair := func(same func(a, b zonefile.Record) bool) {
		gone = slices.DeleteFunc(slices.Clone(gone), func(was zonefile.Record) bool {
			i := slices.IndexFunc(come, func(is zonefile.Record) bool { return same(was, is) })
			if i >= 0 {
				turned, come = append(turned, turn{was, come[i]}), slices.Delete(slices.Clone(come), i, i+1)
			}
			return i >= 0
		})
	}
	data := func(a, b zonefile.Record) bool {
		return a.Type() == b.Type() && a.CanonicalRData() == b.CanonicalRData()
	}
	pair(func(a, b zonefile.Record) bool { return a.Owner() == b.Owner() && data(a, b) })
	pair(func(a, b zonefile.Record) bool { return a.Owner() == b.Owner() && a.Type() == b.Type() })
	pair(data)
	return turned, gone, come
}

// turnText is what a record was and is; "" where it only is written in another way.
func (k *kit) turnText(p turn) string {
	typ, owner := k.kindOf(p.is), k.written(p.is.Owner())
	if p.was.Owner() != p.is.Owner() {
		return strings.TrimSpace(typ+" "+k.dataInShort(p.is)) + ": " + k.written(p.was.Owner()) + becomes + owner
	}
	said, has := typ+" of "+owner+": ", k.fieldsTurned(p)
	switch p.is.Type() {
	case zonefile.TypeA, zonefile.TypeAAAA:
		said = owner + ": "
	case zonefile.TypeSOA:
		said = typ + ": "
	}
	if was, is := p.was.Zone().RRsetTTL(p.was), p.is.Zone().RRsetTTL(p.is); was != is {
		has = append(has, "TTL "+ttlText(p.was)+becomes+ttlText(p.is))
		if len(has) == 1 {
			said = typ + " of " + owner + ": "
		}
	}
	if len(has) == 0 {
		return ""
	}
	return said + strings.Join(has, ", ")
}

// fieldsTurned is the fields of a record's data that say something else.
func (k *kit) fieldsTurned(p turn) (out []string) {
	if p.was.CanonicalRData() == p.is.CanonicalRData() {
		return nil
	}
	was, is, names := p.was.RData(), p.is.RData(), p.is.Type().FieldNames()
	if len(was) != len(names) || len(is) != len(names) || len(names) == 0 {
		if was, is := k.dataInShort(p.was), k.dataInShort(p.is); was != "" && is != "" {
			return []string{was + becomes + is}
		}
		return []string{"another text"}
	}
	if p.is.Type() == zonefile.TypeMX {
		return []string{k.exchangeTurned(p)}
	}
	for i, name := range names {
		a, b := k.fieldText(p.was, i), k.fieldText(p.is, i)
		if a == b {
			continue
		}
		if name += " "; name == "target " {
			name = ""
		}
		out = append(out, name+a+becomes+b)
	}
	return out
}

// exchangeTurned is what an MX was and is: host and number, as far as they differ.
func (k *kit) exchangeTurned(p turn) string {
	number, is := k.fieldText(p.was, int(zonefile.Preference)), k.fieldText(p.is, int(zonefile.Preference))
	host, now := k.fieldText(p.was, int(zonefile.Exchange)), k.fieldText(p.is, int(zonefile.Exchange))
	switch {
	case host == now:
		return host + " " + number + becomes + is
	case number == is:
		return host + becomes + now
	}
	return number + " " + host + becomes + is + " " + now
}

// fieldText is a field of a record's data: names are as the zone writes them.
func (k *kit) fieldText(r zonefile.Record, i int) string {
	t, ok := r.Token(i)
	if !ok {
		return ""
	}
	names := r.Type().FieldNames()
	if i < len(names) && slices.Contains([]string{"exchange", "target", "primary", "mailbox"}, names[i]) {
		if n, err := zonefile.ParseName(t.Raw, r.Origin()); err == nil {
			return k.written(n)
		}
	}
	if t.Raw == strings.TrimSpace(becomes) {
		return notSign(t.Raw)
	}
	return k.show(t.Raw)
}

// kindOf is the type of a record, or the policy that it is.
func (k *kit) kindOf(r zonefile.Record) string {
	if text, _ := r.Joined(); r.Type() == zonefile.TypeTXT {
		for kind := policySPF; kind < policyTLSA; kind++ {
			if kind.is(text) {
				return kind.String()
			}
		}
	}
	return r.Type().String()
}

// dataInShort is the data of a record where it is short, and has no word that looks as what stands between what was and what is.
func (k *kit) dataInShort(r zonefile.Record) string {
	const short = 40
	if slices.ContainsFunc(r.RData(), func(t zonefile.Token) bool { return t.Raw == strings.TrimSpace(becomes) }) {
		return ""
	}
	names := r.Type().FieldNames()
	if names == nil || r.Type() == zonefile.TypeSOA {
		if text := k.show(r.RDataText()); ansi.StringWidth(text) <= short/2 && k.kindOf(r) == r.Type().String() {
			return text
		}
		return ""
	}
	var words []string
	for i := range r.RData() {
		words = append(words, k.fieldText(r, i))
	}
	if text := strings.Join(words, " "); ansi.StringWidth(text) <= short {
		return text
	}
	return ""
}

// addedVerb is what was done to records that are new.
func addedVerb(e document.Edited) string {
	if !e.Was.IsZero() {
		if _, out := e.Was.Commented(); out {
			return "brought back"
		}
	}
	return "added"
}

// goneVerb is what was done to records that are gone.
func goneVerb(e document.Edited, gone []zonefile.Record) string {
	for _, r := range gone {
		if w := r.Row().In(e.To, e.Edits); !w.IsZero() {
			if _, out := w.Commented(); out {
				return "commented out"
			}
		}
	}
	return "deleted"
}

// listed is records that came or went: those of one name together, and those that several names have once.
func (k *kit) listed(verb, at string, list []zonefile.Record) (parts []string) {
	var data []string
	owners := map[string][]string{}
	for _, r := range list {
		text := strings.TrimSpace(k.kindOf(r) + " " + k.dataInShort(r))
		if owners[text] == nil {
			data = append(data, text)
		}
		owners[text] = append(owners[text], k.written(r.Owner()))
	}
	for i := 0; i < len(data); i++ {
		of, texts := owners[data[i]], []string{data[i]}
		for i+1 < len(data) && slices.Equal(owners[data[i+1]], of) {
			i++
			texts = append(texts, data[i])
		}
		parts = append(parts, zonefile.List(texts, "and")+" "+at+" "+namesInShort(of))
	}
	if len(parts) > 0 {
		parts[0] = verb + " " + parts[0]
	}
	return parts
}

// namesInShort is two names, or the first and how many there are besides.
func namesInShort(names []string) string {
	if len(names) <= 2 {
		return zonefile.List(names, "and")
	}
	return joinFew(names, 1)
}

// addressless says which host has no address any more, where one is left without by what is gone.
func (k *kit) addressless(gone []zonefile.Record, now *zonefile.Zone) string {
	for _, r := range gone {
		if !isAddress(r) {
			continue
		}
		if left := now.Node(r.Owner()); !left.Has(zonefile.TypeCNAME) && !slices.ContainsFunc(left.Records, isAddress) {
			return k.written(r.Owner()) + " has no address now"
		}
	}
	return ""
}

// recordTitle is a record in a few words, for undo and messages.
func (k *kit) recordTitle(r zonefile.Record) string {
	text := r.Type().String()
	if host, ok := r.Target(); ok {
		return text + " " + k.written(host)
	}
	return text + " of " + k.written(r.Owner())
}
