package cli

// What a check of the world is told by its flags, how long it may ask, and what came as programs read it.

import (
	"context"
	"net/netip"
	"os"
	"os/signal"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
)

// checkOptions are the flags of check.
type checkOptions struct {
	source   source
	format   choice
	dns      bool
	smtp     bool
	sts      bool
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
}

// Limits of check, if --limit says nothing else.
const (
	checkTime  = time.Minute      // for all that is asked
	servedTime = 15 * time.Minute // until all name servers serve the serial
	servedWait = 2 * time.Second  // between two rounds of that
)

// servers is who is asked for addresses: nobody if the system names nobody and the user neither.
func (o *checkOptions) servers(cmd *cobra.Command) ([]netip.AddrPort, error) {
	if o.resolver == "" {
		servers, _ := document.SystemServers() // that there is none is told where one is needed
		return servers, nil
	}
	return resolverFlag(cmd, o.resolver)
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
	if opt.helo == "" {
		opt.helo, _ = os.Hostname()
	}
	return ask(ctx, document.Mailing{HELO: opt.helo, Patience: opt.patience})
}

// checkedAddress is what came of an address in JSON: a stable interface.
type checkedAddress struct {
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

// newCheckedAddress is a result in JSON.
func newCheckedAddress(r document.Result) checkedAddress {
	at := ""
	if r.Address.IsValid() {
		at = r.Address.String()
	}
	return checkedAddress{r.Kind, r.Policy, text(r.Subject), text(r.Host), at, r.Asked, text(r.Seen), string(r.State), text(r.Means), r.Fix,
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
