package lint

// The start of authority, read: its fields by number, its times in seconds.

import (
	"github.com/mailzone/mailzone/zonefile"
)

// soaTimes is the four times of an SOA in seconds.
type soaTimes struct{ refresh, retry, expire, minimum uint32 }

// Numbers of the SOA's fields.
const (
	soaMailbox = 1
	soaRefresh = 3
	soaRetry   = 4
	soaExpire  = 5
	soaMinimum = 6
)

// times reads the times of an SOA; false if they do not parse.
func times(r zonefile.Record) (t soaTimes, ok bool) {
	data := r.RData()
	if len(data) != 7 {
		return t, false
	}
	for i, v := range []*uint32{&t.refresh, &t.retry, &t.expire, &t.minimum} {
		if *v, ok = zonefile.ParseTTL(data[soaRefresh+i].Text()); !ok {
			return t, false
		}
	}
	return t, true
}

// soa is the SOA if the apex is visited.
func (p *Pass) soa() (zonefile.Record, bool) {
	r, ok := p.Zone.SOA()
	return r, ok && p.Node.Name == r.Owner()
}
