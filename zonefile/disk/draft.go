//go:build linux || darwin || freebsd || netbsd

package disk

// This file keeps drafts: copies of a zone's files that another editor works on. What somebody writes there is nowhere else
// until it is in the zone: so a draft lies in the state directory, not in /tmp, together with the text that it began with, and
// goes only when Remove is called. A session that dies leaves it to the next one.
//
// A draft is a record (magic, path of the zone file, name of the file in the zone, text at the beginning; blocks as in a log)
// and beside it a directory with the file that is edited, and what the editor puts there itself.

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// draftMagic starts every record of a draft; its number is that of the format.
const draftMagic = "mailzone draft 1\n"

// draftSuffix is behind the name of a record in the name of its directory.
const draftSuffix = ".d"

// A Draft is the text of one file of a zone, as another editor works on it.
type Draft struct {
	Path string // of the file that is edited
	File string // of the zone: how the zone calls it
	Base []byte // what was copied
	Time time.Time

	kernel kernel
	record string // path of the record
	lock   int    // descriptor of the record, locked as long as this program lives
}

// NewDraft copies the text of a file of a zone.
func NewDraft(zone *File, file string, text []byte) (*Draft, error) {
	d := &Draft{File: file, Base: text, Time: time.Now(), kernel: zone.kernel, lock: -1}
	err := d.create(zone)
	if err == nil {
		return d, nil
	}
	if d.record != "" {
		_ = d.Remove()
	}
	return nil, failure(cmp.Or(d.record, zone.Path()), "no draft can be made for another editor", err)
}

// create makes the directory, and the record last: what it names is there.
func (d *Draft) create(zone *File) error {
	k := d.kernel
	random, err := randomName("")
	if err != nil {
		return err
	}
	dir, fd, err := k.stateDirFor(zone.opt, draftDir)
	defer k.closeFile(fd)
	name := stateKey(zone.Path()) + strings.TrimPrefix(random, stagedPrefix)
	if err != nil {
		return err
	}
	d.record = filepath.Join(dir, name)
	base := filepath.Base(d.File)
	d.Path = filepath.Join(d.record+draftSuffix, base)
	_, inside, err := k.stateDirFor(zone.opt, draftDir, name+draftSuffix)
	defer k.closeFile(inside)
	if err == nil {
		err = k.writeDurable(inside, base, d.Base)
	}
	record := appendBlock([]byte(draftMagic), []byte(zone.Path()))
	record = appendBlock(appendBlock(record, []byte(d.File)), d.Base)
	if err == nil {
		err = k.writeDurable(fd, name, record)
	}
	if err == nil {
		d.lock, err = k.openAt(fd, name, unix.O_RDONLY, 0)
	}
	if err != nil {
		return err
	}
	_ = k.lock(d.lock) // so that no other mailzone offers it while this one lives
	return nil
}

// Drafts is what earlier sessions of a zone file left, with the oldest first. Those of a session that is still there, and
// records that cannot be read, are not among them.
func Drafts(name string, opt Options) ([]*Draft, error) {
	k := kernel{around: opt.around}
	t, err := k.resolve(name)
	if err != nil {
		return nil, err
	}
	root, err := opt.stateDir()
	if err != nil {
		return nil, &Error{name, plain(err), "set one of them", err}
	}
	path := filepath.Join(root, draftDir)
	fd, err := k.openDirectory(path)
	if errors.Is(err, unix.ENOENT) {
		return nil, nil
	}
	defer k.closeFile(fd)
	if err == nil {
		err = k.private(root)
	}
	names, listErr := k.list(path)
	if err = errors.Join(err, listErr); err != nil {
		return nil, failure(path, "", err)
	}
	var found []*Draft
	for _, n := range names {
		if !strings.HasPrefix(n, stateKey(t.path())+"-") || strings.HasSuffix(n, draftSuffix) {
			continue
		}
		d := &Draft{kernel: k, record: filepath.Join(path, n), lock: -1}
		if d.read(fd, t.path()) {
			found = append(found, d)
			continue
		}
		d.Close()
	}
	slices.SortFunc(found, func(a, b *Draft) int { return a.Time.Compare(b.Time) })
	return found, nil
}

// read reads the record of a draft that nobody else has.
func (d *Draft) read(dir int, zone string) bool {
	k, name := d.kernel, filepath.Base(d.record)
	text, st, err := k.readFile(dir, name, logLimit)
	if err != nil || !strings.HasPrefix(string(text), draftMagic) {
		return false
	}
	path, rest, ok := cutBlock(text[len(draftMagic):])
	file, rest, alsoOK := cutBlock(rest)
	base, _, allOK := cutBlock(rest)
	if !ok || !alsoOK || !allOK || string(path) != zone {
		return false
	}
	d.File, d.Base, d.Time = string(file), base, time.Unix(0, st.mtime)
	d.Path = filepath.Join(d.record+draftSuffix, filepath.Base(d.File))
	if d.lock, err = k.openAt(dir, name, unix.O_RDONLY|unix.O_NONBLOCK, 0); err != nil {
		return false
	}
	return k.lock(d.lock) != unix.EWOULDBLOCK
}

// Text is what the file holds that is edited. The error is fs.ErrNotExist if the editor has removed it.
func (d *Draft) Text() ([]byte, error) {
	dir, err := d.kernel.openDirectory(filepath.Dir(d.Path))
	if err != nil {
		return nil, failure(d.Path, "", err)
	}
	defer d.kernel.closeFile(dir)
	text, _, err := d.kernel.readFile(dir, filepath.Base(d.Path), DefaultMaxSize)
	if err != nil {
		return nil, failure(d.Path, "", err)
	}
	return text, nil
}

// Remove removes the draft, with all that the editor put beside it.
func (d *Draft) Remove() error {
	defer d.Close()
	err := os.RemoveAll(d.record + draftSuffix)
	if err == nil {
		err = os.Remove(d.record)
	}
	if err != nil {
		return failure(d.record, "the draft cannot be removed", err)
	}
	return nil
}

// Close leaves the draft for the next session.
func (d *Draft) Close() {
	d.kernel.closeFile(d.lock)
	d.lock = -1
}
