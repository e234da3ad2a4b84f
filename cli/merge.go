package cli

// A snippet that a mail server or a provider prints, brought into a zone: what becomes of each of its records is told, then it goes the
// way of every change.

import (
	"cmp"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/merge"
	"github.com/mailzone/mailzone/zonefile/presets"
)

// mergeOptions are the flags of merge.
type mergeOptions struct {
	source  source
	agreed  consent
	format  choice
	domain  string
	replace []string
	prefer  choice
	preset  presetFlags
	file    string // of a template
	ptr     bool   // PTR records follow
}

// preferences is who counts at a conflict, by the words of --prefer.
var preferences = map[string]merge.Preference{"neither": merge.Nobody, "zone": merge.TheZone, "snippet": merge.TheSnippet}

// mergeCommand brings a snippet into a zone.
func (p *program) mergeCommand() *cobra.Command {
	var opt mergeOptions
	cmd := &cobra.Command{
		Use:   "merge [--domain D] [--replace TYPE,...] [--prefer zone|snippet] [--yes] ZONEFILE {<SNIPPET | {--preset PROVIDER | --template FILE} [--set KEY=VALUE]...}",
		Short: "Bring a snippet in master-file syntax into a zone",
		Long: `Bring a snippet on standard input into a zone: records in the syntax of a zone
file, as mail servers, panels and providers print them to be put in by hand.
Names are relative to the zone's origin, or to --domain; $ORIGIN and $TTL count.

For each record it is told what becomes of it:

    added      nothing of that name and type is there, or it stands beside it
    merged     the terms of SPF that lack go into the record that is there,
               before "all"; what the zone does with all others stays
    same       the zone says it already, whatever blanks, order, case or TTL
    conflict   another address, another DKIM key at a selector, another DMARC,
               MTA-STS or TLS-RPT policy, an SPF term with another qualifier:
               --prefer zone or --prefer snippet decides all of them
    replaced   by --replace or --prefer snippet
    refused    outside the zone, a final dot that lacks, something beside a
               CNAME, a text without quotes, SPF or a key that cannot be read
    left-out   the SOA, name servers of the zone itself, what signing makes

The smallest change of text does it, and the same snippet once more changes
nothing. With a conflict or a refusal nothing is saved, and the exit status is
1. A snippet that cannot be read, or has a placeholder, HTML or letters that
look like others, ends with 3, each place with line and column and without the
text: it may be a private key. At most 1 MiB and 10,000 records are taken.

With --preset nothing is read: the snippet is the records of a provider, as new
--preset has them. Its MX take the place of those that are there, its terms of
SPF go beside those of the zone, DMARC stays. Who gets mail now gets none then:
a move in steps is made by "mailzone plan". --template does so with a file of
Domain Connect, whose variables --set gives: MX, A, AAAA, CNAME, TXT, SRV, NS
and SPFM are taken, and what a zone file has not is named and left out.

--ptr lets the PTR records of exchanges follow, as "apply --ptr" does.`,
		Example:           "  mailzone merge --diff db.example.com <dkim.txt\n  mailzone merge --replace MX --yes db.example.com <provider.txt",
		Args:              zoneArg,
		ValidArgsFunction: completeOneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == "-" {
				return usagef(cmd, "-: the snippet is on standard input: name a zone file")
			}
			return p.merge(cmd, &opt, args[0])
		},
	}
	opt.source.flags(cmd, &p.where)
	opt.source.configFlag(cmd)
	opt.format.flag(cmd, "text", "json")
	opt.agreed.flags(cmd, "what the snippet changes")
	cmd.Flags().StringVar(&opt.domain, "domain", "", "the `DOMAIN` of the zone that names of the snippet are relative to (default: the zone's origin)")
	words(cmd.Flags(), &opt.replace, "replace", "let the records of these `TYPE`s, as MX, give way to those of the snippet, at the names at which it has some")
	opt.preset.flags(cmd, "merge the records of a `PROVIDER`, in the place of standard input", "")
	cmd.Flags().StringVar(&opt.file, "template", "", "merge the records of a template of Domain Connect in `FILE`, in the place of standard input")
	_ = cmd.MarkFlagFilename("template", "json") // fails only for a flag that does not exist
	ptrFlag(cmd, &opt.ptr)
	opt.prefer.named(cmd, "prefer", "who counts where zone and snippet say different things", "neither", "zone", "snippet")
	return cmd
}

// merge tells what becomes of a snippet, and saves it if that was asked for.
func (p *program) merge(cmd *cobra.Command, opt *mergeOptions, path string) error {
	if err := p.check(cmd, opt.agreed); err != nil {
		return err
	}
	if opt.agreed.diff && !opt.format.is("text") {
		return usagef(cmd, "--diff prints a patch: leave --format %s for another run", opt.format.value)
	}
	how, err := opt.options(cmd)
	if err != nil {
		return err
	}
	doc, err := p.open(cmd, &opt.source, path, document.Options{ReadOnly: !opt.agreed.yes})
	if err != nil {
		return err
	}
	defer doc.st.Close()
	if how.Domain != "" && !how.Domain.Within(doc.zone.Origin()) {
		return usagef(cmd, "--domain %s: not in the zone %s", opt.domain, doc.zone.Origin())
	}
	snippet, err := p.snippet(cmd, opt, &how, doc.zone)
	if err != nil {
		return err
	}
	return p.mergeText(doc, snippet, how, opt)
}

