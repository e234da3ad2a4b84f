package ui

// What was heard of the world in the session: which kinds of questions somebody has agreed to, and what stands behind a host until its
// addresses are others. Nothing is asked here.

import (
	"context"
	"net/netip"
	"time"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// heard is what was heard.
type heard struct {
	agreed map[string]bool // kinds
	hosts  map[zonefile.Name]hostHeard

	servers func() ([]netip.AddrPort, error)                     // who is asked for addresses
	barred  func(c document.Checking, a netip.Addr) (why string) // "" of who is asked

	// How the world is asked, and for the checks of a step; a test answers in its place.
	asks  func(c document.Checking, ctx context.Context, kinds document.Kinds, how document.Mailing) document.Checked
	steps func(c document.Checking, ctx context.Context, s document.StepChecks, how document.Mailing) document.StepChecks
}

// hostHeard is what is known of a host that takes mail.
type hostHeard struct {
	of    string // its addresses then
	state string // the heaviest of those that say anything
	at    time.Time
}

// newHeard has heard nothing, and asks the world.
func newHeard() heard {
	return heard{agreed: map[string]bool{}, hosts: map[zonefile.Name]hostHeard{}, servers: document.SystemServers, barred: document.Checking.Barred, asks: document.Checking.Ask, steps: document.Checking.Steps}
}

// hostData is the addresses of a host in a zone, as they are written.
func hostData(z *zonefile.Zone, host zonefile.Name) (text string) {
	for _, r := range z.Addresses(host).Records {
		text += r.RDataText() + " "
	}
	return text
}

// listen takes over what was heard of hosts that take mail.
func (h *heard) listen(z *zonefile.Zone, results []document.Result, now time.Time) {
	fresh := map[zonefile.Name]bool{}
	for _, r := range results {
		if r.Kind != "smtp" || r.Host == "" {
			continue
		}
		is := hostHeard{hostData(z, r.Host), string(r.State), now}
		if was := h.hosts[r.Host].state; fresh[r.Host] && !silentState(was) && (silentState(is.state) || document.Heavier(was, is.state)) {
			is.state = was
		}
		h.hosts[r.Host], fresh[r.Host] = is, true
	}
}

// silentState tells a state that says nothing of a host: its other addresses may.
func silentState(state string) bool { return state == "unknown" || state == "not-asked" }

// marks is what stands behind a host, the longest first; none if nothing is known of it as it is now.
func (h *heard) marks(z *zonefile.Zone, host zonefile.Name) []string {
	is, known := h.hosts[host]
	switch {
	case !known || is.of != hostData(z, host):
		return nil
	case is.state == "ok":
		return []string{"ok " + is.at.Format("15:04"), "ok"}
	case silentState(is.state):
		return []string{"?"}
	}
	return []string{is.state}
}
