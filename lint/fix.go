package lint

// Pieces of fixes that several rules share.

import (
	"github.com/mailzone/mailzone/zonefile"
)

// nameText writes a name into a record's field the way the field is written now: absolute if it is, else
// relative to the origin in force where that is possible.
func nameText(r zonefile.Record, f zonefile.Field, n zonefile.Name) string {
	if t, ok := r.Token(int(f)); ok && !isRelative(t.Text()) && t.Text() != "@" {
		return string(n)
	}
	return n.In(r.Origin())
}

// behindSet is the place behind the last record of the RRset that a record stood in before edits were made.
func behindSet(z *zonefile.Zone, r zonefile.Record, edits []zonefile.Edit) zonefile.Place {
	if len(edits) > 0 {
		if moved := r.In(z, edits).Record(); !moved.IsZero() {
			r = moved
		}
	}
	set := z.RRset(r.Owner(), r.Type())
	if len(set) == 0 {
		return zonefile.After(r)
	}
	return zonefile.After(set[len(set)-1])
}

// deletion is a fix that deletes records.
func deletion(z *zonefile.Zone, message string, safe bool, records ...zonefile.Record) Fix {
	return Fix{
		Message: message,
		Safe:    safe,
		Make:    func(...string) ([]zonefile.Edit, error) { return z.Delete(records...) },
	}
}

// setField is a fix that changes one field of one record.
func setField(z *zonefile.Zone, message string, safe bool, r zonefile.Record, f zonefile.Field, text string) Fix {
	return Fix{
		Message: message,
		Safe:    safe,
		Make:    func(...string) ([]zonefile.Edit, error) { return z.Set(r, f, text) },
	}
}

// insertText is a fix that writes text into a line as it is: the lines below keep inheriting from it.
func insertText(message string, safe bool, f *zonefile.File, at uint32, text string) Fix {
	return Fix{
		Message: message,
		Safe:    safe,
		Make: func(...string) ([]zonefile.Edit, error) {
			return []zonefile.Edit{{File: f, Span: zonefile.Span{Start: at, End: at}, New: text}}, nil
		},
	}
}
