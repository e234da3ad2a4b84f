package ui

// Who else a form's change would hit, before it is made: names with new problems, names whose mail would go elsewhere, and how
// long caches keep what was there. In a big zone that is found beside the screen, when the form rests.

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// trial is what a form would do.
type trial struct {
	lines   []changedLine    // the lines that go and come
	route   string           // of mail for the owner; "" where the record does not change it and is none of it
	before  string           // and as it was; "" where it stays
	brought document.Brought // problems that it would make, and those that it would end
	hits    []string         // who else it would hit; none while that is not known
	of      document.Edited  // the versions before and after
	err     error
}

// changedLine is a line of a file that goes or comes.
type changedLine struct {
	file   string // "" of the zone file
	number int
	sign   string // + or -, a blank of one that stays
	text   string
}

// mostWays is how many ways of mail a form tells one by one.
const mostWays = 3

// ahead is who else a change would hit, a line for each way, and what caches would keep.
func (k *kit) ahead(h document.Hits) (lines []string) {
	also := h.Others()
	h.Brought.Came = slices.DeleteFunc(slices.Clone(h.Brought.Came), func(d lint.Diagnostic) bool { return h.Edited[document.Where(&d)] })
	who := k.hitOf(h, false)
	for _, group := range []struct {
		names []string
		text  string
	}{{who.errors, "E in "}, {who.warnings, "W in "}} {
		if len(group.names) > 0 {
			lines = append(lines, group.text+joinFew(group.names, mostHit))
		}
	}
	lines = append(lines, k.waysAhead(also)...)
	if len(lines) == 0 {
		lines = []string{"also hit: nobody"}
	}
	if kept := h.Kept(); kept.Kept != "" {
		lines = append(lines, cachesText(kept, k.doc.Now()))
	}
	return lines
}

// waysAhead is where the mail of names would go, those together that it becomes the same of.
func (k *kit) waysAhead(list []preview.Change) (lines []string) {
	var ways []string
	names := map[string][]string{}
	for _, c := range list {
		way := c.Fate.Text(k.written)
		if names[way] == nil {
			ways = append(ways, way)
		}
		names[way] = append(names[way], k.written(c.Domain)+tierText(c.Fate))
	}
	left := len(list)
	for i, way := range ways {
		if i == mostWays {
			return append(lines, "also hit: "+zonefile.Plural(left, "name", "names")+" in other ways")
		}
		whose := "their"
		if len(names[way]) == 1 {
			whose = "its"
		}
		left -= len(names[way])
		lines = append(lines, "also hit: "+joinFew(names[way], mostHit)+": "+whose+" mail "+way)
	}
	return lines
}

// tierText is the tier of a name's hosts that is concerned, where it is not the first.
func tierText(f preview.Fate) string {
	if f.Tier == 0 {
		return ""
	}
	return " (tier " + itoa(f.Tier+1) + ")"
}

// cachesText is what caches keep, and until when if the change is saved now.
func cachesText(s preview.Stale, now time.Time) string {
	text := "caches keep " + s.Kept + " for " + zonefile.FormatTTL(s.TTL)
	if s.Runs {
		return text + ": leave it on until " + untilText(s, now, "2 Jan")
	}
	return text + ", until " + untilText(s, now, "2 Jan")
}

// foreseeing is a form that tells what its change would do.
type foreseeing interface {
	dialog
	try()
	tried() *trial
	typings() int
}

// settling is a form of a big zone in which something was typed.
type settling struct {
	form  foreseeing
	typed int
}

// do waits until the form rests.
func (a settling) do(s stage) tea.Cmd {
	if rest := s.tools().rest; rest > 0 {
		return tea.Tick(rest, func(time.Time) tea.Msg { return a })
	}
	return a.take(s)
}

// take looks ahead if nothing was typed since.
func (a settling) take(s stage) tea.Cmd {
	if s.top() != dialog(a.form) || a.form.typings() != a.typed {
		return nil
	}
	a.form.try()
	return lookAhead{a.form}.do(s)
}

// lookAhead finds out who the change of a form would hit, in a big zone: in a small one that is known.
type lookAhead struct{ form foreseeing }

func (a lookAhead) do(s stage) tea.Cmd {
	t, w := a.form.tried(), s.work()
	if s.tools().doc.Small() || len(t.of.Edits) == 0 || t.hits != nil || w.foreseeing {
		return nil
	}
	w.foreseeing = true
	of, find := t.of, s.tools().doc.FindsHits(t.of)
	return func() tea.Msg { return foreseen{a.form, of.To, find()} }
}

// foreseen brings who the change of a form would hit.
type foreseen struct {
	form foreseeing
	to   *zonefile.Zone
	who  document.Hits
}

// take shows it, unless the form's change is another by now: then who that would hit is looked for.
func (m foreseen) take(s stage) tea.Cmd {
	s.work().foreseeing = false
	if t := m.form.tried(); t.of.To == m.to {
		t.hits, t.brought = s.tools().ahead(m.who), m.who.Brought
		return nil
	}
	if f, ok := s.top().(foreseeing); ok {
		return lookAhead{f}.do(s)
	}
	return nil
}
