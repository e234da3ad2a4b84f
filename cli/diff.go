package cli

// Differences are patches: in a pipe or a file they are bytes as the files have them, so that patch(1) and git take them. What
// stands in a zone file may look like a terminal's commands, so on a terminal each line goes by the door to it.

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// printDiff prints what edits change as a unified diff.
func (p *program) printDiff(z *zonefile.Zone, edits []zonefile.Edit) error {
	for f := range z.Files() {
		text, err := document.EditPatch(f, edits, udiff.DefaultContextLines)
		if err != nil {
			return fail(f.Name(), err)
		}
		p.printPatch(f.Name(), f.Name(), text)
	}
	return nil
}

// printTexts prints the difference of two texts.
func (p *program) printTexts(from, to string, old, now []byte) error {
	text, err := document.Patch(string(old), udiff.Lines(string(old), string(now)), udiff.DefaultContextLines)
	if err != nil {
		return fail(from, err)
	}
	p.printPatch(from, to, text)
	return nil
}

// printPatch prints hunks under the names of their file: for people on a terminal and where there are colours, else as bytes. A
// patch alone is for programs, and bytes unless the flag asks for colours: who forces them in the environment means no patch.
func (p *program) printPatch(from, to, hunks string) {
	if hunks == "" {
		return
	}
	shown := p.columns > 0 || p.color.is("always") || !p.patch && p.colored != nil && p.colored()
	p.printHead("--- ", from, shown)
	p.printHead("+++ ", to, shown)
	for line := range strings.Lines(hunks) {
		if shown {
			p.printDiffLine(zonefile.TrimLineEnd(line))
		} else {
			_, _ = p.out.WriteString(line) // it keeps its error
		}
	}
}

// printHead prints a line that names a file.
func (p *program) printHead(sign, name string, shown bool) {
	if shown {
		fmt.Fprintln(p.out, p.paint(strong, sign+p.show(name)))
		return
	}
	fmt.Fprintln(p.out, sign+p.patchName(name))
}

// patchName is the name of a file as patch(1) and git read it: in quotes if it has blanks at its ends or what is not shown as it is,
// with a tab behind it if it has blanks.
func (p *program) patchName(name string) string {
	name = fromHere(name)
	if strings.ContainsAny(name, `"\`) || p.show(name) != name || strings.TrimSpace(name) != name {
		return quoted(name)
	}
	if strings.Contains(name, " ") {
		return name + "\t"
	}
	return name
}

// fromHere is a path without steps that lead nowhere, and without the way to the directory where the program runs: git takes
// neither ./x nor a whole path, and patch no whole path. One with .. in it stays, since a link may stand before that.
func fromHere(path string) string {
	if slices.Contains(strings.Split(path, "/"), "..") {
		return path
	}
	if here := fullPath("."); strings.HasPrefix(path, strings.TrimSuffix(here, "/")+"/") {
		path = path[len(strings.TrimSuffix(here, "/"))+1:]
	}
	return filepath.Clean(path)
}

// quoted is a name in quotes as C has it, byte by byte.
func quoted(name string) string {
	var b strings.Builder
	for _, c := range []byte(name) {
		switch {
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(rune(c)))
		case c < ' ' || c >= 0x7f:
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	return `"` + b.String() + `"`
}

// printDiffLines prints the lines alone that edits change, with the owner where they do not say it. They are no patch.
func (p *program) printDiffLines(z *zonefile.Zone, edits []zonefile.Edit, indent string) error {
	owners := document.Owners{Zone: z}
	for f := range z.Files() {
		text, err := document.EditPatch(f, edits, 0)
		if err != nil {
			return fail(f.Name(), err)
		}
		var hunks []string
		for line := range strings.Lines(text) {
			hunks = append(hunks, zonefile.TrimLineEnd(line))
		}
		for _, line := range owners.Changed(f, hunks) {
			fmt.Fprint(p.out, indent)
			p.printDiffLine(line)
		}
	}
	return nil
}

// diffStyle is the colour of a line of a diff by its sign.
var diffStyle = map[byte]style{'-': removed, '+': added, '@': where}

// printDiffLine prints a line of a diff for people. Tabs count from behind the sign, as they do in the file.
func (p *program) printDiffLine(line string) {
	if line == "" {
		fmt.Fprintln(p.out)
		return
	}
	c := columns{p: p}
	c.add([]byte(line[1:]))
	fmt.Fprintln(p.out, p.paint(diffStyle[line[0]], line[:1]+c.text.String()))
}

// lineEdits is the edits, by lines, that make a file hold a text.
func lineEdits(f *zonefile.File, text []byte) []zonefile.Edit {
	var out []zonefile.Edit
	for _, e := range udiff.Lines(string(f.Bytes()), string(text)) {
		out = append(out, zonefile.Edit{File: f, Span: zonefile.Span{Start: uint32(e.Start), End: uint32(e.End)}, New: e.New})
	}
	return out
}
