package pasted

// Records of dnscontrol, in the words of its own language: MX("@", 10, "mail.example.com."). A name without a final dot is relative
// there, as in a zone file.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// dnscontrol reads a line of dnscontrol.
func (r *reader) dnscontrol() bool {
	m := call.re().FindStringSubmatch(strings.TrimSpace(r.now().text))
	if m == nil {
		return false
	}
	t, ok := typeOf(m[1])
	args := arguments(m[2])
	if !ok || len(args) < 2 {
		return false
	}
	f := r.start()
	f.owner, f.typ = args[0].text, m[1]
	var words []string
	for _, a := range args[1:] {
		switch name, rest, _ := strings.Cut(a.text, "("); {
		case a.quoted || strings.Trim(a.text, "0123456789") == "":
			words = append(words, a.text)
		case name == "TTL":
			f.ttl = strings.Trim(rest, "()\"' ")
		default:
			f.note(a.text + " left out: it is dnscontrol's own")
		}
	}
	if f.data = strings.Join(words, " "); t.HoldsStrings() {
		f.text(zonefile.Quote(strings.Join(words, "")))
	} else if f.typ == "CAA" && len(words) == 2 {
		f.data = "0 " + f.data
	}
	r.give(f, 1)
	return true
}

// argument is an argument of a call.
type argument struct {
	text   string
	quoted bool
}

// arguments parts what stands between the parentheses of a call.
func arguments(text string) (out []argument) {
	var now argument
	depth := 0
	var quote byte
	end := func() {
		if !now.quoted {
			now.text = strings.TrimSpace(now.text)
		}
		if now.text != "" || now.quoted {
			out = append(out, now)
		}
		now = argument{}
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0 && c == '\\' && i+1 < len(text):
			i++
			now.text += text[i : i+1]
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
			now.text += text[i : i+1]
		case (c == '"' || c == '\'' || c == '`') && depth == 0:
			now.text, now.quoted, quote = "", true, c
		case c == ',' && depth == 0:
			end()
		case c == '(' || c == '[' || c == '{':
			depth++
			now.text += text[i : i+1]
		case c == ')' || c == ']' || c == '}':
			depth--
			now.text += text[i : i+1]
		case now.quoted:
		default:
			now.text += text[i : i+1]
		}
	}
	end()
	return out
}
