package document

// A file that the name server has several zones in: what is saved of it as one changes all of them. So each is checked before the
// save, and read again after it.

import (
	"slices"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// alsoOf is the names of the other zones in the file of a zone, and one row of each.
func (st *Store) alsoOf(z *zonefile.Zone) (names []string, rows []server.Zone) {
	for _, row := range st.placed.Zones {
		if row.Name != z.Name() && !slices.ContainsFunc(rows, func(r server.Zone) bool { return r.Name == row.Name }) {
			names, rows = append(names, row.Name.Plain()), append(rows, row)
		}
	}
	return names, rows
}

// judgeAll is a judgement of a version with those of the other zones in its file. They are told, for who saves one changes all.
func (st *Store) judgeAll(j server.Judgement, before, next *zonefile.Zone) server.Judgement {
	names, rows := st.alsoOf(next)
	if len(rows) == 0 {
		return j
	}
	told := "the file is that of " + (Alike{Zones: names}).Names() + ", too: they change with it"
	if j.Text != "" {
		told = j.Text + "; " + told
	}
	j.Text = told
	if st.Opt.NamedAll == nil || j.Verdict == server.Unchecked {
		return j
	}
	for range next.Inclusions(next.Root()) {
		j.Text += ", and nobody has checked whether named loads those"
		return j
	}
	old, now := make([]server.Text, len(rows)), make([]server.Text, len(rows))
	for i, row := range rows {
		as := func(z *zonefile.Zone) *zonefile.Zone {
			return zonefile.Parse(z.Root().Name(), z.Root().Bytes(), zonefile.Options{Origin: row.Name})
		}
		old[i] = server.Text{Zone: as(before), Dir: st.IncludeDir(), Checks: row.Checks}
		now[i] = server.Text{Zone: as(next), Dir: st.IncludeDir(), Checks: row.Checks}
	}
	for i, other := range st.Opt.NamedAll(old, now) {
		for _, line := range other.Told {
			j.Told = append(slices.Clip(j.Told), "as "+names[i]+": "+line)
		}
		if other.Blocks && !j.Blocks {
			j.Verdict, j.Blocks, j.Text = other.Verdict, true, "as zone "+names[i]+", which is in this file, too: "+other.Text
		}
	}
	return j
}

// reloads has zones read again, one after the other.
type reloads struct {
	list []func() Reloader
	now  Reloader
}

// Step does the next thing; see server.Reload.
func (r *reloads) Step() server.Progress {
	if r.now == nil {
		r.now, r.list = r.list[0](), r.list[1:]
	}
	p := r.now.Step()
	if p.Done && p.Served && len(r.list) > 0 {
		r.now, p.Done, p.Served = nil, false, false
	}
	return p
}

// reloadAll is the reload of a zone, and then of the others in its file.
func (st *Store) reloadAll(first Reloader, z *zonefile.Zone, serial uint32) Reloader {
	_, rows := st.alsoOf(z)
	root := st.Set.Root()
	if len(rows) == 0 || st.Opt.Hosting == nil || root == nil {
		return first
	}
	path := root.Path()
	all := &reloads{now: first}
	for _, row := range rows {
		all.list = append(all.list, func() Reloader {
			return st.Opt.Reload(st.Opt.Hosting(string(row.Name), path), serial, nil)
		})
	}
	return all
}

// alsoLeft is what is left to do for the other zones in the file, behind the command for the zone itself.
func (st *Store) alsoLeft() (text string) {
	if st.held == nil {
		return ""
	}
	const most = 3
	names, rows := st.alsoOf(st.held)
	for i, row := range rows {
		if i == most {
			return text + "; and so for " + zonefile.Plural(len(names)-most, "more zone", "more zones") + " in this file"
		}
		for _, command := range server.ReloadCommands(row) {
			text += "; " + command
		}
	}
	return text
}
