package lint

// When two records of one type say the same, however they are written.

import (
	"bytes"

	"github.com/mailzone/mailzone/zonefile"
)

// eachRepeated calls do with every record of a name that says what one before it says, and with the first of those. A
// name may have thousands: they meet by what they say.
func eachRepeated(records []zonefile.Record, do func(earlier, r zonefile.Record)) {
	if !mayRepeat(records) {
		return
	}
	first := map[string]zonefile.Record{}
	for _, r := range records {
		key, ok := dataKey(r)
		if !ok {
			continue
		}
		if earlier, known := first[key]; known {
			do(earlier, r)
		} else {
			first[key] = r
		}
	}
}

// fewRecords is how many records of a name are compared with each other.
const fewRecords = 16

// mayRepeat tells whether two records may say the same. Its no is sure: most names have one record of each type, or
// MX and addresses of which a number tells them apart.
func mayRepeat(records []zonefile.Record) bool {
	if len(records) > fewRecords {
		return true
	}
	for i, r := range records {
		for _, o := range records[:i] {
			if o.Type() == r.Type() && !differ(o, r) {
				return true
			}
		}
	}
	return false
}

// differ tells of two records of one type that they surely do not say the same.
func differ(a, b zonefile.Record) bool {
	switch a.Type() {
	case zonefile.TypeMX:
		x, ok1 := a.Preference()
		y, ok2 := b.Preference()
		return ok1 && ok2 && x != y || targetsDiffer(a, b)
	case zonefile.TypeNS, zonefile.TypePTR, zonefile.TypeCNAME:
		return targetsDiffer(a, b)
	case zonefile.TypeA, zonefile.TypeAAAA:
		x, ok1 := a.Addr()
		y, ok2 := b.Addr()
		return ok1 && ok2 && x != y
	case zonefile.TypeTXT:
		return textsDiffer(a, b)
	case zonefile.TypeRRSIG:
		return !a.SameSet(b)
	}
	return false
}

// targetsDiffer tells of two records that they lead to two names.
func targetsDiffer(a, b zonefile.Record) bool {
	var room1, room2 [256]byte
	x, ok1 := a.AppendTarget(room1[:0])
	y, ok2 := b.AppendTarget(room2[:0])
	return ok1 && ok2 && !bytes.Equal(x, y) && !a.IsGeneric() && !b.IsGeneric()
}

// textsDiffer tells of two TXT records that they hold two texts, wherever these are cut into strings.
func textsDiffer(a, b zonefile.Record) bool {
	var room1, room2 [512]byte
	x, _ := a.AppendJoined(room1[:0])
	y, _ := b.AppendJoined(room2[:0])
	return !bytes.Equal(x, y) && !a.IsGeneric() && !b.IsGeneric()
}

// dataKey is what a record says, with its type: of two records of one name it is the same if they say the same to BIND. It
// is false where there is nothing.
func dataKey(r zonefile.Record) (key string, ok bool) {
	t := r.Type()
	if t == zonefile.TypeA || t == zonefile.TypeAAAA {
		a, ok := r.Addr()
		return t.String() + " " + a.String(), ok
	}
	return t.String() + " " + r.CanonicalRData(), len(r.RData()) > 0
}

// rivals is those behind the first of some TXT records that say what none before them says: equal ones are served as one
// (RFC 2181 §5), and take nothing away from each other.
func rivals(all []txtValue) (others []txtValue) {
	if len(all) < 2 {
		return nil
	}
	known := map[string]bool{}
	for i, v := range all {
		key, ok := dataKey(v.Record)
		if i > 0 && !(ok && known[key]) {
			others = append(others, v)
		}
		known[key] = true
	}
	return others
}

// sameData tells whether two records of one name say the same.
func sameData(a, b zonefile.Record) bool {
	x, ok1 := dataKey(a)
	y, ok2 := dataKey(b)
	return ok1 && ok2 && x == y
}

// sameTarget tells whether two records of one type lead to the same name. Every zone is asked it, and no name is made for that.
func sameTarget(a, b zonefile.Record) bool {
	var room, more [256]byte
	x, ok1 := a.AppendTarget(room[:0])
	y, ok2 := b.AppendTarget(more[:0])
	return ok1 && ok2 && string(x) == string(y)
}
