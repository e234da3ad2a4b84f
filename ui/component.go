package ui

// What panes and dialogs are, and what all of them are given. They keep no size, and they change only themselves.

import (
	"github.com/mailzone/mailzone/document"

	"io"
	"strconv"

	"github.com/mailzone/mailzone/ui/draw"

	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// component is a pane or a dialog. It changes only itself, and returns actions for everything else. Its
// size is given when it is drawn and not kept.
type component interface {
	update(tea.KeyMsg) []action // takes a key that none of the bindings has
	view(width, height int) string
	bindings() []binding // the help line and the help screen are derived from these
}

// dialog is a component on top of the main screen. It says how many lines it wants.
type dialog interface {
	component
	title() string
	lines(width int) int
}

// kit is what every component works with: the document, where the user is in it, and how to draw. Only actions
// write to it.
type kit struct {
	doc     *document.Session
	name    zonefile.Name // whose records are shown
	at      document.Spot // the record or line that the user is at
	focused pane

	sender    sender            // who mail is from, and what is down: every pane asks the same question
	migration preview.Migration // the last that was asked for

	draw.Pen
	keys *keyMap
	utf8 bool
	out  io.Writer // the terminal, for what is written past the drawing

	notes []string // what the user should know before the first key, beside what is known of the files
	demo  bool     // the zone is the sample, which is gone in the end
}

// show is text from the file, or from anywhere else outside the program, as it may reach the screen.
func (k *kit) show(text string) string { return zonefile.Printable(text, k.utf8) }

// short shows a name as people of the zone call it: relative to it, the zone itself in full.
func (k *kit) short(n zonefile.Name) string {
	apex := k.doc.Zone().Origin()
	if n == apex {
		return k.show(string(n))
	}
	return k.show(n.In(apex))
}

// prose is text of the program itself, in which what comes from the file is made printable already. A locale
// without a section sign gets the word.
func (k *kit) prose(text string) string {
	if !k.utf8 {
		text = strings.ReplaceAll(text, "§", "section ")
	}
	return k.show(text)
}

// plural is a count with its noun.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return itoa(n) + " " + many
}

// itoa is a number in decimal.
func itoa(n int) string { return strconv.Itoa(n) }
