package cli

// A DKIM key and its record: the key is written first, then the zone is saved; where that is refused the key goes. Nothing of the
// private half is ever printed.

import (
	"crypto"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/merge"
)

// dkimOptions are the flags of dkim.
type dkimOptions struct {
	source   source
	agreed   consent
	selector string
	domain   string
	keyOut   string
	key      string
	kind     choice
	bits     choice
	beside   bool
	retire   string
}

// dkimCommand makes keys and their records.
func (p *program) dkimCommand() *cobra.Command {
	var opt dkimOptions
	cmd := &cobra.Command{
		Use:   "dkim {--selector S {--key-out FILE | --key FILE} | --retire S} [--domain D] [--yes] ZONEFILE",
		Short: "Make a DKIM key and its record, or take a record out",
		Long: `Make a DKIM key for a selector and bring its record into the zone.

--key-out is a new file for the private key, in PKCS #8, which its owner alone
may read; with --yes it is written, then the zone is saved, and where that is
refused the file is removed again. It must not be in or below the directory of
the zone, unless --key-beside-zone is said, nor in a directory that others can
write to. The private key is never printed. Without --yes no key is made.

--key is the file of a key that is there, as OpenDKIM, rspamd and others make
it: its public half goes into the record.

A selector that has another key is refused: take a new one. So keys change in
steps: a new selector; reload, and wait one TTL; let the signer use it; after
seven days at least --retire takes the record of the old selector out.`,
		Example:           "  mailzone dkim --selector 2026a --key-out /etc/dkim/a.pem --yes db.example.com\n  mailzone dkim --retire 2025a --yes db.example.com",
		Args:              zoneArg,
		ValidArgsFunction: completeOneFile,
		RunE:              func(cmd *cobra.Command, args []string) error { return p.dkim(cmd, &opt, args[0]) },
	}
	opt.source.flags(cmd, &p.where)
	opt.source.configFlag(cmd)
	opt.agreed.flags(cmd, "the record")
	f := cmd.Flags()
	f.StringVar(&opt.selector, "selector", "", "the `SELECTOR` of the key, as 2026a")
	f.StringVar(&opt.domain, "domain", "", "the `DOMAIN` of the zone that the key signs for (default: the zone's own name)")
	f.StringVar(&opt.keyOut, "key-out", "", "make a key, and write its private half to this new `FILE`")
	f.StringVar(&opt.key, "key", "", "`FILE` of a key that is there, private or public")
	opt.kind.named(cmd, "type", "algorithm of a new key", "rsa", "ed25519")
	opt.bits.named(cmd, "bits", "length of a new RSA key", "2048", "3072", "4096")
	f.BoolVar(&opt.beside, "key-beside-zone", false, "let the key be in or below the directory of the zone")
	f.StringVar(&opt.retire, "retire", "", "take the record of this `SELECTOR` out")
	for _, name := range []string{"key-out", "key"} {
		_ = cmd.MarkFlagFilename(name) // fails only for a flag that does not exist
	}
	return cmd
}

// checkDKIM tells what flags do not go together.
func checkDKIM(cmd *cobra.Command, opt *dkimOptions, path string) error {
	asked := 0
	for _, said := range []string{opt.keyOut, opt.key, opt.retire} {
		if said != "" {
			asked++
		}
	}
	switch {
	case path == "-":
		return usagef(cmd, "-: standard input cannot be saved: name a zone file")
	case asked != 1:
		return usagef(cmd, "--key-out, --key, --retire: one of them at a time")
	case opt.keyOut != "" && opt.agreed.diff:
		return usagef(cmd, "--diff needs a key, and none is made without --yes: leave one of --diff and --key-out out")
	case opt.retire == "" && opt.selector == "":
		return usagef(cmd, "no --selector: say one, as --selector 2026a")
	case opt.retire != "" && opt.selector != "":
		return usagef(cmd, "--selector is of a new record, --retire of one that goes: leave one of them out")
	}
	return nil
}

