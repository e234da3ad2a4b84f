package ui

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// named's own opinion, where named-checkzone is installed: nobody knows better what named will load. The
// zone is given to it on standard input; it sees neither a shell nor the user's environment.

// opinion is what named-checkzone says of a zone.
type opinion struct {
	asked      bool // false: it is not installed, or the zone has a name that it would not take
	refused    bool // named would not load the zone
	complaints []string
	err        error // it could not be run
}

// checkzonePath finds named-checkzone in the system's directories, never by PATH: root's PATH may hold
// a directory that others write to.
func checkzonePath() string {
	for _, dir := range []string{"/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"} {
		path := filepath.Join(dir, "named-checkzone")
		if st, err := os.Stat(path); err == nil && st.Mode().IsRegular() {
			return path
		}
	}
	return ""
}

// askNamed asks named-checkzone about the zone file of a version. dir is where relative includes start.
func askNamed(z *zonefile.Zone, dir string) opinion {
	path, name := checkzonePath(), zoneArgument(z.Origin())
	if path == "" || name == "" {
		return opinion{}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var out limited
	// BIND: -i local checks names inside the zone only; -k fail refuses the host names that named refuses.
	cmd := exec.CommandContext(ctx, path, "-i", "local", "-k", "fail", name, "/dev/stdin")
	cmd.Dir, cmd.Env = dir, []string{"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(z.Root().Bytes()), &out, &out
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return opinion{asked: true, err: errors.New("named-checkzone took longer than 30 s")}
	case err != nil && !errors.As(err, &exit):
		return opinion{asked: true, err: err}
	}
	return opinion{asked: true, refused: err != nil, complaints: complaints(out.String())}
}

// complaints is the lines of named-checkzone's output that are about something wrong.
func complaints(out string) []string {
	var list []string
	for line := range strings.Lines(out) {
		line = strings.TrimSpace(line)
		if line == "" || line == "OK" || strings.Contains(line, ": loaded serial ") {
			continue
		}
		list = append(list, line)
	}
	return list
}

// newComplaints is what named says of the new zone and did not say of the old one. Lines move in an edit,
// so their numbers do not count.
func newComplaints(old, now opinion) []string {
	bare := func(line string) string { return regexp.MustCompile(`:\d+:`).ReplaceAllString(line, ":") }
	var known []string
	for _, c := range old.complaints {
		known = append(known, bare(c))
	}
	return slices.DeleteFunc(slices.Clone(now.complaints), func(c string) bool { return slices.Contains(known, bare(c)) })
}

// limited keeps the first bytes that are written to it.
type limited struct{ strings.Builder }

// Write keeps what there is room for, and takes the rest as written.
func (l *limited) Write(p []byte) (int, error) {
	const most = 1 << 16
	l.Builder.Write(p[:min(len(p), most-min(l.Len(), most))])
	return len(p), nil
}
