package policy

// The policy of a domain for encrypted transport, as its web server has it (RFC 8461 §3.2): which hosts take its mail, and what senders
// do who find another one.

import (
	"strconv"
	"strings"
)

// STSPolicy is a policy.
type STSPolicy struct {
	Mode   string   // enforce, testing or none
	MaxAge int      // seconds for which senders keep it
	MX     []string // patterns of hosts
	Faults []string // why senders take it as none
}

// Limits of a policy.
const (
	mostSTSHosts = 100
	mostSTSAge   = 31557600 // RFC 8461 §3.2
)

// ReadSTSPolicy reads a policy. Fields that are not known are passed over, and of those that are there twice the first counts.
func ReadSTSPolicy(text string) (p STSPolicy) {
	fields := map[string]string{}
	for line := range strings.SplitSeq(text, "\n") {
		key, value, ok := strings.Cut(strings.TrimRight(line, "\r"), ":")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		switch _, again := fields[key]; {
		case !ok:
		case key == "mx":
			p.MX = append(p.MX, strings.ToLower(value))
		case !again:
			fields[key] = value
		}
	}
	fault := func(text string) { p.Faults = append(p.Faults, text) }
	if fields["version"] != "STSv1" {
		fault("no line version: STSv1")
	}
	switch p.Mode = fields["mode"]; p.Mode {
	case "enforce", "testing", "none":
	default:
		fault("the mode is none of enforce, testing, none")
	}
	age, err := strconv.Atoi(fields["max_age"])
	if p.MaxAge = age; err != nil || age < 0 || age > mostSTSAge {
		fault("max_age is no number of seconds up to " + strconv.Itoa(mostSTSAge))
	}
	switch {
	case len(p.MX) == 0 && p.Mode != "none":
		fault("no line mx:")
	case len(p.MX) > mostSTSHosts:
		fault("more than " + strconv.Itoa(mostSTSHosts) + " lines mx:")
	}
	return p
}

// Covers tells whether a host is one of the policy's: a pattern with *. covers one label (RFC 8461 §4.1).
func (p STSPolicy) Covers(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, mx := range p.MX {
		mx = strings.TrimSuffix(mx, ".")
		_, parent, _ := strings.Cut(host, ".")
		if below, wild := strings.CutPrefix(mx, "*."); mx == host || wild && parent == below {
			return true
		}
	}
	return false
}
