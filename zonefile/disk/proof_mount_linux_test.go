package disk

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// This file makes file systems of every kind for the proofs, in a mount namespace that no other program sees.

// privateMounts gives the rest of the test a mount namespace of its own, and so to the children that it starts. The thread
// is never unlocked and ends with the test.
func (p trial) privateMounts() {
	p.Helper()
	p.needsRoot()
	runtime.LockOSThread()
	err := unix.Unshare(unix.CLONE_NEWNS | unix.CLONE_FS)
	if err == nil {
		err = unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, "")
	}
	if err != nil {
		p.missing("no mount namespace can be made: %v", err)
	}
}

// A fileSystem is a kind of file system and how to make one.
type fileSystem struct {
	kind          string
	program       string // that makes one in an image; "" for one without
	debianPackage string
	args          []string
}

// The file systems that the proofs use.
var (
	ext4    = fileSystem{"ext4", "mkfs.ext4", "e2fsprogs", []string{"-q", "-F", "-m", "0"}}
	xfs     = fileSystem{"xfs", "mkfs.xfs", "xfsprogs", []string{"-q", "-f"}}
	btrfs   = fileSystem{"btrfs", "mkfs.btrfs", "btrfs-progs", []string{"-q", "-f"}}
	tmpfs   = fileSystem{kind: "tmpfs"}
	overlay = fileSystem{kind: "overlay"}
)

// imageSize is enough for every kind: xfs wants 300 MB. The image is sparse.
const imageSize = 320 << 20

// image makes a file system in a file and returns its path.
func (p trial) image(fs fileSystem, more ...string) string {
	p.Helper()
	p.needs(fs.program, fs.debianPackage)
	path := filepath.Join(p.TempDir(), "image")
	if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, imageSize)); err != nil {
		p.Fatal(err)
	}
	args := append(append(append([]string{}, fs.args...), more...), path)
	if out, err := exec.Command(fs.program, args...).CombinedOutput(); err != nil {
		p.Fatalf("%s: %v: %s", fs.program, err, out)
	}
	return path
}

// mountImage mounts an image where everybody may go.
func (p trial) mountImage(fs fileSystem, image, dir string) {
	p.Helper()
	out, err := exec.Command("mount", "-t", fs.kind, "-o", "loop", image, dir).CombinedOutput()
	if err != nil {
		p.missing("no %s on a loop device: %s", fs.kind, strings.TrimSpace(string(out)))
	}
}

// unmount unmounts; a file system that is still in use is an error.
func unmount(t testing.TB, dir string) {
	t.Helper()
	if err := unix.Unmount(dir, 0); err != nil {
		t.Errorf("umount %s: %v", dir, err)
	}
}

// mounted makes a file system and mounts it until the end of the test.
func (p trial) mounted(fs fileSystem, more ...string) (dir string) {
	p.Helper()
	dir = p.TempDir()
	switch fs.kind {
	case tmpfs.kind:
		p.mountPlain(fs.kind, dir, strings.Join(more, ","))
	case overlay.kind:
		p.mountOverlay(dir)
	default:
		p.mountImage(fs, p.image(fs, more...), dir)
	}
	p.Cleanup(func() { unmount(p.T, dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		p.Fatal(err)
	}
	return dir
}

// mountPlain mounts what needs no image.
func (p trial) mountPlain(kind, dir, data string) {
	p.Helper()
	if err := unix.Mount(kind, dir, kind, 0, data); err != nil {
		p.missing("no %s: %v", kind, err)
	}
}

// mountOverlay mounts two directories of a tmpfs over each other, as the layers of a container.
func (p trial) mountOverlay(dir string) {
	p.Helper()
	base := p.TempDir()
	p.mountPlain(tmpfs.kind, base, "")
	p.Cleanup(func() { unmount(p.T, base) })
	for _, layer := range []string{"lower", "upper", "work"} {
		if err := os.Mkdir(filepath.Join(base, layer), 0o755); err != nil {
			p.Fatal(err)
		}
	}
	p.mountPlain(overlay.kind, dir, fmt.Sprintf("lowerdir=%s/lower,upperdir=%s/upper,workdir=%s/work", base, base, base))
}
