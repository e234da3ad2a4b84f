package policy

import (
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"net"
	"strings"
	"testing"

	"blitiri.com.ar/go/spf"
)

// many is how many records are drawn from the grammar and compared with another reader of SPF.
var many = flag.Int("spf", 100_000, "compare so many drawn SPF records with another reader")

// nobody is a resolver for which every host has an address that is not the sender's.
type nobody struct{ record string }

func (n nobody) LookupTXT(_ context.Context, name string) ([]string, error) {
	if name == "sender.example" {
		return []string{n.record}, nil
	}
	return []string{"v=spf1 ?all"}, nil
}

func (nobody) LookupMX(context.Context, string) ([]*net.MX, error) {
	return []*net.MX{{Host: "mx.example.net."}}, nil
}

func (nobody) LookupIPAddr(context.Context, string) ([]net.IPAddr, error) {
	return []net.IPAddr{{IP: net.ParseIP("2001:db8:ffff::1")}}, nil // exists counts IPv4 alone
}

func (nobody) LookupAddr(context.Context, string) ([]string, error) {
	return []string{"host.example."}, nil
}

// laxer is what the other reader takes, or does not look at, and the grammar of RFC 7208 §12 does not allow, by words of our
// fault; it wins by the grammar.
var laxer = []string{
	"without a leading zero", "has one label", "is an address", "does not end in a top-level domain", "is no domain name",
	"exp= stands twice", "exp= needs a domain", "has a label of more than 63", "is longer than a domain name", "has an empty label",
	"only visible ASCII", "is no blank to SPF", "takes two slashes", "is no name of a modifier",
	"a blank is missing before", "is a term of its own", "takes a domain and nothing before it", // a name that no host has
	"is no prefix length",                      // net.ParseCIDR takes either family
	"is no IPv4 address", "is no IPv6 address", // net.ParseIP takes either family
	"is a lone percent sign", "is no macro", "names no macro", "keeps no label", "without its closing brace", "may stand only in the text",
}

func TestAgainstAnotherReader(t *testing.T) {
	rng := rand.New(rand.NewPCG(7208, 12))
	agree, lax := 0, map[string]int{}
	if testing.Short() {
		*many = min(*many, 5_000)
	}
	for range *many {
		text := mutate(rng, drawRecord(rng))
		s := ParseSPF(text)
		found := faults(s)
		res, err := spf.CheckHostWithSender(net.ParseIP("192.0.2.99"), "helo.example", "user@sender.example",
			spf.WithResolver(nobody{text}), spf.OverrideLookupLimit(1000), spf.OverrideVoidLookupLimit(1000))
		theirs := res == spf.PermError
		switch ours := len(found) > 0; {
		case !IsSPF(text), ours == theirs:
			agree++
		case theirs && slashInDomain(s, err):
			lax["a slash in a domain"]++ // the grammar takes it: any visible character stands in a macro-string
		case theirs:
			t.Errorf("%q: %v", text, err)
		case s.All() >= 0 && s.All() < len(s.Terms)-1, errors.Is(err, spf.ErrMatchedIP):
			lax["behind a term that decides"]++ // it stops there
		default:
			why := known(found)
			if why == "" {
				t.Errorf("%q is valid for the other reader: %q", text, found)
			}
			lax[why]++
		}
	}
	t.Logf("%d of %d agree; the grammar wins: %v", agree, *many, lax)
}

// slashInDomain tells a record in which the other reader refuses a slash that the grammar allows.
func slashInDomain(s SPF, err error) bool {
	if !errors.Is(err, spf.ErrInvalidMacro) && !errors.Is(err, spf.ErrInvalidMask) && !errors.Is(err, spf.ErrInvalidDomain) {
		return false
	}
	for _, t := range s.Terms {
		if strings.Contains(t.Domain, "/") {
			return true
		}
	}
	return false
}

// known is the entry of laxer that one of the faults has; "" if there is none.
func known(found []string) string {
	for _, f := range found {
		for _, l := range laxer {
			if strings.Contains(f, l) {
				return l
			}
		}
	}
	return ""
}

// drawRecord draws a record from the grammar of RFC 7208 §12.
func drawRecord(rng *rand.Rand) string {
	pick := func(of ...string) string { return of[rng.IntN(len(of))] }
	maybe := func(s string) string { return pick("", s) }
	macro := func() string {
		return pick("%%", "%_", "%-", "%{"+pick("s", "l", "o", "d", "i", "p", "h", "v", "D", "S")+pick("", "1", "2", "12")+maybe("r")+pick("", "-", ".", "+,", "/_=")+"}")
	}
	domain := func() string {
		var b strings.Builder
		for range rng.IntN(3) {
			b.WriteString(pick("a", "mx-1", "_spf", "x:y", macro()) + ".")
		}
		return b.String() + pick("example.com", "example.co.uk.", "xn--p1ai.xn--p1ai", "sub."+macro())
	}
	length := func() string {
		return pick("", "", "/"+pick("0", "8", "24", "32")) + pick("", "", "//"+pick("0", "64", "128"))
	}
	term := func() string {
		sign := pick("", "", "+", "-", "~", "?")
		switch rng.IntN(11) {
		case 0, 1:
			return sign + pick("a", "A", "mx", "Mx") + length()
		case 2, 3:
			return sign + pick("a", "mx") + ":" + domain() + length()
		case 4:
			return sign + "include:" + domain()
		case 5:
			return sign + pick("ptr", "ptr:"+domain())
		case 6:
			return sign + "ip4:" + pick("198.51.100.0", "203.0.113.7") + pick("", "/24", "/32", "/0"[:0])
		case 7:
			return sign + "ip6:" + pick("2001:db8::", "::ffff:198.51.100.1", "2001:db8::1") + pick("", "/64", "/128")
		case 8:
			return sign + "exists:" + domain()
		case 9:
			return pick("redirect=", "exp=") + domain()
		}
		return pick("x", "foo-bar", "a.b_c") + "=" + pick("", "y", macro(), "a/b:c")
	}
	parts := []string{spfVersion}
	for range rng.IntN(5) {
		parts = append(parts, term())
	}
	return strings.Join(append(parts, pick("-all", "~all", "?all", "", "redirect="+domain())), pick(" ", " ", "  "))
}

// mutate changes a record a little, or leaves it.
func mutate(rng *rand.Rand, text string) string {
	for range rng.IntN(3) {
		if len(text) <= len(spfVersion)+1 {
			return text
		}
		i := len(spfVersion) + 1 + rng.IntN(len(text)-len(spfVersion)-1)
		switch rng.IntN(4) {
		case 0:
			text = text[:i] + text[i+1:]
		case 1:
			text = text[:i] + text[i:i+1] + text[i:]
		case 2:
			text = text[:i] + string(" :/=%{}.-+019azr_~"[rng.IntN(18)]) + text[i+1:]
		case 3:
			text = text[:i] + string(" :/=%{}.-+019azr_~"[rng.IntN(18)]) + text[i:]
		}
	}
	return text
}
