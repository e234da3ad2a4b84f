package preview

// The words: a delivery and its parts in sentences, for every program that shows them.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Display is a name as sentences have it: without the final dot.
func Display(n zonefile.Name) string { return n.Plain() }

// Equals is hosts of one preference: senders draw one of them.
func Equals(hosts []zonefile.Name, show func(zonefile.Name) string) string {
	var out []string
	for _, h := range hosts {
		out = append(out, show(h))
	}
	return strings.Join(out, " or ")
}

// lifetimes says how long a queue keeps what it cannot deliver.
const lifetimes = "given up after 24 h (Exchange Online), 2 d (Exchange), 4 d (Exim, OpenSMTPD), 5 d (Postfix, sendmail) or 7 d (qmail)"

// sentence is the outcome in words.
func (r *route) sentence() string {
	d := &r.d
	switch d.Outcome {
	case Delivered:
		return "delivered to " + r.takers()
	case Unknown:
		if d.Source == FromOutside {
			return "not known here: " + d.written(d.Owner) + " is outside the loaded zones"
		}
		return "not known here: " + d.written(r.cut) + " is delegated to other name servers"
	case LocalOrLoop:
		if r.everybody {
			return d.written(r.self.Name) + " is every sender's own machine: mail is delivered there" + r.beyondSelf(" or loops", ", loops, or goes to the next host")
		}
		return "the sender is the best host itself: it delivers locally, or the mail loops"
	case Deferred:
		return "queued: " + r.waiting()
	}
	if isService(r.d.Domain) && d.Code == "5.1.2" {
		return "no name of a mailbox: a label that starts with an underscore is that of a service"
	}
	return "bounced: " + r.failure()
}

// takers names the hosts that take the message at the deciding tier.
func (r *route) takers() string {
	var names, each, but []string
	t := r.d.Tiers[r.d.Decides]
	for i := range t.Hosts {
		if h := &t.Hosts[i]; h.takes() {
			names, but = append(names, r.d.written(h.Name)), append(but, r.reservation(h))
			each = append(each, names[len(names)-1]+but[len(but)-1])
		}
	}
	if same := slices.Compact(but); len(same) == 1 { // it is said once, of all
		return few(names, "or") + same[0]
	}
	return few(each, "or")
}

// reservation is what has to be said beside the name of a host that takes the message; "" for nothing.
func (r *route) reservation(h *Host) string {
	if h.Status == NotChecked {
		return " (outside the loaded zones: taken as up)"
	}
	a, ok := r.private(h)
	if !ok {
		return ""
	}
	is := zonefile.SpecialAddress(a.IP).Is
	if _, others := h.first(func(b Address) bool {
		return b.Skip == "" && zonefile.SpecialAddress(b.IP).Reach != zonefile.Neighbours
	}); others {
		return fmt.Sprintf(" (its address %s is %s: only for senders in its own network)", a.IP, is)
	}
	return fmt.Sprintf(" (%s is %s: only by senders in its own network)", a.IP, is)
}

// waiting says what a queued message waits for.
func (r *route) waiting() string {
	switch {
	case r.d.Code == "4.4.1" && len(r.d.Tiers) == 0:
		return "no server can connect to the hosts"
	case r.d.Code == "4.4.1" && r.d.stopsShort():
		return "no host takes the message that this sender gets to: it tries " + r.d.Profile.limit() + " at most"
	case r.d.Code == "4.4.1":
		return "no host takes the message now"
	case r.found.Endless():
		return r.found.String() + ": name servers give no answer for " + r.d.written(r.d.Domain)
	case slices.ContainsFunc(r.d.Excluded, func(x Excluded) bool { return x.Reason == DeadDelegation }):
		return "name servers do not answer for the hosts"
	case len(r.d.Excluded) > 0:
		return "name servers give no answer for the hosts"
	}
	return "the name servers of " + r.d.written(r.d.Owner) + " do not answer"
}

// failure says why a message comes back.
func (r *route) failure() string {
	switch d := &r.d; d.Code {
	case "5.1.1":
		return d.refusing()
	case "5.3.2":
		return "every host greets with 554"
	case "5.1.10":
		return d.written(d.Owner) + " accepts no mail (null MX)"
	case "5.1.2":
		if r.found == zonefile.NoName {
			return d.written(d.Owner) + " does not exist"
		}
		return d.written(d.Owner) + " has no MX and no address that can be used"
	}
	return "no MX host can be used"
}

// stopsShort tells whether hosts would take the message that the profile's server never gets to.
func (d *Delivery) stopsShort() bool {
	for h := range d.hosts() {
		if _, ok := h.first(func(a Address) bool { return a.Skip == SkipLimit && a.Fault.answers() }); ok {
			return true
		}
	}
	return false
}

// refusing says that the recipient is refused, and by whom where others put it off.
func (d *Delivery) refusing() string {
	others := false // a host is up, and does not refuse the recipient: a worse one, too
	for h := range d.hosts() {
		others = others || h.upWithout550()
	}
	if !others {
		return "every host that is up answers 550 to the recipient"
	}
	t := &d.Tiers[d.Decides]
	var names []zonefile.Name
	for _, h := range t.Hosts {
		if one := (&Tier{Hosts: []Host{h}}); one.tally().rejects > 0 {
			names = append(names, h.Name)
		}
	}
	return "a 550 to the recipient is final, and it comes from " + d.list(names, "and")
}

