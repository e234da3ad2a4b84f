package ui

// What a change of many zones is, while it is worked out, reviewed, saved and followed; and the messages that end these steps.

import (
	"sync/atomic"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// ZonesEdit is a change of zones, as it was typed.
type ZonesEdit struct {
	Did  string                                        // as the history has it
	Edit func(*zonefile.Zone) ([]zonefile.Edit, error) // of one zone
	Host zonefile.Name                                 // that mail is to go to, which must have an address; "" if it goes nowhere else
}

// ZonesWork is what a change would do.
type ZonesWork struct {
	Many   *document.Many
	Review document.ManyReview
}

// zoneChange is a change that is under way.
type zoneChange struct {
	ZonesEdit
	zones   []server.Zone
	work    ZonesWork // once it is worked out
	step    changeStep
	stopped atomic.Bool // nobody waits any more

	reload bool               // named is to read the zones again after the save
	saved  []*document.Member // that are read again
	served map[server.Served]int
	at     int // how many of them were
	old    []reportText
}

// changeStep is what is going on; reviewed waits for the user.
type changeStep int

const (
	workedOut changeStep = iota
	reviewed
	written
	readAgain
)

// The messages that end the steps.
type (
	zonesWorked struct {
		of   *zoneChange
		work ZonesWork
		err  error
	}
	zonesWritten struct {
		of    *zoneChange
		notes []string
		err   error
	}
	zoneServed struct {
		of    *zoneChange
		is    document.Serving
		goes  bool
		asked bool // it was; else somebody has ended that
	}
)
