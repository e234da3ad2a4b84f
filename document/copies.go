package document

import "github.com/mailzone/mailzone/zonefile/disk"

// What a file held before its last saves. A copy is brought back by a save like any other.

// Copies is the undo copies of a file, the newest first. The file itself may be gone.
func Copies(path string) ([]disk.Copy, error) { return disk.History(path, disk.Options{}) }

// NotedCopy is an undo copy with what is noted of the save that it was made for.
type NotedCopy struct {
	disk.Copy
	Did    []string // the names of the edits; none where they are not known
	Serial string   // that the save wrote; "": not noted
}

// NotedCopies is the undo copies of a file with what is noted of their saves.
func NotedCopies(path string) ([]NotedCopy, error) {
	f := fileHistory{name: path}
	var err error
	if f.copies, err = Copies(path); err != nil {
		return nil, err
	}
	f.match(noteKeeper{path, disk.Options{Memory: disk.OfSaves}}.load().Saves)
	out := make([]NotedCopy, len(f.copies))
	for i, c := range f.copies {
		out[i].Copy = c
		if n := f.notes[i]; n != nil {
			out[i].Did, out[i].Serial = n.Did, n.Serial
		}
	}
	return out, nil
}

// CopyText is what the file held then.
func CopyText(c disk.Copy) ([]byte, error) { return c.Read() }
