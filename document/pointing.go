package document

// PTR records that follow a save: the zones of this machine's name server are looked through for the names of addresses that the save
// gives to exchanges or takes from them, and what is wanted is saved with it, as one.

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
	"github.com/mailzone/mailzone/zonefile/references"
)

// Pointing is the PTR records that may follow a save, and which of them are wanted.
type Pointing struct {
	Offers []references.Pointer
	Wanted []bool // of each
	many   *Many
	unread []*Member // zones that were saved, and that the name server was not seen to serve
}

// Pointing finds the PTR records that may follow a change of the zone; none where no name server of this machine has their zones as
// primaries that people edit. Hosts may get addresses later than by this change, and be wanted in PTR records now.
func (st *Store) Pointing(before, after *zonefile.Zone, soon ...references.HostAddress) *Pointing {
	if st.Opt.Zones == nil || after.Origin().IsBackwards() {
		return &Pointing{}
	}
	conf, err := st.Opt.Zones()
	if err != nil || !slices.ContainsFunc(conf.Zones, isReverse) {
		return &Pointing{}
	}
	given, lost := references.Moved(before, after, soon...)
	all := append(slices.Clip(given), lost...)
	p := &Pointing{many: &Many{}}
	in := references.Reverse{Apart: unwritable(conf)}
	for targets := reverseOf(conf, in, all); len(targets) > len(p.many.Members); targets = reverseOf(conf, in, all) { // an alias may lead to one more
		p.many = OpenMany(targets, st.forOthers(), st.others(conf))
		in.Zones = nil
		for _, m := range p.many.Members {
			if m.State == LeftOut {
				in.Apart = append(in.Apart, m.Hosted.Name)
			} else {
				in.Zones = append(in.Zones, m.Before)
			}
		}
	}
	p.Offers = append(in.Pointers(after, given), in.Stale(after, lost)...)
	p.Wanted = make([]bool, len(p.Offers))
	return p
}

// forOthers is the options of other zones of this machine.
func (st *Store) forOthers() Options {
	opt := st.Opt
	opt.Name, opt.Text, opt.Told, opt.Parsing, opt.Root, opt.Fragment = "", nil, nil, nil, "", false
	return opt
}

// others is the zones that may read the same files.
func (st *Store) others(conf server.Configuration) func() []Target {
	return func() (list []Target) {
		for _, z := range conf.Zones {
			if z.File != "" && z.Name.IsBackwards() && z.Editable() {
				list = append(list, hostedTarget(conf, z))
			}
		}
		return list
	}
}

// isReverse tells a reverse zone that people edit.
func isReverse(z server.Zone) bool {
	return z.Name.IsBackwards() && z.Editable() && z.File != "" && (z.Kind == "primary" || z.Kind == "signed")
}

// unwritable is the reverse zones that are nothing to write into: those of others, and those that are there more than once.
func unwritable(conf server.Configuration) (names []zonefile.Name) {
	for i, z := range conf.Zones {
		twice := i > 0 && conf.Zones[i-1].Name == z.Name || i+1 < len(conf.Zones) && conf.Zones[i+1].Name == z.Name
		if z.Name.IsBackwards() && (twice || !isReverse(z)) {
			names = append(names, z.Name)
		}
	}
	return names
}

// reverseOf is the zones that hold the names of addresses: the deepest of each, and of what it leads to.
func reverseOf(conf server.Configuration, in references.Reverse, list []references.HostAddress) (targets []Target) {
	taken := map[zonefile.Name]bool{}
	for _, x := range list {
		for _, n := range []zonefile.Name{zonefile.Backwards(x.Address), in.Behind(x.Address)} {
			var deepest server.Zone
			for _, z := range conf.Zones {
				if z.Name.IsBackwards() && n.Within(z.Name) && len(z.Name) > len(deepest.Name) {
					deepest = z
				}
			}
			if deepest.Name != "" && !taken[deepest.Name] && !slices.Contains(in.Apart, deepest.Name) {
				taken[deepest.Name] = true
				targets = append(targets, hostedTarget(conf, deepest))
			}
		}
	}
	return targets
}

// hostedTarget is a zone of the name server as one that is changed.
func hostedTarget(conf server.Configuration, z server.Zone) Target {
	return Target{Path: z.File, Origin: z.Name, Directory: conf.Directory, Hosted: z}
}

