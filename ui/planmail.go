package ui

// The page of a step on a wide screen: the lines that come with the place where they come, and beside them the hosts that mail is
// tried at after the step, in their order. What is as it was is one row. No host is left out, and of none it is said that it is as
// before whose addresses or place are not.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// heading is a line in bold over what follows.
func (p *stepPage) heading(text string) {
	for _, l := range draw.Wrap(text, p.width-1) {
		p.rows = append(p.rows, p.Line(p.width, false, draw.Ink(" "+l, p.Styles.Head)))
	}
}

// placed is the lines that the step takes out and puts in, each with where that is at the right.
func (p *stepPage) placed() {
	s := p.step()
	p.heading("CHANGE")
	root := s.Base.Root().Name()
	for _, l := range s.lines[:min(len(s.lines), mostShown)] {
		if l.File != root {
			p.heading("in " + p.show(l.File))
			root = l.File
		}
		if l.Owner != "" {
			p.rows = append(p.rows, p.Line(p.width, false, draw.Ink("   of "+p.written(l.Owner), p.Styles.Dim)))
		}
		p.placedLine(l)
	}
	p.more(len(s.lines))
}

// placedLine is one of them: the place stands behind its last row, or below it.
func (p *stepPage) placedLine(l document.ChangedLine) {
	style, place := p.Styles.Added, ""
	switch {
	case l.Sign == "-":
		style, place = p.Styles.Removed, fmt.Sprintf("line %d", l.Number)
	case l.After == 0:
		place = "before line 1"
	case l.After > 0:
		place = fmt.Sprintf("after line %d", l.After)
	}
	rows := draw.Wrap(p.show(expandTabs(l.Text)), p.width-6)
	for i, text := range rows {
		sign := "   "
		if i == 0 {
			sign = " " + l.Sign + " "
		}
		gap := p.width - 2 - len(sign) - ansi.StringWidth(text) - len(place)
		if i < len(rows)-1 || gap < 2 {
			p.rows = append(p.rows, p.Line(p.width, false, draw.Ink(sign+text, style)))
			continue
		}
		p.rows = append(p.rows, p.Line(p.width, false, draw.Ink(sign+text, style), draw.Ink(strings.Repeat(" ", gap)+place, p.Styles.Dim)))
		place = ""
	}
	if place != "" {
		p.rows = append(p.rows, p.Line(p.width, false, draw.Ink(p.FitRight(place, p.width-2), p.Styles.Dim)))
	}
}

// tables is where mail goes after the step: a table for each order of hosts, and sentences of what is not delivered.
func (p *stepPage) tables() {
	s := p.step()
	for _, m := range s.mail {
		if m.After.Outcome != preview.Delivered || len(m.After.Tiers) == 0 {
			p.mailText(m)
			continue
		}
		p.heading("MAIL of " + p.show(preview.Display(m.Domains[0])) + " after this step")
		for _, r := range tierRows(m.Before.Tiers, m.After.Tiers, p.written) {
			p.tierLine(r)
		}
		if len(m.Domains) > 1 {
			p.under("alike for " + p.names(m.Domains[1:]))
		}
	}
	if len(s.mail) == 0 {
		p.heading("MAIL goes where it went before")
	}
}

// names is names in few words.
func (p *stepPage) names(all []zonefile.Name) string {
	const most = 8
	var out []string
	for _, n := range all[:min(len(all), most)] {
		out = append(out, p.written(n))
	}
	text := strings.Join(out, ", ")
	if n := len(all) - most; n > 0 {
		text += fmt.Sprintf(" +%d", n)
	}
	return text
}

// under is text below a table.
func (p *stepPage) under(text string) {
	for _, l := range draw.Wrap(text, p.width-4) {
		p.rows = append(p.rows, p.Line(p.width, false, draw.Ink("   "+l, p.Styles.Dim)))
	}
}

