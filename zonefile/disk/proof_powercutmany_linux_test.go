package disk

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// This file cuts the power in a loop of saves of many files, which wait once for all that they keep in the state directory:
// undo copies and the record have to be there after it, on every file system of which that is asked. A tmpfs is empty after a
// power cut, whoever waits for it.

// provePowerCutMany cuts the power in a loop of saves of many files. Ended, all are one version, and the old one is kept.
func provePowerCutMany(p trial) {
	for _, fs := range []fileSystem{ext4, xfs, btrfs} {
		p.part(fs.kind, func(p trial) {
			p.privateMounts()
			inMemory(p.T)
			cutMany(p, p.count(fs.kind+": %s lost of %s"), fs, manyFiles, p.n(3, 300))
			cutMany(p, p.control(fs.kind+", no syncfs: %s lost of %s"), fs, manyFilesNoSync, p.n(2, 50))
		})
	}
}

// cutMany cuts the power n times.
func cutMany(p trial, c *count, fs fileSystem, how string, n int) {
	d := p.cuttable(fs)
	for range n {
		d.mount(p)
		m := manyKilled{dir: filepath.Join(d.dir, "zones"), state: filepath.Join(d.dir, "state"), n: filesCut}
		// A control has lost what the next try would begin with.
		if err := errors.Join(os.RemoveAll(m.dir), os.RemoveAll(m.state), m.write(0), syncAll(d.dir)); err != nil {
			p.Fatal(err)
		}
		w := startWriter(p.T, m.dir, m.state, how)
		for range 1 + rand.IntN(3) {
			w.awaitOne()
		}
		<-time.After(time.Duration(rand.IntN(20_000)) * time.Microsecond) // the random moment: a save takes about as long
		w.stop()
		if err := d.cut(); err != nil {
			w.kill()
			d.unmount(p)
			p.missing("%s cannot be shut down: %v", fs.kind, err)
		}
		w.kill()
		d.unmount(p)
		d.mount(p)
		_, _, why := m.end([]Way{Finish, Undo}[rand.IntN(2)], w.last())
		c.try(why)
		d.unmount(p)
	}
}

// A cuttable is a file system of which the power can be cut. One that has no call for that stands in an image on one that has:
// then what was written to its device, and not flushed there, is lost.
type cuttable struct {
	fs           fileSystem
	image, dir   string
	outer, below string // the image that holds the image, and where it is mounted; "" if there is none
}

// cuttable makes one.
func (p trial) cuttable(fs fileSystem) cuttable {
	p.Helper()
	if fs.kind != btrfs.kind {
		return cuttable{fs: fs, image: p.image(fs), dir: p.TempDir()}
	}
	p.needs(fs.program, fs.debianPackage)
	const half = 200 << 20 // no block of it is made later: what is written stands where it stood
	d := cuttable{fs: fs, outer: p.image(ext4), below: p.TempDir(), dir: p.TempDir()}
	d.image = filepath.Join(d.below, "image")
	p.mountImage(ext4, d.outer, d.below)
	err := os.WriteFile(d.image, make([]byte, half), 0o600)
	if err == nil {
		var out []byte
		if out, err = exec.Command(fs.program, append(append([]string{}, fs.args...), d.image)...).CombinedOutput(); err != nil {
			err = fmt.Errorf("%s: %w: %s", fs.program, err, out)
		}
	}
	if err = errors.Join(err, syncAll(d.below)); err != nil {
		p.Error(err)
	}
	unmount(p.T, d.below)
	return d
}

// mount mounts it.
func (d cuttable) mount(p trial) {
	p.Helper()
	if d.outer != "" {
		p.mountImage(ext4, d.outer, d.below)
	}
	p.mountImage(d.fs, d.image, d.dir)
}

// unmount unmounts it.
func (d cuttable) unmount(p trial) {
	p.Helper()
	unmount(p.T, d.dir)
	if d.outer != "" {
		unmount(p.T, d.below)
	}
}

// cut cuts the power.
func (d cuttable) cut() error {
	if d.outer != "" {
		return shutdown(d.below)
	}
	return shutdown(d.dir)
}
