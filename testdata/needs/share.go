package needs

// This file parts long tests among runs: what must hold of a thousand zones is tried on a share of them at each landing, another one
// at the next, and on all of them wherever nobody asks for less.

import (
	"fmt"
	"os"
	"testing"
)

// ShareVariable is the environment variable that has the share `K/N` of a run: every Nth of what a test goes over, from the Kth on.
const ShareVariable = "MAILZONE_SHARE"

// Share is those of many that this run tries, and whether they are all.
func Share[T any](t testing.TB, many []T) (some []T, all bool) {
	t.Helper()
	k, n := shareOf(t)
	if n == 1 {
		return many, true
	}
	for i := k - 1; i < len(many); i += n {
		some = append(some, many[i])
	}
	return some, false
}

// Seeds is the seeds of so many things that are made by chance, those that this run tries.
func Seeds(t testing.TB, many int) []uint64 {
	t.Helper()
	all := make([]uint64, many)
	for i := range all {
		all[i] = uint64(i)
	}
	some, _ := Share(t, all)
	return some
}

// shareOf is the share of this run.
func shareOf(t testing.TB) (k, n int) {
	t.Helper()
	text, given := os.LookupEnv(ShareVariable)
	if !given {
		return 1, 1
	}
	if _, err := fmt.Sscanf(text, "%d/%d", &k, &n); err != nil || k < 1 || k > n {
		t.Fatalf("%s=%s: want K/N, as 2/3", ShareVariable, text)
	}
	return k, n
}
