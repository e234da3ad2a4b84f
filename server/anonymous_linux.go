package server

// Linux: files without a name, for programs that read what is in no file yet.

import (
	"os"

	"golang.org/x/sys/unix"
)

// canGive says that other programs can read anonymous files at toolFile.
const canGive = true

// anonymous is a file that holds a text and has no name.
func anonymous(text []byte) (*os.File, error) {
	fd, err := unix.MemfdCreate("mailzone", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, os.NewSyscallError("memfd_create", err)
	}
	f := os.NewFile(uintptr(fd), "memfd:mailzone")
	if _, err := f.Write(text); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
