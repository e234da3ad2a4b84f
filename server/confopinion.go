//go:build linux || darwin || freebsd || netbsd

package server

// This file asks named-checkconf what it thinks of the whole configuration, before many zones are saved: with a faulty one named
// does not start, and no reload brings what was saved. Its messages quote files that their reader must not see: of what they
// quote only names are told.

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

// wholeTime is how long it may take: a second is ten thousand zones eight times over.
const wholeTime = 20 * time.Second

// Complaints is what named-checkconf complains of, a line each; none if the configuration loads. The error says that nobody could
// be asked.
func (c Configuration) Complaints() ([]string, error) {
	if c.File == "" {
		return nil, nil
	}
	dir, err := os.Getwd()
	file, absErr := filepath.Abs(c.File)
	if err = errors.Join(err, absErr); err != nil {
		return nil, err
	}
	args := []string{file}
	if c.chroot != "" {
		inside, is := strings.CutPrefix(file, strings.TrimSuffix(c.chroot, "/")+"/")
		if !is {
			return nil, errors.New("named-checkconf takes no configuration that is outside of the chroot")
		}
		args = []string{"-t", c.chroot, "/" + inside}
	}
	r, err := tool{name: "named-checkconf", args: args, dir: dir, limit: wholeTime, most: 1 << 20}.run()
	if errors.Is(err, errNotInstalled) || err == nil && !r.failed() {
		return nil, nil // what nobody asks about the zones either is told there
	}
	if err != nil {
		return nil, err
	}
	lines := strings.Split(withoutQuotes(strings.TrimSpace(r.text)), "\n")
	const most = 10
	return lines[:min(len(lines), most)], nil
}

// quoted is what stands in quotes, up to the end of the line where they do not end.
var quoted = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`'[^'\n]*('|$)|"[^"\n]*("|$)`) })

// plainQuote is what may be told of it.
var plainQuote = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^['"][a-z0-9.-]*['"]$`) })

// withoutQuotes cuts what stands in quotes, unless it is a name alone.
func withoutQuotes(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = quoted().ReplaceAllStringFunc(l, func(q string) string {
			if plainQuote().MatchString(q) {
				return q
			}
			return q[:1] + "..." + q[:1]
		})
	}
	return strings.Join(lines, "\n")
}
