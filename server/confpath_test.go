package server

// What paths of a configuration lead to is the same whether directories are listed on the way or each name is looked up.

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestListedDirectories holds what is found by what is kept of directories against looking at each part of a path: in random
// trees, in a chroot and outside of one.
func TestListedDirectories(t *testing.T) {
	names := []string{"a", "b", "c", "there", "gone", "..", "."}
	listed := 0
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		path := func(parts int) string {
			var p []string
			for range parts {
				p = append(p, names[r.IntN(len(names))])
			}
			return strings.Join(p, "/")
		}
		dir, err := filepath.EvalSymlinks(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		inside := dir + "/root"
		for range 30 { // what is there already, or has no directory, is left as it is
			at := filepath.Join(inside, filepath.Join("/", path(1+r.IntN(3))))
			switch r.IntN(3) {
			case 0:
				_ = os.MkdirAll(at, 0o755)
			case 1:
				_ = os.WriteFile(at, nil, 0o600)
			default:
				to := path(1 + r.IntN(2))
				if r.IntN(3) == 0 {
					to = "/" + to
				}
				_ = os.Symlink(to, at)
			}
		}
		for _, chroot := range []string{inside, ""} {
			kept, err := newConfRoot(chroot)
			if err != nil {
				t.Fatal(err)
			}
			under := inside
			if kept.dir != "" {
				under = ""
			}
			for range 10 * lookedUp {
				p := under + "/" + path(1+r.IntN(4))
				got, gotErr := kept.resolved(p)
				if real, err := filepath.EvalSymlinks(p); kept.dir == "" && err == nil && real != got {
					t.Fatalf("seed %d: %s leads to %q, %v; for the kernel to %q", seed, p, got, gotErr, real)
				}
				want, wantErr := confRoot{dir: kept.dir}.resolved(p)
				if got != want || (gotErr == nil) != (wantErr == nil) {
					t.Fatalf("seed %d, root %q: %s leads to %q, %v; looked up part by part to %q, %v", seed, chroot, p, got, gotErr, want, wantErr)
				}
			}
			for _, d := range kept.dirs {
				if d.listed {
					listed++
				}
			}
		}
	}
	if listed < 20 {
		t.Errorf("only %d directories were listed", listed)
	}
}
