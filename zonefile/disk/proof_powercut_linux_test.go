package disk

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// This file cuts the power: the file system forgets at once whatever it has not written to its device, and is mounted
// again. It does not prove what a drive does with what was written to it.

// ioctlShutdown is EXT4_IOC_SHUTDOWN and XFS_IOC_GOINGDOWN; noLogFlush makes it forget the journal that is in memory.
const (
	ioctlShutdown = 0x8004587d
	noLogFlush    = 2
)

// provePowerCut cuts the power in a loop of saves. What was saved must be there, or the edition after it.
func provePowerCut(p trial) {
	for _, fs := range []fileSystem{ext4, xfs} {
		p.part(fs.kind, func(p trial) {
			p.privateMounts()
			inMemory(p.T)
			image := p.image(fs)
			cut(p, p.count(fs.kind+": %s lost of %s"), fs, image, bySave, p.n(4, 1000))
			cut(p, p.count(fs.kind+", in place: %s lost of %s"), fs, image, byInPlace, p.n(3, 500))
			cut(p, p.count(fs.kind+", several files: %s lost of %s"), fs, image, severalFiles, p.n(3, 500))
			cut(p, p.count(fs.kind+", unsaved edits: %s lost of %s"), fs, image, byLog, p.n(2, 200))
			cut(p, p.control(fs.kind+", no fsync: %s lost of %s"), fs, image, byNoSync, p.n(2, 100))
			cut(p, p.control(fs.kind+", no directory fsync: %s lost of %s"), fs, image, byNoDirSync, p.n(2, 100))
		})
	}
}

// cut cuts the power n times.
func cut(p trial, c *count, fs fileSystem, image, how string, n int) {
	dir := p.TempDir()
	for range n {
		p.mountImage(fs, image, dir)
		path := filepath.Join(dir, "db.example.com")
		if err := prepareForCut(dir, path, how); err != nil {
			p.Fatal(err)
		}
		w := startWriter(p.T, path, path+".state", how)
		for range 1 + rand.IntN(3) {
			w.awaitOne()
		}
		<-time.After(time.Duration(rand.IntN(4000)) * time.Microsecond) // the random moment
		w.stop()
		if err := shutdown(dir); err != nil {
			w.kill()
			unmount(p.T, dir)
			p.missing("%s cannot be shut down: %v", fs.kind, err)
		}
		w.kill()
		unmount(p.T, dir)
		p.mountImage(fs, image, dir)
		c.try(w.lostIn(path, how))
		unmount(p.T, dir)
	}
}

// prepareForCut makes a file that is a whole edition, durably. One that was saved before the last cut goes on.
func prepareForCut(dir, path, how string) error {
	data, err := os.ReadFile(path)
	if _, whole := editionOf(data); err == nil && whole && how == bySave {
		return nil
	}
	link := path + ".link"
	err = errors.Join(os.RemoveAll(link), os.RemoveAll(path+".state"), os.WriteFile(path, edition(0), 0o640))
	switch how {
	case byInPlace:
		err = errors.Join(err, os.Link(path, link))
	case severalFiles:
		err = errors.Join(err, os.WriteFile(path+includedSuffix, edition(0), 0o640))
	}
	return errors.Join(err, syncAll(dir))
}

// syncAll makes a file system durable.
func syncAll(dir string) error { return onDirectory(dir, unix.Syncfs) }

// onDirectory opens a directory for one call.
func onDirectory(dir string, do func(fd int) error) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return do(int(d.Fd()))
}

// shutdown cuts the power of a file system.
func shutdown(dir string) error {
	return onDirectory(dir, func(fd int) error { return unix.IoctlSetPointerInt(fd, ioctlShutdown, noLogFlush) })
}

// stop stops the writer, so that nothing it says was durable after the power went.
func (w *runningWriter) stop() {
	w.t.Helper()
	pid := w.cmd.Process.Pid
	err := unix.Kill(pid, unix.SIGSTOP)
	var status unix.WaitStatus
	if err == nil {
		_, err = unix.Wait4(pid, &status, unix.WUNTRACED, nil)
	}
	if err != nil || !status.Stopped() {
		w.t.Errorf("the writer did not stop: %v, status %v", err, status)
	}
}
