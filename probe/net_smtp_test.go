package probe

// Mail servers that behave in all the ways that were seen are asked for real, on this machine.

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// authorities makes certificates: a root that is known, and one between it and the hosts.
type authorities struct {
	roots           *x509.CertPool
	root, between   *x509.Certificate
	rootKey, midKey *ecdsa.PrivateKey
}

// newKey makes a key.
func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// signed makes a certificate.
func signed(t *testing.T, of, by *x509.Certificate, key, byKey *ecdsa.PrivateKey) *x509.Certificate {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, of, by, &key.PublicKey, byKey)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// newAuthorities makes them.
func newAuthorities(t *testing.T) *authorities {
	a := &authorities{roots: x509.NewCertPool(), rootKey: newKey(t), midKey: newKey(t)}
	now := time.Now()
	ca := func(name string) *x509.Certificate {
		return &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: now.AddDate(-1, 0, 0),
			NotAfter: now.AddDate(5, 0, 0), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	}
	a.root = signed(t, ca("root"), ca("root"), a.rootKey, a.rootKey)
	a.between = signed(t, ca("between"), a.root, a.midKey, a.rootKey)
	a.roots.AddCert(a.root)
	return a
}

// host makes the chain of a host.
func (a *authorities) host(t *testing.T, name string, days int, self, alone bool) tls.Certificate {
	t.Helper()
	key := newKey(t)
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().AddDate(0, -3, 0), NotAfter: time.Now().Add(time.Duration(days) * 24 * time.Hour)}
	by, byKey := a.between, a.midKey
	if self {
		by, byKey = leaf, key
	}
	c := tls.Certificate{PrivateKey: key, Certificate: [][]byte{signed(t, leaf, by, key, byKey).Raw}}
	if !self && !alone {
		c.Certificate = append(c.Certificate, a.between.Raw)
	}
	return c
}

// mailServer is how a server behaves; what is empty is as it should be.
type mailServer struct {
	banner      []string // its lines
	ehlo        []string // of its reply; "" for a name and STARTTLS
	helo        string
	startTLS    string // the reply to it; none: 220 and a handshake
	behind      string // what follows the reply at once
	noTLS       bool   // after its reply garbage comes
	postmaster  string
	unknown     string
	mail        string
	closes      string // the word at which it closes: connect, EHLO, MAIL
	certificate *tls.Certificate
	version     uint16
	raw         func(c net.Conn) // instead of all that
}

// start serves until the test ends, and remembers what it heard.
func (m mailServer) start(t *testing.T) (at netip.AddrPort, heard func() string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var lines []string
	var all sync.WaitGroup
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer c.Close()
				if m.raw != nil {
					m.raw(c)
					return
				}
				m.serve(c, func(line string) {
					mu.Lock()
					defer mu.Unlock()
					lines = append(lines, line)
				})
			})
		}
	})
	t.Cleanup(func() {
		l.Close()
		all.Wait()
	})
	return netip.MustParseAddrPort(l.Addr().String()), func() string {
		mu.Lock()
		defer mu.Unlock()
		return strings.Join(lines, "\n")
	}
}

// serve is one connection.
func (m mailServer) serve(c net.Conn, hear func(string)) {
	or := func(s, other string) string {
		if s == "" {
			return other
		}
		return s
	}
	if m.closes == "connect" {
		return
	}
	if len(m.banner) == 0 {
		m.banner = []string{"220 mx1.example.com ESMTP"}
	}
	io.WriteString(c, strings.Join(m.banner, "\r\n")+"\r\n")
	in := bufio.NewReader(c)
	var conn io.Writer = c
	for secure := false; ; {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		hear(line)
		word, _, _ := strings.Cut(strings.ToUpper(line), " ")
		if word == m.closes {
			return
		}
		reply := "250 2.0.0 Ok"
		switch {
		case word == "EHLO" && len(m.ehlo) > 0:
			reply = strings.Join(m.ehlo, "\r\n")
		case word == "EHLO" && secure:
			reply = "250 mx1.example.com"
		case word == "EHLO":
			reply = "250-mx1.example.com\r\n250-PIPELINING\r\n250 STARTTLS"
		case word == "HELO":
			reply = or(m.helo, "250 mx1.example.com")
		case word == "STARTTLS":
			reply = or(m.startTLS, "220 2.0.0 Ready")
		case word == "MAIL":
			reply = or(m.mail, reply)
		case word == "RCPT" && strings.Contains(line, "<postmaster@"):
			reply = or(m.postmaster, "250 2.1.5 Ok")
		case word == "RCPT":
			reply = or(m.unknown, "550 5.1.1 User unknown")
		case word == "QUIT":
			reply = "221 2.0.0 Bye"
		}
		io.WriteString(conn, reply+"\r\n"+m.behind)
		if word == "STARTTLS" && strings.HasPrefix(reply, "220") {
			if m.noTLS {
				io.WriteString(conn, strings.Repeat("not TLS at all\r\n", 8))
				return
			}
			s := tls.Server(c, &tls.Config{Certificates: []tls.Certificate{*m.certificate}, MinVersion: tls.VersionTLS10, MaxVersion: m.version})
			if s.Handshake() != nil {
				return
			}
			conn, in, secure = s, bufio.NewReader(s), true
		}
		if word == "QUIT" {
			return
		}
	}
}

