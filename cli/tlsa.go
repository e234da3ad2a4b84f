package cli

// TLSA records from a certificate: the digest is computed, and where a certificate gives way to the next one both stand in the zone
// for as long as resolvers may have either.

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// tlsaOptions are the flags of tlsa.
type tlsaOptions struct {
	source     source
	agreed     consent
	host       string
	cert, next string
	port       uint16
	ca         bool
}

// tlsaCommand makes TLSA records.
func (p *program) tlsaCommand() *cobra.Command {
	var opt tlsaOptions
	cmd := &cobra.Command{
		Use:   "tlsa --host HOST --cert FILE [--next FILE] [--port 25] [--ca] [--yes] [ZONEFILE]",
		Short: "Make the TLSA records of a mail server from its certificate",
		Long: `Make the TLSA record of a host from its certificate, so that senders who know
DANE insist on it. FILE is a chain in PEM, a certificate in DER, or a key, of
which the public half is taken. The record is "3 1 1", of the key itself, which
a renewal with the same key keeps; with --ca it is "2 1 1", of the issuer, whose
certificate the chain has to hold.

Without ZONEFILE the record is printed. With it the zone gets the record, and
those of this host and port that match the file no more go. A certificate that
gives way to another goes in steps:

    1. --cert OLD --next NEW: the record of the next stands beside; wait until
       no resolver has the set without it: its TTL, and the refresh of the SOA
    2. install the new certificate
    3. --cert NEW: the record of the old one goes

Senders look at such records in signed zones only; whether the certificate has
expired or is for another name is told.`,
		Example:           "  mailzone tlsa --host mail.example.com --cert fullchain.pem\n  mailzone tlsa --host mail.example.com --cert fullchain.pem --next new.pem \\\n      --yes db.example.com",
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: completeOneFile,
		RunE:              func(cmd *cobra.Command, args []string) error { return p.tlsa(cmd, &opt, args) },
	}
	opt.source.flags(cmd, &p.where)
	opt.source.configFlag(cmd)
	opt.agreed.flags(cmd, "the records of the certificate")
	f := cmd.Flags()
	f.StringVar(&opt.host, "host", "", "the `HOST` that the certificate is for")
	f.StringVar(&opt.cert, "cert", "", "`FILE` of the certificate or key that the server has")
	f.StringVar(&opt.next, "next", "", "`FILE` of the certificate or key that it is to have next")
	f.Uint16Var(&opt.port, "port", 25, "the `PORT` that is protected")
	f.BoolVar(&opt.ca, "ca", false, "the record of the issuer, not of the key itself")
	for _, name := range []string{"cert", "next"} {
		_ = cmd.MarkFlagFilename(name) // fails only for a flag that does not exist
	}
	return cmd
}

// tlsa prints the records, or brings them into a zone.
func (p *program) tlsa(cmd *cobra.Command, opt *tlsaOptions, args []string) error {
	if err := p.check(cmd, opt.agreed); err != nil {
		return err
	}
	host, err := newHostFlag(cmd, "host", opt.host)
	if err != nil {
		return err
	}
	switch {
	case opt.cert == "":
		return usagef(cmd, "no --cert: name the file of the certificate")
	case len(args) > 1:
		return usagef(cmd, "one zone file at a time, not %d", len(args))
	case len(args) == 1 && args[0] == "-":
		return usagef(cmd, "-: standard input cannot be saved: name a zone file, or none")
	case len(args) == 0 && opt.agreed != consent{}:
		return usagef(cmd, "--diff, --yes, --force, --in-place and --reload are for a zone: name its file")
	}
	w := wantedTLSA{owner: zonefile.Name(fmt.Sprintf("_%d._tcp.%s", opt.port, host)), host: host, rollover: opt.next != ""}
	for _, file := range []string{opt.cert, opt.next} {
		if file == "" {
			continue
		}
		if err := p.takeCertificate(&w, file, opt.ca); err != nil {
			return err
		}
	}
	if len(args) == 0 {
		for _, data := range w.data {
			fmt.Fprintf(p.out, "%s IN TLSA %s\n", w.owner, data)
		}
		return nil
	}
	return p.putTLSA(cmd, opt, w, args[0])
}

