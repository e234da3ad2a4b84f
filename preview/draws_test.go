package preview

// Draw against the sequences of connections that mail servers made.

import (
	"fmt"
	"strings"
	"testing"
)

// exempt are observations that a profile is not meant to follow: the server departs from what the RFC
// makes of the records, and a note of the delivery says so.
var exempt = map[string]string{
	"09-target-ip postfix":  "connects to an address in place of a name",
	"09-target-ip sendmail": "connects to an address in place of a name",
	"10-dup-pref postfix":   "tries a host twice that is listed twice",
	"13d-self-nat exim":     "knows itself by address only",
	"13d-self-nat postfix":  "knows itself by address only",

	"09-target-ip opensmtpd":        "connects to an address in place of a name",
	"12-self-best opensmtpd":        "does not look for itself",
	"13-self-mid opensmtpd":         "does not look for itself",
	"13d-self-nat opensmtpd":        "does not look for itself",
	"26-localhost-target opensmtpd": "does not look for itself",
	"14c-many-mx opensmtpd":         "tries eight hosts and starts over",
}

func TestDrawsAsObserved(t *testing.T) {
	compared := 0
	for _, c := range observedCases(t) {
		for server, profile := range map[string]Profile{"postfix": Postfix, "exim": Exim, "sendmail": Sendmail, "opensmtpd": OpenSMTPD} {
			if _, ok := exempt[c.ID+" "+server]; ok {
				continue
			}
			q := c.query(t)
			q.Sender.Profile = profile
			d := Route(c.zones(t), q)
			for sequence, times := range c.Observed[server].Tried {
				compared += times
				if !drawn(d, sequence) {
					t.Errorf("%s: %s tried %s, which is never drawn; it may draw %s", c.ID, server, sequence, sequenceOf(d, 1))
				}
			}
		}
	}
	if compared < 700 {
		t.Errorf("only %d observations compared", compared)
	}
}

// drawn tells whether some seed draws a sequence.
func drawn(d Delivery, sequence string) bool {
	for seed := range uint64(20_000) {
		if sequenceOf(d, seed) == sequence {
			return true
		}
		if len(d.Tiers) == 0 {
			return false
		}
	}
	return false
}

// sequenceOf writes a draw as the observations do.
func sequenceOf(d Delivery, seed uint64) string {
	var tried []string
	for _, a := range d.Draw(seed) {
		host := a.Host
		for h := range d.hosts() {
			if h.Name == a.Host {
				host = h.Canonical
			}
		}
		tried = append(tried, fmt.Sprintf("%s[%s]", Display(host), a.IP))
	}
	if len(tried) == 0 {
		return "(none)"
	}
	return strings.Join(tried, " > ")
}
