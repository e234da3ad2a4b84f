package lint

// Findings come in the order of their places while names are still visited, so that who prints them holds few of them at a
// time: what is said of a name stands at its own records, and names are visited in the order in which they first stand in
// the file. So all that is found before the next name is final. What a zone's ignores may be about waits for the zone's end.

import (
	"container/heap"
	"iter"
	"slices"
)

// each visits every name of every zone and yields what was found, sorted. With silent, what comments silence is left out.
func (s *schedule) each(silent bool) iter.Seq[*Diagnostic] {
	if s.opt.Progress != nil {
		s.opt.Progress.Step("records checked", s.contents.records)
	}
	return func(yield func(*Diagnostic) bool) {
		c := collection{schedule: s, silent: silent, yield: yield, told: map[uint64]bool{}}
		for v := range s.visits() {
			c.add(v.found)
			if !c.tell(v) {
				return
			}
		}
	}
}

// all is each as a list, what comments silence among it. There may be very many, and who keeps them keeps no room for more.
func (s *schedule) all() []Diagnostic {
	const some = 4096
	var full [][]Diagnostic
	var last []Diagnostic
	for d := range s.each(false) {
		if len(last) == some {
			full, last = append(full, last), make([]Diagnostic, 0, some)
		}
		last = append(last, *d)
	}
	return slices.Concat(append(full, last)...)
}

// collection is findings that are not yielded yet.
type collection struct {
	*schedule
	silent bool
	yield  func(*Diagnostic) bool
	lists  found           // sorted lists
	told   map[uint64]bool // what was told once of the zone
	made   repeated
}

// add adds what was found in a task, without what is told once and was.
func (c *collection) add(list []*Diagnostic) {
	c.push(slices.DeleteFunc(list, func(d *Diagnostic) bool {
		again := d.once != 0 && c.told[d.once]
		if d.once != 0 {
			c.told[d.once] = true
		}
		return again
	}))
}

// push adds a sorted list.
func (c *collection) push(list []*Diagnostic) {
	if len(list) > 0 {
		heap.Push(&c.lists, list)
	}
}

// tell yields what is final; false where nobody wants more.
func (c *collection) tell(v visited) bool {
	if len(c.ignores[v.zone]) > 0 && !v.last {
		return true
	}
	if len(c.ignores[v.zone]) > 0 {
		c.judgeIgnores(v.zone)
	}
	for len(c.lists) > 0 && c.lists[0][0].before(v.upTo) {
		if d := c.lists.take(); (!c.silent || !c.made.repeats(d)) && !c.yield(d) {
			return false
		}
	}
	if v.last {
		clear(c.told)
	}
	return true
}

// judgeIgnores looks at all that was found in a zone: ignores that are about nothing are found, and what others are about
// goes.
func (c *collection) judgeIgnores(zone int) {
	var raw []Diagnostic
	for len(c.lists) > 0 {
		raw = append(raw, *c.lists.take())
	}
	t := c.tour(zone, false)
	t.carried = raw
	t.visitZone(theFindings)
	slices.SortStableFunc(t.found, byPlace)
	raw = merge(raw, t.found)
	var gone []bool
	if c.silent {
		gone = c.silenced(c.ignores[zone], raw)
	}
	var list []*Diagnostic
	for i := range raw {
		if gone == nil || !gone[i] {
			list = append(list, &raw[i])
		}
	}
	c.push(list)
}

// found is sorted lists, of which the first begins with the first finding of all.
type found [][]*Diagnostic

// Len, Less, Swap, Push and Pop are those of heap.Interface.
func (f found) Len() int           { return len(f) }
func (f found) Less(i, j int) bool { return compare(f[i][0], f[j][0]) < 0 }
func (f found) Swap(i, j int)      { f[i], f[j] = f[j], f[i] }
func (f *found) Push(list any)     { *f = append(*f, list.([]*Diagnostic)) }
func (f *found) Pop() any {
	last := (*f)[len(*f)-1]
	*f = (*f)[:len(*f)-1]
	return last
}

// take takes the first finding of all.
func (f *found) take() *Diagnostic {
	d := (*f)[0][0]
	if (*f)[0] = (*f)[0][1:]; len((*f)[0]) == 0 {
		heap.Pop(f)
	} else if len(*f) > 1 {
		heap.Fix(f, 0)
	}
	return d
}
