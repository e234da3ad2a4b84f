package policy

// Where reports go, as people type it: mailboxes with blanks between them. What stands in a record is URIs.

import (
	"errors"
	"strings"
)

// reportField is the addresses of a tag.
func reportField(label, name string, order []string, check func(Tag) []Fault) Field {
	tag := func(value string) Tag { return parseTag(name+"="+value, 0) }
	uris := func(value string) string {
		var list []string
		for _, w := range reportWords(value) {
			list = append(list, reportURI(w))
		}
		return strings.Join(list, ",")
	}
	return Field{
		Label: label, names: []string{name},
		get: func(text string) string {
			var words []string
			if t, ok := ParseTags(text).Find(name); ok && t.Value != "" {
				for _, item := range t.items() {
					words = append(words, reportWord(item))
				}
			}
			return strings.Join(words, " ")
		},
		set: func(text, value string) []Change {
			return ParseTags(text).setItems(text, name, ",", reportWords(value), order, reportWord, reportURI)
		},
		clean: func(_, value string) string {
			var list []string
			for _, w := range reportWords(value) {
				list = append(list, reportWord(reportURI(w)))
			}
			return strings.Join(list, " ")
		},
		check: func(_, value string) error {
			if value == "" {
				return nil
			}
			if found := check(tag(uris(value))); len(found) > 0 {
				return errors.New(found[0].Text)
			}
			return nil
		},
	}
}

// reportWords is the addresses in what was typed.
func reportWords(value string) []string {
	return strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' })
}

// mailScheme is what stands before a mailbox.
const mailScheme = "mailto:"

// reportWord is an address as it is shown: of a mailbox without its scheme.
func reportWord(uri string) string {
	if word, ok := strings.CutPrefix(uri, mailScheme); ok && reportURI(word) == uri {
		return word
	}
	return uri
}

// reportURI is an address as a record has it.
func reportURI(word string) string {
	if scheme, _, ok := strings.Cut(word, ":"); ok && uriScheme(scheme) {
		return word
	}
	return mailScheme + word
}
