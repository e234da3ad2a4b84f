package cli

// Which files lint is about: those that are named, and of a directory those that are zones. How many were left out is told, so
// that nobody takes a directory for clean of which nothing was read.

import (
	"bytes"
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
			for _, err := range below.Errs {
				t.errs = append(t.errs, fail(arg, err))
			}
		}
	}
	if t.paths = onceEach(t.paths); len(t.paths) == 0 && len(t.errs) == 0 {
		return t, usagef(cmd, "no zone file in %s: name one", strings.Join(args, ", "))
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

// zonesOnly is files without those that nobody named and that turned out to be no zone of their own: they have no SOA, or
// another one includes them.
func (t *targets) zonesOnly(all []examined) []examined {
	included := map[string]bool{}
	for _, x := range all {
		if x.err == nil {
			for f := range x.zone.Files() {
				if f != x.zone.Root() {
					included[fullPath(f.Name())] = true
				}
			}
		}
	}
	return slices.DeleteFunc(all, func(x examined) bool {
		if !t.found[x.path] {
			return false
		}
		part := included[fullPath(x.path)]
		if x.err == nil && !part {
			_, whole := x.zone.SOA()
			part = !whole && !bytes.Contains(bytes.ToUpper(x.zone.Root().Bytes()), []byte("SOA")) // one that BIND refuses is told
		}
		if part {
			t.leftOut[t.below(x.path)]++
		}
		return part
	})
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
