package cli

// `check NAME` where no file has this name and no zone of the name server: what DNS has of the zone is asked for, and judged as far as that
// goes.

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// onlyName is the zone that an argument names, if it can be no file: there is none of this name, and nothing says how one is read.
func (o *checkOptions) onlyName(arg string) (zonefile.Name, bool) {
	if len(o.source.origins)+len(o.source.include) > 0 || o.source.directory != "" || strings.Contains(arg, "/") || arg == "-" {
		return "", false
	}
	if _, err := os.Lstat(arg); !errors.Is(err, os.ErrNotExist) {
		return "", false
	}
	name, err := zonefile.ParseName(arg, zonefile.Root)
	return name, err == nil
}

// checkName asks about a zone of which there is no file.
func (p *program) checkName(cmd *cobra.Command, opt *checkOptions, zone zonefile.Name, domains []string) error {
	const none = "there is no file of this name, and no such zone of a name server here: "
	plain, kinds := zone.Plain(), opt.kinds()
	switch {
	case opt.plan:
		return fail(plain, errors.New(none+"--plan is about a move in a zone file: name that"))
	case opt.served:
		return fail(plain, errors.New(none+"--until-served waits for the serial of a zone file: name that"))
	case kinds.Cache:
		return fail(plain, errors.New(none+"--cache compares with a zone file: name that"))
	case kinds.Relay:
		return fail(plain, errors.New(none+"--relay asks hosts whose addresses are in a zone file: name that"))
	case kinds == document.Kinds{}:
		return usagef(cmd, "%s: %sDNS has to be asked for its records first, and nothing was: say what else, by --all, --dns, --smtp, --sts or --ptr", plain, none)
	}
	c := document.Checking{Now: p.now, TrustAD: opt.trustAD, Private: opt.private, Tell: p.tell}
	var err error
	if c.Domains, err = domainsIn(cmd, zone, domains); err != nil {
		return err
	}
	if err = opt.place(cmd, &c); err != nil {
		return err
	}
	if len(c.Servers) == 0 {
		return fail(plain, errors.New(none+"DNS would be asked, and "+document.SystemResolver+" names no server: name one by --resolver"))
	}
	p.tell(plain + ": " + none + "it is taken from DNS")
	return p.asks(cmd, opt, checkTime, func(ctx context.Context, how document.Mailing) error {
		c, failed, err := c.FromDNS(ctx, zone)
		if err != nil {
			return fail(plain, err)
		}
		for _, text := range failed {
			p.tell("DNS gave no sure answer, and what depends on it is not judged: " + text)
		}
		if err := mayAsk(cmd, c, kinds); err != nil {
			return err
		}
		return p.printFound(opt, c, c.Ask(ctx, kinds, how))
	})
}
