package cli

// PTR records that follow a change of one zone: --ptr makes them, and without it they are told. Of an address that a host has lost the
// record stays while the host has another, for it may go on sending from there.

import (
	"net/netip"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile/references"
)

// ptrFlag adds the flag.
func ptrFlag(cmd *cobra.Command, ptr *bool) {
	cmd.Flags().BoolVar(ptr, "ptr", false, "let PTR records follow, in the reverse zones that named has here: set those of new addresses of exchanges, and take out those of exchanges without an address")
}

// pointing is the PTR records that follow a change, all or none; where nobody has asked for them they are told.
func (p *program) pointing(doc opened, c change, ptr bool, soon ...references.HostAddress) *document.Pointing {
	along := doc.st.Pointing(doc.zone, c.zone, soon...)
	if ptr {
		along.WantAll()
	}
	for i, o := range along.Offers {
		switch {
		case o.Why != "":
			p.note(o.String())
		case along.Wanted[i]:
		case o.Stale && !o.Nowhere:
			p.note(o.String() + ": left, for the host may be sending from there still; it is in " + doc.st.Nearby(o.Zone.Root().Name()))
		default:
			p.note(o.String() + ": --ptr does, in " + doc.st.Nearby(o.Zone.Root().Name()))
		}
	}
	return along
}

// namesOf is the addresses whose PTR records a step of a move wants before the next.
func namesOf(s preview.Step) (out []references.HostAddress) {
	for _, c := range s.Checks {
		a, err := netip.ParseAddr(c.Subject)
		if names := c.NamesWanted(); c.Kind == preview.PTR && err == nil && len(names) == 1 {
			out = append(out, references.HostAddress{Host: names[0], Address: a.Unmap()})
		}
	}
	return out
}
