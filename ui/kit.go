package ui

// What panes and dialogs are given: the document, where the user is in it, and how text reaches the screen.

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/charmbracelet/lipgloss"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/presets"
)

// pane numbers the panes in the order in which tab visits them.
type pane int

const (
	paneNames pane = iota
	paneRecords
	paneDelivery
	paneProblems
	paneSource
	paneCount
)

// kit is what every component works with: the document, where the user is in it, and how to draw. Only actions
// write to it.
type kit struct {
	doc     *document.Session
	name    zonefile.Name // whose records are shown
	at      document.Spot // the record or line that the user is at
	focused pane
	framing

	sender sender // who mail is from, and what is down: every pane asks the same question
	planning

	draw.Pen
	keys *keyMap
	utf8 bool
	out  io.Writer // the terminal, for what is written past the drawing

	beginning
}

// framing is how the panes stand, as the root is about to draw them.
type framing struct {
	covered bool    // a dialog with a title has the keys
	beneath bool    // the dialog that is drawn has another over it, which has the keys
	telling telling // what the last edit did, worded for the width
	alone   bool    // one pane is on the screen: its title stands in the line of titles
	wall    bool    // the screen is so wide that panes stand at the right over its whole height
	stands  int     // how many names the row under the cursor of NAMES stands for, while it has the keys; 0 of a name
	following
}

// has tells whether a pane has the keys: it alone has its title in brackets, and a cursor.
func (k *kit) has(n pane) bool { return k.focused == n && !k.covered }

// title draws a title: in brackets where the keys go, and as wide without them.
func (k *kit) title(text string, keys bool, quiet lipgloss.Style) draw.Span {
	if keys {
		return draw.Ink("["+text+"]", k.Styles.Key)
	}
	return draw.Ink(" "+text+" ", quiet)
}

// following is when what follows a cursor is drawn.
type following struct {
	moving bool          // a cursor moves: it is drawn when that rests
	rest   time.Duration // without a key until it does; 0: nothing waits
}

// problemStop is where the way through the problems has come.
type problemStop struct {
	problem *lint.Diagnostic
	at      document.Spot // where the user was then
}

// planning is what was asked for in the session: of a move, in the line at the bottom, and of the zone.
type planning struct {
	entered   map[string][]string // by the sign before them: commands, searches, filters
	sought    *zonefile.Finds     // what was found last
	words     lagging[*zonefile.Zone, zoneWords]
	offerable offerable
	stop      problemStop // on the way through the problems
	migration preview.Migration
	made      madeStep // the step that was made last
	heard     heard    // of the world

	lastFields map[string]string // the field of each type that was edited last, by its label: e starts there
}

// offerable is the hosts that may be offered, and whether a field wants them.
type offerable struct {
	lagging[*zonefile.Zone, []document.Host]
	wanted bool
}

// zoneWords is the words of a zone that may be typed, in the order of the alphabet.
type zoneWords struct{ hosts, owners, domains, addresses []string }

// beginning is what is to know of the session before the first key.
type beginning struct {
	notes []string      // beside what is known of the files
	demo  bool          // the zone is the sample, which is gone in the end
	watch time.Duration // from one look at the files to the next; 0: nobody looks
	held  func()        // keeps work from beginning that is done beside the screen; nil: nobody does
	back  bool          // esc leads back to the list of zones

	inList string // problems of the zone in that, as long as it is not told that the zone alone has others

	presets func() ([]presets.Preset, error) // of providers of mail
}

// madeStep is a step of a plan that was made and perhaps is not saved yet, by the title of its change.
type madeStep struct {
	title string
	plan  *document.Timetable
}

// show is text from the file, or from anywhere else outside the program, as it may reach the screen.
func (k *kit) show(text string) string { return zonefile.Printable(text, k.utf8) }

// short shows a name as people of the zone call it: relative to it, the zone itself in full.
func (k *kit) short(n zonefile.Name) string {
	apex := k.doc.Zone().Origin()
	if n == apex {
		return k.show(string(n))
	}
	return notSign(k.show(n.In(apex)))
}

// ttlText is the TTL that a record is served with.
func ttlText(r zonefile.Record) string {
	if ttl := r.Zone().RRsetTTL(r); ttl != 0 {
		return zonefile.FormatTTL(ttl)
	}
	return inheritedTTL(r)
}

