//go:build darwin || freebsd || netbsd

package disk

// systemProofs are those that need file systems and tools of Linux.
func systemProofs() []proof { return nil }
