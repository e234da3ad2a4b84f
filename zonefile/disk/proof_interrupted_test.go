//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// This file kills saves of several files before every system call, lets somebody put anything at the names of the files, and
// runs the program on what is there. Nothing of that may change a file, wait, or keep silent.

// A scene is a zone in several files, in two versions, and a workplace around it.
type scene struct {
	workplace
	self string // a copy of this program, which everybody may run
	n    int    // files; the last is the zone file
}

// stage is what all scenes of a proof have in common: the program, and this one.
func (p trial) stage() (s scene) {
	s.bin = p.program()
	self, err := os.Executable()
	if err != nil {
		p.Fatal(err)
	}
	text, err := os.ReadFile(self)
	s.self = filepath.Join(filepath.Dir(s.bin), "self")
	if err = errors.Join(err, os.WriteFile(s.self, text, 0o755)); err != nil {
		p.Fatal(err)
	}
	return s
}

// child runs this program as another one, by the user who runs the program.
func (s scene) child(name string, args ...string) *exec.Cmd {
	cmd := childCommand(s.t, name, args...)
	cmd.Path = s.self
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return cmd
}

// name is the path of file i; included files come first, as they are installed.
func (s scene) name(i int) string {
	if i == s.n-1 {
		return s.path()
	}
	return filepath.Join(s.dir, fmt.Sprint("inc", i))
}

// text is a version of file i.
func (s scene) text(i int, v Version) string {
	serial, preference, last := 2026010101, 10, 10
	if v == New {
		serial, preference, last = 2026112801, 20, 200
	}
	if i < s.n-1 {
		return fmt.Sprintf("; hosts %d\nhost%d A 192.0.2.%d\n", i, i, last+i)
	}
	text := fmt.Sprintf("$TTL 1h\n@ SOA ns1 hostmaster %d 8h 2h 4w 1h\n@ NS ns1\nns1 A 192.0.2.1\n@ MX %d host0\n", serial, preference)
	for i := range s.n - 1 {
		text += fmt.Sprintf("$INCLUDE inc%d\n", i)
	}
	return text
}

// scene makes one.
func (p trial) scene(from scene, n int) scene {
	s := scene{workplace: p.workplace(from.bin, ""), self: from.self, n: n}
	for i := range n {
		if err := os.WriteFile(s.name(i), []byte(s.text(i, Old)), 0o644); err != nil {
			p.Fatal(err)
		}
	}
	if err := s.giveAway(); err != nil {
		p.Fatal(err)
	}
	return s
}

// kill saves the new version in a child that ends before its system call at, if that is not negative; it returns how many
// calls there are.
func (s scene) kill(at int, task string) (calls int, err error) {
	cmd := s.child("killed", s.dir, s.state().StateDir, fmt.Sprint(s.n), fmt.Sprint(at), task)
	out, err := cmd.Output()
	if exit := new(exec.ExitError); errors.As(err, &exit) && exit.ProcessState.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL {
		err = nil
	}
	if err == nil && at < 0 {
		calls, err = strconv.Atoi(strings.TrimSpace(string(out)))
	}
	return calls, err
}

// giveAway gives all to the user who runs the program.
func (s scene) giveAway() error {
	if os.Geteuid() != 0 {
		return nil
	}
	give := func(path string, _ fs.DirEntry, err error) error {
		if err == nil {
			err = os.Lchown(path, nobody, nobody)
		}
		return err
	}
	return errors.Join(filepath.WalkDir(s.dir, give), filepath.WalkDir(s.home, give))
}

