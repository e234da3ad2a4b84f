package ui

// A big file, or one on a slow disk, is read beside the screen: the first frame never waits for it, and
// neither do keys.

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/progress"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/ui/wire"
)

// opening is the model until the zone is there: then Update returns the editor in its place.
type opening struct {
	*kit
	path          string
	size          int64
	step          openStep
	width, height int
	help          *helpScreen // nil while it is not asked for
	bar           progress.Model

	events chan tea.Msg // what the reading tells: openStep, and at last opened
	opened              // the zero value while it reads
	closed string       // why a signal or a lost terminal ended the program
	ending tea.Cmd      // what the key that was pressed leads to; nil for nothing
}

// opened brings the editor, when the zone is there, or why there is none.
type opened struct {
	app *app
	err error
}

// grace is how long the program waits for a zone before it shows that it does: a small one is there by
// then, and nothing flickers.
const grace = 15 * time.Millisecond

// newOpening is the model for a file that is not being read yet.
func newOpening(opt Options) *opening {
	o := &opening{kit: newKit(nil, opt), path: opt.Path, events: make(chan tea.Msg, stepCount)}
	if st, err := os.Stat(opt.Path); err == nil {
		o.size = st.Size()
	}
	o.bar = newBar(o.utf8)
	return o
}

// bigFile is the size in bytes from which on a file is big.
const bigFile = 8 << 20

// collectOften lets less memory lie about that nobody uses beside a big zone, until it is undone. Most of what is kept of one
// is its text and tables without pointers, which cost the collector nothing: to collect four times as often took no time that
// could be measured on a million records, and saved a quarter of the memory.
func (o *opening) collectOften() (undo func()) {
	if o.size < bigFile {
		return func() {}
	}
	before := debug.SetGCPercent(25)
	return func() { debug.SetGCPercent(before) }
}

// begin opens the zone beside the screen.
func (o *opening) begin(opt Options) {
	opt.told = func(s openStep) { o.events <- s }
	crash.Start(func() {
		a, err := openApp(opt)
		o.events <- opened{a, err}
	}, func(e *crash.Error) { o.events <- opened{err: e} })
}

// openApp opens a zone, and in a big one finds the names that receive mail.
func openApp(opt Options) (*app, error) {
	st, z, err := document.Open(opt.document())
	if err != nil {
		return nil, err
	}
	a := newApp(newKit(document.NewSession(z, st), opt), time.Now)
	if !a.doc.Small() {
		opt.tell(stepMap)
		a.doc.Found(document.Survey(z, false))
		a.clamp()
	}
	a.pointer.on = opt.Mouse
	a.begin()
	return a, nil
}

// wait takes what the reading tells until the zone is there, or some time has passed.
func (o *opening) wait(most time.Duration) {
	late := time.After(most)
	for o.app == nil && o.err == nil {
		select {
		case m := <-o.events:
			o.take(m)
		case <-late:
			return
		}
	}
}

// model is what runs on the terminal: the editor if the zone is there already.
func (o *opening) model() tea.Model {
	if o.app != nil {
		return o.app
	}
	return o
}

// take notes what the reading tells.
func (o *opening) take(msg tea.Msg) {
	switch m := msg.(type) {
	case openStep:
		o.step = m
	case opened:
		o.opened = m
	}
}

// next waits for what the reading tells next.
func (o *opening) next() tea.Msg { return <-o.events }

// Init begins to listen to the reading.
func (o *opening) Init() tea.Cmd { return o.next }

// Update follows the reading and answers keys.
func (o *opening) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		o.width, o.height = m.Width, m.Height
	case openStep:
		o.take(m)
		return o, o.next
	case opened:
		return o.finish(m)
	case wire.ClosingMsg:
		o.closed = closing(m)
		return o, tea.Quit
	case tea.KeyMsg:
		return o, o.key(m)
	}
	return o, nil
}

// finish hands over to the editor.
func (o *opening) finish(m opened) (tea.Model, tea.Cmd) {
	if o.take(m); o.err != nil {
		return o, tea.Quit
	}
	o.app.width, o.app.height = o.width, o.height
	if o.help != nil { // it stays for who is reading it, with the keys that there are now
		o.app.push(o.app.help())
	}
	return o.app, o.app.Init()
}

// key answers a key. There is no zone yet that an action could work on, so the keys do what they do at once; of the
// actions of the help there is one, which closes it.
func (o *opening) key(m tea.KeyMsg) tea.Cmd {
	o.ending = nil
	if o.help == nil {
		press(m, o.bindings())
		return o.ending
	}
	actions, used := press(m, o.help.bindings())
	switch {
	case len(actions) > 0:
		o.help = nil
	case !used:
		o.help.update(m)
	}
	return nil
}

// bindings is the keys that need no zone.
func (o *opening) bindings() []binding {
	leads := func(cmd tea.Cmd) func() []action {
		return func() []action { o.ending = cmd; return nil }
	}
	return []binding{on(o.keys.quit, leads(tea.Quit)), on(o.keys.help, o.showHelp), on(o.keys.suspend, leads(tea.Suspend)).briefly("-")}
}

// showHelp lists the keys that there are.
func (o *opening) showHelp() []action {
	o.help = newHelpScreen(o.kit, []helpList{helpOf("while the zone is read", o.bindings())})
	return nil
}

// View draws how far the reading is.
func (o *opening) View() string {
	w, h := o.width, o.height
	if w == 0 || h == 0 {
		return ""
	}
	if draw.TooSmall(w, h) {
		return o.smallNote(w, h)
	}
	title := o.Styles.Title.Render(o.Fit(" "+o.show(o.path), w))
	if o.help != nil {
		return title + "\n" + o.help.view(w, h-2) + "\n" + o.helpLine(o.help.bindings(), nil, w)
	}
	o.bar.Width = min(w-4, 60)
	lines := []string{title, "", o.Fit("  "+o.stepText(), w), "", o.Fit("  "+o.bar.ViewAs(float64(o.step)/float64(stepCount)), w)}
	return draw.Block(lines, w, h-1) + "\n" + o.helpLine(o.bindings(), nil, w)
}

// stepText says what is being done.
func (o *opening) stepText() string {
	what := [stepCount]string{"reading", "parsing", "looking for who receives mail in"}[o.step]
	return fmt.Sprintf("%d of %d: %s %s", o.step+1, stepCount, what, sizeText(o.size))
}

// sizeText is a size in the unit that suits it.
func sizeText(n int64) string {
	units := []string{"bytes", "kB", "MB", "GB"}
	i := 0
	for ; n >= 10_000 && i+1 < len(units); i++ {
		n /= 1000
	}
	return strings.Join([]string{itoa(int(n)), units[i]}, " ")
}

// giveUp gives the files up.
func (o *opening) giveUp() {
	if o.app != nil {
		o.app.doc.Store.Close()
	}
}

// end is what the shell shows after the program, and why it failed.
func (o *opening) end(opt Options, failed error) (Summary, error) {
	switch {
	case o.app != nil:
		k := o.app.end(failed)
		if note := k.note(opt); failed != nil && note != "" {
			failed, k = fmt.Errorf("%w: %s", failed, note), kept{}
		}
		return o.app.summary(opt, k), failed
	case o.err != nil:
		return Summary{}, o.err
	case o.closed != "":
		return Summary{Notes: []string{o.closed}}, failed
	}
	return Summary{}, failed
}
