package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/clipperhouse/displaywidth"
)

// This file fits text into the terminal: a line of `preview` is at most as wide as that, and whole where there is none.

// line prints a line, broken at blanks where it is wider than the terminal; the rest is indented.
func (p *program) line(indent int, text string) {
	if p.columns <= 0 {
		fmt.Fprintln(p.out, text)
		return
	}
	for _, l := range broken(text, p.columns, indent) {
		fmt.Fprintln(p.out, l)
	}
}

// broken breaks a line at blanks into lines of a width, of which all but the first are indented. A word that is wider
// than that stays whole: names and addresses are to be copied.
func broken(text string, width, indent int) []string {
	if width <= 0 || cells(text) <= width {
		return []string{text}
	}
	var out []string
	lead := text[:len(text)-len(strings.TrimLeft(text, " "))]
	now := lead
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' }) {
		if now != lead && cells(now)+1+cells(word) > width {
			out = append(out, now)
			lead = strings.Repeat(" ", indent)
			now = lead
		}
		if now != lead {
			now += " "
		}
		now += word
	}
	return append(out, now)
}

// hanging is a text beside a head, broken so that all of it stands right of that.
func hanging(head, text string, width int) []string {
	indent := cells(head)
	lines := broken(text, width-indent, 0)
	for i := range lines {
		if i > 0 {
			head = strings.Repeat(" ", indent)
		}
		lines[i] = head + lines[i]
	}
	return lines
}

// cells is how wide a line is; what paint adds takes no place.
func cells(text string) int { return displaywidth.Options{ControlSequences: true}.String(text) }

// table is the hosts of a delivery, a row each.
type table struct{ rows []tableRow }

// tableRow is a host: what stands before its addresses, those, and what stands behind the first.
type tableRow struct {
	before, addresses, behind []string
}

// add adds a row.
func (t *table) add(behind []string, mark, preference, name string, addresses ...string) {
	t.rows = append(t.rows, tableRow{[]string{mark, preference, name}, addresses, behind})
}

// printAll prints the rows in columns: with all addresses of a host on its line, with one on each, and on a terminal that is
// too narrow for either without columns.
func (t *table) printAll(p *program) error {
	for _, beside := range []bool{true, false} {
		text, err := t.text(beside)
		if err != nil {
			return err
		}
		if p.columns <= 0 || widest(text) <= p.columns {
			_, err = p.out.WriteString(text)
			return err
		}
	}
	for _, r := range t.rows {
		p.line(6, "  "+strings.Join(r.before, " "))
		for i, a := range r.addresses {
			if i == 0 {
				a += "  " + strings.Join(r.behind, " ")
			}
			p.line(8, "      "+strings.TrimRight(a, " "))
		}
	}
	return nil
}

// text is the rows in columns.
func (t *table) text(beside bool) (string, error) {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, r := range t.rows {
		first, rest := strings.Join(r.addresses, ", "), []string(nil)
		if !beside {
			first, rest = r.addresses[0], r.addresses[1:]
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\n", strings.Join(r.before, "\t"), first, strings.Join(r.behind, " "))
		for _, a := range rest {
			fmt.Fprintf(w, "  \t\t\t%s\t\n", a)
		}
	}
	err := w.Flush()
	lines := strings.Split(b.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n"), err
}

// widest is the width of the widest line.
func widest(text string) int {
	most := 0
	for line := range strings.Lines(text) {
		most = max(most, cells(strings.TrimRight(line, "\n")))
	}
	return most
}
