package document

// Older versions of zones, as git keeps them: which files differ from a version, and the files as they were then. Git is asked
// and nothing is written to the repository; no program of its configuration is run to compare.

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Past is a version that git has.
type Past struct {
	Differ map[string]bool // files that are not now as they were, by their whole paths
	top    string          // where the repository is
	commit string
	tree   string // the files as they were, in a directory of their own
}

// PastOf finds a version, as HEAD or main, in the repository that a directory is in.
func PastOf(dir, version string) (*Past, error) {
	top, err := git(dir, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	p := &Past{Differ: map[string]bool{}, top: strings.TrimSuffix(string(top), "\n")}
	commit, err := git(p.top, "rev-parse", "--verify", "--quiet", "--end-of-options", version+"^{commit}")
	if err != nil {
		return nil, fmt.Errorf("git has no version %q: name a commit, branch or tag", version)
	}
	if p.commit = strings.TrimSpace(string(commit)); strings.HasPrefix(p.commit, "^") { // ^HEAD is all but HEAD
		return nil, fmt.Errorf("git has no version %q: name a commit, branch or tag", version)
	}
	changed, err := git(p.top, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", p.commit, "--")
	if err != nil {
		return nil, err
	}
	fresh, err := git(p.top, "ls-files", "-z", "--others", "--exclude-standard")
	if err != nil {
		return nil, err
	}
	for name := range strings.SplitSeq(string(changed)+string(fresh), "\x00") {
		if name != "" {
			p.Differ[filepath.Join(p.top, name)] = true
		}
	}
	return p, nil
}

// holds tells whether a path is in the repository, and where in it.
func (p *Past) holds(path string) (inside string, ok bool) {
	inside, err := filepath.Rel(p.top, realPath(path))
	return inside, err == nil && filepath.IsLocal(inside)
}

// Changed tells whether a file is not as it was. What is outside of the repository is as if it had come just now.
func (p *Past) Changed(path string) bool {
	_, inside := p.holds(path)
	return !inside || p.Differ[realPath(path)]
}

// File is the path of a copy of a file as it was, with the files around it; "" if there was none. Close removes all copies.
func (p *Past) File(path string) (string, error) {
	inside, ok := p.holds(path)
	if !ok {
		return "", nil
	}
	if p.tree == "" {
		if err := p.unpack(); err != nil {
			return "", err
		}
	}
	copied := filepath.Join(p.tree, inside)
	if at, err := os.Lstat(copied); err != nil || !at.Mode().IsRegular() {
		return "", nil
	}
	return copied, nil
}

// unpack writes all files of the version into a directory of their own.
func (p *Past) unpack() error {
	archive, err := git(p.top, "archive", "--format=tar", p.commit)
	if err != nil {
		return err
	}
	if p.tree, err = os.MkdirTemp("", "mailzone-past-"); err != nil {
		return err
	}
	root, err := os.OpenRoot(p.tree)
	if err != nil {
		return err
	}
	defer root.Close()
	for r := tar.NewReader(bytes.NewReader(archive)); ; {
		h, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case h.Typeflag == tar.TypeDir:
			err = root.MkdirAll(filepath.Clean(h.Name), 0o700)
		case h.Typeflag == tar.TypeReg:
			err = writeFrom(root, h.Name, r)
		}
		if err != nil {
			return err
		}
	}
}

// writeFrom writes a file below a directory.
func writeFrom(root *os.Root, name string, from io.Reader) error {
	if err := root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	return errors.Join(err, f.Close())
}

// Dir is a directory as it was; one outside of the repository is what it is.
func (p *Past) Dir(path string) string {
	if inside, ok := p.holds(path); ok && p.tree != "" {
		return filepath.Join(p.tree, inside)
	}
	return path
}

// Close removes the copies.
func (p *Past) Close() error {
	if p.tree == "" {
		return nil
	}
	return os.RemoveAll(p.tree)
}

// git runs git in a directory, without what a repository's configuration would have it start.
func git(dir string, args ...string) ([]byte, error) {
	cmd := exec.Command("git", append([]string{"--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"}, args...)...)
	cmd.Dir = dir
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("git is not installed: install it, or name older versions by --against")
	case err != nil:
		first, _, _ := strings.Cut(strings.TrimPrefix(said.String(), "fatal: "), "\n")
		return nil, fmt.Errorf("git %s: %s", args[0], first)
	}
	return out, nil
}

// realPath is a path from the root on, free of links as far as it leads somewhere.
func realPath(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	if at, err := filepath.EvalSymlinks(path); err == nil {
		return at
	}
	return path
}
