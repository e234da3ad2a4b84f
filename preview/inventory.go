package preview

// What leads to the old host of a migration, and what to look at in each step.

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// Item is a record that a migration has to think of.
type Item struct {
	Kind   string // mx, wildcard, alias, spf, dkim, mta-sts, tlsa, srv
	Record zonefile.Record
	Text   string
}

// inventory lists what leads to the old host, or goes by its name.
func (p *planner) inventory(z *zonefile.Zone) []Item {
	moves := map[zonefile.Name]bool{}
	for _, d := range p.domains {
		moves[d] = true
	}
	var out []Item
	for r := range z.Records() {
		if kind, text := p.item(r, moves); kind != "" {
			out = append(out, Item{kind, r, Display(r.Owner()) + " " + text})
		}
	}
	for _, b := range Map(z) {
		if b.How == ByAlias && moves[b.Leads] {
			out = append(out, Item{"alias", b.Record, fmt.Sprintf("%s is an alias of %s, and moves with it", Display(b.Name), Display(b.Leads))})
		}
	}
	return out
}

// item tells whether a record has to do with the migration.
func (p *planner) item(r zonefile.Record, moves map[zonefile.Name]bool) (kind, text string) {
	target, _ := r.Target()
	switch r.Type() {
	case zonefile.TypeMX:
		if !p.old(target) {
			return "", ""
		}
		if p.aliases[target] {
			return "mx", "has " + Display(target) + " as MX, an alias of the old host"
		}
		if r.Owner().IsWildcard() {
			return "wildcard", "has " + Display(target) + " as MX, and so have all names that it covers"
		}
		return "mx", "has " + Display(target) + " as MX"
	case zonefile.TypeCNAME:
		return p.aliasItem(r.Owner(), target)
	case zonefile.TypeSRV:
		if p.theirs(string(target)) {
			return "srv", "leads clients to " + Display(target)
		}
	case zonefile.TypeTLSA:
		if strings.HasPrefix(string(r.Owner()), "_25._tcp.") {
			return "tlsa", "binds mail servers to a certificate: the new host needs one of its own before it becomes an MX"
		}
	case zonefile.TypeTXT:
		return p.textItem(r, moves)
	}
	return "", ""
}

// aliasItem tells what an alias of the old provider's names is for.
func (p *planner) aliasItem(owner, target zonefile.Name) (kind, text string) {
	switch name := string(owner); {
	case !p.theirs(string(target)):
		return "", ""
	case strings.Contains(name, "._domainkey."):
		return "dkim", "is a signing key of the old host"
	case strings.HasPrefix(name, "_mta-sts.") || strings.HasPrefix(name, "mta-sts."):
		return "mta-sts", "publishes the policy of the old host: the new policy has to name the new host before it becomes an MX"
	}
	return "alias", "is an alias of " + Display(target) + ": clients may use it"
}

// textItem tells what a TXT record has to do with sending or receiving.
func (p *planner) textItem(r zonefile.Record, moves map[zonefile.Name]bool) (kind, text string) {
	owner := string(r.Owner())
	value, _ := r.Joined()
	switch {
	case strings.HasPrefix(owner, "_mta-sts.") && moves[r.Owner().Parent()]:
		return "mta-sts", "announces a policy: it has to name the new host, and this id to change, before the host becomes an MX"
	case strings.Contains(owner, "._domainkey."):
		return "dkim", "is a signing key: the new host needs its own, under another selector"
	case policy.IsSPF(value):
		for _, t := range policy.ParseSPF(value).Terms {
			if p.spfTheirs(t) {
				return "spf", "lets the old host send (" + t.Text + ")"
			}
		}
	}
	return "", ""
}

// checks is what to look at after a step.
func (p *planner) checks(s *Step) []string {
	to, from := Display(p.To), Display(p.From)
	switch {
	case s.Number == stepPrepare:
		out := []string{
			"all name servers give the new records: dig +short " + to + " at each of them",
			to + " answers on port 25, accepts mail for all domains that move, and refuses unknown recipients at RCPT",
		}
		for _, ip := range p.Addrs {
			out = append(out, fmt.Sprintf("the PTR record of %s names %s", ip, to))
		}
		return out
	case s.Script == "":
		return nil
	case s.Number == stepAdd:
		return []string{
			"a message sent straight to " + to + " arrives: swaks --server " + to + " --to postmaster@" + Display(p.domains[0]),
			"what arrives at " + to + " while " + from + " is slow reaches the mailboxes",
		}
	case s.Number == stepSwap:
		return []string{
			"the same day " + from + " is told to relay these domains instead of delivering them: until then what reaches it stays there, or comes back as a loop",
			"mail from outside arrives at " + to,
		}
	case s.Number == stepRemove:
		return []string{"the log of " + from + " shows no mail for these domains any more"}
	case s.Number == stepClean:
		return []string{"nothing sends through " + from + " any more: newsletters, scanners, web forms"}
	}
	return nil
}
