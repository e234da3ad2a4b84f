package ui

// The list of zones and the editor of one take turns on the terminal: enter leads into a zone, esc leads back.

import (
	"errors"
	"os"

	tea "github.com/charmbracelet/bubbletea"
	xterm "github.com/charmbracelet/x/term"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/term"
	"github.com/mailzone/mailzone/ui/wire"
)

// Drawable tells whether a list or an editor can be drawn.
func Drawable(in, out *os.File) bool {
	term.Restore() // or every terminal is dumb
	return in != nil && out != nil && xterm.IsTerminal(in.Fd()) && xterm.IsTerminal(out.Fd()) && !dumb()
}

// RunZones lists zones on a terminal, and edits those that are opened, until the user quits.
func RunZones(opt ZonesOptions) (Summary, error) {
	if !Drawable(opt.In, opt.Out) {
		return Summary{}, ErrNoTerminal
	}
	var sum Summary
	m := newZoneList(opt)
	defer m.stopExamining()
	for {
		m.examine()
		m.opens, m.ending = -1, nil
		if err := m.run(); err != nil || m.opens < 0 {
			if m.closed != "" {
				sum.Notes = append(sum.Notes, m.closed)
			}
			sum.add(m.after)
			return sum, err
		}
		back, err := m.edit(&sum)
		if err != nil || !back {
			return sum, err
		}
	}
}

// run shows the list until the user leaves it.
func (m *zoneList) run() error {
	options := []tea.ProgramOption{tea.WithAltScreen()}
	_, err := wire.Run(m, m.opt.In, m.opt.Out, options...)
	return err
}

// edit runs the editor of the zone that was chosen. back tells that the list goes on.
func (m *zoneList) edit(sum *Summary) (back bool, err error) {
	z := &m.zones[m.opens]
	o, err := m.opt.Edit(z.Zone, z.Reason != "" && z.Kind != "dynamic")
	if err != nil {
		m.message = say{m.show(err.Error()), levelError}
		return true, nil
	}
	o.In, o.Out, o.back, o.state = m.opt.In, m.opt.Out, true, m.opt.State
	s, err := Run(o)
	sum.add(s)
	var several *document.SeveralZones
	switch {
	case errors.Is(err, ErrNoTerminal) || errors.As(err, new(*crash.Error)):
		return false, err
	case errors.As(err, &several), err != nil && !s.ended:
		m.message = say{m.show(err.Error()), levelError}
		return true, nil
	case err != nil:
		return false, err
	}
	if len(s.Saved) > 0 {
		m.again()
	}
	if s.back && len(s.Saved) > 0 {
		m.message = say{m.show(s.Saved[len(s.Saved)-1]), levelGood}
	}
	return s.back, nil
}

// add adds what the editor of another zone said.
func (s *Summary) add(o Summary) {
	s.Saved, s.Notes = append(s.Saved, o.Saved...), append(s.Notes, o.Notes...)
	if o.Reload != "" {
		s.Notes = append(s.Notes, "left to do: "+o.Reload)
	}
}
