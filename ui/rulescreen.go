package ui

// Why a problem is one, with its source: the rule in full, beside the zone that broke it.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
)

// ruleScreen explains the rule of a problem: what it finds, why that matters, how it looks wrong and right, and
// where it is written down.
type ruleScreen struct {
	reading
	problem lint.Diagnostic
}

// newRuleScreen explains a rule that nothing has broken.
func newRuleScreen(k *kit, r *lint.Rule) *ruleScreen {
	return ruleOf(k, lint.Diagnostic{Rule: r, Severity: r.Severity})
}

// ruleOf explains the rule of a problem.
func ruleOf(k *kit, d lint.Diagnostic) *ruleScreen {
	return &ruleScreen{reading: reading{kit: k}, problem: d}
}

func (d *ruleScreen) title() string {
	return "Rule " + d.problem.Rule.Name + " (" + d.problem.Severity.String() + ")"
}

func (d *ruleScreen) lines(width int) int { return len(d.text(width)) }

func (d *ruleScreen) update(tea.KeyMsg) []action { return nil }

func (d *ruleScreen) bindings() []binding {
	return append([]binding{
		does(d.keys.dismiss, pop{}),
		does(d.keys.submit, pop{}).as("close").briefly("-"),
		does(d.keys.leave, pop{}).briefly("-"),
	}, d.reading.bindings()...)
}

// view draws the part of the text that has room; at most as far as its last line.
func (d *ruleScreen) view(width, height int) string {
	return d.reading.view(d.text(width), width, height)
}

// text is the whole text.
func (d *ruleScreen) text(width int) []readRow {
	r := d.problem.Rule
	var out []readRow
	add := func(indent int, text string, s draw.Span) {
		for i, l := range draw.Wrap(text, width-indent-2) {
			s.Text = strings.Repeat(" ", indent) + l
			out = append(out, readRow{d.Line(width, false, s), i > 0})
		}
	}
	plain, code := draw.Ink("", d.Styles.Plain), draw.Ink("", d.Styles.Info)
	for _, paragraph := range strings.Split(strings.TrimSpace(r.Doc), "\n\n") {
		add(1, d.prose(strings.Join(strings.Fields(paragraph), " ")), plain)
		add(0, "", plain)
	}
	for _, example := range r.Examples() {
		add(1, example.Title, draw.Ink("", d.Styles.Head))
		for line := range strings.Lines(example.Zone) {
			add(3, d.show(expandTabs(strings.TrimRight(line, "\n"))), code)
		}
		add(0, "", plain)
	}
	add(1, d.prose("See "+strings.Join(r.Refs, ", ")+"."), plain)
	return out
}

// ruleNames is the names of all rules.
func ruleNames() []string {
	var out []string
	for _, r := range lint.All {
		out = append(out, r.Name)
	}
	return out
}
