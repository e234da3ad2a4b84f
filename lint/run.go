package lint

import (
	"runtime"
	"slices"
	"sync"

	"github.com/mailzone/mailzone/zonefile"
)

// Run finds what is wrong with zones that are loaded together, sorted by file, line and column. A name
// in any of the zones counts as inside.
func Run(zones []*zonefile.Zone, opt Options) []Diagnostic {
	r := newRun(zones, opt)
	return r.unsilenced(r.all(nil))
}

// all visits every name of every zone, on all cores, and gives what was found, sorted. What each name
// depends on goes into readers, unless that is nil.
func (r *run) all(readers map[zonefile.Name][]visitor) []Diagnostic {
	r.tracking = readers != nil
	var raw []Diagnostic
	for i := range r.zones {
		p := r.pass(i)
		p.found = r.visitAll(i, readers)
		p.visitZone()
		raw = append(raw, p.found...)
	}
	slices.SortStableFunc(raw, compare)
	return raw
}

// batch is how many names a worker takes at a time.
const batch = 512

// visitAll visits every name of zone i. Names are dealt out in batches; each worker has a Pass of its own.
func (r *run) visitAll(i int, readers map[zonefile.Name][]visitor) (found []Diagnostic) {
	work := make(chan []zonefile.Node, 4)
	var done sync.WaitGroup
	var mu sync.Mutex
	for range runtime.GOMAXPROCS(0) {
		done.Go(func() {
			p := r.pass(i)
			for nodes := range work {
				for _, node := range nodes {
					p.visit(node)
					p.end()
				}
			}
			mu.Lock()
			defer mu.Unlock()
			found = append(found, p.found...)
			p.remember(readers)
		})
	}
	nodes := make([]zonefile.Node, 0, batch)
	for node := range r.zones[i].Nodes() {
		if nodes = append(nodes, node); len(nodes) == batch {
			work <- nodes
			nodes = make([]zonefile.Node, 0, batch)
		}
	}
	work <- nodes
	close(work)
	done.Wait()
	return found
}

// run is what one run over some zones shares.
type run struct {
	zones    []*zonefile.Zone
	opt      Options
	rules    []*Rule // All; a rule itself must not name the list that it is in
	active   []active
	ignores  [][]ignore  // per zone
	bits     [256]uint64 // of a record type: the bit that stands for it in sets of types
	byApex   map[zonefile.Name]*zonefile.Zone
	order    map[*zonefile.File]int
	unseen   []unseen
	usualTTL []uint32 // per zone: its first $TTL
	tracking bool     // reads are remembered

	facts     facts
	apexDNAME map[zonefile.Name]bool // zones whose own name has a DNAME
	reverse   bool                   // a reverse zone is loaded
}

// active is a rule that runs.
type active struct {
	*Rule
	severity Severity
	types    uint64 // the set of types it visits; 0 for the whole zone
}

// anyType is the bit that every name has.
const anyType = 1

// newRun prepares a run.
func newRun(zones []*zonefile.Zone, opt Options) *run {
	r := &run{zones: zones, opt: opt, rules: All,
		byApex: map[zonefile.Name]*zonefile.Zone{}, order: map[*zonefile.File]int{}}
	next := uint(1)
	for _, rule := range All {
		if s := opt.severity(rule); s != 0 {
			a := active{Rule: rule, severity: s}
			for _, t := range rule.Visits {
				a.types |= r.bit(t, &next)
			}
			r.active = append(r.active, a)
		}
	}
	r.facts = findFacts(zones)
	r.apexDNAME = map[zonefile.Name]bool{}
	for i, z := range zones {
		r.place(z)
		r.apexDNAME[z.Origin()] = r.facts.types[zonefile.TypeDNAME] && z.Node(z.Origin()).Has(zonefile.TypeDNAME)
		r.reverse = r.reverse || z.Origin().Within("arpa.")
		r.usualTTL = append(r.usualTTL, usualTTL(z))
		r.unseen = append(r.unseen, findUnseen(z, i)...)
		r.ignores = append(r.ignores, r.findIgnores(z))
	}
	return r
}

// place makes a zone and its files known.
func (r *run) place(z *zonefile.Zone) {
	if z.Origin() != "" {
		r.byApex[z.Origin()] = z
	}
	for f := range z.Files() {
		r.order[f] = len(r.order)
	}
}

// after is the run over the same zones with zone i in a new version, in which no directive changed.
func (r *run) after(i int, z *zonefile.Zone, edits []zonefile.Edit) *run {
	next := *r
	next.zones, next.ignores = slices.Clone(r.zones), slices.Clone(r.ignores)
	next.zones[i] = z
	next.ignores[i] = r.ignoresAfter(i, z, edits)
	next.byApex, next.order = map[zonefile.Name]*zonefile.Zone{}, map[*zonefile.File]int{}
	for _, z := range next.zones {
		next.place(z)
	}
	return &next
}

// bit is the bit of a type, a new one if it has none. Rules visit types below 256 only.
func (r *run) bit(t zonefile.Type, next *uint) uint64 {
	if t == zonefile.TypeANY {
		return anyType
	}
	if r.bits[t] == 0 {
		r.bits[t] = 1 << *next
		*next++
	}
	return r.bits[t]
}

// typesOf is the set of a name's types.
func (r *run) typesOf(n zonefile.Node) uint64 {
	set := uint64(anyType)
	for _, rec := range n.Records {
		if t := rec.Type(); int(t) < len(r.bits) {
			set |= r.bits[t]
		}
	}
	return set
}

// pass is a new pass over zone i.
func (r *run) pass(i int) *Pass {
	return &Pass{Zone: r.zones[i], zone: i, run: r, hosts: map[zonefile.Name]*host{}, due: map[uint64][]*active{}}
}
