package lint

// Rules about the hosts behind the MX records of a name.

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"sort"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

var mxTargetLocalhost = &Rule{
	Name:     "mx-target-localhost",
	Severity: Warning,
	Doc: `The exchange is localhost: every sender would deliver to itself. Whoever writes that means that the domain
accepts no mail; a null MX says so, and senders return the mail at once instead of after days.`,
	Bad:    "@ MX 0 localhost.",
	Good:   "@ MX 0 .",
	Refs:   []string{"RFC 7505 §1", "RFC 7505 §3"},
	Visits: mxOwners,
	Check: eachExchange(func(p *Pass, x *exchange) {
		if x.host != "localhost." && x.host != "localhost.localdomain." {
			return
		}
		d := p.AtExchange(x, "exchange %s is every sender itself: write a null MX, 0 and a dot, if the domain takes no mail", quoted(x.host))
		if len(p.Exchanges()) == 1 {
			d.Offer(setField(p.Zone, `replace it by a null MX, "0 ."`, false, x.Record, zonefile.FieldRData, "0 ."))
		} else {
			d.Offer(deletion(p.Zone, "delete this record", false, x.Record))
		}
	}),
}

var mxOccluded = &Rule{
	Name:     "mx-occluded",
	Severity: Warning,
	Doc: `An MX, or an address that one counts on, lies at or below a delegation. The zone's servers do not serve
it: they send those who ask to the servers of the child zone, and what is written here counts for nothing.`,
	Bad: `sub NS ns1.dns.net.
sub MX 10 mx1
mx1 A 192.0.2.1`,
	Good: `sub MX 10 mx1
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 1034 §4.2.1", "RFC 2181 §5.4.1"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		if a := p.here(); a.Result == zonefile.Delegated {
			cut := p.Zone.Node(a.Cut).Of(zonefile.TypeNS)[0]
			for _, x := range p.Exchanges() {
				d := p.On(x.Record, "the MX of %s is not served: %s is delegated; put it into the child zone", quoted(p.Node.Name), quoted(a.Cut))
				d.Relate(cut, "the delegation")
			}
			return
		}
		for _, x := range p.Real() {
			checkHostOccluded(p, x)
		}
	},
}

// here is what the visited zone answers for the visited name's MX.
func (p *Pass) here() zonefile.Answer {
	if !p.run.cutAbove(p.Zone, p.Node.Name) {
		return zonefile.Answer{Result: zonefile.Found}
	}
	a := p.Zone.Lookup(p.Node.Name, zonefile.TypeMX)
	p.note(p.Node.Name, a)
	return a
}

// checkHostOccluded reports an exchange whose address records stand here and are not served.
func checkHostOccluded(p *Pass, x *exchange) {
	h := x.found
	if h.Result != zonefile.Delegated {
		return
	}
	z := p.run.zoneOf(h.Name)
	here := p.NodeAt(h.Name)
	i := slices.IndexFunc(here.Records, isAddress)
	if i < 0 || p.isServer(z, h.Cut, h.Name) {
		return
	}
	d := p.AtExchange(x, "the address of exchange %s is not served from here: %s is delegated; put the address into the child zone",
		quoted(x.host), quoted(h.Cut))
	d.Relate(here.Records[i], "the address that is not served")
}

// isAddress tells an A or AAAA record.
func isAddress(r zonefile.Record) bool {
	return r.Type() == zonefile.TypeA || r.Type() == zonefile.TypeAAAA
}

// isServer tells whether a name is one of the name servers of another. Of a delegation: then its address here is glue,
// and the child zone has it as well.
func (p *Pass) isServer(z *zonefile.Zone, of, n zonefile.Name) bool {
	if p.serving.zone != z || p.serving.of != of {
		p.serving = serving{z, of, map[zonefile.Name]bool{}}
		for _, r := range z.RRset(of, zonefile.TypeNS) {
			if server, ok := r.Target(); ok {
				p.serving.names[server] = true
			}
		}
	}
	return p.serving.names[n]
}

// serving is the name servers of a name of a zone.
type serving struct {
	zone  *zonefile.Zone
	of    zonefile.Name
	names map[zonefile.Name]bool
}

var mxTargetOutside = &Rule{
	Name:     "mx-target-outside",
	Severity: Info,
	Doc: `The exchange is a name of another zone: whether it has an address cannot be told from this file.
"mailzone lint" checks it when that zone is named on the command line, too, and with --resolve it asks DNS.`,
	Bad: "@ MX 10 mx.example.net.",
	Good: `@ MX 10 mx1
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 5321 §5.1"},
	Visits: mxOwners,
	Check: eachExchange(func(p *Pass, x *exchange) {
		h := x.found
		if x.host != "localhost." && !h.missing() && h.Result != zonefile.Found && !x.dotMissing {
			p.AtExchange(x, "exchange %s cannot be checked from this file: its zone is not loaded", quoted(x.host))
		}
	}),
}

