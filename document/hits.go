package document

// Who is hit by an edit, found by comparison of two versions, whatever made the one of the other: names whose mail goes elsewhere,
// names that have problems which they had not, and names that come to the lists or leave them. It is a pure function of the two
// and may run beside the screen.

import (
	"slices"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// Hits is who is hit by an edit.
type Hits struct {
	preview.Hits
	Brought    Brought                // problems that the version before has not, and those that it alone has
	Edited     map[zonefile.Name]bool // names whose records were edited
	Gone, Made []zonefile.Name        // of them, those that have no records any more, and those that had none
}

// mostCompared is how many edits are followed to find what they brought, beside the report that follows them anyway.
const mostCompared = 512

// FindsHits is how to find out who an edit hits, for who asks beside the screen. After very many edits, and where nearly all names would
// have to be visited for it, what was brought is told by the report that is made of the version on the screen anyway.
func (s *Session) FindsHits(e Edited) func() Hits {
	opt, b, edits := s.Examining(s.Saved), s.From(), s.editsOf(e)
	reported := b.after != nil && b.Zone == e.From && s.Zone() == e.To && b.opened == s.Saved && b.day == dayOf(opt)
	brought := func() lint.Difference {
		if !reported {
			return lint.Problems(e.From, e.To, edits(), opt)
		}
		if list := edits(); len(list) <= mostCompared {
			if d, known := lint.ProblemsReached(e.From, e.To, list, opt); known {
				return d
			}
		}
		return b.after().ProblemsSince(b.Report)
	}
	return func() Hits {
		h := MailHits(e.From, e.To)
		d := brought()
		h.Brought = Brought{WorstFirst(d.Came), WorstFirst(d.Gone)}
		return h
	}
}

// editsOf is how to find the edits of what was edited: an undo names none.
func (s *Session) editsOf(e Edited) func() []zonefile.Edit {
	if way := s.way(e.From, e.To); e.Edits == nil && way != nil {
		return way
	}
	return func() []zonefile.Edit { return e.Edits }
}

// MailHits is who an edit hits, problems left out.
func MailHits(from, to *zonefile.Zone) Hits {
	h := Hits{Hits: preview.FindHits(from, to), Edited: map[zonefile.Name]bool{}}
	for _, r := range slices.Concat(h.Was, h.Is) {
		n := r.Owner()
		if h.Edited[n] {
			continue
		}
		h.Edited[n] = true
		switch had, has := len(from.Node(n).Records) > 0, len(to.Node(n).Records) > 0; {
		case had && !has:
			h.Gone = append(h.Gone, n)
		case has && !had:
			h.Made = append(h.Made, n)
		}
	}
	return h
}

// Others is the names besides the edited ones whose mail goes elsewhere.
func (h Hits) Others() (list []preview.Change) {
	for _, c := range h.Changes {
		if !h.Edited[c.Domain] {
			list = append(list, c)
		}
	}
	return list
}

// Kept is what caches keep longest of all that is hit; the zero Stale if that is nothing, or not known.
func (h Hits) Kept() (s preview.Stale) {
	for _, c := range h.Changes {
		if c.Stale.Kept != "" && (s.Kept == "" || c.Stale.TTL > s.TTL) {
			s = c.Stale
		}
	}
	return s
}

// Where is the name that a problem is found at; "" where its line is of none.
func Where(d *lint.Diagnostic) zonefile.Name {
	w := d.Zone.RowAt(d.File, d.Span.Start)
	if w.IsZero() || w.Kind() == zonefile.RowBlank || w.Kind() == zonefile.RowDirective {
		return ""
	}
	return w.Owner()
}
