//go:build linux || darwin || freebsd || netbsd

package server

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// This file asks named's own opinion, where named-checkzone is installed: nobody knows better what named will load. The zone
// is given to it on standard input. Only two of its answers are believed, that it loads the zone and that it does not; all
// else is no answer.

// An Opinion is what named-checkzone says of one text of a zone. The zero value is that of a system without it.
type Opinion struct {
	Asked      bool     // it has answered
	Refused    bool     // named would not load the zone
	Complaints []string // lines
	Err        error    // why it could not be asked, where it is installed
}

// part is the text of a file that a zone file includes. Its name is what messages have. The text of a zone file, or of
// another part, includes it by toolFile, once.
type part struct {
	name string
	text []byte
}

// How long named-checkzone may take, and how much it may say.
const (
	checkTime   = 30 * time.Second // for each 32 MiB that are begun
	checkOutput = 4 << 20
)

// askNamed asks named-checkzone about the text of a zone file of some name, in pieces. dir is where relative includes start.
func askNamed(zone, name string, text [][]byte, dir string, parts []part, w *Watch) Opinion {
	argument := zoneArgument(zone)
	if argument == "" {
		return Opinion{Err: fmt.Errorf("the command line of named-checkzone does not take the name %s", zone)}
	}
	// BIND: -i local checks names inside the zone only; -k fail refuses the host names that named refuses.
	check := tool{name: "named-checkzone", args: []string{"-i", "local", "-k", "fail", argument, "/dev/stdin"},
		dir: dir, stdin: text, limit: checkTime, most: checkOutput, watch: w}
	size := 0
	for _, piece := range text {
		size += len(piece)
	}
	check.limit *= time.Duration(1 + size>>25)
	names := []string{"/dev/stdin", name}
	for i, p := range parts {
		check.files = append(check.files, p.text)
		names = append(names, toolFile(i)+":", p.name+":")
	}
	r, err := check.run()
	if errors.Is(err, errNotInstalled) {
		return Opinion{}
	}
	r.text = strings.NewReplacer(names...).Replace(r.text)
	return readOpinion(r, err)
}

// The lines by which named-checkzone says what it thinks of a zone (BIND: lib/dns/zone.c, zone_postload).
const (
	saysLoaded  = ": loaded serial "
	saysRefused = ": not loaded due to errors."
)

// readOpinion reads what named-checkzone printed.
func readOpinion(r reply, err error) Opinion {
	o := Opinion{Complaints: complaints(r.text)}
	loaded, refused := strings.Contains(r.text, saysLoaded), strings.Contains(r.text, saysRefused)
	switch {
	case err != nil:
		o.Err = err
	case r.cut:
		o.Err = fmt.Errorf("named-checkzone said more than %d bytes", checkOutput)
	case lacking(r.text) != "":
		o.Err = errors.New("named-checkzone lacked what it needs: " + lacking(r.text))
	case refused && !loaded && r.failed():
		o.Asked, o.Refused = true, true
	case loaded && !refused && !r.failed():
		o.Asked = true
	default:
		o.Err = fmt.Errorf("named-checkzone ended with status %d and did not say clearly", r.status)
		if len(o.Complaints) > 0 {
			o.Err = fmt.Errorf("%w (%s)", o.Err, o.Complaints[0])
		}
	}
	return o
}

// lacking is a complaint about the system instead of the zone, "" if there is none. The texts are those of BIND's
// lib/isc/result.c.
func lacking(out string) string {
	for line := range strings.Lines(out) {
		for _, why := range []string{"out of memory", "too many open files", "not enough free resources", "I/O error", "permission denied",
			"unexpected error", "file not found", "timed out"} {
			if strings.HasSuffix(strings.TrimSpace(line), "failed: "+why) {
				return strings.TrimSpace(line)
			}
		}
	}
	return ""
}

// complaints is the lines of named-checkzone's output that are about something wrong.
func complaints(out string) []string {
	var list []string
	for line := range strings.Lines(out) {
		line = strings.TrimSpace(line)
		if line == "" || line == "OK" || strings.Contains(line, saysLoaded) {
			continue
		}
		list = append(list, line)
	}
	return list
}

// zoneArgument is a zone's name as BIND's programs take it on a command line, "" if they would take it
// apart: rndc joins its arguments and named splits them again.
func zoneArgument(zone string) string {
	if zone == "." {
		return zone
	}
	return argument(strings.TrimSuffix(zone, "."))
}

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
