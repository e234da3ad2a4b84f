package ui

// The rows of a review in their order, and who makes them. A row knows what enter does with it. Those of changed lines are made
// when somebody looks at them: a change of every name has two for each line, and no key may wait for all of them. How many they
// are is known before.

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// The parts of a review, in their order; its keys are 1 to 4.
const (
	textPart = iota
	deliveryPart
	problemPart
	namedPart
	reviewParts
)

// reviewRow is a row of a review.
type reviewRow struct {
	part  int
	head  bool        // the title of the part, which is drawn as things are
	spans []draw.Span // behind the mark of the cursor
	fold  string      // what enter unfolds or folds; "" if nothing
	open  bool        // it is unfolded, or wanted
	offer int         // the number of the offer that enter takes or leaves, from 1; 0 for none
	more  bool        // it goes on from the row above
	says  string      // all of what goes on in the rows below; "" if nothing does
	of    shown       // what it was made of when somebody looked; nil for rows that were there
	to    func() spot // where enter goes; nil if nowhere
}

// spot is where a row leads to: a place, or a name, or nowhere, and why.
type spot struct {
	at   document.Spot
	name zonefile.Name
	why  string
}

// text is what a row says, to be searched.
func (r reviewRow) text() string { return spansText(r.spans) }

// whole is the sentence or the line that a row begins.
func (r reviewRow) whole() string { return cmp.Or(r.says, r.text()) }

// reviewRows makes the rows of a review for a width.
type reviewRows struct {
	*kit
	width  int
	opened map[string]bool
	all    bool // everything is unfolded
	each   bool // problems that are alike are told one by one, to who looks for one of them
	part   int
	digits int   // of the greatest number of a line
	of     shown // whose rows are made
	list   rowList
}

// add adds a row.
func (b *reviewRows) add(r reviewRow) {
	r.part, r.of = b.part, b.of
	b.list.add(r)
}

// wrapped adds a text in as many rows as it needs: the first behind a few spans, the others under its beginning.
func (b *reviewRows) wrapped(r reviewRow, text string, style lipgloss.Style, first ...draw.Span) {
	indent := 0
	for _, s := range first {
		indent += ansi.StringWidth(s.Text)
	}
	if indent > b.width/2 {
		indent = 4
	}
	lines := draw.Wrap(text, b.width-markWidth-indent-1)
	for i, l := range lines {
		if r.says = ""; i == 0 && len(lines) > 1 {
			r.says = reviewRow{spans: first}.text() + text
		}
		if i == 0 && len(first) > 0 {
			r.spans = append(slices.Clip(first), draw.Ink(l, style))
		} else {
			r.spans = []draw.Span{draw.Ink(strings.Repeat(" ", indent)+l, style)}
		}
		r.more = i > 0
		b.add(r)
	}
}

// markWidth is the columns of the mark of the cursor.
const markWidth = 2

// isOpen tells whether what can be folded is not.
func (b *reviewRows) isOpen(fold string) bool { return b.all || b.opened[fold] }

// foldRow is a row that stands for others.
func (b *reviewRows) foldRow(fold, text string, open bool) {
	b.add(reviewRow{fold: fold, open: open, spans: []draw.Span{draw.Ink(text, b.Styles.Head)}})
}

// ownerOf is an owner as the zone writes it; "" of what belongs to no name.
func (b *reviewRows) ownerOf(n zonefile.Name) string {
	if n == "" || n == zonefile.Root {
		return ""
	}
	return b.written(n)
}

// rowList is rows below one another.
type rowList struct {
	parts []stretch
	n     int
}

// stretch is rows that stand together: a sentence, and a line, is whole in it.
type stretch struct {
	from, n int // the number of the first, and how many there are
	rows    []reviewRow
	of      shown       // makes them when they are looked at; nil for rows that are there
	by      *reviewRows // of the part that they are in
}

// shown is what has rows that are made when they are looked at.
type shown interface {
	show(b *reviewRows)
	// says appends all that its rows say, to be searched without them.
	says(to []byte, b *reviewRows) []byte
}

// add adds rows.
func (l *rowList) add(rows ...reviewRow) {
	if n := len(l.parts); n == 0 || l.parts[n-1].of != nil {
		l.parts = append(l.parts, stretch{from: l.n})
	}
	s := &l.parts[len(l.parts)-1]
	s.rows, s.n, l.n = append(s.rows, rows...), s.n+len(rows), l.n+len(rows)
}

// addLater adds n rows that are made when somebody looks at them. Those of a list that is narrowed are not counted before.
func (l *rowList) addLater(of shown, n int, by *reviewRows) {
	l.parts = append(l.parts, stretch{from: l.n, n: n, of: of, by: by})
	l.n += n
}

