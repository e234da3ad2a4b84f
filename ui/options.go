package ui

// What the program is told at its start, and what it makes of that for its components.

import (
	"os"
	"time"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
	"github.com/mailzone/mailzone/zonefile/presets"
)

// Options say what to edit and how to show it.
type Options struct {
	Path        string // the zone file; unused with Demo
	Origin      zonefile.Name
	Directory   string   // where relative $INCLUDE paths start; "" if it is not known
	IncludeDirs []string // more directories that included files may be in
	ReadOnly    bool
	New         bool         // a name that is free is a zone to be made
	Lint        lint.Options // which rules run and what they go by; the day and what to compare with are the editor's
	Notes       []string     // what the user should know before the first key, beside what is known of the files
	ASCII       bool         // draw with ASCII alone; so does any locale that is not UTF-8
	Color       string       // "auto" (the zero value too), "always" or "never"
	Mouse       bool
	Demo        bool // edit a copy of the sample zone that is built in
	In, Out     *os.File

	Asking document.Asking // how the name server is asked

	Presets func() ([]presets.Preset, error) // of providers of mail; nil: those that come with the program

	back   bool   // esc leads back to the list of zones
	inList string // how many problems the zone has in that; "" if it has none, or nobody knows yet

	Told func(zonefile.Told) // hears which zone the file is, and what tells it, before Run ends; nil if nobody asks

	rest  time.Duration                         // without a key until what follows a cursor is drawn; 0: at every key
	held  func()                                // keeps work from beginning that is done beside the screen; nil: nobody does
	told  func(openStep)                        // hears how far the opening is; nil if nobody asks
	stamp func(path string) (disk.Stamp, error) // tells when a file was written; nil: the file system does
	watch time.Duration                         // from one look at the files to the next; 0: nobody looks
	sight func(name string) (disk.Stamp, error) // looks at a file; nil: the file system does
	now   func() time.Time                      // the clock of what is remembered; nil: the machine's
	state string                                // where undo copies are kept; "" is the place for the user's own zones
}

// document is the part of the options that the document goes by.
func (o Options) document() document.Options {
	return document.Options{Path: o.Path, Origin: o.Origin, Directory: o.Directory, IncludeDirs: o.IncludeDirs, ReadOnly: o.ReadOnly, New: o.New, Lint: o.Lint,
		State: o.state, Stamp: o.stamp, Sight: o.sight, Now: o.now, Asking: o.Asking, Told: o.Told, Parsing: func() { o.tell(stepParse) }}
}

// tell says that a step of the opening begins.
func (o Options) tell(s openStep) {
	if o.told != nil {
		o.told(s)
	}
}

// newKit makes what every component works with.
func newKit(doc *document.Session, opt Options) *kit {
	utf8 := !opt.ASCII && LocaleIsUTF8()
	color := opt.Color == "always" || opt.Color != "never" && os.Getenv("NO_COLOR") == ""
	k := &kit{doc: doc, Pen: draw.NewPen(color, utf8), keys: newKeys(), utf8: utf8, planning: planning{entered: map[string][]string{}, lastFields: map[string]string{}, heard: newHeard()},
		out: opt.Out, framing: framing{following: following{rest: opt.rest}}, beginning: beginning{opt.Notes, opt.Demo, opt.watch, opt.held, opt.back, opt.inList, opt.Presets}}
	if k.presets == nil {
		k.presets = func() ([]presets.Preset, error) { return presets.Builtin(), nil }
	}
	if os.Getenv("TERM") == "linux" { // the console's fonts lack the triangle
		k.Glyphs.Mark = ">"
	}
	return k
}

// openStep is one of the steps in which a zone is opened.
type openStep int

const (
	stepRead openStep = iota
	stepParse
	stepMap
	stepCount
)
