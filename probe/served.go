package probe

// What name servers are asked about a zone: which servers, and which sets of records of its file mail depends on.

import (
	"net/netip"
	"slices"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// MostServers is how many name servers of a zone are asked, and MostAddresses how many addresses of each. More than 13 hardly fit into
// a referral.
const (
	MostServers   = 13
	MostAddresses = 8
)

// NameServers is the hosts of a zone's NS records, each once.
func NameServers(z *zonefile.Zone) (hosts []zonefile.Name) {
	for _, r := range z.Lookup(z.Origin(), zonefile.TypeNS).Records {
		if host, ok := r.Target(); ok && !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// Sets is the sets of records that mail for some domains depends on, as far as the zone has them, and the MX of each domain even where it
// has none. Without domains it is those of all names that have MX, and of the apex.
func Sets(z *zonefile.Zone, domains []zonefile.Name) []Question {
	if len(domains) == 0 {
		domains = []zonefile.Name{z.Origin()}
		for node := range z.NodesOf(zonefile.TypeMX) {
			if node.Name != z.Origin() {
				domains = append(domains, node.Name)
			}
		}
	}
	s := sets{z: z, known: map[Question]bool{}}
	for _, d := range domains {
		s.add(Question{d, zonefile.TypeMX})
		s.has(d, zonefile.TypeTXT)
		for _, below := range []string{"_dmarc.", "_mta-sts.", "_smtp._tls."} {
			s.has(zonefile.Name(below)+d, zonefile.TypeTXT)
		}
		for _, r := range z.Lookup(d, zonefile.TypeMX).Records {
			if host, ok := r.Target(); ok {
				s.has(host, zonefile.TypeA)
				s.has(host, zonefile.TypeAAAA)
				s.has("_25._tcp."+host, zonefile.TypeTLSA)
			}
		}
	}
	return s.list
}

// sets gathers questions, each once.
type sets struct {
	z     *zonefile.Zone
	list  []Question
	known map[Question]bool
}

// add adds a question.
func (s *sets) add(q Question) {
	if !s.known[q] {
		s.known[q] = true
		s.list = append(s.list, q)
	}
}

// has adds a question that the zone answers itself, at a name of its own.
func (s *sets) has(n zonefile.Name, t zonefile.Type) {
	if a := s.z.Lookup(n, t); a.Result == zonefile.Found && len(a.Via) == 0 {
		s.add(Question{n, t})
	}
}

// Target is an address of a name server.
type Target struct {
	Host    zonefile.Name
	Address netip.Addr
}

// Reply is an answer of a name server that was asked for what it has itself.
type Reply struct {
	Answer
	Authoritative bool // it says that it has the zone (AA, RFC 1035 §4.1.1)
	Recursive     bool // it offers to ask others (RA)
	Took          time.Duration
}

// Served is what one address of a name server serves of a zone.
type Served struct {
	Target
	SOA  Reply
	TCP  Reply // the same question by TCP
	Sets map[Question]Reply
}

// Delegation is what a name server of the parent says of a zone.
type Delegation struct {
	Target
	Hosts []zonefile.Name // of the NS records of its referral
	DS    Answer          // the DS records that it has for the zone
	Err   error
}
