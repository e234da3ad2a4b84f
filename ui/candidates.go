package ui

// The hosts that a field may be: a list beside the field, those that most records lead to first, with what the zone knows of each.
// What is typed is looked for in them; in a big zone they are
// found beside the screen. ctrl+n takes the next one, ctrl+p goes back, in the end to what was typed.

import (
	"slices"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// wordsAtOnce is how many entries of a zone are looked through for words while a key waits.
const wordsAtOnce = 10_000

// hostRecipe is how the hosts of the zone are found.
func (k *kit) hostRecipe() recipe[*zonefile.Zone, []document.Host] {
	z := k.doc.Zone()
	return recipe[*zonefile.Zone, []document.Host]{z, z.Entries() <= wordsAtOnce, func(p *pace) []document.Host { return likelyHosts(z, p) }}
}

// hostsOfZone is those hosts, or those of the version before it until they are found; none until they were found once.
func (k *kit) hostsOfZone() []document.Host { return *k.offerable.look(k.hostRecipe()) }

// likelyHosts is the hosts of a zone, without names that a record leads to by a mistake: an address without its host, or a name of
// this zone that is not there.
func likelyHosts(z *zonefile.Zone, p *pace) []document.Host {
	p.begin(z.Entries())
	return slices.DeleteFunc(document.HostsByUse(z, p.goesOn), func(h document.Host) bool {
		if p.stopped.Load() || h.Addressed {
			return false
		}
		if _, is := zonefile.AddressInName(h.Name, z.Origin()); is {
			return true
		}
		a := z.Addresses(h.Name)
		return a.Result == zonefile.NoName || a.Result == zonefile.NoData
	})
}

// candidatesIn is the hosts of the zone, for a field that begins to want them.
func (k *kit) candidatesIn(origin zonefile.Name) *candidates {
	k.offerable.wanted = true
	return &candidates{origin: origin, of: func() (*zonefile.Zone, []document.Host) {
		list := k.hostsOfZone()
		return k.offerable.basis, list
	}}
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
		text = c.text(list[c.at-1])
	}
	f.set(text)
	f.input.CursorEnd()
}

// typedAnew tells the candidates that something was typed. The first of them that begins so completes it.
func (f *field) typedAnew() {
	if f.hosts == nil {
		return
	}
	f.hosts.stem, f.hosts.at = f.value(), 0
	var first []string
	if list := f.hosts.matching(); len(list) > 0 {
		first = []string{f.hosts.text(list[0])}
	}
	f.suggest(first)
}

// offers is the candidates that are shown for a field: none where what stands there is one of them and none was taken.
func (f *field) offers() (list []document.Host, at int) {
	c := f.hosts
	if c == nil {
		return nil, 0
	}
	if c.at == 0 {
		c.stem = f.value()
	}
	list = c.matching()
	if _, all := c.of(); c.at == 0 && c.stem != "" && len(list) == len(all) {
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
		name = max(name, ansi.StringWidth(k.show(f.hosts.text(c))))
	}
	for i, c := range list {
		more := i == height-1 && len(list) == height && last
		rows[at+i] = ansi.Truncate(rows[at+i], left, "") + k.offered(c, f.hosts.text(c), from+i == marked, more, min(name, (width-left-3)*3/5), width-left)
	}
}

// offered draws a candidate.
func (k *kit) offered(c document.Host, text string, here, more bool, name, width int) string {
	mark := " "
	switch {
	case here:
		mark = k.Glyphs.Mark
	case more:
		mark = k.Glyphs.More
	}
	about, uses := knownOf(k.doc.Zone(), c.Name), zonefile.Plural(c.Uses, "use", "uses")
	about, _ = draw.Shortest(width-name-3, about+", "+uses, about, uses)
	return k.Line(width, false, draw.Ink(mark+" ", k.Styles.Key), draw.Ink(k.Fit(k.Middle(k.show(text), name), name+1), k.Styles.Plain), draw.Ink(about, k.Styles.Dim))
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
