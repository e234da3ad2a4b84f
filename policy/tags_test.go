package policy

import (
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
			got = append(got, tag.Name+"|"+tag.Value+"|"+tag.Of(text))
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
		{MTASTSFaults, "v=STSv1; id=20260101", ""},
		{MTASTSFaults, "v=STSv1; id=2026-01", `id=2026-01: id "2026-01": write 1 to 32 letters and digits`},
		{MTASTSFaults, "v=STSv1; id=\xc5\xbf", "id=\xc5\xbf: id \"\xc5\xbf\": write 1 to 32 letters and digits"},
		{MTASTSFaults, "v=STSv1", ": an MTA-STS record without id=: senders take it as none, add one and change it with the policy"},
		{TLSRPTFaults, "v=TLSRPTv1; rua=mailto:a@b.example,HTTPS://b.example", ""},
		{TLSRPTFaults, "v=TLSRPTv1; rua=mailto:a@b.example, a@b.example", `a@b.example: "a@b.example" is neither a mailto: nor an https: address`},
		{TLSRPTFaults, "v=TLSRPTv1; rua=", ": a TLSRPT record without rua=: say where reports go, by mailto: or https:"},
		{func(l Tags) []Fault { return ReadDKIM(l).Faults }, "v=DKIM1; p=", ""},
		{func(l Tags) []Fault { return ReadDKIM(l).Faults }, "p=; v=DKIM1", "v=DKIM1: v=DKIM1 has to stand first, in these letters"},
		{func(l Tags) []Fault { return ReadDKIM(l).Faults }, "k=rsa; p=???", "p=???: p= is not base64: copy the key again, complete and without other characters"},
		{func(l Tags) []Fault { return ReadDKIM(l).Faults }, "k=ed25519; p=AAAA", "p=AAAA: p= holds 3 octets, an ed25519 key has 32: copy the key again"},
		{func(l Tags) []Fault { return ReadDKIM(l).Faults }, "k=rsa", ": it has no p=: add the key"},
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
	for _, s := range []string{"v=DMARC1; p=none; rua=mailto:a@b.example,,x", "v=DKIM1; p=AAAA", ";=;", "a= b ,c ;\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		list := ParseTags(text)
		for _, tag := range list {
			if tag.Start < at || tag.End <= tag.Start || tag.End > len(text) || text[tag.valueAt():tag.End] != tag.Value {
				t.Fatalf("%q: %+v behind %d", text, tag, at)
			}
			at = tag.End
			for span, item := range tag.items() {
				if span.Of(text) != item {
					t.Fatalf("%q: %q at %v", text, item, span)
				}
			}
		}
		IsDMARC(text)
		for _, found := range [][]Fault{DMARCFaults(list), MTASTSFaults(list), TLSRPTFaults(list), ReadDKIM(list).Faults} {
			for _, fault := range found {
				if fault.Start < 0 || fault.End < fault.Start || fault.End > len(text) || fault.Text == "" {
					t.Fatalf("%q: %+v", text, fault)
				}
			}
		}
	})
}
