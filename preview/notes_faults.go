package preview

// Notes on what is simulated: hosts that do not answer, or answer badly, and the sender among the hosts.

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
			"no mail is taken by %s: if that is meant (nolisting), all servers seen pass a closed port, but not all a bad greeting", r.d.list(first.names(), "and"))
	}
	if worst := r.d.Tiers[last]; r.d.Decides < last && worst.silent() {
		out = append(out, one("fake-high-mx", Info, worst.records(),
			"%s, tried last, takes no mail: senders that keep to RFC 5321 get there only when all others are down", r.d.list(worst.names(), "and"))...)
	}
	return out
}

// silent tells whether a sender gets to the tier, and finds nobody there who answers a recipient.
func (t *Tier) silent() bool {
	tried := 0
	for range t.faults() {
		tried++
	}
	return tried > 0 && t.tally() == (tally{})
}

// noteBackup speaks of own hosts that are tried after others, and of any that take mail in their place.
func (r *route) noteBackup() []Note {
	var names []zonefile.Name
	var recs []zonefile.Record
	for i := range r.d.Tiers {
		for _, h := range r.d.Tiers[i].Hosts {
			if i > 0 && (h.Status != NotChecked || i == r.d.Decides) {
				names, recs = append(names, h.Name), append(recs, records(h.Record)...)
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	text := zonefile.BackupAdvice
	if r.d.Decides > 0 {
		text += "; what it takes it passes on when a better host is back"
	}
	return one("backup-mx", Info, recs, "%s: %s", r.d.list(names, "and"), text)
}

// noteSelf speaks of a sender that is among the hosts.
func (r *route) noteSelf() []Note {
	var recs []zonefile.Record
	for _, x := range r.d.Excluded {
		if x.Reason == Self {
			recs = append(recs, x.Record)
		}
	}
	const sendmail = "sendmail knows itself by name alone, and connects where it is listed by an alias or another address"
	switch {
	case len(recs) == 0 || r.everybody:
		return nil
	case r.d.Outcome == LocalOrLoop:
		return one("sender-is-best", Warning, recs, "Postfix and sendmail return the mail as a loop unless they deliver it, Exim freezes it; OpenSMTPD and Go connect to themselves; %s", sendmail)
	}
	return one("sender-is-backup", Info, recs, "the sender drops itself and all that is no better; Postfix, Exim and qmail know themselves by address (and miss it behind NAT), OpenSMTPD, Haraka and Go not at all; %s", sendmail)
}

// noteEverybody speaks of a host that is every sender itself: what becomes of the mail differs from server to server.
func (r *route) noteEverybody() []Note {
	if !r.everybody {
		return nil
	}
	rec := records(r.self.Record)
	a, ok := r.self.first(func(a Address) bool { return zonefile.SpecialAddress(a.IP).Reach == zonefile.Oneself })
	what := r.d.written(r.self.Name) + " is every sender's own machine: "
	debian := "bare Exim freezes the mail, Exim as Debian configures it " + r.beyondSelf("ignores the address", "goes on to the next host")
	others := "sendmail and OpenSMTPD " + r.beyondSelf("connect to it", "go on where nothing listens")
	switch {
	case ok && a.IP.Is4In6():
		return one("loopback", Warning, rec, "%sExim, Postfix, sendmail and OpenSMTPD were seen to connect to %s%s", what, a.IP, r.beyondSelf("", ", and to go on where nothing listens"))
	case ok && a.IP.IsUnspecified():
		return one("loopback", Warning, rec, "%s%s; Postfix does not know %s, connects to this machine%s; %s", what, debian, a.IP, r.beyondSelf("", " and goes on"), others)
	}
	return one("loopback", Warning, rec, "%s%s; Postfix returns it as a loop, and so does sendmail where it knows the name; %s", what, debian, others)
}

// beyondSelf is the text for a sender that is the last host of the list, or the one for a list that goes on behind it.
func (r *route) beyondSelf(last, goesOn string) string {
	for _, x := range r.d.Excluded {
		if x.Reason == Self && x.Record != r.self.Record {
			return goesOn
		}
	}
	return last
}

// noteNameless speaks of a sender whose own name stands among the hosts, without an address.
func (r *route) noteNameless() []Note {
	for _, x := range r.d.Excluded {
		if x.Name == r.q.Sender.Name && x.Name != "" && (x.Reason == NoAddress || x.Reason == NoSuchName) {
			return one("sender-without-address", Warning, records(x.Record),
				"%s is the sender's own name, and has no address: sendmail goes no further than it; Exim, Postfix and OpenSMTPD go on", r.d.written(x.Name))
		}
	}
	return nil
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
		if recs := met[f]; recs != nil && !(f == Greet554 && r.all554()) {
			out = append(out, one("greeting-"+string(f), Info, recs, "%s", greetings(f))...)
		}
	}
	if recs := met[Timeout]; recs != nil && len(r.d.Tiers) > 1 {
		out = append(out, one("timeout", Info, recs,
			"while a host does not answer, OpenSMTPD starts over with the better ones: it was not seen to get to those behind it within the minutes of a test")...)
	}
	if recs := met[Rcpt450]; recs != nil {
		out = append(out, one("rcpt-450", Info, recs,
			"after a 450 a sender may try the next host (RFC 5321 section 4.2.1): Exim and sendmail try all, Postfix two, OpenSMTPD and qmail none, also where an equal host would take the mail")...)
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

// note554 speaks of a domain all of whose hosts greet with 554.
func (r *route) note554() []Note {
	if r.d.Decides >= 0 || !r.all554() {
		return nil
	}
	return one("greeting-554", Warning, r.mx,
		"every host greets with 554, which is permanent (RFC 5321 section 4.2.1): Exim and sendmail return the mail at once, Postfix and OpenSMTPD keep it queued")
}

// noteRejects speaks of hosts that do not agree about the recipient.
func (r *route) noteRejects() []Note {
	if r.d.Decides < 0 {
		return nil
	}
	t, some := &r.d.Tiers[r.d.Decides], "some of these hosts"
	if len(t.Hosts) == 1 {
		some = "some addresses of this host"
	}
	switch n := t.tally(); {
	case n.rejects == 0 || n.takes+n.putsOff == 0:
		return nil
	case n.takes == 0:
		return one("some-reject", Warning, t.records(), "%s answer 550 to the recipient, others put it off: a sender that meets a 450 first tries the others at once or later, and gets the 550 there", some)
	}
	return one("some-reject", Warning, t.records(), "%s answer 550 to the recipient: what is drawn to them is returned", some)
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
