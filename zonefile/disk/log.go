//go:build linux || darwin || freebsd || netbsd

package disk

// This file keeps what was edited and not yet saved, so that a closed terminal, a signal or a power failure costs nothing:
// the bytes that the edits started from, and each edit as it is made. Nothing of it ever changes the zone file by itself.
//
// A log is a head (magic, path, base) and one block for each edit. Every block has a checksum; what comes after the first
// damaged one was not durable when the machine stopped.

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sys/unix"
)

// logMagic starts every log; its number is that of the format.
const logMagic = "mailzone log 1\n"

// logLimit is the largest log that is read: a file as large as they may be, and as much again for its edits.
const logLimit = 2 * DefaultMaxSize

// ErrLogExists says that a log of an earlier session is there: Recover it, then remove it.
var ErrLogExists = errors.New("an earlier session left unsaved edits")

// A Log is the recovery log of one open file. Its file is made by the first Append.
type Log struct {
	file  *File
	dir   int // descriptor of the directory, -1 before the first Append
	fd    int // descriptor of the log, -1 if it must be written as a whole
	name  string
	path  string
	base  []byte
	edits [][]byte
	size  int64
}

// NewLog begins a log for an open file. An earlier session's edits are never overwritten: ErrLogExists.
func NewLog(f *File) (*Log, error) {
	old, err := Recover(f.name, f.opt)
	if err == nil {
		return nil, &Error{old.File, ErrLogExists.Error(), "restore or remove them first", ErrLogExists}
	}
	switch {
	case errors.Is(err, ErrReadOnly):
		return nil, &Error{f.Path(), "another mailzone keeps its edits of this file", "until it has ended, edits made here are lost if this one does not end well", err}
	case !errors.Is(err, unix.ENOENT):
		return nil, err
	}
	return &Log{file: f, dir: -1, fd: -1, name: stateKey(f.Path()), base: f.bytes}, nil
}

// TakeOver begins a log in the place of the one that is there, of an earlier session or of this one, whose edits the caller
// has in hand: the first Append puts the new log there at once, so that at no moment there is none.
func TakeOver(f *File) (*Log, error) {
	l := &Log{file: f, dir: -1, fd: -1, name: stateKey(f.Path()), base: f.bytes}
	if err := l.openDir(); err != nil {
		return nil, failure(l.path, "the recovery log cannot be written", err)
	}
	return l, nil
}

// Path is where the log is, "" before the first Append.
func (l *Log) Path() string { return l.path }

// Append adds an edit and makes it durable. The bytes are the caller's own; Recover returns them as they are. After an
// error the edit is kept, and the next Append tries to write it again.
func (l *Log) Append(edit []byte) error {
	l.edits = append(l.edits, slices.Clone(edit))
	if l.fd < 0 {
		return l.fail(l.rewrite())
	}
	block := appendBlock(nil, edit)
	err := l.file.kernel.writeFrom(l.fd, block, l.size)
	if err == nil {
		err = l.file.kernel.sync(l.fd)
	}
	l.size += int64(len(block))
	return l.fail(err)
}

// fail closes a log that could not be written, so that the next Append writes all of it anew.
func (l *Log) fail(err error) error {
	if err == nil {
		return nil
	}
	l.file.kernel.closeFile(l.fd)
	l.fd = -1
	return failure(l.path, "the recovery log cannot be written", err)
}

// rewrite writes the whole log.
func (l *Log) rewrite() (err error) {
	k := l.file.kernel
	if err := l.openDir(); err != nil {
		return err
	}
	text := append([]byte(nil), logMagic...)
	text = appendBlock(text, []byte(l.file.Path()))
	text = appendBlock(text, l.base)
	for _, edit := range l.edits {
		text = appendBlock(text, edit)
	}
	if err := k.writeDurable(l.dir, l.name, text); err != nil {
		return err
	}
	if l.fd, err = k.openAt(l.dir, l.name, unix.O_RDWR|unix.O_NONBLOCK, 0); err != nil {
		return err
	}
	_ = k.lock(l.fd) // so that no other mailzone offers it while this one lives
	l.size = int64(len(text))
	return nil
}

// openDir opens the directory of the log.
func (l *Log) openDir() error {
	if l.dir >= 0 {
		return nil
	}
	dir, fd, err := l.file.kernel.stateDirFor(l.file.opt, logDir)
	l.dir, l.path = fd, filepath.Join(dir, l.name)
	return err
}

