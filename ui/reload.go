package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// What named does with the zone file: it is asked after the first frame, told to read the file again after a
// save if the user wants that, and followed until it serves the new serial. Keys answer all the while.

// hosted brings what named does with the zone file.
type hosted struct {
	of      *disk.Set // the files that were asked about
	hosting disk.Hosting
}

// askHosting asks in a command.
func (a *app) askHosting() tea.Cmd {
	st := a.doc.store
	if st == nil || st.opt.hosting == nil || st.set.Root() == nil {
		return nil
	}
	set, zone := st.set, string(a.doc.saved.Origin())
	return func() tea.Msg { return hosted{set, st.opt.hosting(zone, set.Root().Path())} }
}

// takeHosting takes the answer, unless the file was read again meanwhile. A file that named writes itself is
// read-only from now on.
func (a *app) takeHosting(m hosted) {
	st := a.doc.store
	if m.of != st.set {
		return
	}
	st.hosting = m.hosting
	if why := m.hosting.Forbids(); why != "" && st.locked == "" {
		st.locked = why
		a.greet()
	}
}

// reloadCommand is what makes named read the file again, as an administrator types it; "" if rndc does not take
// the zone's name.
func (st *store) reloadCommand(z *zonefile.Zone) string {
	if c := st.hosting.Command(); c != "" {
		return c
	}
	return reloadCommand(z)
}

// cannotReload says why named cannot be made to read the file again, "" if it can.
func (st *store) cannotReload(z *zonefile.Zone) string {
	if _, ok := z.Serial(); !ok {
		return "no reload: without a serial nobody could tell whether named serves the new zone"
	}
	if why := st.hosting.CannotReload(); why != "" {
		return "no reload: " + why
	}
	return ""
}

// reloader is a reload that is under way, as disk.Reload.
type reloader interface{ Step() disk.Progress }

// reloading says how far a reload is.
type reloading struct {
	reloader
	of   *zonefile.Zone // the version that was saved
	now  disk.Progress
	then []action // done when named serves the zone
}

// next does the next step of a reload in a command.
func (m reloading) next() tea.Msg {
	m.now = m.Step()
	return m
}

// reloadZone begins a reload of the version that was just saved.
func (a *app) reloadZone(act reloadZone) tea.Cmd {
	z, st := a.doc.saved, a.doc.store
	serial, _ := z.Serial()
	check := func() disk.Opinion { return st.opt.named(z, st.includeDir()) }
	return reloading{reloader: st.opt.reload(st.hosting, serial, check), of: z, then: act.then}.next
}

// follow shows how far a reload is, and goes on until it is done.
func (a *app) follow(m reloading) tea.Cmd {
	if !m.now.Done {
		a.message = say{a.show(m.now.Text), levelInfo}
		return m.next
	}
	a.done = append(a.done, m.now.Text)
	if !m.now.Served {
		a.message = say{a.show(m.now.Text), levelError}
		return nil
	}
	a.served = m.of
	a.message = say{a.show(fmt.Sprintf("saved, and %s", m.now.Text)), levelGood}
	return a.perform(m.then...)
}
