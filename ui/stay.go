package ui

// A stay is the editor of one zone, from when the zone is opened until the user leaves it: as a program, or in that of the list of
// zones, which shows another zone afterwards. What works beside the screen for one zone tells no other.

import tea "github.com/charmbracelet/bubbletea"

// stay is a zone that is edited, or is about to be.
type stay struct {
	opt     Options
	opening *opening
	model   tea.Model // that shows it: the opening, and the editor from when the zone is there
	collect func()    // undoes what a big zone asks of the collector
}

// newStay begins to open a zone. A small one is there when it returns, or why it cannot be.
func newStay(opt Options) *stay {
	opt.rest, opt.watch = keyRest, watchEvery
	v := &stay{opt: opt, opening: newOpening(opt)}
	v.collect = v.opening.collectOften()
	v.opening.begin(opt)
	v.opening.wait(grace)
	v.model = v.opening.model()
	return v
}

// end is what the shell shows of it, and why it failed.
func (v *stay) end(failed error) (Summary, error) {
	defer v.opening.giveUp()
	defer v.collect()
	return v.opening.end(v.opt, failed)
}

// begin shows it on a screen of some size that is there already.
func (v *stay) begin(width, height int) tea.Cmd {
	cmds := []tea.Cmd{v.of(v.model.Init()), v.update(tea.WindowSizeMsg{Width: width, Height: height})}
	if v.opt.Mouse {
		cmds = append(cmds, tea.EnableMouseCellMotion)
	}
	return tea.Batch(cmds...)
}

// update gives a message on.
func (v *stay) update(msg tea.Msg) (cmd tea.Cmd) {
	v.model, cmd = v.model.Update(msg)
	return v.of(cmd)
}

// A message of a stay: what a command of it brings, which is for nobody else, or that the user leaves it.
type (
	stayed struct {
		of  *stay
		msg tea.Msg
	}
	left struct{ of *stay }
)

// of has what a command brings go to this zone alone. What is for the library, as a program that is to be run, goes there.
func (v *stay) of(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		switch m := cmd().(type) {
		case tea.QuitMsg:
			return left{v}
		case tea.BatchMsg:
			for i, c := range m {
				m[i] = v.of(c)
			}
			return m
		case result, rested, openStep, opened:
			return stayed{v, m}
		default:
			return m
		}
	}
}

// pointed tells whether the mouse was on when it was left.
func (v *stay) pointed() bool { return v.opening.app != nil && v.opening.app.pointer.on }

// goesBack tells whether the user leaves it for the list of zones.
func (v *stay) goesBack() bool { return v.opening.app != nil && v.opening.app.told.back }
