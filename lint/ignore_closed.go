package lint

// What an ignore says of a host beside the rule that it silences: that it is meant to be closed. Whoever asks the host then finds no fault
// in it.

import (
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// nolisting is the word of a reason that says so.
const nolisting = "nolisting"

// MeantClosed is the hosts that an ignore with the word nolisting in its reason stands at, on their MX or their address, and whose day is
// not past.
func MeantClosed(z *zonefile.Zone, today time.Time) (hosts []zonefile.Name) {
	for _, g := range findIgnores(z) {
		if host := g.nolisting(z); host != nil && !g.over(today) && !slices.Contains(hosts, *host) {
			hosts = append(hosts, *host)
		}
	}
	return hosts
}

// nolisting is the host that an ignore says of that it is meant to be closed; nil if it does not.
func (g *ignore) nolisting(z *zonefile.Zone) *zonefile.Name {
	words := strings.FieldsFunc(strings.ToLower(string(g.row.File().Slice(g.span))), func(r rune) bool { return strings.ContainsRune(" \t,;:()", r) })
	if g.broken != "" || g.file || !slices.Contains(words, nolisting) {
		return nil
	}
	r := z.RowAt(g.row.File(), g.reach.Start).Record()
	if r.IsZero() {
		return nil
	}
	host := r.Owner()
	switch r.Type() {
	case zonefile.TypeMX:
		target, ok := r.Target()
		if !ok {
			return nil
		}
		host = target
	case zonefile.TypeA, zonefile.TypeAAAA:
	default:
		return nil
	}
	return &host
}
