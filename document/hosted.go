package document

// The zones of the name server of this machine, each opened as its configuration has it: the origin, the directory of relative
// includes, the file. What stands in a zone is looked at where people edit it; of what named writes itself the serial is told,
// if the file is text.

import (
	"errors"
	"io/fs"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// HostedZone is a zone of the name server with what its file holds.
type HostedZone struct {
	server.Zone
	Text   *zonefile.Zone // nil if the file is not text, or cannot be read
	Beside disk.Neighbours
	Err    error // why it could not be read, where it should be there
}

// HostedNamed is the zones of a name, in all views.
func HostedNamed(c server.Configuration, name zonefile.Name) []server.Zone { return c.Named(name) }

// Stranger is the user whose file a zone has, if that is one whose files root opens on a key more (disk.Stranger).
func Stranger(z server.Zone) (uid uint32, is bool) { return disk.Stranger(z.File) }

// OpenHosted reads the file of a zone of the name server, with all it includes. It is closed again: there may be more zones
// than files that a process may have open.
func OpenHosted(c server.Configuration, z server.Zone, opt Options) HostedZone {
	h := HostedZone{Zone: z}
	if !holdsText(z) {
		return h
	}
	opt.Path, opt.Origin, opt.Directory, opt.Root, opt.ReadOnly = z.File, z.Name, c.Directory, c.Root(), true
	opt.Asking.Placed = nil // what the configuration says of the file is said
	st, text, err := Open(opt)
	switch own := h.ByHand(); {
	case err != nil && (own || !errors.Is(err, fs.ErrNotExist)):
		h.Err = err
	case err != nil: // named has not written it yet
	default:
		defer st.Close()
		if why := NotText(text); why != "" && own && z.Editable() {
			h.Err = errors.New(why)
		} else if why == "" {
			h.Text, h.Beside = text, st.Neighbours()
		}
	}
	return h
}

// holdsText tells whether the file of a zone may be a zone file in text.
func holdsText(z server.Zone) bool {
	switch z.Kind {
	case "primary", "signed", "dynamic", "secondary", "mirror", "catalog":
		return z.File != ""
	}
	return false
}

// ByHand tells whether the records of a zone are somebody's own, and their problems worth a look: those of others are mended
// where they come from, and a zone that is there to say nothing receives no mail.
func (h HostedZone) ByHand() bool {
	switch h.Kind {
	case "primary", "signed", "dynamic":
		return h.File != "" && !receivesNothing(h.Name)
	}
	return false
}

// Quiet tells a zone in which no name can receive mail, whoever writes it: localhost and the like.
func (h HostedZone) Quiet() bool {
	return receivesNothing(h.Name) || h.Kind == "hint" || h.Kind == "redirect"
}

// nothings are zones in which no name can receive mail: they and what is below them. RFC 6303, RFC 6761.
var nothings = [...]zonefile.Name{"localhost.", "localdomain.", "0.in-addr.arpa.", "127.in-addr.arpa.", "255.in-addr.arpa.",
	"0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa."}

// receivesNothing tells a zone that is there so that nobody asks others about it.
func receivesNothing(n zonefile.Name) bool {
	for _, of := range nothings {
		if n.Within(of) {
			return true
		}
	}
	return false
}
