package zonefile_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/references"
)

// One change everywhere before the law of names and addresses: what was listed has changed, as it was listed, and nothing else.

// lawRename is a name or an address that becomes another.
type lawRename struct {
	t        *testing.T
	z        *zonefile.Zone
	before   []string // the listing
	said     memo
	list     references.List
	ask      bool                                        // BIND
	becomes  func(r zonefile.Record, line string) string // what a line of the listing is to be
	what     string
	lines    map[zonefile.Record]references.Line
	complete bool // nothing is stuck
}

// refused wants a refusal to have a reason.
func (l *lawRename) refused(err error) bool {
	if err == nil {
		return false
	}
	if !errors.As(err, new(references.Exists)) && !strings.Contains(err.Error(), "is the name of a zone") {
		l.t.Errorf("%s: %v", l.what, err)
	}
	return true
}

// used wants who uses it to be what changes, what cannot, and what stays, and nothing else.
func (l *lawRename) used(u references.Uses) {
	want, got := map[zonefile.Row]bool{}, map[zonefile.Row]bool{}
	for _, line := range l.list.Lines {
		want[line.Record.Row()] = true
	}
	for _, k := range slices.Concat(l.list.Stuck, l.list.Kept) {
		want[k.Row] = true
	}
	for _, one := range u.List {
		if got[one.Row] {
			l.t.Errorf("%s: told twice: %s", l.what, one.Is)
		}
		got[one.Row] = true
		if !want[one.Row] {
			l.t.Errorf("%s: it uses it, and no change speaks of it: %s", l.what, one.Is)
		}
	}
	for row := range want {
		if !got[row] {
			l.t.Errorf("%s: a change speaks of it, and it is no use: %s", l.what, row.Text())
		}
	}
}

// check tries all lines, and some of them. It tells how often BIND was asked.
func (l *lawRename) check(rnd *rand.Rand, some bool) (asked int) {
	l.lines = map[zonefile.Record]references.Line{}
	for _, line := range l.list.Lines {
		l.lines[line.Record] = line
	}
	asked = l.try(l.list.Lines)
	if some && len(l.list.Lines) > 1 {
		var part []references.Line
		for _, line := range l.list.Lines {
			if rnd.IntN(2) == 0 {
				part = append(part, line)
			}
		}
		asked += l.try(part)
	}
	return asked
}

// meets tells a refusal of a part of which a record would join an RRset that stays and has another TTL.
func (l *lawRename) meets(part []references.Line, err error) bool {
	return len(part) < len(l.lines)+len(l.list.Stuck) && strings.Contains(err.Error(), "it would join ")
}

// try makes some lines' edits.
func (l *lawRename) try(part []references.Line) int {
	edits, err := references.Edits(l.z, part)
	if err != nil {
		if !strings.Contains(err.Error(), "would change what another line means") && !strings.Contains(err.Error(), "longer than") && !l.meets(part, err) {
			l.t.Errorf("%s: %v", l.what, err)
		}
		return 0
	}
	next, err := l.z.Apply(edits...)
	if err != nil {
		l.t.Errorf("%s: %v", l.what, err)
		return 0
	}
	chosen := map[zonefile.Record]bool{}
	for _, line := range part {
		chosen[line.Record] = true
	}
	var want []string
	i := 0
	for r := range l.z.Records() {
		line := l.said.joined(l.before[i])
		is := l.said.joined(l.becomes(r, l.before[i]))
		if _, broken := r.Row().Problem(); broken { // it has no meaning to keep, and none to change
			is = line
		}
		if i++; chosen[r] {
			if is == line {
				l.t.Errorf("%s: listed, and nothing to change: %s", l.what, line)
			}
			line = is
		} else if _, listed := l.lines[r]; is != line && !listed && r.Editable() == nil {
			l.t.Errorf("%s: not listed: %s", l.what, line)
		}
		want = append(want, line)
	}
	got := zonefile.Listing(next)
	for i := range got {
		got[i] = l.said.joined(got[i])
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		l.t.Errorf("%s, %d of %d lines:\n%s", l.what, len(part), len(l.lines), zonefile.Differ(want, got))
	}
	zonefile.CheckSpliced(l.t, l.z, next, edits)
	if l.ask && zonefile.Witnessed(l.t, next) {
		return 1
	}
	return 0
}