// killedChild is the child that saves the new version of a scene, or ends an interrupted save, and ends at a system call.
func killedChild(args []string) (status int) {
	n, _ := strconv.Atoi(args[2])
	at, _ := strconv.Atoi(args[3])
	s := scene{workplace: workplace{dir: args[0]}, n: n}
	var armed atomic.Bool
	calls := 0
	opt := Options{StateDir: args[1], around: func(_ string, do func() error) error {
		if armed.Load() {
			if calls == at {
				_ = unix.Kill(os.Getpid(), unix.SIGKILL)
			}
			calls++
		}
		return do()
	}}
	var err error
	switch way := Way(args[4]); way {
	case Finish, Undo:
		err = s.endArmed(opt, way, &armed)
	default:
		err = s.saveArmed(opt, &armed)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println(calls)
	return 0
}

// saveArmed saves the new version.
func (s scene) saveArmed(opt Options, armed *atomic.Bool) error {
	var changes []Change
	for i := range s.n {
		f, err := Open(s.name(i), opt)
		if err != nil {
			return err
		}
		changes = append(changes, Change{File: f, New: []byte(s.text(i, New)), Options: SaveOptions{InPlace: true}})
	}
	armed.Store(true)
	_, err := SaveAll(changes, nil)
	return err
}

// endArmed ends an interrupted save, as soon as there is one.
func (s scene) endArmed(opt Options, way Way, armed *atomic.Bool) error {
	found, err := FindInterrupted(s.path(), opt)
	armed.Store(true)
	for _, in := range found.Saves {
		err = errors.Join(err, end(in, way))
	}
	return err
}

// versions are what the files hold: Old, New, or anything else.
func (s scene) versions() (held []Version) {
	for i := range s.n {
		v := Neither
		if st, err := os.Lstat(s.name(i)); err == nil && st.Mode().IsRegular() {
			switch data, err := os.ReadFile(s.name(i)); {
			case err == nil && string(data) == s.text(i, Old):
				v = Old
			case err == nil && string(data) == s.text(i, New):
				v = New
			}
		}
		held = append(held, v)
	}
	return held
}

// pending tells whether there is an interrupted save, from the files alone.
func (s scene) pending() bool {
	manifests, _ := filepath.Glob(filepath.Join(s.state().StateDir, recoveryDir, "*", manifestName))
	held := s.versions()
	for _, v := range held {
		if v != held[0] || v == Neither {
			return len(manifests) > 0
		}
	}
	return false
}

// snapshot is all that stands at the names.
func (s scene) snapshot() (files []string) {
	for i := range s.n {
		text, st := "", unix.Stat_t{}
		err := unix.Lstat(s.name(i), &st)
		if err == nil && st.Mode&unix.S_IFMT == unix.S_IFREG {
			data, readErr := os.ReadFile(s.name(i))
			text, err = string(data), readErr
		}
		files = append(files, fmt.Sprint(st.Mode, st.Ino, st.Size, st.Mtim, err, text))
	}
	return files
}

// A deed is what somebody does to a file after the save was killed.
type deed struct {
	name string
	do   func(s scene, i int) error
}

// rewrite is a deed that writes a text into a file.
func rewrite(text func(s scene, i int) string) func(scene, int) error {
	return func(s scene, i int) error { return os.WriteFile(s.name(i), []byte(text(s, i)), 0o644) }
}

// instead is a deed that puts something else at the name.
func instead(put func(path string) error) func(scene, int) error {
	return func(s scene, i int) error { return errors.Join(os.Remove(s.name(i)), put(s.name(i))) }
}

// deeds are all that are tried.
func deeds() []deed {
	current := func(s scene, i int) string {
		data, _ := os.ReadFile(s.name(i))
		return string(data)
	}
	return []deed{
		{"nothing", func(scene, int) error { return nil }},
		{"the serial by hand", func(s scene, _ int) error {
			return rewrite(func(s scene, i int) string {
				return strings.ReplaceAll(current(s, i), "2026010101", "2026112801")
			})(s, s.n-1)
		}},
		{"a record by hand", rewrite(func(s scene, i int) string { return strings.ReplaceAll(current(s, i), " A 192.0.2.", " A 198.51.100.") })},
		{"a mix", rewrite(func(s scene, i int) string {
			before, after := s.text(i, Old), s.text(i, New)
			return after[:len(after)/2] + before[len(after)/2:]
		})},
		{"shorter", rewrite(func(s scene, i int) string { return current(s, i)[:12] })},
		{"longer", rewrite(func(s scene, i int) string { return current(s, i) + strings.Repeat("; and more\n", 50) })},
		{"a FIFO", instead(func(path string) error { return unix.Mkfifo(path, 0o666) })},
		{"a device", instead(func(path string) error {
			if os.Geteuid() != 0 {
				return unix.Mkfifo(path, 0o666) // which anybody can make
			}
			return unix.Mknod(path, unix.S_IFCHR|0o666, 1<<8|5) // as /dev/zero
		})},
		{"a link to /dev/zero", instead(func(path string) error { return os.Symlink("/dev/zero", path) })},
		{"a directory", instead(func(path string) error { return os.Mkdir(path, 0o755) })},
		{"gone", instead(func(string) error { return nil })},
	}
}

// lookingCommands are those that write nothing; the script of apply is empty.
var lookingCommands = [...][]string{{"list"}, {"lint"}, {"apply"}, {"apply", "--yes"}, {"lint", "--fix"}, {"history"}}

// A run is one run of a command.
type run struct {
	Said    string
	CPU     time.Duration
	Memory  int64 // KiB at most
	Waited  bool  // it did not end
	Changed bool
}

// looks runs the commands on a scene, in a child of little memory of its own, which the system would add to theirs.
func (s scene) looks() (runs []run, err error) {
	cmd := s.child("looks", s.bin, s.dir, s.home, fmt.Sprint(s.n))
	out, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(out, &runs)
	}
	return runs, err
}

