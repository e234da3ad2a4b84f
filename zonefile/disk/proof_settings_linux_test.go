package disk

// This file puts anything at the place of the settings, beside a zone file. Whoever can write there could turn off what stops a
// save, let the program wait or fill the memory, or let root read out a file for other eyes. The script adds mail to a host that
// does not exist, which is an error that stops the save: it is saved where the settings turn that off, and nowhere else.

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/testdata/planted"
)

// blindScript is that script.
const blindScript = "update add example.com. 3600 MX 10 absent.example.com.\nsend\n"

// The most that settings may take, beyond a run without any.
const (
	mostSettingsCPU    = 20 * time.Millisecond
	mostSettingsMemory = 5 << 10 // KiB
)

// A reader is a user beside whose zone file something stands.
type reader struct {
	scene
	uid  uint32
	none run // lint where nothing stands there: the least of many runs
}

// run runs a command as the user, with a script on its standard input. There is no BIND in the PATH, so that nothing but the
// program itself can stop a save.
func (r reader) run(words ...string) (got run, err error) {
	cmd := r.child("measures", append(append([]string{r.bin}, words...), zoneName)...)
	cmd.Dir, cmd.Stdin = r.dir, strings.NewReader(blindScript)
	cmd.Env = []string{childEnv + "=measures", "PATH=/nonexistent", "HOME=" + r.home, "XDG_CONFIG_HOME=" + r.home, "XDG_STATE_HOME=" + r.home + "/state", "LC_ALL=C"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: r.uid, Gid: r.uid}}
	out, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(out, &got)
	}
	return got, err
}

// beside makes a zone of the user's own, and puts something beside it.
func (p trial) beside(r reader, f planted.File) (reader, error) {
	r.workplace = p.workplace(r.bin, startZone)
	var errs error
	for _, path := range []string{r.dir, r.home, r.path()} {
		errs = errors.Join(errs, os.Chown(path, int(r.uid), int(r.uid)))
	}
	return r, errors.Join(errs, f.Put(r.settings()))
}

// settings is the place of the settings beside the zone.
func (r reader) settings() string { return filepath.Join(r.dir, planted.Name) }

// least runs lint until it takes no more than it may, a number of times at most: other programs on a busy machine can only add.
func (r reader) least(times int) (least run, err error) {
	for i := range times {
		got, err := r.run("lint")
		if err != nil || got.Waited {
			return got, err
		}
		if i == 0 {
			least = got
		}
		least.CPU, least.Memory = min(least.CPU, got.CPU), min(least.Memory, got.Memory)
		if r.none.Memory > 0 && !r.costs(least) {
			break
		}
	}
	return least, nil
}

// costs tells whether a run took more than it may.
func (r reader) costs(got run) bool {
	return got.CPU > r.none.CPU+mostSettingsCPU || got.Memory > r.none.Memory+mostSettingsMemory
}

// saves saves the script, and tells whether that is done.
func (r reader) saves(flags ...string) (got run, saved bool, err error) {
	got, err = r.run(append([]string{"apply", "--yes"}, flags...)...)
	text, readErr := os.ReadFile(r.path())
	return got, strings.Contains(string(text), "absent"), errors.Join(err, readErr)
}

// wrong says what is wrong where a file stands; told is what has to be told of it.
func (r reader) wrong(told string) string {
	lint, err := r.least(10)
	apply, saved, saveErr := r.saves()
	if err := errors.Join(err, saveErr); err != nil {
		return err.Error()
	}
	want := strings.TrimPrefix(told, "-")
	for _, got := range []run{lint, apply} {
		named := strings.Contains(got.Said, "not read: ")
		switch {
		case got.Waited:
			return "it waits"
		case strings.Contains(got.Said, planted.Secret):
			return "its text is printed: " + got.Said
		case !strings.Contains(got.Said, want), named != (want != ""):
			return fmt.Sprintf("it says %q, not %q", got.Said, want)
		}
	}
	switch {
	case saved != (told == ""):
		return fmt.Sprintf("obeyed: %v: %s", saved, apply.Said)
	case r.costs(lint):
		return fmt.Sprintf("it took %v and %d KiB, without settings %v and %d KiB", lint.CPU, lint.Memory, r.none.CPU, r.none.Memory)
	}
	return ""
}

// proveSettings lets root and a user meet each file.
func proveSettings(p trial) {
	p.needsRoot()
	c := p.count("%s of %s waited, were obeyed though others can have written them, not told, took more than 20 ms or 5 MiB above none, or had the secret in them printed")
	believed := p.control("each of those that must not be obeyed is named by --config, which believes it whoever wrote it: %s of %s let the save through")
	stage := p.stage()
	for name, uid := range map[string]uint32{"root": 0, "user": planted.User} {
		p.part(name, func(p trial) {
			p.privateMounts()
			if err := unix.Mount("tmpfs", filepath.Dir(rootStateDir), "tmpfs", 0, "mode=755"); err != nil { // the undo copies of root
				p.missing("cannot mount a tmpfs: %v", err)
			}
			r := reader{scene: stage, uid: uid}
			r.t = p.T
			p.meets(r, c, believed)
		})
	}
}

// meets lets a user meet each file.
func (p trial) meets(r reader, c, believed *count) {
	empty, err := p.beside(r, planted.Nothing())
	if err == nil {
		r.none, err = empty.least(20)
	}
	if err != nil {
		p.Fatal(err)
	}
	for i, f := range planted.Files() {
		if !*torture && i%8 != 0 {
			continue
		}
		there, err := p.beside(r, f)
		if errors.Is(err, unix.EPERM) || errors.Is(err, unix.ENOTSUP) {
			p.Logf("%s: %v", f.Name, err)
			continue
		}
		if err != nil {
			p.Fatal(err)
		}
		told := f.Root
		if r.uid != 0 {
			told = f.User
		}
		why := there.wrong(told)
		if why != "" {
			why = f.Name + ": " + why
		}
		c.try(why)
		if told != "" && told != "-" {
			there.believe(believed)
		}
	}
}

// believe names the file by --config, as a program does that believes whatever stands there.
func (r reader) believe(c *count) {
	why := ""
	if _, saved, err := r.saves("--config", r.settings()); err == nil && saved {
		why = "saved"
	}
	c.try(why)
}
