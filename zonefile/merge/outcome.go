package merge

// What becomes of each record of a snippet, in words that commands print and programs read.

import (
	"fmt"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// Action is what becomes of a record.
type Action string

// The actions.
const (
	Added    Action = "added"
	Merged   Action = "merged"   // its terms have gone into a record of the zone
	Replaced Action = "replaced" // it stands in the place of what the zone had
	Same     Action = "same"     // the zone says it already
	Conflict Action = "conflict" // the zone says something else, and somebody has to decide
	Refused  Action = "refused"  // it cannot be what was meant, or cannot stand in the zone
	LeftOut  Action = "left-out" // the zone's own counts
)

// Outcome is what becomes of one record.
type Outcome struct {
	Owner  zonefile.Name
	Type   zonefile.Type
	Action Action
	Before string // what the zone has in its place; "" for nothing
	After  string // what it will have, or of what is not taken what the snippet has
	Reason string
	Line   int // of the snippet, from 1
}

// String is the outcome in one line, with its place in the snippet.
func (o Outcome) String() string {
	return fmt.Sprintf("%d: %s %s: %s: %s", o.Line, o.Owner, o.Type, o.Action, o.Reason)
}

// Result is what becomes of a snippet.
type Result struct {
	Outcomes []Outcome
	Edits    []zonefile.Edit // none while something is not decided
}

// Undecided counts the conflicts, and Refused what cannot be merged at all: with either nothing is.
func (r Result) Undecided() int { return r.count(Conflict) }

// Refused counts the records that cannot be merged.
func (r Result) Refused() int { return r.count(Refused) }

// count counts the records of an action.
func (r Result) count(a Action) (n int) {
	for _, o := range r.Outcomes {
		if o.Action == a {
			n++
		}
	}
	return n
}

// Preference is who counts where zone and snippet say different things.
type Preference uint8

// The preferences.
const (
	Nobody Preference = iota // somebody has to decide
	TheZone
	TheSnippet
)

// Options say how a snippet is merged.
type Options struct {
	Domain  zonefile.Name   // that names of the snippet are relative to; "" for the zone's origin
	Replace []zonefile.Type // whose RRsets give way to those of the snippet
	Prefer  Preference
	Decided map[int]Preference // by the line of the record, for single conflicts
}

// prefer is who counts for the record of a line.
func (o Options) prefer(line int) Preference {
	if p, decided := o.Decided[line]; decided {
		return p
	}
	return o.Prefer
}

// replaces tells whether the RRsets of a type give way.
func (o Options) replaces(t zonefile.Type) bool { return slices.Contains(o.Replace, t) }