var mxBackupPreferred = &Rule{
	Name:     "mx-backup-preferred",
	Severity: Warning,
	Doc: `A host that is named like a backup has the best preference: the lowest number is tried first, so all mail
goes to the backup and the main server gets it only while that is down. The numbers are the wrong way round.`,
	Bad: `@ MX 10 backup
@ MX 20 mail
backup A 192.0.2.1
mail A 192.0.2.2`,
	Good: `@ MX 10 mail
@ MX 20 backup
backup A 192.0.2.1
mail A 192.0.2.2`,
	Refs:   []string{"RFC 5321 §5.1"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		all := p.Real()
		if len(all) < 2 {
			return
		}
		least := slices.MinFunc(all, func(a, b *exchange) int { return cmp.Compare(a.preference, b.preference) }).preference
		var others worse
		for _, x := range all {
			if x.preference > least {
				others.add(x)
			}
		}
		for _, best := range all {
			if best.preference == least {
				if main := p.backedUp(best.host, &others); main != nil {
					reportBackup(p, best, main)
				}
			}
		}
	},
}

// worse is the exchanges that are not tried first, by what a backup of them would be called: of those of one kind the
// one that stands first in the zone.
type worse struct {
	primary  *exchange                   // not called a backup
	notRelay map[zonefile.Name]*exchange // not called a relay, by parent
	numbered map[numbered][]*exchange    // with falling numbers: each is the first with one so low
}

// numbered is hosts of one name and parent that differ by a number.
type numbered struct {
	parent zonefile.Name
	word   string
}

// add adds an exchange.
func (w *worse) add(x *exchange) {
	s, parent := stem(x.host.Label()), x.host.Parent()
	if w.notRelay == nil {
		w.notRelay, w.numbered = map[zonefile.Name]*exchange{}, map[numbered][]*exchange{}
	}
	if w.primary == nil && !isBackupWord(s.word) {
		w.primary = x
	}
	if w.notRelay[parent] == nil && s.word != "relay" {
		w.notRelay[parent] = x
	}
	key := numbered{parent, s.word}
	list := w.numbered[key]
	if s.number > 0 && (len(list) == 0 || s.number < stem(list[len(list)-1].host.Label()).number) {
		w.numbered[key] = append(list, x)
	}
}

// backedUp is the host that another is named like a backup of, nil if there is none: by a word, or because both
// are numbered hosts of the site and the other has the higher number. How providers number theirs means
// nothing, and a relay may well stand before the hosts of others.
func (p *Pass) backedUp(host zonefile.Name, others *worse) *exchange {
	s := stem(host.Label())
	switch {
	case s.word == "relay":
		return others.notRelay[host.Parent()]
	case isBackupWord(s.word):
		return others.primary
	case p.run.zoneOf(host) == nil:
		return nil
	}
	list := others.numbered[numbered{host.Parent(), s.word}]
	i := sort.Search(len(list), func(i int) bool { return stem(list[i].host.Label()).number < s.number })
	if i == len(list) {
		return nil
	}
	return list[i]
}

// stemOf is a host's label without its number.
type stemOf struct {
	word   string
	number int
}

// stem splits mx2 into mx and 2.
func stem(label string) stemOf {
	word := strings.TrimRight(label, "0123456789")
	n := 0
	for _, c := range label[len(word):] {
		n = min(n*10+int(c-'0'), 1<<16)
	}
	return stemOf{strings.TrimRight(word, "-"), n}
}

// isBackupWord tells the words that backups are called by.
func isBackupWord(word string) bool {
	for part := range strings.SplitSeq(word, "-") {
		switch part {
		case "backup", "bak", "secondary", "fallback", "spare", "standby", "backupmx", "mxbackup", "failover":
			return true
		}
	}
	return false
}

// reportBackup reports a backup that is tried first, and offers to swap the numbers.
func reportBackup(p *Pass, best, worse *exchange) {
	d := p.AtExchange(best, "exchange %s is named like a backup and is tried first, at preference %d before %s at %d: swap them",
		quoted(best.host), best.preference, quoted(worse.host), worse.preference)
	d.Relate(worse.Record, "the host that is tried later")
	z, front, behind := p.Zone, *best, *worse // the Pass goes on to other names
	d.Offer(Fix{
		Message: fmt.Sprintf("swap preferences %d and %d", front.preference, behind.preference),
		Make: func(...string) ([]zonefile.Edit, error) {
			first, err := z.Set(front.Record, zonefile.Preference, decimal(uint32(behind.preference)))
			if err != nil {
				return nil, err
			}
			second, err := z.Set(behind.Record, zonefile.Preference, decimal(uint32(front.preference)))
			return append(first, second...), err
		},
	})
}

// hostAddresses is the addresses of all exchanges of the visited name; ok is false if one is unknown.
func (p *Pass) hostAddresses() (all [][]netip.Addr, ok bool) {
	for _, x := range p.Real() {
		h := x.found
		if h.Result != zonefile.Found {
			return nil, false
		}
		all = append(all, h.addresses)
	}
	return all, true
}
