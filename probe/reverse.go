package probe

// Whether the names of a mail server's address lead back to it, which who takes mail from there looks at. It depends on the answers alone.

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// mostNames is how many names of an address are followed: who has its network decides how many there are.
const mostNames = 8

// Reversed is what DNS says of an address of a host.
type Reversed struct {
	Target
	Only  bool // the host has to be named, and no other name does
	Names Answer
	Back  map[zonefile.Name][]netip.Addr // the addresses of the names, where an answer came
}

// NamesOf is the names that an answer has for an address, not more than are followed.
func NamesOf(a Answer) (names []zonefile.Name) {
	for p := range a.Zone(zonefile.Root).RecordsOf(zonefile.TypePTR) {
		if n, ok := p.Target(); ok && len(names) < mostNames {
			names = append(names, n)
		}
	}
	return names
}

// JudgePTR says what the names of an address mean.
func JudgePTR(z *zonefile.Zone, p Reversed, now time.Time) Result {
	r := Result{Kind: "ptr", Subject: z.Origin(), Host: p.Host, Address: p.Address, Asked: "PTR", At: now}
	if p.Names.Err != nil {
		return r.end(Unknown, "", p.Names.Err.Error()+": nothing can be said", "")
	}
	list := NamesOf(p.Names)
	if len(list) == 0 {
		return r.end(Differs, "no PTR record", "many hosts refuse what an address without a name sends", "let who has the network write it")
	}
	seen, open, back := "PTR "+names(list), false, ""
	for _, n := range list {
		addresses, known := p.Back[n]
		if open = open || !known; slices.Contains(addresses, p.Address) && (back == "" || n == p.Host) {
			back = bare(n)
		}
	}
	fix := "let who has the network write " + bare(p.Host)
	switch named := slices.Contains(list, p.Host); {
	case named && (back != "" || p.Only):
		return r.end(OK, seen, "", "")
	case p.Only:
		return r.end(Differs, seen, "the host is another", fix)
	case back != "":
		return r.end(OK, seen, "another name than "+bare(p.Host)+" has, and it leads back", "")
	case open:
		return r.end(Unknown, seen, "whether "+strings.Join(bares(list), ", ")+" leads back is not known", "")
	case named:
		return r.end(Differs, seen, "DNS does not have this address for it: many hosts refuse what it sends", "let the name have this address")
	}
	return r.end(Differs, seen, "it does not lead back to the address: many hosts refuse what it sends", fix)
}

// bares is names as mail addresses have them.
func bares(list []zonefile.Name) (out []string) {
	for _, n := range list {
		out = append(out, bare(n))
	}
	return out
}
