package cli

// The edits of a script, on the same way as those of the editor: shown as a diff, saved only with --yes, and refused
// where the editor would ask.

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/references"
)

// applyOptions are the flags of apply.
type applyOptions struct {
	manyOptions
	each   bool // of many zones
	strict bool
	ptr    bool // PTR records follow
}

// applyHelp is what it does at length.
const applyHelp = `Make the edits of a script on standard input, in the syntax of nsupdate:

    update delete NAME [TTL] [CLASS] [TYPE [RDATA]]
    update add NAME TTL [CLASS] TYPE RDATA

and the short forms del and add, zone, ttl, show, send, quit, and comments.
Names without a final dot are absolute, as nsupdate takes them. Three words are
mailzone's own, and refused with --strict:

    origin NAME
    rename OLD NEW
    readdress OLD NEW

origin is what names without a final dot are relative to from there on. rename
gives a host, or any name below the zone's own, another name everywhere: its
records and those of all names below it, as TLSA records and DKIM keys, what
leads there by MX, NS, SRV, CNAME, DNAME, PTR and other data, and the terms of
SPF. A new name that has records is refused. readdress does so with an address:
A and AAAA, the ip4: and ip6: terms of SPF that name it alone, hints of HTTPS
and SVCB records, and in a reverse zone the PTR record. What was not looked in
is told, as reverse zones and delegated ones.

The change of text is the smallest that gives the asked records: a delete and an
add of the same name and type become one changed field, and the line keeps its
place, layout and comment. All of the script is done or nothing. The serial is
raised, and the difference is printed. It is saved with --yes only, as the
editor saves; an error that the zone did not have before stops that.

--ptr lets the PTR records of exchanges follow in the same save, where named has
their reverse zones here as primaries that people edit.

With --each the script is for many zones, and %ZONE% in it is the name of each,
without the final dot. All zones are changed and saved, or none, as "repoint"
does it: what is left out, checked and read again by named is told there.`

// applyCommand makes the edits of a script.
func (p *program) applyCommand() *cobra.Command {
	var opt applyOptions
	cmd := &cobra.Command{
		Use:               "apply [--yes] {ZONEFILE | --each {--server | ZONEFILE...}} <SCRIPT",
		Short:             "Make the edits of a script, in the syntax of nsupdate",
		Long:              applyHelp,
		Example:           "  mailzone apply --diff db.example.com <script\n  mailzone apply --yes db.example.com <script\n  echo 'add %ZONE% 1h TXT \"v=spf1 -all\"' | mailzone apply --each db.*",
		ValidArgsFunction: completeZoneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			if opt.each {
				return p.applyEach(cmd, &opt.manyOptions, opt.strict, args)
			}
			if err := aloneArg(cmd, args); err != nil {
				return err
			}
			if args[0] == "-" {
				return usagef(cmd, "-: the script is on standard input: name a zone file")
			}
			return p.apply(cmd, &opt, args[0])
		},
	}
	opt.flags(cmd, &p.where, "what the script changes")
	cmd.Flags().BoolVar(&opt.each, "each", false, "make the edits in many zones: %ZONE% in the script is the name of each")
	ptrFlag(cmd, &opt.ptr)
	cmd.Flags().BoolVar(&opt.strict, "strict", false, "take nothing that nsupdate does not know: origin, rename and readdress are refused")
	return cmd
}

// apply prints what a script changes, and saves it if that was asked for.
func (p *program) apply(cmd *cobra.Command, opt *applyOptions, path string) error {
	if err := p.check(cmd, opt.agreed); err != nil {
		return err
	}
	if opt.agreed.diff && !opt.format.is("text") {
		return usagef(cmd, "--diff prints a patch: leave --format %s for another run", opt.format.value)
	}
	doc, err := p.open(cmd, &opt.source, path, document.Options{ReadOnly: !opt.agreed.yes})
	if err != nil {
		return err
	}
	defer doc.st.Close()
	var lists []references.List
	var told []string
	said := zonefile.Language{
		Strict: opt.strict,
		Words:  references.Words(func(l references.List) { lists = append(lists, l) }),
		Tell: func(what error) {
			told = append(told, what.Error())
			p.note(what.Error())
		},
	}
	c, err := doc.change(p.now(), func(z *zonefile.Zone) ([]zonefile.Edit, error) { return said.Edits(z, p.in) })
	if err != nil {
		return err
	}
	c.along = p.pointing(doc, c, opt.ptr)
	if c.shown = opt.format.is("json"); c.shown {
		edits := c.edits
		for _, m := range c.along.Change(c.now) {
			edits = append(slices.Clip(edits), m.Edits...)
		}
		if err := p.printApplied(newApplied(edits, lists, told)); err != nil {
			return err
		}
	}
	return p.offer(doc, c, opt.agreed, "script")
}

// aloneArg is the rule for the arguments and flags of one zone: others are for many.
func aloneArg(cmd *cobra.Command, args []string) error {
	for _, flag := range []string{"server", "zone", "view"} {
		if cmd.Flags().Changed(flag) {
			return usagef(cmd, "--%s is for many zones: add --each", flag)
		}
	}
	if len(args) > 1 {
		return usagef(cmd, "one zone file at a time, not %d: --each is for many", len(args))
	}
	return zoneArg(cmd, args)
}
