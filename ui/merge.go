package ui

// A snippet that a mail server or a provider prints, brought into the zone: what becomes of each record is shown first, conflicts are
// decided one by one, and all of it is one change. Pasted text that is a snippet to its last line, and meets a policy that the zone has,
// comes here as well: as records it would stand beside that.

import (
	"errors"
	"maps"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/merge"
	"github.com/mailzone/mailzone/zonefile/presets"
)

// mergeFile merges the text of a file.
type mergeFile struct{ path string }

func (m mergeFile) do(s stage) tea.Cmd {
	k := s.tools()
	if k.doc.ReadOnly() != "" {
		s.tell(onlyRead(k))
		return nil
	}
	if m.path == "" {
		s.tell(say{":merge FILE: records in the syntax of a zone file, as a mail server prints them", levelError})
		return nil
	}
	text, err := document.ReadSnippet(m.path, merge.MostText)
	if err == nil {
		var d *mergeDialog
		if d, err = newMergeDialog(k, m.path, text); err == nil {
			s.push(d)
			return nil
		}
	}
	s.tell(say{k.show(m.path + ":" + unread(err)), levelError})
	return nil
}

// mergePreset merges the records of a provider: its name, and what it asks for.
type mergePreset struct{ arg string }

func (m mergePreset) do(s stage) tea.Cmd {
	k := s.tools()
	if k.doc.ReadOnly() != "" {
		s.tell(onlyRead(k))
		return nil
	}
	d, err := m.dialog(k)
	if err != nil {
		s.tell(say{k.show(err.Error()), levelError})
		return nil
	}
	s.push(d)
	return nil
}

// dialog is what becomes of the records.
func (m mergePreset) dialog(k *kit) (*mergeDialog, error) {
	words := strings.Fields(m.arg)
	all, err := k.presets()
	if err != nil {
		return nil, err
	}
	if len(words) == 0 {
		return nil, errors.New(":preset NAME [KEY=VALUE]: the records of a provider, of " + zonefile.List(presets.Names(all), "and"))
	}
	p, ok := presets.Find(all, words[0])
	if !ok {
		return nil, presets.Unknown(all, words[0])
	}
	v, err := presets.ReadValues(words[1:])
	if err != nil {
		return nil, err
	}
	z := k.doc.Zone()
	text, err := p.Snippet(z.Origin(), v)
	if w := new(presets.Wrong); errors.As(err, &w) && w.Key != "" {
		return nil, errors.New(w.What)
	}
	if err != nil {
		return nil, err
	}
	d, err := newMergeDialog(k, "preset "+p.Name, text, zonefile.TypeMX)
	if err == nil {
		d.notes = []string{p.Title + ", " + p.AsOf(k.doc.Now()) + ". The MX that are there give way: who gets mail now gets none then. M makes a move in steps."}
	}
	return d, err
}

// unread is why a snippet was not read, with its first place and how many there are.
func unread(err error) string {
	var faults merge.Faults
	switch {
	case !errors.As(err, &faults):
		return " " + err.Error()
	case len(faults) > 1:
		return faults[0].Error() + "; and " + zonefile.Plural(len(faults)-1, "place", "places") + " more"
	}
	return faults[0].Error()
}

// mergeDialog is what becomes of the records of a snippet.
type mergeDialog struct {
	pickList
	called  string         // where the text comes from
	of      *zonefile.Zone // that it was read for
	snippet string
	decided map[int]merge.Preference // by lines of the snippet
	replace []zonefile.Type          // whose sets give way
	notes   []string                 // what is to know of the snippet
	found   merge.Result
}

func newMergeDialog(k *kit, called, text string, replace ...zonefile.Type) (*mergeDialog, error) {
	d := &mergeDialog{called: called, of: k.doc.Zone(), snippet: text, decided: map[int]merge.Preference{}, replace: replace}
	d.pickList = pickList{kit: k, rows: func() int { return len(d.found.Outcomes) }, says: d.text}
	if err := d.judge(); err != nil {
		return nil, err
	}
	if len(d.found.Outcomes) == 0 {
		return nil, errors.New("no record in the syntax of a zone file")
	}
	return d, nil
}

