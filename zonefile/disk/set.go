//go:build linux || darwin || freebsd || netbsd

package disk

// A zone file with what it includes, opened and saved together. An include can name any file of the machine, so where
// it may lead is decided here.

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// SetOptions say how a zone file and the files that it includes are opened.
//
// A zone file may come from someone who must not read what its reader can. So an include is read only if it is, links
// followed, in or below the directory of the zone file, Directory, or one of IncludeDirs; where no Directory is given a
// relative path without ".." may also start from the current directory. BIND reads any file that named can read.
type SetOptions struct {
	Options
	Directory   string   // that relative paths of includes start from, named's directory; "" is beside the zone file, else here
	IncludeDirs []string // more directories that included files may be in
	Root        string   // that absolute paths of includes start from, the directory that named runs in; "" is that of the machine
}

// A Set is a zone file and the files that it includes, open together. Like a File it is for one goroutine at a time.
type Set struct {
	opt     SetOptions
	root    string
	members []member
	named   map[string]int // members by their names
	inodes  map[inode]int  // and by what they were when they were opened; nil once they may be others, after a save
}

// inode is what a file is, whatever it is called.
type inode struct{ device, number uint64 }

// member is a file of a set, under the name that messages have.
type member struct {
	name string
	file *File
}

// OpenSet opens a zone file; what it includes joins by Include. Without a path, for a zone that comes from elsewhere, the
// set starts empty and includes are taken from the current directory.
func OpenSet(path string, opt SetOptions) (*Set, error) {
	s := &Set{opt: opt, root: path, named: map[string]int{}, inodes: map[inode]int{}}
	if s.opt.Shared == nil { // the directory of many includes is held once
		s.opt.Shared = new(Shared)
	}
	if path == "" {
		return s, nil
	}
	if _, err := s.open(path); err != nil {
		return nil, err
	}
	return s, nil
}

// Include opens an included file, once: the name that it returns is the same for every path that leads to the same file,
// so that a file that includes itself is known by its name.
func (s *Set) Include(path string) (name string, data []byte, err error) {
	at, err := s.locate(path)
	if err != nil {
		return "", nil, err
	}
	here := at == path && filepath.IsLocal(path) // in the current directory, and the path does not lead out of it
	if err := s.allows(at, here); err != nil {
		return "", nil, err
	}
	m, err := s.open(at)
	if err == nil {
		err = s.inside(m.file.target, here) // a link may have been turned meanwhile
	}
	if err != nil {
		return "", nil, err
	}
	return m.name, m.file.Bytes(), nil
}

// open opens a file, or finds it among the members by its device and inode.
func (s *Set) open(path string) (member, error) {
	if i, known := s.named[path]; known {
		return s.members[i], nil
	}
	opt := s.opt.Options
	opt.New = opt.New && path == s.root // what is included has to be there
	f, err := Open(path, opt)
	if err != nil {
		return member{}, err
	}
	if m, known := s.sameAs(f); known {
		f.Close()
		return m, nil
	}
	s.named[path] = len(s.members)
	if s.inodes != nil {
		s.inodes[inode{f.state.dev, f.state.ino}] = len(s.members)
	}
	m := member{path, f}
	s.members = append(s.members, m)
	return m, nil
}

// sameAs is the member that a file is, whatever path led there.
func (s *Set) sameAs(f *File) (member, bool) {
	if s.inodes != nil {
		i, known := s.inodes[inode{f.state.dev, f.state.ino}]
		if !known {
			return member{}, false
		}
		return s.members[i], true
	}
	for _, m := range s.members {
		if m.file.state.sameFile(f.state) {
			return m, true
		}
	}
	return member{}, false
}

// locate finds an included file. BIND takes a relative path from named's directory, which a zone file does not tell: where
// two places have one, nobody guesses.
func (s *Set) locate(path string) (string, error) {
	switch {
	case filepath.IsAbs(path):
		return strings.TrimSuffix(s.opt.Root, "/") + path, nil // as it is: a link may stand before ".."
	case s.opt.Directory != "":
		return filepath.Join(s.opt.Directory, path), nil
	case s.root == "":
		return path, nil
	}
	beside := filepath.Join(filepath.Dir(s.root), path)
	there, err := os.Stat(beside)
	here, errHere := os.Stat(path)
	switch {
	case err == nil && errHere == nil && !os.SameFile(there, here):
		return "", fmt.Errorf("both %s and ./%s exist: say by --directory where included files are", beside, path)
	case err != nil && errHere == nil:
		return path, nil
	}
	return beside, nil
}

