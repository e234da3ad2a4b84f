package ui

// The hosts that a field may be: a list beside the field, those that most records lead to first, with what the zone knows of each.
// What is typed is looked for in them; ctrl+n takes the next one, ctrl+p goes back, in the end to what was typed.

import (
	"net/netip"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// candidatesIn is the hosts of the zone.
func (k *kit) candidatesIn(origin zonefile.Name) *candidates {
	list, whole := document.HostsByUse(k.doc.Zone())
	c := &candidates{origin: origin}
	for _, h := range list {
		if k.unlikely(h.Name, origin) {
			continue
		}
		c.all = append(c.all, candidate{h.Name.In(origin), h.Name, h.Uses, whole})
	}
	return c
}

// unlikely tells a name that a record leads to by a mistake: an address without its host, or a name of this zone that is not there.
func (k *kit) unlikely(n, origin zonefile.Name) bool {
	if _, err := netip.ParseAddr(n.In(origin)); err == nil {
		return true
	}
	a := k.doc.Zone().Addresses(n)
	return a.Result == zonefile.NoName || a.Result == zonefile.NoData
}

// takes puts another candidate into the field.
func (f *field) takes(by int) {
	c := f.hosts
	if c.at == 0 {
		c.stem = f.value()
	}
	list := c.matching()
	c.at = (c.at + by + len(list) + 1) % (len(list) + 1)
	text := c.stem
	if c.at > 0 {
		text = list[c.at-1].text
	}
	f.set(text)
	f.input.CursorEnd()
}

// typedAnew tells the candidates that something was typed.
func (f *field) typedAnew() {
	if f.hosts != nil {
		f.hosts.stem, f.hosts.at = f.value(), 0
	}
}

// offers is the candidates that are shown for a field: none where what stands there is one of them and none was taken.
func (f *field) offers() (list []candidate, at int) {
	c := f.hosts
	if c == nil {
		return nil, 0
	}
	if c.at == 0 {
		c.stem = f.value()
	}
	list = c.matching()
	if c.at == 0 && c.stem != "" && len(list) == len(c.all) {
		return nil, 0
	}
	return list, c.at - 1
}

// leastList is how wide the list of candidates is at least.
const leastList = 24

// beside draws candidates beside rows of fields, from the row of the cursor on, as far as those rows leave it.
func (k *kit) beside(rows []string, free []bool, at, width int, f *field) {
	list, marked := f.offers()
	room := width - 2 - labelRoom
	left := 2 + labelRoom + min(max(room*2/5, 18), room) + 1
	if len(list) == 0 || width-left < leastList {
		return
	}
	if ansi.StringWidth(k.show(f.value()))+2 > left-2-labelRoom {
		at++
	}
	height := 0
	for at+height < len(rows) && free[at+height] {
		height++
	}
	from := max(0, min(marked-height/2, len(list)-height))
	last := from+height < len(list) // more are below
	list = list[from:min(from+height, len(list))]
	name := 10
	for _, c := range list {
		name = max(name, ansi.StringWidth(k.show(c.text)))
	}
	for i, c := range list {
		more := i == height-1 && len(list) == height && last
		rows[at+i] = ansi.Truncate(rows[at+i], left, "") + k.offered(c, from+i == marked, more, min(name, (width-left-3)*3/5), width-left)
	}
}

// offered draws a candidate.
func (k *kit) offered(c candidate, here, more bool, name, width int) string {
	mark := " "
	switch {
	case here:
		mark = k.Glyphs.Mark
	case more:
		mark = k.Glyphs.More
	}
	about := knownOf(k.doc.Zone(), c.name)
	if uses := zonefile.Plural(c.uses, "use", "uses"); c.counted {
		about, _ = draw.Shortest(width-name-3, about+", "+uses, about, uses)
	}
	return k.Line(width, false, draw.Ink(mark+" ", k.Styles.Key), draw.Ink(k.Fit(k.Middle(k.show(c.text), name), name+1), k.Styles.Plain), draw.Ink(about, k.Styles.Dim))
}

// knownOf is what a zone knows of a host, in a few words.
func knownOf(z *zonefile.Zone, n zonefile.Name) string {
	a := z.Addresses(n)
	switch {
	case a.Result.Endless():
		return "E " + a.Result.String()
	case a.Aliased():
		return "E an alias"
	case len(a.Records) > 0:
		return a.Records[0].RDataText()
	case a.Result == zonefile.Outside, a.Result == zonefile.Delegated:
		return a.Result.String()
	}
	return "no address yet"
}
