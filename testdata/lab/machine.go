//go:build linux

package lab

// Machines: a place with a file system of its own, over which packages are unpacked.

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/testdata/needs"
)

// packagesOf is the packages of a server that are not installed, where .ci/run puts them: two servers cannot be together.
func packagesOf(debian string) (list []string) {
	for _, top := range []string{"", "../"} { // a test runs in the directory of its package
		if list, _ = filepath.Glob(top + ".mail-servers/" + debian + "/*.deb"); len(list) > 0 {
			break
		}
	}
	return list
}

// Machine is a place with a file system of its own: that of this machine, with some packages unpacked over it.
type Machine struct {
	*Place
	Root string
}

// NewMachine unpacks a Debian package and what it needs over this machine's files, where nobody else sees them.
func NewMachine(p *Place, debian string) Machine {
	p.T.Helper()
	Fetched(p.T, debian)
	dir := p.T.TempDir()
	m := Machine{p, dir + "/root"}
	p.Try(func() error { return mountOver(dir) })
	m.Install(debian)
	return m
}

// Fetched skips a test where the files of a package are not there.
func Fetched(t *testing.T, debian string) {
	t.Helper()
	if len(packagesOf(debian)) == 0 {
		needs.Other("the Debian package " + debian + " unpacked (.ci/run fetches it)")
		t.Skipf("needs the Debian package %s in .mail-servers: .ci/run fetches it there", debian)
	}
}

// Install unpacks a package and what it needs.
func (m Machine) Install(debian string) {
	m.T.Helper()
	for _, deb := range packagesOf(debian) {
		m.Unpack(deb)
	}
}

// Unpack unpacks a package as dpkg does: where this machine has a link in place of a directory (/lib), the link stays.
func (m Machine) Unpack(deb string) {
	m.T.Helper()
	files, err := exec.Command("dpkg-deb", "--fsys-tarfile", deb).Output()
	if err != nil {
		m.T.Fatalf("%s: %v", deb, err)
	}
	m.Run("tar -x --keep-directory-symlink -C "+m.Root, string(files))
}

// Write writes a file of the machine.
func (m Machine) Write(file, text string) {
	m.T.Helper()
	m.Try(func() error { return os.WriteFile(m.Root+file, []byte(text), 0o644) })
}

// Add appends to a file of the machine.
func (m Machine) Add(file, text string) {
	m.T.Helper()
	m.Try(func() error {
		old, err := os.ReadFile(m.Root + file)
		if err != nil {
			return err
		}
		return os.WriteFile(m.Root+file, append(old, text...), 0o644)
	})
}

// Own makes a directory of the machine for a user and group.
func (m Machine) Own(dir string, mode uint32, uid, gid int) {
	m.T.Helper()
	m.Try(func() error {
		if err := os.MkdirAll(m.Root+dir, 0o755); err != nil {
			return err
		}
		if err := os.Chown(m.Root+dir, uid, gid); err != nil {
			return err
		}
		return unix.Chmod(m.Root+dir, mode) // sticky and setgid are bits of the mode here
	})
}

// Command is a program of the machine.
func (m Machine) Command(path string, args ...string) *exec.Cmd {
	cmd := exec.Command(path, args...)
	cmd.Dir = "/"
	cmd.SysProcAttr = &unix.SysProcAttr{Chroot: m.Root}
	return cmd
}

// mountOver mounts an overlay of this machine's files on dir/root; changes to it are kept in memory.
func mountOver(dir string) error {
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, ""); err != nil {
		return fmt.Errorf("cannot mount a tmpfs: %w", err)
	}
	for _, d := range []string{"upper", "work", "root"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o755); err != nil {
			return err
		}
	}
	layers := fmt.Sprintf("lowerdir=/,upperdir=%s/upper,workdir=%s/work", dir, dir)
	if err := unix.Mount("overlay", dir+"/root", "overlay", 0, layers); err != nil {
		return fmt.Errorf("cannot mount an overlay: %w", err)
	}
	for _, d := range []string{"/dev", "/proc"} { // Postfix logs to /dev/stdout, which is a link into /proc
		if err := unix.Mount(d, dir+"/root"+d, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
			return fmt.Errorf("cannot mount %s: %w", d, err)
		}
		// Never writable: who takes the directory away while this is mounted would take this machine's devices away.
		if err := unix.Mount("", dir+"/root"+d, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
			return fmt.Errorf("cannot mount %s for reading alone: %w", d, err)
		}
	}
	return nil
}
