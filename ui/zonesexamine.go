package ui

// What is found out of the zones of the list, beside the screen: once, and again when some were saved.

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/crash"
)

// examine begins to find out about all zones, unless somebody does or nothing has changed.
func (m *zoneList) examine() {
	if m.news != nil || m.known() {
		return
	}
	b := &newsBox{wake: make(chan struct{}, 1)}
	m.news, m.busy = b, true
	crash.Start(func() {
		err := m.opt.Examine(func(n ZoneNews) { b.put([]ZoneNews{n}, false, nil) }, b.stopped)
		b.put(nil, true, err)
	}, func(e *crash.Error) { b.put(nil, true, e) })
}

// known tells whether all has been found out.
func (m *zoneList) known() bool {
	for i := range m.zones {
		if !m.zones[i].read {
			return false
		}
	}
	return true
}

// stopExamining lets what is found out beside the screen end.
func (m *zoneList) stopExamining() {
	if m.news != nil {
		m.news.stop()
	}
}

// again has all zones examined again: what was saved in one may be missed or found in others.
func (m *zoneList) again() {
	m.stopExamining()
	m.news = nil
	for i := range m.zones {
		m.zones[i].read = false
	}
}

// lookAgain examines all zones again while the list is shown.
func (m *zoneList) lookAgain() tea.Cmd {
	m.again()
	m.examine()
	return m.news.wait
}

// lookOn goes on to find out, if nobody does and not all is known.
func (m *zoneList) lookOn() tea.Cmd {
	if m.news != nil {
		return nil
	}
	if m.examine(); m.news == nil {
		return nil
	}
	return m.news.wait
}
