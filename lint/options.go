package lint

// What a run goes by beside the zones. Rules ask no clock, no files and no network: the day and all else comes in here.

import (
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// Options say which rules run and what they go by. The zero value runs every rule above information.
type Options struct {
	Disable  []string            // names of rules that do not run
	Severity map[string]Severity // other severities than the rules' own, by name
	SetIn    map[string]string   // the file that says so, by name of a rule; flags are in none
	Info     bool                // also what is merely worth knowing
	Today    time.Time           // the day that "until" in an ignore is compared with; zero: no ignore has run out
	TTLFloor uint32              // the lowest TTL in seconds that an MX may have without a warning; 0 is one hour

	// Local is what counts of zones in the place of Disable, Severity, SetIn and TTLFloor, by the name of their file. Zones that
	// share settings share the value.
	Local map[string]*Local

	// Against holds the zones as they were opened, for the rules that compare. A zone is compared with
	// the one of the same origin.
	Against []*zonefile.Zone
	// Was says which of these a zone was, by the name of its file, where that is known; others were not there. nil: it is told by
	// their origins, of which views of one zone have the same.
	Was map[string]*zonefile.Zone
	// CutOver is when a planned migration takes place, counted from Today; 0 if none is planned.
	CutOver time.Duration
	// Journals names the files of zones that have a journal: named writes them itself.
	Journals []string
	// Signed names the files of zones beside which named keeps a signed copy: the keys are not in the file.
	Signed []string
	// Certs is the certificates that hosts show, as far as the user has named them.
	Certs []Certificate
	// Outside is what DNS says about names that are in none of the zones; nil where it was not asked.
	Outside *Outside
	// Progress hears how far a run is; nil if nobody asks.
	Progress Progress
	// Ended is asked at each name, and tells that nobody waits for what is found any more: then no further name is looked at. nil:
	// somebody does.
	Ended func() bool
}

// Local is settings of some zones.
type Local struct {
	Disable  []string
	Severity map[string]Severity
	SetIn    map[string]string
	TTLFloor uint32
}

// For is the options that count for a zone.
func (o Options) For(z *zonefile.Zone) Options {
	if l := o.Local[z.Root().Name()]; l != nil {
		o.Disable, o.Severity, o.SetIn, o.TTLFloor = l.Disable, l.Severity, l.SetIn, l.TTLFloor
	}
	o.Local = nil
	return o
}

// defaultTTLFloor is the lowest TTL of an MX that passes without a warning.
const defaultTTLFloor = 3600

// floor is the TTL floor in force.
func (o Options) floor() uint32 {
	if o.TTLFloor == 0 {
		return defaultTTLFloor
	}
	return o.TTLFloor
}

// Progress hears how far something is that takes its time: a step of so many parts begins, or parts of it are
// done. Several goroutines call it.
type Progress interface {
	Step(what string, parts int)
	Done(parts int)
}

// Severity tells how bad a finding is.
type Severity = zonefile.Severity

// The severities, from harmless to bad.
const (
	Info    = zonefile.Info    // worth knowing
	Warning = zonefile.Warning // mail may be lost
	Error   = zonefile.Error   // mail is lost, or the zone does not load
)
