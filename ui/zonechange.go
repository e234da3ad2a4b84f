package ui

// A change of many zones from their list: it is worked out beside the screen, reviewed once, saved as one, and each zone is read
// again by the name server and waited for. Esc ends the working out and the waiting; a save under way is not stopped half-way.

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// repoint reads what stands behind `:repoint`.
func (m *zoneList) repoint(arg string) []action {
	words := strings.Fields(arg)
	if len(words) != 2 {
		return []action{say{":repoint OLD NEW points the MX records of the marked zones from one host to another", levelError}}
	}
	var hosts [2]zonefile.Name
	for i, word := range words {
		name, err := zonefile.ParseName(word, zonefile.Root)
		if err != nil || !strings.Contains(strings.TrimSuffix(word, "."), ".") {
			return []action{say{m.show(word) + ": say the whole name of the host, as mx1.example.com", levelError}}
		}
		if a, is := zonefile.AddressInName(name, zonefile.Root); is && i > 0 {
			return []action{say{a.String() + " is an address: name the host that has it", levelError}}
		}
		hosts[i] = name
	}
	if hosts[0] == hosts[1] {
		return []action{say{"both are the same host", levelError}}
	}
	return m.begin(ZonesEdit{":repoint", func(z *zonefile.Zone) ([]zonefile.Edit, error) { return document.Repointed(z, hosts[0], hosts[1]) }, hosts[1]})
}

// setTTL reads what stands behind `:ttl`.
func (m *zoneList) setTTL(arg string) []action {
	ttl := strings.TrimSpace(arg)
	if ttl == "" || checkTTL(ttl) != nil {
		return []action{say{":ttl TIME sets the TTL of the MX records of the marked zones; a time is seconds, or units as 1h30m", levelError}}
	}
	return m.begin(ZonesEdit{":ttl", func(z *zonefile.Zone) ([]zonefile.Edit, error) { return document.Retimed(z, ttl) }, ""})
}

// begin works a change of the chosen zones out.
func (m *zoneList) begin(e ZonesEdit) []action {
	which := m.chosen()
	if m.opt.Change == nil {
		return []action{say{"open one of these first: they are what the file may be", levelError}}
	}
	if len(which) == 0 {
		return []action{say{"there is no zone here", levelError}}
	}
	c := &zoneChange{ZonesEdit: e, served: map[server.Served]int{}}
	for _, i := range which {
		c.zones = append(c.zones, *m.zones[i].Zone)
	}
	m.change = c
	m.ending = func() tea.Msg {
		work, err := m.opt.Change(c.zones, c.ZonesEdit)
		return zonesWorked{c, work, err}
	}
	return nil
}

// drop gives a change up.
func (m *zoneList) drop() {
	c := m.change
	m.change, m.report = nil, nil
	if c == nil {
		return
	}
	c.stopped.Store(true)
	if c.work.Many != nil {
		c.work.Many.Close()
	}
}

// worked shows what a change would do. Of one that was given up nobody wants to know it.
func (m *zoneList) worked(w zonesWorked) {
	c := w.of
	c.work = w.work
	switch {
	case m.change != c:
		if w.work.Many != nil {
			w.work.Many.Close()
		}
	case w.err != nil:
		m.drop()
		m.message = say{m.show(w.err.Error()), levelError}
	case len(w.work.Many.In(document.Changed)) == 0 && len(w.work.Review.Refused)+len(w.work.Review.Failed)+len(w.work.Review.Out) == 0:
		m.drop()
		m.message = say{"there is nothing to change in " + zonefile.Plural(len(c.zones), "zone", "zones"), levelInfo}
	default:
		c.step = reviewed
		m.report = m.reviewOf(c)
	}
}

// mostAgreed is how many zones are saved by a key alone. For more their number is typed.
const mostAgreed = 20

// agree saves, or asks for what has to be typed before: the word where something is wrong, the number of the zones where these
// are many.
func (m *zoneList) agree(reload bool) []action {
	c := m.change
	n, against := len(c.work.Many.In(document.Changed)), c.work.Review.Against
	c.reload = reload
	word := ""
	switch {
	case n == 0:
		return []action{say{"there is nothing to save", levelInfo}}
	case against.Why != "" && !against.Lifted:
		return []action{say{"cannot be saved: " + m.show(against.Why), levelError}}
	case against.Why != "":
		word = saveWord
	case n > mostAgreed:
		word = itoa(n)
	default:
		m.write()
		return nil
	}
	m.prompt = &prompt{kit: m.kit, sign: "type " + word + " to save: ", field: m.newField(partData, "", ""), done: func(text string) []action {
		if strings.TrimSpace(text) != word {
			return []action{say{"nothing was saved: " + word + " was not typed", levelInfo}}
		}
		m.write()
		return nil
	}}
	return nil
}

