package ui

// What a save would change, found out once and beside the screen: the review draws it and asks nothing anew. It costs what
// the edits cost: the lines are those of the edits, problems are known of the version on the screen, and the name server is
// asked beside it. What is alike is put together here, and only if it is alike in all that is shown of it.

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// report is what is to be reviewed. It is made from two versions and the edits between them, and nothing else.
type report struct {
	texts          []textGroup
	lines          int // that go or come, of which a changed line is one; without the serial
	raised         bool
	added, removed int
	last           int    // the greatest number of a line that is shown
	patch          string // as patch(1) takes it
	routes         []routeGroup
	names          int      // whose mail goes elsewhere
	inPlace        string   // why the save has to write into the old file
	unseen         []string // what settings keep from being told
	along          along    // PTR records that may follow
}

// along is the PTR records that may follow a save, and what is to be changed for those that are wanted.
type along struct {
	*document.Pointing
	changed []*document.Member
}

// textChange is lines that a save replaces.
type textChange struct {
	document.Replaced
	file  *zonefile.File // as it was
	owner zonefile.Name  // whose lines they are
	said  bool           // they say so, or nobody asks: there is one serial

	width, rows int // of the page on which it has so many rows
}

// textGroup is changes of lines that are alike: they differ in where they stand, and in whose they are.
type textGroup []textChange

// routeGroup is names whose mail goes elsewhere in the same way.
type routeGroup struct {
	preview.Change // of the first of them
	before, after  preview.Delivery
	names          []zonefile.Name
}

// problemGroup is problems of which the same is said.
type problemGroup []lint.Diagnostic

// newReport compares what is on disk with what would be written; nil if nobody waits for it any more.
func newReport(before *zonefile.Zone, sv document.Saving, st *document.Store, rules lint.Options, utf8 bool, c *pace) *report {
	if c.stopped.Load() {
		return nil
	}
	r := &report{inPlace: st.Shortly(st.Less), patch: document.EditsPatch(before, sv.Edits, utf8)}
	if r.compareTexts(before, sv); c.stopped.Load() {
		return nil
	}
	c.done.Store(1)
	r.compareRoutes(before, sv.Zone, writes(sv.Zone, utf8), c)
	if c.stopped.Load() {
		return nil
	}
	c.done.Store(2)
	r.unseen = lint.Unexamined(before, sv.Zone, sv.Edits, rules)
	r.along.Pointing = st.Pointing(before, sv.Zone)
	return r
}

// compareTexts puts lines together that change alike.
func (r *report) compareTexts(before *zonefile.Zone, sv document.Saving) {
	at := map[string]int{}
	for f := range before.Files() {
		for _, lines := range document.ReplacedLines(f, sv.Edits) {
			r.added, r.removed = r.added+len(lines.Come), r.removed+len(lines.Gone)
			r.last = max(r.last, lines.Was+len(lines.Gone), lines.Now+len(lines.Come))
			change := textChange{Replaced: lines, file: f, owner: ownerOf(before, sv.Zone, f, lines), said: document.Unsaid(before, f, lines) == ""}
			if holdsSerial(before, f, lines) {
				r.raised, change.said = true, true
				r.lines--
			}
			r.lines += max(len(lines.Come), len(lines.Gone))
			key := f.Name() + "\n" + lines.Likeness()
			if i, known := at[key]; known {
				r.texts[i] = append(r.texts[i], change)
				continue
			}
			at[key] = len(r.texts)
			r.texts = append(r.texts, textGroup{change})
		}
	}
}

// ownerOf is whose the lines are that are replaced.
func ownerOf(before, after *zonefile.Zone, f *zonefile.File, lines document.Replaced) zonefile.Name {
	z, n := before, lines.Was
	if len(lines.Gone) == 0 {
		if z, n, f = after, lines.Now, after.File(f.Name()); f == nil {
			return ""
		}
	}
	return z.RowAt(f, f.Line(n).Start).Owner()
}

// holdsSerial tells whether the line of the serial is among those that are replaced.
func holdsSerial(z *zonefile.Zone, f *zonefile.File, lines document.Replaced) bool {
	soa, ok := z.SOA()
	if !ok || soa.File() != f {
		return false
	}
	const serial = 2 // of the fields of an SOA record
	t, ok := soa.Token(serial)
	n := f.Position(t.Span.Start).Line
	return ok && lines.Was <= n && n < lines.Was+len(lines.Gone)
}

