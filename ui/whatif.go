package ui

// What the delivery supposes is changed by actions, for every pane and the review ask the same question.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile"
)

// whatIf changes who sends, or what is down.
type whatIf struct{ set func(*sender) }

func (w whatIf) do(s stage) tea.Cmd { w.set(&s.tools().sender); return nil }

// askAddresses asks for the addresses of a host that the zone does not know.
func (k *kit) askAddresses(host zonefile.Name) *entry {
	d := &entry{kit: k, heading: "Addresses of " + k.written(host) + ", for this what-if"}
	d.details = []string{"The zone does not know them, and they are not written into it. Empty: not known."}
	var known []string
	for _, a := range k.sender.outside[host] {
		known = append(known, a.String())
	}
	d.field = k.newField(partData, "addresses", strings.Join(known, " "))
	d.field.check = checkAddresses
	d.accept = func(text string) []action {
		return []action{pop{}, whatIf{func(s *sender) { s.know(host, addressWords(text)) }}}
	}
	return d
}
