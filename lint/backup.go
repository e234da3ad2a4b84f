package lint

// Which exchanges are backups of others, by what they are called: a backup, a relay, the second of two.

import (
	"cmp"
	"iter"
	"slices"
	"sort"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// backupsTriedFirst is the exchanges that are named like a backup and tried first, each with the host that it is named
// like a backup of.
func (p *Pass) backupsTriedFirst(all []*exchange) iter.Seq2[*exchange, *exchange] {
	return func(yield func(best, main *exchange) bool) {
		if len(all) < 2 {
			return
		}
		least := slices.MinFunc(all, func(a, b *exchange) int { return cmp.Compare(a.preference, b.preference) }).preference
		if !slices.ContainsFunc(all, func(x *exchange) bool { return x.preference == least && namedAsBackup(x.host) }) {
			return // nearly all
		}
		var others worse
		for _, x := range all {
			if x.preference > least {
				others.add(x)
			}
		}
		for _, best := range all {
			if best.preference != least {
				continue
			}
			if main := p.backedUp(best.host, &others); main != nil && !yield(best, main) {
				return
			}
		}
	}
}

// triesBackupFirst tells whether mx-backup-preferred speaks of exchanges.
func (p *Pass) triesBackupFirst(all []*exchange) bool {
	for range p.backupsTriedFirst(all) {
		return true
	}
	return false
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

// namedAsBackup tells a name that may be called as the backup of another: by a word, or by a number that another may be
// below.
func namedAsBackup(host zonefile.Name) bool {
	s := stem(host.Label())
	return s.number > 1 || s.word == "relay" || isBackupWord(s.word)
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

// backupWords are what backups are called. The short ones start other words, too: a bakery is none.
var (
	backupWords      = []string{"backup", "secondary", "fallback", "standby", "failover"}
	shortBackupWords = []string{"bak", "spare"}
	serverWords      = []string{"", "mx", "mail", "mta", "smtp", "server", "srv", "host", "relay"}
)

// isBackupWord tells a label that begins as backups are called, or has a part between hyphens that does, also behind a
// word for a server: backupserver, mx-backup, mxbackup.
func isBackupWord(label string) bool {
	for part := range strings.SplitSeq(label, "-") {
		for _, w := range backupWords {
			if before, _, ok := strings.Cut(part, w); ok && isServerWord(before) {
				return true
			}
		}
		for _, w := range shortBackupWords {
			if before, rest, ok := strings.Cut(part, w); ok && isServerWord(before) && isServerWord(rest) {
				return true
			}
		}
	}
	return false
}

// isServerWord tells a word for a server, a number behind it left out, or nothing.
func isServerWord(word string) bool {
	return slices.Contains(serverWords, strings.TrimRight(word, "0123456789"))
}
