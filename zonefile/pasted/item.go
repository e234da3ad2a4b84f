package pasted

// What is told of a text: its records one by one, each in the ways in which it can be read, and the lines that are none.

import (
	"github.com/mailzone/mailzone/zonefile"
)

// State is what becomes of a record.
type State uint8

// The states of a record.
const (
	Taken   State = iota // it can be added
	Asked                // it can be added; somebody has to want it
	Has                  // the zone, or the text above, has it already
	Refused              // it is no record, or none that the zone could hold
)

// Way is a record as it may be read.
type Way struct {
	Record zonefile.Draft // what would be added; the zero one where nothing was read
	State  State
	Why    string   // why it is not simply taken
	Says   []string // how names were read, and what was mended
}

// Item is a record, or lines that are none.
type Item struct {
	From, To int    // the lines of the text, from 1
	Source   string // the first of them, as it stood
	Ways     []Way  // one, or two where names may be read as whole names and as a zone file reads them
	At       int    // which of them counts
	On       bool   // it is to be added
}

// Way is the way that counts.
func (i Item) Way() Way { return i.Ways[i.At] }

// CanAdd tells whether the record can be added.
func (i Item) CanAdd() bool { return i.Way().State <= Asked }

// IsRecord tells whether something was read as a record.
func (i Item) IsRecord() bool { return i.Way().Record.Type != 0 }

// Turn reads the record in its other way.
func (i *Item) Turn() {
	i.At = (i.At + 1) % len(i.Ways)
	i.On = i.Way().State == Taken
}

// Edits adds the records that are on, in their order.
func Edits(z *zonefile.Zone, items []Item) ([]zonefile.Edit, error) {
	var steps []func(*zonefile.Zone) ([]zonefile.Edit, error)
	for _, i := range items {
		if i.On && i.CanAdd() {
			d := i.Way().Record
			steps = append(steps, func(z *zonefile.Zone) ([]zonefile.Edit, error) { return z.Add(d) })
		}
	}
	return zonefile.Chain(z, steps...)
}
