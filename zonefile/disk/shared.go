//go:build linux || darwin || freebsd || netbsd

package disk

// This file is what files have in common that are opened together, as all files of a zone are, or those of a thousand zones:
// a directory is held open once and listed once, and the records of interrupted saves are read once, so that what many files
// cost grows as their number.

import (
	"slices"
	"sync"
)

// Shared is what is known of directories and of interrupted saves, for who opens many files. It may be shared by files that are
// opened side by side. The zero value knows nothing yet.
type Shared struct {
	mu      sync.Mutex
	staged  map[string][]string   // what saves had left in directories when they were first asked for, by their paths
	held    map[string]*directory // that files of these paths have open
	records map[string]*seenRecord
}

// A directory is one that files have open.
type directory struct {
	fd     int
	state  status
	hidden bool // it may be searched and not read
	files  int  // that have it open
}

// A seenRecord is what was seen of the record of an interrupted save.
type seenRecord struct {
	concerns map[string]bool // paths; nil as long as another process has it
	looked   bool
	save     *Interrupted // once looked; nil if it ended
}

// directory opens the directory of a file, or finds it open. One that was put elsewhere since is another one: its file is
// opened in what stands at the path now.
func (s *Shared) directory(k kernel, path string) (*directory, error) {
	if s == nil {
		return k.holdDirectory(path)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.held[path]; d != nil {
		if now, err := k.statPath(path); err == nil && now.sameFile(d.state) {
			d.files++
			return d, nil
		}
	}
	d, err := k.holdDirectory(path)
	if err != nil {
		return nil, err
	}
	if s.held == nil {
		s.held = map[string]*directory{}
	}
	s.held[path] = d
	return d, nil
}

// leave closes a directory for one file, and for good behind the last.
func (s *Shared) leave(k kernel, path string, d *directory) {
	if s != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	if d.files--; d.files > 0 {
		return
	}
	k.closeFile(d.fd)
	if s != nil && s.held[path] == d {
		delete(s.held, path)
	}
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
		if s.staged == nil {
			s.staged = map[string][]string{}
		}
		s.staged[dir] = names
	}
	return names
}

// interruptions is the interrupted saves that concern the paths of one file. Which records there are is asked for each file,
// for another program may begin one; what stands in a record is read once.
func (s *Shared) interruptions(k kernel, paths []string, opt Options) (found Interruptions, err error) {
	if s == nil {
		s = new(Shared)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	records, err := k.records(opt)
	slices.Sort(records) // by time
	for _, path := range records {
		seen, notes := s.see(k, path, paths, opt)
		found.Notes = append(found.Notes, notes...)
		if seen.looked && seen.save != nil && seen.concern(paths) {
			found.Saves = append(found.Saves, seen.save)
		}
	}
	return found, err
}

// see looks at a record if nobody has, or nobody has looked at the files of it and they are those of paths.
func (s *Shared) see(k kernel, path string, paths []string, opt Options) (seen *seenRecord, notes []string) {
	seen = s.records[path]
	waited := seen != nil
	if !waited {
		seen = new(seenRecord)
		if s.records == nil {
			s.records = map[string]*seenRecord{}
		}
		s.records[path] = seen
	}
	if seen.looked || seen.concerns != nil && !seen.concern(paths) {
		return seen, nil
	}
	of := paths
	if waited { // another process has it, and will not let go of it for the next file either
		of = nil
	}
	r, err := k.lookAtRecord(opt, path, of)
	if err != nil {
		notes = append(notes, err.Error())
	}
	if r == nil {
		return seen, notes
	}
	defer r.release()
	seen.concerns = r.paths()
	if seen.concern(paths) || r.old() { // the files of others may be large, and are read
		seen.looked = true
		seen.save, notes = r.look()
	}
	return seen, notes
}

// concern tells whether the record is about one of these paths.
func (r *seenRecord) concern(paths []string) bool {
	return slices.ContainsFunc(paths, func(p string) bool { return r.concerns[p] })
}
