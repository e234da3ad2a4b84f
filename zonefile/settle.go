package zonefile

// settle keeps the law of the package: an edit never changes the meaning of an entry that it does not
// touch. It applies the edits, compares the entries that were linked anew with what they meant before,
// and writes out what one of them has lost (its owner, its TTL) until none has lost anything. One such
// addition usually serves all the lines that follow, because they inherit it in turn.

import (
	"errors"
	"fmt"
	"strconv"
)

// maxSettle bounds the rounds of one operation: each repairs as many lines as it can, and a handful do for any zone that is
// known. More are those of two repairs that undo each other.
const maxSettle = 50

// errEndless is what is said then.
const errEndless = "what is written out for one line changes another again, correct the errors of the zone first"

// intent is an operation that is not settled yet: its edits, and the records that are meant to change.
type intent struct {
	edits   []Edit
	touched []Record
	owned   bool   // those that are touched keep their owner
	set     Record // that has to load afterwards as it did before; the zero Record for none
}

// touch is how much of a record is meant to change.
type touch uint8

const (
	touchNothing touch = iota
	touchData          // not its owner
	touchAll
)

// touch is how much of the records that it touches an operation is meant to change.
func (in intent) touch() touch {
	if in.owned {
		return touchData
	}
	return touchAll
}

// settle completes edits. Entries of touched records are meant to change.
func (z *Zone) settle(edits []Edit, touched ...Record) ([]Edit, error) {
	edits, _, err := z.settled(intent{edits: edits, touched: touched})
	return edits, err
}

// settled completes the edits of some operations, and gives the version that they make.
func (z *Zone) settled(intents ...intent) ([]Edit, *Zone, error) {
	var asked []Edit
	touched := map[Record]touch{}
	for _, in := range intents {
		asked = append(asked, in.edits...)
		for _, r := range in.touched {
			touched[r] = max(touched[r], in.touch())
		}
	}
	asked = closedOnce(asked)
	edits := asked
	for range maxSettle {
		next, err := z.Apply(edits...)
		if err != nil {
			return nil, nil, err
		}
		harms := z.harms(next, edits, asked, touched)
		repair, err := firstHarm(harms, next)
		if err != nil {
			return nil, nil, err
		}
		if len(repair) == 0 {
			if repair, err = z.ttlHarm(harms, next, edits, touched); err != nil {
				return nil, nil, z.home(err, edits)
			}
		}
		if len(repair) == 0 {
			return edits, next, checkSet(intents, next, edits)
		}
		edits = z.compose(edits, repair)
	}
	return nil, nil, fmt.Errorf("%w: %s", errMeaning, errEndless)
}

// firstHarm is the repairs of the first file whose entries mean something else in next; none when all is well.
func firstHarm(harms []*harm, next *Zone) ([]Edit, error) {
	kept := map[*chunk]bool{}
	for f := range next.Files() {
		for _, c := range f.chunks {
			kept[c] = true
		}
	}
	for _, h := range harms {
		for ci, c := range h.old.chunks {
			if kept[c] { // entered as before: what was handed down above has no part in it
				h.handed, h.named, h.seen = false, nil, Record{}
				continue
			}
			if done, err := h.chunk(ci, c); done || err != nil {
				return h.repairs, err
			}
		}
		if len(h.repairs) > 0 {
			return h.repairs, nil
		}
	}
	return nil, nil
}

// checkSet refuses changes after which a record that was set would not load, unless it did not load before.
func checkSet(intents []intent, next *Zone, edits []Edit) error {
	files := map[*File]arranged{}
	for _, in := range intents {
		f := in.set.file
		if f == nil {
			continue
		}
		if _, known := files[f]; !known {
			files[f] = arrange(editsOf(edits, f.name))
		}
		if err := in.set.checkIn(next, files[f]); err != nil {
			return err
		}
	}
	return nil
}

// checkIn is checkSet for one record.
func (r Record) checkIn(next *Zone, edits arranged) error {
	if _, bad := (Row{r}).Problem(); bad {
		return nil
	}
	is := r.now(next, edits)
	if p, bad := is.Problem(); bad {
		return blame(strconv.Quote(string(p.File.Slice(p.Span))), p.Message)
	}
	if is.Record().IsZero() {
		return r.refuse(errors.New("the line would not be a record any more"))
	}
	return nil
}
