package lint

// A backup that is tried first. Names are no proof, so the rule goes by words and by numbers of the zone's own hosts only.

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

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
	case p.run.in.Deepest(host) == nil:
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
	front, behind := *best, *worse // the Pass goes on to other names
	d.Offer(Fix{
		Message: fmt.Sprintf("swap preferences %d and %d", front.preference, behind.preference),
		Make: on(func(z *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			first, err := z.Set(now[0], zonefile.Preference, decimal(uint32(behind.preference)))
			if err != nil {
				return nil, err
			}
			second, err := z.Set(now[1], zonefile.Preference, decimal(uint32(front.preference)))
			return append(first, second...), err
		}, front.Record, behind.Record),
	})
}
