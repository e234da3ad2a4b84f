package policy

import (
	"net/netip"
	"strings"
	"testing"
)

// faults is all that is wrong with a record, each with the text it stands at.
func faults(s SPF) []string {
	var out []string
	for _, t := range s.Terms {
		for _, f := range t.Faults {
			out = append(out, f.Of(s.Text)+": "+f.Text)
		}
	}
	return out
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"v=spf1", ""},
		{"v=spf1 -all", ""},
		{"V=SPF1 ?ALL", ""},
		{"v=spf1 a mx ptr a:example.com mx:example.com/24 a/24//64 a//64 -all", ""},
		{"v=spf1 a:foo:bar/baz.example.com -all", ""},
		{"v=spf1 include:%{d}._spf.example.com exists:%{ir}.%{l1r+-}.%{d} -all", ""},
		{"v=spf1 redirect=%{d2}.example.com. exp=%{d}", ""},
		{"v=spf1 moo.cow-far_out=man:dog/cat", ""},
		{"v=spf1 default=pass", ""},
		{"v=spf1 a:a.example.com.", ""},
		{"v=spf1 ip:192.0.2.1", `ip:192.0.2.1: there is no mechanism "ip": write ip4 or ip6`},
		{"v=spf1 192.0.2.1", "192.0.2.1: an address needs \"ip4:\" or \"ip6:\" before it"},
		{"v=spf1 ip4:192.0.2.256", `192.0.2.256: "192.0.2.256" is no IPv4 address`},
		{"v=spf1 ip4:2001:db8::1", `2001:db8::1: "2001:db8::1" is no IPv4 address: write ip6:`},
		{"v=spf1 ip6:192.0.2.1", `192.0.2.1: "192.0.2.1" is no IPv6 address: write ip4:`},
		{"v=spf1 ip4:192.0.2.0/08", `/08: "/08" is no prefix length of IPv4: write a number up to 32, without a leading zero`},
		{"v=spf1 ip4:192.0.2.0/33", `/33: "/33" is no prefix length of IPv4: write a number up to 32, without a leading zero`},
		{"v=spf1 ip4:192.0.2.0/", `/: "/" is no prefix length of IPv4: write a number up to 32, without a leading zero`},
		{"v=spf1 ip4:", "ip4:: ip4 needs an IPv4 address behind a colon"},
		{"v=spf1 ip4", "ip4: ip4 needs an IPv4 address behind a colon"},
		{"v=spf1 a/24/64", `/24/64: the prefix length of IPv6 takes two slashes: write "/24//64"`},
		{"v=spf1 a:example.com/", `/: "/" is no prefix length of IPv4: write a number up to 32, without a leading zero`},
		{"v=spf1 a/x", `/x: "/x" is no prefix length: write /24, //64 or /24//64, and a domain behind a colon`},
		{"v=spf1 ptr/example.com", `/example.com: ptr takes a domain behind a colon: write "ptr:example.com"`},
		{"v=spf1 a//129", `//129: "//129" is no prefix length of IPv6: write a number up to 128, without a leading zero`},
		{"v=spf1 a:", "a:: \"a:\" needs a domain behind it"},
		{"v=spf1 mx:/24", "mx:/24: \"mx:\" needs a domain behind it"},
		{"v=spf1 include", "include: \"include:\" needs a domain behind it"},
		{"v=spf1 include:", "include:: \"include:\" needs a domain behind it"},
		{"v=spf1 exists:", "exists:: \"exists:\" needs a domain behind it"},
		{"v=spf1 redirect=", "redirect=: \"redirect=\" needs a domain behind it"},
		{"v=spf1 exp=", "exp=: \"exp=\" needs a domain behind it"},
		{"v=spf1 redirect:example.com", `redirect:example.com: write "redirect=" with an equals sign`},
		{"v=spf1 a:mail", `mail: "mail" has one label: write the full name`},
		{"v=spf1 a:192.0.2.1", `192.0.2.1: "192.0.2.1" is an address: write "ip4:192.0.2.1"`},
		{"v=spf1 a:2001:db8::1", `2001:db8::1: "2001:db8::1" is an address: write "ip6:2001:db8::1"`},
		{"v=spf1 a:192.0.2.0/24", `192.0.2.0: "192.0.2.0" is an address: write "ip4:192.0.2.0/24"`},
		{"v=spf1 mx:2001:db8::/32", `2001:db8::: "2001:db8::" is an address: write "ip6:2001:db8::/32"`},
		{"v=spf1 a:192.0.2.0/24//64", `192.0.2.0: "192.0.2.0" is an address: write "ip4:" or "ip6:" before it`},
		{"v=spf1 redirect=192.0.2.1", `192.0.2.1: "192.0.2.1" is an address: a domain has to stand there`},
		{"v=spf1 include:http://example.com", `http://example.com: "http://example.com" is the address of a page: write the domain alone`},
		{"v=spf1 include:include:example.com", `include:include:example.com: "include:" is a term of its own: write "include:example.com"`},
		{"v=spf1 redirect=include:example.com", `redirect=include:example.com: redirect= takes a domain and nothing before it`},
		{"v=spf1 ptr/24", `/24: ptr takes no prefix length: take "/24" away`},
		{"v=spf1 ip4:mail.example.com", `mail.example.com: "mail.example.com" is no IPv4 address: a host takes "a:" before it`},
		{"v=spf1 2001:db8::/32", "2001:db8::/32: an address needs \"ip4:\" or \"ip6:\" before it"},
		{"v=spf1 mail.example.com", `mail.example.com: there is no mechanism "mail.example.com": a host takes "a:" before it, a domain whose SPF record counts "include:"`},
		{"v=spf1 -include=example.com", `-include=example.com: an equals sign makes it a modifier: write "-include:example.com"`},
		{"v=spf1 m\xe9x", "m\xe9x: there is no mechanism \"m\xe9x\": SPF knows all, include, a, mx, ptr, ip4, ip6 and exists"},
		{"v=spf1 x=%{c}%{r}%{t} y=include:a.b z=ip4:1-all", ""},
		{"v=spf1 a:dns..example.net", `dns..example.net: "dns..example.net" has an empty label`},
		{"v=spf1 a:example.1", `example.1: "example.1" does not end in a top-level domain: "1" is none`},
		{"v=spf1 -all:x", `-all:x: all takes nothing behind it: write "all"`},
		{"v=spf1 -redirect=example.com", `-redirect=example.com: a modifier takes no sign before it: take the "-" away`},
		{"v=spf1 mx -allv=spf1 a -all", `-allv=spf1: a blank is missing before "v=spf1"`},
		{"v=spf1 mx -allsite=abc", `-allsite=abc: there is no mechanism with an equals sign in it, and a modifier takes no sign before it`},
		{"v=spf1 mx - all", `-: a sign stands alone: write it before a mechanism, without a blank between them`},
		{"v=spf1 redirect=a.example.com redirect=b.example.com", "redirect=b.example.com: redirect= stands twice: a record may have one"},
		{"v=spf1 1=x", `1=x: "1" is no name of a modifier: letters, digits, '-', '_' and '.', a letter first`},
		{"v=spf1 x=%", `%: "%" is a lone percent sign: write %%`},
		{"v=spf1 exists:%{x}.example.com", `%{x}: "%{x}" is no macro: SPF knows s l o d i p h v`},
		{"v=spf1 exists:%{d0}.example.com", `%{d0}: "%{d0}" keeps no label: the number is at least 1`},
		{"v=spf1 exists:%{d", `%{d: "%{d" is a macro without its closing brace`},
		{"v=spf1 exists:%{c}.example.com", `%{c}: "%{c}" may stand only in the text that exp= leads to`},
		{"v=spf1 exists:%(d).example.com", `%(: "%(" is no macro: write %% for a percent sign`},
		{"v=spf1 a:ex\tample.com", "\t: \\009 is no blank to SPF: terms are separated by blanks alone"},
		{"v=spf1 a:ex\x01ample.com", "\x01: the octet \\001 may not stand in SPF: only visible ASCII characters"},
		{"v=spf1 mx\u00a0-all", "\u00a0: \\194\\160 is no blank to SPF: terms are separated by blanks alone"},
		{"v=spf1 ip4:" + strings.Repeat("1", 100), strings.Repeat("1", 100) + `: "` + strings.Repeat("1", 60) + `..." is no IPv4 address`},
		{"v=spf1 mx-all", `mx-all: a blank is missing before "-all"`},
		{"v=spf1 mxip4:192.0.2.1", `mxip4:192.0.2.1: a blank is missing before "ip4:"`},
	} {
		if got := strings.Join(faults(ParseSPF(tt.text)), "; "); got != tt.want {
			t.Errorf("%q:\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

// What a fault says to write in its place has fewer faults, and is found nowhere else.
func TestInstead(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"ip:192.0.2.1", "ip4:192.0.2.1"},
		{"-ip:2001:db8::1/64", "-ip6:2001:db8::1/64"},
		{"ip:mail", ""},
		{"192.0.2.0/24", "ip4:192.0.2.0/24"},
		{"?2001:db8::1", "?ip6:2001:db8::1"},
		{"ip4:2001:db8::1", "ip6:2001:db8::1"},
		{"ip4:mail.example.com", "a:mail.example.com"},
		{"~a:192.0.2.1/24", "~ip4:192.0.2.1/24"},
		{"mx:2001:db8::1//64", "ip6:2001:db8::1/64"},
		{"a:192.0.2.1/24//64", ""},
		{"a/24/64", "a/24//64"},
		{"a:example.com/24/64", "a:example.com/24//64"},
		{"ptr/example.com", "ptr:example.com"},
		{"-all:x", "-all"},
		{"redirect:example.com", "redirect=example.com"},
		{"-redirect=example.com", "redirect=example.com"},
		{"-include=example.com", "-include:example.com"},
		{"mx-all", "mx -all"},
		{"mx\t-all", "mx -all"},
		{"mx\u00a0\tip4:192.0.2.1\r", "mx ip4:192.0.2.1"},
		{"mx~include:example.com", "mx ~include:example.com"},
		{"include:a.exampleinclude:b.example", "include:a.example include:b.example"},
		{"a:ip4:192.0.2.1", "ip4:192.0.2.1"},
		{"a:mail", ""},
		{"ip4:192.0.2.256", ""},
	} {
		s := ParseSPF("v=spf1 " + tt.text + " ?all")
		if len(s.Terms) != 2 || len(s.Terms[0].Faults) != 1 {
			t.Errorf("%q: %+v", tt.text, s.Terms)
			continue
		}
		got := s.Terms[0].Faults[0].Instead
		if got != tt.want {
			t.Errorf("%q: instead %q, want %q", tt.text, got, tt.want)
		}
		if got != "" && ParseSPF(Apply(s.Text, Change{s.Terms[0].Span, got})).Broken() {
			t.Errorf("%q: %q is wrong, too", tt.text, got)
		}
	}
}

func TestMeant(t *testing.T) {
	for text, want := range map[string]string{
		"include=example.com": "include:example.com", "all=x": "all", "ip4=192.0.2.1": "ip4:192.0.2.1", "ptr=": "ptr", "a=": "a",
		"include=": "", "ip4=mail": "", "v=spf1": "", "x=y": "", "mx": "", "redirect=x.example": "",
	} {
		if got := ParseSPF("v=spf1 " + text).Terms[0].Meant(); got != want {
			t.Errorf("%s: meant %q, want %q", text, got, want)
		}
	}
}

func TestPassesNobody(t *testing.T) {
	for text, want := range map[string]bool{
		"v=spf1": true, "v=spf1 -all": true, "v=spf1 ~all": true, "v=spf1 ?mx -all": true, "v=spf1 exp=a.b": true,
		"v=spf1 redirect=a.b": false, "v=spf1 -all redirect=a.b": true, "v=spf1 redirect=a.b -all": true,
		"v=spf1 +all": false, "v=spf1 mx": false, "v=spf1 -all mx": true, "v=spf1 -a +mx -all": false,
	} {
		if got := ParseSPF(text).PassesNobody(); got != want {
			t.Errorf("%q passes nobody: %v", text, got)
		}
	}
}

func TestLooksLikeSPF(t *testing.T) {
	for _, tt := range []struct{ parts, at, instead string }{
		{"v=spf1|mx|-all", "v=spf1mx-all", "v=spf1 mx -all"},
		{"v=spf1|mx -all", "v=spf1mx -all", "v=spf1 mx -all"},
		{"'v=spf1|mx|-all'", "'v=spf1mx-all'", "v=spf1 mx -all"},
		{" v=spf1 mx -all", " ", "v=spf1 mx -all"},
		{"\tv=spf1 mx -all", "\t", "v=spf1 mx -all"},
		{`"v=spf1 mx -all"`, `"`, "v=spf1 mx -all"},
		{"\u201cv=spf1 mx -all\u201d", "\u201c", "v=spf1 mx -all"},
		{"\ufeffv=spf1 -all", "\ufeff", "v=spf1 -all"},
		{"v=spf1\tmx -all", "v=spf1\t", "v=spf1 mx -all"},
		{"v=spf1; mx -all", "v=spf1; ", "v=spf1 mx -all"},
		{"v=spf1\u00a0mx -all", "v=spf1\u00a0", "v=spf1 mx -all"},
		{"V=SPF1;", "V=SPF1;", "v=spf1 "},
		{"v=spf1mx -all", "v=spf1", "v=spf1 mx -all"},
		{"v=spf1-all", "v=spf1", "v=spf1 -all"},
		{"v=spf1:mx", "v=spf1", ""},
		{"v=spf1\tmx\t-all", "v=spf1\t", "v=spf1 mx -all"},
		{"v=spf1;mx;-all", "v=spf1;", "v=spf1 mx -all"},
		{"v=spf1,mx,-all", "v=spf1", "v=spf1 mx -all"},
		{"v=spfv1", "v=spf", ""},
		{" v=spf1 ip:192.0.2.1", " ", ""},
		{"spf1 mx -all", "spf1", "v=spf1 mx -all"},
		{"v=spf mx -all", "v=spf", "v=spf1 mx -all"},
		{"v= spf1 mx -all", "v= spf1", "v=spf1 mx -all"},
		{"v:spf1 mx -all", "v:spf1", "v=spf1 mx -all"},
		{"v=spf2 mx -all", "v=spf2", ""},
		{"v=spf10 mx -all", "v=spf10", ""},
		{"google-site-verification=abc|v=spf1 mx -all", "v=spf1 mx -all", ""},
		{"v=spf1 mx -all", "-", ""},
		{"v=spf1", "-", ""},
		{"v=spf1 mx|-all", "-", ""},
		{"spf2.0/pra mx -all", "-", ""},
		{"v=spf2.0/pra mx -all", "-", ""},
		{"spf1.example.com is our record", "-", ""},
		{"our spf record", "-", ""},
		{"SPF", "-", ""},
		{"spf", "-", ""},
		{"v=DMARC1; aspf=s", "-", ""},
		{"vspf1", "-", ""},
		{"", "-", ""},
	} {
		parts := strings.Split(tt.parts, "|")
		text := strings.Join(parts, "")
		n, ok := LooksLikeSPF(parts)
		if !ok {
			n.At = Span{}
		}
		if got := n.At.Of(text); ok != (tt.at != "-") || ok && got != tt.at || n.Instead != tt.instead {
			t.Errorf("%q: %v at %q, instead %q", parts, ok, got, n.Instead)
		}
		if n.Instead != "" && (!IsSPF(n.Instead) || ParseSPF(n.Instead).Broken()) {
			t.Errorf("%q: %q is no SPF either", parts, n.Instead)
		}
	}
}

// Changes keep every other octet.
func TestChangesOfTerms(t *testing.T) {
	s := ParseSPF("v=spf1  mx   a:x.example  -all ")
	for _, tt := range []struct {
		want    string
		changes []Change
	}{
		{"v=spf1  ip4:1 mx   a:x.example  -all ", []Change{s.Insert(0, "ip4:1")}},
		{"v=spf1  ip4:1 ip4:2 mx   a:x.example  -all ", []Change{s.Insert(0, "ip4:1"), s.Insert(0, "ip4:2")}},
		{"v=spf1  mx   a:x.example  -all ~all ", []Change{s.Insert(3, "~all")}},
		{"v=spf1   a:x.example  -all ", []Change{s.Remove(0)}},
		{"v=spf1  mx   a:x.example ", []Change{s.Remove(2)}},
		{"v=spf1  mx   a:x.example ~all ", []Change{s.Insert(3, "~all"), s.Remove(2)}},
		{"v=spf1 ", []Change{s.Remove(2), s.Remove(1), s.Remove(0)}},
	} {
		if got := Apply(s.Text, tt.changes...); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
	if got := Apply("v=spf1", ParseSPF("v=spf1").Insert(0, "mx")); got != "v=spf1 mx" {
		t.Errorf("%q", got)
	}
}

// FuzzSPF holds the law of the package: reading never fails, terms lie in the text in order, and all of it that is not a blank
// lies in one.
func FuzzSPF(f *testing.F) {
	for _, s := range []string{"v=spf1 -all", "v=spf1 a:%{d}/24//64 include:x.example ~all", "v=spf1 mx-all ip4:1.2.3.4/33", "", "v", "v=spf1 %"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := min(len(spfVersion), len(text))
		for _, term := range ParseSPF(text).Terms {
			if term.Start < at || term.End <= term.Start || term.End > len(text) || strings.Trim(text[at:term.Start], " ") != "" {
				t.Fatalf("%q: a term at %v behind %d", text, term.Span, at)
			}
			at = term.End
			for _, f := range term.Faults {
				if f.Instead != "" && ParseSPF("v=spf1 "+f.Instead).Terms == nil {
					t.Fatalf("%q: %q is no term", text, f.Instead)
				}
			}
			if term.Of(text) != term.Text || !strings.HasPrefix(text[term.valueAt:term.End], term.Value) || !strings.HasPrefix(term.Value, term.Domain) {
				t.Fatalf("%q: %+v is not what stands there", text, term)
			}
			for _, f := range term.Faults {
				if f.Start < term.Start || f.End > term.End || f.Start > f.End {
					t.Fatalf("%q: %v outside of its term %v", text, f, term.Span)
				}
			}
		}
		if strings.Trim(text[at:], " ") != "" {
			t.Fatalf("%q: nothing was read behind %d", text, at)
		}
		half := len(text) / 2
		for _, parts := range [][]string{{text}, {text[:half], text[half:]}} {
			n, ok := LooksLikeSPF(parts)
			if ok && (n.At.Start >= n.At.End || n.At.End > len(text) || n.Instead != "" && (!IsSPF(n.Instead) || ParseSPF(n.Instead).Broken())) {
				t.Fatalf("%q: %+v", parts, n)
			}
		}
	})
}

func TestRenameTerms(t *testing.T) {
	to := func(domain string) (string, bool) {
		return "NEW", strings.HasSuffix(strings.ToLower(domain), "old.example")
	}
	for text, want := range map[string]string{
		"v=spf1 a:old.example/24//64 ?MX:x.OLD.example -all": "v=spf1 a:NEW/24//64 ?MX:NEW -all",
		"v=spf1 exists:%{i}.x.old.example redirect=%{d}":     "v=spf1 exists:%{i}.NEW redirect=%{d}",
		"v=spf1 exists:a%%b%{l}.old.example ptr:old.example": "v=spf1 exists:a%%b%{l}.NEW ptr:NEW",
		"v=spf1 exists:%{i}old.example x=old.example a mx":   "v=spf1 exists:%{i}old.example x=old.example a mx",
		"v=spf1 exp=old.example include:":                    "v=spf1 exp=NEW include:",
	} {
		s := ParseSPF(text)
		if got := Apply(text, s.Rename(to)...); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestReaddressTerms(t *testing.T) {
	old, to := netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("fe::2")
	text := "v=spf1 ip6:2001:DB8:0::1 -ip6:2001:db8::1/128 ip6:2001:db8::/64 ip6:2001:db8::1/64 ip6:2001:db8::12 a:2001:db8::1"
	want := "v=spf1 ip6:fe::2 -ip6:fe::2/128 ip6:2001:db8::/64 ip6:2001:db8::1/64 ip6:2001:db8::12 a:2001:db8::1"
	if got := Apply(text, ParseSPF(text).Readdress(old, to)...); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
