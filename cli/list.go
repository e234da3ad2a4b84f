package cli

// Records as BIND reads them, one on each line, for grep and for diff. What BIND refuses is told on standard error, and
// the rest is listed.

import (
	"fmt"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/zonefile"
)

// maxErrors is how many errors of one zone are told: a file that is no zone has one on every line.
const maxErrors = 50

// listCommand prints the records of a zone as BIND reads them.
func (p *program) listCommand() *cobra.Command {
	opt := listOptions{source: source{tellsErrors: true}}
	cmd := &cobra.Command{
		Use:   "list [--type TYPE,...] ZONEFILE",
		Short: "Print the records as BIND reads them, one a line",
		Long: `Print the records as BIND reads them, in the file's order: owner, TTL, class,
type, data. Names are absolute and in lower case. Records that BIND refuses are
told on standard error; the exit status is 3 then. ZONEFILE - is standard input.`,
		Example:           "  mailzone list --type MX,A,AAAA db.example.com",
		Args:              zoneArg,
		ValidArgsFunction: completeOneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.list(cmd, &opt, args[0])
		},
	}
	opt.source.flags(cmd, &p.where)
	opt.format.flag(cmd, "text", "json")
	words(cmd.Flags(), &opt.types, "type", "only records of these `TYPE`s, as MX,A")
	return cmd
}

// listOptions are the flags of list.
type listOptions struct {
	source source
	format choice
	types  []string
}

// listed is a record in JSON.
type listed struct {
	Owner  text   `json:"owner"`
	TTL    uint32 `json:"ttl"`
	Class  string `json:"class"`
	Type   string `json:"type"`
	RData  text   `json:"rdata"`
	File   text   `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// list prints the good records, then tells the errors.
func (p *program) list(cmd *cobra.Command, opt *listOptions, path string) error {
	types, err := parseTypes(cmd, "type", opt.types)
	if err != nil {
		return err
	}
	z, err := p.read(cmd, &opt.source, path)
	if err != nil {
		return err
	}
	tell := p.listText
	var a array
	if opt.format.is("json") {
		a.p = p
		tell = a.record
	}
	for r, ttl := range z.Loaded(types...) {
		if err := tell(r, ttl); err != nil {
			return err
		}
	}
	if a.p != nil {
		if err := a.end(); err != nil {
			return err
		}
	}
	return p.tellErrors(z)
}

// listText prints one record.
func (p *program) listText(r zonefile.Record, ttl uint32) error {
	p.line(4, fmt.Sprintf("%s %d IN %s %s", p.show(string(r.Owner())), ttl, p.paint(notable, r.Type().String()), p.show(r.CanonicalRData())))
	return nil
}

// record writes one record in JSON.
func (a *array) record(r zonefile.Record, ttl uint32) error {
	at := r.Position()
	return a.add(listed{
		Owner: text(r.Owner()), TTL: ttl, Class: "IN", Type: r.Type().String(), RData: text(r.CanonicalRData()),
		File: text(r.File().Name()), Line: at.Line, Column: at.Column,
	})
}

// parseTypes reads the names of record types.
func parseTypes(cmd *cobra.Command, flag string, names []string) ([]zonefile.Type, error) {
	var types []zonefile.Type
	for _, name := range names {
		t, ok := zonefile.ParseType(strings.TrimSpace(name))
		if !ok {
			return nil, usagef(cmd, "--%s %s: no such record type%s", flag, name,
				meant(strings.TrimSpace(name), zonefile.TypeNames(), "write MX, AAAA, or TYPE and a number"))
		}
		if !t.InZones() {
			return nil, usagef(cmd, "--%s %s: stands in no zone: write MX, AAAA, or TYPE and a number", flag, name)
		}
		types = append(types, t)
	}
	return types, nil
}

// tellErrors tells what BIND refuses in a zone, and what it reads and was not read here. It returns the exit status if there is something.
func (p *program) tellErrors(z *zonefile.Zone) error {
	n := 0
	for _, refused := range []iter.Seq[zonefile.Problem]{z.Errors(), z.Refusals(), z.Unwritten()} {
		for problem := range refused {
			if n++; n <= maxErrors {
				p.complain(problem.String())
			}
		}
	}
	if n == 0 {
		return nil
	}
	if n > maxErrors {
		p.complain(fmt.Sprintf("%s: %d errors more", z.Root().Name(), n-maxErrors))
	}
	return exit(statusFailed)
}
