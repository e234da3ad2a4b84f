package cli

// The zones of the name server of this machine: what they are, where their files are, and how many problems are in each. What
// could not be read is told, and the rest is listed.

import (
	"fmt"
	"os/user"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// zonesOptions are the flags of zones.
type zonesOptions struct {
	names  []string // patterns
	view   string
	format choice
}

// zonesCommand lists the zones that named has.
func (p *program) zonesCommand() *cobra.Command {
	var opt zonesOptions
	cmd := &cobra.Command{
		Use:   "zones [--zone GLOB] [--view VIEW]",
		Short: "List the zones of the name server on this machine",
		Long: `List the zones that named has on this machine, by its configuration: a line for
each zone and file, sorted by name, with tabs between NAME, VIEW, KIND, FILE,
SERIAL, ERRORS and WARNINGS. A "-" stands where there is nothing, or nothing is
known. Views that read the same file of a zone share a line.

KIND is primary, signed (named signs what people edit), dynamic (named writes
the file), secondary, mirror, stub, static-stub, hint, forward, redirect or
catalog. SERIAL is that of the file; what is counted is what "mailzone lint"
finds, the zones of a view knowing each other. Zones of which the records are
made elsewhere, and those of localhost and the like, are not examined.

Zones that rndc added are listed as well. What cannot be read is told, and the
rest is listed; the exit status is 3 then.`,
		Example: `  mailzone zones
  mailzone zones --zone '*.example.com' --format json`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.zones(cmd, &opt)
		},
	}
	several(cmd.Flags(), &opt.names, "zone", "only zones that `GLOB` fits, a pattern as shells have it: * does not stop at dots; may be repeated")
	cmd.Flags().StringVar(&opt.view, "view", "", "only zones of `VIEW`")
	serverFlags(cmd, &p.where)
	opt.format.flag(cmd, "text", "json")
	return cmd
}

// zones lists the zones of the name server.
func (p *program) zones(cmd *cobra.Command, opt *zonesOptions) error {
	if err := opt.check(cmd); err != nil {
		return err
	}
	conf, err := p.configuration(cmd)
	if err != nil {
		return err
	}
	if p.where.File == "" {
		p.tell("the zones are those of " + conf.File)
	}
	if err := opt.choose(cmd, &conf); err != nil {
		return err
	}
	status := p.tellConfiguration(conf)
	rows, err := p.examineHosted(cmd, conf)
	if err != nil {
		return err
	}
	if err := p.printZones(opt, rows); err != nil {
		return err
	}
	return ended(max(status, p.tellUnreadZones(rows)))
}

// check tells what is wrong with flags.
func (o *zonesOptions) check(cmd *cobra.Command) error {
	for _, pattern := range o.names {
		if _, err := path.Match(pattern, ""); err != nil {
			return usagef(cmd, "--zone %q: this is no pattern: write one as shells have it, as '*.example.com'", pattern)
		}
	}
	return nil
}

// choose leaves the zones that flags ask for.
func (o *zonesOptions) choose(cmd *cobra.Command, conf *server.Configuration) error {
	views, named := map[string]bool{}, cmd.Flags().Changed("view")
	conf.Zones = slices.DeleteFunc(conf.Zones, func(z server.Zone) bool {
		for _, v := range z.Views {
			views[v] = true
		}
		return named && !slices.Contains(z.Views, o.view) || !o.fits(z.Name)
	})
	if delete(views, ""); named && !views[o.view] {
		var names []string
		for v := range views {
			names = append(names, v)
		}
		slices.Sort(names)
		there := "the configuration has no views: leave it out"
		if len(names) > 0 {
			there = "the views are " + strings.Join(names, ", ")
		}
		return usagef(cmd, "--view %s: no zone is in such a view%s", o.view, meant(o.view, names, there))
	}
	return nil
}

// fits tells whether one of the patterns fits a zone; all do where there is none. A slash is a letter of a name.
func (o *zonesOptions) fits(n zonefile.Name) bool {
	letters := func(s string) string {
		if s != "." {
			s = strings.TrimSuffix(s, ".")
		}
		return strings.ToLower(strings.ReplaceAll(s, "/", "\x00"))
	}
	return len(o.names) == 0 || slices.ContainsFunc(o.names, func(pattern string) bool {
		fits, _ := path.Match(letters(pattern), letters(string(n)))
		return fits
	})
}

// tellConfiguration tells what is wrong with the configuration, and what of it could not be read.
func (p *program) tellConfiguration(conf server.Configuration) (status int) {
	for _, fault := range conf.Faults {
		p.complain(fault)
		status = statusFailed
	}
	if n := len(conf.Unreadable); n > 0 {
		p.complain(fmt.Sprintf("%s cannot be read as %s: run as root: %s", zonefile.Plural(n, "file", "files"), thisUser(), strings.Join(conf.Unreadable, ", ")))
		status = statusFailed
	}
	if conf.Other > 0 {
		p.tell(zonefile.Plural(conf.Other, "zone of another class than IN is", "zones of other classes than IN are") + " left out")
	}
	return status
}

// thisUser is the name of the user, or the number where it has none.
func thisUser() string {
	u, err := user.Current()
	if err != nil {
		return "this user"
	}
	return u.Username
}

// hostedZone is a zone of the name server in JSON: a stable interface.
type hostedZone struct {
	Name     text   `json:"name"`
	View     text   `json:"view"`
	Kind     string `json:"kind"`
	File     text   `json:"file"`
	Server   string `json:"server"`
	Serial   uint32 `json:"serial"`
	Editable bool   `json:"editable"`
	Reason   text   `json:"reason"`
	Views    []text `json:"views"`
	Examined bool   `json:"examined"`
	Errors   int    `json:"errors"`
	Warnings int    `json:"warnings"`
	Infos    int    `json:"infos"`
}

// printZones prints the rows.
func (p *program) printZones(opt *zonesOptions, rows []hostedRow) error {
	if opt.format.is("json") {
		a := array{p: p}
		for _, r := range rows {
			if err := a.add(r.json()); err != nil {
				return err
			}
		}
		return a.end()
	}
	for _, r := range rows {
		var cells []string
		for _, cell := range r.cells() {
			cells = append(cells, p.show(cell))
		}
		_, _ = p.out.WriteString(strings.Join(cells, "\t") + "\n") // keeps its error
	}
	return nil
}

// cells is a row as text.
func (r hostedRow) cells() []string {
	name := string(r.Name)
	if r.Name != zonefile.Root {
		name = strings.TrimSuffix(name, ".")
	}
	cells := []string{name, r.View, r.Kind, r.File, "", "", ""}
	if n, ok := r.serial(); ok {
		cells[4] = strconv.FormatUint(uint64(n), 10)
	}
	if r.examined {
		cells[5], cells[6] = strconv.Itoa(r.errors), strconv.Itoa(r.warnings)
	}
	for i, cell := range cells {
		if cell == "" {
			cells[i] = "-"
		}
	}
	return cells
}

// json is a row in JSON.
func (r hostedRow) json() hostedZone {
	views := make([]text, 0, len(r.Views))
	for _, v := range r.Views {
		if v != "" {
			views = append(views, text(v))
		}
	}
	serial, _ := r.serial()
	reason := r.Reason
	if reason == "" && r.Err != nil {
		reason = r.Err.Error()
	}
	return hostedZone{
		Name: text(r.Name), View: text(r.View), Kind: r.Kind, File: text(r.File), Server: "named", Serial: serial,
		Editable: reason == "", Reason: text(reason), Views: views,
		Examined: r.examined, Errors: r.errors, Warnings: r.warnings, Infos: r.infos,
	}
}
