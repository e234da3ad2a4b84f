package pasted

// What programs print that ask DNS: host and nslookup in sentences, dig +short without name and type, which the command above it has.

import (
	"net/netip"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// command reads a command that was copied with its output.
func (r *reader) command() bool {
	m := prompt.re().FindStringSubmatch(r.now().text)
	if m == nil {
		return false
	}
	r.asked = question{}
	if m[1] == "dig" || m[1] == "drill" || m[1] == "kdig" {
		r.asked.read(strings.Fields(m[2]))
	} else if _, ok := headOf(m[1] + m[2]); ok {
		return false
	}
	return r.skip(1)
}

// read reads the arguments of dig.
func (q *question) read(args []string) {
	q.typ = "A"
	for i := 0; i < len(args); i++ {
		switch a := args[i]; {
		case a == "+short":
			q.short, q.open = true, true
		case strings.HasPrefix(a, "+"), strings.HasPrefix(a, "@"), isClass(a):
		case a == "-t" && i+1 < len(args):
			i++
			q.typ = strings.ToUpper(args[i])
		case a == "-x" && i+1 < len(args):
			i++
			if ip, err := netip.ParseAddr(args[i]); err == nil {
				q.name, q.typ = string(zonefile.Backwards(ip)), "PTR"
			}
		case strings.HasPrefix(a, "-"):
		default:
			if _, ok := typeOf(a); ok && !strings.Contains(a, ".") {
				q.typ = strings.ToUpper(a)
			} else {
				q.name = a
			}
		}
	}
}

// shortAnswer reads a line that dig +short prints.
func (r *reader) shortAnswer() bool {
	q := r.asked
	if !q.open || q.name == "" {
		return false
	}
	f := r.start()
	f.owner, f.typ, f.data, f.style = q.name, q.typ, strings.TrimSpace(r.now().text), asWhole
	if _, err := netip.ParseAddr(f.data); err != nil && (q.typ == "A" || q.typ == "AAAA") && strings.HasSuffix(f.data, ".") {
		f.why = q.name + " is an alias, or leads through one, to " + f.data + ": dig +short does not say of what"
	}
	r.give(f, 1)
	return true
}

// sentence reads what host and nslookup say.
func (r *reader) sentence() bool {
	text := strings.TrimSpace(r.now().text)
	if r.nslookupAddress(text) {
		return true
	}
	for i := range sentences {
		s := &sentences[i]
		m := s.of.re().FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		f := r.start()
		f.style, f.owner = asWhole, text[m[2]:m[3]]
		f.typ = string(s.of.re().ExpandString(nil, s.typ, text, m))
		f.data = string(s.of.re().ExpandString(nil, s.data, text, m))
		if _, ok := typeOf(f.typ); !ok {
			return false
		}
		r.give(f, 1)
		return true
	}
	return r.nslookupText(text)
}

// nslookupText reads a text that nslookup of Windows prints below its name.
func (r *reader) nslookupText(text string) bool {
	owner, ok := strings.CutSuffix(text, "text =")
	owner = strings.TrimSpace(owner)
	if !ok || owner == "" || strings.Contains(owner, " ") {
		return false
	}
	var parts []string
	n := 1
	for ; r.at+n < len(r.lines); n++ {
		next := strings.TrimSpace(r.lines[r.at+n].text)
		if !strings.HasPrefix(next, `"`) && (next != "" || len(parts) > 0) {
			break
		}
		parts = append(parts, next)
	}
	f := r.start()
	f.style, f.owner, f.typ, f.data = asWhole, owner, "TXT", strings.TrimSpace(strings.Join(parts, " "))
	f.to = r.lines[r.at+n-1].n
	r.give(f, n)
	return true
}

// nslookupAddress reads the name and the addresses that nslookup prints line by line. The first is the server's, who has no name.
func (r *reader) nslookupAddress(text string) bool {
	key, value, ok := strings.Cut(text, ":")
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "name":
		if !ok || r.at+1 >= len(r.lines) || !strings.HasPrefix(strings.TrimSpace(r.lines[r.at+1].text), "Address") {
			return false
		}
		r.name = value
		return r.skip(1)
	case "server":
		if ok && r.at+1 < len(r.lines) && strings.HasPrefix(strings.TrimSpace(r.lines[r.at+1].text), "Address") {
			return r.skip(2)
		}
	case "address", "addresses":
		if _, err := netip.ParseAddr(value); err == nil && r.name != "" {
			return r.address(value)
		}
	default:
		if _, err := netip.ParseAddr(text); err == nil && r.name != "" {
			return r.address(text)
		}
	}
	return false
}

// address is an address of the name that nslookup has said.
func (r *reader) address(text string) bool {
	a, _ := netip.ParseAddr(text)
	f := r.start()
	f.style, f.owner, f.typ, f.data = asWhole, r.name, zonefile.AddressType(a).String(), text
	r.give(f, 1)
	return true
}
