package document

// Many zones are given their edits.

import (
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// Change gives each zone its edits, and a higher serial where they change anything. A zone that they cannot be given is refused.
func (m *Many) Change(now time.Time, edit func(*zonefile.Zone) ([]zonefile.Edit, error)) {
	sideBySide(len(m.Members), func(i int) {
		mem := m.Members[i]
		if mem.State == LeftOut {
			return
		}
		edits, err := Raised(mem.Before, now, edit)
		if err == nil && len(edits) > 0 && !Idle(edits) {
			mem.Next, err = mem.Before.Apply(edits...)
		}
		switch {
		case err != nil:
			mem.State, mem.Reason, mem.Failed, mem.Next = Refused, err.Error(), true, nil
		case mem.Next == nil:
			mem.State = Unchanged
		default:
			mem.State, mem.Edits = Changed, edits
		}
	})
	m.leaveSharersOut()
}
