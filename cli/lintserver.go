package cli

// This file is `lint --server`: all zones that people edit on this name server, those of a view together, for they know each
// other and no other view's.

import (
	"iter"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui"
	"github.com/mailzone/mailzone/zonefile"
)

// apart is a flag that does not go with --server, and why.
type apart struct{ flag, why string }

// serverAlone tells what does not go with --server, and what goes with it alone; does is what a command does with the zones.
func serverAlone(cmd *cobra.Command, on bool, args []string, does string, not []apart) error {
	if !on {
		for _, name := range []string{"zone", "view"} {
			if cmd.Flags().Changed(name) {
				return usagef(cmd, "--%s goes with --server: add it", name)
			}
		}
		return nil
	}
	if len(args) > 0 {
		return usagef(cmd, "%s: --server %s the zones of the name server: leave one of both out", args[0], does)
	}
	for _, a := range not {
		if cmd.Flags().Changed(a.flag) {
			return usagef(cmd, "--%s does not go with --server: %s", a.flag, a.why)
		}
	}
	return nil
}

// checkServer tells what does not go with --server, and what goes with it alone.
func (o *lintOptions) checkServer(cmd *cobra.Command, args []string) error {
	return serverAlone(cmd, o.server, args, "examines", []apart{
		{"fix", "its fixes are one zone's: name the zone files to be fixed"},
		{"changed", "it compares files of a git repository: name these"},
		{"against", "it is an older version of one zone: name the file of that"},
		{"exclude", "it leaves files out: --zone chooses zones"},
		{"origin", "the name server tells which zones its files are: leave it out"},
		{"directory", "the name server tells where its files' includes start: leave it out"},
	})
}

// lintServer prints what is wrong with the zones of the name server.
func (p *program) lintServer(cmd *cobra.Command, opt *lintOptions) error {
	if err := opt.check(cmd, nil); err != nil {
		return err
	}
	r, err := p.readChosen(cmd, &opt.zonesOptions)
	if err != nil {
		return err
	}
	defer r.end()
	rows, bar := r.rows, r.bar
	views, all := byView(rows, func(h document.HostedZone) bool { return h.ByHand() && h.Reason == "" })
	found, err := p.foundInViews(cmd, opt, views, bar)
	if err != nil {
		return err
	}
	if opt.resolve || len(opt.certs) > 0 || len(unreadZones(rows)) > 0 {
		bar.Stop() // it would stand in the middle of what is told
	}
	status := max(r.status, p.tellUnreadZones(rows))
	p.tellCertificates(opt, all)
	x := &examination{found: found, sum: newSummary(len(all))}
	if p.columns > 0 {
		x.begin = bar.Stop
	}
	if err := p.printFindings(opt.format.value, unreadZones(rows), x.told(), viewsOf(rows)); err != nil {
		return err
	}
	bar.Stop()
	if opt.format.is("text") {
		p.tellSummary(x.sum)
	}
	return ended(max(status, opt.status(x.sum)))
}

// viewsOf is the first view that has each zone.
func viewsOf(rows []hostedRow) map[*zonefile.Zone]string {
	views := make(map[*zonefile.Zone]string, len(rows))
	for _, r := range rows {
		if r.Text != nil {
			views[r.Text] = r.View
		}
	}
	return views
}

// unreadZones is the zones that could not be read.
func unreadZones(rows []hostedRow) (list []unread) {
	for _, r := range rows {
		if r.Err != nil {
			u := newUnread(r.File, r.Err)
			u.zone, u.view = string(r.Name), r.View
			list = append(list, u)
		}
	}
	return list
}

// foundInViews is what is wrong with the zones of each view, one view after the other.
func (p *program) foundInViews(cmd *cobra.Command, opt *lintOptions, views [][]*hostedRow, bar *ui.Progress) (iter.Seq[*lint.Diagnostic], error) {
	type view struct {
		zones []*zonefile.Zone
		rules lint.Options
	}
	var list []view
	for _, rows := range views {
		docs, rules, err := p.rulesOfView(cmd, opt, rows)
		if err != nil {
			return nil, err
		}
		rules.Progress = bar
		asked, err := p.askOutside(cmd, opt, docs, &rules)
		if err != nil {
			return nil, err
		}
		p.tellAsked(asked)
		list = append(list, view{zonesOf(docs), rules})
	}
	return func(yield func(*lint.Diagnostic) bool) {
		for _, v := range list {
			for d := range lint.Each(v.zones, v.rules) {
				if !yield(d) {
					return
				}
			}
		}
	}, nil
}
