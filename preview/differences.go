package preview

// Two routes of a name, and what an operator would say of them.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// differences says in sentences how a route changes; none if it does not.
func differences(was, is *Delivery) []string {
	if fingerprint(was) == fingerprint(is) {
		return nil
	}
	if was.Outcome != Delivered || is.Outcome != Delivered {
		return []string{turn(was, is)}
	}
	before, after := was.byName(), is.byName()
	var out []string
	out = append(out, firstChange(before, after)...)
	out = append(out, backupChanges(before, after)...)
	out = append(out, addressChanges(before, after)...)
	out = append(out, excludedChanges(before, after)...)
	if len(out) == 0 {
		out = []string{"the hosts are the same, but not how they are reached"}
	}
	return out
}

// fingerprint is what makes two routes the same: the hosts of each tier, their addresses, what is never
// used, the outcome.
func fingerprint(d *Delivery) string {
	var b strings.Builder
	fmt.Fprintln(&b, d.Outcome, d.Code)
	for _, t := range d.Tiers {
		var hosts []string
		for _, h := range t.Hosts {
			hosts = append(hosts, fmt.Sprintln(h.Name, h.Status, addressesOf(&h)))
		}
		slices.Sort(hosts)
		fmt.Fprintln(&b, hosts)
	}
	for _, x := range d.Excluded {
		fmt.Fprintln(&b, x.Name, x.Reason)
	}
	return b.String()
}

