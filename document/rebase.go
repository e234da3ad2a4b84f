package document

// Another program has changed the file while it was edited here, or the zone was edited here while an editor had a copy: the
// edits are carried over to the newest text where they touch other lines than those that were changed, and the others are
// listed.

import (
	"errors"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Rebased is what becomes of edits in a file that another program has changed.
type Rebased struct {
	Edits []zonefile.Edit // against the new file
	Lost  []string        // the lines, with their signs, of those that touch what the other program changed
}

// errBothChanged says that the edits and the other program changed the same lines.
var errBothChanged = errors.New("both sides changed the same lines: compare them, then make the edits again")

// all is the edits if they all fit.
func (r Rebased) all() ([]zonefile.Edit, error) {
	if len(r.Lost) > 0 {
		return nil, errBothChanged
	}
	return r.Edits, nil
}

// Rebase carries what was done from old to mine over to theirs, by lines.
func Rebase(old, mine, theirs *zonefile.Zone) Rebased { return Comparison{}.Rebase(old, mine, theirs) }

// Rebase carries it over while somebody waits.
func (c Comparison) Rebase(old, mine, theirs *zonefile.Zone) Rebased {
	var out Rebased
	for f := range old.Files() {
		if a := mine.File(f.Name()); a != nil {
			out.add(c, string(f.Bytes()), string(a.Bytes()), theirs.File(f.Name()))
		}
	}
	return out
}

// RebaseText carries what was done from a text to another over to a file that has the first text or another one; nil if there
// is no such file any more.
func RebaseText(old, mine string, theirs *zonefile.File) (out Rebased) {
	out.add(Comparison{}, old, mine, theirs)
	return out
}

// add carries what was done in one file. An edit that was made there, too, need not be made.
func (r *Rebased) add(c Comparison, old, mine string, theirs *zonefile.File) {
	if mine == old {
		return
	}
	ours, others := c.changes(old, mine), []textEdit(nil)
	if theirs != nil {
		others = c.changes(old, string(theirs.Bytes()))
	}
	for _, e := range ours {
		shift, ok := shiftOver(others, e)
		switch {
		case slices.Contains(others, e):
		case !ok || theirs == nil:
			r.Lost = append(r.Lost, signed("-", old[e.start:e.end])...)
			r.Lost = append(r.Lost, signed("+", e.text)...)
		default:
			span := zonefile.Span{Start: uint32(e.start + shift), End: uint32(e.end + shift)}
			r.Edits = append(r.Edits, zonefile.Edit{File: theirs, Span: span, New: e.text})
		}
	}
}

// signed is the lines of a text behind a sign.
func signed(sign, text string) []string {
	var out []string
	for l := range strings.Lines(text) {
		out = append(out, sign+" "+zonefile.TrimLineEnd(l))
	}
	return out
}

// shiftOver is how far an edit moves when others, in their order, are made first; false if it touches one of them.
func shiftOver(others []textEdit, e textEdit) (shift int, ok bool) {
	for _, o := range others {
		switch {
		case o.end < e.start || o.end == e.start && o.start < o.end && e.start < e.end:
			shift += len(o.text) - (o.end - o.start)
		case o.start > e.end || o.start == e.end && o.start < o.end && e.start < e.end:
			return shift, true
		default:
			return 0, false
		}
	}
	return shift, true
}