// lookAll is the child that runs the commands.
func lookAll(args []string) (status int) {
	n, _ := strconv.Atoi(args[3])
	s := scene{workplace: workplace{bin: args[0], dir: args[1], home: args[2], locale: "C.UTF-8"}, n: n}
	var runs []run
	for _, words := range lookingCommands {
		runs = append(runs, s.look(words))
	}
	if err := json.NewEncoder(os.Stdout).Encode(runs); err != nil {
		return 1
	}
	return 0
}

// look runs one command.
func (s scene) look(words []string) run {
	before := s.snapshot()
	r := measured(s.command(append(words, zoneName)...))
	r.Changed = fmt.Sprint(s.snapshot()) != fmt.Sprint(before)
	return r
}

// measured runs a command of mailzone. Reading /dev/zero would end at the limit of memory.
func measured(cmd *exec.Cmd) run {
	cmd.Args = append([]string{"sh", "-c", `ulimit -v 4000000 && exec "$0" "$@"`, cmd.Path}, cmd.Args[1:]...)
	cmd.Path = "/bin/sh"
	said := &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = said, said
	kill := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	if cmd.Start() == nil {
		_ = cmd.Wait() // its status is not what is looked at
	}
	r := run{Waited: !kill.Stop(), Said: said.String()}
	if state := cmd.ProcessState; state != nil {
		r.CPU = state.UserTime() + state.SystemTime()
		if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
			r.Memory = int64(usage.Maxrss)
		}
	}
	return r
}

// measure is the child that runs a command of the program, and says what it took and said.
func measure(args []string) (status int) {
	_ = os.Unsetenv(childEnv)
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin = os.Stdin
	if err := json.NewEncoder(os.Stdout).Encode(measured(cmd)); err != nil {
		return 1
	}
	return 0
}

// The most that a command may take, of a zone of a few lines.
const (
	mostCPU    = time.Second
	mostMemory = 50 << 10 // KiB
)

// wrong says what is wrong with a run.
func (r run) wrong(pending bool) string {
	told := strings.Contains(r.Said, "was interrupted")
	switch {
	case r.Waited:
		return "it waits"
	case r.Changed:
		return "it changed a file: " + r.Said
	case r.CPU > mostCPU, r.Memory > mostMemory:
		return fmt.Sprintf("it took %v and %d KiB", r.CPU, r.Memory)
	case told != pending:
		return fmt.Sprintf("an interrupted save is there: %v, and it says %q", pending, r.Said)
	}
	return ""
}

// editorShown is the first screen of the editor, down to its last line: of half a zone there may be no serial to wait for.
var editorShown = regexp.MustCompile(`(?s)NAMES.*\S[^\n]*\n\z`)

