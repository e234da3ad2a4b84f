package preview

// What mail servers did, against what the profile of each draws and says.

import (
	"slices"
	"strings"
	"testing"
)

// serverNames is the servers that have a profile, as notes call them.
var serverNames = map[Profile]string{Exim: "Exim", Postfix: "Postfix", Sendmail: "sendmail", OpenSMTPD: "OpenSMTPD"}

// departures are the observations that a profile does not follow: what is usable stays what the RFC makes of it. The
// note of that name has to be there, and to name the server. A line that is not needed is an error, too.
var departures = map[string]string{
	"05-nullmx opensmtpd":         "null-mx",
	"06b-nullmx-pref10 opensmtpd": "null-mx-preference",
	"n21-wildcard-null opensmtpd": "null-mx",
	"n23-two-null opensmtpd":      "null-mx-preference",

	"16d-owner-cname-dangling opensmtpd": "no-data",
	"18c-nodata opensmtpd":               "no-data",
	"n16b-ent-of-wildcard opensmtpd":     "no-data",
	"07c-all-nxdomain opensmtpd":         "no-host",
	"n72-dot-only opensmtpd":             "no-host",

	"09-target-ip postfix":              "target-ip-literal",
	"09-target-ip sendmail":             "target-ip-literal",
	"09-target-ip opensmtpd":            "target-ip-literal",
	"n55-bracket-literal sendmail":      "target-ip-literal",
	"n55-bracket-literal opensmtpd":     "target-ip-literal",
	"10-dup-pref postfix":               "duplicate-host",
	"n38-case postfix":                  "duplicate-host",
	"n101-v4-mapped-v4sender sendmail":  "no-usable-address",
	"n101-v4-mapped-v4sender opensmtpd": "no-usable-address",

	"15c-v4only-v6sender exim":            "no-usable-address",
	"15c-v4only-v6sender sendmail":        "no-usable-address",
	"15c-v4only-v6sender opensmtpd":       "no-usable-address",
	"n24b-implicit-v4-v6sender exim":      "no-usable-address",
	"n24b-implicit-v4-v6sender sendmail":  "no-usable-address",
	"n24b-implicit-v4-v6sender opensmtpd": "no-usable-address",
	"n99-self-mid-better-v6 postfix":      "no-usable-address",
	"n99-self-mid-better-v6 sendmail":     "no-usable-address",

	"12-self-best opensmtpd":            "sender-is-best",
	"n30-self-alias sendmail":           "sender-is-best",
	"n30-self-alias opensmtpd":          "sender-is-best",
	"13-self-mid opensmtpd":             "sender-is-backup",
	"13d-self-nat exim":                 "sender-is-backup",
	"13d-self-nat postfix":              "sender-is-backup",
	"13d-self-nat opensmtpd":            "sender-is-backup",
	"n31b-self-one-of-two sendmail":     "sender-is-backup",
	"n31b-self-one-of-two opensmtpd":    "sender-is-backup",
	"n32-self-mid-best-dead opensmtpd":  "sender-is-backup",
	"n99-self-mid-better-v6 opensmtpd":  "sender-is-backup",
	"n78-self-name-no-address sendmail": "sender-without-address",
	"26-localhost-target opensmtpd":     "loopback",
	"n49-loopback-mid sendmail":         "loopback",
	"n49-loopback-mid opensmtpd":        "loopback",

	"n28-host8-one-up exim":       "address-limit",
	"n28-host8-one-up postfix":    "address-limit",
	"n44b-mixed-faults opensmtpd": "timeout",
}

// TestServersAsObserved wants every observation to be one that the profile of its server may draw, and to end as the
// preview says, or a note that names the server.
func TestServersAsObserved(t *testing.T) {
	compared := 0
	for _, c := range observedCases(t) {
		for profile, called := range serverNames {
			seen, ok := c.Observed[string(profile)]
			if !ok {
				continue
			}
			q := c.query(t)
			q.Sender.Profile = profile
			d := Route(c.zones(t), q)
			compared += seen.Runs
			for _, n := range append(d.Notes, Note{Text: d.Text}) {
				if i := strings.IndexFunc(n.Text, func(c rune) bool { return c < ' ' || c > '~' }); i >= 0 {
					t.Errorf("%s: %q is not all ASCII, as JSON wants it", c.ID, n.Text)
				}
			}
			note := departures[c.ID+" "+string(profile)]
			switch why := disagrees(d, seen); {
			case why != "" && !says(d, note, called):
				t.Errorf("%s: %s %s; the preview: %s; no note %q that names %s", c.ID, profile, why, d.Text, note, called)
			case why == "" && note != "":
				t.Errorf("%s: %s agrees, and note %s is wanted", c.ID, profile, note)
			}
		}
	}
	if compared < 1500 {
		t.Errorf("only %d runs compared", compared)
	}
}

// says tells whether a note is there and names a server.
func says(d Delivery, id, server string) bool {
	return slices.ContainsFunc(d.Notes, func(n Note) bool { return n.ID == id && strings.Contains(n.Text, server) })
}

// disagrees says in what an observation and a delivery differ; "" if in nothing.
func disagrees(d Delivery, seen observation) string {
	for outcome := range seen.Outcome {
		if !slices.Contains(endings(d.Outcome), outcome) {
			return outcome
		}
	}
	for sequence := range seen.Tried {
		if !drawn(d, addressesOfSequence(sequence)) {
			return "tried " + sequence
		}
	}
	return ""
}

// endings is how the observations call an outcome. Unknown are those that had not ended when the test did.
func endings(o Outcome) []string {
	switch o {
	case LocalOrLoop:
		return []string{"frozen", "bounced"}
	case Deferred:
		return []string{"deferred", "unknown"}
	}
	return []string{string(o)}
}

// addressesOfSequence is the addresses of "mx1.example.com[192.0.2.1] > mx2.example.com[192.0.2.2]".
func addressesOfSequence(text string) string {
	var ips []string
	for attempt := range strings.SplitSeq(text, " > ") {
		if _, ip, ok := strings.Cut(attempt, "["); ok {
			ips = append(ips, strings.TrimSuffix(ip, "]"))
		}
	}
	return strings.Join(ips, " ")
}

// drawn tells whether some seed draws a sequence. OpenSMTPD starts over within one try of the queue.
func drawn(d Delivery, sequence string) bool {
	for seed := range uint64(20_000) {
		var ips []string
		for _, a := range d.Draw(seed) {
			ips = append(ips, a.IP.String())
		}
		once := strings.Join(ips, " ")
		if once == sequence {
			return true
		}
		if d.Profile == OpenSMTPD && once != "" && strings.HasPrefix(strings.Repeat(once+" ", 20), sequence+" ") {
			return true
		}
		if len(d.Tiers) == 0 {
			return false
		}
	}
	return false
}
