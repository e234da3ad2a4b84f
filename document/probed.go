package document

// What DNS says about names outside the zones. The rules say what they want to know, package probe asks, and neither
// knows the other: here the questions of the one become those of the other, within limits. Whoever runs a host that a
// zone names decides how many addresses it has and how many names these lead back to, and so how many questions follow.

import (
	"context"
	"net/netip"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/probe"
	"github.com/mailzone/mailzone/zonefile"
)

// MaxQuestions is how many questions DNS is asked for one zone. Of what is beyond no rule claims anything.
const MaxQuestions = 256

// SystemResolver is the file in which the system keeps the servers to ask.
const SystemResolver = "/etc/resolv.conf"

// SystemServers is the servers that the system asks.
func SystemServers() ([]netip.AddrPort, error) { return probe.SystemServers(SystemResolver) }

// Probed is what DNS was asked for the rules, and what came of it. The zero value: it was not asked.
type Probed struct {
	Outside *lint.Outside           // the answers
	Asked   []lint.Question         // whether or not an answer came
	Failed  map[lint.Question]error // no sure answer
	Late    []lint.Question         // the time was over before their turn came
	Beyond  []Beyond                // the limit of a zone was reached before their turn came
	Crowded map[zonefile.Name]int   // see lint.Crowded

	admitted map[lint.Question]bool // those that are, were or would have been asked
	asked    []int                  // how many of them for each zone
}

// Beyond is how many questions a zone has that were not asked, for it had MaxQuestions already. Their answers might have
// led to more.
type Beyond struct {
	Zone      *zonefile.Zone
	Questions int
}

// AskDNS asks servers what the rules need to know about names outside the zones, until ctx ends. Answers lead to further
// questions, until there are none. Tell hears of each destination before the first packet to it; nil if nobody does.
func AskDNS(ctx context.Context, servers []netip.AddrPort, zones []*zonefile.Zone, rules lint.Options, tell func(line string)) Probed {
	p := Probed{Failed: map[lint.Question]error{}, admitted: map[lint.Question]bool{}, asked: make([]int, len(zones))}
	door := &probe.Door{Tell: tell}
	if rules.Progress != nil {
		door.Done = rules.Progress.Done
	}
	for {
		wanted := lint.Questions(zones, rules)
		round := p.admit(wanted)
		if len(round) == 0 {
			p.Outside, p.Crowded = rules.Outside, lint.Crowded(zones, rules)
			p.countBeyond(zones, wanted)
			return p
		}
		if rules.Progress != nil {
			rules.Progress.Step("questions to DNS", len(round))
		}
		rules.Outside = rules.Outside.With(p.take(round, door.Resolve(ctx, servers, "names outside the zones", round)))
	}
}

// admit is the questions whose turn it is: each once, and not more for a zone than its limit. A question that several
// zones have counts for the first that has room.
func (p *Probed) admit(wanted [][]lint.Question) (round []probe.Question) {
	for i, questions := range wanted {
		for _, q := range questions {
			if !p.admitted[q] && p.asked[i] < MaxQuestions {
				p.admitted[q] = true
				p.asked[i]++
				round = append(round, probe.Question(q))
			}
		}
	}
	return round
}

// take sorts what came of a round, and is the replies among it.
func (p *Probed) take(round []probe.Question, answers map[probe.Question]probe.Answer) map[lint.Question]lint.Reply {
	replies := map[lint.Question]lint.Reply{}
	for _, asked := range round {
		q := lint.Question(asked)
		a, ok := answers[asked]
		switch {
		case !ok:
			p.Late = append(p.Late, q)
			continue
		case a.Err != nil:
			p.Failed[q] = a.Err
		default:
			replies[q] = lint.Reply{Result: a.Result, Records: a.Records}
		}
		p.Asked = append(p.Asked, q)
	}
	return replies
}

// countBeyond counts what was wanted and not admitted.
func (p *Probed) countBeyond(zones []*zonefile.Zone, wanted [][]lint.Question) {
	for i, questions := range wanted {
		n := 0
		for _, q := range questions {
			if !p.admitted[q] {
				n++
			}
		}
		if n > 0 {
			p.Beyond = append(p.Beyond, Beyond{zones[i], n})
		}
	}
}
