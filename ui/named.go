package ui

import (
	"os"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// AskNamed asks named-checkzone about a version of a zone, whether it is in files or not; dir is where relative includes
// start. It is given what the program itself has read: a file that a zone must not include is not shown by way of
// named-checkzone either, whose messages quote.
func AskNamed(z *zonefile.Zone, dir string) disk.Opinion {
	const most = 200 // pipes; what else is included is read from its file
	var parts []disk.Part
	var text func(f *zonefile.File) []byte
	text = func(f *zonefile.File) []byte {
		return z.StandIns(f, func(w zonefile.Row) string {
			included, _ := w.Included()
			switch {
			case included == nil:
				return os.DevNull
			case len(parts) == most:
				return ""
			}
			n := len(parts)
			parts = append(parts, disk.Part{Name: included.Name()})
			inner := text(included) // appends to parts
			parts[n].Text = inner
			return disk.PartPath(n)
		})
	}
	root := z.Root()
	src := text(root)
	return disk.AskNamed(string(z.Origin()), root.Name(), src, dir, parts)
}
