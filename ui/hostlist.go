package ui

// The hosts that a field may be, and those of them that what was typed may mean.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// candidates is the hosts that a field may be.
type candidates struct {
	all    []candidate
	origin zonefile.Name
	stem   string // what was typed
	at     int    // the one that was taken, by its place among those that match; 0 is what was typed
}

// candidate is a host.
type candidate struct {
	text    string // as it is typed
	name    zonefile.Name
	uses    int
	counted bool // all of the zone was looked at
}

// texts is all of them, as they are typed.
func (c *candidates) texts() (list []string) {
	for _, o := range c.all {
		list = append(list, o.text)
	}
	return list
}

// matching is the candidates for what was typed: those that start with it, then those that hold it; all where nothing is typed
// and where it is one of them.
func (c *candidates) matching() (list []candidate) {
	text := strings.ToLower(c.stem)
	if text == "" || slices.ContainsFunc(c.all, func(o candidate) bool { return o.text == text }) {
		return c.all
	}
	var inside []candidate
	for _, o := range c.all {
		if strings.HasPrefix(o.text, text) {
			list = append(list, o)
		} else if strings.Contains(o.text, text) {
			inside = append(inside, o)
		}
	}
	return append(list, inside...)
}
