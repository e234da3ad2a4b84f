package cli

// One run of the command line, and how it may end: all commands know this, and it knows none of them.

import (
	"bufio"
	"io"
	"runtime/debug"
	"time"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// The exit statuses.
const (
	statusDone   = 0 // done, and nothing found
	statusFound  = 1 // lint found something; the mail of a domain bounces, is deferred or loops
	statusUsage  = 2 // the command line is wrong
	statusFailed = 3 // something could not be read or written
)

// ExitStatus is how a command may end.
type ExitStatus struct {
	Status int
	Means  string
}

// ExitStatuses is all that there are, the same for every command.
func ExitStatuses() []ExitStatus {
	return []ExitStatus{
		{statusDone, "Done, and nothing was found."},
		{statusFound, "lint found something that --fail-on asks for; the mail of a domain bounces, is deferred or comes back to its sender; " +
			"a plan asks what only a human knows; a merge has conflicts; a check found what is not so, or not yet; --diff has printed a difference."},
		{statusUsage, "The command line is wrong."},
		{statusFailed, "Something could not be read, written or asked, or is wrong with a zone; what could be done is done all the same."},
	}
}

// look is how what is printed looks: as wide as the terminal is, in colours or not, and how much of it there is.
type look struct {
	columns    int // how wide the terminal is that out goes to; 0 if it goes elsewhere, where lines stay whole
	errColumns int // and that of err

	color   choice
	colored func() bool // whether there are colours; asked once, when the flags are known
	patch   bool        // what is printed is a patch and nothing else
	quiet   bool        // neither sums nor notes
}

// program is one run of the command line.
type program struct {
	in       io.Reader
	terminal io.Writer     // what out writes to
	out      *bufio.Writer // keeps its first error, which Main reports
	err      io.Writer     // writes to watched, behind all that was printed before
	watched  io.Writer     // standard error
	utf8     bool          // the locale's

	look
	now    func() time.Time
	where  server.Where    // the name server's configuration is, as flags say
	asking document.Asking // how the name server is asked

	ownSettings func() settings // the user's own, read once
	notes       []string        // what was told and did not stop the command
}

// stdinName is how messages call a zone that was read from standard input.
const stdinName = "<stdin>"

// bigZones is the size in bytes from which on zones are big.
const bigZones = 8 << 20

// collectOften lets less memory lie about that nobody uses beside big zones, until it is undone: what lint and the map make
// is soon over. To collect it twice as often cost no time that could be measured, on zones of a million records, and saved a
// quarter of the memory.
func collectOften(zones []*zonefile.Zone) (undo func()) {
	size := 0
	for _, z := range zones {
		for f := range z.Files() {
			size += f.Size()
		}
	}
	return collectFor(size)
}

// collectForMany is collectOften for so many zones that nobody has read yet.
func collectForMany(zones int) (undo func()) {
	const least = 4 << 10 // that a zone of some lines is as much to collect as, beside its text
	return collectFor(zones * least)
}

// collectFor is collectOften for zones of a size in bytes.
func collectFor(size int) (undo func()) {
	if size < bigZones {
		return func() {}
	}
	before := debug.SetGCPercent(50)
	return func() { debug.SetGCPercent(before) }
}
