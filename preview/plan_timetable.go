package preview

// The timetable of a move: its steps, with what to know of each, and what has to be known of the time before.

import (
	"slices"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// Step is one change of the zone, and all that goes with it.
type Step struct {
	Number int
	Kind   Kind // of the move
	Title  string
	State  State
	Items  []Item          // of the first step: what leads to the old host, and what the move does not do
	Script string          // the change in the syntax of nsupdate; "" where nothing is to be changed
	Base   *zonefile.Zone  // the zone as it is then
	Edits  []zonefile.Edit // of Base; of a later step they apply when the steps before are done
	Result *zonefile.Zone  // the zone after the step
	Checks []Check         // what to look at before the next step

	Earliest uint32 // seconds from now until the step may be saved
	Wait     uint32 // seconds from saving it until the next step
	Holds    uint32 // seconds from saving it until no resolver has an answer that it replaced
	Why      string // what the wait is for
	Back     Back   // how it is undone

	// Of the step to do now: when the zone before it came to be served, the seconds that must have passed since then,
	// and whether all that is certain. Where it is not, Questions is what a human may know.
	Since     Moment
	Elapsed   uint32
	NotBefore time.Time
	Certain   bool
	Questions []Check

	phase    phase
	news     map[zonefile.Name]bool // the new hosts
	change   []zonefile.Record      // that only one of Base and Result has
	replaced []replaced             // answers
	mail     []Change
}

// Changes says whose mail the step sends elsewhere. The new hosts themselves, which are nobody's domains, are left out,
// and so are names of services, which have no mailboxes.
func (s Step) Changes() []Change { return s.mail }

// Last tells the last step of its move: no other waits for it.
func (s Step) Last() bool { return s.Number == len(s.Kind.phases()) }

// compare finds the changes.
func (s Step) compare() []Change {
	changes := Compare([]*zonefile.Zone{s.Base}, []*zonefile.Zone{s.Result})
	return slices.DeleteFunc(changes, func(c Change) bool { return s.news[c.Domain] || isService(c.Domain) })
}

// State tells how far a move is.
type State string

// The states of a step. The strings are those of the JSON output.
const (
	StepDone  State = "done"
	StepNow   State = "now"
	StepLater State = "later"
)

// Item is a record that a move has to think of.
type Item struct {
	Kind   string // mx, wildcard, alias, spf, dkim, mta-sts, tlsa, srv, dmarc, address, glue
	Record zonefile.Record
	Text   string
	Before int // the step before which somebody has to do something about it; 0: none
}

// CheckKind is what has to be asked for a check. The strings are those of the JSON output.
type CheckKind string

// The kinds of checks.
const (
	DNS   CheckKind = "dns"   // each name server
	Cache CheckKind = "cache" // resolvers: whether they have forgotten the old answer
	SMTP  CheckKind = "smtp"  // the new host, on port 25
	Relay CheckKind = "relay" // the new host: mail for others is refused
	PTR   CheckKind = "ptr"   // the name of an address
	STS   CheckKind = "sts"   // the MTA-STS policy
	Said  CheckKind = "said"  // a human: no machine sees it
)

// Check is something to look at.
type Check struct {
	Kind    CheckKind
	Subject string // whom or what to ask: a host, an address, a domain, a zone
	Want    string // what the answer has to be: see SetsWanted and NamesWanted; of a person, in a word
	Text    string // all in a sentence
}

// Back is how a step is undone.
type Back struct {
	First   string // what has to be done before, in a sentence; "" if nothing
	Script  string // what puts the records back that were there before the step
	Seconds uint32 // from saving that until it holds everywhere
}

// Past is what is known of the time before now.
type Past struct {
	Now      time.Time
	Before   *zonefile.Zone // the zone before the first step of the move; nil: not known
	Versions []Version      // what the name servers said, oldest first, each until the next came, the last until the zone as it is; none: not known
}

// Version is what was served until it was replaced.
type Version struct {
	Zone     *zonefile.Zone // nil: nobody knows what it was
	Replaced Moment
}

// Moment is when name servers began to serve a version of a zone.
type Moment struct {
	Time       time.Time // the latest that it can have been; the zero Time: not known
	Certain    bool      // it is proved that it was not later
	Everywhere bool      // all name servers were seen with it at that time
	Evidence   string    // what proves it, in words
	Written    time.Time // when it came to stand in the file, which is all that is known of what is not certain; the zero Time: not even that
}
