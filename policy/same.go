package policy

// Whether two texts of a kind say the same. Who prints records writes the same policy with other blanks, in another order or with
// what counts anyway, and that is no other policy.

import (
	"maps"
	"slices"
	"strings"
)

// KindOfText is the kind of policy that a text at an owner is, of those that one text each holds. A key is one below _domainkey alone.
func KindOfText(owner, text string) (k Kind, ok bool) {
	for k := range kindCount {
		r := k.row()
		if r.version == "" || !r.is(text) || k == KindDKIM && !strings.Contains(lower(owner), "._domainkey.") {
			continue
		}
		return k, true
	}
	return 0, false
}

// usual is what tags of a kind mean that are not there (RFC 6376 §3.6.1, RFC 9989 §4.7, RFC 7489 §6.3).
func (k Kind) usual() map[string]string {
	switch k {
	case KindDKIM:
		return map[string]string{"v": "DKIM1", "k": "rsa", "s": "*", "t": ""}
	case KindDMARC:
		return map[string]string{"adkim": "r", "aspf": "r", "fo": "0", "t": "n", "psd": "u", "pct": "100", "ri": "86400", "rf": "afrf"}
	}
	return nil
}

// Meaning is what a text says, equal for texts that say the same: blanks, empty tags, the order of tags and of the items of lists, and
// tags that say what counts without them do not count.
func (k Kind) Meaning(text string) string {
	says, ok := k.tags(text)
	if !ok {
		return text
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(says)) {
		b.WriteString(name + "=" + says[name] + ";")
	}
	return b.String()
}

// tags is what the tags of a text say; ok is false where one stands twice: nobody knows which counts.
func (k Kind) tags(text string) (says map[string]string, ok bool) {
	says = map[string]string{}
	for _, t := range ParseTags(text) {
		if _, twice := says[t.Name]; twice || t.Name == "" {
			return nil, false
		}
		says[t.Name] = k.value(t)
	}
	for name, value := range k.usual() {
		if says[name] == value {
			delete(says, name)
		}
	}
	switch k {
	case KindDKIM:
		delete(says, "n") // for people
	case KindDMARC:
		under := func(name, upper string) {
			if v, has := says[name]; has && v == says[upper] {
				delete(says, name)
			}
		}
		if _, has := says["sp"]; has {
			under("np", "sp")
		} else {
			under("np", "p")
		}
		under("sp", "p")
	}
	return says, true
}

// value is a tag's value in one form.
func (k Kind) value(t Tag) string {
	value := strings.Join(strings.Fields(t.Value), " ")
	if k == KindDMARC && dmarcValues[t.Name] != nil {
		return lower(value)
	}
	switch between := k.between(t.Name); {
	case k == KindDKIM && t.Name == "p": // base64: blanks do not count (RFC 6376 §3.2)
		return strings.ReplaceAll(value, " ", "")
	case between != "":
		var items []string
		for _, item := range t.itemsBy(between) {
			items = append(items, item)
		}
		slices.Sort(items)
		return strings.Join(slices.Compact(items), between)
	}
	return value
}

// between is what separates the items of a tag that is a list; "" of others.
func (k Kind) between(tag string) string {
	switch {
	case k == KindDKIM && (tag == "h" || tag == "s" || tag == "t"), k == KindDMARC && tag == "fo":
		return ":"
	case tag == "rua" || tag == "ruf":
		return ","
	}
	return ""
}

// Called is what one record of the kind is called.
func (k Kind) Called() string {
	if k == KindDKIM {
		return "DKIM key"
	}
	return k.String() + " record"
}

// Two is what two of the kind at one name do, of those that one text each holds.
func (k Kind) Two() string {
	switch k {
	case KindSPF:
		return "two are an error for whoever checks (RFC 7208 §4.5)"
	case KindDMARC:
		return "with two a domain has none"
	case KindDKIM:
		return "which of two counts is undefined (RFC 6376 §3.6.2.2)"
	case KindMTASTS:
		return "two count as none (RFC 8461 §3.1)"
	case KindTLSRPT:
		return "two count as none (RFC 8460 §3)"
	}
	return ""
}