// upWithout550 tells whether an address of the host is up, and does not answer 550 to the recipient.
func (h *Host) upWithout550() bool {
	is := func(f Fault) bool { return f != Rcpt550 && f != Refused && f != Timeout }
	_, ok := h.first(func(a Address) bool { return a.reached() && is(a.Fault) })
	return ok || h.Status == NotChecked && is(h.Fault)
}

// When says what has to happen before mail reaches tier i: "when mx1 is down"; "" for the tier that it
// reaches as things are.
func (d Delivery) When(i int) string { return d.Tiers[i].when }

// when makes what When says.
func (d *Delivery) when(i int) string {
	if i <= d.Decides || i == 0 {
		return ""
	}
	from := max(d.Decides, 0)
	above := d.Tiers[i].ahead - d.Tiers[from].ahead
	if above > 2 {
		return fmt.Sprintf("when the %d above are down", above)
	}
	var names []zonefile.Name
	for _, t := range d.Tiers[from:i] {
		names = append(names, t.names()...)
	}
	if above == 1 {
		return "when " + d.short(names[0]) + " is down"
	}
	return "when " + d.short(names[0]) + " and " + d.short(names[1]) + " are down"
}

// short is the first label of a host where no other host of the route has it, if nobody says how names are shown.
func (d *Delivery) short(n zonefile.Name) string {
	if d.show != nil {
		return d.show(n)
	}
	for _, t := range d.Tiers {
		for _, h := range t.Hosts {
			if h.Name != n && h.Name.Label() == n.Label() {
				return d.written(n)
			}
		}
	}
	return n.Label()
}

// Text says why the host is never tried.
func (x Excluded) Text() string {
	switch x.Reason {
	case IPLiteral:
		return "never tried: an address is no host name"
	case NotHostname:
		return "never tried: no host name"
	case Unreachable:
		return "never tried: " + x.unreachable()
	case NoSuchName:
		return "never tried: no such name"
	case NoAddress:
		return "never tried: no address"
	case DeadDelegation:
		return "not tried now: its name servers do not answer"
	case AliasCircle:
		return "never tried: " + zonefile.Circle.String() + ", name servers give no answer"
	case TooManyAliases:
		return "never tried: " + zonefile.TooLong.String() + ", name servers give no answer"
	case Self:
		return "never tried: the sender, or no better than it"
	case WorseDuplicate:
		return "never tried: listed already"
	case NullMX:
		return "never tried: a null MX names no host"
	}
	if x.TriedAs != "" {
		return "tried as " + x.as + ", whose address it has"
	}
	if x.listed() {
		return "never tried: its address is that of a host above"
	}
	return "never tried: no address left for this sender"
}

// Text is a fault in words.
func (f Fault) Text() string {
	switch f {
	case Refused:
		return "refuses connections"
	case Timeout:
		return "times out"
	case Greet421, Greet554:
		return "greets with " + string(f)
	case Close:
		return "closes at once"
	case Rcpt450, Rcpt550:
		return "answers " + string(f) + " to RCPT"
	}
	return string(f)
}

// unreachable says why nobody connects to the host.
func (x Excluded) unreachable() string {
	for _, a := range x.Addresses {
		if is := zonefile.SpecialAddress(a.IP); is.Reach == zonefile.Nobody {
			return a.IP.String() + " is " + is.Is
		}
	}
	return "this server ignores its address"
}

// takes tells whether the host accepts the message.
func (h *Host) takes() bool {
	t := Tier{Hosts: []Host{*h}}
	return t.tally().takes > 0
}

// List joins names: "a, b and c"; of many only the number. Who prints it says how it shows a name.
func List(names []zonefile.Name, show func(zonefile.Name) string) string {
	return listAs(names, "and", show)
}

// list joins names in full: "a, b and c", or with another word; of many only the number.
func list(names []zonefile.Name, and string) string { return listAs(names, and, Display) }

// listAs is list of names as somebody shows them.
func listAs(names []zonefile.Name, and string, show func(zonefile.Name) string) string {
	texts := make([]string, len(names))
	for i, n := range names {
		texts[i] = show(n)
	}
	return few(texts, and)
}

// written is a name as the sentences of this delivery have it.
func (d *Delivery) written(n zonefile.Name) string {
	if d.show == nil {
		return Display(n)
	}
	return d.show(n)
}

// list joins names as the sentences of this delivery have them.
func (d *Delivery) list(names []zonefile.Name, and string) string {
	return listAs(names, and, d.written)
}

// few joins texts as list joins names.
func few(texts []string, and string) string {
	const most = 4
	switch n := len(texts); {
	case n == 0:
		return "no host"
	case n > most && and == "or":
		return fmt.Sprintf("one of %d hosts, %s among them", n, texts[0])
	case n > most:
		return fmt.Sprintf("%s and %d others", texts[0], n-1)
	}
	return zonefile.List(texts, and)
}
