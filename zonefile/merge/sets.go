package merge

// What becomes of the RRsets that a snippet touches: what goes, what comes, and the one TTL that an RRset has (RFC 2181 §5.2).

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// setEdits is the change of all sets of a version in which the texts are changed.
func (m *merger) setEdits(z *zonefile.Zone) ([]zonefile.Edit, error) {
	usual, _ := m.z.DefaultTTL()
	sets := z.Sets()
	for _, s := range m.order {
		ttl := s.ttl(usual)
		for _, r := range s.has { // in the zone's order
			if s.gone[r] && !s.kept[r] {
				sets.Take(r)
			}
		}
		for _, r := range s.take {
			d := m.draft(r)
			d.TTL, ttl = ttl, ""
			if err := sets.Put(d); err != nil {
				return nil, err
			}
		}
	}
	return sets.Edits()
}

// ttl is the TTL that the set is given; "" for the one that it has, or inherits.
func (s *set) ttl(usual string) string {
	stays := slices.ContainsFunc(s.has, func(r zonefile.Record) bool { return s.kept[r] || !s.gone[r] })
	switch {
	case len(s.take) == 0 || stays:
		return ""
	case s.take[0].ttl != "" || len(s.has) > 0:
		return s.take[0].ttl
	}
	return usual
}

// fits tells strings of which none is too long.
func fits(r zonefile.Record) bool {
	return !slices.ContainsFunc(r.StringsAt(), func(w zonefile.WrittenString) bool { return w.Len() > zonefile.MaxString })
}

// draft is a record as it is to be written: names below the zone's as the zone writes them.
func (m *merger) draft(r record) zonefile.Draft {
	d := zonefile.Draft{Owner: r.Owner(), Type: r.Type(), Origin: m.z.Origin()}
	words := rawWords(r.Record)
	switch spf := m.spf[r.Owner()]; {
	case r.Type() == zonefile.TypeTXT && spf != nil && spf.first == r.line && spf.grown:
		words = []string{zonefile.Quote(spf.text)}
	case r.Type().HoldsStrings() && !fits(r.Record):
		text, _ := r.Joined()
		words = []string{zonefile.Quote(text)}
	case !r.IsGeneric():
		for _, i := range r.Type().NameFields() {
			if i < len(words) {
				words[i] = m.written(words[i], r.Origin())
			}
		}
	}
	d.RData = strings.Join(words, " ")
	return d
}

// written is a name as a zone file has it: as the snippet spells it, if it is absolute and of another domain.
func (m *merger) written(text string, origin zonefile.Name) string {
	n, err := zonefile.ParseName(text, origin)
	switch {
	case err != nil:
		return text
	case n.Within(m.z.Origin()):
		return n.In(m.z.Origin())
	case strings.HasSuffix(text, ".") && !strings.HasSuffix(text, `\.`):
		return text
	}
	return string(n)
}
