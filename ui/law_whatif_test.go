package ui

// A what-if that cannot be seen in the title is a fault: every row under it would be taken for what is.

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// whatIfWords is how each supposition may be told in a title, the longest first.
func (u *user) whatIfWords() map[string][]string {
	s := u.app.sender
	nets := len(s.faults.Networks())
	hosts := len(s.faults) - nets
	words := map[string][]string{}
	if s.ipv4 != s.ipv6 {
		words["family"] = []string{map[bool]string{true: "IPv4", false: "IPv6"}[s.ipv4]}
	}
	if hosts > 0 {
		words["hosts"] = []string{fmt.Sprintf("%d host", hosts), fmt.Sprintf("%d down", hosts), fmt.Sprintf("%d down", hosts+nets)}
	}
	if nets > 0 {
		words["nets"] = []string{fmt.Sprintf("%d net", nets), fmt.Sprintf("%d down", hosts+nets)}
	}
	if s.name != "" {
		words["sender"] = []string{u.app.written(s.name), "sender"}
	}
	if s.profile != "" && s.profile != preview.RFC {
		words["software"] = []string{string(s.profile), "debian"}
	}
	return words
}

// All that is supposed is told in the title of the delivery, whole, at every size on which there is a screen.
func TestWhatIfIsSeen(t *testing.T) {
	for seed := range uint64(20) {
		m := &zoneMaker{rand.New(rand.NewPCG(seed, 8)), false, map[string]bool{}}
		t.Chdir(t.TempDir())
		u := newUser(t, "", m.zone())
		u.types("1")
		for range 30 {
			s := &u.app.sender
			*s = sender{faults: preview.Faults{}, profile: preview.Profiles()[m.IntN(len(preview.Profiles()))]}
			if m.IntN(2) == 0 {
				s.only(m.IntN(2) == 0)
			}
			for i := range m.IntN(3) * m.IntN(60) {
				s.faults[fmt.Sprintf("h%d.example.com.", i)] = preview.Refused
			}
			for i := range m.IntN(3) * m.IntN(20) {
				s.faults[fmt.Sprintf("192.0.%d.0/24", i)] = preview.Refused
			}
			if m.IntN(2) == 0 {
				s.name = zonefile.Name(m.name() + ".example.com.")
			}
			u.width, u.height = 40+m.IntN(170), 10+m.IntN(40)
			u.send(tea.WindowSizeMsg{Width: u.width, Height: u.height})
			at, err := u.app.region("tabs")
			if u.app.layout().Columns() == 3 {
				at, err = u.app.region("right")
			}
			if err != nil {
				t.Fatal(err)
			}
			title := u.lines()[at.Y]
			for what, words := range u.whatIfWords() {
				if !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(title, w) }) {
					t.Fatalf("%dx%d: %s (%v) is not told in %q", u.width, u.height, what, words, title)
				}
			}
			u.checkScreen()
		}
	}
}
