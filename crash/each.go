package crash

// Many alike things done side by side, on all cores: each worker takes the next that is left.

import (
	"runtime"
	"sync/atomic"
)

// OnAllCores does something for each number below n, and waits for the end.
func OnAllCores(n int, do func(i int)) { SideBySide(n, runtime.GOMAXPROCS(0), do) }

// SideBySide is the same on at most so many cores.
func SideBySide(n, most int, do func(i int)) { AtOnce(n, min(most, runtime.GOMAXPROCS(0)), do) }

// AtOnce is the same with at most so many at once, whatever cores there are: what waits for others more than it works.
func AtOnce(n, most int, do func(i int)) {
	var next atomic.Int64
	var workers Group
	for range min(n, most) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				do(int(i))
			}
		})
	}
	workers.Wait()
}
