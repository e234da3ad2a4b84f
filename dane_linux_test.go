//go:build linux

// A certificate gives way to the next one, as `mailzone tlsa` makes the records of each step, before a Postfix that insists on them: named
// serves the zone signed, another named validates, and the host shows what the step says.
package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/lab"
	"github.com/mailzone/mailzone/testdata/needs"
)

// danePrograms is what the tests of keys need beside a mail server.
func danePrograms(t *testing.T) {
	t.Helper()
	needs.Long(t)
	needs.Root(t)
	for program, debian := range map[string]string{"ip": "iproute2", "named": "bind9", "dnssec-signzone": "bind9-utils", "dpkg-deb": "dpkg"} {
		needs.Program(t, debian, program)
	}
}

// shownChain is a certificate of the host that an authority has issued.
type shownChain struct {
	file string // the chain in PEM
	tls.Certificate
}

// issuedChains makes certificates of one authority, each with a key of its own. The authority's stands behind them.
func issuedChains(t *testing.T, dir, host string, names ...string) map[string]shownChain {
	t.Helper()
	key := func() *ecdsa.PrivateKey {
		k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	sign := func(c, by *x509.Certificate, k, byKey *ecdsa.PrivateKey) *x509.Certificate {
		der, err := x509.CreateCertificate(rand.Reader, c, by, k.Public(), byKey)
		if err != nil {
			t.Fatal(err)
		}
		c, err = x509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	valid := func(name string) *x509.Certificate {
		return &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(90 * 24 * time.Hour), BasicConstraintsValid: true}
	}
	caKey, ca := key(), valid("An authority")
	ca.IsCA, ca.KeyUsage = true, x509.KeyUsageCertSign
	ca = sign(ca, ca, caKey, caKey)
	out := map[string]shownChain{}
	for _, name := range names {
		leafKey, leaf := key(), valid(host)
		leaf.DNSNames = []string{host}
		leaf = sign(leaf, ca, leafKey, caKey)
		c := shownChain{filepath.Join(dir, name+".pem"), tls.Certificate{PrivateKey: leafKey, Certificate: [][]byte{leaf.Raw, ca.Raw}}}
		var text []byte
		for _, der := range c.Certificate.Certificate {
			text = append(text, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
		}
		if err := os.WriteFile(c.file, text, 0o644); err != nil {
			t.Fatal(err)
		}
		out[name] = c
	}
	return out
}

// alone is the certificate without its authority's.
func (c shownChain) alone(t *testing.T) shownChain {
	t.Helper()
	c.file = strings.TrimSuffix(c.file, ".pem") + "-alone.pem"
	c.Certificate.Certificate = c.Certificate.Certificate[:1]
	if err := os.WriteFile(c.file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Certificate.Certificate[0]}), 0o644); err != nil {
		t.Fatal(err)
	}
	return c
}

// mailHost takes mail at port 25 of an address, and shows a certificate.
type mailHost struct {
	shows atomic.Pointer[tls.Certificate]
}

// newMailHost starts it in a place.
func newMailHost(p *lab.Place, address string) *mailHost {
	h := &mailHost{}
	p.Run("ip addr add "+address+"/32 dev lo", "")
	var l net.Listener
	p.Try(func() (err error) {
		l, err = net.Listen("tcp", address+":25")
		return err
	})
	p.T.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go h.talk(c)
		}
	}()
	return h
}

// talk is one dialogue, to its end.
func (h *mailHost) talk(c net.Conn) {
	defer func() { c.Close() }()
	c.SetDeadline(time.Now().Add(lab.Limit))
	fmt.Fprint(c, "220 mail.lab.example ESMTP\r\n")
	for in := bufio.NewScanner(c); in.Scan(); {
		switch verb, _, _ := strings.Cut(strings.ToUpper(in.Text()), " "); verb {
		case "EHLO":
			fmt.Fprint(c, "250-mail.lab.example\r\n250 STARTTLS\r\n")
		case "STARTTLS":
			fmt.Fprint(c, "220 go on\r\n")
			c = tls.Server(c, &tls.Config{Certificates: []tls.Certificate{*h.shows.Load()}})
			in = bufio.NewScanner(c)
		case "DATA":
			fmt.Fprint(c, "354 go on\r\n")
			for in.Scan() && in.Text() != "." {
				continue
			}
			fmt.Fprint(c, "250 taken\r\n")
		case "QUIT":
			fmt.Fprint(c, "221 bye\r\n")
			return
		default:
			fmt.Fprint(c, "250 ok\r\n")
		}
	}
}

