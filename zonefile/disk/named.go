//go:build linux || darwin || freebsd || netbsd

package disk

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
)

// named's own opinion, where named-checkzone is installed: nobody knows better what named will load. The
// zone is given to it on standard input; it sees neither a shell nor the user's environment.

// An Opinion is what named-checkzone says of a zone.
type Opinion struct {
	Asked      bool // false: it is not installed, or the zone has a name that it would not take
	Refused    bool // named would not load the zone
	Complaints []string
	Err        error // it could not be run
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

// AskNamed asks named-checkzone about the text of a zone file. dir is where relative includes start.
func AskNamed(zone string, text []byte, dir string) Opinion {
	path, name := checkzonePath(), zoneArgument(zone)
	if path == "" || name == "" {
		return Opinion{}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var out limited
	// BIND: -i local checks names inside the zone only; -k fail refuses the host names that named refuses.
	cmd := exec.CommandContext(ctx, path, "-i", "local", "-k", "fail", name, "/dev/stdin")
	cmd.Dir, cmd.Env = dir, []string{"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(text), &out, &out
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return Opinion{Asked: true, Err: errors.New("named-checkzone took longer than 30 s")}
	case err != nil && !errors.As(err, &exit):
		return Opinion{Asked: true, Err: err}
	}
	return Opinion{Asked: true, Refused: err != nil, Complaints: complaints(out.String())}
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

// Since is what named-checkzone says now and did not say of the old zone. Lines move in an edit, so their
// numbers do not count.
func (o Opinion) Since(old Opinion) []string {
	bare := func(line string) string { return regexp.MustCompile(`:\d+:`).ReplaceAllString(line, ":") }
	var known []string
	for _, c := range old.Complaints {
		known = append(known, bare(c))
	}
	return slices.DeleteFunc(slices.Clone(o.Complaints), func(c string) bool { return slices.Contains(known, bare(c)) })
}

// limited keeps the first bytes that are written to it.
type limited struct{ strings.Builder }

// Write keeps what there is room for, and takes the rest as written.
func (l *limited) Write(p []byte) (int, error) {
	const most = 1 << 16
	l.Builder.Write(p[:min(len(p), most-min(l.Len(), most))])
	return len(p), nil
}

// ReloadCommand is how named is told of a new zone file; "" if rndc does not take the zone's name.
func ReloadCommand(zone string) string {
	if name := zoneArgument(zone); name != "" {
		return "rndc reload " + name
	}
	return ""
}

// zoneArgument is a zone's name as BIND's programs take it on a command line, "" if they would take it
// apart: rndc joins its arguments and named splits them again.
func zoneArgument(zone string) string {
	name := strings.TrimSuffix(zone, ".")
	for _, c := range name {
		if !strings.ContainsRune("-_./", c) && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return ""
		}
	}
	if strings.HasPrefix(name, "-") {
		return ""
	}
	return name
}
