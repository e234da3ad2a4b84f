package ui

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// What was edited and not saved is kept in a recovery log, so that a closed terminal or a power failure
// costs nothing. Every step from one version to the next is a block of the log; undo is a step as well.

// journal writes the recovery log. Its methods may be called from commands.
type journal struct {
	mu      sync.Mutex
	log     *disk.Log
	pending []step
	err     error // why the log could not be written
}

// step is the way from one version to the next. Without edits it is found by comparison.
type step struct {
	from, to *zonefile.Zone
	edits    []zonefile.Edit
}

// splice is an edit as the log has it. Old is what it replaces: where a file holds something else, the
// edits are of another file.
type splice struct {
	File  string `json:"file"`
	Start uint32 `json:"start"`
	Old   []byte `json:"old"`
	New   []byte `json:"new"`
}

// add takes a step down; flush writes it.
func (j *journal) add(s step) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.log != nil {
		j.pending = append(j.pending, s)
	}
}

// flush makes all steps durable. What could not be written is tried again with the next step.
func (j *journal) flush() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.err = nil
	for _, s := range j.pending {
		block, err := json.Marshal(s.splices())
		if err == nil {
			err = j.log.Append(block)
		}
		j.err = errors.Join(j.err, err)
	}
	j.pending = nil
	return j.err
}

// reset forgets all steps: they were saved, or nobody wants them.
func (j *journal) reset() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.pending = nil
	if j.log == nil {
		return nil
	}
	return j.log.Reset()
}

// close gives the log up and leaves it where it is.
func (j *journal) close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.log != nil {
		j.log.Close()
	}
	j.log = nil
}

// path is where the log is, "" if nothing was written.
func (j *journal) path() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.log == nil {
		return ""
	}
	return j.log.Path()
}

// splices is the step in the words of the log.
func (s step) splices() []splice {
	if s.edits == nil {
		return difference(s.from, s.to)
	}
	out := make([]splice, len(s.edits))
	for i, e := range s.edits {
		out[i] = splice{e.File.Name(), e.Start, e.File.Slice(e.Span), []byte(e.New)}
	}
	return out
}

// difference is one splice for each file that differs: what is left between the beginnings and the ends
// that are alike.
func difference(from, to *zonefile.Zone) []splice {
	var out []splice
	for f := range to.Files() {
		old := from.File(f.Name())
		if old == nil {
			continue
		}
		a, b := string(old.Bytes()), string(f.Bytes())
		if a == b {
			continue
		}
		head := 0
		for head < min(len(a), len(b)) && a[head] == b[head] {
			head++
		}
		tail := 0
		for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
			tail++
		}
		out = append(out, splice{f.Name(), uint32(head), []byte(a[head : len(a)-tail]), []byte(b[head : len(b)-tail])})
	}
	return out
}

// differenceEdits is difference as edits of the first version.
func differenceEdits(from, to *zonefile.Zone) []zonefile.Edit {
	var out []zonefile.Edit
	for _, s := range difference(from, to) {
		out = append(out, zonefile.Edit{File: from.File(s.File), Span: s.span(), New: string(s.New)})
	}
	return out
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
	var edits []zonefile.Edit
	for _, s := range list {
		f := z.File(s.File)
		if f == nil || string(f.Slice(s.span())) != string(s.Old) {
			return nil, errOtherFile
		}
		edits = append(edits, zonefile.Edit{File: f, Span: s.span(), New: string(s.New)})
	}
	return edits, nil
}

// left is what an earlier session of the file left, if it left something.
func (st *store) left() (disk.Recovery, bool) {
	r, err := disk.Recover(st.opt.Path, disk.Options{StateDir: st.opt.state})
	return r, err == nil && len(r.Edits) > 0
}

// keepJournal begins to log edits. It is an error if an earlier session's are still there.
func (s *session) keepJournal() error {
	if s.store == nil || s.readOnly() != "" || s.journal.log != nil {
		return nil
	}
	log, err := disk.NewLog(s.store.set.Root())
	if err != nil {
		return err
	}
	s.journal.log = log
	return nil
}

// offerRecovery asks what to do with what an earlier session left.
func (a *app) offerRecovery() {
	if a.doc.readOnly() != "" {
		return // they stay for a session that can save them
	}
	r, ok := a.doc.store.left()
	if !ok {
		a.complain(a.doc.keepJournal())
		return
	}
	d := &ask{kit: a.kit, question: "An earlier session ended before these edits were saved"}
	d.details = []string{fmt.Sprintf("%s, the last one at %s", plural(len(r.Edits), "edit", "edits"), r.Time.Format("2006-01-02 15:04:05"))}
	drop := answer{"Delete them", []action{recovery{r, false}}}
	if edits, err := replay(a.doc.zone(), r.Edits); err != nil {
		d.details = append(d.details, a.show(err.Error()), a.show("they are in "+r.File))
	} else {
		d.details = append(d.details, a.changedLines(edits)...)
		d.answers = append(d.answers, answer{"Restore them", []action{recovery{r, true}}})
	}
	d.answers = append(d.answers, answer{"Leave them", nil}, drop)
	a.dialogs = append(a.dialogs, d)
}

// changedLines is the first lines that edits take away and add, for a question about them.
func (a *app) changedLines(edits []zonefile.Edit) []string {
	const most = 7
	z := a.doc.zone()
	next, err := z.Apply(edits...)
	if err != nil {
		return []string{a.show(err.Error())}
	}
	var out []string
	for _, l := range diffLines(z, next) {
		if l == "" || l[0] != '+' && l[0] != '-' || strings.HasPrefix(l, "+++") || strings.HasPrefix(l, "---") {
			continue
		}
		if len(out) == most {
			return append(out, a.glyphs.more)
		}
		out = append(out, l[:1]+" "+a.show(expandTabs(l[1:])))
	}
	return out
}

// recover restores or deletes what an earlier session left. What could not be restored stays where it is.
func (a *app) recover(r recovery) tea.Cmd {
	var cmd tea.Cmd
	if r.restore {
		cmd = a.change(change{title: "restore the edits of an earlier session",
			make: func(z *zonefile.Zone) ([]zonefile.Edit, error) { return replay(z, r.left.Edits) }})
		if !a.doc.modified() {
			return cmd
		}
	} else {
		a.message = say{"the edits of the earlier session are deleted", levelInfo}
	}
	if err := r.left.Remove(); err != nil {
		a.complain(err)
		return cmd
	}
	a.complain(a.doc.keepJournal())
	if a.doc.modified() {
		a.doc.journal.add(step{from: a.doc.saved, to: a.doc.zone()})
	}
	return tea.Batch(cmd, a.keep())
}

// keep writes the recovery log in a command.
func (a *app) keep() tea.Cmd {
	j := &a.doc.journal
	return func() tea.Msg {
		if err := j.flush(); err != nil {
			return unkept{err}
		}
		return nil
	}
}

// unkept says that the recovery log could not be written. Editing goes on.
type unkept struct{ err error }

// renew begins the recovery log anew after a save: edits that were made while it ran are in it again.
func (a *app) renew() tea.Cmd {
	a.complain(a.doc.journal.reset())
	if a.doc.modified() {
		a.doc.journal.add(step{from: a.doc.saved, to: a.doc.zone()})
	}
	return a.keep()
}

// complain shows an error that does not stop anything.
func (a *app) complain(err error) {
	if err != nil {
		a.message = say{a.show(err.Error()), levelError}
	}
}
