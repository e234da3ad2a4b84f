package document

// A reload at whose end named was seen with the new serial: that is remembered, for the next step of a move counts from it.

import (
	"fmt"
	"time"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// noted is a reload that is remembered when named serves the version.
type noted struct {
	Reloader
	keeper keeper
	zone   *zonefile.Zone
	now    func() time.Time
}

// Step goes on with the reload.
func (n noted) Step() server.Progress {
	p := n.Reloader.Step()
	if p.Done && p.Served {
		n.remember()
	}
	return p
}

// remember notes since when named is known to serve the version, if that belongs to a move. That it cannot be noted is no
// fault of the reload: the time is asked.
func (n noted) remember() {
	m, err := n.keeper.load(n.zone)
	if err != nil || m == nil {
		return
	}
	last, serial := &m.Texts[len(m.Texts)-1], uint32(0)
	if n.zone != nil {
		serial, _ = n.zone.Serial()
	}
	if last.Sum != textOf(n.zone).Sum || last.Served.Certain {
		return
	}
	last.Served = preview.Moment{Time: n.now(), Certain: true, Evidence: fmt.Sprintf("named was seen with serial %d", serial)}
	_ = n.keeper.keep(m, n.now())
}