// addressesOf is the addresses of a host in text, sorted.
func addressesOf(h *Host) []string {
	var out []string
	for _, a := range h.Addresses {
		out = append(out, a.IP.String())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// turn says how mail that was delivered no longer is, or the other way round.
func turn(was, is *Delivery) string {
	switch {
	case is.Outcome == Unknown && is.Source == FromBelowCut:
		return "other name servers now say where mail goes (a delegation)"
	case is.Outcome == Unknown:
		return "mail now goes by another domain: " + is.Text
	case is.Outcome == Bounced && was.Outcome == Bounced:
		if was.absent {
			return "mail bounces: " + is.reason() + "; before, " + was.past()
		}
		return "mail still bounces: " + is.reason()
	case is.Outcome == Bounced && was.Outcome == Delivered:
		return "mail now bounces: " + is.reason()
	}
	return "mail " + is.phrase() + "; before, " + was.past()
}

// phrase is what becomes of mail after an edit, behind "mail".
func (d *Delivery) phrase() string {
	switch d.Outcome {
	case Delivered:
		return "is now " + d.Text
	case Bounced:
		return "now bounces: " + d.reason()
	case Deferred:
		return "now stays queued: " + d.reason()
	}
	return "now comes back to the sender: " + d.reason()
}

// past is what became of mail before an edit.
func (d *Delivery) past() string {
	if d.absent {
		return "there was no such name"
	}
	switch d.Outcome {
	case Delivered:
		return "it was " + d.Text
	case Bounced:
		return "it bounced: " + d.reason()
	case Deferred:
		return "it stayed queued: " + d.reason()
	case LocalOrLoop:
		return "it came back to the sender: " + d.reason()
	}
	return "other name servers said where it goes"
}

// reason is why mail is not delivered.
func (d *Delivery) reason() string {
	return strings.TrimPrefix(strings.TrimPrefix(d.Text, "bounced: "), "queued: ")
}

// routeHosts is a delivery with its hosts by name: two routes of thousands of hosts are compared host by host.
type routeHosts struct {
	*Delivery
	tiers    map[zonefile.Name]int // the index of the first tier that has the host
	named    map[zonefile.Name][]*Host
	excluded map[zonefile.Name]bool
	never    map[never]bool
}

// never is a host that is never tried, and why.
type never struct {
	name   zonefile.Name
	reason Reason
}

// byName finds the hosts of a delivery.
func (d *Delivery) byName() *routeHosts {
	r := &routeHosts{d, map[zonefile.Name]int{}, map[zonefile.Name][]*Host{}, map[zonefile.Name]bool{}, map[never]bool{}}
	for i := range d.Tiers {
		for j := range d.Tiers[i].Hosts {
			h := &d.Tiers[i].Hosts[j]
			if _, known := r.tiers[h.Name]; !known {
				r.tiers[h.Name] = i
			}
			r.named[h.Name] = append(r.named[h.Name], h)
		}
	}
	for _, x := range d.Excluded {
		r.excluded[x.Name], r.never[never{x.Name, x.Reason}] = true, true
	}
	return r
}

// tierOf is the index of the tier that has a host; -1 if none has.
func (r *routeHosts) tierOf(n zonefile.Name) int {
	if i, known := r.tiers[n]; known {
		return i
	}
	return -1
}

// sorted is the names of a tier in order.
func (t *Tier) sorted() []zonefile.Name {
	names := t.names()
	slices.Sort(names)
	return names
}

// firstChange speaks of the hosts that mail is tried at first.
func firstChange(was, is *routeHosts) []string {
	old, now := was.Tiers[0].names(), is.Tiers[0].names()
	if slices.Equal(was.Tiers[0].sorted(), is.Tiers[0].sorted()) {
		return nil
	}
	var said string
	switch {
	case is.Source == FromAddress && was.Source != FromAddress:
		said = "without MX records, mail now goes to the name's own address"
	case was.Source == FromAddress && is.Source != FromAddress:
		said = "mail now goes by MX records, first to " + is.list(now, "or") + ", and no longer to the name's own address"
	case len(now) > 1 && len(old) > 1:
		said = is.list(now, "and") + " now share the mail at random"
	case len(now) > 1:
		said = fmt.Sprintf("%s now share the mail at random; %s was always first", is.list(now, "and"), is.written(old[0]))
	case len(old) > 1:
		said = fmt.Sprintf("was random between %s, now %s is always first", is.list(old, "and"), is.written(now[0]))
	default:
		said = is.written(now[0]) + " now gets all the mail"
		if len(is.Tiers) > 1 {
			said += " while it is up"
		}
	}
	var backup []zonefile.Name
	for _, n := range old {
		if is.tierOf(n) > 0 {
			backup = append(backup, n)
		}
	}
	if len(backup) == 1 {
		said += "; " + is.written(backup[0]) + " stays as backup"
	} else if len(backup) > 1 {
		said += "; " + is.list(backup, "and") + " stay as backups"
	}
	return []string{said}
}

// backupChanges speaks of hosts that came, went, or changed places behind the first.
func backupChanges(was, is *routeHosts) []string {
	var out []string
	gone, come := was.without(is), is.without(was)
	gone = slices.DeleteFunc(gone, func(n zonefile.Name) bool {
		own := was.Source == FromAddress && is.Source != FromAddress
		return own || is.excluded[n]
	})
	if len(gone) > 0 {
		out = append(out, "mail no longer reaches "+is.list(gone, "and"))
	}
	come = slices.DeleteFunc(come, func(n zonefile.Name) bool { return is.tierOf(n) == 0 })
	switch len(come) {
	case 0:
	case 1:
		out = append(out, is.written(come[0])+" is a new backup")
	default:
		out = append(out, is.list(come, "and")+" are new backups")
	}
	if order := is.backupsIn(was); order != was.backupsIn(is) && len(gone)+len(come) == 0 {
		out = append(out, "the backups are now tried in this order: "+order)
	}
	return out
}

// without is the hosts of r that other has not.
func (r *routeHosts) without(other *routeHosts) []zonefile.Name {
	var out []zonefile.Name
	for h := range r.hosts() {
		if other.tierOf(h.Name) < 0 {
			out = append(out, h.Name)
		}
	}
	return out
}

// backupsIn writes the backups of r that are backups of other too: equal ones joined by "or".
func (r *routeHosts) backupsIn(other *routeHosts) string {
	var tiers []string
	for i := range r.Tiers {
		names := slices.DeleteFunc(r.Tiers[i].sorted(), func(n zonefile.Name) bool { return i == 0 || other.tierOf(n) <= 0 })
		if len(names) > 0 {
			tiers = append(tiers, r.list(names, "or"))
		}
	}
	return strings.Join(tiers, ", then ")
}

// addressChanges speaks of hosts that moved.
func addressChanges(was, is *routeHosts) []string {
	var out []string
	for now := range is.hosts() {
		for _, old := range was.named[now.Name] {
			out = append(out, is.moved(old, now)...)
		}
	}
	return out
}

// moved says how the addresses of a host change.
func (d *Delivery) moved(old, now *Host) []string {
	was, is := addressesOf(old), addressesOf(now)
	lost, got := minus(was, is), minus(is, was)
	name := d.written(now.Name)
	switch {
	case len(lost)+len(got) == 0:
		return nil
	case len(is) == 0:
		return []string{name + " is now outside the loaded zones: its addresses are not known here"}
	case len(was) == 0:
		return []string{name + " is now known here, at " + strings.Join(is, ", ")}
	case len(lost) == 0:
		return []string{name + " is now also at " + strings.Join(got, ", ")}
	case len(got) == 0:
		return []string{name + " is no longer at " + strings.Join(lost, ", ")}
	}
	return []string{fmt.Sprintf("%s is now at %s, no longer at %s", name, strings.Join(got, ", "), strings.Join(lost, ", "))}
}

// minus is the texts of a that b has not; both are sorted.
func minus(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool {
		_, has := slices.BinarySearch(b, s)
		return has
	})
}

// excludedChanges speaks of hosts that are listed and never tried.
func excludedChanges(was, is *routeHosts) []string {
	var out []string
	for _, x := range is.Excluded {
		if !was.excludes(x) {
			out = append(out, is.written(x.Name)+" is listed, but "+x.Text())
		}
	}
	for _, x := range was.Excluded {
		if !is.excludes(x) && is.tierOf(x.Name) < 0 {
			out = append(out, is.written(x.Name)+", which was never tried, is no longer listed")
		}
	}
	return out
}

// excludes tells whether r excludes the same host for the same reason.
func (r *routeHosts) excludes(x Excluded) bool { return r.never[never{x.Name, x.Reason}] }
