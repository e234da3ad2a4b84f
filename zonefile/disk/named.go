//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"
)

// named's own opinion, where named-checkzone is installed: nobody knows better what named will load. The
// zone is given to it on standard input.

// An Opinion is what named-checkzone says of a zone.
type Opinion struct {
	Asked      bool // false: it is not installed, or the zone has a name that it would not take
	Refused    bool // named would not load the zone
	Complaints []string
	Err        error // it could not be run
}

// A Part is the text of a file that a zone file includes. Its name is what messages have.
type Part struct {
	Name string
	Text []byte
}

// PartPath is the path at which the text of a zone file, or of another part, has to include the part of a number. Each can
// be included once.
func PartPath(n int) string { return toolFile(n) }

// AskNamed asks named-checkzone about the text of a zone file of some name. dir is where relative includes start, and parts
// are what it includes by PartPath.
func AskNamed(zone, name string, text []byte, dir string, parts []Part) Opinion {
	argument := zoneArgument(zone)
	if argument == "" {
		return Opinion{}
	}
	// BIND: -i local checks names inside the zone only; -k fail refuses the host names that named refuses.
	check := tool{name: "named-checkzone", args: []string{"-i", "local", "-k", "fail", argument, "/dev/stdin"},
		dir: dir, stdin: text, limit: 30 * time.Second, most: 1 << 16}
	names := []string{"/dev/stdin", name}
	for i, p := range parts {
		check.files = append(check.files, p.Text)
		names = append(names, PartPath(i)+":", p.Name+":")
	}
	r, err := check.run()
	if errors.Is(err, errNotInstalled) {
		return Opinion{}
	}
	return Opinion{Asked: true, Refused: r.failed, Complaints: complaints(strings.NewReplacer(names...).Replace(r.text)), Err: err}
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

// ReloadCommand is how named is told of a new zone file; "" if rndc does not take the zone's name.
func ReloadCommand(zone string) string {
	if name := zoneArgument(zone); name != "" {
		return "rndc reload " + name
	}
	return ""
}

// zoneArgument is a zone's name as BIND's programs take it on a command line, "" if they would take it
// apart: rndc joins its arguments and named splits them again.
func zoneArgument(zone string) string { return argument(strings.TrimSuffix(zone, ".")) }

// argument is a word that rndc hands on as it is, "" if this is none.
func argument(word string) string {
	const most = 255
	for _, c := range word {
		if !strings.ContainsRune("-_./", c) && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return ""
		}
	}
	if strings.HasPrefix(word, "-") || len(word) > most {
		return ""
	}
	return word
}