// wantedTLSA is the records that a host is to have.
type wantedTLSA struct {
	owner, host zonefile.Name
	data        []string
	files       []policy.KeyFile
	rollover    bool // what matches neither file stays
}

// takeCertificate reads a file and makes its record.
func (p *program) takeCertificate(w *wantedTLSA, file string, ofIssuer bool) error {
	key, err := readKeyFile(file)
	if err != nil {
		return fail(file, err)
	}
	data, err := key.TLSA(ofIssuer)
	if err != nil {
		return fail(file, err)
	}
	if len(key.Chain) > 0 {
		p.tellCertificate(file, key, w.host)
	}
	w.files = append(w.files, key)
	if !slices.Contains(w.data, data.String()) {
		w.data = append(w.data, data.String())
	}
	return nil
}

// tellCertificate tells what is odd about a certificate and does not matter to DANE (RFC 7672 §3.1.1): people want to know.
func (p *program) tellCertificate(file string, key policy.KeyFile, host zonefile.Name) {
	c, now := key.Chain[0], p.now()
	if now.After(c.NotAfter) {
		p.tell(fmt.Sprintf("%s: the certificate has expired on %s", file, c.NotAfter.UTC().Format(time.DateOnly)))
	}
	if now.Before(c.NotBefore) {
		p.tell(fmt.Sprintf("%s: the certificate counts from %s on", file, c.NotBefore.UTC().Format(time.DateOnly)))
	}
	if bare := strings.TrimSuffix(string(host), "."); c.VerifyHostname(bare) != nil {
		p.tell(fmt.Sprintf("%s: the certificate is not for %s", file, bare))
	}
}

// putTLSA brings the records into a zone.
func (p *program) putTLSA(cmd *cobra.Command, opt *tlsaOptions, w wantedTLSA, path string) error {
	doc, err := p.open(cmd, &opt.source, path, document.Options{ReadOnly: !opt.agreed.yes})
	if err != nil {
		return err
	}
	defer doc.st.Close()
	if !w.host.Within(doc.zone.Origin()) {
		return usagef(cmd, "--host %s: not in the zone %s", opt.host, doc.zone.Origin())
	}
	var stale []zonefile.Record
	for _, r := range doc.zone.RRset(w.owner, zonefile.TypeTLSA) {
		data, _ := policy.ReadTLSA(strings.Fields(r.CanonicalRData()))
		if !slices.ContainsFunc(w.files, func(k policy.KeyFile) bool { return k.Has(data) }) {
			stale = append(stale, r)
		}
	}
	for _, r := range stale {
		what := "it goes"
		if w.rollover {
			what = "it stays while --next is said"
		}
		p.tell(fmt.Sprintf("%s: TLSA %s matches no file: %s", r.Place(), r.CanonicalRData(), what))
	}
	c, err := doc.change(p.now(), func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		sets := z.Sets()
		ttl := ""
		if len(z.RRset(w.owner, zonefile.TypeTLSA)) == 0 {
			ttl, _ = z.DefaultTTL()
		}
		for _, data := range w.data {
			if err := sets.Put(zonefile.Draft{Owner: w.owner, TTL: ttl, Type: zonefile.TypeTLSA, RData: data, Origin: z.Origin()}); err != nil {
				return nil, err
			}
		}
		for _, r := range stale {
			if !w.rollover {
				sets.Take(r)
			}
		}
		return sets.Edits()
	})
	if err != nil {
		return err
	}
	if w.rollover {
		p.tell("left to do: wait until no resolver has the set without the next one, install that, then run this with it as --cert and without --next")
	}
	return p.offer(doc, c, opt.agreed, "certificate")
}
