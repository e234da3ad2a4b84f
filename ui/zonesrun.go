package ui

// The list of zones and the editor of one are one program: enter leads into a zone, esc leads back. Keys that are typed ahead go to
// what is shown when their turn comes, and of the screen only that is drawn which is another.

import (
	"errors"
	"os"

	tea "github.com/charmbracelet/bubbletea"
	xterm "github.com/charmbracelet/x/term"

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
	m := newZoneList(opt)
	defer m.stopExamining()
	p := &zonesProgram{list: m}
	_, err := wire.Run(p, opt.In, opt.Out, tea.WithAltScreen())
	return p.end(err)
}

// zonesProgram is the root: the list, or the editor of the zone that was opened from it.
type zonesProgram struct {
	list *zoneList
	zone *stay // nil while the list is shown
	told Summary
	err  error // why it ended by itself
}

// end is what the shell shows.
func (p *zonesProgram) end(failed error) (Summary, error) {
	if p.zone != nil {
		var s Summary
		s, failed = p.zone.end(failed)
		p.told.add(s)
	}
	if p.list.closed != "" {
		p.told.Notes = append(p.told.Notes, p.list.closed)
	}
	p.told.add(p.list.after)
	if failed == nil {
		failed = p.err
	}
	return p.told, failed
}

// Init begins with the list.
func (p *zonesProgram) Init() tea.Cmd { return p.list.Init() }

// View is what is shown.
func (p *zonesProgram) View() string {
	if p.zone != nil {
		return p.zone.model.View()
	}
	return p.list.View()
}

// Update gives a message to whom it is for: what is found out of zones goes to the list, whatever is shown.
func (p *zonesProgram) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case stayed:
		if m.of != p.zone {
			return p, nil // it was left
		}
		return p, p.toZone(m.msg)
	case left:
		if m.of != p.zone {
			return p, nil
		}
		return p, p.leave()
	case zonesShown, zonesFound, zonesWorked, zonesWritten, zoneServed:
		return p, p.toList(m)
	case tea.WindowSizeMsg:
		cmd := p.toList(m)
		if p.zone != nil {
			cmd = p.toZone(m)
		}
		return p, cmd
	}
	if p.zone != nil {
		return p, p.toZone(msg)
	}
	return p, p.toList(msg)
}

// toList gives a message to the list, and opens the zone that was chosen.
func (p *zonesProgram) toList(msg tea.Msg) tea.Cmd {
	_, cmd := p.list.Update(msg)
	if p.list.opens < 0 {
		return cmd
	}
	z := &p.list.zones[p.list.opens]
	p.list.opens = -1
	o, err := p.list.opt.Edit(*z.Zone, z.Reason != "" && z.Kind != "dynamic")
	if err != nil {
		p.list.message = say{p.list.show(err.Error()), levelError}
		return cmd
	}
	if z.Examined {
		o.inList = z.counted()
	}
	o.In, o.Out, o.back, o.state = p.list.opt.In, p.list.opt.Out, true, p.list.opt.State
	p.zone = newStay(o)
	if p.zone.opening.err != nil {
		return tea.Batch(cmd, p.leave())
	}
	return tea.Batch(cmd, p.zone.begin(p.list.width, p.list.height))
}

// toZone gives a message to the editor. Who leaves it is in the list at once: the next key may have been typed already.
func (p *zonesProgram) toZone(msg tea.Msg) tea.Cmd {
	cmd := p.zone.update(msg)
	if p.zone.goesBack() {
		return p.leave()
	}
	return cmd
}

// leave goes back to the list, if that is where the user wants to go, or the zone cannot be opened; else it ends the program.
func (p *zonesProgram) leave() tea.Cmd {
	v, m := p.zone, p.list
	s, err := v.end(nil)
	p.zone = nil
	p.told.add(s)
	var several *document.SeveralZones
	switch {
	case errors.As(err, &several), err != nil && !s.ended:
		m.message = say{m.show(err.Error()), levelError}
	case err != nil, !s.back:
		p.err = err
		return tea.Quit
	}
	var cmd tea.Cmd
	if v.pointed() {
		cmd = tea.DisableMouse
	}
	if len(s.Saved) == 0 {
		return tea.Batch(cmd, m.lookOn())
	}
	m.message = say{m.show(s.Saved[len(s.Saved)-1]), levelGood}
	return tea.Batch(cmd, m.lookAgain())
}

// add adds what the editor of another zone said.
func (s *Summary) add(o Summary) {
	s.Saved, s.Notes = append(s.Saved, o.Saved...), append(s.Notes, o.Notes...)
	if o.Reload != "" {
		s.Notes = append(s.Notes, "left to do: "+o.Reload)
	}
}
