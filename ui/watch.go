package ui

// A file that another program changes is told at once, and not only when a save finds it out. Every two seconds somebody looks
// at the files, beside the screen and one look at a time: a file system that hangs keeps a look and no key. What nobody has
// edited is read again by itself, with the cursor at the record where it was; edits are never touched, row 1 says that the
// file is another, and `:e` asks what to do. Nothing opens by itself, and nothing is read again under a dialog: what is typed
// there was begun with the file as it was.

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// watchEvery is how long it is from one look at the files to the next.
const watchEvery = 2 * time.Second

// watch waits, and then looks at the files.
func watch(k *kit) tea.Cmd {
	if k.watch == 0 {
		return nil
	}
	return tea.Tick(k.watch, func(time.Time) tea.Msg { return timeToLook{} })
}

// timeToLook tells that it is time for a look.
type timeToLook struct{}

func (timeToLook) take(s stage) tea.Cmd {
	k := s.tools()
	look := k.doc.Look()
	if look == nil || s.work().busy { // a save is no change by another program
		return watch(k)
	}
	return func() tea.Msg { return looked{look.Run()} }
}

// looked brings what was seen.
type looked struct{ document.Looked }

// take tells what is new, and reads again what nobody has edited.
func (m looked) take(s stage) tea.Cmd {
	k := s.tools()
	next := watch(k)
	if s.work().busy {
		return next
	}
	news := k.doc.Saw(m.Looked)
	switch theirs := k.doc.Theirs(); {
	case !k.doc.Elsewhere():
	case theirs != nil && s.top() == nil && (!k.doc.Modified() || theirs.Same(k.doc.Zone())):
		return tea.Batch(next, restart(s, reopened{unasked: true, lines: m.Lines}))
	case news:
		s.tell(k.elsewhere(m.Looked))
	}
	return next
}

// elsewhere says what another program has done to the file.
func (k *kit) elsewhere(m document.Looked) say {
	if m.Err != nil {
		return say{"another program has " + k.show(m.Deeds()) + ", which cannot be read now: " + k.show(m.Err.Error()), levelError}
	}
	text := "another program has " + k.show(m.Deeds())
	if m.Lines > 0 {
		text += ", " + zonefile.Plural(m.Lines, "line", "lines")
	}
	if !k.doc.Modified() {
		return say{text + ": it is read again when this is closed", levelError}
	}
	return say{text + ": your edits are kept, and :e asks what to do", levelError}
}
