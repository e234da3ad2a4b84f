package probe

// What it means for mail how a mail server answers, for senders that verify nothing: they send without TLS where there is none, and take any
// certificate. What policies demand beyond that is judged elsewhere, or said not to be.

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
	Policies []string // what the zone has for it that demands more and is not judged in this run: "TLSA", "MTA-STS"
	Others   bool     // another host answered at port 25: it is open from here
	Closed   bool     // a comment of the zone says that the host is meant to be closed
}

// JudgeMail says what a dialogue means for senders that verify nothing.
func JudgeMail(m Mail, d Dialogue, now time.Time) Result {
	r := m.taken(d, now)
	if r.State != OK || d.Connect != nil {
		return r
	}
	if soon := d.Certificate.Expires; !soon.IsZero() && now.Before(soon) && soon.Sub(now) < expiresSoon {
		r.Until = soon
		said := remarks{fmt.Sprintf("the certificate ends in %d days", int(soon.Sub(now).Hours()/24+0.5))}
		return r.end(Waits, r.Seen, said.and(r.Means), "renew it")
	}
	if len(m.Policies) > 0 {
		r.Means = remarks{"what " + strings.Join(m.Policies, " and ") + " of the zone demand is not judged"}.and(r.Means)
	}
	return r
}

// taken says whether a host takes mail, whatever certificate it shows.
func (m Mail) taken(d Dialogue, now time.Time) Result {
	r := Result{Kind: "smtp", Policy: "none", Subject: m.Zone.Origin(), Host: d.Host, Address: d.Address, Asked: "port 25, without a message", At: now, Took: d.Took}
	if d.Connect != nil {
		return m.closed(m.unconnected(r, d))
	}
	if done, ok := r.ends(d); ok {
		return m.closed(done)
	}
	n := d.notes()
	for _, domain := range slices.Sorted(maps.Keys(d.Postmaster)) {
		switch reply := d.Postmaster[domain]; {
		case reply.is(5):
			return r.end(Bad, fmt.Sprintf("postmaster@%s: %s", bare(domain), reply.text()), n.with("every domain that takes mail has a postmaster (RFC 5321 §4.5.1)"),
				"let the host take mail of the domain, and of its postmaster")
		case reply.is(4):
			return r.end(Waits, fmt.Sprintf("postmaster@%s: %s", bare(domain), reply.text()), n.with("not now: greylisting takes it at a later try"), "")
		}
	}
	return r.end(OK, d.seen(), n.with(""), "")
}

// closed is the result of a host that takes no mail: that is well where it is meant so (nolisting).
func (m Mail) closed(r Result) Result {
	if r.State != Bad || !m.Closed {
		return r
	}
	return r.end(OK, r.Seen, "a comment in the zone says nolisting, so it is meant to be closed: "+r.Means, "")
}

// Unreached is the one result of hosts of which none was reached, which says more of the network here than of them; ok is false where one
// was, or said no.
func Unreached(m Mail, all []Dialogue, now time.Time) (r Result, ok bool) {
	for _, d := range all {
		if d.Connect == nil || errors.Is(d.Connect, errClosed) || errors.Is(d.Connect, errNoWay) && d.Address.Is6() {
			return r, false
		}
		r.Took = max(r.Took, d.Took)
	}
	if len(all) < 2 {
		return r, false
	}
	r = Result{Kind: "smtp", Policy: "none", Subject: m.Zone.Origin(), Asked: "port 25 of " + zonefile.Plural(len(all), "address", "addresses"), At: now, Took: r.Took}
	return r.end(Unknown, "", all[0].Connect.Error()+", from none of them: "+closedHere, ""), true
}

// closedHere is what it may mean that nobody answers.
const closedHere = "port 25 is perhaps closed from this network, and nothing can be said: ask from the mail server"

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
	return r.end(Unknown, "", d.Connect.Error()+": "+closedHere, "")
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

// and is the remarks before something else.
func (n remarks) and(last string) string {
	if last != "" {
		n = append(n, last)
	}
	return n.with("")
}

// notes is what is worth knowing of a host that takes mail.
func (d Dialogue) notes() (n remarks) {
	name := ""
	if len(d.Banner.Lines) > 0 {
		name, _, _ = strings.Cut(d.Banner.Lines[0], " ")
	}
	if strings.Contains(name, ".") && !strings.EqualFold(bare(zonefile.Name(name)), bare(d.Host)) {
		n = append(n, "it calls itself "+name+": that hurts only what it sends")
	}
	if d.Real != "" {
		n = append(n, "the exchange is an alias of "+bare(d.Real)+", which RFC 2181 §10.3 forbids and senders follow")
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
	if d.oldTLS() {
		n = append(n, d.TLS+" alone: senders that verify certificates refuse it")
	}
	if d.TLS != "" && d.Certificate.Fault != "" {
		n = append(n, "the certificate "+d.Certificate.Fault+": senders without a policy take it")
	}
	if d.Others > 0 {
		n = append(n, "its postmaster was no recipient, for "+zonefile.Plural(d.Others, "other domain was", "other domains were"))
	}
	if d.Unknown.is(2) {
		n = append(n, "it takes everything, also for local parts that cannot exist: what it cannot deliver it has to bounce")
	}
	return n
}
