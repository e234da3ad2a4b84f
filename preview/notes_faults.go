package preview

// Notes on what is simulated: hosts that do not answer, or answer badly.

import (
	"iter"

	"github.com/mailzone/mailzone/zonefile"
)

// noteNolisting speaks of a best tier that never answers while worse ones do, and of a worst one that
// does not while better ones do: tricks against spam, and hosts that are down, look alike.
func (r *route) noteNolisting() []Note {
	last := len(r.d.Tiers) - 1
	if r.d.Decides < 0 || last < 1 {
		return nil
	}
	var out []Note
	if first := r.d.Tiers[0]; r.d.Decides > 0 {
		out = one("nolisting", Info, first.records(),
			"no mail is taken by %s: if that is meant (nolisting), all servers seen pass a closed port, but not all a bad greeting", list(first.names(), "and"))
	}
	if worst := r.d.Tiers[last]; r.d.Decides < last && worst.tally() == (tally{}) {
		out = append(out, one("fake-high-mx", Info, worst.records(),
			"%s, tried last, takes no mail: senders that keep to RFC 5321 get there only when all others are down", list(worst.names(), "and"))...)
	}
	return out
}

// noteBackup speaks of hosts that take mail because better ones do not: it is not delivered there, but waits.
func (r *route) noteBackup() []Note {
	if r.d.Decides < 1 {
		return nil
	}
	t := &r.d.Tiers[r.d.Decides]
	return one("backup-mx", Info, t.records(),
		"what a backup takes (%s) it passes on when a better host is back: it has to know the recipients, or it returns mail to forged senders", list(t.names(), "or"))
}

// noteFaults speaks of faults that servers react to differently.
func (r *route) noteFaults() []Note {
	met := map[Fault][]zonefile.Record{}
	for i := range r.d.Tiers {
		here := map[Fault]bool{}
		for f := range r.d.Tiers[i].faults() {
			here[f] = true
		}
		for f := range here {
			met[f] = r.d.Tiers[i].records()
		}
	}
	var out []Note
	for _, f := range []Fault{Greet421, Greet554, Close} {
		if recs := met[f]; recs != nil {
			out = append(out, one("greeting-"+string(f), Info, recs, "%s", greetings(f))...)
		}
	}
	if recs := met[Rcpt450]; recs != nil {
		out = append(out, one("rcpt-450", Info, recs,
			"after a 450 a sender may try the next host (RFC 5321 §4.2.1): Exim and sendmail try all, Postfix two, OpenSMTPD and qmail none")...)
	}
	return out
}

// greetings says how servers take a greeting that is none.
func greetings(f Fault) string {
	switch f {
	case Greet421:
		return "a 421 greeting sends servers to the next host; qmail stops and tries again later"
	case Greet554:
		return "a 554 greeting sends servers to the next host; qmail stops, dma returns the mail"
	}
	return "a connection closed at once sends servers to the next host; qmail stops and tries again later"
}

// noteRejects speaks of hosts that do not agree about the recipient.
func (r *route) noteRejects() []Note {
	if r.d.Decides < 0 {
		return nil
	}
	t := &r.d.Tiers[r.d.Decides]
	if n := t.tally(); n.takes == 0 || n.rejects == 0 {
		return nil
	}
	return one("some-reject", Warning, t.records(), "some of these hosts answer 550 to the recipient: what is drawn to them is returned")
}

// noteQueue says how long deferred mail waits.
func (r *route) noteQueue() []Note {
	if r.d.Outcome != Deferred {
		return nil
	}
	return one("queued", Info, nil, "deferred mail is tried again, and %s", lifetimes)
}

// hosts yields the hosts of all tiers.
func (d *Delivery) hosts() iter.Seq[*Host] {
	return func(yield func(*Host) bool) {
		for i := range d.Tiers {
			for j := range d.Tiers[i].Hosts {
				if !yield(&d.Tiers[i].Hosts[j]) {
					return
				}
			}
		}
	}
}

// names is the names of a tier's hosts.
func (t *Tier) names() []zonefile.Name {
	var out []zonefile.Name
	for _, h := range t.Hosts {
		out = append(out, h.Name)
	}
	return out
}

// records is the records that name a tier's hosts.
func (t *Tier) records() []zonefile.Record {
	out := []zonefile.Record{}
	for _, h := range t.Hosts {
		out = append(out, records(h.Record)...)
	}
	return out
}
