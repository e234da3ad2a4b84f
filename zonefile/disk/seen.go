//go:build linux || darwin || freebsd || netbsd

package disk

// This file finds the interrupted saves of files, and reads each record once for all of them.

import "slices"

// FindInterrupted finds the interrupted saves of a file that this user made. The file itself may be gone. The record of a
// save of it that ended is removed on the way, and so is one of any file that is older than a month and of which no file is a
// version: its versions become undo copies.
func FindInterrupted(name string, opt Options) (Interruptions, error) {
	k := kernel{around: opt.around}
	paths, err := k.pathsOf(name)
	if err != nil {
		return Interruptions{}, err
	}
	return new(Shared).interruptions(k, paths, opt)
}

// pathsOf are the path of a name, and of what it leads to if it is a link: one may stand now where the file of a save was, and
// lead anywhere, or in a circle.
func (k kernel) pathsOf(name string) ([]string, error) {
	var own target
	if err := k.locate(&own, name); err != nil {
		return nil, openError(name, err)
	}
	t, err := k.resolve(name)
	if err != nil {
		return []string{own.path()}, nil
	}
	return []string{own.path(), t.path()}, nil
}

// A seenRecord is what was seen of the record of an interrupted save.
type seenRecord struct {
	concerns map[string]bool // paths; nil as long as another process has it
	looked   bool
	save     *Interrupted // once looked; nil if it ended
}

// knownRecords is what is known of records.
type knownRecords struct {
	seen   map[string]*seenRecord // by their paths
	listed bool                   // they were listed for a file that is only read
	paths  []string
	err    error
}

// known is what is known of records.
func (s *Shared) known() *knownRecords {
	known, _ := s.seen.(*knownRecords)
	if known == nil {
		known = &knownRecords{seen: map[string]*seenRecord{}}
		s.seen = known
	}
	return known
}

// interruptions is the interrupted saves that concern the paths of one file. Which records there are is asked for each file,
// for another program may begin one; what stands in a record is read once.
func (s *Shared) interruptions(k kernel, paths []string, opt Options) (found Interruptions, err error) {
	if s == nil {
		s = new(Shared)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	records, err := s.recordsOf(k, opt)
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

// recordsOf is the records that there are. For files that are only read it is asked once: whoever writes opens them again.
func (s *Shared) recordsOf(k kernel, opt Options) ([]string, error) {
	if !opt.ReadOnly {
		return k.records(opt)
	}
	known := s.known()
	if !known.listed {
		known.paths, known.err = k.records(opt)
		known.listed = true
	}
	return slices.Clone(known.paths), known.err
}

// none tells whether there is no record at all that could be about a file which is only read.
func (s *Shared) none(k kernel, opt Options) bool {
	if s == nil || !opt.ReadOnly {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	records, err := s.recordsOf(k, opt)
	return err == nil && len(records) == 0
}

// see looks at a record if nobody has, or nobody has looked at the files of it and they are those of paths.
func (s *Shared) see(k kernel, path string, paths []string, opt Options) (seen *seenRecord, notes []string) {
	records := s.known().seen
	seen = records[path]
	waited := seen != nil
	if !waited {
		seen = new(seenRecord)
		records[path] = seen
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
