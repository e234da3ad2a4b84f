//go:build linux || darwin || freebsd || netbsd

package disk

// This file follows a name to the file that a save has to replace, once, so that a link stays a link.

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// maxLinks is how many links one name may lead through, as in Linux.
const maxLinks = 40

// A target is where a name leads.
type target struct {
	chain []string // every link followed and last the file; nil if the name is the file itself
	dir   string   // of the file, free of links
	base  string   // of the file, not a link when it was looked at
}

// path is the file's name without a link in it.
func (t target) path() string { return filepath.Join(t.dir, t.base) }

// resolve follows the links that name leads through. The file itself need not exist, its directory must.
func (k kernel) resolve(name string) (target, error) {
	if name == "" || strings.ContainsRune(name, 0) {
		return target{}, &Error{Path: name, What: "no file has such a name", Remedy: "name a zone file"}
	}
	var t target
	next := name
	for range maxLinks + 1 {
		if err := k.locate(&t, next); err != nil {
			return t, openError(name, err)
		}
		link, err := k.readlink(t.path())
		if errors.Is(err, unix.EINVAL) || errors.Is(err, fs.ErrNotExist) { // no link, or nothing there
			if t.chain != nil {
				t.chain = append(t.chain, t.path())
			}
			return t, nil
		}
		if err != nil {
			return t, openError(name, err)
		}
		t.chain = append(t.chain, next)
		if next = link; !filepath.IsAbs(link) {
			next = t.dir + "/" + link // not Join: it would drop "..", which after a link is another directory
		}
	}
	return t, &Error{Path: name, What: "leads through more than 40 symbolic links", Remedy: "name the file itself; `namei -l` shows the links"}
}

// locate sets the directory and the last element of a path.
func (k kernel) locate(t *target, path string) error {
	if !filepath.IsAbs(path) {
		wd, err := os.Getwd()
		if err != nil {
			return err
		}
		path = wd + "/" + path
	}
	dir, base := filepath.Split(path)
	if base == "" || base == "." || base == ".." {
		return unix.EISDIR
	}
	t.base = base
	follow := k.leads
	if follow == nil {
		follow = k.realpath
	}
	var err error
	t.dir, err = follow(dir)
	return err
}

// realpath is a directory free of links.
func (k kernel) realpath(dir string) (path string, err error) {
	err = k.call("realpath", func() (err error) {
		path, err = filepath.EvalSymlinks(dir)
		return err
	})
	return path, err
}

// readlink is readlink(2); EINVAL means that the name is no link.
func (k kernel) readlink(path string) (link string, err error) {
	err = k.call("readlink", func() (err error) {
		link, err = os.Readlink(path)
		return err
	})
	return link, err
}
