package document

import (
	"errors"
	"time"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// Texts on which the user works in another editor. They outlive the program; what is written in one comes into the zone as a
// change like any other.

// NewDraft keeps the text of a file for work in another editor.
func (st *Store) NewDraft(f *zonefile.File) (*disk.Draft, error) {
	return disk.NewDraft(st.Set.Root(), f.Name(), f.Bytes())
}

// Drafts is what earlier sessions left of the work in other editors.
func (st *Store) Drafts() ([]*disk.Draft, error) {
	return disk.Drafts(st.Opt.Path, disk.Options{StateDir: st.Opt.State})
}

// DraftText is what a draft holds; ErrNothing if that is what it was begun with.
func DraftText(d *disk.Draft) (string, error) {
	text, err := d.Text()
	if err == nil && string(text) == string(d.Base) {
		err = ErrNothing
	}
	return string(text), err
}

// DropDraft removes a draft.
func DropDraft(d *disk.Draft) error { return d.Remove() }

// LeaveDraft gives up a draft of this session, and tells whether it is left: one in which nothing was written goes.
func LeaveDraft(d *disk.Draft) (left bool) {
	if _, err := DraftText(d); errors.Is(err, ErrNothing) && d.Remove() == nil {
		return false
	}
	d.Close()
	return true
}

// ForgetDraft gives up a draft in which nothing was written. An editor that has outlived the program may still write to it:
// so it is removed after a month.
func ForgetDraft(d *disk.Draft, now time.Time) {
	const month = 30 * 24 * time.Hour
	if now.Sub(d.Time) > month {
		_ = d.Remove() // or the next time
		return
	}
	d.Close()
}
