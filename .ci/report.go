// Report reads what `go test -json` prints, tells how each package ended and what failed tests said, and fails
// if a test failed, or skipped for a reason that is not listed here: a test that never runs proves nothing.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
)

// mayBeMissing is why a test may skip on a machine that has all packages: what its kernel or file system has not,
// inputs that fuzz tests pass over, and what runs for hours where it is asked to.
var mayBeMissing = []*regexp.Regexp{
	regexp.MustCompile(`cannot mount|operation not permitted`),
	regexp.MustCompile(`no (inode flags|ACLs|extended attributes) here`),
	regexp.MustCompile(`takes its time|find nothing that short ones do not`),
	regexp.MustCompile(`-torture|a measurement: -`),
}

// event is a line of go test -json; see `go doc test2json`.
type event struct {
	Action, Package, Test, Output string
	ImportPath                    string
	Elapsed                       float64
}

func main() {
	r := report{said: map[string]*strings.Builder{}}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var e event
		if err := json.Unmarshal(in.Bytes(), &e); err != nil {
			fmt.Println(in.Text()) // not of go test: a build that failed to start
			continue
		}
		r.take(e)
	}
	if err := in.Err(); err != nil {
		r.failed = append(r.failed, err.Error())
	}
	r.end()
}

// report is what was heard so far.
type report struct {
	said    map[string]*strings.Builder // by test
	failed  []string
	skipped []string
	passed  int
}

// take takes one event.
func (r *report) take(e event) {
	key := e.Package + " " + e.Test
	if r.said[key] == nil {
		r.said[key] = &strings.Builder{}
	}
	switch e.Action {
	case "output":
		if !strings.HasPrefix(e.Output, "=== ") {
			r.said[key].WriteString(e.Output)
		}
	case "build-output":
		fmt.Print(e.Output)
	case "pass":
		if e.Test == "" {
			fmt.Printf("ok    %-45s %6.1f s\n", e.Package, e.Elapsed)
		} else {
			r.passed++
			if e.Elapsed >= 10 && !strings.Contains(e.Test, "/") { // what a gate that takes too long is to be cut at
				fmt.Printf("slow  %-70s %6.1f s\n", key, e.Elapsed)
			}
		}
	case "fail":
		r.failed = append(r.failed, key)
		fmt.Printf("FAIL  %s\n%s", key, r.said[key])
	case "skip":
		if e.Test != "" {
			r.skip(key, r.said[key].String())
		}
	}
}

// skip takes a test that skipped.
func (r *report) skip(key, why string) {
	why = strings.Join(strings.Fields(why), " ")
	if slices.ContainsFunc(mayBeMissing, func(re *regexp.Regexp) bool { return re.MatchString(why) }) {
		fmt.Printf("skip  %s: %s\n", key, why)
		return
	}
	r.skipped = append(r.skipped, key+": "+why)
}

// end tells the result.
func (r *report) end() {
	for _, s := range r.skipped {
		fmt.Printf("SKIP  %s\n", s)
	}
	fmt.Printf("%d tests passed, %d failed, %d skipped that must run here\n", r.passed, len(r.failed), len(r.skipped))
	if r.passed == 0 || len(r.failed) > 0 || len(r.skipped) > 0 {
		os.Exit(1)
	}
}
