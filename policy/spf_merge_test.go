package policy

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// mergeWords is terms that random records are made of, two of a kind among them.
var mergeWords = []string{
	"mx", "+mx", "?mx", "MX", "mx:example.com", "a", "~a", "a/24", "a:mail.example.com", "ip4:192.0.2.1", "ip4:192.0.2.1/32", "-ip4:192.0.2.1",
	"ip4:192.0.2.0/24", "ip6:2001:db8::1", "ip6:2001:DB8:0::1", "include:_spf.example.net", "include:_SPF.example.net.", "exists:%{i}.example.net",
	"exp=why.example.com", "all", "-all", "~all", "redirect=_spf.example.net", "x=y", "ipv4:192.0.2.1",
}

// randomSPF is a random record.
func randomSPF(r *rand.Rand) string {
	text := spfVersion
	for range r.IntN(6) {
		text += strings.Repeat(" ", 1+r.IntN(2)) + mergeWords[r.IntN(len(mergeWords))]
	}
	return text
}

// What a record says stays, octet by octet, but for qualifiers that the other is preferred in; what it takes over stands before its
// end; and once more there is nothing to take.
func TestLawOfMerges(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	merged := 0
	for range 20000 {
		mine, other, prefer := ParseSPF(randomSPF(r)), ParseSPF(randomSPF(r)), r.IntN(2) == 0
		m := mine.Merge(other, "example.com.", prefer)
		text := Apply(mine.Text, m.Changes...)
		now := ParseSPF(text)
		if len(m.Changes) > 0 {
			merged++
		}
		if !prefer || len(m.Differ) == 0 {
			rest := text
			for _, c := range m.Changes {
				if c.Start != c.End || !strings.Contains(rest, c.New) {
					t.Fatalf("%q and %q: %v", mine.Text, other.Text, c)
				}
				rest = rest[:c.Start] + rest[c.Start+len(c.New):]
			}
			if rest != mine.Text {
				t.Fatalf("%q and %q: %q", mine.Text, other.Text, text)
			}
		}
		if len(now.Terms) != len(mine.Terms)+len(m.Lacked) {
			t.Fatalf("%q and %q: %q has %d terms", mine.Text, other.Text, text, len(now.Terms))
		}
		if all := now.All(); all >= 0 && slices.ContainsFunc(m.Lacked, func(l string) bool {
			return !slices.ContainsFunc(now.Terms[:all], func(t Term) bool { return t.Text == l })
		}) {
			t.Fatalf("%q and %q: %q: a term stands behind all", mine.Text, other.Text, text)
		}
		if again := now.Merge(other, "example.com.", prefer); len(again.Changes) > 0 {
			t.Fatalf("%q and %q: %q, and once more %v", mine.Text, other.Text, text, again.Changes)
		}
	}
	if merged < 5000 {
		t.Errorf("only %d merges", merged)
	}
}

// Texts that say the same, and texts that do not.
func TestMeaning(t *testing.T) {
	for _, tt := range []struct {
		kind Kind
		a, b string
		same bool
	}{
		{KindDKIM, "v=DKIM1; k=rsa; p=AB CD", "p=ABCD;", true},
		{KindDKIM, "v=DKIM1; p=ABCD; h=sha1:sha256", "v=DKIM1; h= sha256 : sha1; p=ABCD", true},
		{KindDKIM, "v=DKIM1; p=ABCD", "v=DKIM1; p=abcd", false},
		{KindDKIM, "v=DKIM1; p=ABCD", "v=DKIM1; t=y; p=ABCD", false},
		{KindDKIM, "v=DKIM1; k=ed25519; p=ABCD", "v=DKIM1; p=ABCD", false},
		{KindDKIM, "v=DKIM1; p=ABCD; p=ABCD", "v=DKIM1; p=ABCD", false},
		{KindDMARC, "v=DMARC1; p=none", "v=DMARC1;p=None;", true},
		{KindDMARC, "v=DMARC1; p=reject", "v=DMARC1; p=reject; sp=reject; np=reject; adkim=r; pct=100", true},
		{KindDMARC, "v=DMARC1; p=reject; sp=none; np=none", "v=DMARC1; p=reject; sp=none", true},
		{KindDMARC, "v=DMARC1; p=reject; np=reject; sp=none", "v=DMARC1; p=reject; sp=none", false},
		{KindDMARC, "v=DMARC1; p=none; pct=50", "v=DMARC1; p=none", false},
		{KindDMARC, "v=DMARC1; p=none; rua=mailto:a@b.example,mailto:c@d.example", "v=DMARC1; p=none; rua=mailto:c@d.example , mailto:a@b.example", true},
		{KindMTASTS, "v=STSv1; id=1", "v=STSv1;id=1;", true},
		{KindMTASTS, "v=STSv1; id=1", "v=STSv1; id=2", false},
		{KindTLSRPT, "v=TLSRPTv1; rua=mailto:a@b.example", "v=TLSRPTv1;rua=mailto:a@b.example", true},
	} {
		if same := tt.kind.Meaning(tt.a) == tt.kind.Meaning(tt.b); same != tt.same {
			t.Errorf("%s: %q and %q: %t", tt.kind, tt.a, tt.b, same)
		}
	}
}
