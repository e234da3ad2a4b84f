package lint

// The names of zones are dealt out in batches to workers, on all cores, and what is found in them is collected in the
// order in which they were dealt. Few batches are on their way at a time, however many names there are.

import (
	"iter"
	"math"
	"runtime"
	"slices"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/zonefile"
)

// ahead is how many batches are on their way at a time.
const ahead = 8

// spot is where a finding stands: in which of all files, and at which byte.
type spot struct {
	order int
	start uint32
}

// before tells whether a finding stands before a place.
func (d *Diagnostic) before(at spot) bool {
	return d.order < at.order || d.order == at.order && d.Span.Start < at.start
}

// task is names of a zone and lines that a worker takes. The first one of a zone has none: it is about the zone itself.
type task struct {
	number int // in the order in which all are dealt
	zone   int
	whole  bool // it is about the zone itself
	nodes  []zonefile.Node
	text   part
	upTo   spot // later ones find nothing that stands before it
	last   bool // of its zone
}

// visited is what was found in a task, sorted.
type visited struct {
	task
	found []*Diagnostic
}

// dealing is tasks on their way to workers and back.
type dealing struct {
	*schedule
	size  int                  // of a batch
	work  chan task            // to the workers
	done  chan visited         // back from them
	room  chan struct{}        // as many as are on their way
	used  chan []zonefile.Node // lists that may be filled again
	quit  chan struct{}        // closed: nobody wants more
	next  int                  // number of the next task
	group crash.Group
}

// visits visits all names of all zones, and yields what was found in the order of the names.
func (s *schedule) visits() iter.Seq[visited] {
	return func(yield func(visited) bool) {
		d := &dealing{schedule: s, size: s.batchSize, work: make(chan task, ahead), done: make(chan visited, ahead),
			room: make(chan struct{}, ahead), used: make(chan []zonefile.Node, 2*ahead), quit: make(chan struct{})}
		d.group.Go(d.deal)
		d.group.Go(d.employ)
		d.collect(yield)
		d.group.Wait()
	}
}

// collect yields what comes back, in order.
func (d *dealing) collect(yield func(visited) bool) {
	defer func() { // also where yield panics: who works must not wait for ever
		close(d.quit)
		for range d.done {
		}
	}()
	early := map[int]visited{}
	for v := range d.done {
		early[v.number] = v
		for next := d.next; ; next = d.next {
			v, here := early[next]
			if !here {
				break
			}
			delete(early, next)
			d.next++
			more := yield(v)
			d.free(v)
			if !more {
				return
			}
		}
	}
}

// free makes room for another task.
func (d *dealing) free(v visited) {
	if v.nodes != nil {
		select {
		case d.used <- v.nodes:
		default:
		}
	}
	<-d.room
}

// over tells whether nobody wants more.
func (d *dealing) over() bool {
	select {
	case <-d.quit:
		return true
	default:
		return false
	}
}

// employ lets workers visit what is dealt.
func (d *dealing) employ() {
	defer close(d.done)
	var workers crash.Group
	for range runtime.GOMAXPROCS(0) {
		workers.Go(d.visit)
	}
	workers.Wait()
}

// visit visits what is dealt. Of each zone a worker has a tour of its own. One that has failed answers all the same, for
// each task is waited for.
func (d *dealing) visit() {
	var t *tour
	var failed *crash.Error
	for some := range d.work {
		v := visited{task: some}
		if failed == nil && !d.over() {
			if t == nil || t.zone != some.zone {
				before := t
				if t = d.tour(some.zone, false); before != nil {
					t.follows(before)
				}
			}
			failed = crash.Try(func() { v.found = t.take(some) })
		}
		d.done <- v
	}
	if failed != nil {
		panic(failed)
	}
}

// take visits what a task is about.
func (t *tour) take(some task) []*Diagnostic {
	t.found = make([]Diagnostic, 0, min(cap(t.found), batch)) // the next task finds about as much; one about the zone may find very much
	if some.whole {
		t.visitZone(wholeZone)
	}
	t.visitBatch(some.nodes)
	if some.text.file != nil {
		t.visitText(some.text)
	}
	return inOrder(t.found)
}

