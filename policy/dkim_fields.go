package policy

// What people set of a DKIM key record (RFC 6376 §3.6.1): the key, and its flags. Which algorithm it is of the key itself
// says, so k= follows it and nobody has to choose.

import (
	"fmt"
	"slices"
)

// dkimOrder is the order in which tags are written.
var dkimOrder = []string{"v", "h", "k", "n", "t", "s", "p"}

// dkimFields is the fields.
var dkimFields = []Field{
	{
		Label: "key", Needed: "paste the public key, in any form", names: []string{"p", "k"},
		get: func(text string) string { t, _ := ParseTags(text).Find("p"); return withoutSpace(t.Value) },
		set: setKey,
		clean: func(_, value string) string {
			if k, err := ReadPublicKey(value); err == nil {
				return k.Text
			}
			return value
		},
		check: func(_, value string) error { _, err := ReadPublicKey(value); return err },
		note: func(_, value string) string {
			k, err := ReadPublicKey(value)
			switch {
			case err != nil:
				return ""
			case k.Text == "":
				return "empty: the key is revoked"
			}
			return k.String()
		},
		whole: func(l Tags) bool { k, ok := l.Find("k"); return !ok || k.Value == kindRSA || k.Value == kindEd25519 },
	},
	flagField("test", "y", "mail is taken as if it were not signed"),
	flagField("strict", "s", "not for names below the domain"),
}

// isKey tells a text that is meant as a key.
func isKey(text string) bool { return ParseTags(text).IsKey() }

// dkimFaults is what is wrong with a key.
func dkimFaults(l Tags) []Fault { return ReadDKIM(l).Faults }

// dkimSays is how long a record is.
func dkimSays(text string) string {
	if len(text) <= longestString {
		return fmt.Sprintf("%d octets", len(text))
	}
	return fmt.Sprintf("%d octets, in %d strings", len(text), (len(text)+longestString-1)/longestString)
}

// longestString is how long a string of a TXT record is at most (RFC 1035 §3.3).
const longestString = 255

// setKey writes a key, and its algorithm where the record has another. Without one it is RSA.
func setKey(text, value string) []Change {
	l := ParseTags(text)
	var changes []Change
	if l.index("p") < 0 {
		changes = append(changes, l.insert(text, "p", "p="+value, dkimOrder))
	} else {
		t := l[l.index("p")]
		changes = append(changes, Change{Span{t.valueAt(), t.End}, value})
	}
	k, err := ReadPublicKey(value)
	if err != nil || k.Text == "" {
		return changes
	}
	kind, ok := l.Find("k")
	if kind.Value == k.Kind || !ok && k.Kind == kindRSA {
		return changes
	}
	return append(l.set(text, "k", k.Kind, dkimOrder), changes...)
}

// flagField is a switch for a flag of t=.
func flagField(label, flag, words string) Field {
	return Field{
		Label: label, Choices: []Choice{{flag, words}}, names: []string{"t"},
		get: func(text string) string {
			if slices.Contains(flagsOf(ParseTags(text)), flag) {
				return flag
			}
			return ""
		},
		set: func(text, value string) []Change {
			l := ParseTags(text)
			flags := flagsOf(l)
			if value == "" {
				flags = slices.DeleteFunc(flags, func(f string) bool { return f == flag })
			} else {
				flags = append(flags, flag)
			}
			same := func(s string) string { return s }
			return l.setItems(text, "t", ":", flags, dkimOrder, same, same)
		},
		whole: func(l Tags) bool {
			return !slices.ContainsFunc(flagsOf(l), func(f string) bool { return f != "y" && f != "s" })
		},
	}
}

// flagsOf is the flags of a key.
func flagsOf(l Tags) (flags []string) {
	t, ok := l.Find("t")
	if !ok || t.Value == "" {
		return nil
	}
	for _, f := range t.itemsBy(":") {
		flags = append(flags, f)
	}
	return flags
}
