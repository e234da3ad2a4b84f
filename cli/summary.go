package cli

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui"
	"github.com/mailzone/mailzone/zonefile"
)

// This file sums up what lint found, on standard error: findings go through a pipe, the sum is for who waits.

// summary counts findings.
type summary struct {
	zones  int                     // that were read
	faulty map[*zonefile.Zone]bool // those with a finding
	last   *zonefile.Zone          // of them
	of     map[lint.Severity]int
	safe   int // findings that --fix mends
	notes  int // that are not shown
}

// newSummary is that of some zones in which nothing is found yet.
func newSummary(zones int) summary {
	return summary{zones: zones, faulty: map[*zonefile.Zone]bool{}, of: map[lint.Severity]int{}}
}

// add counts a finding.
func (s *summary) add(d *lint.Diagnostic) {
	if d.Zone != s.last {
		s.faulty[d.Zone], s.last = true, d.Zone
	}
	s.of[d.Severity]++
	if _, ok := d.SafeFix(); ok {
		s.safe++
	}
}

// String is the summary in a line.
func (s summary) String() string {
	var counts []string
	for _, c := range []struct {
		severity  lint.Severity
		one, more string
	}{{lint.Error, "error", "errors"}, {lint.Warning, "warning", "warnings"}, {lint.Info, "note", "notes"}} {
		if n := s.of[c.severity]; n > 0 {
			counts = append(counts, zonefile.Plural(n, c.one, c.more))
		}
	}
	text := "nothing found"
	if len(counts) > 0 {
		text = strings.Join(counts, ", ")
	}
	if s.zones > 1 {
		text = zonefile.Plural(s.zones, "zone", "zones") + ": " + text
		if len(counts) > 0 {
			text += " in " + zonefile.Plural(len(s.faulty), "zone", "zones")
		}
	}
	if s.safe > 0 {
		text += fmt.Sprintf("; --fix mends %d", s.safe)
	}
	if s.notes > 0 {
		text += fmt.Sprintf("; %s not shown (--info)", zonefile.Plural(s.notes, "note", "notes"))
	}
	return text
}

// tellSummary tells the summary where it helps: for several zones with findings, and on a terminal for several
// zones or for findings. A clean zone stays silent, and so do clean zones in a job that mails what it prints.
func (p *program) tellSummary(s summary) {
	several, found, watched := s.zones > 1, len(s.faulty) > 0, ui.IsTerminal(p.watched)
	if several && (found || watched) || found && watched {
		p.tell(s.String())
	}
}
