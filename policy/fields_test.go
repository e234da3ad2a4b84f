package policy

import (
	"crypto/ed25519"
	"encoding/base64"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

var (
	records = flag.Int("records", 500, "how many records of each kind the law of fields is tried on, and as many mutated ones")
	kind    = flag.String("kind", "", "fuzz the fields of this kind alone: SPF, DMARC, DKIM, MTA-STS, TLS-RPT, TLSA, SRV or CAA")
)

// The law of fields, on records that the grammars of the RFCs make and on what is left of them after accidents: reading and
// writing is the identity, a field that is set is what it was set to, and nothing else is another.
func TestLawOfFields(t *testing.T) {
	for i, k := range allTexts() {
		t.Run(k.String(), func(t *testing.T) {
			r := rand.New(rand.NewPCG(18, uint64(i)))
			shown := 0
			for range *records {
				text := grammar(r, k)
				if why := k.hinders(text); why != "" && !strings.Contains(why, "behind all") && !strings.Contains(why, "twice") {
					t.Fatalf("%q is by the grammar, and has no fields: %s", text, why)
				}
				for _, text := range []string{text, mutated(r, text)} {
					checkFields(t, k, text, func(f Field) string { return anyValue(r, f) })
					if k.hinders(text) == "" {
						shown++
					}
				}
			}
			if shown < *records/2 {
				t.Errorf("only %d of %d texts have fields", shown, 2**records)
			}
		})
	}
}

// FuzzFields holds the law of fields for any text and any value, of one kind after -args -kind NAME.
func FuzzFields(f *testing.F) {
	texts := slices.DeleteFunc(allTexts(), func(k lawText) bool { return *kind != "" && k.Kind.String() != *kind })
	if len(texts) == 0 {
		f.Fatalf("%q is no kind", *kind)
	}
	for _, s := range []string{"v=spf1 mx ip4:192.0.2.1 include:a.example exists:%{i}.b.example ~all", "v=DMARC1; p=none;rua=mailto:a@b.example,https://c.example/x",
		"v=DKIM1; t=y:s:x; p=", "v=STSv1; id=1; x=y", "v=TLSRPTv1;rua=mailto:a@b.example ;rua=https://c.example/",
		"3 1 1 0b9f a5A5", "2 0 0", "0 1 993 imap.example.com.", `0 0 0 .`, `128 issue "ca.example; validationmethods=dns-01"`, `1 iodef mailto:a\@b\032\"`,
		"_25._tcp.mx1", "_imaps._tcp", "sel.a._domainkey.example.com."} {
		f.Add(s, "192.0.2.7 192.0.2.1")
		f.Add(s, "c@d.example")
		f.Add(s, goodKey)
		f.Add(s, "mx2")
		f.Add(s, "993")
		f.Add(s, certificateText)
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		for _, k := range texts {
			checkFields(t, k, text, func(Field) string { return value })
		}
	})
}

// checkFields holds the law for each field of a text.
func checkFields(t *testing.T, k lawText, text string, value func(Field) string) {
	t.Helper()
	if got := printed(k, text); got != text {
		t.Fatalf("%s %q is printed as %q", k, text, got)
	}
	k.Says(text)
	k.Rest(text)
	fields := k.fields()
	shown := k.hinders(text) == ""
	for i, f := range fields {
		was := f.Get(text)
		v := value(f)
		f.Note(text, v)
		if !shown {
			Apply(text, f.Set(text, v)...)
			continue
		}
		if changes := f.Set(text, was); len(changes) > 0 {
			t.Fatalf("%s %q: %s set to what it is changes %v", k, text, f.Label, changes)
		}
		for _, v := range []string{v, ""} {
			if f.Check(text, v) == nil {
				checkSet(t, k, text, i, v)
			}
		}
	}
}

