package document

// What is noted of a save beside its undo copy: what was done, and the lines that it changed. The copy is the text from before
// it; what the save wrote is in the file alone, and gone when another program has written there. A note has the difference, so
// that both are known still, and a history can tell what a save did and what others did after it. A note that cannot be written
// stops no save, and one that does not fit its copy counts as none.

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"time"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// savedNote is what is noted of a save of one file.
type savedNote struct {
	Time   time.Time
	Was    string   // the mark of the text that it replaced
	Mark   string   // and of the one that it wrote
	Did    []string // what was done, by the names of the edits
	Held   time.Time
	Serial string
	Lines  []notedLines // what makes one text of the other; nil if that is too much to be noted
}

// notedLines is bytes of the old text that others take the place of.
type notedLines struct {
	Start, End int
	New        []byte
}

// savedNotes is the notes of a file, the last save first.
type savedNotes struct{ Saves []savedNote }

const (
	mostNotes      = 20       // as many as there are undo copies
	mostNotedBytes = 64 << 10 // of one save
)

// noteKeeper is where the notes of a file are.
type noteKeeper struct {
	path string
	opt  disk.Options
}

// load reads the notes; none where there are none, or none that can be read.
func (k noteKeeper) load() savedNotes {
	var n savedNotes
	data, err := disk.Remembered(k.path, k.opt)
	if err != nil || json.Unmarshal(data, &n) != nil {
		return savedNotes{}
	}
	return n
}

// add adds a note, and forgets those that are too old.
func (k noteKeeper) add(n savedNote) error {
	all := k.load()
	all.Saves = append([]savedNote{n}, all.Saves[:min(len(all.Saves), mostNotes-1)]...)
	data, err := json.Marshal(all)
	if err == nil {
		err = disk.Remember(k.path, k.opt, data)
	}
	if err != nil {
		return fmt.Errorf("what was done is not noted in the history: %w", err)
	}
	return nil
}

// noteOptions are for the notes of the store's files.
func (st *Store) noteOptions() disk.Options {
	return disk.Options{StateDir: st.Opt.State, Memory: disk.OfSaves}
}

// notedOf is the edits of a file as they are noted; nil if they are too much.
func notedOf(f *zonefile.File, edits []zonefile.Edit) (out []notedLines) {
	n := 0
	for _, e := range edits {
		if e.File == f {
			out = append(out, notedLines{int(e.Start), int(e.End), []byte(e.New)})
			n += len(e.New)
		}
	}
	if n > mostNotedBytes || len(out) > mostNotedBytes/64 {
		return nil
	}
	return out
}

// wrote is the text that the save wrote, given the one that it replaced; an error if the note does not tell.
func (n savedNote) wrote(old []byte) ([]byte, error) {
	var out []byte
	at := 0
	for _, l := range n.Lines {
		if l.Start < at || l.End < l.Start || l.End > len(old) {
			return nil, fs.ErrInvalid
		}
		out = append(append(out, old[at:l.Start]...), l.New...)
		at = l.End
	}
	out = append(out, old[at:]...)
	if disk.MarkOf(out) != n.Mark {
		return nil, fs.ErrNotExist
	}
	return out, nil
}