// TestJudgeMail asks servers of every kind, and says what that means.
func TestJudgeMail(t *testing.T) {
	a := newAuthorities(t)
	good := a.host(t, "mx1.example.com", 80, false, false)
	cert := func(name string, days int, self, alone bool) *tls.Certificate {
		c := a.host(t, name, days, self, alone)
		return &c
	}
	plain := []string{"250-mx1.example.com", "250 PIPELINING"}
	flood := func(line string) func(c net.Conn) {
		return func(c net.Conn) {
			w := bufio.NewWriter(c)
			for i := 0; i < 64<<20; i += len(line) {
				if _, err := w.WriteString(line); err != nil {
					return
				}
			}
		}
	}
	for name, c := range map[string]struct {
		mailServer
		want  State
		means []string
	}{
		"as it should be":       {mailServer{}, OK, []string{"TLS 1.3", "certificate of mx1.example.com"}},
		"TLS 1.2":               {mailServer{version: tls.VersionTLS12}, OK, []string{"TLS 1.2"}},
		"TLS 1.0":               {mailServer{version: tls.VersionTLS10}, OK, []string{"TLS 1.0", "refuse it"}},
		"no STARTTLS":           {mailServer{ehlo: plain}, OK, []string{"no STARTTLS"}},
		"banner 421":            {mailServer{banner: []string{"421 4.3.2 too many connections"}}, Bad, []string{"421"}},
		"banner 554":            {mailServer{banner: []string{"554 5.7.1 no SMTP service here"}}, Bad, []string{"554"}},
		"banner 521":            {mailServer{banner: []string{"521 5.3.2 host does not accept mail"}}, Bad, []string{"521"}},
		"closes at once":        {mailServer{closes: "connect"}, Bad, []string{"closed"}},
		"closes at EHLO":        {mailServer{closes: "EHLO"}, Bad, []string{"closed at EHLO"}},
		"closes at MAIL":        {mailServer{closes: "MAIL"}, Bad, []string{"closed at MAIL"}},
		"never speaks":          {mailServer{raw: func(c net.Conn) { io.Copy(io.Discard, c) }}, Unknown, []string{"no answer in 0.3 s", "nothing can be said"}},
		"another name":          {mailServer{banner: []string{"220 mail.provider.example ESMTP"}}, OK, []string{"mail.provider.example"}},
		"a banner of two lines": {mailServer{banner: []string{"220-mx1.example.com ESMTP", "220 mx1.example.com ESMTP"}}, OK, nil},
		"greylisting":           {mailServer{postmaster: "450 4.2.0 Greylisted"}, Waits, []string{"450", "Greylisted"}},
		"postmaster refused":    {mailServer{postmaster: "550 5.1.1 unknown"}, Bad, []string{"550", "postmaster"}},
		"takes everything":      {mailServer{unknown: "250 Ok"}, OK, []string{"everything"}},
		"EHLO refused":          {mailServer{ehlo: []string{"502 B\xe9f\xe9hl \x1b[2J\x1b]0;x\x07\x00 unbekannt"}}, OK, []string{"no STARTTLS"}},
		"HELO refused too":      {mailServer{ehlo: []string{"502 no"}, helo: "502 no"}, Bad, []string{"EHLO: 502"}},
		"MAIL refused":          {mailServer{mail: "550 5.7.1 go away"}, Bad, []string{"MAIL: 550"}},
		"MAIL not now":          {mailServer{mail: "451 4.3.0 later"}, Bad, []string{"MAIL: 451"}},
		"endless banner":        {mailServer{raw: flood("220-" + strings.Repeat("x", 70) + "\r\n")}, Unknown, []string{"too much"}},
		"one endless line":      {mailServer{raw: flood("220 " + strings.Repeat("x", 70))}, Unknown, []string{"too much"}},
		"no SMTP":               {mailServer{raw: func(c net.Conn) { io.WriteString(c, "SSH-2.0-OpenSSH_9.2\r\n"); io.Copy(io.Discard, c) }}, Unknown, []string{"no reply of SMTP"}},
		"codes that differ":     {mailServer{banner: []string{"220-mx1", "250 mx1"}}, Unknown, []string{"no reply of SMTP"}},
		"STARTTLS 454":          {mailServer{startTLS: "454 4.7.0 TLS not available"}, OK, []string{"454"}},
		"garbage for TLS":       {mailServer{noTLS: true}, OK, []string{"TLS fails"}},
		"bytes before TLS":      {mailServer{startTLS: "220 go\r\n250 injected"}, OK, []string{"before TLS"}},
		"another certificate":   {mailServer{certificate: cert("other.example.com", 80, false, false)}, OK, []string{"names other.example.com"}},
		"expired":               {mailServer{certificate: cert("mx1.example.com", -3, false, false)}, OK, []string{"expired"}},
		"self-signed":           {mailServer{certificate: cert("mx1.example.com", 80, true, false)}, OK, []string{"self-signed"}},
		"chain cut":             {mailServer{certificate: cert("mx1.example.com", 80, false, true)}, OK, []string{"chain"}},
		"ends soon":             {mailServer{certificate: cert("mx1.example.com", 10, false, false)}, Waits, []string{"10 days"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.certificate == nil {
				c.certificate = &good
			}
			at, heard := c.start(t)
			told := 0
			d := &Door{Private: true, port: at.Port(), Tell: func(string) { told++ }}
			host := Host{Target: Target{"mx1.example.com.", at.Addr()}, Domains: []zonefile.Name{"example.com.", "example.net."}}
			all := d.AskMail(context.Background(), []Host{host}, Talk{HELO: "check.example", Patience: 300 * time.Millisecond, Roots: a.roots, Now: time.Now})
			if len(all) != 1 || told != 1 {
				t.Fatalf("%+v, told %d", all, told)
			}
			z := zonefile.Parse("db", []byte("@ 60 SOA ns h 1 1 1 1 1\n"), zonefile.Options{Origin: "example.com."})
			r := JudgeMail(Mail{Zone: z}, all[0], time.Now())
			if r.State != c.want {
				t.Errorf("%s: %s", r.State, says(r))
			}
			for _, word := range c.means {
				if !strings.Contains(says(r), word) {
					t.Errorf("%q is not in %s", word, says(r))
				}
			}
			for _, never := range []string{"DATA", "BDAT", "AUTH", "VRFY"} {
				if strings.Contains(heard(), "\n"+never) {
					t.Errorf("it heard %s", heard())
				}
			}
			if (r.State == OK || r.State == Waits) && all[0].TLSErr == nil && strings.Count(heard(), "<postmaster@") != 2 {
				t.Errorf("it heard\n%s", heard())
			}
		})
	}
}