// judge finds out what becomes of the records.
func (d *mergeDialog) judge() (err error) {
	d.found, err = merge.Snippet(d.of, d.snippet, merge.Options{Decided: d.decided, Replace: d.replace})
	return err
}

// mergesPasted is the dialog for pasted text that is a snippet to its last line and meets a policy that the zone has; nil for other text.
func mergesPasted(k *kit, text string) *mergeDialog {
	d, err := newMergeDialog(k, "what was pasted", text)
	if err != nil || d.found.Refused() > 0 {
		return nil
	}
	for _, o := range d.found.Outcomes {
		if o.Type == zonefile.TypeTXT && (o.Action == merge.Merged || o.Action == merge.Conflict) {
			return d
		}
	}
	return nil
}

func (d *mergeDialog) title() string { return "Merge " + d.show(d.called) + ": " + d.counts() }

// counts is how many records become what.
func (d *mergeDialog) counts() string {
	var out []string
	for _, a := range []merge.Action{merge.Added, merge.Merged, merge.Replaced, merge.Same, merge.LeftOut, merge.Conflict, merge.Refused} {
		n := 0
		for _, o := range d.found.Outcomes {
			if o.Action == a {
				n++
			}
		}
		if n > 0 {
			out = append(out, itoa(n)+" "+string(a))
		}
	}
	return strings.Join(out, ", ")
}

// text is all that a row says, to be searched.
func (d *mergeDialog) text(i int) string {
	o := d.found.Outcomes[i]
	return strings.Join([]string{itoa(o.Line), d.record(o), string(o.Action), o.Reason, o.Before}, " ")
}

// record is a record of the snippet with what the zone will have.
func (d *mergeDialog) record(o merge.Outcome) string {
	return d.written(o.Owner) + " " + d.show(o.After)
}

func (d *mergeDialog) update(tea.KeyMsg) []action { return nil }

func (d *mergeDialog) bindings() []binding {
	why, decide := d.hinders(), "no row is under the cursor"
	if i, ok := d.under(); ok {
		if decide = ""; !d.decidable(d.found.Outcomes[i]) {
			decide = "there is nothing to decide about this record"
		}
	}
	list := []binding{
		unless(why, d.keys.submit, func() []action { return []action{pop{}, d.change()} }).as("merge").briefly("enter merge"),
		unless(decide, d.keys.mark, d.decide).as("the zone's counts, or the snippet's").briefly("space decide"),
		does(d.keys.dismiss, pop{}).as("merge nothing").briefly("esc leave"),
		does(d.keys.leave, pop{}).as("merge nothing").briefly("-"),
	}
	list = append(append(list, d.moving()...), d.listKeys(d)...)
	return append(list, unless("this has all the room that it needs", d.keys.zoom, nil).briefly("-"))
}

// hinders is why nothing can be merged yet; "" if it can.
func (d *mergeDialog) hinders() string {
	switch n, m := d.found.Undecided(), d.found.Refused(); {
	case m > 0:
		return zonefile.Plural(m, "record is", "records are") + " refused: correct the text, all of it is merged or nothing"
	case n > 0:
		return zonefile.Plural(n, "conflict is", "conflicts are") + " not decided: space decides"
	case len(d.found.Edits) == 0:
		return "the zone says all of this already, or its own counts"
	}
	return ""
}

// decidable tells a conflict, and what was one.
func (d *mergeDialog) decidable(o merge.Outcome) bool {
	_, decided := d.decided[o.Line]
	return decided || o.Action == merge.Conflict
}

// decide lets the other count: the snippet, then the zone.
func (d *mergeDialog) decide() []action {
	i, _ := d.under()
	before := maps.Clone(d.decided)
	line := d.found.Outcomes[i].Line
	if d.decided[line] == merge.TheSnippet {
		d.decided[line] = merge.TheZone
	} else {
		d.decided[line] = merge.TheSnippet
	}
	if err := d.judge(); err != nil {
		d.decided = before
		return []action{say{d.show(err.Error()), levelError}}
	}
	return nil
}

// change merges.
func (d *mergeDialog) change() change {
	found := d.found
	return change{title: "merge " + d.show(d.called), says: "merged " + d.show(d.called) + ": " + d.counts(), edits: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		if z != d.of {
			return nil, zonefile.ErrStale
		}
		return found.Edits, nil
	}}
}
