package cli

// The zones of the name server of this machine: what they are, where their files are, and how many problems are in each. What
// could not be read is told, and the rest is listed.

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// zonesCommand lists the zones that named has.
func (p *program) zonesCommand() *cobra.Command {
	var opt zonesOptions
	var format choice
	cmd := &cobra.Command{
		Use:   "zones [--zone GLOB] [--view VIEW]",
		Short: "List the zones of the name server on this machine",
		Long: `List the zones that named has on this machine, by its configuration: a line for
each zone and file, sorted by name, with tabs between NAME, VIEW, KIND, FILE,
SERIAL, ERRORS and WARNINGS. A "-" stands where there is nothing, or nothing is
known. Views that read the same file of a zone share a line.

KIND is primary, signed (named signs what people edit), dynamic (named writes
the file), secondary, mirror, stub, static-stub, hint, forward, redirect,
delegation-only or catalog. SERIAL is that of the file; what is counted is
what "mailzone lint" finds, the zones of a view knowing each other. Zones of
which the records are made elsewhere, and those of localhost and the like, are
not examined.

Zones that rndc added are listed as well. What cannot be read is told, and the
rest is listed; the exit status is 3 then.`,
		Example: `  mailzone zones
  mailzone zones --zone '*.example.com' --format json`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.zones(cmd, &opt, format.is("json"))
		},
	}
	opt.flags(cmd, "")
	serverFlags(cmd, &p.where)
	format.flag(cmd, "text", "json")
	return cmd
}

// zones lists the zones of the name server.
func (p *program) zones(cmd *cobra.Command, opt *zonesOptions, json bool) error {
	r, err := p.readChosen(cmd, opt)
	if err != nil {
		return err
	}
	defer r.end()
	if err := p.examineHosted(cmd, r); err != nil {
		return err
	}
	if err := p.printZones(json, r.rows); err != nil {
		return err
	}
	return ended(max(r.status, p.tellUnreadZones(r.rows)))
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
func (p *program) printZones(json bool, rows []hostedRow) error {
	if json {
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
	cells := []string{r.Name.Plain(), r.View, r.Kind, r.File, "", "", ""}
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
