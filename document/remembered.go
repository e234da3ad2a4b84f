package document

// What is remembered of a move of mail between its steps, which are days apart: what was asked for, and what the zone said
// one after the other. It lies in the state directory, and the zone is still the truth: what is remembered tells only of the
// time before.

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// memory is what is remembered, as it is written down.
type memory struct {
	Version int
	Origin  zonefile.Name // of the zone: another may come to stand in the file; "": not written down
	Request preview.Migration
	Begun   time.Time  // the move
	Seen    time.Time  // the clock, when this was written
	Before  int        // which of the texts stood there before the first step; -1: nobody knows
	Texts   []heldText // one after the other, the one that the file holds last
	Checks  []Answer   // of the last step
}

// memoryVersion is the number of this form of a memory.
const memoryVersion = 1

// heldText is what the files of a zone held.
type heldText struct {
	Root     []byte     // the zone file; nil if nobody knows what stood there
	Included []included // in the order of the zone
	Sum      string     // of all of it
	Step     int        // of the move, that a save made by it; 0: another change
	Written  time.Time  // when it came to stand there, by the file system; the zero Time: not known
	Stamps   []disk.Stamp
	Other    bool           // another program wrote it, and nobody knows what it wrote before
	Served   preview.Moment // what proves that the name servers have it; not Certain: nothing
	Seen     preview.Moment // when all name servers were seen with it; not Certain: nobody has looked, or not all of them had it
	Told     time.Time      // since when they have it, as somebody said; the zero Time: nobody did
	zone     *zonefile.Zone // read once
}

// included is a file by the words that include it.
type included struct{ Path, Text []byte }

// Answer is something that no machine sees, and when somebody said that it is so.
type Answer struct {
	preview.Check
	Step int
	Done time.Time // the zero Time: nobody did
}

// textOf is what a version of a zone would hold on disk.
func textOf(z *zonefile.Zone) heldText {
	t := heldText{Root: z.Root().Bytes(), zone: z}
	for f := range z.Files() {
		for w := range z.Inclusions(f) {
			if in, err := w.Included(); in != nil && err == nil {
				t.Included = append(t.Included, included{[]byte(w.IncludePath()), in.Bytes()})
			}
		}
	}
	t.Sum = t.sum()
	return t
}

// sum is a checksum of all that the files hold, however they are called.
func (t heldText) sum() string {
	h := sha256.New()
	for _, part := range append([]included{{nil, t.Root}}, t.Included...) {
		fmt.Fprintf(h, "%d %d\n%s%s", len(part.Path), len(part.Text), part.Path, part.Text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// read is the zone that the text is; nil if nobody knows it.
func (t *heldText) read(now *zonefile.Zone) *zonefile.Zone {
	if t.zone == nil && t.Root != nil {
		open := func(path string, _ *zonefile.File) (string, []byte, error) {
			for _, in := range t.Included {
				if string(in.Path) == path {
					return path, in.Text, nil
				}
			}
			return "", nil, fs.ErrNotExist
		}
		t.zone = zonefile.Parse(now.Root().Name(), t.Root, zonefile.Options{Origin: now.Origin(), Open: open})
	}
	return t.zone
}

// keeper knows where the memory of a zone file is.
type keeper struct {
	path string // of the zone file; "": nothing is kept
	opt  disk.Options

	stamp func(path string) (disk.Stamp, error) // looks at a file; nil: disk.StampOf
}

// keeper is that of the store's zone file.
func (st *Store) keeper() keeper {
	if st == nil || st.Set == nil || st.Set.Root() == nil {
		return keeper{}
	}
	return keeper{st.Set.Root().Path(), disk.Options{StateDir: st.Opt.State}, st.Opt.Stamp}
}

// Remembers tells whether anything is remembered of a move of the zone, whatever it is. It takes no time where nothing is.
func (st *Store) Remembers() bool {
	return st.keeper().remembers()
}

// RemembersMove tells the same of a zone file that was not opened. State is as in Options.
func RemembersMove(path, state string) bool {
	return keeper{path: path, opt: disk.Options{StateDir: state}}.remembers()
}

// remembers tells whether there is a memory.
func (k keeper) remembers() bool {
	if k.path == "" {
		return false
	}
	_, err := disk.Remembered(k.path, k.opt)
	return !errors.Is(err, fs.ErrNotExist)
}

// load reads the memory of a zone; nil if there is none. What cannot be used is told by the error, and counts as none.
func (k keeper) load(z *zonefile.Zone) (*memory, error) {
	if k.path == "" {
		return nil, nil
	}
	data, err := disk.Remembered(k.path, k.opt)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("what is remembered of a move is not used: %w; `mailzone plan --forget` removes it", err)
	}
	m := &memory{}
	if err := json.Unmarshal(data, m); err != nil || !m.sound() {
		return nil, fmt.Errorf("what is remembered of a move is not used: it is of another version of mailzone; `mailzone plan --forget` removes it")
	}
	if m.Origin != "" && z != nil && m.Origin != z.Origin() {
		return nil, fmt.Errorf("what is remembered of a move is not used: it is of the zone %s; `mailzone plan --forget` removes it", preview.Display(m.Origin))
	}
	return m, nil
}

// sound tells whether the parts of a memory fit each other.
func (m *memory) sound() bool {
	const mostSteps = 9
	ok := m.Version == memoryVersion && len(m.Texts) > 0 && m.Before >= -1 && m.Before < len(m.Texts) && len(m.Request.From)+len(m.Request.To) > 0
	for _, t := range m.Texts {
		ok = ok && t.Step >= 0 && t.Step <= mostSteps
	}
	for _, h := range append(slices.Clip(m.Request.From), m.Request.To...) {
		ok = ok && isName(h.Name)
		for _, ip := range h.Addrs {
			ok = ok && ip.IsValid() && ip.Zone() == ""
		}
	}
	for _, n := range m.Request.Domains {
		ok = ok && isName(n)
	}
	return ok
}

// isName tells a name in canonical form.
func isName(n zonefile.Name) bool {
	same, err := zonefile.ParseName(string(n), zonefile.Root)
	return err == nil && same == n
}

// keep writes the memory.
func (k keeper) keep(m *memory, now time.Time) error {
	if k.path == "" {
		return errors.New("what is in no file is not remembered")
	}
	m.Version = memoryVersion
	if now.After(m.Seen) {
		m.Seen = now
	}
	data, err := json.Marshal(m)
	if err == nil {
		err = disk.Remember(k.path, k.opt, data)
	}
	if err != nil {
		return fmt.Errorf("the move is not remembered: %w", err)
	}
	return nil
}

// forget removes the memory, and tells whether there was one.
func (k keeper) forget() (bool, error) {
	if k.path == "" {
		return false, nil
	}
	err := disk.ForgetRemembered(k.path, k.opt)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
