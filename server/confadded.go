package server

// This file finds the zones that `rndc addzone` has added. named keeps them out of named.conf, in a file for each view: VIEW.nzd,
// a database that named-nzd2nzf prints, or VIEW.nzf, a text.

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// addedZones reads the zones that were added to each view that takes such.
func (p *zoneReader) addedZones() {
	for i := range p.views {
		v := &p.views[i]
		if i == 0 && len(p.views) > 1 && !p.outside() || v.other || cmp.Or(v.added, p.views[0].added) != saysYes || p.stopped {
			continue
		}
		dir := joinConf(p.dir, cmp.Or(v.addedIn, p.views[0].addedIn))
		base := strings.TrimSuffix(dir, "/") + "/" + addedName(cmp.Or(v.name, "_default"))
		if at := p.root.open(base + ".nzd"); exists(at) {
			p.addedBy(i, at)
		} else if at := p.root.open(base + ".nzf"); exists(at) {
			p.addedIn(i, at)
		}
	}
}

// outside reports whether zones stand outside of views.
func (p *zoneReader) outside() bool {
	return len(p.zones) > 0 && p.zones[0].view == 0
}

// addedName is the name of the file of a view. BIND: 16 digits of its SHA-256 where the name has a capital letter or a slash.
func addedName(view string) string {
	if view != strings.ToLower(view) || strings.Contains(view, "/") {
		return fmt.Sprintf("%x", sha256.Sum256([]byte(view)))[:16]
	}
	return view
}

// addedBy reads what named-nzd2nzf prints.
func (p *zoneReader) addedBy(view int, path string) {
	r, err := tool{name: "named-nzd2nzf", args: []string{path}, limit: hostingTime, most: mostConf}.run()
	switch {
	case errors.Is(err, errNotInstalled):
		p.fault(confPlace{in: &confText{name: path}}, "zones that rndc added are not listed: named-nzd2nzf is not installed: Debian's package bind9-utils has it")
		return
	case err != nil:
		p.fault(confPlace{in: &confText{name: path}}, "zones that rndc added are not listed: "+err.Error())
		return
	case r.failed():
		p.fault(confPlace{in: &confText{name: path}}, "zones that rndc added are not listed: named-nzd2nzf cannot read the file: run as root, or as named's user")
		return
	}
	p.texts = append(p.texts, &confText{name: path, line: 1, from: strings.NewReader(r.text)})
	p.addedTo(view)
}

// addedIn reads a file that is text.
func (p *zoneReader) addedIn(view int, path string) {
	text, err := openConf(path)
	switch {
	case errors.Is(err, fs.ErrPermission):
		p.refused = append(p.refused, path+" (zones that rndc added)")
		return
	case err != nil:
		p.fault(confPlace{in: &confText{name: path}}, "zones that rndc added are not listed: "+plainCause(err))
		return
	}
	p.texts = append(p.texts, text)
	p.addedTo(view)
}

// addedTo reads the text on top as zones that were added to a view.
func (p *zoneReader) addedTo(view int) {
	p.peeked = false
	before := len(p.zones)
	p.statements(0, func(h confHead, block bool) {
		if block && h.is("zone") && h.n > 1 {
			p.zone(view, 1, h)
		}
	})
	for _, z := range p.zones[before:] {
		z.added = true
	}
}