// snippet is what is to be merged: the records of a provider, or standard input.
func (p *program) snippet(cmd *cobra.Command, opt *mergeOptions, how *merge.Options, z *zonefile.Zone) (string, error) {
	switch {
	case opt.preset.name != "" && opt.file != "":
		return "", usagef(cmd, "--preset and --template: say one of them")
	case opt.file != "":
		how.Replace = append(how.Replace, zonefile.TypeMX)
		return p.template(cmd, opt, cmp.Or(how.Domain, z.Origin()))
	case opt.preset.name == "" && len(opt.preset.set) > 0:
		return "", usagef(cmd, "--set goes with --preset, or with --template")
	case opt.preset.name == "":
		text, err := io.ReadAll(io.LimitReader(p.in, merge.MostText+1))
		if err != nil {
			return "", fail("snippet", err)
		}
		return string(text), nil
	}
	of, v, err := opt.preset.preset(cmd)
	if err != nil {
		return "", err
	}
	p.tellPreset(of)
	p.tell("what SPF says of the old servers stays: take it out when they are off")
	how.Replace = append(how.Replace, zonefile.TypeMX)
	text, err := of.Snippet(cmp.Or(how.Domain, z.Origin()), v)
	return text, wrongPreset(cmd, err)
}

// template is the records of a template of Domain Connect.
func (p *program) template(cmd *cobra.Command, opt *mergeOptions, domain zonefile.Name) (string, error) {
	text, err := document.ReadSnippet(opt.file, presets.MostText)
	if err != nil {
		return "", fail(opt.file, err)
	}
	of, leftOut, err := presets.ReadTemplate(opt.file, []byte(text))
	if err != nil {
		return "", usage(cmd, err)
	}
	if len(leftOut) > 0 {
		p.tell(opt.file + ": left out, for a zone file has no such type: " + zonefile.List(leftOut, "and"))
	}
	v, err := presets.ReadValues(opt.preset.set)
	if err != nil {
		return "", usagef(cmd, "--set %w", err)
	}
	snippet, err := of.Snippet(domain, v)
	return snippet, wrongPreset(cmd, err)
}

// options is what the flags say of how to merge.
func (o *mergeOptions) options(cmd *cobra.Command) (how merge.Options, err error) {
	how.Prefer = preferences[o.prefer.value]
	if how.Replace, err = parseTypes(cmd, "replace", o.replace); err != nil {
		return how, err
	}
	if o.domain != "" {
		if how.Domain, err = zonefile.ParseName(o.domain, zonefile.Root); err != nil {
			return how, usagef(cmd, "--domain %s: %w", o.domain, err)
		}
	}
	return how, nil
}

// mergeText merges a text into a document.
func (p *program) mergeText(doc opened, text string, how merge.Options, opt *mergeOptions) error {
	path := doc.zone.Root().Name()
	found, err := merge.Snippet(doc.zone, text, how)
	if err != nil {
		return p.unreadSnippet(path, err)
	}
	if len(found.Outcomes) == 0 {
		return fail("snippet", errors.New("no record: the text has none in the syntax of a zone file"))
	}
	if opt.format.is("json") {
		if err := p.printMerged(found.Outcomes); err != nil {
			return err
		}
	}
	p.tellMerged(found.Outcomes)
	if n, m := found.Undecided(), found.Refused(); n+m > 0 {
		p.complain(fmt.Sprintf("%s: nothing was saved: %s", path, zonefile.List(undone(n, m), "and")))
		return exit(statusFound)
	}
	c, err := doc.change(p.now(), func(*zonefile.Zone) ([]zonefile.Edit, error) { return found.Edits, nil })
	if err != nil {
		return err
	}
	c.along, c.shown = p.pointing(doc, c, opt.ptr), opt.format.is("json")
	return p.offer(doc, c, opt.agreed, "snippet")
}

// undone is what keeps a snippet from being merged, with what decides it.
func undone(conflicts, refused int) (out []string) {
	if conflicts > 0 {
		out = append(out, zonefile.Plural(conflicts, "conflict", "conflicts")+", which --prefer zone or --prefer snippet decides")
	}
	if refused > 0 {
		out = append(out, zonefile.Plural(refused, "record is", "records are")+" refused: correct the snippet")
	}
	return out
}

// maxFaults is how many places of a snippet are told: a text that is none has one on every line.
const maxFaults = 50

// unreadSnippet tells why a snippet cannot be read.
func (p *program) unreadSnippet(path string, err error) error {
	var faults merge.Faults
	if !errors.As(err, &faults) {
		return fail(path, err)
	}
	for _, f := range faults[:min(len(faults), maxFaults)] {
		p.complain("snippet:" + f.Error())
	}
	return refused(path, zonefile.Plural(len(faults), "place", "places")+" of the snippet cannot be read")
}

// tellMerged tells what becomes of each record, and of what is not decided both texts.
func (p *program) tellMerged(all []merge.Outcome) {
	for _, o := range all {
		say := p.tell
		if o.Action == merge.Conflict || o.Action == merge.Refused {
			say = p.complain
		}
		say("snippet:" + o.String())
		if o.Action == merge.Conflict {
			p.complain("    zone:    " + o.Before)
			p.complain("    snippet: " + o.After)
		}
	}
}

// mergedRecord is what becomes of a record in JSON: a stable interface.
type mergedRecord struct {
	Owner  text   `json:"owner"`
	Type   string `json:"type"`
	Action string `json:"action"`
	Before text   `json:"before"`
	After  text   `json:"after"`
	Reason text   `json:"reason"`
	Line   int    `json:"line"`
}

// printMerged prints what becomes of each record.
func (p *program) printMerged(all []merge.Outcome) error {
	out := array{p: p}
	for _, o := range all {
		r := mergedRecord{text(o.Owner), o.Type.String(), string(o.Action), text(o.Before), text(o.After), text(o.Reason), o.Line}
		if err := out.add(r); err != nil {
			return err
		}
	}
	return out.end()
}
