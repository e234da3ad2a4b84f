package lint

// What DNS has to be asked so that rules know what no loaded zone says. Asking is not done here.

import (
	"cmp"
	"maps"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// Questions is what DNS has to be asked so that the rules about exchanges know what is outside the zones, the
// replies in opt.Outside left out: addresses of exchanges, names of addresses, and the addresses of those names.
// Replies lead to further questions, until there are none. Nothing is asked that the zones answer themselves, nor
// about addresses that only a site itself knows. They are in order, for each of the zones.
func Questions(zones []*zonefile.Zone, opt Options) [][]Question {
	asked := make([]map[Question]bool, len(zones))
	for i := range asked {
		asked[i] = map[Question]bool{}
	}
	visitExchanges(zones, opt, func(p *Pass, x *exchange) { p.askExchange(asked[p.zone], x) })
	out := make([][]Question, len(zones))
	for i := range asked {
		out[i] = slices.SortedFunc(maps.Keys(asked[i]), func(a, b Question) int {
			return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Type, b.Type))
		})
	}
	return out
}

// visitExchanges visits the exchanges of all names.
func visitExchanges(zones []*zonefile.Zone, opt Options, visit func(*Pass, *exchange)) {
	r := newRun(zones, opt)
	for i, z := range zones {
		p := r.pass(i)
		for node := range z.Nodes() {
			if !node.Has(zonefile.TypeMX) {
				continue
			}
			p.turn(node)
			for _, x := range p.Real() {
				visit(p, x)
			}
		}
	}
}

// MaxReverse is how many addresses of an exchange, and how many names of an address, DNS is asked about: whoever runs the
// host decides how many there are. Of the others no rule claims anything.
const MaxReverse = 16

// Crowded is the exchanges that have more addresses than MaxReverse, with how many they have.
func Crowded(zones []*zonefile.Zone, opt Options) map[zonefile.Name]int {
	many := map[zonefile.Name]int{}
	visitExchanges(zones, opt, func(_ *Pass, x *exchange) {
		if n := len(x.found.addresses); n > MaxReverse {
			many[x.host] = n
		}
	})
	return many
}

// askExchange adds the questions about one exchange.
func (p *Pass) askExchange(asked map[Question]bool, x *exchange) {
	if _, lacks := p.lacksDotOf(x); lacks || x.address.IsValid() || x.host.Within("localhost.") {
		return
	}
	p.askHost(asked, x.host)
	for _, a := range x.found.addresses[:min(len(x.found.addresses), MaxReverse)] {
		if zonefile.SpecialAddress(a).Reach != zonefile.Everybody {
			continue
		}
		name := zonefile.Backwards(a)
		p.ask(asked, name, zonefile.TypePTR)
		back := p.run.lookup(name, zonefile.TypePTR).Records
		for _, r := range back[:min(len(back), MaxReverse)] {
			if host, ok := r.Target(); ok {
				p.askHost(asked, host)
			}
		}
	}
}

// askHost adds the questions about the addresses of a host. Where the zones hold some below a delegation, what
// DNS says would hide that they are not served.
func (p *Pass) askHost(asked map[Question]bool, n zonefile.Name) {
	if len(addressRecords(p.NodeAt(n))) == 0 {
		p.ask(asked, n, zonefile.TypeA)
		p.ask(asked, n, zonefile.TypeAAAA)
	}
}

// ask adds a question that leads out of the zones and was not answered yet.
func (p *Pass) ask(asked map[Question]bool, n zonefile.Name, t zonefile.Type) {
	a := p.run.loaded(n, t)
	q := Question{a.Name, t}
	if (a.Result == zonefile.Outside || a.Result == zonefile.Delegated) && a.Name != zonefile.Root && !p.run.opt.Outside.known(q) {
		asked[q] = true
	}
}
