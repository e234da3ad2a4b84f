package references

// The words of a script that nsupdate does not have: rename and readdress, with all that is found, or not at all.

import (
	"errors"
	"fmt"
	"net/netip"

	"github.com/mailzone/mailzone/zonefile"
)

// Words is the words; listed is given what each finds and changes.
func Words(listed func(List)) []zonefile.Word {
	takes := []string{"OLD", "NEW"}
	word := func(name string, list func(*zonefile.Zone, zonefile.Said) (List, error)) zonefile.Word {
		return zonefile.Word{Name: name, Takes: takes, Edits: func(z *zonefile.Zone, said zonefile.Said) ([]zonefile.Edit, error) {
			l, err := list(z, said)
			if err == nil {
				err = l.Whole()
			}
			if err != nil {
				return nil, err
			}
			for _, what := range l.Told() {
				said.Tell(what)
			}
			listed(l)
			return Edits(z, l.Lines)
		}}
	}
	return []zonefile.Word{word("rename", rename), word("readdress", readdress)}
}

// rename reads the word with a name, which becomes another.
func rename(z *zonefile.Zone, said zonefile.Said) (List, error) {
	var names [2]zonefile.Name
	for i, text := range said.Args {
		n, err := zonefile.ParseName(text, said.Origin)
		if err != nil {
			return List{}, fmt.Errorf("%s: %w", text, err)
		}
		names[i] = n
	}
	l, err := Among{Zones: []*zonefile.Zone{z}}.Rename(names[0], names[1])
	if errors.As(err, new(unknown)) && !names[0].Within(z.Origin()) {
		err = fmt.Errorf("%w; names are absolute here unless `origin` was given", err)
	}
	return l, err
}

// readdress reads the word with an address, which becomes another.
func readdress(z *zonefile.Zone, said zonefile.Said) (List, error) {
	var addresses [2]netip.Addr
	for i, text := range said.Args {
		a, err := netip.ParseAddr(text)
		if err != nil {
			return List{}, fmt.Errorf("%s: not an address", text)
		}
		addresses[i] = a
	}
	return Among{Zones: []*zonefile.Zone{z}}.Readdress(addresses[0], addresses[1])
}
