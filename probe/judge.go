package probe

// What the answers of name servers mean. It depends on the answers, the zone and the time alone.

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// judge begins a result about an address of a name server.
func judge(z *zonefile.Zone, t Target, asked string, at time.Time) Result {
	return Result{Kind: "dns", Subject: z.Origin(), Host: t.Host, Address: t.Address, Asked: asked, At: at}
}

// end gives a result its state, and what it means.
func (r Result) end(s State, seen, means, fix string) Result {
	r.State, r.Seen, r.Means, r.Fix = s, seen, means, fix
	return r
}

// Standard is what name servers are compared with.
type Standard struct {
	Zone   *zonefile.Zone
	Server zonefile.Name // the name server whose answers the zone is made of; "" where it is a file
	Signed bool          // named signs the zone of the file as it loads it, and counts the serial on
}

// its is a serial of the standard, in words.
func (s Standard) its(serial uint32) string {
	if s.Server != "" {
		return fmt.Sprintf("the %d of %s", serial, s.Server)
	}
	return fmt.Sprintf("the file's %d", serial)
}

// as is what is the same as in the standard, in words.
func (s Standard) as() string {
	if s.Server != "" {
		return "as at " + string(s.Server)
	}
	return "as in the file"
}

// JudgeServed says what it means that an address of a name server serves this, beside what it should.
func JudgeServed(by Standard, s Served, now time.Time) Result {
	r := judge(by.Zone, s.Target, "SOA", now)
	if len(s.Sets) > 0 {
		r.Asked = "SOA by UDP and TCP, and " + zonefile.Plural(len(s.Sets), "set of records", "sets of records")
	}
	r.Took = s.SOA.Took + s.TCP.Took
	if failed, ok := r.failed(s.SOA); ok {
		return failed
	}
	serial, refresh, ok := serialOf(by.Zone.Origin(), s.SOA)
	is, has := by.Zone.Serial()
	switch {
	case !s.SOA.Authoritative:
		return r.end(Bad, "an answer that is not authoritative", "the server does not have the zone: who asks it for the MX gets nothing sure",
			"let it serve the zone, or take it out of the NS records")
	case !ok:
		return r.end(Bad, "no SOA record", "the server does not have the zone", "let it serve the zone, or take it out of the NS records")
	case !has:
		return r.end(OK, fmt.Sprintf("serial %d", serial), "the file has no serial to compare it with", "")
	case zonefile.SerialLess(serial, is):
		r.Until = now.Add(time.Duration(refresh) * time.Second)
		return r.end(Waits, fmt.Sprintf("serial %d: behind %s", serial, by.its(is)),
			"it serves a version before; a secondary looks again after the refresh of the SOA, a primary when it is reloaded", "")
	case serial != is && by.Signed:
		return r.signed(by, s, serial, is)
	case serial != is:
		return r.end(Differs, fmt.Sprintf("serial %d: ahead of %s", serial, by.its(is)),
			"the file is older than what is served: a save with its next serial would not reach the secondaries", "look where the newer version came from before you save")
	}
	if other := differing(by.Zone, s.Sets); len(other) > 0 {
		return r.end(Bad, fmt.Sprintf("serial %d %s, other records: %s", serial, by.as(), listed(other)),
			"no secondary fetches what has the same serial", "raise the serial by a save, and reload")
	}
	return r.same(by, s, serial)
}

// signed is the result of a serial that stands before the file's where named signs and counts on: then the records tell.
func (r Result) signed(by Standard, s Served, serial, is uint32) Result {
	seen := fmt.Sprintf("serial %d: ahead of %s", serial, by.its(is))
	if other := differing(by.Zone, s.Sets); len(other) > 0 {
		return r.end(Differs, seen+", other records: "+listed(other), "named counts the serial on where it signs, and has not loaded these records, or not sent them on, yet", "")
	}
	if len(s.Sets) == 0 {
		return r.end(Unknown, seen, "named counts the serial on where it signs: whether that of the file was loaded is not to be seen by it", "ask by --dns for the records")
	}
	return r.same(by, s, serial)
}

// same is the result of a server that has all as it should be, as far as it answered.
func (r Result) same(by Standard, s Served, serial uint32) Result {
	seen := fmt.Sprintf("serial %d", serial)
	switch err := s.TCP.Err; {
	case errors.Is(err, errClosed) || errors.Is(err, errEnded) || errors.As(err, new(rcode)):
		return r.end(Bad, seen+", and by TCP: "+err.Error(), "an answer that does not fit UDP is lost (RFC 7766 §5)", "open port 53 for TCP")
	case err != nil:
		return r.end(Unknown, seen, "by TCP: "+err.Error()+": nothing can be said of that", "")
	}
	if open := unanswered(s.Sets); len(open) > 0 {
		return r.end(Unknown, seen, "no sure answer to "+listed(open), "")
	}
	if is, _ := by.Zone.Serial(); is != serial {
		seen = fmt.Sprintf("serial %d: named signs, and counts on from %s; all else %s", serial, by.its(is), by.as())
	} else if by.Server != "" && by.Server == s.Host {
		seen += ", the newest that is served: others are compared with it"
	} else if len(s.Sets) == 0 {
		seen += " " + by.as()
	} else {
		seen += ", all " + by.as()
	}
	if s.SOA.Recursive {
		return r.end(OK, seen, "it offers to ask others too, which name servers should not do for everybody", "")
	}
	return r.end(OK, seen, "", "")
}

