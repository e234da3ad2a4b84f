package lint

// A tour goes through the names of zones, on all cores, and calls the rules that are due at each.

import (
	"runtime"
	"slices"
	"sync"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/zonefile"
)

// tour takes a Pass from name to name.
type tour struct {
	*Pass
	active  []active            // the rules that run
	due     map[kinds][]*active // rules by what a name is
	partial bool                // not all names are visited: rules with a Census do not run
}

// tour is a new tour of zone i.
func (s *schedule) tour(i int, partial bool) *tour {
	return &tour{Pass: s.pass(i), active: s.active[i], due: map[kinds][]*active{}, partial: partial}
}

// visit lets every rule that cares about a name look at it.
func (t *tour) visit(node zonefile.Node) {
	if node.Name != "" { // lines above every owner: syntax speaks of them
		t.turn(node)
		for _, a := range t.dueFor(t.kinds()) {
			t.rule = a
			a.Check(t.Pass)
		}
	}
	t.seen.end(t.Node.Name, t.run.in)
}

// dueFor is the rules that visit a name that is of some kinds. Few sets of them occur, so each is worked out once.
func (t *tour) dueFor(is kinds) []*active {
	due, known := t.due[is]
	if known {
		return due
	}
	for i := range t.active {
		if a := &t.active[i]; a.Visits&is != 0 && !(a.Census && t.partial) {
			due = append(due, a)
		}
	}
	t.due[is] = due
	return due
}

// visitZone lets the rules look that are about the zone, or about what was found.
func (t *tour) visitZone(about kinds) {
	apex := t.Zone.Node(t.Zone.Origin())
	for i := range t.active {
		if a := &t.active[i]; a.Visits == about && !(a.Census && t.partial) {
			t.turn(apex)
			t.rule = a
			a.Check(t.Pass)
		}
	}
}

// kinds is what the visited name is.
func (t *tour) kinds() kinds {
	is := everyName
	if len(t.Node.Records) > 1 {
		is |= severalRecords
	}
	if t.Node.Name == t.Zone.Origin() {
		is |= theApex
	}
	for _, r := range t.Node.Records {
		is |= ownerKind(r.Type())
	}
	if is&txtOwners != 0 {
		is |= t.textKinds()
	}
	return is
}

// textKinds is what the TXT records of the visited name are for, by its labels and their texts.
func (t *tour) textKinds() (is kinds) {
	if len(t.spfRecords()) > 0 {
		is |= spfOwners
	}
	switch n := t.Node.Name; n.Label() {
	case dmarcLabel:
		is |= dmarcOwners
	case stsLabel:
		is |= stsOwners
	case "_smtp":
		if n.Parent().Label() == "_tls" {
			is |= tlsrptOwners
		}
	}
	if isSelector(t.Node.Name) {
		is |= dkimOwners
	}
	return is
}

// all visits every name of every zone, on all cores, and gives what was found, sorted. What each name
// depends on goes into readers, unless that is nil.
func (s *schedule) all(readers map[zonefile.Name][]visitor) []Diagnostic {
	s.tracking = readers != nil
	if s.opt.Progress != nil {
		s.opt.Progress.Step("records checked", s.contents.records)
	}
	found := s.visitAll(readers)
	onAllCores(len(s.zones), func(i int) {
		t := s.tour(i, false)
		t.found = found[i]
		t.visitZone(wholeZone)
		t.visitZone(theFindings)
		found[i] = t.found
	})
	raw := slices.Concat(found...)
	slices.SortStableFunc(raw, byPlace)
	return raw
}

// batch is how many names a worker takes at a time.
const batch = 512

// task is names of a zone that a worker takes.
type task struct {
	zone  int
	nodes []zonefile.Node
}

// visitAll visits every name of every zone, and gives what was found by zone.
func (s *schedule) visitAll(readers map[zonefile.Name][]visitor) [][]Diagnostic {
	found := make([][]Diagnostic, len(s.zones))
	work, used := make(chan task, ahead), make(chan []zonefile.Node, 2*ahead)
	var done crash.Group
	var mu sync.Mutex
	take := func(t *tour) {
		mu.Lock()
		defer mu.Unlock()
		found[t.zone] = append(found[t.zone], t.found...)
		t.seen.remember(t.zone, readers)
	}
	for range runtime.GOMAXPROCS(0) {
		done.Go(func() { s.work(work, used, take) })
	}
	for i, z := range s.zones {
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

// work visits the names that are dealt out. It has a tour of its own of each zone, and hands it in when the next zone
// begins.
func (s *schedule) work(tasks <-chan task, used chan<- []zonefile.Node, take func(*tour)) {
	defer crash.Drain(tasks)
	var t *tour
	for some := range tasks {
		if t != nil && t.zone != some.zone {
			take(t)
			t = nil
		}
		if t == nil {
			t = s.tour(some.zone, false)
		}
		t.visitBatch(some.nodes)
		select {
		case used <- some.nodes:
		default:
		}
	}
	if t != nil {
		take(t)
	}
}

// visitBatch visits some names.
func (t *tour) visitBatch(nodes []zonefile.Node) {
	records := 0
	t.hosts.beside = nodes
	for i, node := range nodes {
		t.hosts.at = i
		t.visit(node)
		records += len(node.Records)
	}
	t.hosts.beside = nil
	if told := t.run.opt.Progress; told != nil {
		told.Done(records)
	}
}
