package lint

// A run goes through zones that are loaded together, name by name and on all cores, and knows what all visits share. Its
// rules are given to it.

import (
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/zonefile"
)

// all visits every name of every zone, on all cores, and gives what was found, sorted. What each name
// depends on goes into readers, unless that is nil.
func (r *run) all(readers map[zonefile.Name][]visitor) []Diagnostic {
	r.tracking = readers != nil
	if r.opt.Progress != nil {
		r.opt.Progress.Step("records checked", r.facts.records)
	}
	found := r.visitAll(readers)
	onAllCores(len(r.zones), func(i int) {
		p := r.pass(i)
		p.found = found[i]
		p.visitZone(wholeZone)
		p.visitZone(theFindings)
		found[i] = p.found
	})
	raw := slices.Concat(found...)
	slices.SortStableFunc(raw, byPlace)
	return raw
}

// onAllCores does something for each number below n.
func onAllCores(n int, do func(i int)) {
	var next atomic.Int64
	var done crash.Group
	for range min(n, runtime.GOMAXPROCS(0)) {
		done.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	done.Wait()
}

// batch is how many names a worker takes at a time.
const batch = 512

// task is names of a zone that a worker takes.
type task struct {
	zone  int
	nodes []zonefile.Node
}

// visitAll visits every name of every zone, and gives what was found by zone.
func (r *run) visitAll(readers map[zonefile.Name][]visitor) [][]Diagnostic {
	found := make([][]Diagnostic, len(r.zones))
	work, used := make(chan task, ahead), make(chan []zonefile.Node, 2*ahead)
	var done crash.Group
	var mu sync.Mutex
	take := func(p *Pass) {
		mu.Lock()
		defer mu.Unlock()
		found[p.zone] = append(found[p.zone], p.found...)
		p.remember(readers)
	}
	for range runtime.GOMAXPROCS(0) {
		done.Go(func() { r.work(work, used, take) })
	}
	for i, z := range r.zones {
		deal(work, used, i, z)
	}
	close(work)
	done.Wait()
	return found
}

// ahead is how many batches wait for a worker.
const ahead = 4

// deal deals a zone's names out in batches, in lists that come back when they are used.
func deal(work chan<- task, used <-chan []zonefile.Node, i int, z *zonefile.Zone) {
	nodes := fresh(used)
	for node := range z.Nodes() {
		if nodes = append(nodes, node); len(nodes) == batch {
			work <- task{i, nodes}
			nodes = fresh(used)
		}
	}
	work <- task{i, nodes}
}

// fresh is an empty list: a used one if there is one.
func fresh(used <-chan []zonefile.Node) []zonefile.Node {
	select {
	case nodes := <-used:
		return nodes[:0]
	default:
		return make([]zonefile.Node, 0, batch)
	}
}

// work visits the names that are dealt out. It has a Pass of its own for each zone, and hands it in when the next
// zone begins.
func (r *run) work(tasks <-chan task, used chan<- []zonefile.Node, take func(*Pass)) {
	defer crash.Drain(tasks)
	var p *Pass
	for t := range tasks {
		if p != nil && p.zone != t.zone {
			take(p)
			p = nil
		}
		if p == nil {
			p = r.pass(t.zone)
		}
		p.visitBatch(t.nodes)
		select {
		case used <- t.nodes:
		default:
		}
	}
	if p != nil {
		take(p)
	}
}

// visitBatch visits some names.
func (p *Pass) visitBatch(nodes []zonefile.Node) {
	records := 0
	p.beside = nodes
	for i, node := range nodes {
		p.at = i
		p.visit(node)
		p.end()
		records += len(node.Records)
	}
	p.beside = nil
	if told := p.run.opt.Progress; told != nil {
		told.Done(records)
	}
}

// run is what one run over some zones shares.
type run struct {
	zones    []*zonefile.Zone
	opt      Options
	rules    []*Rule
	active   []active
	ignores  [][]ignore                       // per zone
	in       zonefile.Zones                   // zones, asked as one
	against  map[zonefile.Name]*zonefile.Zone // what opt.Against has, by its origin
	order    map[*zonefile.File]int
	unseen   map[*zonefile.Zone]unseen // of zones that have some
	usualTTL []uint32                  // per zone: its first $TTL
	public   []bool                    // per zone: it is one of the Internet's
	tracking bool                      // reads are remembered

	facts     facts
	apexDNAME map[zonefile.Name]bool // zones whose own name has a DNAME
	reverse   bool                   // a reverse zone is loaded
}

// active is a rule that runs.
type active struct {
	*Rule
	severity Severity
}

// newRun prepares a run of rules.
func newRun(rules []*Rule, zones []*zonefile.Zone, opt Options) *run {
	r := &run{zones: zones, in: zonefile.Together(zones...), opt: opt, rules: rules,
		order: map[*zonefile.File]int{}, unseen: map[*zonefile.Zone]unseen{}}
	r.against = map[zonefile.Name]*zonefile.Zone{}
	for _, old := range slices.Backward(opt.Against) { // of several with one origin the first counts
		r.against[old.Origin()] = old
	}
	for _, rule := range rules {
		if s := opt.severity(rule); s != 0 {
			r.active = append(r.active, active{Rule: rule, severity: s})
		}
	}
	onAllCores(len(zones), func(i int) { zones[i].Exists(zones[i].Origin()) }) // makes the indexes
	r.facts = findFacts(zones)
	r.apexDNAME = map[zonefile.Name]bool{}
	for _, z := range zones {
		r.place(z)
		r.apexDNAME[z.Origin()] = r.facts.types[zonefile.TypeDNAME] && z.Node(z.Origin()).Has(zonefile.TypeDNAME)
		r.reverse = r.reverse || z.Origin().Within("arpa.")
		r.usualTTL = append(r.usualTTL, usualTTL(z))
		r.public = append(r.public, public(z.Origin()))
		if names := findUnseen(z); len(names) > 0 {
			r.unseen[z] = names
		}
		r.ignores = append(r.ignores, r.findIgnores(z))
	}
	return r
}

// place puts the files of a zone behind those of the zones before it.
func (r *run) place(z *zonefile.Zone) {
	for f := range z.Files() {
		r.order[f] = len(r.order)
	}
}

// after is the run over the same zones with zone i in a new version, in which no directive changed.
func (r *run) after(i int, z *zonefile.Zone, edits []zonefile.Edit) *run {
	next := *r
	next.zones, next.ignores = slices.Clone(r.zones), slices.Clone(r.ignores)
	next.zones[i] = z
	if names := r.unseen[r.zones[i]]; names != nil { // no directive changed
		next.unseen = maps.Clone(r.unseen)
		next.unseen[z] = names
	}
	next.ignores[i] = r.ignoresAfter(i, z, edits)
	next.in, next.order = zonefile.Together(next.zones...), map[*zonefile.File]int{}
	for _, z := range next.zones {
		next.place(z)
	}
	return &next
}

// pass is a new pass over zone i. Views of one zone have the same origin: to the other zones it is the first.
func (r *run) pass(i int) *Pass {
	if z := r.zones[i]; z.Origin() != "" && r.in.Deepest(z.Origin()) != z {
		view := *r
		view.in = r.in.From(z)
		r = &view
	}
	return &Pass{Zone: r.zones[i], zone: i, run: r, hosts: map[zonefile.Name]*host{}, due: map[kinds][]*active{}, readings: map[string]*reading{}}
}
