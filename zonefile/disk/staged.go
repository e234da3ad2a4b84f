//go:build linux || darwin || freebsd || netbsd

package disk

// This file finds what saves have left in a directory, by the names that they stage files under, and what other programs keep there.

import (
	"slices"
	"strings"
)

// isStagedOf tells the name of what a save stages for a file.
func isStagedOf(name, base string) bool {
	prefix := stagedPrefix + nameKey(base) + "-"
	return strings.HasPrefix(name, prefix) && len(name) == len(prefix)+2*randomBytes
}

// stagedIn is the names of staged files in a directory.
func (s *Shared) stagedIn(k kernel, dir string) []string {
	if s == nil {
		return k.stagedIn(dir)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	names, known := s.staged[dir]
	if !known {
		names = k.stagedIn(dir)
		keep(&s.staged, dir, names)
	}
	return names
}

// stagedIn is the names in a directory that are those of staged files.
func (k kernel) stagedIn(dir string) []string {
	names, _ := k.list(dir) // what cannot be listed cannot be cleaned up
	return slices.DeleteFunc(names, func(name string) bool { return !strings.HasPrefix(name, stagedPrefix) })
}

// What named adds to the name of a zone file, for its journal and for what it has signed.
const journalSuffix, signedSuffix = ".jnl", ".signed"

// lists tells whether a directory may have a name that a program makes of a file's.
func (s *Shared) lists(k kernel, dir, name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	l, known := s.beside[dir]
	if !known {
		if names, err := k.list(dir); err == nil {
			l = listing{}
			for _, n := range names {
				if strings.HasPrefix(n, ".") || strings.HasSuffix(n, journalSuffix) || strings.HasSuffix(n, signedSuffix) {
					l[n] = true
				}
			}
		}
		keep(&s.beside, dir, l)
	}
	return l == nil || l[name]
}
