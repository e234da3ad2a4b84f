package lint_test

// Edits of text as people make them, of every kind of line that a zone file has. What is found after an edit without a visit
// of all names is held against whole runs for these, and for the edits that the editor makes.

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// scribe writes random lines about the names of a zone.
type scribe struct {
	*rand.Rand
	zone    *zonefile.Zone
	records []zonefile.Record
	eol     string
}

// newScribe writes about a zone, with its line ends.
func newScribe(rng *rand.Rand, z *zonefile.Zone) *scribe {
	s := &scribe{rng, z, slices.Collect(z.Records()), "\n"}
	if first := z.Root().Line(1); strings.HasSuffix(string(z.Root().Slice(first)), "\r") {
		s.eol = "\r\n"
	}
	return s
}

// oneOf is one of some.
func oneOf[T any](rng *rand.Rand, all ...T) T { return all[rng.IntN(len(all))] }

// known is a name that the zone or its data has.
func (s *scribe) known() zonefile.Name {
	if len(s.records) == 0 {
		return s.zone.Origin()
	}
	r := oneOf(s.Rand, s.records...)
	if target, ok := r.Target(); ok && s.IntN(2) == 0 {
		return target
	}
	return r.Owner()
}

// name is a name as somebody writes it: one that is known, above or below it, with a label that means something, or another
// spelling.
func (s *scribe) name() string {
	n := string(s.known())
	switch s.IntN(12) {
	case 0:
		n = string(zonefile.Name(n).Parent())
	case 1, 2:
		n = oneOf(s.Rand, "*.", "new.", "mx1.", "a.b.", "_dmarc.", "_mta-sts.", "mta-sts.", "_25._tcp.", "_smtp._tls.", "k1._domainkey.",
			"_imap._tcp.", "_report._dmarc.", "it.", "mail.*.") + n
	case 3:
		n = string(s.zone.Origin())
	case 4:
		n = oneOf(s.Rand, "mx1.", "www.", "mail.", "ns1.", "dept.", "x.dept.", "*.", "*.dept.", "com.", "de.") + string(s.zone.Origin())
	}
	if n == "" || n == "." {
		n = string(s.zone.Origin())
	}
	if n = strings.TrimPrefix(n, "."); n == "" { // nothing says how the zone is called
		n = "example.com."
	}
	return s.spell(n)
}

// spell writes a name absolute, relative, in capitals, with an escape, or without the dot that it needs.
func (s *scribe) spell(n string) string {
	relative := strings.TrimSuffix(strings.TrimSuffix(n, string(s.zone.Origin())), ".")
	switch s.IntN(10) {
	case 0:
		return strings.ToUpper(n)
	case 1:
		if c := n[0]; c >= 'a' && c <= 'z' {
			return fmt.Sprintf(`\%03d%s`, c, n[1:])
		}
	case 2:
		return strings.TrimSuffix(n, ".")
	case 3, 4, 5, 6:
		if relative == "" {
			return "@"
		}
		if relative+"." != n {
			return relative
		}
	}
	return n
}

// address is one of few, for two hosts to share.
func (s *scribe) address() string { return fmt.Sprintf("192.0.2.%d", s.IntN(9)) }

// data is a type with its data.
func (s *scribe) data() string {
	switch s.IntN(18) {
	case 0, 1, 2:
		return fmt.Sprintf("MX %d %s", s.IntN(4)*10, s.name())
	case 3, 4:
		return "A " + s.address()
	case 5:
		return fmt.Sprintf("AAAA 2001:db8::%d", s.IntN(5))
	case 6, 7:
		return "CNAME " + s.name()
	case 8:
		return "NS " + s.name()
	case 9:
		return oneOf(s.Rand, "DNAME ", "PTR ") + s.name()
	case 10, 11:
		return "TXT " + s.spf()
	case 12:
		return "TXT " + oneOf(s.Rand, `"v=DMARC1; p=none"`, `"v=DMARC1; p=reject; rua=mailto:a@example.net"`, `"v=STSv1; id=2"`,
			`"v=TLSRPTv1; rua=mailto:a@example.com"`, `"v=DKIM1; p="`, `"hello"`)
	case 13:
		return fmt.Sprintf("SRV 0 1 %d %s", oneOf(s.Rand, 25, 143), s.name())
	case 14:
		return fmt.Sprintf("TLSA %d 1 1 %s", s.IntN(4), strings.Repeat("ab", 31+s.IntN(2)))
	case 15:
		return fmt.Sprintf("SOA %s %s %d 4h 1h 2w 1h", s.name(), s.name(), s.IntN(100))
	case 16:
		return fmt.Sprintf("HTTPS 1 %s", s.name())
	}
	return fmt.Sprintf("NAPTR 1 1 \"s\" \"x\" \"\" %s", s.name())
}

