package ui

// What named-checkzone says of what is about to be saved. It reads a big zone for seconds: that goes on beside the review, with
// a bar, and ends when nobody wants to know it any more.

import (
	"time"

	"github.com/charmbracelet/bubbles/progress"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// checker is the fourth part of a review.
type checker struct {
	*kit
	watch *document.Waiting // how far the program is; nil when it has answered, or nobody waits
	bar   progress.Model
	says  server.Judgement
}

// newChecker is a checker that is still to be asked.
func newChecker(k *kit) *checker {
	return &checker{kit: k, watch: document.Waits(), bar: newBar(k.utf8)}
}

// busy tells whether there is no answer yet.
func (c *checker) busy() bool { return c.watch != nil }

// stop ends the program, if it runs.
func (c *checker) stop() {
	if c.watch != nil {
		c.watch.Stop()
		c.watch = nil
	}
}

// ask asks, and draws a bar until there is an answer.
func (c *checker) ask(st *document.Store, saved, next *zonefile.Zone) tea.Cmd {
	watch := c.watch
	return tea.Batch(func() tea.Msg { return judged{c, st.Judge(saved, next, watch)} }, c.wait())
}

// barStep is how often a bar is drawn anew.
const barStep = 250 * time.Millisecond

// wait draws the bar again after a while.
func (c *checker) wait() tea.Cmd {
	if c.rest == 0 { // nobody looks at what goes on beside the screen
		return nil
	}
	return tea.Tick(barStep, func(time.Time) tea.Msg { return advanced{c} })
}

// advanced draws the bar anew.
type advanced struct{ checker *checker }

func (m advanced) take(stage) tea.Cmd {
	if !m.checker.busy() {
		return nil
	}
	return m.checker.wait()
}

// judged brings what named-checkzone says; of a review that was closed nobody wants to know it.
type judged struct {
	checker *checker
	says    server.Judgement
}

func (m judged) take(s stage) tea.Cmd {
	if !m.checker.busy() {
		return nil
	}
	m.checker.stop()
	m.checker.says = m.says
	return goOn(s)
}

// done is how far the program is: reading the text is half of its work, behind that it looks at what it has read.
func (c *checker) done() float64 { return c.watch.Part() / 2 }

// inShort is what the program says in a word or two, or how far it is.
func (c *checker) inShort() string {
	if c.busy() {
		return percent(max(c.done(), 0.01))
	}
	return opinionInShort(c.says.Verdict)
}

// progress is a bar while the program is asked, else a free line.
func (c *checker) progress(width int) string {
	if !c.busy() {
		return c.Line(width, false)
	}
	const text = "  named-checkzone reads the zone  "
	c.bar.Width = max(min(width-len(text)-2, 40), 1)
	return c.Line(width, false, draw.Ink(text, c.Styles.Dim), draw.Ink(c.bar.ViewAs(c.done()), c.Styles.Plain))
}

// verdict is what a user is asked to agree to.
func (c *checker) verdict() string {
	if c.says.Verdict == server.NotAsked {
		return "Nobody knows whether named would load this zone"
	}
	return "named would not load this zone"
}

// reason is why a user is asked.
func (c *checker) reason() string {
	if told := c.says.Told; len(told) > 0 && c.says.Verdict == server.Refuses {
		return told[0] + " (the fourth part of the review shows all)"
	}
	return c.says.Text
}

// opinionInShort is what named-checkzone says in a word or two.
func opinionInShort(v server.Verdict) string {
	switch v {
	case server.Unchecked, server.NotAsked:
		return "not asked"
	case server.Loads:
		return "OK"
	case server.RefusedBefore:
		return "as before"
	}
	return "would not load it"
}

// part draws what named-checkzone says: the verdict, then its complaints, those marked that are new.
func (c *checker) part(width int) []string {
	j := c.says
	var out []string
	add := func(text string, style lipgloss.Style) {
		for _, l := range draw.Wrap(c.show(text), width-4) {
			out = append(out, c.Line(width, false, draw.Ink("  "+l, style)))
		}
	}
	switch {
	case c.watch != nil:
		add("named-checkzone reads the zone...", c.Styles.Plain)
	case j.Blocks:
		add(j.Text, c.Styles.Err)
	case j.Text != "":
		add(j.Text, c.Styles.Warn)
	case len(j.Complaints) == 0:
		add("named-checkzone has nothing to say against it.", c.Styles.Plain)
	}
	if len(j.Complaints) == 0 {
		return out
	}
	fresh := map[string]bool{}
	for _, line := range j.Fresh {
		fresh[line] = true
	}
	out = append(out, c.Line(width, false))
	for _, line := range j.Complaints {
		sign, style := "  ", c.Styles.Dim
		if fresh[line] {
			sign, style = "! ", c.Styles.Err
		}
		for _, l := range draw.Wrap(c.show(line), width-6) {
			out = append(out, c.Line(width, false, draw.Ink("  "+sign, c.Styles.Key), draw.Ink(l, style)))
			sign = "  "
		}
	}
	return append(out, c.Line(width, false), c.Line(width, false, draw.Ink("  ! is new, the rest was said of the old file too", c.Styles.Dim)))
}
