package server

// This file opens the files of a configuration: regular ones alone, and never one inside itself. One that cannot be read is
// told, and the rest is read on.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// include puts files in the place of a statement. They are pushed in their order, so that the last is read first. BIND: it
// does the same.
func (p *confStream) include(path confWord) {
	if path.long || path.text == "" {
		p.fault(path.at, "an include without a path: name a file")
		return
	}
	full := joinConf(p.dir, path.text)
	if !hasPattern(full) {
		p.enter(path.at, full)
		return
	}
	found, err := p.glob(full)
	switch {
	case errors.Is(err, fs.ErrPermission):
		p.unreadable(path.at, full)
	case err != nil:
		p.fault(path.at, fmt.Sprintf("include %s: %s", full, plainCause(err)))
	case len(found) == 0:
		p.fault(path.at, fmt.Sprintf("include %s: no file fits, so that named does not start: make one, or take the line away", full))
	}
	for _, name := range found {
		p.enter(path.at, name)
	}
}

// enter goes on reading in a file.
func (p *confStream) enter(from confPlace, path string) {
	if p.stopped {
		return
	}
	if p.entered++; p.entered > mostTexts {
		p.stop(from, "the configuration has more than 1000 files: what follows is not read")
		return
	}
	if len(p.texts) >= deepestTexts {
		p.stop(from, "300 files include each other in a chain: what follows is not read")
		return
	}
	text, err := openConf(p.root.open(path))
	if err != nil {
		p.notOpened(from, path, err)
		return
	}
	if text.info.Size() > int64(mostConf-p.spent) {
		text.file.Close()
		p.stop(from, tooMuchConf)
		return
	}
	if i := slices.IndexFunc(p.texts, func(t *confText) bool { return t.info != nil && os.SameFile(t.info, text.info) }); i >= 0 {
		text.file.Close()
		p.fault(from, "include of a file that includes this one ("+p.chain(i, text.name)+"): take one of these lines away; it is not read again")
		return
	}
	p.texts = append(p.texts, text)
}

// notOpened tells why a file is not read.
func (p *confStream) notOpened(from confPlace, path string, err error) {
	if errors.Is(err, fs.ErrPermission) {
		p.unreadable(from, path)
		return
	}
	what := "is not read: " + plainCause(err)
	if errors.Is(err, fs.ErrNotExist) {
		what = "is not there: make it, or take the line away"
	}
	p.fault(from, fmt.Sprintf("include %s: %s", path, what))
}

// chain is the files from one that is being read to one that it leads to.
func (p *confStream) chain(from int, to string) string {
	var names []string
	for _, t := range p.texts[from:] {
		names = append(names, t.name)
	}
	if len(names) > 6 {
		names = slices.Concat(names[:3], []string{"..."}, names[len(names)-2:])
	}
	return strings.Join(append(names, to), " -> ")
}

// openConf opens a file if it is a regular one. It is looked at first, for opening a device may set it in motion; and should a
// FIFO take its place meanwhile, nobody waits for a writer.
func openConf(path string) (*confText, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() {
		return nil, errNotRegular
	}
	f, err := os.OpenFile(path, os.O_RDONLY|unix.O_NONBLOCK|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	if st, err = f.Stat(); err == nil && !st.Mode().IsRegular() {
		err = errNotRegular
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return &confText{name: path, line: 1, from: f, file: f, info: st}, nil
}

// errNotRegular says that a path leads to something that is not read.
var errNotRegular = errors.New("it is no regular file")
