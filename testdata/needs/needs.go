// Package needs is for tests of what a machine may not have: BIND, a terminal, root, namespaces. They skip by it, and
// when the tests of a package have ended it tells what was not tested and which Debian packages bring it, so that
// nobody takes the `ok` of a bare machine for the word of a BIND that was never asked.
package needs

import (
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
)

// wants is how many tests skipped for want of something: a package "apt-get install" brings, or another thing.
var wants = struct {
	sync.Mutex
	packages, others map[string]int
}{packages: map[string]int{}, others: map[string]int{}}

// Program skips a test where one of some programs is missing, which a Debian package has.
func Program(t testing.TB, debian string, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			Package(debian)
			t.Skipf("needs %s of the Debian package %s", p, debian)
		}
	}
}

// Root skips what only root can do.
func Root(t testing.TB) {
	t.Helper()
	if os.Geteuid() != 0 {
		Other("root")
		t.Skip("needs root")
	}
}

// Long skips with -short what is not for while one types: it asks other programs again and again, or waits for them.
func Long(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes its time")
	}
}

// Package counts a test that skips for want of a Debian package.
func Package(debian string) {
	wants.Lock()
	defer wants.Unlock()
	wants.packages[debian]++
}

// Other counts a test that skips for want of anything else.
func Other(what string) {
	wants.Lock()
	defer wants.Unlock()
	wants.others[what]++
}

// Main is the tests of a package, as testing.M is, and what to tell behind them.
type Main struct{ *testing.M }

// Run runs the tests and tells what was not tested.
func (m Main) Run() int {
	status := m.M.Run()
	if text := summary(); text != "" {
		tell(text)
	}
	return status
}

// summary is what was not tested, "" if all was.
func summary() string {
	wants.Lock()
	defer wants.Unlock()
	var parts []string
	for _, p := range slices.Sorted(maps.Keys(wants.packages)) {
		parts = append(parts, fmt.Sprintf("%d for want of the package %s", wants.packages[p], p))
	}
	for _, o := range slices.Sorted(maps.Keys(wants.others)) {
		parts = append(parts, fmt.Sprintf("%d for want of %s", wants.others[o], o))
	}
	if len(parts) == 0 {
		return ""
	}
	pkg := "here"
	if info, ok := debug.ReadBuildInfo(); ok {
		pkg = strings.TrimSuffix(info.Path, ".test")
	}
	text := "not tested: " + pkg + ": " + strings.Join(parts, ", ")
	if len(wants.packages) > 0 {
		text += "; apt-get install " + strings.Join(slices.Sorted(maps.Keys(wants.packages)), " ") + ", then go test -count=1"
	}
	return text + "\n"
}

// tell says something to who runs the tests. `go test` keeps back all that a package prints whose tests pass, unless it
// is asked for more or for the one package of a directory; then the text goes past it, to where its own errors go.
func tell(text string) {
	_, _ = io.WriteString(os.Stdout, text)
	if testing.Verbose() || sameFile("/dev/fd/1", parent(1)) {
		return
	}
	out, err := os.OpenFile(parent(2), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return // not Linux
	}
	defer out.Close()
	// A plain file keeps its own place for what go writes: what is written past it would be written over.
	if info, err := out.Stat(); err == nil && !info.Mode().IsRegular() {
		_, _ = io.WriteString(out, text)
	}
}

// parent is a file that the program which runs the tests has open.
func parent(fd int) string { return fmt.Sprintf("/proc/%d/fd/%d", os.Getppid(), fd) }

// sameFile tells whether two names lead to one file.
func sameFile(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}
