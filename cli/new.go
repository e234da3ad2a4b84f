package cli

// A zone that is not there yet: its text is printed and examined first, and written only to a name that is free.

import (
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/newzone"
	"github.com/mailzone/mailzone/zonefile/presets"
)

// newOptions are the flags of new.
type newOptions struct {
	agreed    consent
	config    string
	origin    string
	preset    presetFlags
	servers   []string
	exchanges []string
	web       string
	report    string
	ttl       string
	serial    choice

	hosted *presets.Preset // of the provider; nil for none
}

// newCommand makes a zone.
func (p *program) newCommand() *cobra.Command {
	var opt newOptions
	cmd := &cobra.Command{
		Use:   "new --origin NAME --ns HOST[=ADDRESS,...]... [--mx HOST=ADDRESS,...]... [--web ADDRESS,...] [--preset PROVIDER [--set KEY=VALUE]...] [--yes] ZONEFILE",
		Short: "Make a zone that is complete at once, for mail of its own, a provider's or none",
		Long: `Make a zone file that is complete at once: SOA, name servers, MX, addresses, SPF
for the domain and for its mail servers, DMARC. It is printed, with what there
is to say about it, and written with --yes only. A name that is taken is
refused: for what is there, "mailzone merge" brings records in. ZONEFILE -
prints alone.

    mailzone new --origin example.com --ns ns1=192.0.2.53 --ns ns2.example.net
        --mx mail=192.0.2.10,2001:db8::10 --web 192.0.2.80 db.example.com

A host without its final dot is relative to the zone, unless it ends in the
zone's name or is another's: with dots, and without addresses. One host may be
several things, and have its addresses said once. The first --mx is tried first.
A name below the zone with mail servers of its own stands before a colon:

    --mx branch.example.com:mx.branch=192.0.2.30

--preset none is for a domain without mail: a null MX, SPF and DMARC that refuse
all. With a provider's name there are the MX, SPF and other records that its own
page tells, with the page and its date: gandi, infomaniak, microsoft365, ovh,
proton, rackspace, yandex, and those of your own, which lie as NAME.toml in
mailzone/presets of your folder of settings. What belongs to your account is
asked, and given by --set.

Then it is told what no zone file can do, and what named.conf has to say.`,
		Example:           "  mailzone new --origin example.org --ns ns1=192.0.2.53 --mx mail=192.0.2.10 \\\n      db.example.org",
		Args:              zoneArg,
		ValidArgsFunction: completeOneFile,
		RunE:              func(cmd *cobra.Command, args []string) error { return p.makeZone(cmd, &opt, args[0]) },
	}
	f := cmd.Flags()
	f.StringVar(&opt.origin, "origin", "", "`NAME` of the zone")
	opt.preset.flags(cmd, "how the domain gets its mail: own, none, or a `PROVIDER`", "own", "own", "none")
	several(f, &opt.servers, "ns", "a name server, `HOST[=ADDRESS,...]`; the first stands in the SOA")
	several(f, &opt.exchanges, "mx", "a mail server, `[DOMAIN:]HOST[=ADDRESS,...]`")
	f.StringVar(&opt.web, "web", "", "`ADDRESS,...` of the web server: of the zone's own name, and www is an alias of it")
	f.StringVar(&opt.report, "report", "", "`MAILBOX` that DMARC reports go to (default: postmaster of the zone; with --preset none nobody)")
	f.StringVar(&opt.ttl, "ttl", "1d", "`TTL` of all records")
	opt.serial.named(cmd, "serial", "what the serial counts", newzone.ByDate, newzone.ByOne, newzone.ByUnix)
	f.BoolVar(&opt.agreed.yes, "yes", false, "write the file")
	f.BoolVar(&opt.agreed.diff, "diff", false, "print a patch that makes the file, for patch -p0 or git apply -p0, and nothing else; the exit status is 1")
	f.BoolVar(&opt.agreed.force, "force", false, "write a zone with errors, or one that named would not load or that it could not be asked about")
	f.StringVar(&opt.config, "config", "", "read the settings of rules in `FILE`, in the place of .mailzone.toml beside the zone file")
	_ = cmd.MarkFlagFilename("config", "toml") // fails only for a flag that does not exist
	return cmd
}

// makeZone prints a zone, and writes it if that was asked for.
func (p *program) makeZone(cmd *cobra.Command, opt *newOptions, path string) error {
	if err := p.check(cmd, opt.agreed); err != nil {
		return err
	}
	if path == "-" && opt.agreed.yes {
		return usagef(cmd, "-: standard output is no file to write: name one, or leave --yes out")
	}
	answers, err := opt.answers(cmd, p.now())
	if err != nil {
		return err
	}
	text, err := answers.Text()
	if bad := new(newzone.Wrong); errors.As(err, &bad) {
		return usagef(cmd, "--%s: %s", bad.Answer, bad.Why)
	}
	if path != "-" {
		if err := isFree(path); err != nil {
			return err
		}
	}
	return p.offerZone(opt, answers, path, text)
}

