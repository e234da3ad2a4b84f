package cli

// Colour by meaning, of the 16 colours that every terminal has and its user has chosen the two that can be read on light grounds
// and on dark ones: a word keeps its colour in every command, and nothing is told by colour alone. What is painted has gone by show before, so every escape is one of these.

import (
	"os"
	"strings"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui"
	"github.com/mailzone/mailzone/zonefile"
)

// style is the parameters of SGR (ECMA-48, 8.3.117).
type style string

// The styles, by what they mean.
const (
	plain   style = ""
	bad     style = "1;31"
	risky   style = "35"
	notable style = "1"
	good    style = "1"
	faint   style = "2"
	strong  style = "1"
	removed style = plain
	added   style = "1"
	where   style = "2" // the lines of a diff that say where others are
)

// styleOf is the colour of a severity.
var styleOf = map[zonefile.Severity]style{zonefile.Error: bad, zonefile.Warning: risky, zonefile.Info: notable}

// outcomeStyle is the colour of what becomes of a message.
var outcomeStyle = map[preview.Outcome]style{preview.Delivered: good, preview.Deferred: risky, preview.Bounced: bad,
	preview.LocalOrLoop: risky, preview.Unknown: notable}

// stateStyle is the colour of a step of a plan.
var stateStyle = map[preview.State]style{preview.StepDone: good, preview.StepNow: strong, preview.StepLater: faint}

// checkedStyle is the colour of what an answer of the world means.
var checkedStyle = map[string]style{"ok": good, "differs": risky, "waits": risky, "bad": bad, "unknown": notable, "not-asked": faint}

// paint is a text in a style, word by word, so that a line can be broken anywhere; as it is where there are no colours.
func (p *program) paint(s style, text string) string {
	if s == plain || text == "" || p.colored == nil || !p.colored() {
		return text
	}
	words := strings.Split(text, " ")
	for i, w := range words {
		if w != "" {
			words[i] = "\x1b[" + string(s) + "m" + w + "\x1b[m"
		}
	}
	return strings.Join(words, " ")
}

// wantsColor tells whether there are colours: as the flag says; then by the first variable that is set of NO_COLOR (no-color.org),
// CLICOLOR_FORCE and FORCE_COLOR, CLICOLOR (bixense.com/clicolors); then where standard output is a terminal that has some.
func (p *program) wantsColor() bool {
	switch {
	case !p.color.is("auto"):
		return p.color.is("always")
	case os.Getenv("NO_COLOR") != "":
		return false
	case forced("CLICOLOR_FORCE"), forced("FORCE_COLOR"):
		return true
	}
	return os.Getenv("CLICOLOR") != "0" && ui.IsTerminal(p.terminal)
}

// forced tells whether a variable is set to something else than 0.
func forced(variable string) bool {
	v := os.Getenv(variable)
	return v != "" && v != "0"
}