// Reset forgets all edits, because they were saved or are not wanted, and starts from what the file holds now. It
// removes the log's file.
func (l *Log) Reset() error {
	l.base, l.edits, l.size = l.file.bytes, nil, 0
	if l.dir < 0 {
		return nil
	}
	k := l.file.kernel
	k.closeFile(l.fd)
	l.fd = -1
	err := k.unlink(l.dir, l.name)
	if err != nil && !errors.Is(err, unix.ENOENT) {
		return failure(l.path, "the recovery log cannot be removed", err)
	}
	return nil
}

// Close leaves the log where it is. A session that ends well calls Reset before.
func (l *Log) Close() {
	l.file.kernel.closeFile(l.fd)
	l.file.kernel.closeFile(l.dir)
	l.fd, l.dir = -1, -1
}

// appendBlock appends the length of data, a checksum of both, and data.
func appendBlock(to, data []byte) []byte {
	to = binary.BigEndian.AppendUint64(to, uint64(len(data)))
	to = binary.BigEndian.AppendUint32(to, blockSum(data))
	return append(to, data...)
}

// blockSum is the checksum of a block. The length is in it, or zeros would be a good block of no bytes.
func blockSum(data []byte) uint32 {
	table := crc32.MakeTable(crc32.Castagnoli)
	length := binary.BigEndian.AppendUint64([]byte("block"), uint64(len(data)))
	return crc32.Update(crc32.Checksum(length, table), table, data)
}

// cutBlock takes the first block off; ok is false if it is damaged or missing.
func cutBlock(from []byte) (data, rest []byte, ok bool) {
	const head = 12
	if len(from) < head {
		return nil, nil, false
	}
	length := binary.BigEndian.Uint64(from)
	if length > uint64(len(from)-head) {
		return nil, nil, false
	}
	data, rest = from[head:head+length], from[head+length:]
	return data, rest, binary.BigEndian.Uint32(from[8:]) == blockSum(data)
}

// A Recovery is what an earlier session edited and did not save.
type Recovery struct {
	Path  string    // of the zone file
	Base  []byte    // what the zone file held when the edits began; compare it with what it holds now
	Edits [][]byte  // in order
	Time  time.Time // of the last edit
	File  string    // of the log
}

// Recover reads the log that an earlier session of a file left. The error is fs.ErrNotExist if there is none, and
// ErrReadOnly if another mailzone is writing it now.
func Recover(name string, opt Options) (Recovery, error) {
	k := kernel{around: opt.around}
	t, err := k.resolve(name)
	if err != nil {
		return Recovery{}, err
	}
	root, err := opt.stateDir()
	if err != nil {
		return Recovery{}, &Error{name, plain(err), "set one of them", err}
	}
	path := filepath.Join(root, logDir, stateKey(t.path()))
	dir, err := k.openDirectory(filepath.Dir(path))
	if err != nil {
		return Recovery{}, failure(path, "", err)
	}
	defer k.closeFile(dir)
	if err := k.private(root); err != nil {
		return Recovery{}, failure(path, "", err)
	}
	if err := k.free(dir, filepath.Base(path)); err != nil {
		return Recovery{}, failure(path, "", err)
	}
	text, st, err := k.readFile(dir, filepath.Base(path), logLimit)
	if err != nil {
		return Recovery{}, failure(path, "", err)
	}
	r := Recovery{File: path, Time: time.Unix(0, st.mtime)}
	return r, r.parse(text)
}

// free reports whether no other process holds the lock of a file.
func (k kernel) free(dir int, name string) error {
	fd, _, err := k.openRegular(dir, name, logLimit)
	if err != nil {
		return err
	}
	defer k.closeFile(fd)
	if k.lock(fd) == unix.EWOULDBLOCK {
		return fmt.Errorf("another mailzone is editing this file: %w", ErrReadOnly)
	}
	return nil
}

// parse reads a log.
func (r *Recovery) parse(text []byte) error {
	damaged := &Error{r.File, "is no recovery log of this version, or is damaged", "look at it, then remove it", nil}
	if len(text) < len(logMagic) || string(text[:len(logMagic)]) != logMagic {
		return damaged
	}
	path, rest, ok := cutBlock(text[len(logMagic):])
	if !ok {
		return damaged
	}
	if r.Base, rest, ok = cutBlock(rest); !ok {
		return damaged
	}
	r.Path = string(path)
	for {
		var edit []byte
		if edit, rest, ok = cutBlock(rest); !ok {
			return nil
		}
		r.Edits = append(r.Edits, edit)
	}
}

// Remove removes the log.
func (r Recovery) Remove() error {
	if err := os.Remove(r.File); err != nil {
		return failure(r.File, "cannot be removed", err)
	}
	return nil
}
