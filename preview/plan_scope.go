package preview

// What a move is about, before it is planned: who types a request sees at once what kind of move it is and whose mail moves, or
// why there is no such move.

import "github.com/mailzone/mailzone/zonefile"

// Scope is what a move is about.
type Scope struct {
	Kind    Kind
	Domains []zonefile.Name // whose MX records change, or lead to the host whose address changes
	Aliases int             // names that move with them
}

// Survey finds out what a move is about. The error is why it is refused, as Plan would say it before the first step.
func Survey(z *zonefile.Zone, m Migration) (Scope, error) {
	p, err := newPlanner(z, m, Past{})
	if err != nil {
		return Scope{}, err
	}
	s := Scope{Kind: p.kind, Domains: p.moving(z)}
	moves := map[zonefile.Name]bool{}
	for _, d := range s.Domains {
		moves[d] = true
	}
	for _, b := range Map(z) {
		if b.How == ByAlias && moves[b.Leads] {
			s.Aliases++
		}
	}
	return s, nil
}

// Text is the scope in a sentence.
func (s Scope) Text() string {
	text := s.Kind.Text() + ": " + list(s.Domains, "and")
	if s.Aliases > 0 {
		text += ", and " + zonefile.Plural(s.Aliases, "alias", "aliases")
	}
	return text
}
