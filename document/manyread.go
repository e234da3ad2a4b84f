package document

// Many zones are read side by side. What cannot be read, or is no whole zone, is left out.

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/mailzone/mailzone/zonefile/disk"
)

// OpenMany reads zones. Nothing is held open: there may be more of them than files that a process may have open. Rest is the
// other zones that may read a file of these; it is asked for only where an included file is changed.
func OpenMany(targets []Target, opt Options, rest func() []Target) *Many {
	m := &Many{Members: make([]*Member, len(targets)), opt: opt, rest: rest, shared: &disk.Shared{Many: true}}
	sideBySide(len(targets), func(i int) { m.Members[i] = m.open(targets[i]) })
	m.leaveTwinsOut()
	return m
}

// open reads one zone.
func (m *Many) open(t Target) *Member {
	mem := &Member{Target: t}
	if t.Out != "" {
		mem.out(false, t.Out)
		return mem
	}
	opt := m.opt
	opt.Path, opt.Origin, opt.Directory, opt.ReadOnly, opt.Shared = t.Path, t.Origin, t.Directory, true, m.shared
	st, z, err := Open(opt)
	if err != nil {
		mem.out(true, err.Error())
		mem.gone = errors.Is(err, fs.ErrNotExist)
		return mem
	}
	st.Close()
	mem.store, mem.Before = st, z
	if why := mem.unfit(); why != "" {
		mem.out(true, why)
	} else if why, yes := z.ReadOnly(); yes {
		mem.out(false, why)
	}
	return mem
}

// unfit says why a zone that was read cannot be changed with others: what is not seen of it may be what has to change.
func (m *Member) unfit() string {
	z := m.Before
	if why := NotText(z); why != "" {
		return why
	}
	if _, whole := z.SOA(); !whole {
		return "it has no SOA of its own: it is no whole zone"
	}
	for f := range z.Files() {
		for w := range z.Inclusions(f) {
			if _, err := w.Included(); err != nil {
				at := f.Position(w.Span().Start)
				return fmt.Sprintf("%s:%d: not included: %v", f.Name(), at.Line, err)
			}
		}
	}
	if saves := m.store.Interrupted().Saves; len(saves) > 0 {
		return InterruptedText(saves[0], m.Path)
	}
	return ""
}

// leaveTwinsOut leaves all but the first out of the zones that are of one file.
func (m *Many) leaveTwinsOut() {
	first := map[string]*Member{}
	for _, mem := range m.Members {
		if mem.Before == nil {
			continue
		}
		switch path := mem.store.PathOf(mem.Before.Root().Name()); {
		case first[path] == nil:
			first[path] = mem
		case mem.State != LeftOut:
			mem.out(false, "its file is that of "+first[path].Path)
		}
	}
}
