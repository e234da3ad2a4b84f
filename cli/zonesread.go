package cli

// The zone files of the name server, read on all cores and examined: zones of a view know each other, and those of another one
// are as far away as the rest of the world.

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/ui"
	"github.com/mailzone/mailzone/zonefile"
)

// hostedRow is a zone of the name server, with the number of its problems.
type hostedRow struct {
	document.HostedZone
	examined                bool
	errors, warnings, infos int
}

// serial is that of the file, if it is known.
func (r hostedRow) serial() (uint32, bool) {
	if r.Text == nil {
		return 0, false
	}
	return r.Text.Serial()
}

// examineHosted reads the zones of a configuration, and counts the problems of those that are somebody's own.
func (p *program) examineHosted(cmd *cobra.Command, conf server.Configuration) ([]hostedRow, error) {
	bar := ui.StartProgress(p.watched)
	defer bar.Stop()
	rows := p.readHosted(conf, bar)
	byView := map[string][]*hostedRow{}
	var views []string
	var all []*zonefile.Zone
	for i := range rows {
		r := &rows[i]
		if r.Text == nil || !r.ByHand() {
			continue
		}
		if byView[r.View] == nil {
			views = append(views, r.View)
		}
		byView[r.View] = append(byView[r.View], r)
		all = append(all, r.Text)
	}
	defer collectOften(all)()
	for _, view := range views {
		if err := p.countProblems(cmd, byView[view], bar); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// readHosted reads the files of zones.
func (p *program) readHosted(conf server.Configuration, bar *ui.Progress) []hostedRow {
	rows := make([]hostedRow, len(conf.Zones))
	bar.Step("zones read", len(rows))
	opt := document.Options{IncludeDirs: p.includeDirs(nil), Asking: p.asking}
	onAllCores(len(rows), func(i int) {
		rows[i].HostedZone = document.OpenHosted(conf, conf.Zones[i], opt)
		bar.Done(1)
	})
	return rows
}

// countProblems counts the problems of the zones of a view, by the settings beside each.
func (p *program) countProblems(cmd *cobra.Command, rows []*hostedRow, bar *ui.Progress) error {
	opt := lintOptions{info: true}
	rules, err := p.rules(cmd, &opt, rows[0].File)
	if err != nil {
		return err
	}
	docs, of := make([]opened, len(rows)), map[*zonefile.Zone]*hostedRow{}
	for i, r := range rows {
		docs[i].zone, of[r.Text], r.examined = r.Text, r, true
		rules.Journals = append(rules.Journals, r.Beside.Journals...)
		rules.Signed = append(rules.Signed, r.Beside.Signed...)
	}
	if err := p.locally(&opt, &rules, docs); err != nil {
		return err
	}
	rules.Progress = bar
	for d := range lint.Each(zonesOf(docs), rules) {
		switch r := of[d.Zone]; d.Severity {
		case lint.Error:
			r.errors++
		case lint.Warning:
			r.warnings++
		default:
			r.infos++
		}
	}
	return nil
}

// tellUnreadZones tells which zone files could not be read.
func (p *program) tellUnreadZones(rows []hostedRow) (status int) {
	for _, r := range rows {
		if r.Err == nil {
			continue
		}
		status = statusFailed
		why := newUnread(r.File, r.Err).why
		if errors.Is(r.Err, fs.ErrNotExist) {
			why = "the file is not there, and named serves nothing of the zone: make it, or take the zone out"
		}
		p.complain(fmt.Sprintf("%s: zone %s: %s", r.File, r.Name, why))
	}
	return status
}
