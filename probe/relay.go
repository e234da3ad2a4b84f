package probe

// Whether a mail server passes on mail of others: it is asked for a recipient in a domain that nobody has. It depends on the reply alone.

import (
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// relayed is a domain that nobody has (RFC 2606 §2): who takes its mail takes everybody's.
const relayed zonefile.Name = "mailzone-test.invalid."

// JudgeRelay says what it means how a host answered that was asked for a recipient of others.
func JudgeRelay(z *zonefile.Zone, d Dialogue, now time.Time) Result {
	r := Result{Kind: "relay", Subject: z.Origin(), Host: d.Host, Address: d.Address, Asked: "a recipient of others", At: now, Took: d.Took}
	seen := bare(relayed) + ": " + d.Relay.text()
	switch {
	case d.Relay.is(2):
		return r.end(Bad, seen, "it takes mail for everybody, and will be used by who sends spam", "let it refuse recipients of domains that are not its own")
	case d.Relay.is(5):
		return r.end(OK, seen, "", "")
	case d.Relay.Code != 0:
		return r.end(Unknown, seen, "it says so of everybody whom it does not know, perhaps: nothing can be said", "")
	}
	return r.end(Unknown, "", "the dialogue did not come to it: nothing can be said", "")
}
