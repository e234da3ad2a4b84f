package lint

// A tour goes through the names of a zone, and calls the rules that are due at each.

import "github.com/mailzone/mailzone/zonefile"

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

// follows takes over from the tour of another zone, by the same worker, what does not depend on the zone: among many small zones it would
// cost more than their names.
func (t *tour) follows(before *tour) {
	t.texts.readings, t.texts.buffer = before.texts.readings, before.texts.buffer
	t.hosts.follows(&before.hosts)
	t.mx = before.mx
	t.words = before.words
	if n := len(t.active); n > 0 && n == len(before.active) && &t.active[0] == &before.active[0] && t.partial == before.partial {
		t.due = before.due
	}
}

// visit lets every rule that cares about a name look at it.
func (t *tour) visit(node zonefile.Node) {
	if node.Name != "" { // lines above every owner: syntax speaks of them
		t.turn(node)
		for _, a := range t.dueFor(t.kinds()) {
			t.rule = a
			if !a.Lack || !t.run.mightHold(node.Name) {
				a.Check(t.Pass)
			}
		}
	}
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
	t.ofZone = true
	for i := range t.active {
		a := &t.active[i]
		check := a.Zone
		if a.Visits == about {
			check = a.Check
		}
		if check != nil && (a.Visits == about || about == wholeZone) && !(a.Census && t.partial) && !(a.Lack && t.run.mightHold(apex.Name)) {
			t.turn(apex)
			t.rule = a
			check(t.Pass)
		}
	}
	t.ofZone = false
}

// visitText lets the rules look that are about lines.
func (t *tour) visitText(text part) {
	t.text, t.ofZone = text, true
	for i := range t.active {
		if a := &t.active[i]; a.Visits == theText {
			t.rule = a
			a.Check(t.Pass)
		}
	}
	t.ofZone = false
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

// visitBatch visits some names.
func (t *tour) visitBatch(nodes []zonefile.Node) {
	records := 0
	t.hosts.beside = nodes
	ended := t.run.opt.Ended
	for i, node := range nodes {
		if ended != nil && ended() {
			break
		}
		t.hosts.at = i
		t.visit(node)
		records += len(node.Records)
	}
	t.hosts.beside = nil
	if told := t.run.opt.Progress; told != nil {
		told.Done(records)
	}
}
