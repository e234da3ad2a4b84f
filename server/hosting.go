//go:build linux || darwin || freebsd || netbsd

package server

// This file asks named what it does with a zone file: whether it writes the file itself, and whether it can be told to
// read it again. A running named is asked by rndc, and its configuration is read; either may be missing, and a
// zone that nobody knows is a file like any other. rndc finds named as it is set up to: by rndc.conf or rndc.key.

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// A Hosting is what BIND on this machine says of a zone and its file. The zero value knows nothing.
type Hosting struct {
	Zone     string // as rndc takes it; "" if it does not
	Type     string // primary, secondary, ...; "" if no zone is known to have this file
	Dynamic  bool
	Frozen   bool     // known only from named itself
	Views    []string // in which named serves this file; "" if it has no views
	Answered bool     // named itself has answered
	Unable   string   // why rndc cannot reload the zone; "" if it can
	Loaded   Loaded

	where Where // the configuration is
}

// Loaded is since when named serves a text of the zone file: in all views, and as it stands there. The zero value: that is
// not known, as where named signs the zone, which takes its time.
type Loaded struct {
	Serial uint32
	Time   time.Time // a second is the finest that named tells: it may have been as much later
}

// AskHosting asks what BIND does with the file of a zone: path is absolute and free of links, as File.Path is. The
// configuration is read as it is now.
func AskHosting(where Where, zone, path string) Hosting {
	c, err := where.Read()
	if err != nil { // where no configuration is found, a named may run all the same
		c = Configuration{where: where}
	}
	return c.AskHosting(zone, path)
}

// AskHosting asks what BIND does with the file of a zone, by a configuration that was read.
func (c Configuration) AskHosting(zone, path string) Hosting {
	h := Hosting{Zone: zoneArgument(zone), where: c.where}
	if h.Zone == "" {
		h.Unable = "rndc does not take the name of this zone"
		return h
	}
	elsewhere := ""
	name, _ := zonefile.ParseName(zone, zonefile.Root) // rndc takes more names than a zone file does, and no such is in it
	for _, z := range c.Named(name) {
		if z.isAt(path) {
			h.Type, h.Dynamic = z.Type, z.updates
			h.Views = append(h.Views, z.Views...)
		} else if z.File != "" {
			elsewhere = z.File
		}
	}
	if len(h.Views) == 0 && elsewhere != "" {
		h.Unable = fmt.Sprintf("named reads %s from %s, not from this file", h.Zone, elsewhere)
		return h
	}
	if len(h.Views) == 0 { // what of the configuration cannot be read may have it
		h.Views = []string{""}
	}
	h.askServer(c, path)
	return h
}

// askServer asks named itself, which knows better than its configuration.
func (h *Hosting) askServer(c Configuration, path string) {
	var seen []zoneStatus
	for _, view := range h.Views {
		if view != "" && argument(view) == "" {
			h.Unable = "rndc does not take the name of the view " + view
			return
		}
		st, err := askStatus(h.Zone, view)
		switch {
		case errors.Is(err, errNotLoaded) && h.Type != "": // named has it, and a reload may be the cure
			h.Answered = true
			continue
		case err != nil:
			h.Unable = err.Error()
			return
		case !c.leadsTo(st.file, path):
			h.Unable = fmt.Sprintf("named reads %s from %s, not from this file", h.Zone, st.file)
			return
		}
		h.Answered = true
		h.Type, h.Dynamic, h.Frozen = st.kind, st.dynamic, st.frozen
		seen = append(seen, st)
	}
	if len(seen) == len(h.Views) {
		h.Loaded = loaded(seen)
	}
	switch {
	case h.Forbids() != "":
		h.Unable = h.Forbids()
	case h.Dynamic:
		h.Unable = "the zone is frozen: after the save `" + h.rndc("thaw") + "` lets named load it"
	}
}

// AskDynamic is a zone as named itself has it, where its configuration does not tell whether people may write the file now: a
// dynamic zone may be frozen, and one with a journal beside its file was dynamic once, and is it still if named has not read the
// configuration since. Others are not asked about, for a question costs more than the whole change of a zone. False: named does not
// answer, and will not for another zone.
func (c Configuration) AskDynamic(z Zone) (now Zone, answers bool) {
	if z.Path == "" || z.Kind != "dynamic" && (z.Kind != "primary" || !exists(z.Path+".jnl")) {
		return z, true
	}
	h := c.AskHosting(string(z.Name), z.Path)
	if !h.Answered {
		return z, false
	}
	z.Reason, z.Frozen = h.Forbids(), h.Frozen
	return z, true
}

// loaded is what the states of a zone in all views prove of its file.
func loaded(views []zoneStatus) (l Loaded) {
	for _, st := range views {
		if st.signed != 0 || st.dynamic || st.loaded.IsZero() || l.Serial != 0 && st.serial != l.Serial {
			return Loaded{}
		}
		l.Serial = st.serial
		if st.loaded.After(l.Time) {
			l.Time = st.loaded
		}
	}
	return l
}

// Forbids says why the file must not be edited now, and the right way; "" if it may be.
func (h Hosting) Forbids() string {
	switch {
	case h.Type == "secondary" || h.Type == "slave" || h.Type == "mirror" || h.Type == "stub":
		return fmt.Sprintf("named writes this file itself: the zone is a %s here; edit it on its primary", h.Type)
	case h.Type == "redirect", h.Type == "hint", !h.Dynamic, h.Frozen:
		return ""
	case !h.Answered:
		return fmt.Sprintf("the zone is dynamic by named.conf, and named does not tell whether it is frozen (%s); use nsupdate, or `%s`, edit, `%s`",
			h.Unable, h.rndc("freeze"), h.rndc("thaw"))
	}
	return fmt.Sprintf("the zone is dynamic, so named writes this file itself; `%s`, read the file again and edit it, then `%s`; or use nsupdate",
		h.rndc("freeze"), h.rndc("thaw"))
}

// CannotReload says why rndc cannot make named read the file again; "" if it can.
func (h Hosting) CannotReload() string {
	if h.Unable == "" && !h.Answered {
		return "named was not asked"
	}
	return h.Unable
}

// Command is what makes named read the saved file, as an administrator types it; "" if rndc does not take the name.
func (h Hosting) Command() string {
	switch {
	case h.Zone == "":
		return ""
	case h.Frozen:
		return h.rndc("thaw")
	}
	return h.rndc("reload")
}

// rndc is the command line of one of rndc's commands for the zone; in several views it has to be typed for each.
func (h Hosting) rndc(command string) string {
	words := []string{"rndc", command, h.Zone}
	if len(h.Views) > 0 && h.Views[0] != "" {
		words = append(words, "IN", h.Views[0])
	}
	return strings.Join(words, " ")
}

// Unchanged is an error if named has begun to write the file itself since h was asked for: someone thawed the zone. It asks
// again, and only where there is a named that answered before.
func (h Hosting) Unchanged(path string) error {
	if !h.Answered {
		return nil
	}
	if now := AskHosting(h.where, h.Zone, path); now.Forbids() != "" {
		return fmt.Errorf("%s: %s", path, now.Forbids())
	}
	return nil
}
