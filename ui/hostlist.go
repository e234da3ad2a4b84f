package ui

// The hosts that a field may be, and those of them that what was typed may mean: none is left out, however many there are.

import (
	"strings"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// candidates is the hosts that a field may be.
type candidates struct {
	of     func() (*zonefile.Zone, []document.Host) // all there are, in a version
	origin zonefile.Name
	stem   string // what was typed
	at     int    // the one that was taken, by its place among those that match; 0 is what was typed
	found  matches
}

// matches is the hosts that were found for what was typed.
type matches struct {
	of    *zonefile.Zone
	stem  string
	hosts []document.Host
	sure  bool // what was typed is one of all
}

// text is a host as it is typed.
func (c *candidates) text(h document.Host) string { return h.Name.In(c.origin) }

// matching is the candidates for what was typed: those that start with it, then those that hold it; all where nothing is typed
// and where it is one of them.
func (c *candidates) matching() []document.Host {
	now, all := c.of()
	text, was := strings.ToLower(c.stem), c.found
	if text == "" || now != was.of || text != was.stem || now == nil {
		among := all
		if now == was.of && was.stem != "" && !was.sure && strings.Contains(text, was.stem) { // what was typed goes on
			among = was.hosts
		}
		c.found = c.find(among, text)
		c.found.of = now
	}
	if c.found.sure || text == "" {
		return all
	}
	return c.found.hosts
}

// find looks for a text among hosts.
func (c *candidates) find(among []document.Host, text string) matches {
	m := matches{stem: text}
	if text == "" {
		return m
	}
	var inside []document.Host
	for _, h := range among {
		name := c.text(h)
		switch i := strings.Index(name, text); {
		case i == 0:
			m.hosts, m.sure = append(m.hosts, h), m.sure || name == text
		case i > 0:
			inside = append(inside, h)
		}
	}
	m.hosts = append(m.hosts, inside...)
	return m
}