// tierLine draws a row of a table. What has no room beside its neighbour goes on below.
func (p *stepPage) tierLine(r tierRow) {
	const tier, host = 8, 20
	style := p.Styles.Plain
	switch {
	case r.remark == "new":
		style = p.Styles.Added
	case r.tier == "out":
		style = p.Styles.Removed
	}
	text := r.hosts
	if r.remark == "as before" {
		text += " as before"
	} else {
		text = strings.TrimRight(p.Pen.Fit(text, max(host, ansi.StringWidth(text)))+"  "+r.addresses+"   "+r.remark, " ")
	}
	first := "   " + p.Fit(r.tier, tier)
	for _, l := range draw.Wrap(text, p.width-len(first)-1) {
		p.rows = append(p.rows, p.Line(p.width, false, draw.Ink(first, p.Styles.Key), draw.Ink(l, style)))
		first = strings.Repeat(" ", len(first))
	}
}

// tierRow is hosts of one tier, or of some that are as they were.
type tierRow struct{ tier, hosts, addresses, remark string }

// tierRows is the hosts after a change in their order, and those that are none any more.
func tierRows(before, after []preview.Tier, show func(zonefile.Name) string) []tierRow {
	var out []tierRow
	was := places(before)
	kept := 0 // tiers before the one at hand that are as they were
	flush := func(end int) {
		if kept > 0 {
			out = append(out, keptRow(after, end-kept, end, show))
		}
		kept = 0
	}
	for i, t := range after {
		if i < len(before) && sameTier(before[i], t) {
			kept++
			continue
		}
		flush(i)
		for _, h := range t.Hosts {
			out = append(out, tierRow{itoa(i + 1), preview.Equals(called(h), show), firstAddress(h), remark(was, before, i, h)})
		}
	}
	flush(len(after))
	is := places(after)
	for _, t := range before {
		for _, h := range t.Hosts {
			for _, n := range called(h) {
				if _, stays := is[n]; !stays {
					out = append(out, tierRow{"out", show(n), firstAddress(h), "was " + itoa(was[n]+1)})
				}
			}
		}
	}
	return out
}

// places is in which tier each host stands.
func places(tiers []preview.Tier) map[zonefile.Name]int {
	out := map[zonefile.Name]int{}
	for i, t := range tiers {
		for _, h := range t.Hosts {
			for _, n := range called(h) {
				out[n] = i
			}
		}
	}
	return out
}

// called is all names that a host has in its tier.
func called(h preview.Host) []zonefile.Name { return append([]zonefile.Name{h.Name}, h.With...) }

// keptRow is tiers that are as they were.
func keptRow(tiers []preview.Tier, from, to int, show func(zonefile.Name) string) tierRow {
	var all []string
	for _, t := range tiers[from:to] {
		var hosts []zonefile.Name
		for _, h := range t.Hosts {
			hosts = append(hosts, called(h)...)
		}
		all = append(all, preview.Equals(hosts, show))
	}
	r := tierRow{tier: itoa(from + 1), hosts: strings.Join(all, ", "), remark: "as before"}
	if to-from > 1 {
		r.tier += " to " + itoa(to)
	}
	return r
}

// sameTier tells whether the same hosts with the same addresses stand in two tiers.
func sameTier(a, b preview.Tier) bool {
	return slices.EqualFunc(a.Hosts, b.Hosts, func(x, y preview.Host) bool {
		return slices.Equal(called(x), called(y)) && slices.EqualFunc(x.Addresses, y.Addresses, func(p, q preview.Address) bool { return p.IP == q.IP })
	})
}

// remark is what is new about a host; "" of one that stands where it stood, with other hosts.
func remark(was map[zonefile.Name]int, before []preview.Tier, tier int, h preview.Host) string {
	at, known := was[h.Name]
	if !known {
		return "new"
	}
	text := ""
	if at != tier {
		text = "was " + itoa(at+1)
	}
	for _, old := range before[at].Hosts {
		if old.Name == h.Name && firstAddress(old) != firstAddress(h) {
			text = strings.TrimSpace(text + " was " + firstAddress(old))
		}
	}
	return text
}

// firstAddress is the first address of a host, and how many it has besides.
func firstAddress(h preview.Host) string {
	if len(h.Addresses) == 0 {
		return ""
	}
	text := h.Addresses[0].IP.String()
	if n := len(h.Addresses) - 1; n > 0 {
		text += fmt.Sprintf(" +%d", n)
	}
	return text
}
