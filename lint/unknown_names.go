package lint

// What a file holds and cannot be seen here: the records of a $GENERATE that is one too many to be written out,
// and of an $INCLUDE that was not read. A name that they might hold is not called missing.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// unknownNames is the names that a zone might hold beside those that it is known to hold: by how they end, how they start. A
// zone may have thousands of such places: a name asks for its own ends and starts, not for each place.
type unknownNames map[string]map[string]bool

// add adds the names that start and end so.
func (u unknownNames) add(prefix, suffix string) {
	if u[suffix] == nil {
		u[suffix] = map[string]bool{}
	}
	u[suffix][prefix] = true
}

// holds tells whether a name might be one of them.
func (u unknownNames) holds(name string) bool {
	for i := len(name); len(u) > 0 && i >= 0; i-- {
		prefixes := u[name[i:]]
		for j := 0; len(prefixes) > 0 && j <= len(name); j++ {
			if prefixes[name[:j]] {
				return true
			}
		}
	}
	return false
}

// Unseen is the names that a zone might hold in what cannot be seen of it; the zero Unseen holds none.
type Unseen struct{ names unknownNames }

// UnseenOf finds what cannot be seen of a zone.
func UnseenOf(z *zonefile.Zone) Unseen { return Unseen{findUnknownNames(z)} }

// MightHold tells whether a name might be among it.
func (u Unseen) MightHold(n zonefile.Name) bool { return u.names.holds(string(n)) }

// MightHoldBelow tells whether a name below one might be among it: what a $GENERATE puts in front of its last $ is taken as a label.
func (u Unseen) MightHoldBelow(n zonefile.Name) bool {
	for suffix := range u.names {
		if suffix == "" || strings.HasSuffix(suffix, "."+string(n)) {
			return true
		}
	}
	return false
}

// findUnknownNames looks for $GENERATE and unread $INCLUDE in a zone.
func findUnknownNames(z *zonefile.Zone) unknownNames {
	names := unknownNames{}
	for f := range z.Files() {
		for w := range z.Inclusions(f) {
			if w.Kind() == zonefile.RowGenerate {
				if w.Unwritten() {
					names.addGenerated(w)
				}
			} else if inner, err := w.Included(); err != nil || inner == nil {
				names.add("", "")
			}
		}
	}
	return names
}

// addGenerated adds the names that a $GENERATE makes: what stands around the first and the last $. Of an owner with
// escapes or a name of its own, as @, only that it is in the zone.
func (u unknownNames) addGenerated(w zonefile.Row) {
	_, owner, _ := w.Generated()
	owner = strings.ToLower(owner)
	first, last, below := strings.IndexByte(owner, '$'), strings.LastIndexByte(owner, '$'), w.Origin()
	if first < 0 || below == "" || strings.ContainsAny(owner, `\"`) {
		u.add("", "")
		return
	}
	tail := owner[last+1:]
	if end := strings.IndexByte(tail, '}'); strings.HasPrefix(tail, "{") && end >= 0 {
		tail = tail[end+1:]
	}
	switch {
	case strings.HasSuffix(tail, "."):
	case below == zonefile.Root:
		tail += "."
	default:
		tail += "." + string(below)
	}
	u.add(owner[:first], tail)
}