// dkim does what the flags ask for.
func (p *program) dkim(cmd *cobra.Command, opt *dkimOptions, path string) error {
	if err := p.check(cmd, opt.agreed); err != nil {
		return err
	}
	if err := checkDKIM(cmd, opt, path); err != nil {
		return err
	}
	doc, err := p.open(cmd, &opt.source, path, document.Options{ReadOnly: !opt.agreed.yes})
	if err != nil {
		return err
	}
	defer doc.st.Close()
	domain, err := p.dkimDomain(cmd, opt, doc)
	if err != nil {
		return err
	}
	if opt.retire != "" {
		return p.retireKey(doc, opt, domain)
	}
	if why := zonefile.HostnameProblem(zonefile.Name(strings.ToLower(opt.selector) + ".")); why != "" || strings.HasSuffix(opt.selector, ".") {
		return usagef(cmd, "--selector %s: letters, digits and hyphens, as 2026a", opt.selector)
	}
	if opt.key != "" {
		return p.keyThere(doc, opt, domain)
	}
	return p.newKey(doc, opt, domain)
}

// dkimDomain is the domain that a key signs for.
func (p *program) dkimDomain(cmd *cobra.Command, opt *dkimOptions, doc opened) (zonefile.Name, error) {
	if opt.domain == "" {
		return doc.zone.Origin(), nil
	}
	domain, err := zonefile.ParseName(opt.domain, zonefile.Root)
	if err == nil && !domain.Within(doc.zone.Origin()) {
		err = fmt.Errorf("not in the zone %s", doc.zone.Origin())
	}
	if err != nil {
		return "", usagef(cmd, "--domain %s: %w", opt.domain, err)
	}
	return domain, nil
}

// keyThere brings the record of a key that is there into the zone.
func (p *program) keyThere(doc opened, opt *dkimOptions, domain zonefile.Name) error {
	text, err := document.ReadSnippet(opt.key, maxCertificate)
	if err != nil {
		return fail(opt.key, err)
	}
	public, err := policy.ReadDKIMKey([]byte(text))
	if err != nil {
		return fail(opt.key, err)
	}
	c, err := p.keyRecord(doc, opt.selector, domain, public)
	if err != nil {
		return err
	}
	if err = p.offer(doc, c, opt.agreed, "key"); err == nil && len(c.edits) > 0 {
		p.tellRotation(opt)
	}
	return err
}

// keyRecord is the zone with the record of a key.
func (p *program) keyRecord(doc opened, selector string, domain zonefile.Name, public crypto.PublicKey) (change, error) {
	path := doc.zone.Root().Name()
	text, err := policy.DKIMRecord(public)
	if err != nil {
		return change{}, fail(path, err)
	}
	found, err := merge.Snippet(doc.zone, selector+"._domainkey IN TXT "+zonefile.Quote(text)+"\n", merge.Options{Domain: domain})
	if err != nil {
		return change{}, fail(path, err)
	}
	if found.Undecided()+found.Refused() > 0 {
		return change{}, refused(path, fmt.Sprintf("selector %s: %s: choose a new selector", selector, found.Outcomes[0].Reason))
	}
	return doc.change(p.now(), func(*zonefile.Zone) ([]zonefile.Edit, error) { return found.Edits, nil })
}