// answers is what the flags say of the zone.
func (o *newOptions) answers(cmd *cobra.Command, now time.Time) (a newzone.Answers, err error) {
	if o.origin == "" {
		return a, usagef(cmd, "no --origin: say the name of the zone, as --origin example.com")
	}
	if a.Origin, err = zonefile.ParseName(o.origin, zonefile.Root); err != nil {
		return a, usagef(cmd, "--origin %s: %w", o.origin, err)
	}
	a.TTL, a.Serial, a.Report = o.ttl, newzone.FirstSerial(o.serial.value, now), o.report
	switch o.preset.name {
	case "none":
		a.Mail = newzone.None
	case "own":
	default:
		if err := o.provider(cmd, &a); err != nil {
			return a, err
		}
	}
	if a.Mail != newzone.Hosted && len(o.preset.set) > 0 {
		return a, usagef(cmd, "--set goes with the --preset of a provider")
	}
	if a.Mail != newzone.None && !cmd.Flags().Changed("report") {
		a.Report = "postmaster@" + strings.TrimSuffix(string(a.Origin), ".")
	}
	for _, text := range o.servers {
		h, err := newzone.ReadHost(text, a.Origin)
		if err != nil {
			return a, usagef(cmd, "--ns %s: %w", text, err)
		}
		a.Servers = append(a.Servers, h)
	}
	for _, text := range o.exchanges {
		x, err := newzone.ReadExchange(text, a.Origin)
		if err != nil {
			return a, usagef(cmd, "--mx %s: %w", text, err)
		}
		a.Exchanges = append(a.Exchanges, x)
	}
	a.Web, err = addressesOf(cmd, "web", o.web)
	return a, err
}

// provider is what a provider asks the zone for.
func (o *newOptions) provider(cmd *cobra.Command, a *newzone.Answers) error {
	p, v, err := o.preset.preset(cmd, "own", "none")
	if err != nil {
		return err
	}
	list, err := o.preset.records(cmd, p, v, a.Origin)
	if err != nil {
		return err
	}
	a.Mail, o.hosted = newzone.Hosted, &p
	for _, r := range list {
		a.Provider = append(a.Provider, newzone.Record{Owner: r.Owner, Type: r.Type.String(), RData: r.RData()})
	}
	return nil
}

// addressesOf reads the addresses of a flag.
func addressesOf(cmd *cobra.Command, flag, text string) ([]netip.Addr, error) {
	if text == "" {
		return nil, nil
	}
	list, err := newzone.Addresses(text)
	if err != nil {
		return nil, usagef(cmd, "--%s: %w", flag, err)
	}
	return list, nil
}

// isFree refuses a name that is taken.
func isFree(path string) error {
	_, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fail(path, err)
	}
	return fmt.Errorf("%s: there is something of this name: a new zone takes a free one; `mailzone merge` brings records into a zone that is there", path)
}

// offerZone prints a zone and what is to be said of it, and writes it if the user agreed.
func (p *program) offerZone(opt *newOptions, a newzone.Answers, path, text string) error {
	name := path
	if path == "-" {
		name = "standard output"
	}
	z := zonefile.Parse(name, []byte(text), zonefile.Options{Origin: a.Origin})
	if opt.agreed.diff {
		before := zonefile.Parse(name, nil, zonefile.Options{Origin: a.Origin})
		p.printDiff(before, []zonefile.Edit{{File: before.Root(), New: text}})
		return exit(statusFound)
	}
	if _, err := p.out.WriteString(text); err != nil {
		return fail("standard output", err)
	}
	errs, err := p.tellExamined(opt.config, z)
	if err != nil {
		return err
	}
	if opt.hosted != nil {
		p.tellPreset(*opt.hosted)
	}
	for _, todo := range a.LeftToDo() {
		p.tell(todo)
	}
	switch {
	case path == "-":
		return nil
	case !opt.agreed.yes:
		p.tell(path + ": nothing was written: add --yes to write this")
		return nil
	case errs > 0 && !opt.agreed.force:
		return refused(path, "the zone has "+zonefile.Plural(errs, "error", "errors")+": correct that, or add --force")
	}
	return p.writeZone(opt, a, z, text)
}

// tellExamined tells what rules find in a zone, and counts the errors.
func (p *program) tellExamined(config string, z *zonefile.Zone) (errs int, err error) {
	opt, err := p.lintSettings(config, z.Root().Name())
	if err != nil {
		return 0, err
	}
	opt.Info = true
	for _, d := range lint.Run([]*zonefile.Zone{z}, opt) {
		switch d.Severity {
		case lint.Error:
			errs++
			p.complain(d.String())
		case lint.Warning:
			p.complain(d.String())
		default:
			p.tell(d.String())
		}
	}
	return errs, nil
}

// writeZone writes a zone that named would load, and tells what named.conf has to say.
func (p *program) writeZone(opt *newOptions, a newzone.Answers, z *zonefile.Zone, text string) error {
	path := z.Root().Name()
	if err := p.out.Flush(); err != nil {
		return refused(path, fail("standard output", err).Error())
	}
	st, _, err := document.Open(document.Options{Name: path, Origin: a.Origin, Text: []byte(text), ReadOnly: true, Asking: p.asking})
	if err != nil {
		return fail(path, err)
	}
	defer st.Close()
	empty := zonefile.Parse(path, nil, zonefile.Options{Origin: a.Origin})
	if err := p.askNamed(opened{zone: empty, st: st}, change{zone: z}, opt.agreed); err != nil {
		return err
	}
	p.tellLeftOfMaking(path)
	if err := document.CreateZone(path, text); err != nil {
		return err
	}
	p.tell(fmt.Sprintf("written: %s, %d bytes", fullPath(path), len(text)))
	p.tell(a.Statement(fullPath(path)))
	return nil
}

// tellLeftOfMaking tells of what is left where making a file was interrupted.
func (p *program) tellLeftOfMaking(path string) {
	for _, note := range document.LeftOfMaking(path) {
		p.complain(note)
	}
}
