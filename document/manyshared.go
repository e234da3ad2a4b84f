package document

// Zones may share a file that they include. It is changed once for all of them, if all want the same change and their serials are
// raised; if not, nobody changes it.

import (
	"bytes"
	"fmt"

	"github.com/mailzone/mailzone/zonefile"
)

// places is which zones have which files, by the paths of the files, in the order of the zones.
func (m *Many) places() (order []string, users map[string][]fileOf) {
	users = map[string][]fileOf{}
	for _, mem := range m.Members {
		if mem.Before == nil {
			continue
		}
		for f := range mem.Before.Files() {
			path := mem.store.PathOf(f.Name())
			if path == "" { // a $GENERATE stands for lines of its own
				continue
			}
			if users[path] == nil {
				order = append(order, path)
			}
			users[path] = append(users[path], fileOf{mem, f})
		}
	}
	return order, users
}

// leaveSharersOut leaves zones out that would change a file under another one that is not changed with them. One that is left
// out is another one that is not changed.
func (m *Many) leaveSharersOut() {
	order, users := m.places()
	strangers := m.strangers(order, users)
	for again := true; again; {
		again = false
		for _, path := range order {
			for _, f := range users[path] {
				if f.member.State != Changed || !f.changed() {
					continue
				}
				why := strangers[path]
				if why == "" {
					why = apart(f, users[path])
				}
				if why != "" {
					f.member.out(false, f.file.Name()+": "+why)
					again = true
				}
			}
		}
	}
}

// apart says which other zone of a file is not changed with it, "" if all are.
func apart(f fileOf, all []fileOf) string {
	for _, other := range all {
		if other.member == f.member {
			continue
		}
		if next := other.next(); next == nil || !bytes.Equal(next.Bytes(), f.next().Bytes()) {
			return fmt.Sprintf("%s reads this file too, and it would not be changed with it", other.member.Name())
		}
	}
	return ""
}

// strangers says of changed files that zones include which other zones read them: of all that are not to be changed.
func (m *Many) strangers(order []string, users map[string][]fileOf) map[string]string {
	why := map[string]string{}
	for _, path := range order {
		for _, f := range users[path] {
			if f.member.State == Changed && !f.isRoot() && f.changed() {
				why[path] = ""
			}
		}
	}
	if len(why) == 0 || m.rest == nil {
		return nil
	}
	targets := m.rest()
	others := make([]*Member, len(targets))
	sideBySide(len(targets), func(i int) { others[i] = m.open(targets[i]) })
	for _, mem := range others {
		if mem.Before == nil && !mem.gone {
			for path := range why {
				why[path] = fmt.Sprintf("nobody knows whether %s reads this file too: %s", mem.Name(), mem.Reason)
			}
			continue
		}
		for f := range filesOf(mem) {
			path := mem.store.PathOf(f.Name())
			if _, asked := why[path]; asked {
				why[path] = fmt.Sprintf("%s reads this file too, and is not to be changed", mem.Name())
			}
		}
	}
	return why
}

// filesOf is the files of a zone, none if it was not read.
func filesOf(m *Member) func(yield func(*zonefile.File) bool) {
	if m.Before == nil {
		return func(func(*zonefile.File) bool) {}
	}
	return m.Before.Files()
}