// editorWrong opens the editor and leaves it, and says what is wrong then.
func (s scene) editorWrong(pending bool) string {
	before := s.snapshot()
	sit, err := s.start()
	if err != nil {
		return err.Error()
	}
	defer sit.end()
	if _, err := sit.until(editorShown); err == nil {
		if told := strings.Contains(sit.screen(), "A save of this zone was interrupted"); told != pending {
			return fmt.Sprintf("an interrupted save is there: %v, and the editor shows\n%s", pending, sit.screen())
		}
		_ = sit.press(calm + ":q\r")
	} else if pending && !strings.Contains(sit.said(), "was interrupted") {
		return fmt.Sprintf("the editor says %q", sit.said())
	}
	if _, err := sit.gone(); err != nil {
		return err.Error()
	}
	if after := s.snapshot(); fmt.Sprint(after) != fmt.Sprint(before) {
		return fmt.Sprintf("the editor changed %q to %q", before, after)
	}
	return ""
}

// proveLooks looks at what killed saves left.
func proveLooks(p trial) {
	inMemory(p.T)
	bin := p.stage()
	c := p.count("%s of %s files changed by list, lint, apply, history or the editor, each of which told what there is in a second and 50 MiB")
	byBytes := p.control("each byte is one of the versions', so the old one is restored: %s of %s files overwritten")
	for _, n := range []int{2, 5} {
		calls, err := p.scene(bin, n).kill(-1, "save")
		if err != nil {
			p.Fatal(err)
		}
		all := deeds()
		total := p.n(4, map[int]int{2: 4, 5: 1}[n]*calls)
		workers(total, func(i int) {
			at, what := i*calls/total, all[i%len(all)] // in turn: the deeds are no multiple of those at one call
			if !*torture {
				at, what = calls*3/4+i, all[(i*3+n)%len(all)] // where some files are installed
			}
			s := p.scene(bin, n)
			why := s.looked(at, what, byBytes)
			if why != "" {
				why = fmt.Sprintf("%d files, killed at call %d of %d, %s: %s", n, at, calls, what.name, why)
			}
			for range n - 1 {
				c.try("")
			}
			c.try(why)
		})
	}
}

// looked kills a save, does a deed and looks.
func (s scene) looked(at int, what deed, byBytes *count) string {
	if _, err := s.kill(at, "save"); err != nil {
		return err.Error()
	}
	if err := what.do(s, at%s.n); err != nil {
		return err.Error()
	}
	if err := s.giveAway(); err != nil {
		return err.Error()
	}
	pending := s.pending()
	runs, err := s.looks()
	if err != nil {
		return err.Error()
	}
	for i, r := range runs {
		if why := r.wrong(pending); why != "" {
			return fmt.Sprintf("%s: %s", lookingCommands[i], why)
		}
	}
	if why := s.editorWrong(pending); why != "" {
		return why
	}
	if pending {
		s.restoreByBytes(byBytes)
	}
	return ""
}

// restoreByBytes opens the files as a careless program does: what looks like a mix of both versions becomes the old one.
func (s scene) restoreByBytes(c *count) {
	for i, held := range s.versions() {
		if st, err := os.Lstat(s.name(i)); err != nil || !st.Mode().IsRegular() || held != Neither {
			continue
		}
		data, err := os.ReadFile(s.name(i))
		if err == nil && mixedByBytes(data, []byte(s.text(i, Old)), []byte(s.text(i, New))) {
			err = os.WriteFile(s.name(i), []byte(s.text(i, Old)), 0o644)
		}
		why := ""
		if err == nil && s.versions()[i] == Old {
			why = "overwritten"
		}
		c.try(why)
	}
}

// mixedByBytes tells whether each byte of data is one of a version's, or zero.
func mixedByBytes(data, before, after []byte) bool {
	if len(data) > max(len(before), len(after)) {
		return false
	}
	for i, b := range data {
		if b != 0 && !(i < len(before) && before[i] == b) && !(i < len(after) && after[i] == b) {
			return false
		}
	}
	return true
}

// all tells whether all files hold a version.
func (s scene) all(v Version) bool {
	for _, held := range s.versions() {
		if held != v {
			return false
		}
	}
	return true
}