// checkSet sets one field, and compares all others.
func checkSet(t *testing.T, k lawText, text string, i int, v string) {
	t.Helper()
	f := k.fields()[i]
	changes := f.Set(text, v)
	next := Apply(text, changes...)
	about := fmt.Sprintf("%s %q: %s set to %q gives %q", k, text, f.Label, v, next)
	if got := f.Get(next); got != f.Clean(text, v) && !(f.Label == "subdomains" && got == "") {
		t.Fatalf("%s: it is %q", about, got)
	}
	if why := k.hinders(next); why != "" && !strings.Contains(why, "without p= and without rua=") { // it had no p= before

		t.Fatalf("%s: %s", about, why)
	}
	for j, other := range k.fields() {
		if j != i && other.Get(next) != other.Get(text) {
			t.Fatalf("%s: %s was %q and is %q", about, other.Label, other.Get(text), other.Get(next))
		}
	}
	if a, b := others(k, text, f), others(k, next, f); !slices.Equal(a, b) {
		t.Fatalf("%s: of the rest %q became %q", about, a, b)
	}
	for _, c := range changes { // what goes is the field's, and what separates it
		gone := Span{c.Start, c.End}
		for _, e := range elementsOf(k, text) {
			if !isOf(k, text, e, f) && e.Start < gone.End && gone.Start < e.End {
				t.Fatalf("%s: %q is changed, which is not its", about, e.Of(text))
			}
		}
	}
	if back := Apply(next, f.Set(next, f.Get(text))...); f.Get(back) != f.Get(text) && f.Get(back) != f.Clean(next, f.Get(text)) && f.Check(next, f.Get(text)) == nil {
		t.Fatalf("%s: back it is %q", about, f.Get(back))
	}
}

// elementsOf is where the terms, tags, words or parts of a text stand.
func elementsOf(k lawText, text string) (list []Span) {
	switch {
	case k.owner:
		p := partsOf(text)
		return []Span{p.first, p.middle, p.domain}
	case k.IsType():
		for _, w := range wordsOf(text) {
			list = append(list, w.Span)
		}
		return list
	case k.Kind == KindSPF:
		for _, t := range ParseSPF(text).Terms {
			list = append(list, t.Span)
		}
		return list
	}
	for _, t := range ParseTags(text) {
		list = append(list, t.Span)
	}
	return list
}

// isOf tells whether an element holds a field.
func isOf(k lawText, text string, e Span, f Field) bool {
	if k.owner || k.IsType() {
		at := map[string]int{"port": 2, "target": 3, "usage": 0, "selector": 1, "matching": 2, "data": 3, "priority": 0, "weight": 1, "critical": 0, "tag": 1, "value": 2}
		if k.owner {
			at = map[string]int{"host": 2, "domain": 2, "port": 0, "service": 0, "selector": 0}
		}
		i := slices.Index(elementsOf(k, text), e)
		return i == at[f.Label] || f.Label == "data" && i > at[f.Label]
	}
	if k.Kind == KindSPF {
		t := readTerm(text, e)
		return len(f.get("v=spf1 "+t.Text)) > 0
	}
	return slices.Contains(f.names, parseTag(e.Of(text), 0).Name)
}

// others is the elements that do not hold a field, as they are written.
func others(k lawText, text string, f Field) (list []string) {
	for _, e := range elementsOf(k, text) {
		if !isOf(k, text, e, f) {
			list = append(list, e.Of(text))
		}
	}
	return list
}

// printed is a text put together again from what it was read as: what stands between is blanks and semicolons, or dots, and of
// SPF the version, or what is instead of it.
func printed(k lawText, text string) string {
	var b strings.Builder
	at, between := 0, "; \t"
	switch {
	case k.owner && !partsOf(text).ok:
		return text
	case k.owner:
		between = "."
	case k.IsType():
		between = " \t"
	case k.Kind == KindSPF:
		at = min(len(spfVersion), len(text))
		b.WriteString(text[:at])
		between = " "
	}
	gap := func(to int) {
		if strings.Trim(text[at:to], between) == "" {
			b.WriteString(text[at:to])
		}
		at = to
	}
	for _, e := range elementsOf(k, text) {
		gap(e.Start)
		b.WriteString(e.Of(text))
		at = e.End
	}
	gap(len(text))
	return b.String()
}