// What a closed port, a network without an answer, and no IPv6 mean.
func TestJudgeMailUnconnected(t *testing.T) {
	z := zonefile.Parse("db", []byte("@ 60 SOA ns h 1 1 1 1 1\n"), zonefile.Options{Origin: "example.com."})
	four, six := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("2001:db8::1")
	late := fmt.Errorf("%w in 10 s", errNoAnswer)
	for _, c := range []struct {
		err    error
		at     netip.Addr
		others bool
		want   State
		says   string
	}{
		{errClosed, four, false, Bad, "refused"},
		{errNoWay, four, false, Unknown, "no way"},
		{errNoWay, six, false, NotAsked, "IPv6"},
		{late, four, true, Unknown, "open from here"},
		{late, four, false, Unknown, "closed from this network"},
	} {
		r := JudgeMail(Mail{Zone: z, Others: c.others}, Dialogue{Target: Target{"mx1.example.com.", c.at}, Connect: c.err}, time.Now())
		if r.State != c.want || !strings.Contains(says(r), c.says) {
			t.Errorf("%v at %s: %s, %s", c.err, c.at, r.State, says(r))
		}
	}
	policies := JudgeMail(Mail{Zone: z, Policies: []string{"TLSA"}}, Dialogue{Banner: SMTPReply{Code: 220}, EHLO: SMTPReply{Code: 250}, Mail: SMTPReply{Code: 250}}, time.Now())
	if policies.State != OK || !strings.Contains(says(policies), "TLSA of the zone demand is not judged") {
		t.Errorf("%s: %s", policies.State, says(policies))
	}
}

// FuzzReply reads what servers say: it never fails, and holds no more than it may.
func FuzzReply(f *testing.F) {
	for _, s := range []string{"220 mx1 ESMTP\r\n", "220-a\r\n220 b\r\n", "2", "", "999 x\r\n", "220\r\n", "220\tx\r\n", "\x00\xff\r\n", strings.Repeat("220-x\r\n", 200),
		strings.Repeat("x", 5000) + "\n", "250-a\n251 b\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		here, there := net.Pipe()
		go func() {
			there.Write(text)
			there.Close()
		}()
		k := &talker{ctx: t.Context(), begun: time.Now(), out: &Dialogue{}}
		k.use(here)
		r := k.reply(10 * time.Second)
		here.Close()
		if r.Err == nil && (r.Code < 200 || r.Code > 599 || len(r.Lines) == 0) || len(r.Lines) > mostLines || k.read > mostDialogue+mostLine {
			t.Errorf("%+v of %d octets", r, k.read)
		}
		for _, line := range r.Lines {
			if len(line) > mostLine {
				t.Errorf("a line of %d octets", len(line))
			}
		}
	})
}