// danePostfix is a Postfix that goes by TLSA records, and how many messages it was given.
type danePostfix struct {
	lab.Postfix
	sent int
}

// danedStatus is how the log ends an attempt.
var danedStatus = regexp.MustCompile(`to=<([^>]+)>,.* status=(\w+) (.*)`)

// deliver sends a message, and is what became of it.
func (x *danePostfix) deliver() (status, why string) {
	x.T.Helper()
	x.sent++
	to := fmt.Sprintf("user%d@lab.example", x.sent)
	x.Send(to, "Subject: test\n\nHello.\n")
	verified := "not verified: "
	x.Log.Until(x.T, "the message has a status", func(line string) bool {
		if strings.Contains(line, "Verified TLS connection established") {
			verified = "verified: "
		}
		m := danedStatus.FindStringSubmatch(line)
		if m == nil || m[1] != to {
			return false
		}
		status, why = m[2], verified+m[3]
		return true
	})
	return status, why
}

func TestRolloverBeforePostfix(t *testing.T) {
	danePrograms(t)
	t.Parallel()
	dir := t.TempDir()
	place := lab.NewPlace(t)
	host := newMailHost(place, "192.0.2.10")
	zone := lab.NewSigned(place, "lab.example")
	file := filepath.Join(dir, "db.lab.example")
	const text = "$TTL 300\n@ IN SOA ns1 hostmaster 1 8h 2h 4w 1h\n@ IN NS ns1\n@ IN MX 10 mail\n@ IN TXT \"v=spf1 mx -all\"\nns1 IN A 127.0.1.1\nmail IN A 192.0.2.10\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	chains := issuedChains(t, dir, "mail.lab.example", "old", "new", "third")
	zone.Serve(file)
	sender := &danePostfix{Postfix: lab.NewPostfix(place, `inet_interfaces = 127.0.0.1
smtp_tls_security_level = dane
smtp_dns_support_level = dnssec
smtp_tls_loglevel = 1
max_use = 1
`, "", nil)} // an smtp(8) remembers TLSA records for their TTL: each message has one of its own
	third := chains["third"]
	for _, step := range []struct {
		what  string
		tlsa  string // the flags of tlsa, before the step; "" where nothing is changed
		shows shownChain
		want  string
	}{
		{"the first record", "--cert old.pem", chains["old"], "sent verified"},
		{"the next one beside it", "--cert old.pem --next new.pem", chains["old"], "sent verified"},
		{"the next one is in use", "", chains["new"], "sent verified"},
		{"the old record goes", "--cert new.pem", chains["new"], "sent verified"},
		{"another certificate, of which no record is", "", third, "deferred not verified"},
		{"the issuer's, and its certificate is sent", "--cert third.pem --ca", third, "sent verified"},
		{"of the same issuer", "", chains["old"], "sent verified"},
		{"the issuer's certificate is not sent", "", chains["old"].alone(t), "deferred not verified"},
		{"no usable record", "usage 1", third, "sent not verified"},
	} {
		switch {
		case step.tlsa == "usage 1":
			old, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(strings.Replace(string(old), "TLSA 2 1 1", "TLSA 0 1 1", 1)), 0o644); err != nil {
				t.Fatal(err)
			}
			zone.Serve(file)
		case step.tlsa != "":
			args := append([]string{"tlsa", "--host", "mail.lab.example", "--yes"}, strings.Fields(step.tlsa)...)
			if said, err := mailzoneAt(dir, append(args, file)...); err != nil {
				t.Fatalf("%s: %v\n%s", step.what, err, said)
			}
			zone.Serve(file)
		}
		host.shows.Store(&step.shows.Certificate)
		status, why := sender.deliver()
		t.Logf("%s: %s, %s", step.what, status, why)
		if got := status + " " + strings.SplitN(why, ":", 2)[0]; got != step.want {
			t.Errorf("%s: %s, want %s: %s", step.what, got, step.want, why)
		}
		said, _ := mailzoneAt(dir, "lint", "--select", "tlsa-mismatch", "--cert", "mail.lab.example="+step.shows.file, file)
		if strings.Contains(said, "[tlsa-mismatch]") != (status == "deferred") {
			t.Errorf("%s: Postfix says %s, and lint: %s", step.what, status, said)
		}
	}
}
