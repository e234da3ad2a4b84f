package document

// What a session knows of other programs that write into its files: what the last look saw, as long as the files are those that
// the look began with.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// Look is a look at the files as they are known now, to be run beside the screen; not while they are saved. It is nil where
// there is no file.
func (s *Session) Look() *Look {
	if s.Store == nil || s.Store.Set == nil || s.Store.Set.Root() == nil {
		return nil
	}
	return &Look{s.Store, s.Store.Set, s.Saved, s.Store.Set.Watched(), s.seen}
}

// Saw takes what a look has seen, and tells whether that is news; it is not, where the files were read or saved meanwhile.
func (s *Session) Saw(l Looked) (news bool) {
	if l.set != s.Store.Set || l.saved != s.Saved {
		return false
	}
	news = l.Changed && !(s.seen.Changed && s.Elsewhere() && slices.Equal(l.sights, s.seen.sights))
	s.seen = l
	return news
}

// Elsewhere tells whether another program is known to have changed the files.
func (s *Session) Elsewhere() bool {
	return s.Store != nil && s.seen.Changed && s.seen.set == s.Store.Set && s.seen.saved == s.Saved
}

// ElsewhereWhy is why nothing can be saved since another program has changed the files; "" if none is known to have.
func (s *Session) ElsewhereWhy() string {
	if !s.Elsewhere() {
		return ""
	}
	return s.seen.why()
}

// Theirs is what another program has made of the zone; nil if nobody knows that, or none has.
func (s *Session) Theirs() *zonefile.Zone {
	if !s.Elsewhere() {
		return nil
	}
	return s.seen.Zone
}
