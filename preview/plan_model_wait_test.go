package preview

// How long the model of resolvers remembers: the first second in which nobody has an answer that a change replaced is the one
// for which a plan may say that the change holds, not one later and not one earlier.

import (
	"slices"

	"github.com/miekg/dns"
)

// forgotten is the seconds from a change until no resolver has an answer that it replaced: the time that a wait may last.
func (m *modelTime) forgotten(was, is *modelZone) int {
	longest := -1
	for _, n := range (&modelTime{versions: []*modelZone{was, is}}).every() {
		for _, t := range mailTypes {
			a, b := was.answer(n, t), is.answer(n, t)
			none := a.data == "" && b.data == "" // that there are no records is one thing to a sender, whatever else is there
			if a != b && !none {
				longest = max(longest, a.ttl)
			}
		}
	}
	if longest < 0 {
		return 0
	}
	return m.p + longest
}

// modelQuestion is a name and a type.
type modelQuestion struct {
	name string
	typ  uint16
}

// disputed is the questions that versions answer differently. That there are no records is one thing to a sender, whatever
// else is there.
func disputed(versions []*modelZone) []modelQuestion {
	var out []modelQuestion
	for _, n := range (&modelTime{versions: versions}).every() {
		for _, t := range mailTypes {
			first := versions[0].answer(n, t)
			if slices.ContainsFunc(versions[1:], func(z *modelZone) bool { a := z.answer(n, t); return a != first && a.data+first.data != "" }) {
				out = append(out, modelQuestion{n, t})
			}
		}
	}
	return out
}

// remains tells whether some resolver may still have an answer to some question that the last version does not give: at the
// first moment at which none has, what the last change replaced is over.
func (m *modelTime) remains(now int, questions []modelQuestion) bool {
	last := m.versions[len(m.versions)-1]
	for _, q := range questions {
		is := last.answer(q.name, q.typ)
		for i, z := range m.versions[:len(m.versions)-1] {
			was := z.answer(q.name, q.typ)
			if was != is && was.data+is.data != "" && now < m.at[i+1]+m.p+was.ttl {
				return true
			}
		}
	}
	return false
}

// mailTypes is the types of records that a move has to do with, and who serves.
var mailTypes = []uint16{dns.TypeMX, dns.TypeA, dns.TypeAAAA, dns.TypeTXT, dns.TypeCNAME, dns.TypeSRV, dns.TypeNS}

// every is the names of all versions, services too, and one below each.
func (m *modelTime) every() []string {
	var out []string
	for _, z := range m.versions {
		for n := range z.exists {
			out = append(out, n, "zz."+n)
		}
	}
	return out
}
