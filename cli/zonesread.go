package cli

// The zone files of the name server, read on all cores and examined: zones of a view know each other, and those of another one
// are as far away as the rest of the world.

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/ui"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
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

// reading is the zones of the name server that a command is about, with what their files hold.
type reading struct {
	rows   []hostedRow
	status int // of what could not be read of the configuration
	bar    *ui.Progress
	undo   func() // what they ask of the collector
}

// readChosen reads the zones that flags ask for.
func (p *program) readChosen(cmd *cobra.Command, opt *zonesOptions) (*reading, error) {
	conf, status, err := p.chosenZones(cmd, opt)
	if err != nil {
		return nil, err
	}
	r := &reading{status: status, bar: ui.StartProgress(p.watched)}
	many := collectForMany(len(conf.Zones))
	r.rows = p.readHosted(conf, r.bar)
	big := collectOften(textsOf(r.rows))
	r.undo = func() { big(); many() }
	return r, nil
}

// end ends the progress bar, and what the zones ask for.
func (r *reading) end() {
	r.bar.Stop()
	r.undo()
}

// textsOf is the zones that could be read.
func textsOf(rows []hostedRow) (list []*zonefile.Zone) {
	for _, r := range rows {
		if r.Text != nil {
			list = append(list, r.Text)
		}
	}
	return list
}

// examineHosted counts the problems of the zones that are somebody's own.
func (p *program) examineHosted(cmd *cobra.Command, r *reading) error {
	views, _ := byView(r.rows, document.HostedZone.ByHand)
	for _, view := range views {
		if err := p.countProblems(cmd, view, r.bar); err != nil {
			return err
		}
	}
	r.bar.Stop() // it would stand in the middle of what is printed
	return nil
}

// byView is the rows that could be read and are wanted, those of a view together, and the zones of all.
func byView(rows []hostedRow, wanted func(document.HostedZone) bool) (views [][]*hostedRow, all []*zonefile.Zone) {
	at := map[string]int{}
	for i := range rows {
		r := &rows[i]
		if r.Text == nil || !wanted(r.HostedZone) {
			continue
		}
		n, known := at[r.View]
		if !known {
			n = len(views)
			at[r.View], views = n, append(views, nil)
		}
		views[n] = append(views[n], r)
		all = append(all, r.Text)
	}
	return views, all
}

// rulesOfView is how the zones of a view are examined, by the settings beside each.
func (p *program) rulesOfView(cmd *cobra.Command, opt *lintOptions, rows []*hostedRow) (docs []opened, rules lint.Options, err error) {
	if rules, err = p.rules(cmd, opt, rows[0].File); err != nil {
		return nil, rules, err
	}
	docs = make([]opened, len(rows))
	for i, r := range rows {
		docs[i].zone = r.Text
		rules.Journals = append(rules.Journals, r.Beside.Journals...)
		rules.Signed = append(rules.Signed, r.Beside.Signed...)
	}
	return docs, rules, p.locally(opt, &rules, docs)
}

// readHosted reads the files of zones.
func (p *program) readHosted(conf server.Configuration, bar *ui.Progress) []hostedRow {
	rows := make([]hostedRow, len(conf.Zones))
	bar.Step("zones read", len(rows))
	opt := document.Options{IncludeDirs: p.includeDirs(nil), Asking: p.asking, Shared: &disk.Shared{Many: true}}
	crash.OnAllCores(len(rows), func(i int) {
		rows[i].HostedZone = document.OpenHosted(conf, conf.Zones[i], opt)
		bar.Done(1)
	})
	return rows
}

// countProblems counts the problems of the zones of a view, by the settings beside each.
func (p *program) countProblems(cmd *cobra.Command, rows []*hostedRow, bar *ui.Progress) error {
	docs, rules, err := p.rulesOfView(cmd, &lintOptions{info: true}, rows)
	if err != nil {
		return err
	}
	of := map[*zonefile.Zone]*hostedRow{}
	for _, r := range rows {
		of[r.Text], r.examined = r, true
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
