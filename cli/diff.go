package cli

// Differences are patches: in a pipe or a file they are bytes as the files have them, so that patch(1) and git take them. What
// stands in a zone file may look like a terminal's commands, so on a terminal each line goes by the door to it.

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// printDiff prints what edits change as a unified diff.
func (p *program) printDiff(z *zonefile.Zone, edits []zonefile.Edit) {
	for f := range z.Files() {
		p.printPatch(f.Name(), f.Name(), document.EditPatch(f, edits, document.ContextLines))
	}
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
	fmt.Fprintln(p.out, sign+document.PatchName(name, p.utf8))
}

// printDiffLines prints the lines alone that edits change, with the owner where they do not say it. They are no patch.
func (p *program) printDiffLines(z *zonefile.Zone, edits []zonefile.Edit, indent string) {
	for _, line := range document.EditedLines(z, edits) {
		fmt.Fprint(p.out, indent)
		p.printDiffLine(line)
	}
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
