package document

// Differences as unified diffs (POSIX `diff -u`), which patch(1) and git take byte for byte: a patch of what is printed gives
// the new file. They are made of lines that are replaced and of those around them, and of nothing else.

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// EditPatch is what those of some edits that are in a file change of it, without the two lines that name the file.
func EditPatch(f *zonefile.File, edits []zonefile.Edit, context int) string {
	return hunks(ReplacedLines(f, edits), context, f.Lines(), func(n int) string {
		return string(f.Slice(zonefile.Span{Start: f.Line(n).Start, End: f.Line(n + 1).Start}))
	})
}

// EditsPatch is what edits change of all files of a zone, as a patch for a terminal with these characters.
func EditsPatch(z *zonefile.Zone, edits []zonefile.Edit, utf8 bool) string {
	var b strings.Builder
	for f := range z.Files() {
		if text := EditPatch(f, edits, ContextLines); text != "" {
			name := PatchName(f.Name(), utf8)
			b.WriteString("--- " + name + "\n+++ " + name + "\n" + text)
		}
	}
	return b.String()
}

// TextPatch is the difference of two texts, without the two lines that name the file.
func TextPatch(old, now string) string { return Comparison{}.patch(old, now) }

// patch is TextPatch.
func (c Comparison) patch(old, now string) string {
	if c.ended() {
		return ""
	}
	a, b := splitLines(old), splitLines(now)
	var list []Replaced
	for _, s := range c.lines(a, b) {
		list = append(list, Replaced{s.from + 1, s.start + 1, a[s.from:s.to], b[s.start:s.end]})
	}
	return hunks(list, ContextLines, len(a), func(n int) string { return a[n-1] })
}

// DiffLines is the difference between two versions of a zone as a unified diff, in lines. It looks at what differs, and at the
// lines around.
func DiffLines(before, after *zonefile.Zone) []string { return Comparison{}.Diff(before, after) }

// Diff is DiffLines.
func (c Comparison) Diff(before, after *zonefile.Zone) []string {
	edits := before.Between(after)
	var out []string
	for f := range before.Files() {
		if c.ended() {
			return nil
		}
		if lines := patchLines(EditPatch(f, edits, ContextLines)); len(lines) > 0 {
			out = append(append(out, "--- "+f.Name(), "+++ "+f.Name()), lines...)
		}
	}
	return out
}

// EditLines is the difference that edits make, in lines; a file is named if it is not the zone file.
func EditLines(z *zonefile.Zone, edits []zonefile.Edit) []string {
	var out []string
	for f := range z.Files() {
		lines := patchLines(EditPatch(f, edits, ContextLines))
		if len(lines) > 0 && f != z.Root() {
			out = append(out, "+++ "+f.Name())
		}
		out = append(out, lines...)
	}
	return out
}

// DiffText is the difference of two texts, in lines.
func DiffText(name, a, b string) []string { return Comparison{}.text(name, a, b) }

// text is DiffText.
func (c Comparison) text(name, a, b string) []string {
	lines := patchLines(c.patch(a, b))
	if len(lines) == 0 {
		return nil
	}
	return append([]string{"--- " + name, "+++ " + name}, lines...)
}

// patchLines is a patch in lines without their ends, to be read.
func patchLines(text string) []string {
	var out []string
	for l := range strings.Lines(text) {
		out = append(out, zonefile.TrimLineEnd(l))
	}
	return out
}

// hunks writes what is replaced in a text of so many lines, with the lines around it.
func hunks(list []Replaced, context, lines int, line func(n int) string) string {
	var b strings.Builder
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].Was-list[n-1].end() <= 2*context {
			n++
		}
		writeHunk(&b, list[:n], context, lines, line)
		list = list[n:]
	}
	return b.String()
}

// end is the number of the line behind those that go.
func (r Replaced) end() int { return r.Was + len(r.Gone) }

// writeHunk writes what is replaced in lines that are near one another.
func writeHunk(b *strings.Builder, list []Replaced, context, lines int, line func(n int) string) {
	first, last := list[0], list[len(list)-1]
	from, to := max(first.Was-context, 1), min(last.end()+context, lines+1)
	var body strings.Builder
	at, gone, come := from, 0, 0
	for _, r := range list {
		writeLines(&body, " ", at, r.Was, line)
		at = r.end()
		for _, l := range r.Gone {
			writeLine(&body, "-", l)
		}
		for _, l := range r.Come {
			writeLine(&body, "+", l)
		}
		gone, come = gone+len(r.Gone), come+len(r.Come)
	}
	writeLines(&body, " ", at, to, line)
	was := to - from
	fmt.Fprintf(b, "@@ -%s +%s @@\n", lineRange(from, was), lineRange(from+first.Now-first.Was, was-gone+come))
	b.WriteString(body.String())
}

// lineRange is some lines as the head of a hunk has them; none are told by the line before.
func lineRange(from, n int) string {
	switch n {
	case 0:
		return fmt.Sprintf("%d,0", from-1)
	case 1:
		return fmt.Sprint(from)
	}
	return fmt.Sprintf("%d,%d", from, n)
}

// writeLines writes the lines from one up to another.
func writeLines(b *strings.Builder, sign string, from, to int, line func(n int) string) {
	for n := from; n < to; n++ {
		writeLine(b, sign, line(n))
	}
}

// writeLine writes a line, and says so if it has no end.
func writeLine(b *strings.Builder, sign, l string) {
	b.WriteString(sign + l)
	if !strings.HasSuffix(l, "\n") {
		b.WriteString("\n\\ No newline at end of file\n")
	}
}
