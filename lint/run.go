package lint

// What all visits of zones that are loaded together share. It knows no rules: see schedule.

import (
	"maps"
	"slices"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/zonefile"
)

// run is what one run over some zones shares.
type run struct {
	zones    []*zonefile.Zone
	opt      Options
	ignores  [][]ignore                       // per zone
	in       zonefile.Zones                   // zones, asked as one
	against  map[zonefile.Name]*zonefile.Zone // what opt.Against has, by its origin
	order    map[*zonefile.File]int
	children map[zonefile.Name][]*zonefile.Zone  // the zones below each, by its name
	beside   *zonefile.Zone                      // what is wrong with the text of this version, too, is not told; nil: all is
	unknown  map[*zonefile.Zone]unknownNames     // of zones that have some
	usualTTL []uint32                            // per zone: its first $TTL
	public   []bool                              // per zone: it is one of the Internet's
	misnamed []bool                              // per zone: its SOA stands at another name than the zone's
	watch    func(v visitor, read zonefile.Name) // is told what visits look up; nil where nobody asks

	contents contents
	reverse  bool    // a reverse zone is loaded
	looks    []*look // per zone; none where no rules run
}

// newRun prepares a run over zones.
func newRun(zones []*zonefile.Zone, opt Options) *run {
	crash.OnAllCores(len(zones), func(i int) { zones[i].IndexNames() })
	r := runOn(zones, opt, findContents(zones))
	for _, z := range zones {
		r.ignores = append(r.ignores, findIgnores(z))
	}
	return r
}

// runOn is a run over zones that have some contents, without the ignores in them.
func runOn(zones []*zonefile.Zone, opt Options, c contents) *run {
	r := &run{zones: zones, in: zonefile.Together(zones...), opt: opt, contents: c,
		order: map[*zonefile.File]int{}, unknown: map[*zonefile.Zone]unknownNames{}}
	r.against = map[zonefile.Name]*zonefile.Zone{}
	for _, old := range slices.Backward(opt.Against) { // of several with one origin the first counts
		r.against[old.Origin()] = old
	}
	r.children = findChildren(zones, r.in)
	for _, z := range zones {
		r.place(z)
		r.reverse = r.reverse || z.Origin().Within("arpa.")
		r.usualTTL = append(r.usualTTL, usualTTL(z))
		r.public = append(r.public, zonefile.Public(z.Origin()))
		_, bad := z.Misnamed()
		r.misnamed = append(r.misnamed, bad)
		if names := findUnknownNames(z); len(names) > 0 {
			r.unknown[z] = names
		}
	}
	return r
}

// place puts the files of a zone behind those of the zones before it.
func (r *run) place(z *zonefile.Zone) {
	for f := range z.Files() {
		r.order[f] = len(r.order)
	}
}

// after is the run over the same zones with zone i in a new version, in which no directive changed.
func (r *run) after(i int, z *zonefile.Zone, edits []zonefile.Edit) *run {
	next := *r
	next.zones, next.ignores = slices.Clone(r.zones), slices.Clone(r.ignores)
	next.zones[i] = z
	if names := r.unknown[r.zones[i]]; names != nil { // no directive changed
		next.unknown = maps.Clone(r.unknown)
		next.unknown[z] = names
	}
	next.ignores[i] = ignoresAfter(r.ignores[i], z, edits)
	next.in, next.order = zonefile.Together(next.zones...), map[*zonefile.File]int{}
	next.children = findChildren(next.zones, next.in)
	for _, z := range next.zones {
		next.place(z)
	}
	return &next
}

// findChildren is the zones below each of some zones, by its name; of views of one zone the first.
func findChildren(zones []*zonefile.Zone, in zonefile.Zones) map[zonefile.Name][]*zonefile.Zone {
	children := map[zonefile.Name][]*zonefile.Zone{}
	for _, z := range zones {
		apex := z.Origin()
		if _, isZone := z.SOA(); !isZone || apex == zonefile.Root || in.Deepest(apex) != z {
			continue
		}
		if above := in.Deepest(apex.Parent()); above != nil {
			children[above.Origin()] = append(children[above.Origin()], z)
		}
	}
	return children
}

// opened is a zone as it was opened; nil if that is not known, or the zone is as it was.
func (r *run) opened(z *zonefile.Zone) *zonefile.Zone {
	old := r.against[z.Origin()]
	if was := r.opt.Was; was != nil {
		old = was[z.Root().Name()]
	}
	if old == z {
		return nil
	}
	return old
}
