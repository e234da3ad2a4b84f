//go:build linux

package preview

// Two machines for the mail servers to be watched on: the sender's, and an Internet of sinks, each with a network of
// its own. A namespace is held by one thread and its children alone, and has no name: whatever ends the test ends it.

import (
	"bytes"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/testdata/needs"
)

// place is a thread in a network and a tree of mounts of its own.
type place struct {
	t    *testing.T
	work chan func()
	net  string // its network as ip takes it
}

// newPlace makes a place with nothing but a loopback. It ends with the test.
func newPlace(t *testing.T) *place {
	t.Helper()
	p := &place{t: t, work: make(chan func())}
	ready := make(chan error)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
		err := unix.Unshare(unix.CLONE_NEWNET | unix.CLONE_NEWNS | unix.CLONE_FS)
		if err == nil {
			err = unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, "")
		}
		p.net = fmt.Sprintf("/proc/%d/task/%d/ns/net", os.Getpid(), unix.Gettid())
		ready <- err
		for f := range p.work {
			f()
		}
	}()
	t.Cleanup(func() { close(p.work) })
	if err := <-ready; err != nil {
		needs.Other("namespaces")
		t.Skipf("no namespaces here: %v", err)
	}
	p.run("ip link set lo up", "")
	return p
}

// do runs f in the place.
func (p *place) do(f func()) {
	done := make(chan bool)
	p.work <- func() { defer close(done); f() }
	<-done
}

// try runs f in the place; its error ends the test.
func (p *place) try(f func() error) {
	p.t.Helper()
	var err error
	p.do(func() { err = f() })
	if err != nil {
		p.t.Fatal(err)
	}
}

// start starts a program in the place, which dies with it.
func (p *place) start(cmd *exec.Cmd) error {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &unix.SysProcAttr{}
	}
	cmd.SysProcAttr.Pdeathsig = unix.SIGKILL
	var err error
	p.do(func() { err = cmd.Start() })
	return err
}

// run runs a command line, whose words have no blanks, in the place.
func (p *place) run(line, stdin string) {
	p.t.Helper()
	words := strings.Fields(line)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Stdin = strings.NewReader(stdin)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := p.start(cmd)
	if err == nil {
		err = cmd.Wait()
	}
	if err != nil {
		p.t.Fatalf("%s: %v\n%s", line, err, out.Bytes())
	}
}

// The addresses of the machine that sends.
var (
	senderIPv4 = netip.MustParseAddr("10.53.0.1")
	senderIPv6 = netip.MustParseAddr("fd53::1")
)

// connect joins the sender to the Internet: all that is not its own goes there. A place does not forward: what is sent
// to an address that the Internet has not is dropped without a word.
func connect(sender, internet *place) {
	sender.run("ip link add mail type veth peer name mail netns "+internet.net, "")
	sender.run("ip -batch -", fmt.Sprintf(`addr add %s/24 dev mail
addr add %s/64 dev mail nodad
link set mail up
`, senderIPv4, senderIPv6))
	internet.run("ip -batch -", `addr add 10.53.0.2/24 dev mail
addr add fd53::2/64 dev mail nodad
link set mail up
`)
	sender.run("ip -batch -", "route add default via 10.53.0.2\nroute add default via fd53::2\n")
	for _, ip := range []string{"10.53.0.2", "fd53::2"} {
		sender.reach(internet, ip)
	}
}

// reach waits until a packet gets from one place to an address of the other: the kernel takes up to a second to notice
// that a cable is in.
func (p *place) reach(other *place, ip string) {
	p.t.Helper()
	var l net.Listener
	other.try(func() (err error) {
		l, err = net.Listen("tcp", net.JoinHostPort(ip, "0"))
		return err
	})
	defer l.Close()
	p.try(func() error {
		for deadline := time.Now().Add(limit); ; {
			c, err := net.DialTimeout("tcp", l.Addr().String(), limit)
			if err == nil {
				return c.Close()
			}
			if time.Now().After(deadline) {
				return fmt.Errorf("the places are not connected: %w", err)
			}
		}
	})
}

// debs is where .ci/run puts the packages of a mail server that are not installed: two of them cannot be together.
const debs = "../.mail-servers/"

// machine is a place with a file system of its own: that of this machine, with some packages unpacked over it.
type machine struct {
	*place
	root string
}

// newMachine unpacks a Debian package and what it needs over this machine's files, where nobody else sees them.
func newMachine(p *place, debian string) machine {
	p.t.Helper()
	packages, err := filepath.Glob(debs + debian + "/*.deb")
	if err != nil || len(packages) == 0 {
		needs.Other("the Debian package " + debian + " unpacked (.ci/run fetches it)")
		p.t.Skipf("needs the Debian package %s unpacked from %s: .ci/run fetches it there", debian, debs+debian)
	}
	dir := p.t.TempDir()
	m := machine{p, dir + "/root"}
	p.try(func() error { return mountOver(dir) })
	for _, deb := range packages {
		m.unpack(deb)
	}
	return m
}

// unpack unpacks a package as dpkg does: where this machine has a link in place of a directory (/lib), the link stays.
func (m machine) unpack(deb string) {
	m.t.Helper()
	files, err := exec.Command("dpkg-deb", "--fsys-tarfile", deb).Output()
	if err != nil {
		m.t.Fatalf("%s: %v", deb, err)
	}
	m.run("tar -x --keep-directory-symlink -C "+m.root, string(files))
}

// write writes a file of the machine.
func (m machine) write(file, text string) {
	m.t.Helper()
	m.try(func() error { return os.WriteFile(m.root+file, []byte(text), 0o644) })
}

// add appends to a file of the machine.
func (m machine) add(file, text string) {
	m.t.Helper()
	m.try(func() error {
		old, err := os.ReadFile(m.root + file)
		if err != nil {
			return err
		}
		return os.WriteFile(m.root+file, append(old, text...), 0o644)
	})
}

// own makes a directory of the machine for a user and group.
func (m machine) own(dir string, mode uint32, uid, gid int) {
	m.t.Helper()
	m.try(func() error {
		if err := os.MkdirAll(m.root+dir, 0o755); err != nil {
			return err
		}
		if err := os.Chown(m.root+dir, uid, gid); err != nil {
			return err
		}
		return unix.Chmod(m.root+dir, mode) // sticky and setgid are bits of the mode here
	})
}

// command is a program of the machine.
func (m machine) command(path string, args ...string) *exec.Cmd {
	cmd := exec.Command(path, args...)
	cmd.Dir = "/"
	cmd.SysProcAttr = &unix.SysProcAttr{Chroot: m.root}
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
	}
	return nil
}
