package ui

// Going to what was found, and on from there to what is next, over all of the zone. What was found in another version is looked for
// again where that differs. Who has gone elsewhere before it is known stays there.

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile"
)

// How long is looked for something before a key is answered, and beside the screen until what was found is shown.
const (
	findAtOnce = 8 * time.Millisecond
	findBeside = 30 * time.Millisecond
)

// lookingFor is enough when some time has gone by, or so much is found.
func lookingFor(d time.Duration, most enoughFound) func(found, read int) bool {
	end := time.Now().Add(d)
	return func(found, read int) bool { return most.by(found, read) || time.Now().After(end) }
}

// enoughFound is with how many rows a search rests, until somebody goes to the end of them: a first letter has a million of them, of
// which nobody counts the last. With fewer it rests where it has read so many bytes: an index spares nothing of what stands all over
// a zone, and to count the last of some hundred rows takes a tenth of a second.
type enoughFound struct{ rows, fewer, read int }

// enoughAtFirst is what a letter asks for: more rows than anybody looks through, and no more of the processor than 30 ms.
var enoughAtFirst = enoughFound{rows: 5_000, fewer: 200, read: 12 << 20}

// by tells whether it is enough.
func (e enoughFound) by(found, read int) bool {
	return found >= e.rows || found >= e.fewer && read >= e.read
}

// more is what is enough when somebody goes to the end of some rows.
func (e enoughFound) more(found, read int) enoughFound {
	return enoughFound{found + e.rows, found + e.fewer, read + e.read}
}

// nearest is the row that the user is at; the zero Row in an empty zone.
func nearest(k *kit) zonefile.Row {
	w := k.doc.Row(k.at)
	if w.IsZero() {
		w = k.doc.Zone().RowAt(k.doc.Zone().Root(), 0)
	}
	return w
}

// nothingContains is what is said where nothing is found.
const nothingContains = "no line of the zone contains this"

// goFound goes to one of what was found, by its number from 0.
type goFound struct {
	finds *zonefile.Finds
	n     int
}

func (a goFound) do(s stage) tea.Cmd {
	f := a.finds
	s.tools().sought = f
	s.goFound(f.At(a.n), f.Search())
	told := fmt.Sprintf("%s: %d of %d, n goes on", s.tools().show(f.Search().Text()), a.n+1, f.Count())
	switch {
	case !f.All():
		told = fmt.Sprintf("%s: one of %d so far, n goes on", s.tools().show(f.Search().Text()), f.Count())
	case f.Count() == 1:
		told = s.tools().show(f.Search().Text()) + ": nothing else has it"
	}
	s.tell(say{told, levelInfo})
	return nil
}

// findNext goes to the next of what was looked for last, going round, or to the one before.
type findNext struct {
	back bool
	text string // looks for something else, the row of the user included
}

func (a findNext) do(s stage) tea.Cmd {
	k := s.tools()
	search := zonefile.NewSearch(a.text)
	switch {
	case a.text == "" && k.sought == nil:
		s.tell(say{"nothing was searched for yet: press /", levelInfo})
		return nil
	case a.text == "":
		search = k.sought.Search()
	}
	if s.rowsHave(search.Text()) {
		k.sought = k.doc.Zone().Find(search, nearest(k), k.sought)
		return s.find(search.Text(), a.back)
	}
	f := k.doc.Zone().Find(search, nearest(k), k.sought)
	if f.All() {
		return a.goes(s, f)
	}
	return longWork{"looking for " + k.show(search.Text()), func(p *pace) result {
		p.begin(f.Left())
		return nextFound{a, f.Look(func(int, int) bool { return !p.goesOn() })}
	}}.do(s)
}

// nextFound brings all that is found.
type nextFound struct {
	findNext
	finds *zonefile.Finds
}

func (m nextFound) take(s stage) tea.Cmd { return m.goes(s, m.finds) }

// goes goes to the next that was found.
func (a findNext) goes(s stage, f *zonefile.Finds) tea.Cmd {
	k := s.tools()
	k.sought = f
	if f.Count() == 0 {
		s.tell(say{nothingContains + ": " + k.show(f.Search().Text()), levelInfo})
		return nil
	}
	n, here := f.From(nearest(k))
	switch {
	case a.back:
		n += f.Count() - 1
	case here && a.text == "":
		n++
	}
	return goFound{f, n % f.Count()}.do(s)
}
