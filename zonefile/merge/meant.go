package merge

// Texts that BIND reads without a word, and not as they were meant: without quotes a text ends at its first semicolon, and words become
// strings of their own, which are joined without a blank (RFC 7208 §3.3, RFC 6376 §3.6.2.2).

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// notMeant is why a text was not meant as BIND reads it; "" if it may be.
func notMeant(r zonefile.Record) string {
	if !r.Type().HoldsStrings() {
		return ""
	}
	data := r.RData()
	bare := slices.ContainsFunc(data, func(t zonefile.Token) bool { return !t.Quoted })
	last := data[len(data)-1]
	switch {
	case !last.Quoted && strings.HasPrefix(behind(r, last), ";"),
		!last.Quoted && strings.HasPrefix(data[0].Raw, "v=") && strings.HasPrefix(strings.TrimLeft(behind(r, last), " \t"), ";"):
		return "without quotes the text ends at its first semicolon: put it in quotes"
	case bare && len(data) > 1 && !spread(data):
		return "without quotes each word is a string of its own, and they are joined without a blank: put the text in quotes"
	}
	if n, like := policy.LooksLikeSPF(r.Strings()); like {
		return n.Text
	}
	return ""
}

// broken is why receivers take nothing of a record or a key, so that nobody can have meant it; "" if they can read it. An SPF record would
// take the zone's down with it.
func broken(r zonefile.Record, kind policy.Kind) string {
	if kind != policy.KindSPF && kind != policy.KindDKIM {
		return ""
	}
	text, _ := r.Joined()
	faults := kind.Faults(text)
	if len(faults) == 0 {
		return ""
	}
	if whole := strings.Join(r.Strings(), " "); whole != text && len(kind.Faults(whole)) == 0 {
		return "its strings are joined without a blank, and one is missing there: put the text in one string"
	}
	return faults[0].Text
}

// spread tells strings that were parted on purpose: a key is one word, cut where it would be too long.
func spread(data []zonefile.Token) bool {
	return !slices.ContainsFunc(data, func(t zonefile.Token) bool { return !t.Quoted && len(t.Raw) < zonefile.MaxString/4 })
}

// behind is what stands in the file behind a word.
func behind(r zonefile.Record, t zonefile.Token) string {
	return string(r.File().Slice(zonefile.Span{Start: t.Span.End, End: r.Span().End}))
}
