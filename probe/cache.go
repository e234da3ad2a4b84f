package probe

// What a cache goes on giving, and for how long: who asks it finds the hosts of before. It depends on the answer, the zone and the time alone.

import (
	"maps"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// Cached is what a cache gives for a set of records.
type Cached struct {
	Question
	At     netip.Addr
	Answer // with an error where there was none
}

// JudgeCache says what it means that a cache gives this for a set of records, of a zone as its file has it.
func JudgeCache(z *zonefile.Zone, c Cached, now time.Time) Result {
	r := Result{Kind: "cache", Subject: z.Origin(), Host: c.Name, Address: c.At, Asked: c.Type.String(), At: now}
	if c.Err != nil {
		return r.end(Unknown, "", c.Err.Error()+": nothing can be said", "")
	}
	is := said(c.Zone(z.Origin()), c.Question)
	if maps.Equal(is, said(z, c.Question)) {
		return r.end(OK, "as in the file", "", "")
	}
	seen := c.Type.String() + " " + strings.Join(slices.Sorted(maps.Keys(is)), ", ")
	means := "who asks it may go to the address of before"
	switch {
	case len(is) == 0:
		seen, means = "no "+c.Type.String(), "who asks it finds none"
	case c.Type == zonefile.TypeMX:
		means = "who asks it may send to the hosts of before"
	}
	r.Until = now.Add(c.Keep)
	return r.end(Waits, seen, means, "")
}