// newKey makes a key and its record.
func (p *program) newKey(doc opened, opt *dkimOptions, domain zonefile.Name) error {
	path := doc.zone.Root().Name()
	owner := zonefile.Name(strings.ToLower(opt.selector) + "._domainkey." + string(domain))
	for _, r := range doc.zone.Node(owner).Records {
		return refused(path, fmt.Sprintf("%s has a record, line %d: choose a new selector", owner, r.Position().Line))
	}
	if opt.agreed.yes {
		p.tellLeftOfMaking(opt.keyOut)
	}
	if err := opt.placeOfKey(doc); err != nil {
		return err
	}
	kind := "an RSA key of " + opt.bits.value + " bits"
	if opt.kind.is("ed25519") {
		kind = "an Ed25519 key"
	}
	if !opt.agreed.yes {
		p.tell(fmt.Sprintf("%s would be made, its private half written to %s, and %s TXT \"v=DKIM1; k=%s; p=...\" added", kind, opt.keyOut, owner, opt.kind.value))
		_, err := p.offered(path, consent{}, "")
		return err
	}
	bits := map[string]int{"2048": 2048, "3072": 3072, "4096": 4096}[opt.bits.value]
	if opt.kind.is("ed25519") {
		bits = 0
	}
	public, err := document.CreateKey(opt.keyOut, bits)
	if err != nil {
		return err
	}
	p.tell("written: " + fullPath(opt.keyOut) + ", " + kind + ", which its owner alone may read")
	c, err := p.keyRecord(doc, opt.selector, domain, public)
	if err == nil {
		err = p.offer(doc, c, opt.agreed, "key")
	}
	if err != nil && errors.As(err, new(exit)) && !p.hasRecord(doc, owner) || err != nil && !errors.As(err, new(exit)) {
		return p.takeKeyBack(opt.keyOut, err)
	}
	p.tellRotation(opt)
	return err
}

// hasRecord tells whether the zone file has a record by now, whatever a save said.
func (p *program) hasRecord(doc opened, owner zonefile.Name) bool {
	now, err := doc.st.Peek()
	return err != nil || len(now.RRset(owner, zonefile.TypeTXT)) > 0
}

// takeKeyBack removes a key whose record did not get into the zone.
func (p *program) takeKeyBack(path string, why error) error {
	if err := document.RemoveKey(path); err != nil {
		p.complain(path + ": the key is there, and its record is not in the zone: --key brings it in")
		return why
	}
	p.tell(path + ": the key is removed again, for its record did not get into the zone")
	return why
}

// placeOfKey refuses files that are there, and places where keys do not belong.
func (o *dkimOptions) placeOfKey(doc opened) error {
	if _, err := os.Lstat(o.keyOut); err == nil {
		return fmt.Errorf("%s: there is something of this name: name a new file; if it is a key whose record is not in the zone, --key brings that in", o.keyOut)
	}
	zone, key := filepath.Dir(doc.st.PathOf(doc.zone.Root().Name())), fullPath(filepath.Dir(o.keyOut))
	if resolved, err := filepath.EvalSymlinks(key); err == nil {
		key = resolved
	}
	if rel, err := filepath.Rel(zone, key); !o.beside && err == nil && filepath.IsLocal(rel) {
		return fmt.Errorf("%s: in or below the directory of the zone, which servers and copies of zones may read: name another place, or add --key-beside-zone", o.keyOut)
	}
	return nil
}

// tellRotation tells what is left to do until the key signs.
func (p *program) tellRotation(opt *dkimOptions) {
	if !opt.agreed.yes {
		return
	}
	p.tell(fmt.Sprintf("left to do: when the name servers have it, and a resolver that found nothing has forgotten that, let the signer use selector %s; "+
		"the record of an old selector stays at least 7 days: then --retire takes it out", opt.selector))
}

// retireKey takes the record of a selector out.
func (p *program) retireKey(doc opened, opt *dkimOptions, domain zonefile.Name) error {
	owner, err := zonefile.ParseName(opt.retire+"._domainkey", domain)
	if err != nil {
		return fail("--retire "+opt.retire, err)
	}
	var gone []zonefile.Record
	for _, r := range doc.zone.Node(owner).Records {
		text, _ := r.Joined()
		if kind, ok := policy.KindOfText(string(owner), text); r.Type() == zonefile.TypeCNAME || r.Type() == zonefile.TypeTXT && ok && kind == policy.KindDKIM {
			gone = append(gone, r)
		}
	}
	if len(gone) == 0 {
		return refused(doc.zone.Root().Name(), fmt.Sprintf("%s has no key", owner))
	}
	c, err := doc.change(p.now(), func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		sets := z.Sets()
		for _, r := range gone {
			sets.Take(r)
		}
		return sets.Edits()
	})
	if err != nil {
		return err
	}
	p.tell("mail that was signed with it and is on its way cannot be checked any more: the signer must have used another for 7 days")
	return p.offer(doc, c, opt.agreed, "key")
}
