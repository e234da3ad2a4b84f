package ui

// Who is hit by an edit, in words: names with new errors and warnings, names that come to the list or leave it, and names whose
// mail goes elsewhere. The names that were edited are told by what the edit did. Nobody is left unsaid: whom there is no room to
// name is counted.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// hit is the names that are hit, as the zone writes them.
type hit struct {
	errors, warnings []string // that have new ones; of both the errors count
	left, came       []string // of the list of names
	also             []string // others whose mail goes elsewhere
}

// mostHit is how many of those that are hit alike a message names.
const mostHit = 8

// hitOf puts who is hit into words; all tells that the list has all names, not only those of mail.
func (k *kit) hitOf(h document.Hits, all bool) (out hit) {
	said := map[zonefile.Name]bool{}
	at := map[string]bool{}
	for i := range h.Brought.Came {
		d := &h.Brought.Came[i]
		n := document.Where(d)
		text := k.placeOf(d, n)
		if at[text] {
			continue
		}
		at[text], said[n] = true, true
		if d.Severity == lint.Error {
			out.errors = append(out.errors, text)
		} else {
			out.warnings = append(out.warnings, text)
		}
	}
	left, came := h.Left, h.Came
	if all {
		left, came = h.Gone, h.Made
	}
	out.left, out.came = k.writtenAll(left, said), k.writtenAll(came, said)
	for _, c := range h.Others() {
		if !said[c.Domain] {
			out.also = append(out.also, k.written(c.Domain))
		}
	}
	return out
}

// placeOf is the name that a problem is found at, or its line where that is of none.
func (k *kit) placeOf(d *lint.Diagnostic, n zonefile.Name) string {
	if n == "" {
		return "line " + itoa(d.File.Position(d.Span.Start).Line)
	}
	return k.written(n)
}

// writtenAll is names as the zone writes them; they are noted as said.
func (k *kit) writtenAll(names []zonefile.Name, said map[zonefile.Name]bool) (out []string) {
	for _, n := range names {
		out, said[n] = append(out, k.written(n)), true
	}
	return out
}

// words is who is hit, the longest wording first; none where that is nobody.
func (h hit) words() (words []string) {
	for n := min(max(len(h.errors), len(h.warnings), len(h.left), len(h.came), len(h.also)), mostHit); n >= 0; n-- {
		text := h.text(n)
		if text == "" {
			return nil
		}
		words = append(words, text)
	}
	return words
}

// text is who is hit, so many of each kind by name and the others counted.
func (h hit) text(most int) string {
	var parts []string
	add := func(names []string, named, counted string) {
		switch {
		case len(names) == 0:
		case most == 0:
			parts = append(parts, counted)
		default:
			parts = append(parts, named+joinFew(names, most))
		}
	}
	add(h.errors, "E in ", "E in "+zonefile.Plural(len(h.errors), "name", "names"))
	left, came := zonefile.Plural(len(h.left), "name left", "names left"), zonefile.Plural(len(h.came), "name more", "names more")
	add(h.left, left+": ", left)
	add(h.came, came+": ", came)
	add(h.warnings, "W in ", "W in "+zonefile.Plural(len(h.warnings), "name", "names"))
	add(h.also, "also hit: ", zonefile.Plural(len(h.also), "name hit", "names hit"))
	return strings.Join(parts, "; ")
}

// tellEdit says what an edit did, and who is hit.
func tellEdit(s stage, t telling) tea.Cmd {
	k, words := s.tools(), make([]string, len(t.words))
	for i, w := range t.words {
		words[i] = k.arrows(w)
	}
	t.words, t.text = words, words[0]
	k.telling = t
	s.tell(say{t.text, levelGood})
	return tellHits(s, t.of)
}

// tellHits says who the last edit hits: at once in a small zone, in a big one as soon as it is found beside the screen.
func tellHits(s stage, e document.Edited) tea.Cmd {
	k, w := s.tools(), s.work()
	if e.From == e.To || w.hitting {
		return nil
	}
	find := k.doc.FindsHits(e)
	if k.doc.Small() {
		return hits{e, find()}.take(s)
	}
	w.hitting = true
	return func() tea.Msg { return hits{e, find()} }
}

// hits brings who an edit hits.
type hits struct {
	of  document.Edited
	who document.Hits
}

// take says it, unless another edit was made meanwhile: then who that hits is looked for.
func (m hits) take(s stage) tea.Cmd {
	k := s.tools()
	s.work().hitting = false
	if t := &k.telling; t.of.To != m.of.To || t.of.From != m.of.From {
		return tellHits(s, t.of)
	}
	who := k.hitOf(m.who, s.listsAll())
	k.telling.hits, k.telling.bad = who.words(), len(who.errors) > 0
	return nil
}
