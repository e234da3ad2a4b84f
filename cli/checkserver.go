package cli

// `check --server`: the world is asked about all zones that people edit on this name server, in one run: who serves many of them is told
// once, and what is the same of many zones is said once.

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// checkServerFlags tells what does not go with --server, and what goes with it alone.
func (o *checkOptions) checkServerFlags(cmd *cobra.Command, args []string) error {
	return serverAlone(cmd, o.server, args, "asks about", []apart{
		{"plan", "a move is that of one zone"},
		{"until-served", "it waits for the serial of one zone"},
		{"relay", "whether hosts are your own is known by one zone: name that"},
		{"at", "it says where the hosts of one zone are"},
		{"origin", "the name server tells which zones its files are: leave it out"},
		{"directory", "the name server tells where its files' includes start: leave it out"},
	})
}

// checkServer asks about the zones of the name server.
func (p *program) checkServer(cmd *cobra.Command, opt *checkOptions) error {
	read, err := p.readChosen(cmd, &opt.zonesOptions)
	if err != nil {
		return err
	}
	defer read.end()
	read.bar.Stop() // it would stand in the middle of what is told
	rows, kinds := read.rows, opt.kinds()
	status := max(read.status, p.tellUnreadZones(rows))
	asked, faulty := p.askedZones(rows, kinds.DNS)
	status = max(status, faulty)
	if len(asked) == 0 {
		p.complain("nothing was asked: no zone is left that people edit here")
		return exit(statusFailed)
	}
	c := document.Checking{Now: p.now, TrustAD: opt.trustAD, Private: true, Tell: p.tell}
	if err := opt.place(cmd, &c); err != nil {
		return err
	}
	list := make([]document.Checking, len(asked))
	for i, r := range asked {
		c.Zone, c.Signed = r.Text, r.Kind == "signed"
		list[i] = c
	}
	if kinds == (document.Kinds{}) {
		return p.offerChecks(cmd, list)
	}
	return p.asks(cmd, opt, checkTime, func(ctx context.Context, how document.Mailing) error {
		found := document.AskAll(ctx, list, kinds, how)
		for i, r := range asked {
			p.noteSeen(cmd, opt, r.File, list[i], found[i].Everywhere)
		}
		all, err := p.printServer(opt, asked, found)
		if err != nil {
			return err
		}
		p.tell(fmt.Sprintf("asked about %s: %s", zonefile.Plural(len(asked), "zone", "zones"), countStates(all.Results)))
		return worse(exitOf(all, false), status)
	})
}

// worse is the end of a command by what it found, where something else was wrong before.
func worse(err error, status int) error {
	var found exit
	if err != nil && !errors.As(err, &found) {
		return err
	}
	return ended(max(status, int(found)))
}

// askedZones is the zones that are asked about: those that people edit. Of one that is in several views with several files nobody knows which
// of them is answered here. What is left out is told.
func (p *program) askedZones(rows []hostedRow, serials bool) (list []*hostedRow, status int) {
	of := map[zonefile.Name]int{}
	for _, r := range rows {
		of[r.Name]++
	}
	var out document.Alikes
	for i := range rows {
		r := &rows[i]
		_, has := r.serial()
		switch {
		case r.Text == nil || !r.ByHand() || r.Reason != "":
		case of[r.Name] > 1:
			out.Add("several views have files of it, and which of them is answered here is not known: --view says one", r.Name.Plain())
		case serials && !has:
			status = statusFailed
			p.complain(fmt.Sprintf("%s: the file has no serial that could be compared: correct its SOA record", r.File))
		default:
			list = append(list, r)
		}
	}
	for _, a := range out.List {
		a.Zones = slices.Compact(a.Zones) // the views of a zone stand together
		p.tell(fmt.Sprintf("not asked about: %s: %s", a.Names(), a.Text))
	}
	return list, status
}

