//go:build darwin || freebsd || netbsd

package disk

// Where there are no files without a name, a new file has one from the start, and its leftovers are found by it.

import (
	"golang.org/x/sys/unix"
)

// openUnnamed fails: only Linux has files without a name.
func (k kernel) openUnnamed(int) (int, error) { return -1, unix.ENOTSUP }

// link fails as well; no unnamed file ever reaches it.
func (k kernel) link(int, int, string) error { return unix.ENOTSUP }

// reserve does nothing: a full disk is met by the write, which is of a staged file.
func (k kernel) reserve(int, int64) error { return nil }

// canSyncWhole says no: sync(2) of these systems does not wait.
func (k kernel) canSyncWhole(int) error { return unix.ENOTSUP }

// syncWhole fails; it is asked for nowhere.
func (k kernel) syncWhole(int) error { return unix.ENOTSUP }

// copyFlags does nothing: no flag of these systems that a user may set makes sense on a zone file that can be saved.
func (k kernel) copyFlags(int, int) error { return nil }

// attributes is what the system says about a file beyond its stat.
type attributes struct{ immutable, appendOnly, mountRoot, mountUnknown bool }

// The bits of chflags(2), the same on all three systems: of the user and of the superuser.
const (
	flagImmutable = 0x2 | 0x20000
	flagAppend    = 0x4 | 0x40000
)

// attributesOf asks for the attributes of an open file.
func (k kernel) attributesOf(fd int) (attributes, error) {
	var st unix.Stat_t
	err := k.call("fstat", func() error { return unix.Fstat(fd, &st) })
	return attributes{
		immutable:    st.Flags&flagImmutable != 0,
		appendOnly:   st.Flags&flagAppend != 0,
		mountUnknown: true,
	}, err
}

// newGroup is the group that a new file of a directory gets: always the directory's.
func newGroup(dir status, _ uint32) uint32 { return dir.gid }

// searchOnly is no flag of its own here: such a directory cannot be opened.
const searchOnly = unix.O_RDONLY
