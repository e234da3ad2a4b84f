package ui

// The id of an MTA-STS policy, by which senders see that it is another one (RFC 8461 §3.1). The policy lists the exchanges, so who
// changes them is offered a new id in the same form. It is off at first: the id is raised when the policy on the web server is the
// new one, else senders fetch the old one again and keep it.

import (
	"strings"
	"time"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// stsRecord is the record that announces the policy of a domain; false if it has none, or several, of which senders take none.
func stsRecord(z *zonefile.Zone, domain zonefile.Name) (found zonefile.Record, ok bool) {
	for _, r := range z.RRset(policyMTASTS.owner(domain), zonefile.TypeTXT) {
		text, _ := r.Joined()
		if policy.KindMTASTS.Is(text) {
			if !found.IsZero() {
				return r, false
			}
			found, ok = r, policy.KindMTASTS.Hinders(text) == ""
		}
	}
	return found, ok
}

// askRaise adds the switch for a new id where the form changes what the policy lists, or the record itself.
func (f *formFields) askRaise() { f.switches(partRaise, "MTA-STS", f.raises()) }

// raises is what the switch says; "" where there is no id to raise.
func (f *formFields) raises() string {
	exchange := f.field(part(zonefile.Exchange))
	switch {
	case f.as.on && f.as.kind == policy.KindMTASTS && !f.record.IsZero():
		return "a new id: the policy is another one"
	case f.typ != zonefile.TypeMX || exchange == nil || exchange.value() == exchange.was || exchange.err() != nil:
		return ""
	}
	if _, ok := stsRecord(f.doc.Zone(), f.owner()); !ok {
		return ""
	}
	return "a new id: the policy lists this host by now"
}

// newID is an id that a record has not: the time of now.
func (k *kit) newID(r zonefile.Record) string {
	const layout = "20060102150405"
	text, _ := r.Joined()
	now := k.doc.Now().UTC()
	id := now.Format(layout)
	if strings.Contains(text, id) {
		id = now.Add(time.Second).Format(layout)
	}
	return id
}

// raiseID makes the edits of the new id where it is wanted: of the record that the form shows the field is set.
func (f *formFields) raiseID(z *zonefile.Zone) ([]zonefile.Edit, error) {
	if f.value(partRaise) == "" || f.typ != zonefile.TypeMX {
		return nil, nil
	}
	r, ok := stsRecord(z, f.owner())
	if !ok {
		return nil, nil
	}
	text, _ := r.Joined()
	return r.TextEdits(textChanges(policy.KindMTASTS.Fields()[0].Set(text, f.newID(r)))...), nil
}

// turnID sets the id of the record that the form shows, as the switch says.
func (f *formFields) turnID() {
	d, id := f.field(partRaise), f.field(partPolicy)
	if d == nil || id == nil || f.as.kind != policy.KindMTASTS {
		return
	}
	if d.value() != "" {
		id.set(f.newID(f.record))
	} else {
		id.set(id.was)
	}
}
