package cli

// Reports that are read elsewhere name files from the root of the repository, where code scanners look for them; where
// there is none, from the directory in which the program runs. What is not below it keeps its whole path.

import (
	"os"
	"path/filepath"
	"strings"
)

// reportPath names files as a report does that is about zone files. Each name is worked out once.
func reportPath() func(name string) string {
	root, known := "", map[string]string{"-": stdinName, stdinName: stdinName}
	return func(name string) string {
		if root == "" {
			root = reportRoot(name)
		}
		if known[name] == "" {
			known[name] = filepath.ToSlash(below(root, name))
		}
		return known[name]
	}
}

// reportRoot is the root of the repository in which the program runs, or else of the one that has the first file that is
// named.
func reportRoot(first string) string {
	here := fullPath(".")
	root := repository(here)
	if root == "" {
		root = repository(filepath.Dir(fullPath(first)))
	}
	if root == "" {
		return here
	}
	return root
}

// repository is the directory at or above another that holds a repository of git; "" if there is none. In a worktree
// and in a submodule .git is a file.
func repository(dir string) string {
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// below is a file's name from a directory on, or its whole path where it is not below. The directory may be known by
// another path than the file: then links are followed.
func below(root, name string) string {
	full := fullPath(name)
	if rel, ok := relative(root, full); ok {
		return rel
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(full))
	if err != nil {
		return full
	}
	if root, err = filepath.EvalSymlinks(root); err == nil {
		if rel, ok := relative(root, filepath.Join(dir, filepath.Base(full))); ok {
			return rel
		}
	}
	return full
}

// relative is a path from a directory on; ok is false if it is not below.
func relative(root, full string) (rel string, ok bool) {
	rel, err := filepath.Rel(root, full)
	return rel, err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
