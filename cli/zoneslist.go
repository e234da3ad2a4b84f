package cli

// `mailzone` alone: the zones of the name server on the screen. What is found out of them is what `mailzone zones` counts.

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/ui"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// listZones shows the zones of the name server, and edits those that are opened.
func (p *program) listZones(cmd *cobra.Command, opt *editOptions) error {
	in, out, ok := p.screenFiles()
	if !ok {
		return zoneArg(cmd, nil)
	}
	return p.showZones(cmd, opt, ui.Options{In: in, Out: out}, "")
}

// screenFiles is where the editor is drawn; ok is false where that cannot be.
func (p *program) screenFiles() (in, out *os.File, ok bool) {
	in, _ = p.in.(*os.File)
	out, _ = p.terminal.(*os.File)
	return in, out, ui.Drawable(in, out)
}

// demoServer shows the zones that are built in. They are gone in the end.
func (p *program) demoServer(cmd *cobra.Command, s screen) error {
	in, out, ok := p.screenFiles()
	if !ok {
		return usage(cmd, ui.ErrNoTerminal)
	}
	dir, conf, err := ui.DemoServer()
	if err != nil {
		return fail("the sample zones", err)
	}
	defer os.RemoveAll(dir)
	p.where = server.Where{File: conf}
	p.asking.Hosting, p.asking.Reload, p.asking.ReloadZone, p.asking.Whole = nil, nil, nil, nil // no server reads them
	return p.showZones(cmd, &editOptions{screen: s}, ui.Options{In: in, Out: out}, filepath.Join(dir, "state"))
}

// showZones shows the zones of the configuration. Undo copies are kept in a directory, if one is named.
func (p *program) showZones(cmd *cobra.Command, opt *editOptions, on ui.Options, state string) error {
	conf, err := p.configuration(cmd)
	if err != nil {
		return err
	}
	o := ui.ZonesOptions{State: state, Options: p.screenOptions(opt.screen), Conf: conf, Quiet: func(z server.Zone) bool { return document.HostedZone{Zone: z}.Quiet() }}
	o.In, o.Out = on.In, on.Out
	o.Now, o.Asking = p.now, p.asking
	o.Change = func(zones []server.Zone, e ui.ZonesEdit) (ui.ZonesWork, error) {
		return p.changeListed(conf, opt.source.config, state, zones, e)
	}
	return p.runZones(cmd, opt, o)
}

// chooseZone asks which of some zones a file is to be, and edits it as that: each is listed with what is wrong with the file then.
func (p *program) chooseZone(cmd *cobra.Command, opt *editOptions, path string, names []zonefile.Name) error {
	in, out, ok := p.screenFiles()
	if !ok {
		return usage(cmd, ui.ErrNoTerminal)
	}
	o := ui.ZonesOptions{Options: p.screenOptions(opt.screen), Quiet: func(server.Zone) bool { return false }, Question: "which zone is " + path + " to be?"}
	o.In, o.Out = in, out
	o.Conf.File, o.Conf.Directory = path, opt.source.directory
	for _, n := range names {
		o.Conf.Zones = append(o.Conf.Zones, server.Zone{Name: n, Views: []string{""}, Kind: "primary", File: path})
	}
	return p.runZones(cmd, opt, o)
}

// runZones runs a list of zones, and says what was done in it when it is over.
func (p *program) runZones(cmd *cobra.Command, opt *editOptions, o ui.ZonesOptions) error {
	conf := o.Conf
	o.Examine = func(tell func(ui.ZoneNews), stop func() bool) error { return p.examineListed(cmd, conf, tell, stop) }
	o.Edit = func(z server.Zone, readOnly bool) (ui.Options, error) {
		e, err := p.editing(cmd, &editOptions{source: opt.source, screen: opt.screen, readonly: opt.readonly || readOnly}, z.File)
		e.Origin = z.Name
		return e, err
	}
	summary, err := ui.RunZones(o)
	if p.quiet {
		return err
	}
	if _, printed := fmt.Fprint(p.out, summary); err == nil {
		err = printed
	}
	return err
}

// examineListed finds out about the zones of a configuration, and tells each as soon as it is known, from the top.
func (p *program) examineListed(cmd *cobra.Command, conf server.Configuration, tell func(ui.ZoneNews), stop func() bool) error {
	defer collectForMany(len(conf.Zones))()
	news, rows := make([]ui.ZoneNews, len(conf.Zones)), make([]hostedRow, len(conf.Zones))
	opt := document.Options{IncludeDirs: p.includeDirs(nil), Asking: p.asking, Shared: &disk.Shared{Many: true}}
	crash.OnAllCores(len(rows), func(i int) {
		if stop() {
			return
		}
		rows[i].HostedZone = document.OpenHosted(conf, conf.Zones[i], opt)
		news[i] = newsOf(i, rows[i])
		tell(news[i])
	})
	at := map[*zonefile.Zone]int{}
	for i, r := range rows {
		if r.Text != nil {
			at[r.Text] = i
		}
	}
	views, all := byView(rows, document.HostedZone.ByHand)
	defer collectOften(all)()
	for _, view := range views {
		if stop() {
			return nil
		}
		if err := p.examineView(cmd, view, news, at, tell, stop); err != nil {
			return err
		}
	}
	return nil
}

// newsOf is what the file of a zone tells.
func newsOf(i int, r hostedRow) ui.ZoneNews {
	n := ui.ZoneNews{Zone: i}
	if r.Err != nil {
		n.Err = newUnread(r.File, r.Err).why
	}
	if serial, ok := r.serial(); ok {
		n.Serial = strconv.FormatUint(uint64(serial), 10)
	}
	if r.Text != nil && !r.Quiet() {
		n.Mail, n.Routes = document.RoutesOf(r.Text)
	}
	return n
}

// examineView finds the problems of the zones of a view. They come in the order of the zones: what is found in one tells that those
// before it are done.
func (p *program) examineView(cmd *cobra.Command, view []*hostedRow, news []ui.ZoneNews, at map[*zonefile.Zone]int, tell func(ui.ZoneNews), stop func() bool) error {
	docs, rules, err := p.rulesOfView(cmd, &lintOptions{}, view)
	if err != nil {
		return err
	}
	done, place := 0, map[*zonefile.Zone]int{}
	for k, doc := range docs {
		place[doc.zone] = k
	}
	upTo := func(k int) {
		for ; done < k; done++ {
			n := &news[at[docs[done].zone]]
			n.Examined = true
			slices.SortStableFunc(n.Problems, func(a, b string) int { return cmp.Compare(a[0], b[0]) }) // errors first
			tell(*n)
		}
	}
	for d := range lint.Each(zonesOf(docs), rules) {
		if stop() {
			return nil
		}
		upTo(place[d.Zone])
		count(&news[at[d.Zone]], d)
	}
	upTo(len(docs))
	return nil
}

// count adds a problem.
func count(n *ui.ZoneNews, d *lint.Diagnostic) {
	letter := ""
	switch d.Severity {
	case lint.Error:
		letter = "E"
		n.Errors++
	case lint.Warning:
		letter = "W"
		n.Warnings++
	default:
		return
	}
	n.Problems = append(n.Problems, fmt.Sprintf("%s %d  %s [%s]", letter, d.Position().Line, d.Message, d.Rule.Name))
}
