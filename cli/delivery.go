package cli

import (
	"fmt"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// This file prints a delivery: what `preview` shows of one domain.

// printDelivery prints a delivery for people.
func (p *program) printDelivery(d preview.Delivery) error {
	p.line(4, p.paint(strong, p.show(preview.Display(d.Domain))+":")+" "+p.paint(outcomeStyle[d.Outcome], p.show(d.Text)+codeOf(d)))
	var hosts table
	for i, t := range d.Tiers {
		for j, h := range t.Hosts {
			hosts.add([]string{p.show(reach(d, i, h))}, tierMark(i, j), fmt.Sprint(t.Preference), p.show(preview.Display(h.Name)), addresses(h)...)
		}
	}
	for _, x := range d.Excluded {
		hosts.add([]string{p.show(place(x.Record))}, "-", fmt.Sprint(x.Preference), p.show(preview.Display(x.Name)), p.show(x.Text()))
	}
	if err := hosts.printAll(p); err != nil {
		return err
	}
	for _, n := range d.Notes {
		p.line(4, "  "+p.paint(styleOf[n.Severity], n.Severity.String()+":")+" "+p.show(n.Text)+p.paint(faint, " ["+n.ID+"]"))
	}
	return nil
}

// codeOf is the status code that the outcome has, in parentheses.
func codeOf(d preview.Delivery) string {
	if d.Code == "" {
		return ""
	}
	return " (" + d.Code + ")"
}

// tierMark numbers tiers; a host that is tried in random order with the one above it has the sign for it.
func tierMark(tier, host int) string {
	if host > 0 {
		return "="
	}
	return fmt.Sprint(tier + 1)
}

// addresses is a host's addresses with what keeps a sender from them.
func addresses(h preview.Host) []string {
	if len(h.Addresses) == 0 {
		text := "not checked: outside these zones"
		if f := h.Down(); f != "" {
			text += " (" + f.Text() + ")"
		}
		return []string{text}
	}
	var out []string
	for _, a := range h.Addresses {
		text := a.IP.String()
		if a.Skip != "" {
			text += " (" + skipText(a) + ")"
		} else if a.Fault != "" && a.Fault != preview.Up {
			text += " (" + a.Fault.Text() + ")"
		}
		out = append(out, text)
	}
	return out
}

// skipText says why a sender passes over an address.
func skipText(a preview.Address) string {
	switch {
	case a.Skip == preview.SkipFamily:
		return "not of the sender's family"
	case a.Skip == preview.SkipUnreachable && zonefile.SpecialAddress(a.IP).Reach == zonefile.Nobody:
		return "nobody can connect to it"
	case a.Skip == preview.SkipUnreachable:
		return "ignored by this server"
	case a.Skip == preview.SkipDuplicate:
		return "tried already"
	}
	return "beyond the sender's limit"
}

// reach is what a host takes of the mail that reaches its tier, and when mail reaches it.
func reach(d preview.Delivery, tier int, h preview.Host) string {
	if h.Share == 0 {
		return "" // what keeps it from taking any stands with its addresses
	}
	share := fmt.Sprintf("%.0f %%", h.Share*100)
	if h.Share < 0.005 {
		share = "< 1 %"
	}
	if n := h.Cluster(); n > 0 {
		share += fmt.Sprintf(" over %d addresses", n)
	}
	if len(h.With) > 0 {
		share += " with " + preview.List(h.With, preview.Display)
	}
	if when := d.When(tier); when != "" {
		share += " " + when
	}
	return share
}

// place is where a record stands; "" for no record.
func place(r zonefile.Record) string {
	if r.IsZero() {
		return ""
	}
	return r.Place()
}

// The types below are the JSON of a delivery. Its fields are a stable interface: some may be added, none renamed.

// delivery is a delivery in JSON.
type delivery struct {
	Domain   text             `json:"domain"`
	Owner    text             `json:"owner"`
	Source   preview.Source   `json:"source"`
	TTL      uint32           `json:"ttl"`
	Outcome  preview.Outcome  `json:"outcome"`
	Code     string           `json:"code"`
	Text     text             `json:"text"`
	Tiers    []deliveryTier   `json:"tiers"`
	Excluded []deliveryNever  `json:"excluded"`
	Notes    []deliveryRemark `json:"notes"`
}

// deliveryTier is a tier in JSON.
type deliveryTier struct {
	Preference uint16         `json:"preference"`
	Hosts      []deliveryHost `json:"hosts"`
}

// deliveryHost is a host in JSON.
type deliveryHost struct {
	Name      text              `json:"name"`
	Status    preview.Status    `json:"status"`
	Share     float64           `json:"share"`
	With      []text            `json:"with"`
	Addresses []deliveryAddress `json:"addresses"`
}

// deliveryAddress is an address in JSON.
type deliveryAddress struct {
	IP    string        `json:"ip"`
	Skip  preview.Skip  `json:"skip"`
	Fault preview.Fault `json:"fault"`
}

// deliveryNever is a host that is never tried, in JSON.
type deliveryNever struct {
	Name       text           `json:"name"`
	Preference uint16         `json:"preference"`
	Reason     preview.Reason `json:"reason"`
}

// deliveryRemark is a note in JSON.
type deliveryRemark struct {
	ID       string `json:"id"`
	Severity string `json:"severity"`
	Text     text   `json:"text"`
}

// newDelivery is a delivery as JSON has it: lists are never null.
func newDelivery(d preview.Delivery) delivery {
	out := delivery{
		Domain: text(d.Domain), Owner: text(d.Owner), Source: d.Source, TTL: d.TTL, Outcome: d.Outcome, Code: d.Code,
		Text: text(d.Text), Tiers: []deliveryTier{}, Excluded: []deliveryNever{}, Notes: []deliveryRemark{},
	}
	for _, t := range d.Tiers {
		tier := deliveryTier{Preference: t.Preference, Hosts: []deliveryHost{}}
		for _, h := range t.Hosts {
			tier.Hosts = append(tier.Hosts, newHost(h))
		}
		out.Tiers = append(out.Tiers, tier)
	}
	for _, x := range d.Excluded {
		out.Excluded = append(out.Excluded, deliveryNever{text(x.Name), x.Preference, x.Reason})
	}
	for _, n := range d.Notes {
		out.Notes = append(out.Notes, deliveryRemark{n.ID, n.Severity.String(), text(n.Text)})
	}
	return out
}

// newHost is a host as JSON has it.
func newHost(h preview.Host) deliveryHost {
	out := deliveryHost{Name: text(h.Name), Status: h.Status, Share: h.Share, With: []text{}, Addresses: []deliveryAddress{}}
	for _, n := range h.With {
		out.With = append(out.With, text(n))
	}
	for _, a := range h.Addresses {
		out.Addresses = append(out.Addresses, deliveryAddress{a.IP.String(), a.Skip, a.Fault})
	}
	return out
}
