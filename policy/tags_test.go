package policy

import (
	"slices"
	"strings"
	"testing"
)

func TestParseTags(t *testing.T) {
	for text, want := range map[string]string{
		"":                                   "",
		";; ;":                               "",
		"v=DMARC1; p=none":                   "v|DMARC1|v=DMARC1 p|none|p=none",
		" v = DMARC1 ;\tp\t=\tnone\t; ":      "v|DMARC1|v = DMARC1 p|none|p\t=\tnone",
		"word; =x; a=b=c":                    "|word|word |x|=x a|b=c|a=b=c",
		"\x80=\xff;a=":                       "\x80|\xff|\x80=\xff a||a=",
		"v=DKIM1; p=AAAA BBBB; t=y:s; n=a;b": "v|DKIM1|v=DKIM1 p|AAAA BBBB|p=AAAA BBBB t|y:s|t=y:s n|a|n=a |b|b",
	} {
		var got []string
		for _, tag := range ParseTags(text) {
			got = append(got, tag.Name+"|"+tag.Value+"|"+tag.Text)
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// tagFaults is what is wrong with a record, each with the text that it stands at.
func tagFaults(text string, found []Fault) string {
	var out []string
	for _, f := range found {
		out = append(out, f.Of(text)+": "+f.Text)
	}
	return strings.Join(out, "; ")
}

// What a fault offers makes the text that it speaks of, and leaves all other octets.
func TestRemedies(t *testing.T) {
	for _, tt := range []struct {
		read       func(Tags) []Fault
		text, want string
		safe       bool
	}{
		{DMARCFaults, "v=DMARC1;p=none ; p=none; rua=mailto:a@b.example;", "v=DMARC1;p=none; rua=mailto:a@b.example;", true},
		{DMARCFaults, "v=DMARC1; p=none; p=reject", "", false},
		{DMARCFaults, "v=DMARC1; p=none; rua=mailto:a@b.example , ruf=mailto:c@d.example;", "v=DMARC1; p=none; rua=mailto:a@b.example; ruf=mailto:c@d.example;", false},
		{DMARCFaults, "v=DMARC1; p=none; rua=mailto:a@b.example \tmailto:c@d.example", "v=DMARC1; p=none; rua=mailto:a@b.example,mailto:c@d.example", false},
		{DMARCFaults, "v=DMARC1; p=none; rua=a@b.example", "v=DMARC1; p=none; rua=mailto:a@b.example", false},
		{DMARCFaults, "v=DMARC1; p=none; rua=mailto:a", "", false},
		{dkimFaults, "v=DKIM1; h=sha1; p=", "v=DKIM1; p=", true},
		{dkimFaults, "v=DKIM1; p=; h=sha1 ; ", "v=DKIM1; p= ; ", true},
		{dkimFaults, "h=sha1; p=", "p=", true},
	} {
		found := tt.read(ParseTags(tt.text))
		if len(found) != 1 {
			t.Fatalf("%q: %v", tt.text, found)
		}
		r := found[0].Remedy
		got := ""
		if len(r.Changes) > 0 {
			got = Apply(tt.text, r.Changes...)
		}
		if got != tt.want || r.Safe != tt.safe || (r.Words == "") != (tt.want == "") {
			t.Errorf("%q: %+v gives %q", tt.text, r, got)
		}
	}
}

func TestReportHosts(t *testing.T) {
	for text, want := range map[string]string{
		"mailto:a@B.example":           "b.example",
		"MailTo:a@b.example.!10m":      "b.example.",
		"mailto:a@b@c.example?x=d@e.f": "c.example",
		"mailto:a@[192.0.2.1]":         "",
		"mailto:a@b\xfccher.example":   "",
		"https://b.example/x@c":        "",
		"a@b.example":                  "",
		"mailto:a":                     "",
		"":                             "",
	} {
		for r := range ParseTags("rua=" + text)[0].Reports() {
			if r.Host != want {
				t.Errorf("%q: %q, want %q", text, r.Host, want)
			}
		}
	}
}

func TestTagFaults(t *testing.T) {
	for _, tt := range []struct {
		read       func(Tags) []Fault
		text, want string
	}{
		{DMARCFaults, "v=DMARC1; p=none; rua=mailto:a@b.example, https://b.example/x", ""},
		{DMARCFaults, "v=DMARC1; rua=mailto:a@b.example", ""},
		{DMARCFaults, "v=DMARC1; p=block", `p=block: "p=block": a DMARC record knows the values none, quarantine and reject here`},
		{DMARCFaults, "v=DMARC1; p=none; rua=mailto:a@b.example,  c@d.example ",
			`c@d.example: "c@d.example" is no URI for reports: write "mailto:c@d.example"`},
		{DMARCFaults, "v=DMARC1; none", `none: "none" is no tag: write name=value, with a semicolon after each; ` +
			": a DMARC record without p= and without rua= says nothing: add p=none, p=quarantine or p=reject"},
		{DMARCFaults, "v=DMARC1; p=none; fo=1:d:S; rua=MAILTO:a@b.example!10m,mailto:a%40b@c.example?subject=x@y; x=1; X=2", ""},
		{DMARCFaults, "v=DMARC1; p=none; p=reject; x=1; x=2", `p=reject: "p=reject": a second p=, receivers may take nothing of the record: leave one; ` +
			`x=2: "x=2": a second x=, receivers may take nothing of the record: leave one`},
		{DMARCFaults, "v=DMARC1; p=none; fo=1,d", `fo=1,d: "fo=1,d": write 0, 1, d or s, and colons between them`},
		{DMARCFaults, "v=DMARC1; p=none; fo=", `fo=: "fo=": write 0, 1, d or s, and colons between them`},
		{DMARCFaults, "v=DMARC1; p=none; rua=mailto:dmarc", `mailto:dmarc: "mailto:dmarc" has no @: no report arrives, write mailto:NAME@DOMAIN`},
		{DMARCFaults, "v=DMARC1; p=none; ruf=mailto:dmarc@", `mailto:dmarc@: "mailto:dmarc@" has no domain behind its @: no report arrives, write mailto:NAME@DOMAIN`},
		{DMARCFaults, "v=DMARC1; p=none; ruf=mailto:@b.example", `mailto:@b.example: "mailto:@b.example" has no name before its @: no report arrives, write mailto:NAME@DOMAIN`},
		{DMARCFaults, "v=DMARC1; p=none; rua=mailto:a@b.example mailto:c@d.example",
			`mailto:a@b.example mailto:c@d.example: "mailto:a@b.example mailto:c@d.example" is read as one address: write commas between them`},
		{DMARCFaults, "v=DMARC1; p=none; rua=mailto: a@b.example", `mailto: a@b.example: "mailto: a@b.example" has a blank in it: no address has one, take it away`},
		{DMARCFaults, "v=DMARC1; p=none; rua=mailto:a@b.example; mailto:c@d.example",
			`mailto:c@d.example: "mailto:c@d.example" is no tag: if it is another address for reports, write a comma before it`},
		{DMARCFaults, "v=DMARC1; p=none; rua=mailto:a@b.example,ruf=mailto:c@d.example",
			`ruf=mailto:c@d.example: "ruf=mailto:c@d.example" is read as an address: write "; ruf="`},
		{DMARCFaults, "v=DMARC1; p=none; rua=ruf=mailto:c@d.example",
			`ruf=mailto:c@d.example: "ruf=mailto:c@d.example" is no URI for reports: write "mailto:c@d.example"`},
		{DMARCFaults, "v=DMARC1; p=none; rua=mailto:a@b.example,mailto=c@d.example",
			`mailto=c@d.example: "mailto=c@d.example" is no URI for reports: write "mailto:c@d.example"`},
		{DMARCFaults, "v=DMARC1; p=none; rua=", `rua=: "rua=": an address is missing, write mailto:NAME@DOMAIN`},
		{DMARCFaults, "v=DMARC1; p=none; rua=dmarc", `dmarc: "dmarc" is no URI for reports: write mailto:NAME@DOMAIN`},
		{MTASTSFaults, "v=STSv1; id=20260101", ""},
		{MTASTSFaults, "v=STSv1; id=20260101; id=2", ""}, // the second one is an extension (RFC 8461 §3.1)
		{MTASTSFaults, "v=STSv1; id=2026-01", `id=2026-01: id "2026-01": write 1 to 32 letters and digits`},
		{MTASTSFaults, "v=STSv1; id=\xc5\xbf", "id=\xc5\xbf: id \"\xc5\xbf\": write 1 to 32 letters and digits"},
		{MTASTSFaults, "v=STSv1", ": an MTA-STS record without id=: senders take it as none, add one and change it with the policy"},
		{TLSRPTFaults, "v=TLSRPTv1; rua=mailto:a@b.example,HTTPS://b.example", ""},
		{TLSRPTFaults, "v=TLSRPTv1; rua=mailto:a@b.example, a@b.example", `a@b.example: "a@b.example" is neither a "mailto:" nor an "https:" address`},
		{TLSRPTFaults, "v=TLSRPTv1; rua=mailto:a@b.example; rua=https://b.example", ""}, // there may be several (RFC 8460 §3)
		{TLSRPTFaults, "v=TLSRPTv1; rua=mailto:a@b.example; rua=b.example", `b.example: "b.example" is neither a "mailto:" nor an "https:" address`},
		{TLSRPTFaults, "v=TLSRPTv1; rua=mailto:a", `mailto:a: "mailto:a" has no @: no report arrives, write mailto:NAME@DOMAIN`},
		{TLSRPTFaults, "v=TLSRPTv1; rua=", ": a TLSRPT record without rua=: say where reports go, by \"mailto:\" or \"https:\""},
		{dkimFaults, "v=DKIM1; p=", ""},
		{DMARCFaults, "v=DMARC1; p=none; rua=mailto://a@b.example",
			`mailto://a@b.example: "mailto://a@b.example" is read as the address "//a@b.example": write "mailto:a@b.example"`},
		{DMARCFaults, "v=DMARC1; p=none; rua=mailto:<a@b.example>",
			`mailto:<a@b.example>: "mailto:<a@b.example>" is read as the address "<a@b.example>": write "mailto:a@b.example"`},
		{DMARCFaults, "v=DMARC1; p=none; rua=mailto:a@b..example",
			`mailto:a@b..example: "mailto:a@b..example" has an empty label in its domain: no report arrives, write mailto:NAME@DOMAIN`},
		{DMARCFaults, "v=DMARC1; p=none rua=mailto:a@b.example", `p=none rua=mailto:a@b.example: "p=none rua=mailto:a@b.example": a semicolon is missing before rua=`},
		{TLSRPTFaults, "v=TLSRPTv1; rua=mailto:a@b.example,", `rua=mailto:a@b.example,: "rua=mailto:a@b.example,": an address is missing, write mailto:NAME@DOMAIN`},
		{dkimFaults, "v=DKIM1 p=", "v=DKIM1: a semicolon is missing behind v=DKIM1"},
		{dkimFaults, "p=; v=DKIM1", "v=DKIM1: v=DKIM1 has to stand first, in these letters"},
		{dkimFaults, "k=rsa; p=???", "p=???: p= is not base64: copy the key again, complete and without other characters"},
		{dkimFaults, "k=ed25519; p=AAAA", "p=AAAA: p= holds 3 octets, an ed25519 key has 32: copy the key again"},
		{dkimFaults, "v=DKIM1; h=sha1:sha256; p=", ""},
		{dkimFaults, "v=DKIM1; h=SHA256; p=", ""},
		{dkimFaults, "v=DKIM1; h=sha1; p=", `h=sha1: "h=sha1" leaves sha256 out, the one hash that receivers take: take h= away`},
		{dkimFaults, "v=DKIM1; h=; p=", `h=: "h=" leaves sha256 out, the one hash that receivers take: take h= away`},
		{dkimFaults, "v=DKIM1; p=; p=AAAA", `p=AAAA: "p=AAAA": a second p=, receivers may take nothing of the record: leave one`},
		{dkimFaults, "k=rsa", ": it has no p=: add the key"},
	} {
		if got := tagFaults(tt.text, tt.read(ParseTags(tt.text))); got != tt.want {
			t.Errorf("%q:\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestVersions(t *testing.T) {
	for text, want := range map[string]bool{"v=DMARC1": true, " ; v=DMARC1;p=none": true, "v = DMARC1 ; p=none": true, "v=dmarc1": false, "p=none; v=DMARC1": false, "v=DMARC10": false} {
		if IsDMARC(text) != want {
			t.Errorf("%q is DMARC: %v", text, !want)
		}
	}
	for text, want := range map[string]bool{"v=STSv1": true, "v=STSv1 ;id=1": true, "v=STSv10; id=1": false, "v=STSv1 id=1": false} {
		if HasVersion(text, "STSv1") != want {
			t.Errorf("%q is MTA-STS: %v", text, !want)
		}
	}
}

// FuzzTags holds the law of the package for lists: tags and faults lie in the text, in order.
func FuzzTags(f *testing.F) {
	for _, s := range []string{"v=DMARC1; p=none; rua=mailto:a@b.example,,x", "v=DKIM1; p=AAAA", ";=;", "a= b ,c ;\xff", "rua=mailto:a b,ruf= c; h=sha1; h=sha1;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		list := ParseTags(text)
		for _, tag := range list {
			if tag.Start < at || tag.End <= tag.Start || tag.End > len(text) || text[tag.valueAt():tag.End] != tag.Value {
				t.Fatalf("%q: %+v behind %d", text, tag, at)
			}
			if tag.Text != tag.Of(text) || strings.Trim(text[at:tag.Start], "; \t") != "" {
				t.Fatalf("%q: %+v behind %d", text, tag, at)
			}
			at = tag.End
			for span, item := range tag.items() {
				if span.Of(text) != item {
					t.Fatalf("%q: %q at %v", text, item, span)
				}
			}
		}
		if strings.Trim(text[at:], "; \t") != "" {
			t.Fatalf("%q: %q is lost", text, text[at:])
		}
		for i := range list {
			left := ParseTags(Apply(text, list.Without(i, "").Changes...))
			if !sameTags(left, list[:i], list[i+1:]) {
				t.Fatalf("%q: without tag %d: %+v", text, i, left)
			}
		}
		IsDMARC(text)
		for _, found := range [][]Fault{DMARCFaults(list), MTASTSFaults(list), TLSRPTFaults(list), ReadDKIM(list).Faults} {
			for _, fault := range found {
				if fault.Start < 0 || fault.End < fault.Start || fault.End > len(text) || fault.Text == "" {
					t.Fatalf("%q: %+v", text, fault)
				}
				Apply(text, fault.Remedy.Changes...)
			}
		}
	})
}

// sameTags tells whether a list says what two others say one behind the other.
func sameTags(l Tags, parts ...Tags) bool {
	return slices.EqualFunc(l, slices.Concat(parts...), func(a, b Tag) bool { return a.Text == b.Text })
}

// An id that follows is one, and another one.
func TestNextID(t *testing.T) {
	for id, want := range map[string]string{"1": "2", "9": "10", "099": "100", "20260101T000000": "20260101T000001", "a9": "a10", "199": "200", "20260101T095959Z": "20260101T095960Z", "9b": "10b",
		"": "", "abc": "", strings.Repeat("9", 32): "", strings.Repeat("a", 31) + "1": strings.Repeat("a", 31) + "2", "a-1": ""} {
		got := NextID(id)
		if got != want {
			t.Errorf("%q is followed by %q, want %q", id, got, want)
		}
		if field := KindMTASTS.Fields()[0]; got != "" && (got == id || field.Check("v=STSv1; id=x", got) != nil) {
			t.Errorf("%q is followed by %q, which is no new id", id, got)
		}
	}
}
