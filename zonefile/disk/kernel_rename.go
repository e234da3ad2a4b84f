//go:build freebsd || netbsd

package disk

// Systems whose only atomic step is the rename that replaces: what another program wrote in the last instant cannot be
// given back.

import "golang.org/x/sys/unix"

// exchange fails: these systems have only the rename that replaces.
func (k kernel) exchange(int, string, string) error { return errNoExchange }

// sync makes a file or a directory durable.
func (k kernel) sync(fd int) error {
	return k.call("fsync", func() error { return unix.Fsync(fd) })
}
