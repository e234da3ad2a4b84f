package ui

// What the name server does with the zone file: it is asked after the first frame, told to read the file again after a
// save if the user wants that, and followed until it serves the new serial. Keys answer all the while.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// hosted brings what named does with the zone file.
type hosted struct {
	of      *disk.Set // the files that were asked about
	hosting server.Hosting
}

// askHosting asks in a command.
func askHosting(doc *document.Session) tea.Cmd {
	st := doc.Store
	if st == nil {
		return nil
	}
	set, ask := st.Set, st.AsksHosting(doc.Saved)
	if ask == nil {
		return nil
	}
	return func() tea.Msg { return hosted{set, ask()} }
}

// take takes the answer, unless the file was read again meanwhile. A file that named writes itself is
// read-only from now on.
func (m hosted) take(s stage) tea.Cmd {
	st := s.tools().doc.Store
	if m.of != st.Set {
		return nil
	}
	if st.Hosted(m.hosting) {
		s.tell(onlyRead(s.tools()))
	}
	return nil
}

// serving says how far a reload is.
type serving struct {
	document.Reloader
	of   *zonefile.Zone // the version that was saved
	now  server.Progress
	then []action // done when named serves the zone
}

// next does the next step of a reload in a command.
func (m serving) next() tea.Msg {
	m.now = m.Step()
	return m
}

// serve makes named read the saved file; then is done when it serves it.
type serve struct{ then []action }

// do begins a reload of the version that was just saved.
func (act serve) do(s stage) tea.Cmd {
	doc := s.tools().doc
	return serving{Reloader: doc.Store.Reload(doc.Saved), of: doc.Saved, then: act.then}.next
}

// take shows how far a reload is, and goes on until it is done.
func (m serving) take(s stage) tea.Cmd {
	k, out := s.tools(), s.outcome()
	if !m.now.Done {
		s.tell(say{k.show(m.now.Text), levelInfo})
		return m.next
	}
	out.done = append(out.done, m.now.Text)
	if m.now.Served {
		out.served = m.of
	}
	along := servedAlong{serving: m}
	if len(out.along) == 0 {
		return along.take(s)
	}
	saved := out.along
	s.tell(say{"named reads the reverse zones again", levelInfo})
	return func() tea.Msg { return along.reload(saved) }
}

// servedAlong brings what named does with the reverse zones that were saved with the zone.
type servedAlong struct {
	serving
	told []string
	left []*document.Pointing // that it does not serve
}

// reload makes named read them again.
func (m servedAlong) reload(saved []*document.Pointing) servedAlong {
	for _, p := range saved {
		told, all := p.Serve()
		if m.told = append(m.told, told...); !all {
			m.left = append(m.left, p)
		}
	}
	return m
}

// take tells the end of it all, and goes on if named serves all.
func (m servedAlong) take(s stage) tea.Cmd {
	k, out := s.tools(), s.outcome()
	out.done, out.along = append(out.done, m.told...), m.left
	text := strings.Join(append([]string{m.now.Text}, m.told...), "; ")
	if !m.now.Served || len(m.left) > 0 {
		s.tell(say{k.show(text), levelError})
		return nil
	}
	s.tell(say{k.show("saved, and " + text), levelGood})
	return s.perform(m.then...)
}
