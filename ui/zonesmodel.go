package ui

// The list of zones as a program: what comes in, a key, news of a zone, another size, goes to whom it is for.

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/ui/wire"
	"github.com/mailzone/mailzone/zonefile"
)

// newZoneList is the list before anything is known of the files.
func newZoneList(opt ZonesOptions) *zoneList {
	m := &zoneList{kit: newKit(nil, opt.Options), opt: opt, marked: map[int]bool{}, open: map[string]bool{}, opens: -1, doubted: -1}
	m.zones = make([]listedZone, len(opt.Conf.Zones))
	unread := new(ZoneNews)
	for i := range m.zones {
		z := &opt.Conf.Zones[i]
		m.zones[i] = listedZone{Zone: z, ZoneNews: unread, name: m.show(z.Name.Plain()), quiet: opt.Quiet(*z)}
	}
	m.widest, m.busy = m.widestOf(m.zones), !m.known()
	m.list.Skip = func(i int) bool { return i < len(m.rows) && m.rows[i].kind == lineNote }
	m.arrange(-1)
	m.message = m.greeting()
	return m
}

// greeting says what is not known of the configuration.
func (m *zoneList) greeting() say {
	conf := m.opt.Conf
	switch n := len(conf.Unreadable); {
	case n > 0:
		return say{zonefile.Plural(n, "file of the configuration", "files of the configuration") + " cannot be read by this user: run as root", levelError}
	case len(conf.Faults) > 0:
		text := m.show(conf.Faults[0])
		if more := len(conf.Faults) - 1; more > 0 {
			text += " (and " + zonefile.Plural(more, "fault", "faults") + " more: `mailzone zones`)"
		}
		return say{text, levelError}
	}
	return say{}
}

// firstFrame is how long nothing is found out yet: the first frame has the machine for itself.
const firstFrame = 40 * time.Millisecond

// zonesShown says that the first frame stands.
type zonesShown struct{}

// Init begins to find out when the list is shown.
func (m *zoneList) Init() tea.Cmd {
	return tea.Tick(firstFrame, func(time.Time) tea.Msg { return zonesShown{} })
}

// take puts news into the rows. The cursor stays on its zone.
func (m *zoneList) take(b *newsBox) tea.Cmd {
	if b != m.news {
		return nil
	}
	b.mu.Lock()
	news, done, err := b.list, b.done, b.err
	b.list = nil
	b.mu.Unlock()
	for _, n := range news {
		z := &m.zones[n.Zone]
		z.ZoneNews, z.read = &n, true
	}
	if done {
		m.busy, m.news = false, nil
		switch {
		case err != nil:
			m.message = say{m.show(err.Error()), levelError}
		case !m.moved && m.order == zonesByName && m.only == "":
			m.order = zonesWorstFirst
		case m.order == zonesByName && m.message.text == "":
			m.message = say{"all zones are examined: o puts the worst first", levelInfo}
		}
	}
	m.arrange(m.zoneAt(m.list.Cursor))
	if !m.moved {
		m.list.To(0, 1, len(m.rows))
	}
	if done {
		return nil
	}
	return tea.Tick(newsEvery, func(time.Time) tea.Msg { return b.wait() })
}

// Update answers keys, and takes in what was found out.
func (m *zoneList) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch t := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = t.Width, t.Height
	case zonesShown:
		return m, m.lookOn()
	case zonesFound:
		return m, m.take(t.of)
	case zonesWorked:
		m.worked(t)
	case zonesWritten:
		return m, m.wrote(t)
	case zoneServed:
		return m, m.wasServed(t)
	case wire.ClosingMsg:
		m.closed = closing(t)
		return m, tea.Quit
	case tea.KeyMsg:
		return m, m.key(t)
	}
	return m, nil
}

// key answers a key: that of the line at the bottom, the help or the report, or of the list.
func (m *zoneList) key(k tea.KeyMsg) tea.Cmd {
	m.ending, m.moved, m.message = nil, true, say{}
	doubted := m.doubted
	bindings, update, over := m.listening()
	actions, used := press(k, bindings)
	if !used {
		actions = update(k)
	}
	m.perform(actions, over)
	if m.doubted == doubted { // it was another key
		m.doubted = -1
	}
	m.echo.pressed(k, m.ending != nil)
	return m.ending
}

// perform does what a line or the help asks for: it is over, says something, or presses a key of the list.
func (m *zoneList) perform(actions []action, over func()) {
	for _, a := range actions {
		switch a := a.(type) {
		case pop:
			over()
		case say:
			m.message = a
		case doKey:
			if a.why != "" {
				m.message = say{a.why, levelInfo}
			} else if a.run != nil {
				m.perform(a.run(), over)
			}
		}
	}
}

// listening is who gets a key, and how that goes away: what a chosen help entry opens stays.
func (m *zoneList) listening() (bindings []binding, update func(tea.KeyMsg) []action, over func()) {
	switch {
	case m.prompt != nil:
		p := m.prompt
		return p.bindings(), p.update, func() {
			if m.prompt == p {
				m.prompt = nil
			}
		}
	case m.help != nil:
		return m.help.bindings(), m.help.update, func() { m.help = nil }
	case m.change != nil:
		return m.changeKeys(), func(tea.KeyMsg) []action { return nil }, m.drop
	case m.report != nil:
		return m.reportKeys(), m.report.update, func() { m.report = nil }
	}
	return m.bindings(), m.update, func() {}
}

// update moves the cursor. What is pasted is no key.
func (m *zoneList) update(k tea.KeyMsg) []action {
	if k.Paste {
		return []action{say{"nothing is pasted here: / finds, & filters", levelInfo}}
	}
	m.list.Move(k, &m.keys.Moving, len(m.rows))
	return nil
}

// View draws the list, or what is over it. A key that left all as it was is answered below.
func (m *zoneList) View() string {
	told := m.message
	m.message = say{}
	bare := m.picture()
	if m.message = told; m.echo.unanswered(bare) && told.text == "" {
		m.message = m.idle()
	}
	if m.message.text == "" {
		return bare
	}
	return m.picture()
}

// idle says why the last key has changed nothing.
func (m *zoneList) idle() say {
	other := ""
	if m.prompt == nil && m.help == nil && m.change == nil && m.report == nil {
		other = "does nothing in the list of zones: ? tells the keys"
	}
	bindings, _, _ := m.listening()
	return m.unmoved(m.echo.key, bindings, nil, other)
}
