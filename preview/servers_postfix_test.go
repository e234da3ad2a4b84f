//go:build linux

package preview

// Postfix as a sender.

import (
	"regexp"
	"strings"

	"github.com/mailzone/mailzone/testdata/lab"
)

// postfix is Debian's Postfix.
type postfix struct{ lab.Postfix }

// newPostfix starts Postfix on a place. It has no IPv6 for the domains named.
func newPostfix(p *lab.Place, ipv4Only []string) mailServer {
	transports := ""
	for _, d := range ipv4Only {
		transports += d + " smtp4:\n"
	}
	return postfix{lab.NewPostfix(p, `transport_maps = texthash:/etc/postfix/transport
smtp_tls_security_level = none
`, `smtp4 unix - - n - - smtp
  -o inet_protocols=ipv4
`, map[string]string{"/etc/postfix/transport": transports})}
}

// postfixStatus is how the log ends an attempt.
var postfixStatus = regexp.MustCompile(`to=<([^>]+)>,.* status=(sent|bounced|deferred) (.*)`)

// deliver hands messages over and waits until the log has a status of each.
func (x postfix) deliver(recipients []string) map[string]seen {
	x.T.Helper()
	for _, r := range recipients {
		x.Send(r, message)
	}
	out := map[string]seen{}
	x.Log.Until(x.T, "every message has a status", func(line string) bool {
		if m := postfixStatus.FindStringSubmatch(line); m != nil {
			out[m[1]] = seen{postfixOutcome(m[2], m[3]), line}
		}
		return len(out) == len(recipients)
	})
	return out
}

// postfixOutcome is what a status means.
func postfixOutcome(status, text string) Outcome {
	switch {
	case status == "sent":
		return Delivered
	case status == "deferred":
		return Deferred
	case strings.Contains(text, "loops back to myself"):
		return LocalOrLoop
	}
	return Bounced
}
