package ui

// Questions before what cannot be undone. The harmless answer comes first, so enter in haste costs nothing.

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// ask is a question with a few answers. The first is the harmless one, and the one that enter gives.
type ask struct {
	*kit
	question string
	details  []string
	answers  []answer
	at       int
}

// answer is one answer: its key is its first letter.
type answer struct {
	label string
	then  []action
}

func (d *ask) title() string { return d.question }

func (d *ask) lines(width int) int {
	return len(draw.WrapAll(d.details, width-4)) + 1 + len(d.answerLines(width))
}

func (d *ask) update(tea.KeyMsg) []action { return nil }

// bindings moves between the answers; a letter gives its answer at once, whatever else it is for.
func (d *ask) bindings() []binding {
	n := len(d.answers)
	var letters []binding
	for _, a := range d.answers {
		letter := strings.ToLower(a.label[:1])
		letters = append(letters, does(bind(letter, a.label, letter), append([]action{pop{}}, a.then...)...).briefly("-"))
	}
	return append(letters, []binding{
		on(d.keys.submit, func() []action { return append([]action{pop{}}, d.answers[d.at].then...) }).as("choose"),
		on(d.keys.next, func() []action { d.at = (d.at + 1) % n; return nil }).as("next answer").briefly("tab next"),
		on(d.keys.prev, func() []action { d.at = (d.at + n - 1) % n; return nil }).as("previous answer").briefly("-"),
		on(d.keys.Right, func() []action { d.at = (d.at + 1) % n; return nil }).as("next answer").briefly("-"),
		on(d.keys.Left, func() []action { d.at = (d.at + n - 1) % n; return nil }).as("previous answer").briefly("-"),
		does(d.keys.dismiss, pop{}).as("cancel"),
	}...)
}

// view draws the details and the answers on one line.
func (d *ask) view(width, height int) string {
	answers := d.answerLines(width)
	if d.lines(width) <= height {
		answers = append([]string{d.Line(width, false)}, answers...)
	}
	return draw.Block(d.above(answers, d.details, width, height), width, height)
}

// above draws the details of a question above what is to be answered, which is always in sight: of details that have no room
// it is told how many more lines they have.
func (k *kit) above(answers, details []string, width, height int) []string {
	all := draw.WrapAll(details, width-4)
	if room := max(height-len(answers), 0); len(all) > room {
		kept := max(room-1, 0)
		all = append(slices.Clip(all[:kept]), k.Glyphs.More+" "+zonefile.Plural(len(all)-kept, "more line", "more lines"))[:room]
	}
	var out []string
	for _, l := range all {
		out = append(out, k.Line(width, false, draw.Ink("  "+l, k.Styles.Plain)))
	}
	return append(out, answers...)
}

// answerLines draws the answers side by side, or below one another where that is too wide.
func (d *ask) answerLines(width int) []string {
	beside, wide := []draw.Span{}, 0
	var below []string
	for i, a := range d.answers {
		s := draw.Ink("  "+a.label+"  ", d.Styles.Plain)
		if i == d.at {
			s = draw.Ink("[ "+a.label+" ]", d.Styles.Cursor)
		}
		beside = append(beside, draw.Ink("  ", d.Styles.Plain), s)
		wide += 2 + len(s.Text)
		below = append(below, d.Line(width, false, draw.Ink("  ", d.Styles.Plain), s))
	}
	if wide <= width {
		return []string{d.Line(width, false, beside...)}
	}
	return below
}

// entry is a dialog with one line to type: a word to confirm with, an address that a fix needs.
type entry struct {
	*kit
	heading string
	details []string
	field   field
	accept  func(text string) []action // nil: not accepted, ask again
	wrong   string
}

// takesText says that a question mark is typed here.
func (*entry) takesText() {}

func (d *entry) title() string { return d.heading }

func (d *entry) lines(width int) int { return len(draw.WrapAll(d.details, width-4)) + 2 }

func (d *entry) update(m tea.KeyMsg) []action {
	d.wrong = ""
	d.typeInto(&d.field, m)
	return nil
}

func (d *entry) bindings() []binding {
	return []binding{on(d.keys.submit, d.submit), does(d.keys.dismiss, pop{}).as("cancel")}
}

// submit hands the text over if it is right.
func (d *entry) submit() []action {
	if err := d.field.err(); err != nil {
		d.wrong = err.Error()
		return nil
	}
	return d.accept(d.field.value())
}

func (d *entry) view(width, height int) string {
	answer := []string{d.draw(&d.field, width, true), d.Line(width, false, draw.Ink("  "+d.show(d.wrong), d.Styles.Err))}
	return draw.Block(d.above(answer, d.details, width, height), width, height)
}

// changedLines is the first lines that edits take away and add, for a question about them.
func (k *kit) changedLines(edits []zonefile.Edit) []string {
	const most = 7
	z := k.doc.Zone()
	next, err := z.Apply(edits...)
	if err != nil {
		return []string{k.show(err.Error())}
	}
	var out []string
	for _, l := range document.DiffLines(z, next) {
		if l == "" || l[0] != '+' && l[0] != '-' || strings.HasPrefix(l, "+++") || strings.HasPrefix(l, "---") {
			continue
		}
		if len(out) == most {
			return append(out, k.Glyphs.More)
		}
		out = append(out, l[:1]+" "+k.show(expandTabs(l[1:])))
	}
	return out
}

// lostLines is the first lines of edits that do not fit, for a question about them.
func (k *kit) lostLines(lost []string) []string {
	const most = 8
	var out []string
	for _, l := range lost[:min(len(lost), most)] {
		out = append(out, k.show(expandTabs(l)))
	}
	if n := len(lost) - most; n > 0 {
		out = append(out, k.Glyphs.More+" and "+zonefile.Plural(n, "line", "lines")+" more")
	}
	return out
}

// saveWord is what has to be typed to write new errors.
const saveWord = "save"

// inPlaceHeading asks for consent to write into the old file.
const inPlaceHeading = "This file cannot be replaced, only written into: less safe if the power fails"

// askWord asks for a typed word before going on.
func (k *kit) askWord(heading, detail string, then []action) *entry {
	f := k.newField(partData, "", "")
	f.label = "type " + saveWord
	return &entry{kit: k, heading: heading, details: []string{k.show(detail)}, field: f,
		accept: func(text string) []action {
			if text != saveWord {
				return []action{pop{}, say{disk.Untouched.String() + ": " + saveWord + " was not typed", levelInfo}}
			}
			return append([]action{pop{}}, then...)
		}}
}
