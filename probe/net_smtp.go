package probe

// Mail servers are asked here, as a sender asks, up to the recipients. No message follows.

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/zonefile"
)

// Talk is how mail servers are asked.
type Talk struct {
	HELO     string        // what this machine calls itself
	Patience time.Duration // for the banner; 0 is 30 seconds
	Connect  time.Duration // for a connection; 0 is 10 seconds
	Roots    *x509.CertPool
	Now      func() time.Time
}

// Host is an address of a mail server, and the domains that it takes mail of.
type Host struct {
	Target
	Real    zonefile.Name // the name that an alias led to; "" without one
	Domains []zonefile.Name
	Relay   bool // it is asked too whether it takes the mail of a domain that is nobody's: only the hosts of one's own are
}

// AskMail asks addresses of mail servers, some at once. Those whose turn did not come are not in it.
func (d *Door) AskMail(ctx context.Context, hosts []Host, t Talk) []Dialogue {
	targets := make([]Target, len(hosts))
	for i, h := range hosts {
		targets[i] = h.Target
	}
	return askEach(ctx, d, targets, func(i int, _ *lane) *Dialogue {
		at := netip.AddrPortFrom(hosts[i].Address, orElse(d.port, 25))
		d.tell(at, "smtp", " of "+string(hosts[i].Host))
		return t.talk(ctx, at, hosts[i])
	})
}

// talker is one dialogue.
type talker struct {
	Talk
	ctx   context.Context
	begun time.Time
	conn  net.Conn
	in    *bufio.Reader
	read  int // octets
	out   *Dialogue
}

// talk asks one address.
func (t Talk) talk(ctx context.Context, at netip.AddrPort, h Host) *Dialogue {
	k := &talker{Talk: t, ctx: ctx, begun: time.Now(), out: &Dialogue{Target: h.Target, Real: h.Real, Postmaster: map[zonefile.Name]SMTPReply{}}}
	defer func() { k.out.Took = time.Since(k.begun) }()
	patience := orElse(t.Connect, 10*time.Second)
	dialer := net.Dialer{Timeout: patience}
	conn, err := dialer.DialContext(ctx, "tcp", at.String())
	if err != nil {
		k.out.Connect = failure(ctx, err, patience)
		return k.out
	}
	var watch crash.Group
	done := make(chan struct{})
	watch.Go(func() {
		select {
		case <-ctx.Done():
			conn.Close() // nobody waits any more
		case <-done:
		}
	})
	defer func() {
		close(done)
		watch.Wait()
		conn.Close()
	}()
	k.use(conn)
	k.dialogue(h)
	return k.out
}

// use goes on with a connection.
func (k *talker) use(conn net.Conn) { k.conn, k.in = conn, bufio.NewReaderSize(conn, mostLine) }

// dialogue says what a sender says.
func (k *talker) dialogue(h Host) {
	if k.out.Banner = k.reply(orElse(k.Patience, 30*time.Second)); !k.out.Banner.is(2) {
		k.quit()
		return
	}
	if k.out.EHLO = k.ask("EHLO " + k.HELO); k.out.EHLO.is(5) {
		if k.out.HELO = k.ask("HELO " + k.HELO); !k.out.HELO.is(2) {
			k.quit()
			return
		}
	} else if !k.out.EHLO.is(2) {
		k.quit()
		return
	}
	if k.out.EHLO.is(2) && k.out.EHLO.offers("STARTTLS") && !k.startTLS(h) {
		return
	}
	if k.out.Mail = k.ask("MAIL FROM:<>"); !k.out.Mail.is(2) {
		k.quit()
		return
	}
	for i, domain := range h.Domains {
		k.out.Postmaster[domain] = k.ask("RCPT TO:<postmaster@" + bare(domain) + ">")
		if i == 0 {
			k.out.UnknownOf = domain
			k.out.Unknown = k.ask(fmt.Sprintf("RCPT TO:<no-such-mailbox-%x@%s>", k.begun.UnixNano(), bare(domain)))
		}
	}
	if h.Relay {
		k.out.Relay = k.ask("RCPT TO:<postmaster@" + bare(relayed) + ">")
	}
	k.ask("RSET")
	k.quit()
}

// quit says goodbye. Who does not answer soon is not waited for.
func (k *talker) quit() {
	if k.say("QUIT") == nil {
		k.reply(2 * time.Second)
	}
}

