package ui

// Where the user is, told by what outlives the version: offsets and lines are others in a file that is read again.

import (
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// heldPlace is where the user is, by what does not go with an offset: the record under the cursor.
type heldPlace struct {
	owner zonefile.Name
	typ   zonefile.Type
	data  string
	file  string
	line  int
}

// holdPlace is where the user is now.
func holdPlace(k *kit) heldPlace {
	h := heldPlace{owner: k.name, file: k.at.File}
	if r := k.doc.Row(k.at).Record(); !r.IsZero() {
		h.owner, h.typ, h.data = r.Owner(), r.Type(), r.RDataText()
	}
	if f := k.doc.Zone().File(k.at.File); f != nil {
		h.line = f.Position(k.at.Off).Line
	}
	return h
}

// back goes to the same record of the zone as it is now, else to another of its type and owner, of its owner, and last to the
// line where it stood.
func (h heldPlace) back(s stage) {
	k := s.tools()
	best, rank := zonefile.Record{}, 0
	set := k.doc.Zone().Node(h.owner)
	for _, r := range append(set.Of(zonefile.TypeMX), set.Records...) { // the MX first, as they are shown
		like := 1
		if r.Type() == h.typ {
			like = 2
			if r.RDataText() == h.data {
				like = 3
			}
		}
		if like > rank {
			best, rank = r, like
		}
	}
	if f := k.doc.Zone().File(h.file); rank > 0 {
		s.follow(document.SpotOf(best))
	} else if f != nil && h.line > 0 {
		s.look(document.At(h.file, f.Line(min(h.line, f.Lines())).Start))
	}
}
