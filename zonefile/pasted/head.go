package pasted

// The words before the data of a line, and whether they can be a record's: an owner, a TTL and a class, in any order after the owner,
// and then a type (RFC 1035 §5.1).

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// head is what stands before the data.
type head struct {
	owner, ttl string
	class      string
	typ        zonefile.Type
	word       string // the type as it is written
	rest       string // behind the type
	shape      int    // how much of it is seldom among words: class, TTL, an owner that is no word
}

// classes is what can stand for a class.
var classes = []string{"IN", "CH", "CHAOS", "HS", "HESIOD", "CS"}

// isClass tells a class.
func isClass(word string) bool {
	for _, c := range classes {
		if strings.EqualFold(word, c) {
			return true
		}
	}
	return false
}

// typeOf reads a type that a zone can hold.
func typeOf(word string) (zonefile.Type, bool) {
	t, ok := zonefile.ParseType(word)
	return t, ok && word != "ANY" && t != 0
}

// nextWord cuts the first word off.
func nextWord(text string) (word, rest string) {
	text = strings.TrimLeft(text, " \t")
	if i := strings.IndexAny(text, " \t"); i >= 0 {
		return text[:i], text[i:]
	}
	return text, ""
}

// headOf reads what stands before the data of a line; ok is false for a line without a type at its place.
func headOf(text string) (h head, ok bool) {
	h.rest = text
	blank := strings.HasPrefix(text, " ") || strings.HasPrefix(text, "\t")
	for n := 0; n < 5 && strings.TrimSpace(h.rest) != ""; n++ {
		word, rest := nextWord(h.rest)
		_, ttl := zonefile.ParseTTL(word)
		t, typ := typeOf(word)
		switch {
		case n == 0 && !blank, n == 0 && !ttl && !isClass(word) && !typ:
			h.owner = word
			if strings.ContainsAny(word, "._@*0123456789\\") {
				h.shape++
			}
		case isClass(word) && h.class == "":
			h.class = word
			h.shape += 2
		case ttl && h.ttl == "":
			h.ttl = word
			h.shape += 2
		case typ:
			h.typ, h.word, h.rest = t, word, rest
			if word == strings.ToUpper(word) {
				h.shape++
			}
			return h, strings.TrimSpace(rest) != ""
		default:
			return h, false
		}
		h.rest = rest
	}
	return h, false
}

// firstWord is the first word of a text.
func firstWord(text string) string {
	word, _ := nextWord(text)
	return word
}

// IsUpdate tells a line that is meant for nsupdate, of those that no zone file can have.
func IsUpdate(line string) bool {
	words := strings.Fields(strings.ToLower(line))
	if len(words) > 0 && words[0] == "update" {
		words = words[1:]
	}
	return len(words) > 1 && (words[0] == "add" || words[0] == "del" || words[0] == "delete")
}
