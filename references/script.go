package references

// The words of a script that nsupdate does not have: rename and readdress, with all that is found, or not at all.

import (
	"fmt"
	"net/netip"

	"github.com/mailzone/mailzone/zonefile"
)

// Words is the words.
func Words() []zonefile.Word {
	takes := []string{"OLD", "NEW"}
	return []zonefile.Word{{Name: "rename", Takes: takes, Edits: rename}, {Name: "readdress", Takes: takes, Edits: readdress}}
}

// rename carries out the word with a name, which becomes another.
func rename(z *zonefile.Zone, said zonefile.Said) ([]zonefile.Edit, error) {
	var names [2]zonefile.Name
	for i, text := range said.Args {
		n, err := zonefile.ParseName(text, said.Origin)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", text, err)
		}
		names[i] = n
	}
	l, err := Rename([]*zonefile.Zone{z}, names[0], names[1])
	if err != nil {
		return nil, err
	}
	return l.whole(z, said.Tell)
}

// readdress carries out the word with an address, which becomes another.
func readdress(z *zonefile.Zone, said zonefile.Said) ([]zonefile.Edit, error) {
	var addresses [2]netip.Addr
	for i, text := range said.Args {
		a, err := netip.ParseAddr(text)
		if err != nil {
			return nil, fmt.Errorf("%s: not an address", text)
		}
		addresses[i] = a
	}
	l, err := Readdress([]*zonefile.Zone{z}, addresses[0], addresses[1])
	if err != nil {
		return nil, err
	}
	return l.whole(z, said.Tell)
}

// whole is all lines' edits, where all that should change can.
func (l List) whole(z *zonefile.Zone, tell func(error)) ([]zonefile.Edit, error) {
	if err := l.Whole(); err != nil {
		return nil, err
	}
	for _, what := range l.Told() {
		tell(what)
	}
	return Edits(z, l.Lines)
}
