package probe

// What it means for mail how a mail server answers, for senders that verify nothing: they send without TLS where there is none, and take any
// certificate. What policies demand beyond that is not judged here, and is said where the zone has one.

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// expiresSoon is how long before its end a certificate is spoken of.
const expiresSoon = 14 * 24 * time.Hour

// Mail is what is known of a host that is asked by SMTP.
type Mail struct {
	Zone     *zonefile.Zone
	Policies []string // what the zone has for it that demands more than this judges: "TLSA", "MTA-STS"
	Others   bool     // another host answered at port 25: it is open from here
}

// JudgeMail says what a dialogue means.
func JudgeMail(m Mail, d Dialogue, now time.Time) Result {
	r := Result{Kind: "smtp", Subject: m.Zone.Origin(), Host: d.Host, Address: d.Address, Asked: "port 25, without a message", At: now, Took: d.Took}
	if d.Connect != nil {
		return m.unconnected(r, d)
	}
	if done, ok := r.ends(d); ok {
		return done
	}
	n := d.notes(now)
	seen := d.seen()
	for _, domain := range slices.Sorted(maps.Keys(d.Postmaster)) {
		switch reply := d.Postmaster[domain]; {
		case reply.is(5):
			return r.end(Bad, fmt.Sprintf("postmaster@%s: %s", bare(domain), reply.text()), n.with("every domain that takes mail has a postmaster (RFC 5321 §4.5.1)"),
				"let the host take mail of the domain, and of its postmaster")
		case reply.is(4):
			return r.end(Waits, fmt.Sprintf("postmaster@%s: %s", bare(domain), reply.text()), n.with("not now: greylisting takes it at a later try"), "")
		}
	}
	if soon := d.Certificate.Expires; !soon.IsZero() && now.Before(soon) && soon.Sub(now) < expiresSoon {
		r.Until = soon
		return r.end(Waits, seen, n.with(fmt.Sprintf("the certificate ends in %d days", int(soon.Sub(now).Hours()/24+0.5))), "renew it")
	}
	if len(m.Policies) > 0 {
		n = append(n, "what "+strings.Join(m.Policies, " and ")+" of the zone demand is not judged")
	}
	return r.end(OK, seen, n.with(""), "")
}

// bare is a name as mail addresses have it.
func bare(n zonefile.Name) string { return strings.TrimSuffix(string(n), ".") }

// unconnected is the result where there is no connection.
func (m Mail) unconnected(r Result, d Dialogue) Result {
	switch {
	case errors.Is(d.Connect, errClosed):
		return r.end(Bad, "port 25 refused the connection", "senders go on to the next host", "start the mail server, or open port 25")
	case errors.Is(d.Connect, errNoWay) && d.Address.Is6():
		return r.end(NotAsked, "", "there is no way by IPv6 from here", "")
	case errors.Is(d.Connect, errNoWay):
		return r.end(Unknown, "", "there is no way to it from here: nothing can be said", "")
	case m.Others:
		return r.end(Unknown, "", d.Connect.Error()+"; port 25 is open from here, for others answered", "")
	}
	return r.end(Unknown, "", d.Connect.Error()+": port 25 is perhaps closed from this network, and nothing can be said: ask from the mail server", "")
}

// ends is the result of a dialogue that ended before recipients.
func (r Result) ends(d Dialogue) (Result, bool) {
	hello := d.EHLO
	if d.HELO.Code != 0 || d.HELO.Err != nil {
		hello = d.HELO
	}
	for _, step := range []struct {
		at    string
		reply SMTPReply
	}{{"the banner", d.Banner}, {"EHLO", hello}, {"MAIL", d.Mail}} {
		switch reply := step.reply; {
		case reply.is(2):
			continue
		case d.TLSErr != nil && step.at == "MAIL": // the dialogue ended with TLS
			return r, false
		case reply.Code != 0:
			return r.end(Bad, step.at+": "+reply.text(), "it does not take mail: senders go on to the next host, and try again later", "look into its log"), true
		case errors.Is(reply.Err, errEnded):
			return r.end(Bad, "closed at "+step.at, "senders go on to the next host, and try again later", "look into its log"), true
		case reply.Err != nil:
			return r.end(Unknown, d.seen(), reply.Err.Error()+", at "+step.at+": nothing can be said", ""), true
		}
	}
	return r, false
}

// seen is what came, in words.
func (d Dialogue) seen() string {
	switch {
	case d.TLS != "" && len(d.Certificate.Names) > 0:
		return d.TLS + ", certificate of " + strings.Join(d.Certificate.Names[:min(len(d.Certificate.Names), mostListed)], ", ")
	case d.TLS != "":
		return d.TLS
	case d.Banner.Code != 0:
		return "no TLS"
	}
	return ""
}

// remarks is what there is to say beside the state.
type remarks []string

// with is the remarks behind something else.
func (n remarks) with(first string) string {
	all := n
	if first != "" {
		all = append(remarks{first}, n...)
	}
	return strings.Join(all, "; ")
}

// notes is what is worth knowing of a host that takes mail.
func (d Dialogue) notes(now time.Time) (n remarks) {
	name := ""
	if len(d.Banner.Lines) > 0 {
		name, _, _ = strings.Cut(d.Banner.Lines[0], " ")
	}
	if strings.Contains(name, ".") && !strings.EqualFold(bare(zonefile.Name(name)), bare(d.Host)) {
		n = append(n, "it calls itself "+name+": that hurts only what it sends")
	}
	if d.HELO.is(2) {
		n = append(n, "EHLO is refused, so there is no STARTTLS")
	}
	switch {
	case d.TLSErr != nil:
		n = append(n, "STARTTLS is offered, and TLS fails: "+d.TLSErr.Error()+"; senders come back without it")
	case d.Injected:
		n = append(n, "what it sent before TLS, behind its reply to STARTTLS, was thrown away")
	case d.StartTLS.Code != 0 && !d.StartTLS.is(2):
		n = append(n, "STARTTLS is offered, and answered "+d.StartTLS.text()+"; senders go on without it")
	case d.TLS == "" && d.EHLO.is(2):
		n = append(n, "no STARTTLS: mail comes in the clear")
	}
	if d.TLS == "TLS 1.0" || d.TLS == "TLS 1.1" {
		n = append(n, d.TLS+" alone: senders that verify certificates refuse it")
	}
	if d.TLS != "" && d.Certificate.Fault != "" {
		n = append(n, "the certificate "+d.Certificate.Fault+": senders without a policy take it")
	}
	if d.Unknown.is(2) {
		n = append(n, "it takes everything, also for local parts that cannot exist: what it cannot deliver it has to bounce")
	}
	return n
}
