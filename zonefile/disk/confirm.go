//go:build linux || darwin || freebsd || netbsd

package disk

// This file makes durable in one go what a save of many files keeps in the state directory: an undo copy of each, the record
// with both versions of each. To wait for each of them alone costs five times what the zone files cost. What is put at the names
// of zone files is never confirmed so.

import "slices"

// confirmsAtOnce decides whether the save's part of the state directory is made durable in one go: it is of many files, and
// the file system there can do it and tell whether that failed.
func (s *save) confirmsAtOnce() {
	if len(s.steps) < together {
		return
	}
	f := s.steps[0].File
	if slices.ContainsFunc(s.steps, func(st *step) bool { return st.File.opt.StateDir != f.opt.StateDir }) {
		return
	}
	s.lazy = s.eachStateDir(func(dir int) error { return f.kernel.canSyncWhole(dir) }) == nil
}

// eachStateDir does something with the directories that a save writes to.
func (s *save) eachStateDir(do func(dir int) error) error {
	f := s.steps[0].File
	for _, part := range []string{undoDir, recoveryDir} {
		_, dir, err := f.kernel.stateDirFor(f.opt, part)
		if err != nil {
			return err
		}
		err = do(dir)
		f.kernel.closeFile(dir)
		if err != nil {
			return err
		}
	}
	return nil
}

// keeper is the kernel that keeps copies and records for a step.
func (s *save) keeper(st *step) kernel {
	k := st.File.kernel
	k.lazy = s.lazy
	return k
}

// confirm makes durable what was kept.
func (s *save) confirm() error {
	if !s.lazy {
		return nil
	}
	f, done := s.steps[0].File, map[uint64]bool{}
	err := s.eachStateDir(func(dir int) error {
		st, err := f.kernel.stat(dir)
		if err != nil || done[st.dev] {
			return err
		}
		done[st.dev] = true
		return f.kernel.syncWhole(dir)
	})
	if err != nil {
		path, _ := f.opt.stateDir()
		return failure(path, "the undo copies cannot be made durable", err)
	}
	return nil
}