// failed is the result of an answer that did not come, or is a code.
func (r Result) failed(a Reply) (Result, bool) {
	var code rcode
	switch {
	case a.Err == nil && a.Result == zonefile.NoName:
		return r.end(Bad, "no such name", "the server does not have the zone", "let it serve the zone, or take it out of the NS records"), true
	case a.Err == nil:
		return r, false
	case errors.Is(a.Err, errClosed):
		return r.end(Bad, "nothing listens on port 53", "who asks it goes on to the next name server", "start the name server there, or take it out of the NS records"), true
	case errors.As(a.Err, &code):
		return r.end(Bad, string(code), "the server gives no answer for the zone: it is not configured for it, or its copy has expired",
			"let it serve the zone, or take it out of the NS records"), true
	case errors.Is(a.Err, errNoWay):
		return r.end(Unknown, "", "there is no way to it from here: nothing can be said", ""), true
	}
	return r.end(Unknown, "", a.Err.Error()+": nothing can be said", ""), true
}

// serialOf is the serial of an answer that is an SOA, and after how many seconds a secondary looks again.
func serialOf(zone zonefile.Name, a Reply) (serial, refresh uint32, ok bool) {
	if len(a.Records) == 0 {
		return 0, 0, false
	}
	z := a.Zone(zone)
	soa, has := z.SOA()
	if serial, ok = z.Serial(); !has || !ok {
		return 0, 0, false
	}
	if t, has := soa.Token(int(zonefile.Serial) + 1); has {
		refresh, _ = zonefile.ParseTTL(t.Text())
	}
	return serial, refresh, true
}

// differing is the sets that a server has otherwise than the file.
func differing(z *zonefile.Zone, sets map[Question]Reply) (other []Question) {
	for q, a := range sets {
		if a.Err == nil && !maps.Equal(said(z, q), said(a.Zone(z.Origin()), q)) {
			other = append(other, q)
		}
	}
	return other
}

// said is what the records of a set say, in canonical form.
func said(z *zonefile.Zone, q Question) map[string]bool {
	out := map[string]bool{}
	for _, r := range z.Lookup(q.Name, q.Type).Records {
		out[r.CanonicalRData()] = true
	}
	return out
}

// unanswered is the sets to which no sure answer came.
func unanswered(sets map[Question]Reply) (open []Question) {
	for q, a := range sets {
		if a.Err != nil {
			open = append(open, q)
		}
	}
	return open
}

// mostListed is how many sets are named.
const mostListed = 3

// listed is some sets in words, in order.
func listed(sets []Question) string {
	var names []string
	for _, q := range sets {
		names = append(names, string(q.Name)+" "+q.Type.String())
	}
	slices.Sort(names)
	if more := len(names) - mostListed; more > 0 {
		names = append(names[:mostListed], fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, ", ")
}

// JudgeDelegation says what it means that a server of the parent refers to these hosts.
func JudgeDelegation(z *zonefile.Zone, d Delegation, now time.Time) Result {
	r := judge(z, d.Target, "NS at the parent", now)
	if failed, ok := r.failed(Reply{Answer: Answer{Err: d.Err, Result: zonefile.Found}}); ok {
		failed.Fix = ""
		return failed
	}
	own := NameServers(z)
	slices.Sort(own)
	is := slices.Sorted(slices.Values(d.Hosts))
	switch {
	case len(is) == 0:
		return r.end(Bad, "no referral", "the parent does not know the zone: nobody finds it", "let the registrar delegate it")
	case slices.Equal(own, is):
		return r.end(OK, "the parent refers to "+names(is), "", "")
	}
	return r.end(Differs, "the parent refers to "+names(is), "the zone's own NS records are "+names(own)+": resolvers use both", "let the registrar change the delegation, or change the NS records")
}

// names is hosts in words.
func names(hosts []zonefile.Name) string {
	if len(hosts) == 0 {
		return "none"
	}
	var out []string
	for _, h := range hosts {
		out = append(out, string(h))
	}
	return strings.Join(out, ", ")
}

// Unasked is the result of somebody who was not asked; its address is not valid where it is not known.
func Unasked(kind string, z *zonefile.Zone, t Target, why string, now time.Time) Result {
	r := Result{Kind: kind, Subject: z.Origin(), Host: t.Host, Address: t.Address, Asked: "nothing", At: now}
	if kind == "smtp" {
		r.Policy = "none"
	}
	return r.end(NotAsked, "", why, "")
}
