package cli

// Which files lint is about: those that are named, and of a directory those that are zones. How many were left out is told, so
// that nobody takes a directory for clean of which nothing was read.

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/zonefile"
)

// targets is the files that lint is about.
type targets struct {
	paths   []string
	found   map[string]bool // those that nobody named: what turns out to be no zone is none of them
	leftOut map[string]int  // files below a directory that are no zones
	errs    []error
}

// targets is the zone files that arguments name or lead to.
func (p *program) targets(cmd *cobra.Command, exclude, args []string) (t targets, err error) {
	t.found, t.leftOut = map[string]bool{}, map[string]int{}
	for _, pattern := range exclude {
		if _, err := filepath.Match(pattern, ""); err != nil {
			return t, usagef(cmd, "--exclude %q: this is no pattern: write one as shells have it, as '*.test'", pattern)
		}
	}
	skip := func(path string) bool { return excluded(path, exclude) }
	for _, arg := range args {
		at, err := os.Stat(arg)
		switch {
		case arg != "-" && skip(arg):
		case arg == "-" || err != nil || !at.IsDir():
			t.paths = append(t.paths, arg)
		default:
			below := p.asking.ZonesBelow(arg, skip)
			t.leftOut[arg] = below.LeftOut
			for _, path := range below.Paths {
				t.paths, t.found[path] = append(t.paths, path), true
			}
			if len(below.Paths) == 0 && len(below.Errs) == 0 {
				t.errs = append(t.errs, fmt.Errorf("%s: is a directory, and no zone file is in it: name one", arg))
			}
			for _, err := range below.Errs {
				t.errs = append(t.errs, fail(arg, err))
			}
		}
	}
	if t.paths = onceEach(t.paths); len(t.paths)+len(t.errs) == 0 {
		return t, usagef(cmd, "--exclude leaves out all of %s: name a zone file", strings.Join(args, ", "))
	}
	return t, nil
}

// first is the file whose settings count where a zone has no others; "-" for none.
func (t targets) first() string {
	if len(t.paths) == 0 {
		return "-"
	}
	return t.paths[0]
}

// excluded tells whether one of some patterns fits a path, its last part, or a directory that it is in.
func excluded(path string, patterns []string) bool {
	path = filepath.Clean(path)
	for _, pattern := range patterns {
		for at := path; at != "." && at != string(filepath.Separator); at = filepath.Dir(at) {
			whole, _ := filepath.Match(filepath.Clean(pattern), at)
			last, _ := filepath.Match(pattern, filepath.Base(at))
			if whole || last {
				return true
			}
		}
	}
	return false
}

// below is the directory that a path was found in.
func (t *targets) below(path string) string {
	found := ""
	for dir := range t.leftOut {
		if rel, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(rel) && len(dir) >= len(found) {
			found = dir
		}
	}
	return cmp.Or(found, ".")
}

// tellLeftOut tells how many files of directories were not read.
func (p *program) tellLeftOut(t targets) {
	for _, dir := range slices.Sorted(maps.Keys(t.leftOut)) {
		if n := t.leftOut[dir]; n > 0 {
			p.tell(fmt.Sprintf("%s: left out, for they are no zones: %s", dir, zonefile.Plural(n, "file", "files")))
		}
	}
}

// onceEach is paths without those that stand there twice, as where patterns overlap.
func onceEach(paths []string) (once []string) {
	seen := map[string]bool{}
	for _, path := range paths {
		key := path
		if path != "-" {
			key = fullPath(path)
		}
		if !seen[key] {
			once = append(once, path)
		}
		seen[key] = true
	}
	return once
}
