package document

// A copy of what was edited, beside the zone: where edits go whose file another program has changed.

import (
	"path/filepath"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// WriteElsewhere writes a version of the zone file to a new file, and the files that it includes beside that, as far as they
// are not what they were before. It returns which were written, even where one could not be.
func (st *Store) WriteElsewhere(path string, z, before *zonefile.Zone) (written []string, err error) {
	for f := range z.Files() {
		on, old, to := st.Set.File(f.Name()), before.File(f.Name()), path
		switch {
		case on == nil:
			continue
		case f != z.Root() && old != nil && string(old.Bytes()) == string(f.Bytes()):
			continue
		case f != z.Root():
			to += "." + filepath.Base(f.Name())
		}
		if slices.Contains(written, to) {
			continue // a file that is included twice
		}
		if err := on.WriteElsewhere(to, f.Bytes()); err != nil {
			return written, err
		}
		written = append(written, to)
	}
	return written, nil
}

// CreateZone writes the text of a new zone to a name that is free, for all to read.
func CreateZone(path, text string) error {
	return disk.Create(path, []byte(text), 0o644, disk.Options{})
}

// LeftOfMaking tells of what is left where making a file of this name was interrupted, and removes what is there twice.
func LeftOfMaking(path string) (notes []string) { return disk.Leftovers(path, disk.Options{}) }
