package document

// Many zones that were saved are read again by the name server, one after the other, and each is waited for.

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// Serving is what the name server does with a saved zone.
type Serving struct {
	Served server.Served
	Why    string // of what is not the new version
}

// Serve makes the name server read a zone that was saved. Where it is not reached, there is no need to ask for others: goes is
// false then.
func (m *Many) Serve(mem *Member, ended func() bool) (s Serving, goes bool) {
	serial, whole := mem.Next.Serial()
	switch {
	case m.opt.ReloadZone == nil:
		return Serving{server.NotRead, "no name server runs here"}, false
	case mem.Hosted.Name == "":
		return Serving{server.NotRead, "no name server of this machine is known to have this file"}, true
	case !whole:
		return Serving{server.NotRead, "without a serial nobody could tell whether named serves the new zone"}, true
	}
	served, err := m.opt.ReloadZone(mem.Hosted, serial, ended)
	s.Served = served
	if err != nil {
		s.Why = err.Error()
	}
	return s, !errors.Is(err, server.ErrUnreachable)
}

// Commands is what makes the name server read the zone again; nil if no name server is known to have it, or it cannot be told so.
func (m *Member) Commands() []string {
	if m.Hosted.Name == "" {
		return nil
	}
	return server.ReloadCommands(m.Hosted)
}

// mostCommands is how many commands are told one by one.
const mostCommands = 20

// LeftToDo is what makes named read saved zones again, a line each. Never is it `rndc reload` alone, which reads the configuration
// again, too. Commands that are too many for a screen are kept in a file, and told all the same where that cannot be.
func (m *Many) LeftToDo(now time.Time, zones []*Member) (lines []string, err error) {
	unknown := 0
	for _, mem := range zones {
		of := mem.Commands()
		if of == nil {
			unknown++
		}
		lines = append(lines, of...)
	}
	if lines = slices.Compact(lines); len(lines) > mostCommands {
		path, failed := m.leaveCommands(now, lines)
		if err = failed; err == nil {
			lines = []string{fmt.Sprintf("the %d commands in %s, as %s", len(lines), path, lines[0])}
		}
	}
	if unknown > 0 {
		lines = append(lines, zonefile.Plural(unknown, "zone is", "zones are")+" not known to a name server of this machine by a name that rndc takes")
	}
	return lines, err
}

// leaveCommands keeps commands in a file, and tells which.
func (m *Many) leaveCommands(now time.Time, commands []string) (path string, err error) {
	return disk.Leave(m.diskOptions(), "reload-"+now.UTC().Format("20060102T150405Z"), []byte(strings.Join(commands, "\n")+"\n"))
}
