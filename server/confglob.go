package server

// This file finds the files of an include with a pattern, as glob(3) does for named: no match for a leading dot that the
// pattern does not have, and no braces. A pattern may be made to go through the whole machine: it ends after so many names.

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// mostGlobbed is how many names of directories are looked at for all patterns of a configuration.
const mostGlobbed = 50_000

// errTooManyNames says that a pattern goes through more than any list of zones has.
var errTooManyNames = errors.New("the pattern goes through more than 50000 names: write a narrower one")

// hasPattern reports whether a path is a pattern.
func hasPattern(text string) bool { return strings.ContainsAny(text, `*?[\`) }

// glob is the paths that fit a pattern, in order. They are paths of the configuration, as the pattern is.
func (p *confStream) glob(pattern string) ([]string, error) {
	found := []string{"/"}
	for part := range strings.SplitSeq(pattern, "/") {
		if part == "" {
			continue
		}
		var next []string
		for _, dir := range found {
			names, err := p.fitting(dir, part)
			if err != nil {
				return nil, err
			}
			for _, name := range names {
				next = append(next, strings.TrimSuffix(dir, "/")+"/"+name)
			}
		}
		found = next
	}
	slices.Sort(found)
	return found, nil
}

// fitting is the names in a directory that fit a part of a pattern.
func (p *confStream) fitting(dir, part string) (names []string, err error) {
	at := p.root.open(dir)
	if !hasPattern(part) {
		if _, err := os.Lstat(p.root.open(strings.TrimSuffix(dir, "/") + "/" + part)); err != nil {
			return nil, ignoreMissing(err)
		}
		return []string{part}, nil
	}
	if st, err := os.Stat(at); err != nil || !st.IsDir() {
		return nil, ignoreMissing(err)
	}
	d, err := os.Open(at)
	if err != nil {
		return nil, ignoreMissing(err)
	}
	defer d.Close()
	part = strings.ReplaceAll(part, "[!", "[^")
	for {
		some, err := d.Readdirnames(1024)
		if p.globbed += len(some); p.globbed > mostGlobbed {
			return nil, errTooManyNames
		}
		for _, name := range some {
			fits, bad := path.Match(part, name)
			if bad != nil {
				fits = name == part
			}
			if fits && (name[0] != '.' || part[0] == '.') {
				names = append(names, name)
			}
		}
		if len(some) == 0 || err != nil {
			return names, nil
		}
	}
}

// ignoreMissing is an error that is none where it only says that nothing is there.
func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
