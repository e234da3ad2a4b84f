package lint

// A backup that is tried first. Names are no proof, so the rule goes by words and by numbers of the zone's own hosts only.

import (
	"fmt"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

var mxBackupPreferred = &Rule{
	Name:     "mx-backup-preferred",
	Severity: Warning,
	Doc: `A host that is named like a backup has the best preference: the lowest number is tried first, so all mail
goes to the backup and the main server gets it only while that is down. The numbers are the wrong way round: they are
called priority, preference or distance, and are a distance. A name like a backup's begins with backup, bak, secondary, fallback, spare, standby or failover, or has it behind a hyphen or
a word for a server.`,
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
		for best, main := range p.backupsTriedFirst(p.Real()) {
			reportBackup(p, best, main)
		}
	},
}

// reportBackup reports a backup that is tried first, and offers to swap the numbers.
func reportBackup(p *Pass, best, worse *exchange) {
	gets := "all the mail"
	if slices.ContainsFunc(p.Real(), func(x *exchange) bool { return x.preference == best.preference && x.host != best.host }) {
		gets = "a share of all mail"
	}
	d := p.AtExchange(best, "exchange %s is named like a backup and gets %s: swap its preference %d with %d of %s",
		quoted(best.host), gets, best.preference, worse.preference, quoted(worse.host))
	d.Relate(worse.Record, "the host that is tried later")
	front, behind := *best, *worse // the Pass goes on to other names
	d.Offer(Fix{
		Message: fmt.Sprintf("swap preferences %d and %d", front.preference, behind.preference),
		Make: func(z *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			first, err := z.Set(now[0], zonefile.Preference, decimal(uint32(behind.preference)))
			if err != nil {
				return nil, err
			}
			second, err := z.Set(now[1], zonefile.Preference, decimal(uint32(front.preference)))
			return append(first, second...), err
		},
		Of: []zonefile.Record{front.Record, behind.Record},
	})
}
