package preview

// Where mail goes before a step of a move and after it. Domains are told together only where all that is said is true of each:
// what changes, and both lists of hosts.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// StepMail is what a step changes for some domains: in words, and the hosts in the order in which they are tried.
type StepMail struct {
	Domains []zonefile.Name
	Text    string
	Was, Is string

	Before, After Delivery
}

// Names is the domains in words; of many the first and how many there are besides.
func (m StepMail) Names() string { return list(m.Domains, "and") }

// Mail is whose mail a step sends elsewhere, in the order of the first domain of each change. Who prints it says how it shows a
// name.
func (s Step) Mail(show func(zonefile.Name) string) []StepMail {
	var out []StepMail
	at := map[[3]string]int{}
	for _, c := range s.mail {
		c.show = show
		before, after := c.Before(), c.After()
		m := StepMail{Text: strings.Join(differences(&before, &after), "; "), Was: before.Way(show).Text(), Is: after.Way(show).Text(), Before: before, After: after}
		said := [3]string{m.Text, m.Was, m.Is}
		i, known := at[said]
		if !known {
			i = len(out)
			at[said] = i
			out = append(out, m)
		}
		out[i].Domains = append(out[i].Domains, c.Domain)
	}
	return out
}