// one is one of some texts.
func one(r *rand.Rand, list ...string) string { return list[r.IntN(len(list))] }

// some is up to most of what make makes.
func some(r *rand.Rand, most int, between string, what func() string) string {
	var list []string
	for range r.IntN(most + 1) {
		list = append(list, what())
	}
	return strings.Join(list, between)
}

// shuffled is some of some texts in any order.
func shuffled(r *rand.Rand, list ...string) (out []string) {
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:r.IntN(len(list)+1)]
}

// domainText is a domain.
func domainText(r *rand.Rand) string {
	return one(r, "a.example", "spf.Provider.example", "x-1.example.com", "_spf.example.net.", "xn--mller-kva.example")
}

// networkText is an address, with or without a length.
func networkText(r *rand.Rand) string {
	return one(r, fmt.Sprintf("192.0.2.%d", r.IntN(256)), fmt.Sprintf("198.51.100.0/%d", r.IntN(33)), "2001:db8::1",
		fmt.Sprintf("2001:DB8::/%d", r.IntN(129)), "::ffff:192.0.2.1")
}

// uriText is an address for reports.
func uriText(r *rand.Rand) string {
	return one(r, "mailto:a@b.example", "MAILTO:a@b.example", "mailto:tls%2Creports@example.com", "https://r.example/v1?x=y", "mailto:x@y.example?subject=z")
}

// goodKey is a key of Ed25519 (RFC 8463 §A.2).
const goodKey = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="

// keyText is a public key as p= has it.
func keyText(r *rand.Rand) string {
	raw := make([]byte, ed25519.PublicKeySize)
	for i := range raw {
		raw[i] = byte(r.Uint32())
	}
	return one(r, goodKey, base64.StdEncoding.EncodeToString(raw))
}

// grammar makes a record: SPF by RFC 7208 §12, lists by RFC 6376 §3.2 with the tags of RFC 9989 §4.7, RFC 6376 §3.6.1,
// RFC 8461 §3.1 and RFC 8460 §3.
func grammar(r *rand.Rand, k lawText) string {
	unknown := one(r, "x=1", "pct=50", "ri=86400", "x-y_z = a b", "n2=")
	switch {
	case k.owner:
		return ownerText(r, k.Kind)
	case k.IsType():
		return wordText(r, k.Kind)
	}
	switch k.Kind {
	case KindSPF:
		return spfGrammar(r)
	case KindDMARC:
		policy := one(r, "none", "quarantine", "reject", "Reject")
		return listOf(r, "v=DMARC1", "p="+policy, shuffled(r, "sp="+policy, "np=none", "adkim=s", "aspf=r", "fo=1:d", "t="+one(r, "y", "n"),
			"psd=u", "rua="+uriText(r)+one(r, "", ","+uriText(r), " , "+uriText(r)), "ruf="+uriText(r), unknown))
	case KindDKIM:
		key, kind := keyText(r), "k=ed25519"
		if r.IntN(4) == 0 {
			key = ""
		}
		list := shuffled(r, "h=sha256", "s=email:*", "t="+one(r, "y", "s", "y:s", "s : y", "y:x", ""), "n=a note", unknown)
		list = append(list, kind)
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if r.IntN(3) == 0 {
			return listOf(r, "p="+key, kind, slices.DeleteFunc(list, func(s string) bool { return s == kind }))
		}
		return listOf(r, "v=DKIM1", "p="+key, list)
	case KindMTASTS:
		return listOf(r, "v=STSv1", one(r, "id=1", "id=20260101T000000Z", "id=aZ9"), shuffled(r, unknown))
	}
	return listOf(r, "v=TLSRPTv1", "rua="+uriText(r)+one(r, "", ", "+uriText(r)), shuffled(r, unknown, "rua="+uriText(r)))
}