// write saves all zones, or none.
func (m *zoneList) write() {
	c := m.change
	c.step, m.report = written, nil
	now := m.opt.Now
	m.ending = func() tea.Msg {
		notes, err := c.work.Many.Save(now(), c.Did, document.ManyConsent{})
		return zonesWritten{c, notes, err}
	}
}

// wrote goes on behind the save: nothing was saved, or the zones are read again, or it is told how that is done.
func (m *zoneList) wrote(w zonesWritten) tea.Cmd {
	c, many := w.of, w.of.work.Many
	saved := many.In(document.Stored)
	if w.err != nil {
		m.drop()
		m.message = say{m.show(fmt.Sprintf("%d of %s saved: %v", len(saved), zonefile.Plural(len(many.Members), "zone", "zones"), w.err)), levelError}
		return m.lookAgain()
	}
	said := "saved: " + zonefile.Plural(len(saved), "zone", "zones")
	m.after.Saved, m.after.Notes = append(m.after.Saved, said), append(m.after.Notes, w.notes...)
	c.saved = saved
	if c.reload {
		c.step = readAgain
		return m.serveNext(c)
	}
	m.drop()
	m.message = say{said + m.leftToDo(c, saved), levelGood}
	return m.lookAgain()
}

// leftToDo tells, now and behind the screen, how named is made to read zones again.
func (m *zoneList) leftToDo(c *zoneChange, zones []*document.Member) string {
	lines, err := c.work.Many.LeftToDo(m.opt.Now(), zones)
	if err != nil {
		return m.show("; " + err.Error())
	}
	for _, l := range lines {
		m.after.Notes = append(m.after.Notes, "left to do: "+l)
	}
	switch len(lines) {
	case 0:
		return ""
	case 1:
		return m.show("; left to do: " + lines[0])
	}
	return m.show(fmt.Sprintf("; left to do: %s and %d more, which are told at the end", lines[0], len(lines)-1))
}

// serveNext lets named read the next zone again, beside the screen.
func (m *zoneList) serveNext(c *zoneChange) tea.Cmd {
	mem := c.saved[c.at]
	return func() tea.Msg {
		if c.stopped.Load() {
			return zoneServed{of: c}
		}
		is, goes := c.work.Many.Serve(mem, c.stopped.Load)
		return zoneServed{c, is, goes, true}
	}
}

// wasServed takes what became of a zone, and goes on to the next.
func (m *zoneList) wasServed(w zoneServed) tea.Cmd {
	c := w.of
	if w.asked {
		mem := c.saved[c.at]
		c.at++
		if c.served[w.is.Served]++; w.is.Served != server.ServesNew {
			c.old = append(c.old, reportText{m.show(mem.String()), true}, reportText{m.show(w.is.Why), false})
			if w.is.Served != server.NotRead {
				c.old = append(c.old, reportText{m.show("`mailzone history " + mem.Path + " --restore 1 --yes` brings the old version back"), false})
			}
		}
	}
	if w.asked && w.goes && c.at < len(c.saved) && !c.stopped.Load() {
		return m.serveNext(c)
	}
	left := c.saved[c.at:]
	if w.asked && !w.goes {
		left = c.saved[c.at-1:]
	}
	said := fmt.Sprintf("saved: %s; %d served, %d old, %d without data, %d not asked", zonefile.Plural(len(c.saved), "zone", "zones"), c.served[server.ServesNew],
		c.served[server.ServesOld], c.served[server.ServesNone], len(c.saved)-c.at+c.served[server.NotRead])
	m.after.Notes = append(m.after.Notes, said)
	m.drop()
	m.message = say{said, levelGood}
	if len(left) > 0 || len(c.old) > 0 {
		m.message = say{said + m.leftToDo(c, left), levelError}
		m.report = &zoneReport{kit: m.kit, heading: "Zones that named does not serve as saved", texts: c.old}
	}
	if len(c.old) == 0 {
		m.report = nil
	}
	return m.lookAgain()
}
