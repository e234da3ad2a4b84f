package ui

// The zones of the name server: what `mailzone` alone shows. The first frame stands before any zone file is read; what is found
// in the files comes in from the top while keys answer, and while a zone is edited.

import (
	"cmp"
	"slices"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/ui/draw"
)

// ZoneNews is what was found out of a zone: its file was read, or its problems are known, too.
type ZoneNews struct {
	Zone     int // of the configuration's
	Serial   string
	Mail     preview.Way // how mail for the zone itself goes
	Routes   []document.HostedRoute
	Err      string // why the file could not be read
	Examined bool
	Problems []string // those of the zone, a line each, errors and warnings
	Errors   int
	Warnings int
}

// ZonesOptions say which zones are listed, and how one comes to know them.
type ZonesOptions struct {
	Options                                                            // how the screen looks
	State    string                                                    // where undo copies are kept; "" is the place for the user's own zones
	Conf     server.Configuration                                      // what the name server has
	Question string                                                    // what is asked by the list, in the place of the name of the configuration; "" if nothing is
	Quiet    func(z server.Zone) bool                                  // no name of the zone can receive mail
	Examine  func(tell func(ZoneNews), stop func() bool) error         // finds out about all zones; it runs beside the screen
	Edit     func(z server.Zone, readOnly bool) (Options, error)       // how a zone is opened
	Now      func() time.Time                                          // the clock by which serials are raised
	Change   func(zones []server.Zone, e ZonesEdit) (ZonesWork, error) // works out a change of zones; it runs beside the screen
}

// listedZone is a zone of the list.
type listedZone struct {
	*server.Zone
	*ZoneNews        // one that says nothing until the file was read
	name      string // as it is shown
	quiet     bool
	read      bool // the file was read, or could not be
}

// zoneColumns is how wide the columns are; 0 for one that is not shown.
type zoneColumns struct{ zone, view, kind, serial, mail, file, problems int }

// zoneList is the model.
type zoneList struct {
	*kit
	opt           ZonesOptions
	width, height int
	zones         []listedZone
	widest        zoneColumns // what they need, whatever the screen has
	list          draw.List
	rows          []zoneLine
	order         zoneOrder
	only, wanted  string
	marked        map[int]bool
	open          map[string]bool // routes, and the zones without mail, that are unfolded
	prompt        *prompt
	help          *helpScreen
	report        *zoneReport
	change        *zoneChange // that is under way; nil for none
	after         Summary     // what is told behind the screen
	message       say
	echo          echo   // the last key, until the screen has been drawn after it
	opens         int    // the zone that the user goes to; -1 for none
	doubted       int    // the zone that the next key opens in spite of what was said; -1 for none
	closed        string // why a signal or a lost terminal ended the program
	ending        tea.Cmd
	moved         bool // a key was pressed: nothing is put in another order by itself
	news          *newsBox
	busy          bool // something is still being found out
}

// newsBox holds what was found out until the screen takes it.
type newsBox struct {
	mu   sync.Mutex
	list []ZoneNews
	done bool
	err  error
	wake chan struct{}
	gone bool // nobody waits any more
}

// put adds news, and wakes who waits.
func (b *newsBox) put(n []ZoneNews, done bool, err error) {
	b.mu.Lock()
	b.list, b.done, b.err = append(b.list, n...), b.done || done, cmp.Or(err, b.err)
	b.mu.Unlock()
	select {
	case b.wake <- struct{}{}:
	default: // it is awake
	}
}

// stopped tells that nobody waits any more.
func (b *newsBox) stopped() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.gone
}

// stop lets the search end.
func (b *newsBox) stop() {
	b.mu.Lock()
	b.gone = true
	b.mu.Unlock()
}

// zonesFound says that there are news.
type zonesFound struct{ of *newsBox }

// newsEvery is the time between two drawings of what was found out: a slow line is not to be filled by them.
const newsEvery = 150 * time.Millisecond

// wait waits for news.
func (b *newsBox) wait() tea.Msg {
	<-b.wake
	return zonesFound{b}
}

// zoneAt is the zone of a row; -1 if it is of none.
func (m *zoneList) zoneAt(row int) int {
	if row < 0 || row >= len(m.rows) || m.rows[row].kind != lineZone {
		return -1
	}
	return m.rows[row].zone
}

// chosen is the zones that an act is for: those that are marked, else those of the row under the cursor.
func (m *zoneList) chosen() (zones []int) {
	for i := range m.zones {
		if m.marked[i] {
			zones = append(zones, i)
		}
	}
	if len(zones) > 0 || m.list.Cursor >= len(m.rows) {
		return zones
	}
	return slices.Clone(m.rows[m.list.Cursor].zones())
}

// zoneOrder is how the zones are put in order.
type zoneOrder int

const (
	zonesByName zoneOrder = iota
	zonesWorstFirst
	zonesByRoute
)

// does says what the key for the next order does.
func (o zoneOrder) does() string {
	if o == zonesByName {
		return "the worst first"
	}
	return "by name"
}

// lineKind tells what a row is.
type lineKind int

const (
	lineZone lineKind = iota
	lineFold          // stands for zones: a route, or those without mail
	lineNote          // says why there are no rows
)

// zoneLine is a row of the list.
type zoneLine struct {
	kind   lineKind
	zone   int
	inside bool   // it stands under a fold
	key    string // of the fold
	text   string
	tail   string // behind it, which is never cut
	of     []int  // the zones that a fold stands for
	names  int    // of a route
}

// zones is the zones that a row stands for.
func (l zoneLine) zones() []int {
	switch l.kind {
	case lineZone:
		return []int{l.zone}
	case lineFold:
		return l.of
	}
	return nil
}