// Any tells whether a record is wanted.
func (p *Pointing) Any() bool { return p != nil && slices.Contains(p.Wanted, true) }

// WantAll wants all that can be set, and of what is stale that which leads nowhere: a host that moves may go on sending from its old address
// for a while, and a PTR record that is there serves it better than none.
func (p *Pointing) WantAll() {
	for i, o := range p.Offers {
		p.Wanted[i] = o.Why == "" && (!o.Stale || o.Nowhere)
	}
}

// Change makes what is wanted, and is the zones that it changes.
func (p *Pointing) Change(now time.Time) []*Member {
	if p == nil || p.many == nil {
		return nil
	}
	var wanted []references.Pointer
	for i, w := range p.Wanted {
		if w {
			wanted = append(wanted, p.Offers[i])
		}
	}
	for _, m := range p.many.Members {
		if m.State == Changed || m.State == Refused {
			m.State, m.Reason, m.Failed, m.Next, m.Edits = Unchanged, "", false, nil, nil
		}
	}
	p.many.Change(now, func(z *zonefile.Zone) ([]zonefile.Edit, error) { return references.PointerEdits(z, wanted) })
	return p.many.In(Changed)
}

// hold makes what is wanted and opens its files, or says why the save cannot be made with it.
func (p *Pointing) hold(now time.Time, agreed disk.SaveOptions) error {
	want := len(p.Change(now))
	for _, m := range p.many.Members {
		if m.State == Refused {
			return fmt.Errorf("%s: %s: nothing was saved", m, m.Reason)
		}
	}
	p.many.Judge()
	for _, m := range p.many.In(Changed) {
		if m.Judged.Blocks {
			return fmt.Errorf("%s: %s: nothing was saved", m, m.Judged.Text)
		}
	}
	p.many.Hold(ManyConsent{InPlace: agreed.InPlace})
	if len(p.many.In(Changed)) == want {
		return nil
	}
	p.many.Close()
	for _, m := range p.many.Members {
		if m.State == LeftOut && m.Reason != "" {
			return fmt.Errorf("%s: %s: nothing was saved", m, m.Reason)
		}
	}
	return errors.New("the reverse zones are not as they were read: nothing was saved")
}

// LeftToDo is what makes the name server read the other zones that were saved.
func (p *Pointing) LeftToDo(now time.Time) (lines []string) {
	if p.Any() && p.many != nil {
		lines, _ = p.many.LeftToDo(now, p.unread) // they are told, be they kept or not
	}
	return lines
}

// Serve makes the name server read the other zones that were saved, and says of each what it does with it; all tells that it serves all of
// them.
func (p *Pointing) Serve() (told []string, all bool) {
	if !p.Any() || p.many == nil {
		return nil, true
	}
	reached, left := true, []*Member(nil)
	for _, m := range p.unread {
		s := Serving{Why: "named was not told to read it again"}
		if reached {
			s, reached = p.many.Serve(m, func() bool { return false })
		}
		if s.Why != "" {
			left = append(left, m)
		}
		told = append(told, m.Hosted.Name.Plain()+": "+cmp.Or(s.Why, "named serves the new version"))
	}
	p.unread = left
	return told, len(left) == 0
}

// Followed is the PTR records that are saved with it.
func (sv Saving) Followed() *Pointing {
	p, _ := sv.along.(*Pointing)
	return p
}

// Along is the same save with PTR records that follow it.
func (sv Saving) Along(p *Pointing) Saving {
	if p.Any() {
		sv.along = p
	}
	return sv
}

// save saves the zone and the reverse zones as one.
func (p *Pointing) save(sv Saving) (saved Saved) {
	saved.Saving = sv
	m := p.many
	if saved.Err = p.hold(sv.agreed.Now, sv.agreed); saved.Err != nil {
		saved.Results = []disk.Result{{Message: saved.Err.Error()}}
		return saved
	}
	defer m.Close()
	sv.agreed.KeepRecord, sv.agreed.KeepCopy = true, true
	others, savings := m.changes(sv.agreed), m.savings(sv.agreed, "PTR records")
	results, err := disk.SaveAll(append(others, sv.changes()...), sv.Allowed)
	m.ended(results[:len(others)], err)
	p.unread = m.In(Stored)
	saved.Results, saved.Err = results, err
	if err == nil {
		saved.Notes = append(slices.Clip(saved.Notes), m.note(savings, sv.agreed.Now)...)
	}
	return saved
}