// spf is an SPF record.
func (s *scribe) spf() string {
	terms := []string{"v=spf1"}
	for range 1 + s.IntN(3) {
		host := strings.TrimSuffix(string(s.known()), ".")
		terms = append(terms, oneOf(s.Rand, "mx", "a", "a:"+host, "mx:"+host, "include:"+host, "exists:"+host, "ip4:"+s.address(), "a:"+host+"/24", "ptr"))
	}
	if s.IntN(4) == 0 {
		terms = append(terms, "redirect="+strings.TrimSuffix(string(s.known()), "."))
	} else {
		terms = append(terms, oneOf(s.Rand, "-all", "~all"))
	}
	text := strings.Join(terms, " ")
	if at := len(text) / 2; s.IntN(3) == 0 {
		return fmt.Sprintf("%q %q", text[:at], text[at:])
	}
	return `"` + text + `"`
}

// record is a line of a record.
func (s *scribe) record() string {
	owner := s.name()
	if s.IntN(8) == 0 {
		owner = ""
	}
	ttl := oneOf(s.Rand, " ", " ", " ", " ", " 300 ", " 1d ", " 0 ", " 3000000000 ")
	return owner + ttl + s.data() + oneOf(s.Rand, "", "", "", "", "", "", " ; lint:ignore mx-target-cname,mx-target-no-address,cname-with-others", " ; said")
}

// line is any line.
func (s *scribe) line() string {
	switch s.IntN(24) {
	case 0:
		return oneOf(s.Rand, "$TTL 5m", "$TTL 3000000000", "$ORIGIN "+s.name(), "$ORIGIN "+string(s.zone.Origin()), "$INCLUDE nothing.db",
			fmt.Sprintf("$GENERATE 1-3 g$ %s", s.data()))
	case 1:
		return oneOf(s.Rand, "; a comment", "", "broken", "; lint:ignore mx-target-cname,mx-target-no-address,ns-target-cname",
			"; lint:ignore-file mx-single,mx-target-no-address", "; lint:ignore nonsense")
	}
	return s.record()
}

// edits is one change of text, or several at once.
func (s *scribe) edits() (what string, edits []zonefile.Edit) {
	n := 1
	if s.IntN(5) == 0 {
		n += s.IntN(3)
	}
	taken := map[uint32]bool{}
	for range n {
		said, e := s.edit()
		at := e[0].Start
		if taken[at] {
			continue
		}
		taken[at] = true
		what += said + "; "
		edits = append(edits, e...)
	}
	return what, edits
}

// edit inserts a line, replaces one, deletes one, comments one out, or takes a comment's sign away.
func (s *scribe) edit() (what string, edits []zonefile.Edit) {
	files := slices.Collect(s.zone.Files())
	f := oneOf(s.Rand, files...)
	at := uint32(s.IntN(f.Size() + 1))
	for at > 0 && string(f.Slice(zonefile.Span{Start: at - 1, End: at})) != "\n" {
		at--
	}
	end := at
	for int(end) < f.Size() && string(f.Slice(zonefile.Span{Start: end, End: end + 1})) != "\n" {
		end++
	}
	end = min(end+1, uint32(f.Size()))
	old := string(f.Slice(zonefile.Span{Start: at, End: end}))
	change := func(how, text string, end uint32) (string, []zonefile.Edit) {
		return fmt.Sprintf("%s %q: %q", how, old, text), []zonefile.Edit{{File: f, Span: zonefile.Span{Start: at, End: end}, New: text}}
	}
	switch s.IntN(6) {
	case 0:
		return change("delete", "", end)
	case 1:
		if text, is := strings.CutPrefix(old, ";"); is {
			return change("uncomment", text, end)
		}
		return change("comment", ";"+old, end)
	case 2:
		return change("replace", s.line()+s.eol, end)
	case 3:
		return change("write before", s.line()+s.eol+s.line()+s.eol, at)
	}
	return change("write before", s.line()+s.eol, at)
}

// wholeName is an edit that deletes all records of a name, or comments one out.
func (s *scribe) wholeName() (what string, edits []zonefile.Edit, err error) {
	r := oneOf(s.Rand, s.records...)
	if s.IntN(2) == 0 {
		edits, err = s.zone.CommentOut(r)
		return "comment out " + r.Place(), edits, err
	}
	edits, err = s.zone.Delete(s.zone.Node(r.Owner()).Records...)
	return fmt.Sprintf("delete all of %s", r.Owner()), edits, err
}
