package situations

// The zones: the file of each domain as its owner has it, and what the name server serves of all together.

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// head begins every zone.
const head = "$TTL 300\n@ SOA ns.lab.example. hostmaster.lab.example. 1 7200 900 1209600 300\n@ NS ns.lab.example.\n"

// policyAddress is where the web server of the policy is.
func (s Situation) policyAddress() string { return fmt.Sprintf("10.53.%d.43", s.ID) }

// File is the zone file of the domain.
func (s Situation) File(a *authority) (string, error) {
	text, _, err := s.records(a)
	return head + text, err
}

// records is the records of the domain, and those of hosts that are in another zone.
func (s Situation) records(a *authority) (own, elsewhere string, err error) {
	var in, out strings.Builder
	for _, mx := range s.DNS.MX {
		comment := ""
		if slices.Contains(s.DNS.Ignored, mx.host) {
			comment = " ; lint:ignore mx-backup nolisting"
		}
		fmt.Fprintf(&in, "@ MX %d %s%s\n", mx.preference, mx.host, comment)
	}
	to := func(host string) *strings.Builder {
		if strings.HasSuffix(host, ".") {
			return &out
		}
		return &in
	}
	for _, host := range slices.Sorted(maps.Keys(s.DNS.Addresses)) {
		for _, address := range s.DNS.Addresses[host] {
			kind := "A"
			if strings.Contains(address, ":") {
				kind = "AAAA"
			}
			fmt.Fprintf(to(host), "%s %s %s\n", host, kind, address)
		}
		for _, text := range s.DNS.TLSA {
			data, err := a.tlsa(text)
			if err != nil {
				return "", "", err
			}
			fmt.Fprintf(to(host), "_25._tcp.%s TLSA %s\n", host, data)
		}
	}
	for alias, host := range s.DNS.CNAME {
		fmt.Fprintf(&in, "%s CNAME %s\n", alias, host)
	}
	if sts := s.DNS.STS; sts != nil {
		fmt.Fprintf(&in, "_mta-sts TXT %q\nmta-sts A %s\n", sts.TXT, s.policyAddress())
	}
	return in.String(), out.String(), nil
}

// empty tells whether the domain has a record without a digest, which named does not load.
func (s Situation) empty() bool {
	return slices.ContainsFunc(s.DNS.TLSA, func(text string) bool { return strings.HasSuffix(text, "empty:") })
}

// emptyServer is who serves it.
const emptyServer = "127.0.1.3"

// zones is all that the name server serves, by origin.
func zones(all []Situation, a *authority) (map[string]string, error) {
	out := map[string]string{"signed.example": head, "plain.example": head, "provider.example": head,
		"lab.example": head + "ns A 127.0.1.1\nsender A 10.53.0.1\n"}
	for _, s := range all {
		own, elsewhere, err := s.records(a)
		if err != nil {
			return nil, err
		}
		if s.empty() { // what is at its name is delegated, without a signature, to another server
			own = own[:strings.Index(own, "_25._tcp.")] + "_25._tcp.mx1 NS ns.empty\nns.empty A " + emptyServer + "\n"
		}
		_, parent, _ := strings.Cut(s.Domain, ".")
		out[parent] += "$ORIGIN " + s.Domain + ".\n" + own
		out["provider.example"] += elsewhere
	}
	return out, nil
}