// offerChecks tells what could be asked about zones, and where: each place once. Nothing is sent.
func (p *program) offerChecks(cmd *cobra.Command, list []document.Checking) error {
	var all document.Alikes
	for _, c := range list {
		for _, o := range askables(c) {
			all.Add(o.where, c.Zone.Origin().Plain())
		}
	}
	for _, a := range all.List {
		p.line(2, p.show(a.Text+": of "+a.Names()))
	}
	return usagef(cmd, "nothing was asked: say what, by --all, --dns, --smtp, --sts, --ptr or --cache")
}

// printServer prints what came, and is all of it.
func (p *program) printServer(opt *checkOptions, rows []*hostedRow, found []document.Checked) (all document.Checked, err error) {
	out := array{p: p}
	fold := folded{said: opt.said}
	for i, f := range found {
		all.Results = append(all.Results, f.Results...)
		all.Beyond, all.Hosts = all.Beyond+f.Beyond, all.Hosts+f.Hosts
		for _, r := range f.Results {
			if !opt.format.is("json") {
				fold.add(rows[i].Name.Plain(), r)
				continue
			}
			if err := out.add(newCheckedAddress(rows[i].Name, rows[i].View, r)); err != nil {
				return all, err
			}
		}
	}
	p.tellBeyond(all, "ask about fewer zones of them by --zone, or about one alone")
	if opt.format.is("json") {
		return all, out.end()
	}
	p.printFolded(opt, fold)
	return all, nil
}

// folded is results of many zones: what is not ok and the same of several once, and how many there are of each place that was asked.
type folded struct {
	said   bool // what was said is wanted, of who is ok too
	rows   []foldedRow
	at     map[string]int
	places []foldedPlace
	placed map[string]int
}

// foldedRow is a result, and the zones that it is about.
type foldedRow struct {
	document.Result
	document.Alike
}

// foldedPlace is who was asked at an address.
type foldedPlace struct {
	name    string
	hosts   map[zonefile.Name]bool
	results []document.Result
}

// add adds a result about a zone.
func (f *folded) add(zone string, r document.Result) {
	if f.at == nil {
		f.at, f.placed = map[string]int{}, map[string]int{}
	}
	if text := r.Kind + " " + r.Who() + " " + string(r.State) + " " + r.Says(); r.State != "ok" || f.said && len(r.Said) > 0 {
		i, known := f.at[text]
		if !known {
			i = len(f.rows)
			f.at[text], f.rows = i, append(f.rows, foldedRow{Result: r})
		}
		f.rows[i].Zones = append(f.rows[i].Zones, zone)
	}
	place := r.Kind + " " + r.Who()
	if r.Address.IsValid() {
		place = r.Kind + " " + r.Address.String()
	}
	i, known := f.placed[place]
	if !known {
		i = len(f.places)
		f.placed[place], f.places = i, append(f.places, foldedPlace{name: r.Kind + " " + r.Who(), hosts: map[zonefile.Name]bool{}})
	}
	f.places[i].hosts[r.Host] = true
	f.places[i].results = append(f.places[i].results, r)
}

// printFolded prints results.
func (p *program) printFolded(opt *checkOptions, f folded) {
	for _, r := range f.rows {
		r.Zones = slices.Compact(r.Zones)
		p.printResult(opt, r.Names()+": ", r.Result)
	}
	for _, at := range f.places {
		name := at.name
		if n := len(at.hosts) - 1; n > 0 {
			name += fmt.Sprintf(" and %d more", n)
		}
		p.line(2, p.show(name+": "+countStates(at.results)))
	}
}

// countStates is how many results there are of each state, in words.
func countStates(all []document.Result) string {
	count := map[string]int{}
	for _, r := range all {
		count[string(r.State)]++
	}
	var out []string
	for _, state := range []string{"ok", "differs", "waits", "bad", "unknown", "not-asked"} {
		if n := count[state]; n > 0 {
			out = append(out, fmt.Sprintf("%d %s", n, state))
		}
	}
	if len(out) == 0 {
		return "nothing came"
	}
	return strings.Join(out, ", ")
}
