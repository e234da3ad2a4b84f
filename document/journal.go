package document

// What was edited and not saved is kept in a recovery log, so that a closed terminal or a power failure
// costs nothing. Every step from one version to the next is a block of the log; undo is a step as well.

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// journal writes the recovery log. Its methods may be called from commands. A disk may hang: so what is to be written is
// noted under one lock, and written under another, that no key waits for.
type journal struct {
	mu      sync.Mutex
	pending []step
	kept    bool // there is a log

	writing sync.Mutex
	log     *disk.Log
	trouble error // why the log has not all that was to be written
}

// step is the way from one version to the next. Where nobody knows its edits it is found by comparison.
type step struct {
	from, to *zonefile.Zone
	edits    func() []zonefile.Edit // nil: not known
}

// known is the edits of the step.
func (s step) known() []zonefile.Edit {
	if s.edits == nil {
		return s.from.Between(s.to)
	}
	return s.edits()
}

// splice is an edit as the log has it. File is by what the log calls a file (see logName). Old is what it replaces: where
// a file holds something else, the edits are of another file.
type splice struct {
	File  string `json:"file"`
	Start uint32 `json:"start"`
	Old   []byte `json:"old"`
	New   []byte `json:"new"`
}

// begin writes to a log from now on.
func (j *journal) begin(log *disk.Log) {
	j.Close()
	j.writing.Lock()
	defer j.writing.Unlock()
	j.log = log
	j.mu.Lock()
	defer j.mu.Unlock()
	j.kept, j.pending = true, nil
}

// Keeps tells whether there is a log.
func (j *journal) Keeps() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.kept
}

// add takes a step down; flush writes it.
func (j *journal) add(s step) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.kept {
		j.pending = append(j.pending, s)
	}
}

// take is the steps that are not written yet.
func (j *journal) take() []step {
	j.mu.Lock()
	defer j.mu.Unlock()
	steps := j.pending
	j.pending = nil
	return steps
}

// Flush makes all steps durable. What could not be written is tried again with the next step.
func (j *journal) Flush() error {
	j.writing.Lock()
	defer j.writing.Unlock()
	var errs error
	for _, s := range j.take() {
		block, err := json.Marshal(s.splices())
		if err == nil && j.log != nil {
			err = j.log.Append(block)
			j.trouble = nil // what could not be written before was written again with it
		}
		if err != nil {
			j.trouble = err
		}
		errs = errors.Join(errs, err)
	}
	return errs
}

// Durable makes all steps durable and tells whether nothing is missing in the log, not even of before.
func (j *journal) Durable() error {
	if err := j.Flush(); err != nil {
		return err
	}
	j.writing.Lock()
	defer j.writing.Unlock()
	if j.log == nil {
		return ErrNoLog
	}
	return j.trouble
}

// ErrNoLog says that edits are in the memory of the program alone.
var ErrNoLog = errors.New("there is no recovery log")

// Reset forgets all steps: they were saved, or nobody wants them.
func (j *journal) Reset() error {
	j.writing.Lock()
	defer j.writing.Unlock()
	j.take()
	j.trouble = nil
	if j.log == nil {
		return nil
	}
	return j.log.Reset()
}

// Close gives the log up and leaves it where it is.
func (j *journal) Close() {
	j.writing.Lock()
	defer j.writing.Unlock()
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.log != nil {
		j.log.Close()
	}
	j.log, j.kept, j.trouble = nil, false, nil
}

// Path is where the log is, "" if nothing was written.
func (j *journal) Path() string {
	j.writing.Lock()
	defer j.writing.Unlock()
	if j.log == nil {
		return ""
	}
	return j.log.Path()
}

// splices is the step in the words of the log.
func (s step) splices() []splice {
	edits := s.known()
	out := make([]splice, len(edits))
	for i, e := range edits {
		out[i] = splice{e.File.Name(), e.Start, e.File.Slice(e.Span), []byte(e.New)}
	}
	known := map[string]string{}
	for i, c := range out {
		if _, ok := known[c.File]; !ok {
			known[c.File] = logName(s.from, c.File)
		}
		out[i].File = known[c.File]
	}
	return out
}

// logName is what the log calls a file of a zone. It is the same from wherever and by whatever path the zone is opened: ""
// is the zone file, and another file is called by its way from the zone file's directory.
func logName(z *zonefile.Zone, name string) string {
	root := z.Root().Name()
	if name == root {
		return ""
	}
	from, err := filepath.Abs(filepath.Dir(root))
	to, failed := filepath.Abs(name)
	way, none := filepath.Rel(from, to)
	if errors.Join(err, failed, none) != nil {
		return name
	}
	return way
}

// span is what the splice replaces.
func (s splice) span() zonefile.Span {
	return zonefile.Span{Start: s.Start, End: s.Start + uint32(len(s.Old))}
}

// errOtherFile says that recovered edits were made in a file that is not this one any more.
var errOtherFile = errors.New("the file has changed since: the edits no longer fit")

// replay makes the edits of a recovery, step by step, and returns them as one list against z.
func replay(z *zonefile.Zone, blocks [][]byte) ([]zonefile.Edit, error) {
	var steps []func(*zonefile.Zone) ([]zonefile.Edit, error)
	for _, b := range blocks {
		steps = append(steps, func(z *zonefile.Zone) ([]zonefile.Edit, error) { return readBlock(z, b) })
	}
	return zonefile.Chain(z, steps...)
}

// readBlock is a block of the log as edits of a version.
func readBlock(z *zonefile.Zone, block []byte) ([]zonefile.Edit, error) {
	var list []splice
	if err := json.Unmarshal(block, &list); err != nil {
		return nil, fmt.Errorf("the recovery log cannot be read: %w", err)
	}
	files := map[string]*zonefile.File{}
	for f := range z.Files() {
		files[logName(z, f.Name())] = f
	}
	var edits []zonefile.Edit
	for _, s := range list {
		f := files[s.File]
		if f == nil || string(f.Slice(s.span())) != string(s.Old) {
			return nil, errOtherFile
		}
		edits = append(edits, zonefile.Edit{File: f, Span: s.span(), New: string(s.New)})
	}
	return edits, nil
}
