package ui

// The first row: the zone, its file, what is wrong with it, its serial, and what is not saved. Where room is short each says it
// in fewer words; what matters least, the path, goes first, and a name loses its middle only when nothing else is left.

import (
	"path/filepath"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// titleLine is the first row.
func (a *app) titleLine(w int) string {
	const margins = 3 // before the zone, and between it and what follows
	zone, path := a.show(string(a.doc.Zone().Origin())), a.doc.Zone().Root().Name()
	words := headWords(w)
	for words > 0 && ansi.StringWidth(zone)+ansi.StringWidth(a.state(words)) > w-margins {
		words--
	}
	right := a.state(words)
	room := w - ansi.StringWidth(right)
	left := " " + a.Middle(zone, max(room-margins, 1)) + "  "
	left += a.pathIn(path, room-ansi.StringWidth(left)-1)
	return a.Styles.Title.Render(a.Fit(left, room) + a.Fit(right, w-room))
}

// headWords is how many words the first row has room for, by the width of the screen.
func headWords(w int) int {
	switch {
	case w >= draw.PairWidth:
		return 3
	case w >= draw.FullWidth:
		return 2
	case w >= 60:
		return 1
	}
	return 0
}

// pathIn is a path in a width: the name of the file, or the end of it, where there is no more room.
func (a *app) pathIn(path string, room int) string {
	for _, text := range []string{a.show(path), a.show(filepath.Base(path))} {
		if ansi.StringWidth(text) <= room {
			return text
		}
	}
	const least = 16 // characters that say anything
	if room < least {
		return ""
	}
	text := a.show(filepath.Base(path))
	return a.Glyphs.More + ansi.TruncateLeft(text, ansi.StringWidth(text)-room+1, "")
}

// state is what is wrong, the serial, and what is not saved, in words as long as there is room for.
func (a *app) state(words int) string {
	gap := [...]string{"  ", " ", "  ", "   "}[words]
	parts := []string{a.wrongText(words)}
	if a.doc.Elsewhere() { // on the narrowest screen too: what is edited here is not what is there
		parts = append([]string{[...]string{"changed", "changed", "changed on disk", "changed on disk"}[words]}, parts...)
	}
	if n, ok := a.doc.Zone().Serial(); ok && words > 0 && (words > 1 || !a.doc.Elsewhere()) {
		parts = append(parts, [...]string{"", "", "serial ", "serial "}[words]+strconv.FormatUint(uint64(n), 10))
	}
	parts = append(parts, a.unsaved(words))
	var text []string
	for _, p := range parts {
		if p != "" {
			text = append(text, p)
		}
	}
	return strings.Join(text, gap) + " "
}

// wrongText is how many errors and warnings there are; while the zone is examined it says that instead of an old number.
func (a *app) wrongText(words int) string {
	f := a.doc.Findings
	errors, warnings := f.Counts[lint.Error], f.Counts[lint.Warning]
	var parts []string
	switch {
	case !f.Checked && words < 2:
		return "..."
	case !f.Checked:
		return "examining"
	case words < 3:
		if errors > 0 {
			parts = append(parts, "E"+itoa(errors))
		}
		if warnings > 0 {
			parts = append(parts, "W"+itoa(warnings))
		}
		return strings.Join(parts, " ")
	}
	if errors > 0 {
		parts = append(parts, zonefile.Plural(errors, "error", "errors"))
	}
	if warnings > 0 {
		parts = append(parts, zonefile.Plural(warnings, "warning", "warnings"))
	}
	return strings.Join(parts, ", ")
}

// unsaved is how much is not saved yet, or that nothing can be.
func (a *app) unsaved(words int) string {
	switch n := a.doc.Edits(); {
	case a.doc.ReadOnly() != "" && words == 0:
		return "[RO]"
	case a.doc.ReadOnly() != "":
		return "read-only"
	case !a.doc.Modified():
		return ""
	case n == 0:
		return "[+]"
	case words == 3:
		return "[+] " + zonefile.Plural(n, "edit", "edits")
	default:
		return "[+] " + itoa(n)
	}
}
