package probe

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/miekg/dns"

	"github.com/mailzone/mailzone/zonefile"
)

// message is a reply to a question with records, as it comes from the wire.
func message(t testing.TB, q Question, rcode int, records ...string) *dns.Msg {
	t.Helper()
	m := new(dns.Msg).SetQuestion(string(q.Name), uint16(q.Type))
	m.Response, m.Rcode = true, rcode
	for _, text := range records {
		rr, err := dns.NewRR(text)
		if err != nil {
			t.Fatal(err)
		}
		m.Answer = append(m.Answer, rr)
	}
	return sent(t, m)
}

// sent is a message as it comes.
func sent(t testing.TB, m *dns.Msg) *dns.Msg {
	t.Helper()
	b, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	came := new(dns.Msg)
	if err := came.Unpack(b); err != nil || len(came.Answer) != len(m.Answer) {
		t.Fatal(len(came.Answer), err)
	}
	return came
}

// A message says what the question leads to, and nothing else that its sender would like to be believed.
func TestReadTakesWhatWasAsked(t *testing.T) {
	q := Question{"a.example.net.", zonefile.TypeA}
	for _, tt := range []struct {
		records string
		want    string
	}{
		{"a.example.net. A 62.96.4.1", "found [a.example.net. A 62.96.4.1]"},
		{"A.Example.NET. A 62.96.4.1", "found [A.Example.NET. A 62.96.4.1]"},
		{"b.example.net. A 62.96.4.1", "no data []"},
		{"a.example.net. AAAA 2a01:4f8::1", "no data []"},
		{"a.example.net. CH A 62.96.4.1", "no data []"},
		{"a.example.net. A 62.96.4.1\nmx.example.com. A 62.96.4.2", "found [a.example.net. A 62.96.4.1]"},
		{"b.example.net. A 62.96.4.1\na.example.net. CNAME b.example.net.", "found [a.example.net. CNAME b.example.net. b.example.net. A 62.96.4.1]"},
		{"a.example.net. CNAME b.example.net.\na.example.net. CNAME c.example.net.\nc.example.net. A 62.96.4.1", "no data [a.example.net. CNAME b.example.net.]"},
		{"a.example.net. CNAME a.example.net.", "no data " + fmt.Sprint(slices.Repeat([]string{"a.example.net. CNAME a.example.net."}, zonefile.MaxAliases+2))},
	} {
		a := read(message(t, q, dns.RcodeSuccess, strings.Split(tt.records, "\n")...), q)
		if got := fmt.Sprint(a.Result, " ", plain(a.Records)); got != tt.want || a.Err != nil {
			t.Errorf("%s:\n%s %v, want\n%s", tt.records, got, a.Err, tt.want)
		}
	}
}

// A record without data, as only updates have (RFC 2136 §2.4), is none.
func TestReadWithoutData(t *testing.T) {
	for _, q := range []Question{{"a.example.net.", zonefile.TypeA}, {"a.example.net.", zonefile.TypePTR}} {
		m := message(t, q, dns.RcodeSuccess)
		for _, typ := range []uint16{dns.TypeA, dns.TypePTR, dns.TypeCNAME} {
			m.Answer = append(m.Answer, &dns.RR_Header{Name: "a.example.net.", Rrtype: typ, Class: dns.ClassINET})
		}
		if a := read(sent(t, m), q); a.Result != zonefile.NoData || a.Err != nil || len(a.Records) > 0 {
			t.Errorf("%v", a)
		}
	}
}

// What is no sure answer is none.
func TestReadRefuses(t *testing.T) {
	q := Question{"a.example.net.", zonefile.TypeA}
	good := "a.example.net. A 62.96.4.1"
	for want, change := range map[string]func(*dns.Msg){
		"an answer to another question": func(m *dns.Msg) { m.Question[0].Name = "b.example.net." },
		"a truncated answer":            func(m *dns.Msg) { m.Truncated = true },
		"REFUSED":                       func(m *dns.Msg) { m.Rcode = dns.RcodeRefused },
		"SERVFAIL":                      func(m *dns.Msg) { m.Rcode = dns.RcodeServerFailure },
	} {
		m := message(t, q, dns.RcodeSuccess, good)
		change(m)
		if a := read(m, q); a.Err == nil || a.Err.Error() != want || len(a.Records) > 0 {
			t.Errorf("%v, want %s", a, want)
		}
	}
	none := message(t, q, dns.RcodeSuccess, good)
	none.Question = nil
	if a := read(none, q); a.Err == nil {
		t.Errorf("without a question: %v", a)
	}
}

// Whatever bytes come: no record is taken whose owner the question does not lead to, and there are not more aliases than
// can be told. A zone that is made of the answer has not more lines than that has records, and includes nothing.
func FuzzRead(f *testing.F) {
	q, none := Question{"a.example.net.", zonefile.TypeA}, &dns.Msg{}
	none.SetQuestion(string(q.Name), uint16(q.Type)).Answer = []dns.RR{&dns.RR_Header{Name: string(q.Name), Rrtype: dns.TypeCNAME, Class: dns.ClassINET}}
	for _, m := range []*dns.Msg{
		none,
		message(f, q, dns.RcodeSuccess, "a.example.net. A 62.96.4.1", "b.example.net. A 62.96.4.2"),
		message(f, q, dns.RcodeNameError, "a.example.net. CNAME b.example.net."),
	} {
		b, err := m.Pack()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m := new(dns.Msg)
		if m.Unpack(b) != nil {
			return
		}
		a, led, aliases := read(m, q), map[string]bool{string(q.Name): true}, 0
		for _, line := range a.Records {
			rr, err := dns.NewRR(line)
			if err != nil {
				continue // dns writes what it does not read: a name with a space, say; then the rules see no record
			}
			if !led[strings.ToLower(rr.Header().Name)] {
				t.Fatalf("%s is not what %s leads to:\n%q", line, q.Name, a.Records)
			}
			if alias, ok := rr.(*dns.CNAME); ok {
				aliases++
				led[strings.ToLower(alias.Target)] = true
			}
		}
		z := ZoneOf("example.net.", []Answer{a, a})
		for range z.Inclusions(z.Root()) {
			t.Fatalf("an answer includes a file:\n%q", a.Records)
		}
		if n := strings.Count(string(z.Root().Bytes()), "\n"); n > len(a.Records) {
			t.Fatalf("%d lines of %d records:\n%q", n, len(a.Records), a.Records)
		}
		if aliases > zonefile.MaxAliases+2 || a.Err != nil && len(a.Records) > 0 {
			t.Fatalf("%d aliases, %v", aliases, a)
		}
	})
}