// inOrder is findings in the order of their places.
func inOrder(found []Diagnostic) []*Diagnostic {
	out := make([]*Diagnostic, len(found))
	for i := range found {
		out[i] = &found[i]
	}
	slices.SortStableFunc(out, compare)
	return out
}

// deal deals all zones out.
func (d *dealing) deal() {
	defer close(d.work)
	number := 0
	for i, z := range d.zones {
		hand := hand{dealing: d, zone: i, number: &number, root: z.Root()}
		if !hand.deal(z) {
			return
		}
	}
}

// hand deals the names of one zone, and its text beside them: behind each batch the lines before the next name. So what is
// said of lines waits for few names, and what is said of names for few lines, however many are wrong.
type hand struct {
	*dealing
	zone   int
	number *int
	root   *zonefile.File
	next   uint32 // names that are still to be dealt stand at this byte of the root file or behind it
	read   uint32 // and its lines that are
}

// spot is the place up to which all is dealt.
func (h *hand) spot() spot { return spot{h.order[h.root], h.read} }

// deal deals the zone itself, its names and its lines. One that is no more than a batch is one task: among ten thousand such, what
// is done for each task would cost more than what is done in it.
func (h *hand) deal(z *zonefile.Zone) bool {
	nodes, begun := h.list(), false
	for node := range z.Nodes() {
		if !h.visitsName(node) {
			continue
		}
		h.reach(node)
		if len(nodes) == h.size {
			if !begun && !h.begin() || !h.giveBatch(nodes) {
				return false
			}
			nodes, begun = h.list(), true
		}
		nodes = append(nodes, node)
	}
	end := spot{math.MaxInt, 0}
	h.next = uint32(h.root.Size())
	if !begun && h.next <= partSize && h.isAlone(z) {
		return h.give(task{whole: true, nodes: nodes, text: part{h.root, zonefile.Span{End: h.next}}, upTo: end, last: true})
	}
	return (begun || h.begin()) && h.giveBatch(nodes) && h.giveIncluded(z) && h.give(task{upTo: end, last: true})
}

// begin deals the zone itself.
func (h *hand) begin() bool { return h.give(task{whole: true, upTo: h.spot()}) }

// isAlone tells whether the zone is in its own file alone.
func (h *hand) isAlone(z *zonefile.Zone) bool {
	for f := range z.Files() {
		if f != h.root {
			return false
		}
	}
	return true
}

// reach notes that a name is the next to be dealt. Names come in the order in which BIND reads them: while an included file
// is read, the place is that of the last one in the zone's own file, and what the included one has waits for the end.
func (h *hand) reach(node zonefile.Node) {
	if first := node.Records[0]; first.File() == h.root {
		h.next = first.Span().Start
	}
}

// giveBatch gives names, and the lines of the root file before the next name.
func (h *hand) giveBatch(nodes []zonefile.Node) bool {
	for text := range parts(h.root, zonefile.Span{Start: h.read, End: h.next}) {
		h.read = text.span.End
		if !h.give(task{nodes: nodes, text: text, upTo: h.spot()}) {
			return false
		}
		nodes = nil
	}
	return true
}

// giveIncluded gives the lines of all files but the root.
func (h *hand) giveIncluded(z *zonefile.Zone) bool {
	for f := range z.Files() {
		if f == h.root {
			continue
		}
		for text := range parts(f, zonefile.Span{End: uint32(f.Size())}) {
			if !h.give(task{text: text, upTo: spot{h.order[f], text.span.End}}) {
				return false
			}
		}
	}
	return true
}

// list is an empty list: a used one if there is one.
func (h *hand) list() []zonefile.Node {
	select {
	case nodes := <-h.used:
		return nodes[:0]
	default:
		return make([]zonefile.Node, 0, h.size)
	}
}

// give gives a task to the workers; false where nobody wants more.
func (h *hand) give(t task) bool {
	t.number, t.zone = *h.number, h.zone
	*h.number++
	select {
	case <-h.quit:
		return false
	case h.room <- struct{}{}:
		h.work <- t
		return true
	}
}