// inheritedTTL is the TTL that a record has, be it its RRset's or not; where nothing gives it one it has none.
func inheritedTTL(r zonefile.Record) string {
	if !r.HasTTL() {
		return "none"
	}
	return zonefile.FormatTTL(r.TTL())
}

// notSign is a text of data as it stands among words and signs of the program: one that could be taken for a sign, as an arrow between
// what was and what is, a > between tiers, +2 for two hosts more, begins with a backslash, as a zone file may have it. Names that
// people give have a letter or a digit first; @ and * have their meaning from the zone file.
func notSign(text string) string {
	if strings.Trim(text, ".") == "" || text == "@" || text == "*" { // dots stand for what has no name
		return text
	}
	letter := func(c rune) bool {
		return unicode.IsLetter(c) || unicode.IsDigit(c) || c == '_' || c == '*' || c == '\\'
	}
	if rest := strings.TrimLeft(text, "+-"); rest != text && strings.Trim(rest, "0123456789") == "" || strings.IndexFunc(text, letter) < 0 {
		return `\` + text
	}
	return text
}

// isAddress tells a record of an address. One that cannot be read is none.
func isAddress(r zonefile.Record) bool {
	t := r.Type()
	return (t == zonefile.TypeA || t == zonefile.TypeAAAA) && r.Sound()
}

// prose is text of the program itself, in which what comes from the file is made printable already. A locale
// without a section sign gets the word.
func (k *kit) prose(text string) string {
	if !k.utf8 {
		text = strings.ReplaceAll(text, "§", "section ")
	}
	return k.show(text)
}

// arrows is what became what, in the name of an edit, as the terminal has arrows: the name itself is kept in files, and is ASCII.
// What stands in quotes is data, and stays.
func (k *kit) arrows(name string) string {
	parts, quoted := strings.Split(name, `"`), false
	for i, part := range parts {
		if !quoted {
			parts[i] = strings.ReplaceAll(part, becomes, " "+k.Glyphs.Arrow+" ")
		}
		if slashes := len(part) - len(strings.TrimRight(part, `\`)); slashes%2 == 0 { // the quote behind it is no part of the data
			quoted = !quoted
		}
	}
	return strings.Join(parts, `"`)
}

// becomes stands between what was and what is, in the name of an edit.
const becomes = " -> "

// empty draws a list that has no row: why it has none, in as many lines as that takes.
func (k *kit) empty(why string, width, height int) string {
	return draw.Block(k.noRow(why, width), width, height)
}

// noRow is the lines that say why a list has no row.
func (k *kit) noRow(why string, width int) (out []string) {
	for _, l := range draw.Wrap(why, width-3) {
		out = append(out, k.Line(width, false, draw.Ink("  "+l, k.Styles.Dim)))
	}
	return out
}

// severity is the style of a severity.
func (k *kit) severity(s lint.Severity) lipgloss.Style {
	switch s {
	case lint.Error:
		return k.Styles.Err
	case lint.Warning:
		return k.Styles.Warn
	}
	return k.Styles.Info
}

// smallNote is all that a very small screen shows.
func (k *kit) smallNote(w, h int) string {
	note := fmt.Sprintf("mailzone needs %dx%d, this is %dx%d", draw.MinWidth, draw.MinHeight, w, h)
	return draw.Block(draw.Wrap(note, w), w, h)
}

// itoa is a number in decimal.
func itoa(n int) string { return strconv.Itoa(n) }

// percent is a share in whole percent.
func percent(share float64) string {
	if share == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f %%", math.Round(share*100))
}

// at is element i, "" beyond the end.
func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// expandTabs writes tabs as blanks, as a terminal would show them, and leaves a CR at the end out.
func expandTabs(text string) string {
	text = strings.TrimSuffix(text, "\r")
	if !strings.Contains(text, "\t") {
		return text
	}
	var b strings.Builder
	col := 0
	for i := range len(text) {
		if text[i] == '\t' {
			n := 8 - col%8
			b.WriteString(strings.Repeat(" ", n))
			col += n
			continue
		}
		b.WriteByte(text[i])
		if text[i]&0xc0 != 0x80 { // not the rest of a UTF-8 character
			col++
		}
	}
	return b.String()
}

// seeks is a seeker of a text in what is said of the zone; a list of zones has none.
func (k *kit) seeks(text string) *seeker {
	if k.doc == nil {
		return seeks("", text)
	}
	return seeks(k.doc.Zone().Origin(), text)
}
