package draw

import (
	"reflect"
	"regexp"
	"testing"

	"github.com/charmbracelet/lipgloss"

	"github.com/mailzone/mailzone/testdata/contrast"
)

// every is all styles by their names.
func every(s Styles) map[string]lipgloss.Style {
	all, out := reflect.ValueOf(s), map[string]lipgloss.Style{}
	for i := range all.NumField() {
		out[all.Type().Field(i).Name] = all.Field(i).Interface().(lipgloss.Style)
	}
	return out
}

// sgr is the parameters of the sequence before a text in a style.
func sgr(s lipgloss.Style) string {
	if m := regexp.MustCompile(`^\x1b\[([0-9;]*)m`).FindStringSubmatch(s.Render("x")); m != nil {
		return m[1]
	}
	return ""
}

// What is in a colour can be read on black, on white, and on Solarized, dark and light.
func TestStylesCanBeRead(t *testing.T) {
	for name, s := range every(NewStyles(true)) {
		if r, where := contrast.Least(sgr(s)); r < 3 {
			t.Errorf("%s (SGR %s) has a contrast of %.1f: %s", name, sgr(s), r, where)
		}
	}
	for _, unreadable := range []string{"33", "32", "36", "34", "1;33", "2;31"} { // the test is able to fail
		if r, _ := contrast.Least(unreadable); r >= 3 {
			t.Errorf("SGR %s has a contrast of %.1f", unreadable, r)
		}
	}
}

// An error is never faint, and what a colour says, the text or its weight says, too: without colours the same styles stand out.
func TestStylesWithoutColour(t *testing.T) {
	plain, coloured := every(NewStyles(false)), every(NewStyles(true))
	for name, s := range plain {
		if got := sgr(s); regexp.MustCompile(`[349][0-9]`).MatchString(got) {
			t.Errorf("%s without colours: SGR %s", name, got)
		}
		if s.GetBold() != coloured[name].GetBold() || s.GetReverse() != coloured[name].GetReverse() || s.GetFaint() != coloured[name].GetFaint() {
			t.Errorf("%s is another without colours", name)
		}
	}
	if plain["Err"].GetFaint() || plain["Warn"].GetFaint() {
		t.Error("what is wrong is faint")
	}
}
