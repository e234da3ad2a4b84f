package cli

// What a check of the world is told by its flags, how long it may ask, and what came as programs read it.

import (
	"context"
	"net/netip"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// checkOptions are the flags of check.
type checkOptions struct {
	source   source
	format   choice
	dns      bool
	smtp     bool
	sts      bool
	ptr      bool
	relay    bool
	all      bool
	cache    []string
	at       []string
	served   bool
	said     bool
	helo     string
	patience time.Duration
	private  bool
	trustAD  bool
	resolver string
	limit    time.Duration
	plan     bool
	from, to []string // of a plan that is not remembered
	server   bool     // about the zones of the name server
	zonesOptions
}

// Limits of check, if --limit says nothing else.
const (
	checkTime  = time.Minute      // for all that is asked
	servedTime = 15 * time.Minute // until all name servers serve the serial
	servedWait = 2 * time.Second  // between two rounds of that
)

// kinds is what is asked.
func (o *checkOptions) kinds() document.Kinds {
	return document.Kinds{DNS: o.dns || o.all, SMTP: o.smtp || o.all, STS: o.sts || o.all, PTR: o.ptr || o.all, Cache: len(o.cache) > 0, Relay: o.relay}
}

// place takes in whom else the flags name: caches, and where hosts are.
func (o *checkOptions) place(cmd *cobra.Command, c *document.Checking) (err error) {
	if c.Servers, err = o.servers(cmd); err != nil {
		return err
	}
	for _, text := range o.cache {
		s, err := serverFlag(cmd, "cache", text)
		if err != nil {
			return err
		}
		c.Caches = append(c.Caches, s)
	}
	for _, text := range o.at {
		name, list, _ := strings.Cut(text, "=")
		host, err := zonefile.ParseName(name, zonefile.Root)
		if err != nil {
			return usagef(cmd, "--at %s: %w", text, err)
		}
		if c.At == nil {
			c.At = map[zonefile.Name][]netip.Addr{}
		}
		for text := range strings.SplitSeq(list, ",") {
			a, err := netip.ParseAddr(text)
			if err != nil || a.Zone() != "" {
				return usagef(cmd, "--at %s=%s: write HOST=ADDRESS,..., as mail.example.com=192.0.2.1", name, list)
			}
			c.At[host] = append(c.At[host], a)
		}
	}
	return nil
}

// servers is who is asked for addresses: nobody if the system names nobody and the user neither.
func (o *checkOptions) servers(cmd *cobra.Command) ([]netip.AddrPort, error) {
	if o.resolver == "" {
		servers, _ := document.SystemServers() // that there is none is told where one is needed
		return servers, nil
	}
	s, err := serverFlag(cmd, "resolver", o.resolver)
	return []netip.AddrPort{s}, err
}

// asks gives a time in which something is asked: until the limit, or ctrl+c.
func (p *program) asks(cmd *cobra.Command, opt *checkOptions, limit time.Duration, ask func(context.Context, document.Mailing) error) error {
	if opt.limit > 0 {
		limit = opt.limit
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	how := document.Mailing{HELO: opt.helo, Own: opt.helo == "", Patience: opt.patience}
	if how.Own {
		how.HELO, _ = os.Hostname()
	}
	return ask(ctx, how)
}

// checkedAddress is what came of an address in JSON: a stable interface.
type checkedAddress struct {
	Zone         text   `json:"zone"`
	View         text   `json:"view"`
	Kind         string `json:"kind"`
	Policy       string `json:"policy"`
	Subject      text   `json:"subject"`
	Host         text   `json:"host"`
	Address      string `json:"address"`
	Asked        string `json:"asked"`
	Seen         text   `json:"seen"`
	State        string `json:"state"`
	Means        text   `json:"means"`
	Fix          string `json:"fix"`
	At           string `json:"at"`
	Until        string `json:"until"`
	Milliseconds int64  `json:"milliseconds"`
	Dialogue     []said `json:"dialogue"`
	Step         int    `json:"step"`
	Check        text   `json:"check"`
}

// newCheckedAddress is a result about a zone in JSON. View is the first that has the zone; "" where that was not looked at.
func newCheckedAddress(zone zonefile.Name, view string, r document.Result) checkedAddress {
	at := ""
	if r.Address.IsValid() {
		at = r.Address.String()
	}
	return checkedAddress{text(zone), text(view), r.Kind, r.Policy, text(r.Subject), text(r.Host), at, r.Asked, text(r.Seen), string(r.State), text(r.Means), r.Fix,
		stamp(r.At), stamp(r.Until), r.Took.Milliseconds(), dialogueOf(r), 0, ""}
}

// said is a line of a dialogue in JSON.
type said struct {
	At   int64  `json:"at"`
	From string `json:"from"`
	Text text   `json:"text"`
}

// dialogueOf is what was said.
func dialogueOf(r document.Result) []said {
	out := make([]said, 0, len(r.Said))
	for i := range r.Said {
		at, from, line := r.DialogueLine(i)
		out = append(out, said{at, from, text(line)})
	}
	return out
}
