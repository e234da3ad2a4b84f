package document

// What other programs write into the files of a zone while it is edited is found by a look at them now and then. A look is
// made of what it compares with and holds nothing that changes, so that it runs beside everything else and may hang with a
// file system. What it brings is taken only if the files are still those that it began with.

import (
	"slices"
	"strings"

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
	fates   []fate         // which of them, and how that came
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
		is, err := f.Fate()
		if is != disk.Kept {
			now.fates = append(now.fates, fate{f.Name, is})
		}
		if err != nil {
			now.Err = err
		}
	}
	now.Changed = len(now.fates) > 0
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

// A fate is what became of a file.
type fate struct {
	file string
	is   disk.Fate
}

// deeds is how each fate is told: what another program did, and what is so since.
var deeds = [...]struct {
	fate                  disk.Fate
	did, since, sinceThey string
}{
	{disk.Changed, "changed", "was changed by another program since the zone was opened", "were changed by another program since the zone was opened"},
	{disk.Made, "made", "has come to be there since: another program made a file of this name", "have come to be there since: another program made files of these names"},
	{disk.Removed, "removed", "was removed or renamed by another program", "were removed or renamed by another program"},
}

// Deeds is what another program did, as "changed this and made that".
func (l Looked) Deeds() string {
	var out []string
	for _, d := range deeds {
		if files := l.filesThat(d.fate); len(files) > 0 {
			out = append(out, d.did+" "+strings.Join(files, " and "))
		}
	}
	return strings.Join(out, " and ")
}

// why is why nothing can be saved: what a save would say when it finds that out.
func (l Looked) why() string {
	var out []string
	for _, d := range deeds {
		switch files := l.filesThat(d.fate); len(files) {
		case 0:
		case 1:
			out = append(out, files[0]+" "+d.since)
		default:
			out = append(out, strings.Join(files, " and ")+" "+d.sinceThey)
		}
	}
	return strings.Join(out, "; ") + ": compare both versions, then make the change in the new one or save it under another name"
}

// filesThat is the files of a fate.
func (l Looked) filesThat(is disk.Fate) (files []string) {
	for _, f := range l.fates {
		if f.is == is {
			files = append(files, f.file)
		}
	}
	return files
}
