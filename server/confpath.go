package server

// This file finds what paths of named.conf lead to: those of a named in a chroot are inside that, with every link that they
// lead through. The directory of a file is looked up once, for thousands of zones have their files in a few.

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// A confRoot is where the paths of a configuration start.
type confRoot struct {
	dir  string             // of the chroot, free of links; "" if there is none
	dirs map[string]confDir // directories by the paths that lead to them; nil where none are kept
}

// A confDir is what is known of a directory.
type confDir struct {
	at     string          // free of links; "" where nobody can look
	asked  int             // names that were looked up
	others map[string]bool // the names in it that are no files, where listed: true for a link, false for a directory
	listed bool
}

// newConfRoot is the root of a chroot, or the machine's own for "".
func newConfRoot(chroot string) (confRoot, error) {
	r := confRoot{dirs: map[string]confDir{}}
	if chroot == "" {
		return r, nil
	}
	at, err := filepath.Abs(chroot)
	if err == nil {
		at, err = filepath.EvalSymlinks(at)
	}
	if err == nil && at != "/" {
		r.dir = at
	}
	return r, err
}

// start is the directory that a program is in before its configuration names one: in a chroot the root of it. BIND: named
// goes there.
func (r confRoot) start() (string, error) {
	if r.dir != "" {
		return "/", nil
	}
	return os.Getwd()
}

// join puts a path of the configuration behind a directory. Names are not taken away before "..", which a link may lead
// elsewhere. BIND: a NUL ends a path.
func joinConf(dir, path string) string {
	path, _, _ = strings.Cut(path, "\x00")
	if !filepath.IsAbs(path) {
		path = strings.TrimSuffix(dir, "/") + "/" + path
	}
	if strings.Contains(path, "..") {
		return path
	}
	return filepath.Clean(path)
}

// open is the path by which a path of the configuration is opened here.
func (r confRoot) open(path string) string {
	if r.dir == "" && !strings.Contains(path, "..") {
		return path
	}
	if at, err := r.resolved(path); err == nil {
		return at
	}
	return r.dir + filepath.Clean(path)
}

// resolved is what a path leads to, free of links and outside the chroot. The file itself need not exist, its directory must.
func (r confRoot) resolved(path string) (string, error) {
	dir, base := filepath.Split(path)
	if base == "" || base == ".." || base == "." {
		return r.walk(path)
	}
	in := r.dirAt(dir)
	if in.at == "" {
		return "", fs.ErrNotExist // or nobody can look, which comes to the same
	}
	found := filepath.Join(in.at, base)
	if in.listed && !in.others[base] {
		return found, nil
	}
	switch st, err := os.Lstat(found); {
	case err == nil && st.Mode()&fs.ModeSymlink == 0, errors.Is(err, fs.ErrNotExist):
		return found, nil
	case err != nil:
		return "", err
	}
	return r.walk(path)
}

// lookedUp is how many names of a directory are looked up one by one before it is listed, which is cheaper for all of many.
// One with more than mostLookedAt is not.
const (
	lookedUp     = 50
	mostLookedAt = 100_000
	mostDirs     = 10_000 // that are kept
	stepsAbove   = 8      // that a directory is looked for among those that are kept
)

// dirAt is what is known of a directory of which one more name is looked up.
func (r confRoot) dirAt(path string) confDir {
	in, known := r.dirs[path]
	if !known {
		in.at = r.below(path)
	}
	return r.oneMore(path, in)
}

// oneMore counts a name that is looked up in a directory, and lists it at the one that makes that cheaper.
func (r confRoot) oneMore(path string, in confDir) confDir {
	if in.asked++; in.asked == lookedUp && in.at != "" {
		in.others, in.listed = othersIn(in.at)
	}
	if _, known := r.dirs[path]; known || r.dirs != nil && len(r.dirs) < mostDirs {
		r.dirs[path] = in
	}
	return in
}

// below is what the path of a directory leads to, "" where nobody can look. It is followed from the nearest directory above
// that is known: zones have their files in many directories, which are in one. What a list of that one has not is not
// looked for: a configuration may name 100,000 directories that are not there.
func (r confRoot) below(path string) string {
	above := strings.TrimSuffix(path, "/")
	for range stepsAbove {
		slash := strings.LastIndexByte(above, '/')
		if slash < 0 {
			break
		}
		if in, known := r.dirs[above[:slash+1]]; known {
			rest := path[slash+1:]
			if in = r.oneMore(above[:slash+1], in); in.at == "" || in.lacks(rest) {
				return ""
			}
			at, _ := r.walkFrom("/"+strings.TrimPrefix(strings.TrimPrefix(in.at, r.dir), "/"), rest)
			return at
		}
		above = above[:slash]
	}
	at, _ := r.walk(path)
	return at
}

// lacks reports whether a list of the directory says that a path of a directory in it leads nowhere.
func (d confDir) lacks(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	_, there := d.others[first]
	return d.listed && !there && first != "" && first != "." && first != ".."
}

// othersIn is the names in a directory that are no files: true for a link, false for a directory. One that cannot be listed, or has more
// names than any list of zones, is not listed.
func othersIn(dir string) (others map[string]bool, ok bool) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, false
	}
	defer d.Close()
	others = map[string]bool{}
	for n := 0; n <= mostLookedAt; {
		some, err := d.ReadDir(1024)
		for _, e := range some {
			if e.Type()&fs.ModeSymlink != 0 || e.IsDir() {
				others[e.Name()] = !e.IsDir()
			}
		}
		if n += len(some); err != nil {
			return others, errors.Is(err, io.EOF)
		}
	}
	return nil, false
}

// walk follows a path part by part, as the kernel does for a program in the chroot.
func (r confRoot) walk(path string) (string, error) { return r.walkFrom("/", path) }

// walkFrom follows a path from a directory inside of the chroot.
func (r confRoot) walkFrom(at, path string) (string, error) {
	const mostLinks = 40
	links, rest := 0, strings.Split(path, "/")
	for len(rest) > 0 {
		part := rest[0]
		rest = rest[1:]
		if part == "" || part == "." {
			continue
		}
		if part == ".." {
			at = filepath.Dir(at)
			continue
		}
		st, err := os.Lstat(r.dir + filepath.Join(at, part))
		switch {
		case errors.Is(err, fs.ErrNotExist) && len(rest) == 0:
			return r.dir + filepath.Join(at, part), nil
		case err != nil:
			return "", err
		case st.Mode()&fs.ModeSymlink == 0 && !st.IsDir() && len(rest) > 0:
			return "", unix.ENOTDIR
		case st.Mode()&fs.ModeSymlink == 0:
			at = filepath.Join(at, part)
			continue
		}
		to, err := os.Readlink(r.dir + filepath.Join(at, part))
		if err != nil {
			return "", err
		}
		if links++; links > mostLinks {
			return "", unix.ELOOP
		}
		if filepath.IsAbs(to) {
			at = "/"
		}
		rest = append(strings.Split(to, "/"), rest...)
	}
	return filepath.Join("/", r.dir, at), nil
}

// exists reports whether something is at a path.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// plainCause is an error of the system without the operation and the path that stand in it.
func plainCause(err error) string {
	if p := new(fs.PathError); errors.As(err, &p) {
		err = p.Err
	}
	return err.Error()
}
