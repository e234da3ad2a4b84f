package probe

// What was said to a mail server, and what it said, up to the point where a message would follow: none does.

import (
	"crypto/x509"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// What is read of a server: whoever runs it decides how much it says.
const (
	mostLine     = 2 << 10  // octets of a line; what is beyond is read and dropped, as senders do
	mostLines    = 100      // of a reply
	mostDialogue = 64 << 10 // octets of all replies
)

// errTooMuch ends a dialogue. Senders read on: it says nothing of the server.
var errTooMuch = errors.New("it says too much: more than is read")

// SMTPReply is a reply of a mail server (RFC 5321 §4.2).
type SMTPReply struct {
	Code  int      // 0 if there is none
	Lines []string // as they came, without the code
	Err   error    // why there is none
}

// text is the reply in a line.
func (r SMTPReply) text() string {
	if r.Code == 0 {
		return ""
	}
	return strings.TrimSpace(strconv.Itoa(r.Code) + " " + strings.Join(r.Lines, " "))
}

// is tells replies whose code begins with a digit: 2 for yes, 4 for not now, 5 for no.
func (r SMTPReply) is(first int) bool { return r.Code/100 == first }

// offers tells whether a reply to EHLO has an extension.
func (r SMTPReply) offers(extension string) bool {
	for _, line := range r.Lines[min(1, len(r.Lines)):] {
		if word, _, _ := strings.Cut(line, " "); strings.EqualFold(word, extension) {
			return true
		}
	}
	return false
}

// parseReplyLine reads a line of a reply: its code, its text, and whether it is the last one. A line without a code is none.
func parseReplyLine(line string) (code int, text string, last, ok bool) {
	line = strings.TrimRight(line, "\r\n")
	if len(line) < 3 {
		return 0, "", false, false
	}
	for _, c := range []byte(line[:3]) {
		if c < '0' || c > '9' {
			return 0, "", false, false
		}
	}
	code, _ = strconv.Atoi(line[:3])
	if code < 200 || code > 599 {
		return 0, "", false, false
	}
	switch {
	case len(line) == 3:
		return code, "", true, true
	case line[3] == '-':
		return code, line[4:], false, true
	case line[3] == ' ':
		return code, line[4:], true, true
	}
	return 0, "", false, false
}

// Certificate is what a server showed, and what is wrong with it.
type Certificate struct {
	Names   []string
	Expires time.Time
	Fault   string // "" if senders that check certificates take it
}

// SaidLine is a line of a dialogue.
type SaidLine struct {
	At     time.Duration // since the connection was begun
	Server bool
	Text   string
}

// Dialogue is what a mail server at one address said.
type Dialogue struct {
	Target
	Real        zonefile.Name // the name that an alias led to; "" without one
	Connect     error         // why there is no connection
	Banner      SMTPReply
	EHLO        SMTPReply
	HELO        SMTPReply // where EHLO was refused
	StartTLS    SMTPReply // zero where it was not offered
	TLS         string    // the version; "" without
	TLSErr      error     // why there is none though it was begun
	Injected    bool      // something stood behind the reply to STARTTLS, before TLS
	Certificate Certificate
	Mail        SMTPReply
	Postmaster  map[zonefile.Name]SMTPReply // by domain
	Unknown     SMTPReply                   // of a local part that cannot exist
	UnknownOf   zonefile.Name               // in this domain
	Others      int                         // domains whose postmaster was asked, where none of those is that it is about
	Relay       SMTPReply                   // of a domain that is nobody's; zero where that was not asked
	Took        time.Duration
	Said        []SaidLine

	chain []*x509.Certificate
}

// realName is the name behind aliases, or the host's own.
func (d Dialogue) realName() zonefile.Name {
	if d.Real != "" {
		return d.Real
	}
	return d.Host
}

// oldTLS tells versions that senders refuse who verify certificates.
func (d Dialogue) oldTLS() bool { return d.TLS == "TLS 1.0" || d.TLS == "TLS 1.1" }

// About is what a dialogue says of the domains that a host was to be asked about, where it was asked about others too. Behind is the name
// that an alias led to; "" without one.
func (d Dialogue) About(behind zonefile.Name, domains []zonefile.Name) Dialogue {
	of := map[zonefile.Name]SMTPReply{}
	for _, domain := range domains {
		if reply, asked := d.Postmaster[domain]; asked {
			of[domain] = reply
		}
	}
	if len(of) == 0 && len(domains) > 0 {
		d.Others = len(d.Postmaster)
	}
	if !slices.Contains(domains, d.UnknownOf) {
		d.Unknown = SMTPReply{}
	}
	d.Real, d.Postmaster = behind, of
	return d
}