// listOf is a tag list, with the blanks that may stand in one.
func listOf(r *rand.Rand, first, second string, rest []string) string {
	list := append([]string{second}, rest...)
	if r.IntN(3) == 0 {
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	between := one(r, "; ", ";", " ; ", ";\t")
	return strings.Join(append([]string{first}, list...), between) + one(r, "", ";", "; ", " ;;")
}

// spfGrammar makes a record of SPF.
func spfGrammar(r *rand.Rand) string {
	sign := func() string { return one(r, "", "", "", "+", "-", "~", "?") }
	text := one(r, "v=spf1", "V=SPF1")
	for range r.IntN(8) {
		text += strings.Repeat(" ", 1+r.IntN(2))
		switch r.IntN(8) {
		case 0, 1:
			network := networkText(r)
			term := networkTerm(network)
			text += sign() + one(r, term, strings.ToUpper(term))
		case 2:
			text += sign() + "include:" + domainText(r)
		case 3:
			text += sign() + one(r, "mx", "MX", "mx/24", "mx:"+domainText(r), "a//64", "a", "a:"+domainText(r)+"/24//64")
		case 4:
			text += sign() + one(r, "exists:%{i}."+domainText(r), "exists:%{l1r+-}._spf.%{d}", "ptr", "ptr:"+domainText(r))
		case 5:
			text += one(r, "x-y.z=%{s}", "ra=postmaster", "unknown=")
		case 6:
			text += one(r, "redirect=", "exp=") + domainText(r)
		default:
			text += sign() + "include:%{d}." + domainText(r)
		}
	}
	return text + one(r, "", " -all", "  ~all", " all", " ?ALL", " +all") + one(r, "", " ", "  x=y ", " exp=e."+domainText(r))
}

// anyValue is something that people set a field to, or type in error.
func anyValue(r *rand.Rand, f Field) string {
	if f.Choices != nil {
		return one(r, append([]string{""}, values(f.Choices)...)...)
	}
	switch f.Label {
	case "addresses":
		return some(r, 4, one(r, " ", ", "), func() string { return one(r, networkText(r), networkText(r), "ip4:192.0.2.9", "192.0.2") })
	case "redirect":
		return one(r, domainText(r), "redirect="+domainText(r), "a.example b.example", "", "-all")
	case "providers":
		return some(r, 4, " ", func() string {
			return one(r, domainText(r), domainText(r), "include:b.example", "%{d}.x.example", "mx")
		})
	case "reports to":
		return some(r, 4, one(r, " ", ","), func() string { return one(r, uriText(r), "a@b.example", "postmaster@example.com", "a@") })
	case "host", "domain", "target":
		return one(r, "mx2", "@", "a.b", "mx.example.net.", "x y", "", ".")
	case "port", "priority", "weight":
		return one(r, "25", "65535", "65536", "0", "+5", "x")
	case "data":
		return one(r, hexText(r, 32), hexText(r, 64), hexText(r, 1+r.IntN(9)), "AB:CD ef", "abc", certificateText, "x")
	case "value":
		return one(r, "ca.example", "ca.example; x=y", ";", "mailto:a@b.example", `a"b\c`, "", "\x00")
	case "selector":
		return one(r, "mail", "Sel.2026", "a b", "_x", "a._b", "")
	case "key":
		return one(r, keyText(r), "v=DKIM1; p="+keyText(r), "nonsense")
	}
	return one(r, "20260102", "x y", "7")
}

// values is what choices stand for.
func values(choices []Choice) (out []string) {
	for _, c := range choices {
		out = append(out, c.Value)
	}
	return out
}

// mutated is a text after an accident.
func mutated(r *rand.Rand, text string) string {
	b := []byte(text)
	for range 1 + r.IntN(3) {
		at := r.IntN(len(b) + 1)
		switch r.IntN(4) {
		case 0:
			b = slices.Insert(b, at, one(r, ";", " ", "=", ",", ":", "/", "\"", "\x00", "\xff", "\t", "-all", "p=", "%")[0])
		case 1:
			b = b[:at]
		case 2:
			if at < len(b) {
				b = slices.Delete(b, at, at+1)
			}
		default:
			b = slices.Insert(b, at, b[:r.IntN(len(b)+1)]...)
		}
	}
	return string(b)
}
