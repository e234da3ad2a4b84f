package probe

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

const judgedZone = `$TTL 1h
@ SOA ns1 hostmaster 10 2h 15m 2w 1h
@ NS ns1
@ NS ns2.example.net.
@ MX 10 Mail
@ TXT "v=spf1 mx " "-all"
_dmarc TXT "v=DMARC1; p=none"
mail A 192.0.2.1
mail AAAA 2001:DB8::1
_25._tcp.mail TLSA 3 1 1 ( E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934C A495991B7852B855 )
sub MX 10 mail
www A 192.0.2.9
alias CNAME mail
to MX 10 alias
`

// lines is an answer of records, of the type that the first of them has.
func lines(records ...string) Reply {
	a := Answer{Result: zonefile.NoData}
	for _, r := range records {
		a.Result = zonefile.Found
		a.Records = append(a.Records, r)
	}
	return Reply{Answer: a, Authoritative: true}
}

// fails is an answer that did not come.
func fails(err error) Reply { return Reply{Answer: Answer{Err: err}} }

// says is all that a result says.
func says(r Result) string { return strings.Join([]string{r.Seen, r.Means, r.Fix}, "; ") }

// What is asked is what mail depends on and the zone has, each set once.
func TestSets(t *testing.T) {
	z := zonefile.Parse("db", []byte(judgedZone), zonefile.Options{Origin: "example.com."})
	for domains, want := range map[string]string{
		"":                                  "example.com. MX, example.com. TXT, _dmarc.example.com. TXT, mail.example.com. A, mail.example.com. AAAA, _25._tcp.mail.example.com. TLSA, sub.example.com. MX, to.example.com. MX",
		"to.example.com.":                   "to.example.com. MX",
		"www.example.com.":                  "www.example.com. MX",
		"alias.example.com.":                "alias.example.com. MX",
		"sub.example.com. sub.example.com.": "sub.example.com. MX, mail.example.com. A, mail.example.com. AAAA, _25._tcp.mail.example.com. TLSA",
	} {
		var of []zonefile.Name
		for _, d := range strings.Fields(domains) {
			of = append(of, zonefile.Name(d))
		}
		var got []string
		for _, q := range Sets(z, of) {
			got = append(got, fmt.Sprintf("%s %s", q.Name, q.Type))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %s", domains, strings.Join(got, ", "))
		}
	}
}

