package ui

// Commands about a host, a name or an address that somebody types: who uses it, and its change everywhere.

import (
	"net/netip"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// usedCommand tells who uses what somebody types.
type usedCommand struct{ text string }

func (c usedCommand) do(s stage) tea.Cmd {
	of, ok := s.tools().subjectFrom(c.text)
	if !ok {
		s.tell(say{":used NAME tells who uses a host, a name or an address", levelError})
		return nil
	}
	return askUses{of}.do(s)
}

// everywhereCommand changes a name or an address that somebody types.
type everywhereCommand struct {
	arg     string
	address bool
}

func (c everywhereCommand) do(s stage) tea.Cmd {
	k, words := s.tools(), strings.Fields(c.arg)
	usage := say{":rename OLD NEW gives a host, or any name, another name everywhere", levelError}
	if c.address {
		usage = say{":readdress OLD NEW changes an address everywhere", levelError}
	}
	if len(words) != 2 {
		s.tell(usage)
		return nil
	}
	from, ok := k.subjectFrom(words[0])
	to, also := k.subjectFrom(words[1])
	if !ok || !also || from.isAddress() != c.address || to.isAddress() != c.address {
		s.tell(usage)
		return nil
	}
	if why := k.fixed(from); why != "" {
		s.tell(say{why, levelError})
		return nil
	}
	return changeEverywhere{replacement{from: from, to: to}}.do(s)
}

// subjectFrom is what somebody types: an address, or a name.
func (k *kit) subjectFrom(text string) (s subject, ok bool) {
	if a, err := netip.ParseAddr(text); err == nil && a.Zone() == "" {
		return subject{address: a}, true
	}
	if all := readings(k.doc.Zone(), text); len(all) > 0 {
		return subject{name: all[0]}, true
	}
	return s, false
}
