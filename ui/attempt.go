package ui

// What a form would do, found by doing it to a version that nobody keeps: the lines that go and come with their numbers, the way of
// mail before and after, problems that come and go.

import (
	"strings"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// attempt makes the change without keeping it.
func (f *formFields) attempt() trial {
	z := f.doc.Zone()
	edits, err := f.edits(z)
	if err != nil {
		return trial{err: err}
	}
	next, err := z.Apply(edits...)
	if err != nil {
		return trial{err: err}
	}
	t := trial{lines: changedRows(z, edits), route: f.routeText(next), brought: f.doc.WouldBring(next, edits)}
	t.of = document.Edited{From: z, To: next, Edits: edits}
	if len(edits) > 0 && f.doc.Small() {
		hits := document.MailHits(z, next)
		hits.Brought = t.brought
		t.hits = f.ahead(hits)
	}
	switch before := f.routeText(z); {
	case f.typ != zonefile.TypeMX && (preview.NoMail(next) != "" || t.route == before):
		t.route = "" // a key or a TXT has nothing to do with it
	case t.route != before:
		t.before = before
	}
	if len(edits) == 0 && !f.record.IsZero() {
		t.lines = recordLines(z, f.record)
	}
	return t
}

// routeText is the route of mail for the record's owner in a version.
func (f *formFields) routeText(z *zonefile.Zone) string {
	d := preview.Route([]*zonefile.Zone{z}, preview.Query{Domain: f.owner(), Show: f.short})
	return f.short(d.Domain) + ": " + f.show(d.Way(f.short).Text())
}

// changedRows is the lines that edits take away and bring, file by file.
func changedRows(z *zonefile.Zone, edits []zonefile.Edit) (out []changedLine) {
	for file := range z.Files() {
		name := includedName(z, file)
		for _, r := range document.ReplacedLines(file, edits) {
			for i, l := range r.Gone {
				out = append(out, changedLine{name, r.Was + i, "-", zonefile.TrimLineEnd(l)})
			}
			for i, l := range r.Come {
				out = append(out, changedLine{name, r.Now + i, "+", zonefile.TrimLineEnd(l)})
			}
		}
	}
	return out
}

// recordLines is the lines of a record that nothing changes.
func recordLines(z *zonefile.Zone, r zonefile.Record) (out []changedLine) {
	first := r.File().Position(r.Span().Start).Line
	for i, l := range strings.Split(zonefile.TrimLineEnd(string(r.Text())), "\n") {
		out = append(out, changedLine{includedName(z, r.File()), first + i, " ", zonefile.TrimLineEnd(l)})
	}
	return out
}

// includedName is the name of a file that is not the zone file.
func includedName(z *zonefile.Zone, f *zonefile.File) string {
	if f.Name() == z.Root().Name() {
		return ""
	}
	return f.Name()
}
