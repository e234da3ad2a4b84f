package document

// Many zones that are changed together: they are read, each is given its edits and a higher serial, and all are saved as one. What
// cannot follow is left out with its reason, and is never a part of the save.

import (
	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// State is what becomes of one of many zones.
type State string

// The states of a zone: whatever is not LeftOut or Refused goes on.
const (
	Unchanged State = "unchanged" // there is nothing to change in it
	Changed   State = "changed"
	LeftOut   State = "left-out" // it is no part of what is done
	Refused   State = "refused"  // what is asked for cannot be made of it
	Stored    State = "saved"
)

// Target is a zone that is to be changed.
type Target struct {
	Path      string        // the zone file
	Origin    zonefile.Name // "" if the file has to tell
	Directory string        // where relative $INCLUDE paths start; "" if it is not known
	Hosted    server.Zone   // as the name server has it; without a name if it has it not
	Out       string        // why it is left out whatever stands in it; "" if it is not
}

// Member is one of many zones.
type Member struct {
	Target
	State  State
	Reason string // of LeftOut and Refused
	Failed bool   // the reason is that something could not be read, written or asked
	Before *zonefile.Zone
	Next   *zonefile.Zone  // nil as long as nothing is to be changed
	Edits  []zonefile.Edit // of Before, with the serial
	Judged server.Judgement

	store *Store
	gone  bool // the file is not there
}

// Name is the zone's name; "" if nobody could read it.
func (m *Member) Name() zonefile.Name {
	switch {
	case m.Before != nil:
		return m.Before.Name()
	case m.Hosted.Name != "":
		return m.Hosted.Name
	}
	return m.Origin
}

// out takes a zone out.
func (m *Member) out(failed bool, why string) { m.State, m.Reason, m.Failed = LeftOut, why, failed }

// fileOf is a file of a zone by its place.
type fileOf struct {
	member *Member
	file   *zonefile.File // before
}

// next is what the file is to hold.
func (f fileOf) next() *zonefile.File {
	if f.member.State != Changed {
		return f.file
	}
	return f.member.Next.File(f.file.Name())
}

// changed tells whether it is to hold anything else.
func (f fileOf) changed() bool {
	next := f.next()
	return next != nil && !f.file.Same(next)
}

// isRoot tells whether it is the zone file itself.
func (f fileOf) isRoot() bool { return f.file == f.member.Before.Root() }

// heldFile is a file that is about to be written, for all zones that read it.
type heldFile struct {
	path string
	file *disk.File
	of   []fileOf
}

// Many is zones that are changed together.
type Many struct {
	Members []*Member
	opt     Options
	rest    func() []Target // that are not to be changed, and may read the same files; nil if nobody knows of any
	shared  *disk.Shared
	held    []*heldFile // that are about to be written
}

// sideBySide does something for each of so many numbers, on all cores, but with no more files open than a process may have.
func sideBySide(n int, do func(i int)) { crash.SideBySide(n, 16, do) }

// In is the zones of a state.
func (m *Many) In(s State) (in []*Member) {
	for _, mem := range m.Members {
		if mem.State == s {
			in = append(in, mem)
		}
	}
	return in
}

// Close gives up what has not been saved.
func (m *Many) Close() {
	for _, h := range m.held {
		h.file.Close()
	}
	m.held = nil
}

// AskDynamic asks named itself about a zone that may be dynamic; see server.Configuration.AskDynamic.
func (t *Target) AskDynamic(c server.Configuration) (answers bool) {
	t.Hosted, answers = c.AskDynamic(t.Hosted)
	return answers
}

// Forbidden says why the zone is not to be changed with others, whatever stands in it; "" if it may be. Names is the zones that
// the name server has in its file.
func (t Target) Forbidden(names []zonefile.Name) string {
	switch {
	case t.Hosted.Name == "":
		return ""
	case !t.Hosted.Editable():
		return t.Hosted.Reason
	case t.Hosted.Path == "":
		return "the directory of its file cannot be looked at"
	case len(names) > 1:
		return "its file is that of " + zonefile.Plural(len(names), "zone", "zones") + ": change it alone, with --origin"
	}
	return ""
}
