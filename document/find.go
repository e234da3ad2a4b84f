package document

// Which files below a directory may be zones: those that the name server's configuration names, where it names some, else
// those that hold an SOA record, or include what may. What programs keep beside zones is left out by its name or by what it holds, and counted.

import (
	"bufio"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Found is the zone files below a directory.
type Found struct {
	Paths   []string
	LeftOut int     // files that are none, as far as their names and beginnings tell
	Errs    []error // what could not be looked at
}

// ZonesBelow finds the zone files below a directory, in order. Links to directories are not followed, and nothing is looked
// for in directories with a dot, as those of version control. Skip leaves files and directories out.
func (a Asking) ZonesBelow(dir string, skip func(path string) bool) (found Found) {
	var named, zones []string
	files := 0
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			found.Errs = append(found.Errs, err)
			return nil
		case path != dir && skip(path), path != dir && d.IsDir() && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			files++
			return nil
		case d.IsDir():
			return nil
		}
		files++
		if at, err := os.Stat(path); err != nil || !at.Mode().IsRegular() || besideZones(d.Name()) {
			return nil
		}
		if a.isNamed(path) {
			named = append(named, path)
		}
		switch has, err := mayBeZone(path); {
		case err != nil:
			found.Errs = append(found.Errs, err)
		case has:
			zones = append(zones, path)
		}
		return nil
	})
	if found.Paths = zones; len(named) > 0 {
		found.Paths = named
	}
	found.LeftOut = files - len(found.Paths) - len(found.Errs)
	return found
}

// isNamed tells whether the configuration has a zone in a file.
func (a Asking) isNamed(path string) bool {
	return len(a.placement(path).Zones) > 0
}

// leftBeside is patterns of what stands beside zone files: journals and signed zones of named, parts of zones, copies of editors,
// packages and version control.
var leftBeside = [...]string{".*", "*~", "#*#", "*.jnl", "*.jbk", "*.signed", "*.signed.*", "*.bak", "*.old", "*.orig", "*.rej", "*.save", "*.swp",
	"*.tmp", "*.inc", "*.include", "*.conf", "*.dpkg-*", "*.ucf-*", "*.rpmnew", "*.rpmsave"}

// besideZones tells by its name that a file is no zone file of anybody.
func besideZones(name string) bool {
	return slices.ContainsFunc(leftBeside[:], func(pattern string) bool {
		match, _ := path.Match(pattern, name)
		return match
	})
}

// mayBeZone tells whether a file is text that has the word SOA outside comments, or includes other files.
func mayBeZone(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Bytes()
		if bytes.IndexByte(line, 0) >= 0 {
			return false, nil
		}
		line, _, _ = bytes.Cut(line, []byte(";"))
		for word := range bytes.FieldsSeq(line) {
			if bytes.EqualFold(word, []byte("SOA")) || bytes.EqualFold(word, []byte("$INCLUDE")) {
				return true, nil
			}
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) { // no zone has such lines
		return false, nil
	}
	return false, lines.Err()
}
