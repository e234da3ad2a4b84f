package lint

// Pieces of fixes that several rules share.

import (
	"net/netip"

	"github.com/mailzone/mailzone/zonefile"
)

// nameText writes a name into a record's field the way the field is written now: absolute if it is, else
// relative to the origin in force where that is possible.
func nameText(r zonefile.Record, f zonefile.Field, n zonefile.Name) string {
	if t, ok := r.Token(int(f)); ok && !isRelative(t.Text()) && t.Text() != "@" {
		return string(n)
	}
	return n.In(r.Origin())
}

// behindSet is the place behind the last record of the RRset that a record stood in before edits were made.
func behindSet(z *zonefile.Zone, r zonefile.Record, edits []zonefile.Edit) zonefile.Place {
	if len(edits) > 0 {
		if moved := r.In(z, edits).Record(); !moved.IsZero() {
			r = moved
		}
	}
	set := z.RRset(r.Owner(), r.Type())
	if len(set) == 0 {
		return zonefile.After(r)
	}
	return zonefile.After(set[len(set)-1])
}

// deletion is a fix that deletes records.
func deletion(message string, safe bool, records ...zonefile.Record) Fix {
	return Fix{
		Message: message,
		Safe:    safe,
		Make: func(z *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			return z.Delete(now...)
		},
		Of: records,
	}
}

// setField is a fix that changes one field of one record.
func setField(message string, safe bool, r zonefile.Record, f zonefile.Field, text string) Fix {
	return Fix{
		Message: message,
		Safe:    safe,
		Make: func(z *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			return z.Set(now[0], f, text)
		},
		Of: []zonefile.Record{r},
	}
}

// addDot makes a name absolute.
func addDot(r zonefile.Record, f zonefile.Field, d dotless, safe bool) Fix {
	return setField("add the dot", safe, r, f, d.text+".")
}

// addAddress asks for the address of a host and adds its record.
func addAddress(beside zonefile.Record, host zonefile.Name) Fix {
	return Fix{
		Message: "add an address record for the host",
		Needs:   []zonefile.Field{zonefile.Address},
		Make: func(z *zonefile.Zone, now []zonefile.Record, values []string) ([]zonefile.Edit, error) {
			a, err := netip.ParseAddr(values[0])
			if err != nil {
				return nil, err
			}
			d := zonefile.Draft{Owner: host, Type: zonefile.AddressType(a), RData: a.String()}
			if len(z.Node(host).Records) > 0 {
				return z.Add(d)
			}
			return z.Insert(d, behindSet(z, now[0], nil))
		},
		Of: []zonefile.Record{beside},
	}
}

// addTXT adds a TXT record. What it says is a guess, so it is never safe.
func addTXT(owner zonefile.Name, message, text string) Fix {
	return Fix{
		Message: message,
		Make: func(z *zonefile.Zone, _ []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			return z.Add(zonefile.Draft{Owner: owner, Type: zonefile.TypeTXT, RData: text})
		},
	}
}

// addMX asks for an exchange and adds an MX behind a record of the name.
func addMX(beside zonefile.Record) Fix {
	return Fix{
		Message: "add an MX",
		Needs:   []zonefile.Field{zonefile.Exchange},
		Make: func(z *zonefile.Zone, now []zonefile.Record, values []string) ([]zonefile.Edit, error) {
			d := zonefile.Draft{Owner: now[0].Owner(), Type: zonefile.TypeMX, RData: "10 " + values[0]}
			return z.Insert(d, zonefile.After(now[0]))
		},
		Of: []zonefile.Record{beside},
	}
}
