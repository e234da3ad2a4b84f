//go:build linux || darwin || freebsd || netbsd

package disk

// This file does to many files at once what waits for the disk: it confirms what comes together in one go.

import (
	"sync/atomic"

	"github.com/mailzone/mailzone/crash"
)

// together is how many files are waited for at once. Fewer files than that are written one after the other.
const together = 16

// sideBySide does something for each of so many numbers, and stops where that fails: the error is that of the lowest number.
func sideBySide(n int, do func(i int) error) (failed int, err error) {
	if n < together {
		for i := range n {
			if err := do(i); err != nil {
				return i, err
			}
		}
		return n, nil
	}
	var next atomic.Int64
	var stop atomic.Bool
	errs := make([]error, n)
	var workers crash.Group
	for range together {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(n) && !stop.Load(); i = next.Add(1) - 1 {
				if errs[i] = do(int(i)); errs[i] != nil {
					stop.Store(true)
				}
			}
		})
	}
	workers.Wait()
	for i, err := range errs {
		if err != nil {
			return i, err
		}
	}
	return n, nil
}
