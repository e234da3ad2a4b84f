package zonefile

// Where a name has records that were commented out: a screen shows them where they stood, so that who takes one out for an
// hour sees what is to come back. A comment of a million would cost a second to read all of; there only those that stand
// beside the name's records are found, which is where CommentOut leaves them, and a name that has no others is not.

import (
	"iter"
	"maps"
	"slices"
)

const (
	commentsEverywhere = 20000 // entries of a zone in which every comment is read
	commentsBeside     = 64    // rows that are looked at on each side of a record in a bigger one
)

// CommentedOut is the rows at which a name has records that were commented out, those beside one record in the order of the file.
func (z *Zone) CommentedOut(n Name) []Row {
	if z.Entries() > commentsEverywhere {
		return z.commentedBeside(n)
	}
	z.commentedOnce.Do(z.findCommented)
	var found []Row
	for _, r := range z.commented[n] {
		found = append(found, Row{r})
	}
	return found
}

// OnlyCommentedOut yields the names of the zone of which all records were commented out, in order, each with the name that has
// the records above. Those of a big zone are not known.
func (z *Zone) OnlyCommentedOut() iter.Seq2[Name, Name] {
	return func(yield func(n, above Name) bool) {
		if z.Entries() > commentsEverywhere {
			return
		}
		z.commentedOnce.Do(z.findCommented)
		for _, n := range slices.Sorted(maps.Keys(z.commented)) {
			if n.Within(z.Origin()) && len(z.Node(n).Records) == 0 && !yield(n, Row{z.commented[n][0]}.ownerAbove()) {
				return
			}
		}
	}
}

// findCommented reads every comment of the zone.
func (z *Zone) findCommented() {
	z.commented = map[Name][]Record{}
	within := 0 // rows that go on with the one above
	var above Row
	for w := range z.Rows() {
		switch {
		case within > 0:
			within--
			continue
		case w.Kind() == RowRecord:
			above = w
			continue
		}
		owner := w.ownerAbove
		if !above.IsZero() && above.File() == w.File() {
			owner = above.Owner // known already: a file may be all comments
		}
		if c, ok := w.commentedBelow(owner); ok {
			z.commented[c.Owner] = append(z.commented[c.Owner], w.r)
			within = c.Rows - 1
		}
	}
}

// commentedBeside reads the comments around the records of a name.
func (z *Zone) commentedBeside(n Name) (found []Row) {
	for _, r := range z.Node(n).Records {
		for _, step := range []func(Record) Record{Record.prevRow, Record.nextRow} {
			w := Row{step(r)}
			for i := 0; i < commentsBeside && !w.IsZero() && w.Kind() == RowBlank; i++ {
				if c, ok := w.Commented(); ok && c.Owner == n && !slices.Contains(found, w) {
					found = append(found, w)
				}
				w = Row{step(w.r)}
			}
		}
	}
	return found
}