// join adds the rows of another list.
func (l *rowList) join(m rowList) {
	l.parts = slices.Grow(l.parts, len(m.parts))
	for _, s := range m.parts {
		s.from += l.n
		l.parts = append(l.parts, s)
	}
	l.n += m.n
}

// at is a row by its number.
func (l *rowList) at(i int) reviewRow {
	n, _ := slices.BinarySearchFunc(l.parts, i, func(s stretch, i int) int {
		if s.from+s.n <= i {
			return -1
		}
		return 1
	})
	s := &l.parts[n]
	return s.made()[i-s.from]
}

// made is the rows of a stretch.
func (s *stretch) made() []reviewRow {
	if s.rows == nil {
		rows := *s.by
		rows.list, rows.of = rowList{}, s.of
		s.of.show(&rows)
		s.rows = rows.list.parts[0].rows
	}
	return s.rows
}

// ready is the rows that nobody has to make.
func (l *rowList) ready(yield func(i int, r reviewRow) bool) {
	for _, s := range l.parts {
		for i, r := range s.rows {
			if !yield(s.from+i, r) {
				return
			}
		}
	}
}

// find is where a row of another list stands in this one; -1 if nowhere.
func (l *rowList) find(was reviewRow) int {
	if was.of != nil {
		if i := slices.IndexFunc(l.parts, func(s stretch) bool { return s.of == was.of }); i >= 0 {
			s := &l.parts[i]
			return s.from + max(slices.IndexFunc(s.made(), func(r reviewRow) bool { return r.whole() == was.whole() }), 0)
		}
	}
	like := -1
	for i, r := range l.ready {
		switch {
		case r.part != was.part || r.head != was.head || r.fold != was.fold || r.fold == "" && r.whole() != was.whole():
		case r.of == was.of:
			return i
		case like < 0: // problems are grouped anew when others are known
			like = i
		}
	}
	return like
}

// columnRows is the rows of both columns of a page.
type columnRows [2]rowList

// rowsMade is what rows were made from.
type rowsMade struct {
	width, alone, turns int
	only                string
	report              *report
	found               *lint.Report
	full, stale, busy   bool
	minute              time.Time
}

// narrowedRows is the rows of each part that were narrowed beside the screen.
type narrowedRows [reviewParts]rowList

// copied is the rows as they are, for who looks through them beside the screen, where they are drawn meanwhile.
func (c columnRows) copied() columnRows {
	for i := range c {
		c[i].parts = slices.Clone(c[i].parts)
	}
	return c
}

// found is where a text is found in the rows of both columns, those of the right one behind those of the left.
func (c *columnRows) found(text *seeker, pc *pace) (all []int) {
	pc.begin(len(c[0].parts) + len(c[1].parts))
	for column := range c {
		for _, i := range c[column].holding(text, pc) {
			all = append(all, column*c[0].n+i)
		}
	}
	return all
}

// having is the sentences that hold a text, with all of their rows, each with the number of its first, for who waits for it, if anybody
// does.
func (l *rowList) having(text *seeker, pc *pace) iter.Seq2[int, []reviewRow] {
	return func(yield func(int, []reviewRow) bool) {
		for i := range l.parts {
			s := &l.parts[i]
			if pc != nil && !pc.goesOn() {
				return
			}
			if s.of != nil {
				if text.said = s.of.says(text.said[:0], s.by); !text.in(text.said) {
					continue
				}
			}
			at := s.from
			for words := range sentences(s.made()) {
				if text.in([]byte(words[0].whole())) && !yield(at, words) {
					return
				}
				at += len(words)
			}
		}
	}
}

// holding is where a text is found: at the row of a sentence that has it, or where the sentence begins if it is parted there.
func (l *rowList) holding(text *seeker, pc *pace) (out []int) {
	for at, words := range l.having(text, pc) {
		in := slices.IndexFunc(words, func(r reviewRow) bool { return text.in([]byte(r.text())) })
		out = append(out, at+max(in, 0))
	}
	return out
}

// holds tells whether a text is found.
func (l *rowList) holds(text *seeker, pc *pace) bool {
	for range l.having(text, pc) {
		return true
	}
	return false
}

// only is the sentences that hold a text.
func (l *rowList) only(text *seeker, pc *pace) (out rowList) {
	for _, words := range l.having(text, pc) {
		out.add(words...)
	}
	return out
}

// sentences parts rows into sentences and lines.
func sentences(rows []reviewRow) iter.Seq[[]reviewRow] {
	return func(yield func([]reviewRow) bool) {
		for len(rows) > 0 {
			n := 1
			for n < len(rows) && rows[n].more {
				n++
			}
			if !yield(rows[:n]) {
				return
			}
			rows = rows[n:]
		}
	}
}
