package lint

// Ignores are written as comments in lines of their own, above the record. Behind a record there may be a comment
// already, the record may go on over several lines, and a line of its own is easy to remove again.

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// Silence is an ignore that is to be written.
type Silence struct {
	Until  string // its last day, as 2026-12-01; "" for good
	Reason string
	File   bool // for the whole file, not for one record alone
}

// OfFile tells whether a finding belongs to no record, so that it can be silenced for the whole file only.
func (d Diagnostic) OfFile() bool {
	row := d.Zone.RowAt(d.File, d.Span.Start)
	return row.IsZero() || row.Kind() == zonefile.RowBlank || d.owner == "" && d.Position().Line == 1
}

// Overdue is the ignore for this one rule whose last day is past, so that the finding is told again.
func (d Diagnostic) Overdue(file bool) (Silence, bool) {
	g, ok := d.overdue(file)
	if !ok {
		return Silence{}, false
	}
	words := strings.Fields(string(d.File.Slice(g.span)))
	return Silence{Until: g.until, Reason: strings.Join(words[min(4, len(words)):], " "), File: file}, true
}

// Ignore is the edits that silence a finding: with a comment above its record or on top of its file. An ignore
// whose last day is past is written anew where it stands.
func Ignore(d Diagnostic, s Silence) ([]zonefile.Edit, error) {
	text, err := d.ignoreText(s)
	if err != nil {
		return nil, err
	}
	if g, ok := d.overdue(s.File); ok {
		return []zonefile.Edit{{File: d.File, Span: g.span, New: text}}, nil
	}
	row, at := d.Zone.RowAt(d.File, d.Span.Start), zonefile.Span{}
	if !s.File {
		at.Start = row.Span().Start
		at.End = at.Start
	}
	return []zonefile.Edit{{File: d.File, Span: at, New: "; " + text + row.LineEnd(true)}}, nil
}

// Ignorable says why a finding cannot be ignored at all; nil if it can.
func (d Diagnostic) Ignorable() error {
	switch {
	case d.Rule == unusedIgnore:
		return fmt.Errorf("what ignores nothing is removed, not ignored: change the comment itself")
	case d.File.ReadOnly() != "":
		return fmt.Errorf("%s: not to be changed: %s", d.File.Name(), d.File.ReadOnly())
	}
	return nil
}

// ignoreText is the words of the comment, or why there can be none.
func (d Diagnostic) ignoreText(s Silence) (string, error) {
	words := strings.Fields(s.Reason)
	if err := d.Ignorable(); err != nil {
		return "", err
	}
	switch {
	case d.OfFile() && !s.File:
		return "", fmt.Errorf("this belongs to no record: silence it for the whole file")
	case s.Until != "" && !isDate(s.Until):
		return "", fmt.Errorf("%q is no day: write one as 2026-12-01", s.Until)
	case s.Until == "" && len(words) > 0 && words[0] == "until":
		return "", fmt.Errorf("a reason cannot begin with until: the day has a place of its own")
	case strings.Contains(strings.ToLower(s.Reason), marker):
		return "", fmt.Errorf("a reason cannot hold %s: that would begin another ignore", marker)
	case strings.ContainsFunc(s.Reason, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }):
		return "", fmt.Errorf("a reason is text on one line")
	}
	head := []string{marker, d.Rule.Name}
	if s.File {
		head[0] += "-file"
	}
	if s.Until != "" {
		head = append(head, "until", s.Until)
	}
	return strings.Join(append(head, words...), " "), nil
}

// isDate tells whether text is a day as an ignore has it.
func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// overdue finds the ignore that Overdue tells of. One that is about the finding and did not silence it is over.
func (d Diagnostic) overdue(file bool) (ignore, bool) {
	list := d.ignoresAbove()
	if file {
		list = findIgnores(d.Zone)
	}
	i := slices.IndexFunc(list, func(g ignore) bool {
		whole := bytes.HasPrefix(d.File.Slice(g.span)[len(marker):], []byte("-file"))
		return g.meets(&d) && g.until != "" && whole == file && len(g.rules) == 1
	})
	if i < 0 {
		return ignore{}, false
	}
	return list[i], true
}

// meets tells whether the ignore is about a finding, be its date over or not.
func (g *ignore) meets(d *Diagnostic) bool {
	return g.broken == "" && d.File == g.row.File() && g.reach.Start <= d.Span.Start && d.Span.Start < g.reach.End &&
		slices.Contains(g.rules, d.Rule.Name)
}

// ignoresAbove is the ignores in the finding's row and in the comments right above it.
func (d Diagnostic) ignoresAbove() []ignore {
	c := ignores{z: d.Zone}
	for row := d.Zone.RowAt(d.File, d.Span.Start); !row.IsZero(); {
		start := row.Span().Start
		for i := range offsets(row.Text(), marker) {
			c.read(d.File, start+uint32(i))
		}
		if start == 0 {
			break
		}
		if row = d.Zone.RowAt(d.File, start-1); row.Kind() != zonefile.RowBlank {
			break
		}
	}
	return c.list
}
