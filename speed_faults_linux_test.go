package main

// Linux may give memory in pages of 2 MiB unless it is told not to.

import "golang.org/x/sys/unix"

// inSmallPages asks for memory in pages of the usual size.
func inSmallPages(fresh []byte) { _ = unix.Madvise(fresh, unix.MADV_NOHUGEPAGE) } // a kernel without large pages knows no such advice
