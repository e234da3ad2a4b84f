package ui

// What a key starts, and what takes the longer the bigger the zone is, is done beside the screen. What is done soon is there as if
// the key had done it. Else a bar says how far it is, and esc ends it: then nothing has changed, and nothing opens later. No other
// key does anything meanwhile, so that what comes of it comes to the screen on which it was asked for.

import (
	"fmt"
	"time"

	"github.com/charmbracelet/bubbles/progress"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/references"
)

// longWork is work that is done beside the screen.
type longWork struct {
	what string // what is done, as "comparing with the file of now"
	// work does it. It reads what does not change, and nothing of what panes and dialogs show; it ends early where nobody waits
	// for it any more. What comes of it is taken if somebody does.
	work func(p *pace) result
}

// among is a zone in which is looked for what speaks of something, until nobody waits any more.
func (p *pace) among(z *zonefile.Zone) references.Among {
	p.begin(z.Entries())
	return references.Among{Zones: []*zonefile.Zone{z}, GoesOn: p.goesOn}
}

// compares compares texts of the files of a zone, until nobody waits any more.
func (p *pace) compares(z *zonefile.Zone) document.Comparison {
	files := 0
	for range z.Files() {
		files++
	}
	p.begin(2 * files) // each text is read, and compared
	return document.Comparison{GoesOn: p.goesOn}
}

// soon is how long a key waits for what it has started: less than a hand needs for the next key.
const soon = 50 * time.Millisecond

// brought is what came of some work: a result, or a panic.
type brought struct {
	result
	failed *crash.Error
}

// do starts the work.
func (b longWork) do(s stage) tea.Cmd { return b.orElse(s, func() []action { return nil }) }

// orElse starts the work, and brings back what was there before it where nobody waits for its end.
func (b longWork) orElse(s stage, back func() []action) tea.Cmd {
	k := s.tools()
	d := &waitDialog{kit: k, what: b.what, pace: &pace{}, bar: newBar(k.utf8), since: k.doc.Now(), back: back}
	came := make(chan brought, 1)
	crash.Start(func() {
		if k.held != nil {
			k.held()
		}
		came <- brought{result: b.work(d.pace)}
	}, func(e *crash.Error) { came <- brought{failed: e} })
	select {
	case m := <-came:
		return m.take(s)
	case <-time.After(soon):
	}
	s.push(d)
	return tea.Batch(func() tea.Msg { return worked{d, <-came} }, d.wait())
}

// take takes over what came.
func (m brought) take(s stage) tea.Cmd {
	switch {
	case m.failed != nil:
		panic(m.failed)
	case m.result == nil:
		return nil
	}
	return m.result.take(s)
}

// worked brings what came to who waits for it.
type worked struct {
	dialog *waitDialog
	brought
}

func (m worked) take(s stage) tea.Cmd {
	if m.dialog.pace.stopped.Load() {
		return nil
	}
	m.dialog.over = true
	for s.top() != nil && s.top() != dialog(m.dialog) {
		s.pop()
	}
	s.pop()
	return m.brought.take(s)
}

// waitDialog is the line at the bottom while somebody waits.
type waitDialog struct {
	*kit
	what  string
	pace  *pace
	bar   progress.Model
	since time.Time
	over  bool            // what came was taken: pace is not stopped, for what follows may go by it
	back  func() []action // brings back what was there before
}

func (d *waitDialog) title() string { return "" }

func (d *waitDialog) lines(int) int { return 0 }

// update answers the keys that have to wait.
func (d *waitDialog) update(tea.KeyMsg) []action { return []action{say{d.busy(), levelInfo}} }

// busy is why a key does nothing.
func (d *waitDialog) busy() string { return "wait: " + d.what + "; esc ends it" }

func (d *waitDialog) bindings() []binding {
	return []binding{on(d.keys.dismiss, d.ends).as("ends it"), unless(d.busy(), d.keys.help, nil)}
}

// ends ends the work. What it has found by then is nothing.
func (d *waitDialog) ends() []action {
	d.pace.stopped.Store(true)
	return append(append([]action{pop{}}, d.back()...), say{"ended, and nothing is changed: " + d.what, levelInfo})
}

// view is what is done, how far that is, and the key that ends it.
func (d *waitDialog) view(width, _ int) string {
	const ends, least = "  esc ends it", 6 // cells of a bar that says something
	what := " " + d.Fit(d.what, min(ansi.StringWidth(d.what), width-len(ends)-2))
	took := fmt.Sprintf("  %d s", max(int(d.doc.Now().Sub(d.since)/time.Second), 0))
	room := width - ansi.StringWidth(what) - len(ends) - 2
	if room < least+len(took) {
		took = ""
	}
	spans := []draw.Span{draw.Ink(what, d.Styles.Plain)}
	if d.bar.Width = min(room-len(took), barWidth); d.bar.Width >= least {
		spans = append(spans, draw.Ink("  "+d.bar.ViewAs(d.pace.part()), d.Styles.Plain))
	}
	return d.Line(width, false, append(spans, draw.Ink(took, d.Styles.Dim), draw.Ink(ends, d.Styles.Key))...)
}

// wait draws the bar again after a while.
func (d *waitDialog) wait() tea.Cmd {
	if d.rest == 0 { // nobody looks at what goes on beside the screen
		return nil
	}
	return tea.Tick(barStep, func(time.Time) tea.Msg { return waited{d} })
}

// barStep is how often a bar is drawn anew.
const barStep = 250 * time.Millisecond

// waited draws the bar anew.
type waited struct{ dialog *waitDialog }

func (m waited) take(stage) tea.Cmd {
	if m.dialog.over || m.dialog.pace.stopped.Load() {
		return nil
	}
	return m.dialog.wait()
}
