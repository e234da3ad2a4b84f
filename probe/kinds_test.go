package probe

// What caches, names of addresses, replies to a recipient of others and keys mean: answers in, results out.

import (
	"context"
	"crypto"
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/mailzone/mailzone/zonefile"
)

// wants wants a state, and words in what is said.
func wants(t *testing.T, name string, r Result, state State, words string) {
	t.Helper()
	if r.State != state || !strings.Contains(says(r), words) {
		t.Errorf("%s: %s: %s", name, r.State, says(r))
	}
	if r.State == Waits && r.Until.IsZero() {
		t.Errorf("%s: it waits without an end", name)
	}
}

func TestJudgeCache(t *testing.T) {
	z := zonefile.Parse("db", []byte(judgedZone), zonefile.Options{Origin: "example.com."})
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	mx, a := Question{"example.com.", zonefile.TypeMX}, Question{"mail.example.com.", zonefile.TypeA}
	for name, c := range map[string]struct {
		q     Question
		a     Answer
		state State
		words string
	}{
		"as in the file":   {mx, lines("example.com. 0 IN MX 10 MAIL.example.com.").Answer, OK, "as in the file"},
		"the host before":  {mx, lines("example.com. 0 IN MX 10 old.example.net.").Answer, Waits, "MX 10 old.example.net.; who asks it may send to the hosts of before"},
		"both":             {mx, lines("example.com. 0 IN MX 10 mail.example.com.", "example.com. 0 IN MX 20 old.example.net.").Answer, Waits, "old.example.net."},
		"no MX":            {mx, Answer{Result: zonefile.NoData}, Waits, "no MX; who asks it finds none"},
		"no such name":     {a, Answer{Result: zonefile.NoName}, Waits, "no A; who asks it finds none"},
		"the other street": {a, lines("mail.example.com. 0 IN A 192.0.2.99").Answer, Waits, "who asks it may go to the address of before"},
		"silent":           {mx, Answer{Err: errNoAnswer}, Unknown, "nothing can be said"},
		"SERVFAIL":         {mx, Answer{Err: rcode("SERVFAIL")}, Unknown, "SERVFAIL"},
	} {
		c.a.Keep = 298 * time.Second
		r := JudgeCache(z, Cached{c.q, netip.MustParseAddr("192.0.2.1"), c.a}, now)
		wants(t, name, r, c.state, c.words)
		if r.State == Waits != r.Until.Equal(now.Add(298*time.Second)) {
			t.Errorf("%s: until %s", name, r.Until)
		}
	}
}

// How long an answer may be kept is the time of what is over first, and without records that of the SOA.
func TestKeep(t *testing.T) {
	q := Question{"example.com.", zonefile.TypeMX}
	found := message(t, q, dns.RcodeSuccess, "example.com. 3598 IN MX 10 a.example.net.", "example.com. 60 IN MX 20 b.example.net.")
	none := message(t, q, dns.RcodeNameError)
	soa, err := dns.NewRR("com. 3600 IN SOA a. b. 1 2 3 4 298")
	if err != nil {
		t.Fatal(err)
	}
	none.Ns = []dns.RR{soa}
	for want, m := range map[time.Duration]*dns.Msg{time.Minute: found, 298 * time.Second: none} {
		if a := read(sent(t, m), q); a.Keep != want {
			t.Errorf("%s, want %s", a.Keep, want)
		}
	}
}

