package probe

// What was asked, what came, and what that means for mail. No answer is never bad: it says nothing.

import (
	"net/netip"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// State is what an answer means.
type State string

// The states.
const (
	OK       State = "ok"
	Differs  State = "differs"   // from the file, which is perhaps not saved, or not loaded, yet
	Waits    State = "waits"     // it ends by itself, at Until
	Bad      State = "bad"       // mail is lost, late or refused by it
	Unknown  State = "unknown"   // no answer: nothing is said by it
	NotAsked State = "not-asked" // and why stands in Means
)

// Result is what came of one thing that was asked.
type Result struct {
	Kind    string        // what kind of question it was: "dns"
	Policy  string        // of mail servers, for which senders it is: "none" for those that verify nothing, "sts" or "dane"
	Subject zonefile.Name // the zone that it is about
	Host    zonefile.Name // who was asked
	Address netip.Addr    // and where; not valid where it is not known
	Asked   string        // in words
	Seen    string        // what came, in words; "" if nothing
	State   State
	Means   string    // what it means for mail, or why nothing was asked
	Fix     string    // what may be done about it; "" where that is not known
	At      time.Time // when it was asked
	Until   time.Time // when a state that waits ends; else the zero time
	Took    time.Duration
}
