package policy

// The owner of a record by its parts, where they say what the record is for: the port of a TLSA (RFC 6698 §3), the service of
// an SRV (RFC 2782), the selector of a DKIM key (RFC 6376 §3.6.2.1). Each part is a field of the owner's text, as a zone
// writes it, and setting one leaves the others as they are.

import (
	"errors"
	"strings"
)

// ownerRow is how the owners of a kind are made.
type ownerRow struct {
	fields []Field
	begins string // what a new one has before its domain
	middle string // the label that ends what stands before the domain; "" of any protocol
}

// The fields of owners.
var (
	dkimOwner = []Field{firstField("selector", "", checkSelector), domainField("domain", false)}
	tlsaOwner = []Field{domainField("host", true), firstField("port", "_", func(_, value string) error {
		if !isNumber(value, 1<<16-1) {
			return errors.New("25, or the port of another service")
		}
		return nil
	})}
	srvOwner = []Field{serviceField, domainField("domain", false)}
)

// mailServices is the services of mail programs: those with TLS from the first octet on come first (RFC 8314 §3).
var mailServices = []struct{ name, port string }{
	{"submissions", "465"}, {"imaps", "993"}, {"pop3s", "995"}, {"submission", "587"}, {"imap", "143"}, {"pop3", "110"},
}

// serviceField is the service of an SRV record.
var serviceField = servicesOf(firstField("service", "_", nil))

// servicesOf makes a field one of the services of mail.
func servicesOf(f Field) Field {
	written := f.get
	f.get = func(owner string) string { return lower(written(owner)) }
	for _, s := range mailServices {
		f.Choices = append(f.Choices, Choice{s.name, s.name})
	}
	return f
}

// ownerParts is where the parts of an owner stand.
type ownerParts struct {
	first, middle, domain Span // domain is empty where the owner ends before it
	ok                    bool
}

// partsOf takes an owner apart: labels up to the first that starts with an underscore and is not the first one, and the rest.
func partsOf(owner string) (p ownerParts) {
	at := strings.Index(owner, "._")
	if at <= 0 || strings.ContainsAny(owner, "\\\" \t();@") || !isPrintable(owner) {
		return p
	}
	p.first = Span{0, at}
	end := len(owner)
	if n := strings.IndexByte(owner[at+1:], '.'); n >= 0 {
		end = at + 1 + n
	}
	p.middle, p.domain = Span{at + 1, end}, Span{end, end}
	if end < len(owner) {
		p.domain = Span{end + 1, len(owner)}
	}
	p.ok = end == len(owner) || p.domain.Start < p.domain.End && owner[p.domain.Start] != '.'
	return p
}

// service tells an owner that starts with a service and a protocol.
func (p ownerParts) service(owner string) bool {
	for _, s := range []Span{p.first, p.middle} {
		rest, ok := strings.CutPrefix(s.Of(owner), "_")
		if !ok || rest == "" || !alphanumeric(strings.ReplaceAll(rest, "-", "")) {
			return false
		}
	}
	return true
}

// joinOwner is labels before a domain as a zone writes it.
func joinOwner(labels, domain string) string {
	if domain == "@" || domain == "" {
		return labels
	}
	return labels + "." + domain
}

// firstField is the first part, behind a sign.
func firstField(label, sign string, check func(_, value string) error) Field {
	return Field{
		Label: label, Needed: label + " is missing", check: check,
		get: func(owner string) string { return strings.TrimPrefix(partsOf(owner).first.Of(owner), sign) },
		set: func(owner, value string) []Change { return []Change{{partsOf(owner).first, sign + value}} },
	}
}

// domainField is the name whose record it is.
func domainField(label string, host bool) Field {
	return Field{
		Label: label, Host: host, Name: true,
		get: func(owner string) string {
			if p := partsOf(owner); p.domain.Start < p.domain.End {
				return p.domain.Of(owner)
			}
			return "@"
		},
		set: func(owner, value string) []Change {
			p := partsOf(owner)
			switch {
			case value == "@":
				return []Change{{Span{p.middle.End, p.domain.End}, ""}}
			case p.domain.Start < p.domain.End:
				return []Change{{p.domain, value}}
			}
			return []Change{{p.domain, "." + value}}
		},
		check: func(_, value string) error {
			if value != "@" && (value == "" || value[0] == '.' || strings.ContainsAny(value, " \t\\()@")) {
				return errors.New("a name, or @ for the zone itself")
			}
			return nil
		},
	}
}

// checkSelector wants the name of a key.
func checkSelector(_, value string) error {
	for label := range strings.SplitSeq(value, ".") {
		if label == "" || strings.Trim(lower(label), "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" || label[0] == '_' && value != label {
			return errors.New("letters, digits and dashes, as mail2026")
		}
	}
	return nil
}
