//go:build darwin || freebsd || netbsd

package disk

// Memory for big files: these kernels choose the size of pages themselves.

// inLargePages does nothing.
func inLargePages([]byte) {}