// allows refuses a file that is outside the directories of the set. It is asked before anything there is opened.
func (s *Set) allows(path string, here bool) error {
	t, err := kernel{around: s.opt.around}.remembering(s.opt.Shared).resolve(path)
	if err != nil {
		return err
	}
	return s.inside(t, here)
}

// inside refuses a file that is in none of the directories of the set.
func (s *Set) inside(t target, here bool) error {
	for _, dir := range s.directories(here) {
		dir, err := filepath.Abs(dir)
		if err == nil {
			dir, err = filepath.EvalSymlinks(dir)
		}
		if err == nil && (t.dir == dir || strings.HasPrefix(t.dir, strings.TrimSuffix(dir, "/")+"/")) {
			return nil
		}
	}
	return &Error{Path: t.path(), What: "not read: it is outside the directory of the zone file",
		Remedy: "if you trust it, allow it with --include-dir " + t.dir}
}

// directories are those in and below which an included file may be; here adds the current one. The root of all is none of
// them, be it the current one or named's: paths count from it, and nothing is allowed for it.
func (s *Set) directories(here bool) []string {
	dirs := append([]string{}, s.opt.IncludeDirs...)
	if d := s.opt.Directory; d != "" && filepath.Clean(d) != "/" {
		dirs = append(dirs, d)
	}
	if root := s.Root(); root != nil { // a link to a zone file has the includes of both places
		dirs = append(dirs, filepath.Dir(root.Name()), filepath.Dir(root.Path()))
	}
	if wd, err := os.Getwd(); err == nil && wd != "/" && here {
		dirs = append(dirs, wd)
	}
	return dirs
}

// Root is the zone file itself; nil in a set that was opened without one.
func (s *Set) Root() *File {
	if s.root == "" || len(s.members) == 0 {
		return nil
	}
	return s.members[0].file
}

// File is the file of a name that Include returned, or of the path that OpenSet was given; nil if there is none.
func (s *Set) File(name string) *File {
	if i, known := s.named[name]; known {
		return s.members[i].file
	}
	return nil
}

// Changes is what SaveAll has to write so that the files have a new content: those that content has no other bytes for are
// left out, and the zone file comes last, behind what it includes.
func (s *Set) Changes(content func(name string) []byte, opt SaveOptions) []Change {
	var changes []Change
	s.inodes = nil // what is saved gets another
	for _, m := range slices.Backward(s.members) {
		if data := content(m.name); data != nil && string(data) != string(m.file.Bytes()) {
			changes = append(changes, Change{m.file, data, opt})
		}
	}
	return changes
}

// Warnings is what a user should know about the files before editing; see File.Warnings.
func (s *Set) Warnings() []string {
	var out []string
	for _, m := range s.members {
		out = append(out, m.file.Warnings()...)
	}
	return out
}

// Editors are the other editors that have a file of the set open.
func (s *Set) Editors() []Editor {
	var list []Editor
	for _, m := range s.members {
		for _, e := range m.file.Editors() {
			if !e.Gone {
				list = append(list, e)
			}
		}
	}
	return list
}

// Interrupted is the interrupted saves of all files; see File.Interrupted.
func (s *Set) Interrupted() (all Interruptions) {
	for _, m := range s.members {
		all.join(m.file.Interrupted())
	}
	return all
}

// Close closes all files. Their bytes stay valid.
func (s *Set) Close() {
	for _, m := range s.members {
		m.file.Close()
	}
}

// Neighbours is the names of members beside which named keeps files of its own.
type Neighbours struct {
	Journals []string // NAME.jnl: named writes the member itself
	Signed   []string // NAME.signed: named signs what it reads in the member (inline-signing)
}

// Neighbours looks for them.
func (s *Set) Neighbours() (n Neighbours) {
	for _, m := range s.members {
		if m.file.has(journalSuffix) {
			n.Journals = append(n.Journals, m.name)
		}
		if m.file.has(signedSuffix) {
			n.Signed = append(n.Signed, m.name)
		}
	}
	return n
}