// compareRoutes puts names together whose mail goes elsewhere in the same way, in all that is said and shown of it.
func (r *report) compareRoutes(before, after *zonefile.Zone, show func(zonefile.Name) string, c *pace) {
	at := map[string]int{}
	for change := range preview.Changes([]*zonefile.Zone{before}, []*zonefile.Zone{after}, show) {
		if c.stopped.Load() {
			return
		}
		r.names++
		g := routeGroup{change, change.Before(), change.After(), []zonefile.Name{change.Domain}}
		key := change.Text() + "\n" + change.Stale.Text + "\n" + hostsOf(g.before) + "\n" + hostsOf(g.after)
		if i, known := at[key]; known {
			r.routes[i].names = append(r.routes[i].names, change.Domain)
			continue
		}
		at[key] = len(r.routes)
		r.routes = append(r.routes, g)
	}
}

// linesText is how many lines are changed.
func (r *report) linesText() string {
	switch lines := zonefile.Plural(r.lines, "line", "lines"); {
	case !r.raised:
		return lines
	case r.lines == 0:
		return "the serial"
	default:
		return lines + " and the serial"
	}
}

// namesText is how many names have their mail go elsewhere.
func (r *report) namesText() string {
	switch names := zonefile.Plural(r.names, "name", "names"); {
	case r.names > 1 && len(r.routes) == 1:
		return names + ", all in the same way"
	case r.names > len(r.routes):
		return names + ", in " + zonefile.Plural(len(r.routes), "way", "ways")
	default:
		return names
	}
}

// ownAddress is where the mail of several names goes that have no MX.
const ownAddress = "own address"

// hostsOf writes all of a route that the review shows of several names: those whose mail goes to their own address are alike.
func hostsOf(d preview.Delivery) string {
	if d.Source == preview.FromAddress && d.Outcome == preview.Delivered {
		return ownAddress
	}
	var b strings.Builder
	for i, t := range d.Tiers {
		for _, h := range t.Hosts {
			fmt.Fprintln(&b, i, h.Name, h.Share, addressesOf(h))
		}
	}
	if len(d.Tiers) == 0 {
		return d.Text
	}
	return b.String()
}

// addressesOf is the addresses that senders use of a host.
func addressesOf(h preview.Host) []string {
	var out []string
	for _, a := range h.Addresses {
		if a.Skip == "" {
			out = append(out, a.IP.String())
		}
	}
	return out
}

// serials is the serial of what is on disk and of what would be written.
func serials(before, after *zonefile.Zone, arrow string) string {
	is, ok := after.Serial()
	if !ok {
		return "no serial"
	}
	if was, ok := before.Serial(); ok {
		return fmt.Sprintf("serial %d %s %d", was, arrow, is)
	}
	return fmt.Sprintf("serial %d", is)
}

// groupProblems puts problems together of which the same is said.
func groupProblems(list []lint.Diagnostic) (out []problemGroup) {
	all := make([]*lint.Diagnostic, len(list))
	for i := range list {
		all[i] = &list[i]
	}
	all, begins := lint.Together(all)
	for k, from := range begins {
		group := make(problemGroup, 0, 1)
		for _, d := range all[from:endOf(begins, k, len(all))] {
			group = append(group, *d)
		}
		out = append(out, group)
	}
	return out
}

// asBefore is the problems that were there before, information left out.
func asBefore(f document.Findings) []lint.Diagnostic {
	type place struct {
		file    *zonefile.File
		start   uint32
		rule    *lint.Rule
		message string
	}
	of := func(d *lint.Diagnostic) place { return place{d.File, d.Span.Start, d.Rule, d.Message} }
	came := map[place]int{}
	for i := range f.Came {
		came[of(&f.Came[i])]++
	}
	var out []lint.Diagnostic
	for _, d := range f.Serious() {
		if came[of(d)] > 0 {
			came[of(d)]--
			continue
		}
		out = append(out, *d)
	}
	return out
}

// count counts problems that are at least so bad.
func count(list []lint.Diagnostic, least lint.Severity) int {
	n := 0
	for _, d := range list {
		if d.Severity >= least {
			n++
		}
	}
	return n
}
