package disk

import (
	"errors"
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
	variant       string // of an overlay
}

// The file systems that the proofs use.
var (
	ext4    = fileSystem{kind: "ext4", program: "mkfs.ext4", debianPackage: "e2fsprogs", args: []string{"-q", "-F", "-m", "0"}}
	xfs     = fileSystem{kind: "xfs", program: "mkfs.xfs", debianPackage: "xfsprogs", args: []string{"-q", "-f"}}
	btrfs   = fileSystem{kind: "btrfs", program: "mkfs.btrfs", debianPackage: "btrfs-progs", args: []string{"-q", "-f"}}
	tmpfs   = fileSystem{kind: "tmpfs"}
	overlay = fileSystem{kind: "overlay"}

	// The file is in the lower layer, as in the image of a container, and there on another file system than the upper.
	overlayLower = fileSystem{kind: "overlay", variant: "lower layer"}
	overlayTwo   = fileSystem{kind: "overlay", variant: "lower layer of another file system"}
)

func (fs fileSystem) String() string {
	if fs.variant != "" {
		return fs.kind + ", " + fs.variant
	}
	return fs.kind
}

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
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // so that other users can go there
		p.Fatal(err)
	}
	if fs.program == "" {
		p.mountPlain(fs.kind, dir, strings.Join(more, ","))
	} else {
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

// mountedAround makes a file system with files, mounts it, and of an overlay has the files in the right layer.
func (p trial) mountedAround(fs fileSystem, fill func(dir string)) (dir string) {
	p.Helper()
	if fs.kind != overlay.kind {
		dir = p.mounted(fs)
		fill(dir)
		return dir
	}
	upper := p.mounted(tmpfs)
	lower := upper
	if fs.variant == overlayTwo.variant {
		lower = p.mounted(tmpfs)
	}
	layers := []string{lower + "/lower", upper + "/upper", upper + "/work"}
	for _, layer := range layers {
		if err := os.Mkdir(layer, 0o755); err != nil {
			p.Fatal(err)
		}
	}
	if fs.variant != "" {
		fill(layers[0])
	}
	dir = p.mounted(overlay, "lowerdir="+layers[0], "upperdir="+layers[1], "workdir="+layers[2])
	if fs.variant == "" {
		fill(dir)
	}
	return dir
}
