package document

// What other programs write into the files of a zone while it is edited is found by a look at them now and then. A look is
// made of what it compares with and holds nothing that changes, so that it runs beside everything else and may hang with a
// file system. What it brings is taken only if the files are still those that it began with.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// Look is a look at the files of a zone.
type Look struct {
	st    *Store
	set   *disk.Set
	saved *zonefile.Zone
	files []disk.Watched
	last  Looked
}

// Looked is what was seen.
type Looked struct {
	set    *disk.Set
	saved  *zonefile.Zone
	sights []disk.Stamp // of all files

	Changed bool           // the files do not hold any more what was read from them
	Files   []string       // which of them
	Zone    *zonefile.Zone // what they hold now; nil if that cannot be read
	Err     error          // why not
	Lines   int            // that differ
}

// Run looks: at the stamps, at the bytes where those are others than the last time, and where the bytes are others at the zone.
func (l *Look) Run() Looked {
	now := Looked{set: l.set, saved: l.saved, sights: l.sights()}
	if l.last.set == l.set && l.last.saved == l.saved && slices.Equal(now.sights, l.last.sights) {
		return l.last
	}
	for _, f := range l.files {
		holds, err := f.Holds()
		if !holds {
			now.Files = append(now.Files, f.Name)
		}
		if err != nil {
			now.Err = err
		}
	}
	now.Changed = len(now.Files) > 0
	if !now.Changed || now.Err != nil {
		return now
	}
	if now.Zone, now.Err = l.st.Peek(); now.Err == nil {
		now.Lines = linesThatDiffer(DiffLines(l.saved, now.Zone))
	}
	if !slices.Equal(l.sights(), now.sights) { // somebody is writing: the next look sees all of it
		now.sights, now.Zone, now.Err = nil, nil, nil
	}
	return now
}

// sights is the stamps of all files; the zero Stamp for one that cannot be looked at.
func (l *Look) sights() []disk.Stamp {
	see := l.st.Opt.Sight
	if see == nil {
		see = disk.Sight
	}
	var out []disk.Stamp
	for _, f := range l.files {
		now, _ := see(f.Name) // whoever cannot look finds out why when the file is read
		out = append(out, now)
	}
	return out
}

// linesThatDiffer counts the lines of a diff that changed: a line that took the place of another counts once.
func linesThatDiffer(diff []string) (n int) {
	out, in := 0, 0
	for _, l := range append(slices.Clip(diff), "") {
		switch {
		case len(l) > 2 && (l[:3] == "---" || l[:3] == "+++"):
		case l != "" && l[0] == '-':
			out++
		case l != "" && l[0] == '+':
			in++
		default:
			n += max(out, in)
			out, in = 0, 0
		}
	}
	return n
}
