package ui

import (
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// action is what a component asks for beyond itself: one of the types below. Only (*app).perform carries
// actions out.
type action any

// level is how a message is meant.
type level int

const (
	levelInfo level = iota
	levelGood
	levelError
)

// pane numbers the panes in the order in which tab visits them.
type pane int

const (
	paneNames pane = iota
	paneRecords
	paneDelivery
	paneProblems
	paneSource
	paneCount
)

// spot is a place in a file of the zone. It outlives the version it was found in: it is only looked at.
type spot struct {
	file string
	off  uint32
}

// The actions.
type (
	// change edits the document; edits are made against its newest version.
	change struct {
		title string // what undo and the review call it, as "add MX mx1"
		make  func(*zonefile.Zone) ([]zonefile.Edit, error)
		// follow is the record that the cursor stays on; without one the cursor goes where the change is.
		follow zonefile.Record
		find   func(*zonefile.Zone) zonefile.Record // finds a record that is new; nil if there is none
		stay   bool                                 // leaves the cursor where it is: the change is in many places
		then   []action                             // done if the change could be made
	}
	undo       struct{}
	redo       struct{}
	push       struct{ dialog dialog } // puts a dialog on top
	pop        struct{}                // closes the top dialog
	focus      struct{ pane pane }
	selectName struct{ name zonefile.Name } // shows another name's records
	look       struct{ at spot }            // lets the panes that follow show a place
	visit      struct{ at spot }            // goes to the record at a place
	say        struct {
		text  string
		level level
	}
	search struct {
		text string
		back bool
	}
	runLine struct{ line string }   // a `:` command
	goLine  struct{ line int }      // goes to a line of the file shown
	review  struct{ then []action } // shows what a save would write; then is done after it
	bulk    struct {                // changes all marked names
		repoint bool // else the TTL
		arg     string
	}
	outside struct{} // edits a copy in the user's own editor
	fixSafe struct{} // makes all safe fixes
	help    struct{}
	write   struct { // saves without another question: the review has asked
		saving saving
		then   []action
	}
	reloadZone    struct{ then []action } // makes named read the saved file; then is done when it serves it
	saveElsewhere struct{ path string }   // writes a copy of the edited file
	copyText      struct{}                // hands what is under the cursor to the terminal's clipboard
	reload        struct{ force bool }
	lookOnly      struct{ why string }           // edits nothing from here on
	lookAtBoth    struct{}                       // shows what another program has changed, and what was changed here
	takeOver      struct{ without []string }     // makes the edits again in the file as another program has changed it
	migrate       struct{ to preview.Migration } // remembers what is moved where
	recovery      struct {                       // restores or deletes what an earlier session left
		left    disk.Recovery
		restore bool
	}
	renew   struct{} // begins the recovery log anew and examines the zone, after a save
	whatIf  struct{ set func(*sender) }
	mouse   struct{} // turns the mouse on or off
	suspend struct{}
	quit    struct{ force bool }
)