func TestJudgePTR(t *testing.T) {
	z := zonefile.Parse("db", []byte(judgedZone), zonefile.Options{Origin: "example.com."})
	here, there := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.99")
	named := func(names ...string) (a Answer) {
		for _, n := range names {
			a.Records = append(a.Records, "1.2.0.192.in-addr.arpa. 0 IN PTR "+n)
		}
		return a
	}
	type back = map[zonefile.Name][]netip.Addr
	for name, c := range map[string]struct {
		p     Reversed
		state State
		words string
	}{
		"there and back":          {Reversed{Names: named("mail.example.com."), Back: back{"mail.example.com.": {there, here}}}, OK, "PTR mail.example.com."},
		"one of two":              {Reversed{Names: named("x.example.", "mail.example.com."), Back: back{"x.example.": nil, "mail.example.com.": {here}}}, OK, "mail.example.com."},
		"another, and back":       {Reversed{Names: named("out.example.net."), Back: back{"out.example.net.": {here}}}, OK, "another name than mail.example.com has"},
		"another, and not back":   {Reversed{Names: named("out.example.net."), Back: back{"out.example.net.": {there}}}, Differs, "does not lead back"},
		"another without address": {Reversed{Names: named("out.example.net."), Back: back{"out.example.net.": nil}}, Differs, "does not lead back"},
		"it is not at home":       {Reversed{Names: named("mail.example.com."), Back: back{"mail.example.com.": {there}}}, Differs, "does not have this address"},
		"no sure way back":        {Reversed{Names: named("out.example.net."), Back: back{}}, Unknown, "not known"},
		"none":                    {Reversed{}, Differs, "no PTR record"},
		"silent":                  {Reversed{Names: Answer{Err: errNoAnswer}}, Unknown, "nothing can be said"},
		"of a plan":               {Reversed{Only: true, Names: named("mail.example.com.")}, OK, "PTR mail"},
		"of a plan, another":      {Reversed{Only: true, Names: named("out.example.net."), Back: back{"out.example.net.": {here}}}, Differs, "the host is another"},
	} {
		c.p.Target = Target{"mail.example.com.", here}
		wants(t, name, JudgePTR(z, c.p, time.Time{}), c.state, c.words)
	}
	if n := len(NamesOf(named(strings.Fields(strings.Repeat("a.example. b.example. ", 20))...))); n != mostNames {
		t.Errorf("%d names are followed", n)
	}
}

func TestJudgeRelay(t *testing.T) {
	z := zonefile.Parse("db", []byte(judgedZone), zonefile.Options{Origin: "example.com."})
	for text, c := range map[string]struct {
		state State
		words string
	}{
		"250 2.1.5 Ok": {Bad, "takes mail for everybody"}, "550 5.7.1 relaying denied": {OK, "mailzone-test.invalid: 550"}, "454 4.7.1 later": {Unknown, "nothing can be said"},
		"": {Unknown, "did not come to it"},
	} {
		var d Dialogue
		if text != "" {
			code, rest, _, _ := parseReplyLine(text)
			d.Relay = SMTPReply{Code: code, Lines: []string{rest}}
		}
		wants(t, text, JudgeRelay(z, d, time.Time{}), c.state, c.words)
	}
}

// A recipient of others is asked for where that is wanted alone, and it says nothing of whether the host takes the mail of its domains.
func TestRelayIsAsked(t *testing.T) {
	z := zonefile.Parse("db", []byte(judgedZone), zonefile.Options{Origin: "example.com."})
	for _, relay := range []bool{true, false} {
		at, heard := mailServer{ehlo: []string{"250 mx1.example.com"}}.start(t)
		d := &Door{Private: true, port: at.Port()}
		host := Host{Target: Target{"mail.example.com.", at.Addr()}, Domains: []zonefile.Name{"example.com."}, Relay: relay}
		all := d.AskMail(context.Background(), []Host{host}, Talk{HELO: "here.example", Now: time.Now})
		want := Unknown
		if relay {
			want = Bad // it takes every postmaster
		}
		wants(t, "relay", JudgeRelay(z, all[0], time.Time{}), want, "")
		wants(t, "mail", JudgeMail(Mail{Zone: z}, all[0], time.Time{}), OK, "")
		if strings.Contains(heard(), "mailzone-test.invalid") != relay || strings.Contains(heard(), "DATA") {
			t.Errorf("relay %v: it heard\n%s", relay, heard())
		}
	}
}