// startTLS begins TLS, and says EHLO again. It is false where the dialogue has ended.
func (k *talker) startTLS(h Host) bool {
	if k.out.StartTLS = k.ask("STARTTLS"); k.out.StartTLS.Err != nil {
		k.out.TLSErr = k.out.StartTLS.Err
		return false
	}
	if !k.out.StartTLS.is(2) {
		return true
	}
	k.out.Injected = k.in.Buffered() > 0 // perhaps somebody on the way put it there (CVE-2011-0411): it is left behind with its reader
	secure := tls.Client(k.conn, &tls.Config{
		ServerName:         bare(h.Host),
		InsecureSkipVerify: true, // a bad certificate is to be seen and told: it is verified below
		MinVersion:         tls.VersionTLS10,
		CipherSuites:       allSuites(),
	})
	_ = k.conn.SetDeadline(time.Now().Add(30 * time.Second))
	if err := secure.HandshakeContext(k.ctx); err != nil {
		k.out.TLSErr = plainError(err)
		return false
	}
	state := secure.ConnectionState()
	k.out.TLS = tls.VersionName(state.Version)
	k.out.chain = state.PeerCertificates
	k.out.Certificate = k.judge(state.PeerCertificates, bare(h.Host))
	k.use(secure)
	if again := k.ask("EHLO " + k.HELO); !again.is(2) {
		k.out.Mail = again
		k.quit()
		return false
	}
	return true
}

// allSuites is all cipher suites that Go has: who takes mail with an old one does take it.
func allSuites() (ids []uint16) {
	for _, list := range [][]*tls.CipherSuite{tls.CipherSuites(), tls.InsecureCipherSuites()} {
		for _, s := range list {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// plainError is an error without the addresses that net puts before it.
func plainError(err error) error {
	if op := (*net.OpError)(nil); errors.As(err, &op) {
		err = op.Err
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errEnded
	}
	return err
}

// judge says what is wrong with a chain of certificates.
func (t Talk) judge(chain []*x509.Certificate, host string) (c Certificate) {
	if len(chain) == 0 {
		return Certificate{Fault: "is missing"}
	}
	leaf, now := chain[0], t.Now()
	c.Names, c.Expires = leaf.DNSNames, leaf.NotAfter
	if len(c.Names) == 0 && leaf.Subject.CommonName != "" {
		c.Names = []string{leaf.Subject.CommonName}
	}
	between := x509.NewCertPool()
	for _, cert := range chain[1:] {
		between.AddCert(cert)
	}
	_, err := leaf.Verify(x509.VerifyOptions{Roots: t.Roots, Intermediates: between, CurrentTime: leaf.NotBefore.Add(leaf.NotAfter.Sub(leaf.NotBefore) / 2)})
	var faults []string
	if now.After(leaf.NotAfter) {
		faults = append(faults, "has expired, on "+leaf.NotAfter.UTC().Format(time.DateOnly))
	}
	if now.Before(leaf.NotBefore) {
		faults = append(faults, "begins on "+leaf.NotBefore.UTC().Format(time.DateOnly)+" only")
	}
	if leaf.VerifyHostname(host) != nil {
		faults = append(faults, "names "+strings.Join(c.Names, ", ")+", and not the host")
	}
	switch {
	case err == nil:
	case len(chain) == 1 && leaf.CheckSignatureFrom(leaf) == nil || leaf.Issuer.String() == leaf.Subject.String():
		faults = append(faults, "is self-signed")
	default:
		faults = append(faults, "comes with a chain that leads to no known authority")
	}
	c.Fault = strings.Join(faults, ", ")
	return c
}

// ask says a line and reads the reply.
func (k *talker) ask(line string) SMTPReply {
	if err := k.say(line); err != nil {
		return SMTPReply{Err: err}
	}
	return k.reply(30 * time.Second)
}

// say says a line.
func (k *talker) say(line string) error {
	k.note(false, line)
	_ = k.conn.SetDeadline(time.Now().Add(30 * time.Second))
	if _, err := io.WriteString(k.conn, line+"\r\n"); err != nil {
		return k.broken(err, 30*time.Second)
	}
	return nil
}

// note writes down what was said.
func (k *talker) note(server bool, text string) {
	k.out.Said = append(k.out.Said, SaidLine{time.Since(k.begun), server, text})
}

// reply reads a reply, all of whose lines have to come in some time.
func (k *talker) reply(patience time.Duration) (r SMTPReply) {
	_ = k.conn.SetDeadline(time.Now().Add(patience))
	for range mostLines {
		line, err := k.line()
		if err != nil {
			return SMTPReply{Err: k.broken(err, patience)}
		}
		code, text, last, ok := parseReplyLine(line)
		if !ok || r.Code != 0 && code != r.Code {
			return SMTPReply{Err: errors.New("what it says is no reply of SMTP")}
		}
		if r.Code, r.Lines = code, append(r.Lines, text); last {
			return r
		}
	}
	return SMTPReply{Err: errTooMuch}
}

// line reads a line, of which the beginning counts.
func (k *talker) line() (string, error) {
	text, err := k.in.ReadSlice('\n')
	line := string(text)
	for {
		if k.read += len(text); k.read > mostDialogue {
			return "", errTooMuch
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			break
		}
		text, err = k.in.ReadSlice('\n')
	}
	if err != nil {
		return "", err
	}
	k.note(true, strings.TrimRight(line, "\r\n"))
	return line, nil
}

// broken is why nothing was read or written.
func (k *talker) broken(err error, patience time.Duration) error {
	if errors.Is(err, errTooMuch) {
		return err
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errEnded
	}
	return failure(k.ctx, err, patience)
}
