package ui

// What named-checkzone says of what is about to be saved. It reads a big zone for seconds: that goes on beside the review, with
// a bar, and ends when nobody wants to know it any more.

import (
	"fmt"
	"slices"
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
	since time.Time         // when it was asked
	bar   progress.Model
	says  server.Judgement
}

// newChecker is a checker that is still to be asked.
func newChecker(k *kit) *checker {
	return &checker{kit: k, watch: document.Waits(), since: k.doc.Now(), bar: newBar(k.utf8)}
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

// ask asks.
func (c *checker) ask(st *document.Store, saved, next *zonefile.Zone) tea.Cmd {
	watch := c.watch
	return func() tea.Msg { return judged{c, st.Judge(saved, next, watch)} }
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

// inShort is what the program says in a word or two, or since when it is asked.
func (c *checker) inShort() string {
	if c.busy() {
		return fmt.Sprintf("asked, %d s", max(int(c.doc.Now().Sub(c.since)/time.Second), 0))
	}
	switch c.says.Verdict {
	case server.Unchecked, server.NotAsked:
		return "not asked"
	case server.Loads:
		return "ok"
	case server.RefusedBefore:
		return "refuses, as before"
	case server.OtherZone:
		return "is for another zone"
	}
	return "would not load it"
}

// headText is the same with what is said beside it.
func (c *checker) headText() string {
	fresh := len(c.says.Fresh)
	switch old := len(c.says.Complaints) - fresh; {
	case c.busy(), old+fresh == 0:
		return c.inShort()
	case fresh == 0:
		return c.inShort() + ", and " + zonefile.Plural(old, "complaint that was there before", "complaints that were there before")
	default:
		return c.inShort() + ", and " + zonefile.Plural(fresh, "new complaint", "new complaints")
	}
}

// style is how the verdict looks: one that keeps the zone from being saved as an error.
func (c *checker) style() lipgloss.Style {
	switch {
	case c.busy():
		return c.Styles.Plain
	case c.says.Blocks:
		return c.Styles.Err
	case c.says.Verdict == server.Loads && len(c.says.Fresh) == 0:
		return c.Styles.Good
	}
	return c.Styles.Warn
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

// part adds what named-checkzone says: the verdict, then its complaints, those marked that are new.
func (c *checker) part(b *reviewRows) {
	j := c.says
	switch {
	case c.busy():
		b.wrapped(reviewRow{}, "named-checkzone reads the zone...", c.Styles.Dim)
	case j.Text != "":
		b.wrapped(reviewRow{}, c.show(j.Text), c.style())
	case len(j.Complaints) == 0:
		b.wrapped(reviewRow{}, "named-checkzone has nothing to say against it", c.Styles.Plain)
	}
	if c.busy() {
		return
	}
	fresh := map[string]bool{}
	for _, line := range j.Fresh {
		fresh[line] = true
		b.wrapped(reviewRow{}, c.show(line), c.Styles.Err, draw.Ink("new ", c.Styles.Key))
	}
	old := slices.DeleteFunc(slices.Clone(j.Complaints), func(line string) bool { return fresh[line] })
	const few = 2
	open := b.isOpen("complaints") || len(old) <= few
	if len(old) > few {
		b.foldRow("complaints", zonefile.Plural(len(old), "complaint", "complaints")+" of before", open)
	}
	if !open {
		return
	}
	for _, line := range old {
		b.wrapped(reviewRow{}, c.show(line), c.Styles.Dim, draw.Ink("    ", c.Styles.Plain))
	}
}