func TestJudgeSigned(t *testing.T) {
	z := zonefile.Parse("db", []byte(judgedZone), zonefile.Options{Origin: "example.com."})
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	newKey := func() (*dns.DNSKEY, crypto.Signer) {
		k := &dns.DNSKEY{Hdr: dns.RR_Header{Name: "example.com.", Rrtype: dns.TypeDNSKEY, Class: dns.ClassINET, Ttl: 60}, Flags: 257, Protocol: 3, Algorithm: dns.ECDSAP256SHA256}
		private, err := k.Generate(256)
		if err != nil {
			t.Fatal(err)
		}
		return k, private.(crypto.Signer)
	}
	sign := func(k *dns.DNSKEY, by crypto.Signer, from, to time.Time, set ...dns.RR) dns.RR {
		s := &dns.RRSIG{Algorithm: k.Algorithm, SignerName: "example.com.", KeyTag: k.KeyTag(), Inception: uint32(from.Unix()), Expiration: uint32(to.Unix())}
		if err := s.Sign(by, set); err != nil {
			t.Fatal(err)
		}
		return s
	}
	ds := func(k *dns.DNSKEY, digest uint8) []Delegation {
		return []Delegation{{DS: Answer{Records: []string{k.ToDS(digest).String()}}}}
	}
	key, private := newKey()
	other, otherPrivate := newKey()
	day := 24 * time.Hour
	good := sign(key, private, now.Add(-day), now.Add(day), key)
	for name, c := range map[string]struct {
		parent []Delegation
		err    error
		sets   []dns.RR
		state  State
		words  string
	}{
		"signed":               {ds(key, dns.SHA256), nil, []dns.RR{key, good}, OK, "signed by the key"},
		"with SHA-384":         {ds(key, dns.SHA384), nil, []dns.RR{key, good}, OK, "signed by the key"},
		"a key more":           {ds(key, dns.SHA256), nil, []dns.RR{other, key, sign(key, private, now.Add(-day), now.Add(day), other, key)}, OK, "signed by the key"},
		"not signed any more":  {ds(key, dns.SHA256), nil, nil, Bad, "no DNSKEY record; the parent has a DS record: who validates gets no answer"},
		"another key":          {ds(other, dns.SHA256), nil, []dns.RR{key, good}, Bad, "no DNSKEY record is that of the DS record"},
		"without a signature":  {ds(key, dns.SHA256), nil, []dns.RR{key}, Bad, "signs nothing"},
		"signed by the other":  {ds(key, dns.SHA256), nil, []dns.RR{key, other, sign(other, otherPrivate, now.Add(-day), now.Add(day), key, other)}, Bad, "signs nothing"},
		"expired":              {ds(key, dns.SHA256), nil, []dns.RR{key, sign(key, private, now.Add(-2*day), now.Add(-day), key)}, Bad, "expired"},
		"not yet":              {ds(key, dns.SHA256), nil, []dns.RR{key, sign(key, private, now.Add(day), now.Add(2*day), key)}, Bad, "not valid yet"},
		"of less than is sent": {ds(key, dns.SHA256), nil, []dns.RR{key, other, good}, Bad, "does not fit"},
		"silent":               {ds(key, dns.SHA256), errNoAnswer, nil, Unknown, "no sure answer"},
	} {
		r := JudgeSigned(z, c.parent, Signed{Target{"ns1.example.com.", netip.MustParseAddr("192.0.2.53")}, c.err, c.sets}, now)
		wants(t, name, r, c.state, c.words)
	}
	unknown := key.ToDS(dns.SHA256)
	unknown.DigestType = 99
	if Vouched([]Delegation{{DS: Answer{Records: []string{unknown.String()}}}}) || Vouched([]Delegation{{DS: Answer{Err: errors.New("x")}}}) || !Vouched(ds(key, dns.SHA256)) {
		t.Error("a DS record counts whose digest nobody knows, or one does not that everybody does")
	}
}

// A server that refers to others does not say that there is nothing.
func TestReferralIsNoAnswer(t *testing.T) {
	q := Question{"mail.example.com.", zonefile.TypeA}
	ns, _ := dns.NewRR("example.com. 60 IN NS ns1.example.com.")
	a := newAuthority(t, true, "$TTL 60\n", func(m *dns.Msg, _ bool) { m.Authoritative, m.Ns = false, []dns.RR{ns} })
	if got := (Resolver{Servers: []netip.AddrPort{a.at}}).Ask(t.Context(), []Question{q})[q]; got.Err == nil {
		t.Errorf("%v", got)
	}
}

// Two caches are asked the same question, and each answers for itself; the same one is asked once.
func TestResolversAreAskedEach(t *testing.T) {
	q := Question{"example.com.", zonefile.TypeMX}
	one, two := newAuthority(t, true, "$TTL 60\n@ MX 10 a\n", nil), newAuthority(t, true, "$TTL 60\n@ MX 10 b\n", nil)
	d := &Door{Private: true}
	for range 2 {
		for want, at := range map[string]netip.AddrPort{"a.example.com.": one.at, "b.example.com.": two.at} {
			if a := d.Resolve(t.Context(), []netip.AddrPort{at}, "what it keeps", []Question{q})[q]; !strings.Contains(strings.Join(a.Records, ""), want) {
				t.Errorf("%v, want %s", a, want)
			}
		}
	}
	if len(one.heard) != 1 || len(two.heard) != 1 {
		t.Errorf("they heard %v and %v", one.heard, two.heard)
	}
}