// What the answers of one address mean.
func TestJudgeServed(t *testing.T) {
	z := zonefile.Parse("db", []byte(judgedZone), zonefile.Options{Origin: "example.com."})
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	soa := func(serial int) Reply {
		return lines(fmt.Sprintf("EXAMPLE.com.\t0\tIN\tSOA\tns1.example.com. hostmaster.example.com. %d 7200 900 1209600 3600", serial))
	}
	same := func() map[Question]Reply {
		return map[Question]Reply{
			{"example.com.", zonefile.TypeMX}:                 lines("example.com. 0 IN MX 10 MAIL.example.com."),
			{"example.com.", zonefile.TypeTXT}:                lines(`example.com. 0 IN TXT "v=spf1 mx " "-all"`),
			{"mail.example.com.", zonefile.TypeAAAA}:          lines("mail.example.com. 0 IN AAAA 2001:db8:0::1"),
			{"_25._tcp.mail.example.com.", zonefile.TypeTLSA}: lines("_25._tcp.mail.example.com. 0 IN TLSA 3 1 1 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
			{"www.example.com.", zonefile.TypeMX}:             lines(),
		}
	}
	with := func(q Question, a Reply) map[Question]Reply {
		all := same()
		all[q] = a
		return all
	}
	mx := Question{"example.com.", zonefile.TypeMX}
	lame, recursive := soa(10), soa(10)
	lame.Authoritative, recursive.Recursive = false, true
	for name, c := range map[string]struct {
		s     Served
		state State
		says  string
	}{
		"the same":             {Served{SOA: soa(10), Sets: same()}, OK, "serial 10, all as in the file"},
		"the serial alone":     {Served{SOA: soa(10)}, OK, "serial 10 as in the file"},
		"recursion":            {Served{SOA: recursive, Sets: same()}, OK, "offers to ask others"},
		"behind":               {Served{SOA: soa(9), Sets: with(mx, lines())}, Waits, "behind the file's 10"},
		"far behind":           {Served{SOA: soa(4294967290)}, Waits, "behind"}, // RFC 1982: 4294967290 stands before 10
		"ahead":                {Served{SOA: soa(11)}, Differs, "ahead of the file's 10"},
		"other MX":             {Served{SOA: soa(10), Sets: with(mx, lines("example.com. 0 IN MX 20 mail.example.com."))}, Bad, "other records: example.com. MX"},
		"one MX more":          {Served{SOA: soa(10), Sets: with(mx, lines("example.com. 0 IN MX 10 mail.example.com.", "example.com. 0 IN MX 20 b.example."))}, Bad, "other records"},
		"no MX":                {Served{SOA: soa(10), Sets: with(mx, lines())}, Bad, "other records"},
		"an MX too many":       {Served{SOA: soa(10), Sets: with(Question{"www.example.com.", zonefile.TypeMX}, lines("www.example.com. 0 IN MX 1 b.example."))}, Bad, "www.example.com. MX"},
		"a set without answer": {Served{SOA: soa(10), Sets: with(mx, fails(errNoAnswer))}, Unknown, "no sure answer to example.com. MX"},
		"no TCP":               {Served{SOA: soa(10), Sets: same(), TCP: fails(errClosed)}, Bad, "by TCP: nothing listens"},
		"lame":                 {Served{SOA: lame}, Bad, "not authoritative"},
		"no SOA":               {Served{SOA: lines()}, Bad, "does not have the zone"},
		"no such name":         {Served{SOA: Reply{Answer: Answer{Result: zonefile.NoName}, Authoritative: true}}, Bad, "no such name"},
		"REFUSED":              {Served{SOA: fails(rcode("REFUSED"))}, Bad, "REFUSED"},
		"SERVFAIL":             {Served{SOA: fails(rcode("SERVFAIL"))}, Bad, "expired"},
		"closed":               {Served{SOA: fails(errClosed)}, Bad, "nothing listens"},
		"silent":               {Served{SOA: fails(fmt.Errorf("%w in 3 s", errNoAnswer))}, Unknown, "no answer in 3 s: nothing can be said"},
		"no way":               {Served{SOA: fails(errNoWay)}, Unknown, "no way to it from here"},
		"garbage":              {Served{SOA: fails(errors.New("an answer to another question"))}, Unknown, "nothing can be said"},
		"an SOA that is none":  {Served{SOA: lines("example.com. 0 IN SOA ns1 h x y")}, Bad, "no SOA"},
	} {
		c.s.Target = Target{"ns1.example.com.", netip.MustParseAddr("192.0.2.53")}
		r := JudgeServed(Standard{Zone: z}, c.s, now)
		if r.State != c.state || !strings.Contains(says(r), c.says) {
			t.Errorf("%s: %s: %s", name, r.State, says(r))
		}
		if r.State == Waits != !r.Until.IsZero() || r.State == Waits && !r.Until.Equal(now.Add(2*time.Hour)) {
			t.Errorf("%s: until %s", name, r.Until)
		}
	}
}

// A zone that named signs has a serial that counts on: the records tell whether it is the file's.
func TestJudgeSignedByNamed(t *testing.T) {
	z := zonefile.Parse("db", []byte(judgedZone), zonefile.Options{Origin: "example.com."})
	mx := Question{"example.com.", zonefile.TypeMX}
	as, other := lines("example.com. 0 IN MX 10 mail.example.com."), lines("example.com. 0 IN MX 10 old.example.com.")
	for name, c := range map[string]struct {
		serial int
		sets   map[Question]Reply
		tcp    Reply
		state  State
		says   string
	}{
		"the same":         {10, map[Question]Reply{mx: as}, Reply{}, OK, "all as in the file"},
		"counted on":       {17, map[Question]Reply{mx: as}, Reply{}, OK, "serial 17: named signs, and counts on from the file's 10; all else as in the file"},
		"not loaded":       {17, map[Question]Reply{mx: other}, Reply{}, Differs, "other records: example.com. MX"},
		"without answer":   {17, map[Question]Reply{mx: fails(errNoAnswer)}, Reply{}, Unknown, "no sure answer"},
		"the serial alone": {17, nil, Reply{}, Unknown, "is not to be seen by it"},
		"behind":           {9, map[Question]Reply{mx: other}, Reply{}, Waits, "behind the file's 10"},
		"no TCP":           {17, map[Question]Reply{mx: as}, fails(errClosed), Bad, "by TCP: nothing listens"},
	} {
		soa := lines(fmt.Sprintf("example.com. 0 IN SOA ns1.example.com. hostmaster.example.com. %d 7200 900 1209600 3600", c.serial))
		r := JudgeServed(Standard{Zone: z, Signed: true}, Served{SOA: soa, TCP: c.tcp, Sets: c.sets}, time.Time{})
		if r.State != c.state || !strings.Contains(says(r), c.says) {
			t.Errorf("%s: %s: %s", name, r.State, says(r))
		}
	}
}

// No answer that did not come is ever bad.
func TestSilenceIsNeverBad(t *testing.T) {
	z := zonefile.Parse("db", []byte(judgedZone), zonefile.Options{Origin: "example.com."})
	for _, err := range []error{errNoAnswer, errNoWay, errors.New("read: connection reset by peer"), errors.New("dns: bad rdata")} {
		if r := JudgeServed(Standard{Zone: z}, Served{SOA: fails(err)}, time.Time{}); r.State != Unknown {
			t.Errorf("%v: %s", err, r.State)
		}
		soa := lines("example.com. 0 IN SOA ns1.example.com. hostmaster.example.com. 10 7200 900 1209600 3600")
		mx := map[Question]Reply{{"example.com.", zonefile.TypeMX}: lines("example.com. 0 IN MX 10 mail.example.com.")}
		if r := JudgeServed(Standard{Zone: z}, Served{SOA: soa, TCP: fails(err), Sets: mx}, time.Time{}); r.State != Unknown {
			t.Errorf("by TCP, %v: %s", err, r.State)
		}
		if r := JudgeDelegation(z, Delegation{Err: err}, time.Time{}); r.State != Unknown {
			t.Errorf("the parent, %v: %s", err, r.State)
		}
	}
}

// What the parent says is compared with the zone's own name servers.
func TestJudgeDelegation(t *testing.T) {
	z := zonefile.Parse("db", []byte(judgedZone), zonefile.Options{Origin: "example.com."})
	for hosts, want := range map[string]State{
		"ns2.example.net. ns1.example.com.": OK, "ns1.example.com.": Differs, "ns1.example.com. ns2.example.net. ns3.example.net.": Differs, "": Bad,
	} {
		var d Delegation
		for _, h := range strings.Fields(hosts) {
			d.Hosts = append(d.Hosts, zonefile.Name(h))
		}
		if r := JudgeDelegation(z, d, time.Time{}); r.State != want {
			t.Errorf("%q: %s, %s", hosts, r.State, says(r))
		}
	}
}
