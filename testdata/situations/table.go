// Package situations is domains whose mail servers, name servers and policies are as they were seen in the world, to be asked on this
// machine: situations.json says how each is and what a sender does, the rest of the package makes them so. What it starts needs a network
// and a tree of mounts that are nobody else's, and ends with them.
package situations

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

//go:embed situations.json
var table []byte

// Situation is a domain, its hosts and its DNS, what a check has to say of it and what Postfix did.
type Situation struct {
	ID      int               `json:"id"`
	What    string            `json:"what"`
	Server  Server            `json:"server"` // at every address, except those in Others
	Others  map[string]Server `json:"others"`
	DNS     DNS               `json:"dns"`
	Want    Want              `json:"want"`
	Args    []string          `json:"args"`
	Postfix map[string]string `json:"postfix"` // what became of a message at the first try, by security level
	Later   map[string]string `json:"later"`   // and at the second one, where that was otherwise

	Domain string `json:"-"` // without a final dot
}

// Server is how a mail server behaves.
type Server struct {
	Port        string            `json:"port"` // open, refused or timeout
	Banner      lines             `json:"banner"`
	EHLO        []string          `json:"ehlo"`     // the lines of the reply, without code
	StartTLS    string            `json:"starttls"` // yes, no, garbage or injected
	Certificate Certificate       `json:"certificate"`
	TLS         string            `json:"tls"`
	RCPT        map[string]string `json:"rcpt"` // replies: postmaster, unknown
	Quirks      []string          `json:"quirks"`
}

// Certificate is what a server shows.
type Certificate struct {
	Names  []string `json:"names"`
	Issuer string   `json:"issuer"` // ca or self
	Days   int      `json:"days"`   // until it ends
	Chain  string   `json:"chain"`  // leaf+ca or leaf
	Key    string   `json:"key"`    // A or B
}

// DNS is what DNS says of the domain.
type DNS struct {
	MX         []exchange          `json:"mx"`
	Addresses  map[string][]string `json:"addresses"`
	TLSA       []string            `json:"tlsa"`
	Signed     bool                `json:"signed"`      // the domain's zone
	HostSigned bool                `json:"host_signed"` // the host's, if it is another one
	Bogus      []string            `json:"bogus"`       // types whose signature does not fit
	CNAME      map[string]string   `json:"cname"`
	Ignored    []string            `json:"ignored"` // hosts that are meant to be closed
	Here       string              `json:"here"`    // what this machine has
	STS        *STS                `json:"sts"`
}

// STS is a policy for encrypted transport.
type STS struct {
	TXT    string `json:"txt"`
	Policy string `json:"policy"`
	HTTPS  string `json:"https"` // ok, or how the web server fails
}

// Want is the states that a check has to give: of the domain's mail by policy, and of the policy itself. None is wanted where there are none.
type Want struct {
	None   states            `json:"none"`
	STS    states            `json:"sts"`
	DANE   states            `json:"dane"`
	Policy states            `json:"policy"`
	Means  []string          `json:"means"` // words that have to be said
	Each   map[string]ByMail `json:"each"`  // by address
}

// ByMail is states of an address.
type ByMail struct {
	None states `json:"none"`
	STS  states `json:"sts"`
	DANE states `json:"dane"`
}

// Of is the states that are wanted for a policy.
func (w Want) Of(policy string) []string {
	return map[string]states{"none": w.None, "sts": w.STS, "dane": w.DANE}[policy]
}

// Of is the states that are wanted for a policy.
func (b ByMail) Of(policy string) []string {
	return map[string]states{"none": b.None, "sts": b.STS, "dane": b.DANE}[policy]
}

// states is one or several states of which any will do.
type states []string

// UnmarshalJSON reads a state or a list of them.
func (s *states) UnmarshalJSON(text []byte) error { return oneOrMore((*[]string)(s), text) }

// lines is one or several lines.
type lines []string

// UnmarshalJSON reads a line or a list of them.
func (l *lines) UnmarshalJSON(text []byte) error { return oneOrMore((*[]string)(l), text) }

// oneOrMore reads a text or a list of texts; null and "" are none.
func oneOrMore(to *[]string, text []byte) error {
	if text[0] == '[' {
		return json.Unmarshal(text, to)
	}
	var one string
	if err := json.Unmarshal(text, &one); err != nil || one == "" {
		return err
	}
	*to = []string{one}
	return nil
}

// exchange is an MX record.
type exchange struct {
	preference int
	host       string
}

// UnmarshalJSON reads a preference and a host.
func (x *exchange) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&x.preference, &x.host})
}

// All reads the table. Each situation has a domain and addresses of its own, so that all can be at once.
func All() (list []Situation, err error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(table, &raw); err != nil {
		return nil, err
	}
	for _, text := range raw {
		var s Situation
		if err := json.Unmarshal(text, &s); err != nil {
			return nil, err
		}
		s.Domain = fmt.Sprintf("s%02d.plain.example", s.ID)
		if s.DNS.Signed {
			s.Domain = fmt.Sprintf("s%02d.signed.example", s.ID)
		}
		own := strings.NewReplacer("{D}", s.Domain, "192.0.2.", fmt.Sprintf("10.53.%d.", s.ID), "2001:db8::", fmt.Sprintf("2001:db8:%x::", s.ID),
			"provider.example", fmt.Sprintf("s%02d.provider.example", s.ID))
		id, domain := s.ID, s.Domain
		s = Situation{}
		if err := json.Unmarshal([]byte(own.Replace(string(text))), &s); err != nil {
			return nil, fmt.Errorf("situation %d: %w", id, err)
		}
		s.Domain = domain
		list = append(list, s)
	}
	return list, nil
}

// at is the server at an address.
func (s Situation) at(address string) Server {
	if other, ok := s.Others[address]; ok {
		return other
	}
	return s.Server
}

// Has tells a quirk whose words begin so.
func (s Server) Has(quirk string) bool {
	for _, q := range s.Quirks {
		if strings.HasPrefix(q, quirk) {
			return true
		}
	}
	return false
}

// full is a name of the domain with all its labels and without a final dot.
func (s Situation) full(name string) string {
	if whole, ok := strings.CutSuffix(name, "."); ok {
		return whole
	}
	return name + "." + s.Domain
}
