//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// This file asks named what it does with a zone file: whether it writes the file itself, and whether it can be told to
// read it again. A running named is asked by rndc, its configuration by named-checkconf; either may be missing, and a
// zone that nobody knows is a file like any other. rndc finds named as it is set up to: by rndc.conf or rndc.key.

// A Hosting is what BIND on this machine says of a zone and its file. The zero value knows nothing.
type Hosting struct {
	zone     string // as rndc takes it; "" if it does not
	kind     string // primary, secondary, ...; "" if no zone is known to have this file
	dynamic  bool
	frozen   bool     // known only from named itself
	views    []string // in which named serves this file; "" if it has no views
	answered bool     // named itself has answered
	unable   string   // why rndc cannot reload the zone; "" if it can
}

// AskHosting asks what BIND does with the file of a zone: path is absolute and free of links, as File.Path is.
func AskHosting(zone, path string) Hosting {
	h := Hosting{zone: zoneArgument(zone)}
	if h.zone == "" {
		h.unable = "rndc does not take the name of this zone"
		return h
	}
	conf, dir, err := askConf(h.zone)
	elsewhere := ""
	for _, z := range conf {
		if sameFilePath(z.file, path) {
			h.kind, h.dynamic = z.kind, z.dynamic
			h.views = append(h.views, z.view)
		} else {
			elsewhere = z.file
		}
	}
	if err != nil || len(conf) == 0 { // a zone that rndc added is in no configuration
		h.views = []string{""}
	}
	if len(h.views) == 0 {
		h.unable = fmt.Sprintf("named reads %s from %s, not from this file", h.zone, elsewhere)
		return h
	}
	h.askServer(path, dir)
	return h
}

// askServer asks named itself, which knows better than its configuration.
func (h *Hosting) askServer(path, dir string) {
	for _, view := range h.views {
		if view != "" && argument(view) == "" {
			h.unable = "rndc does not take the name of the view " + view
			return
		}
		st, err := askStatus(h.zone, view)
		switch {
		case errors.Is(err, errNotLoaded) && h.kind != "": // named has it, and a reload may be the cure
			h.answered = true
			continue
		case err != nil:
			h.unable = err.Error()
			return
		case !st.reads(path, dir):
			h.unable = fmt.Sprintf("named reads %s from %s, not from this file", h.zone, st.file)
			return
		}
		h.answered = true
		h.kind, h.dynamic, h.frozen = st.kind, st.dynamic, st.frozen
	}
	switch {
	case h.Forbids() != "":
		h.unable = h.Forbids()
	case h.dynamic:
		h.unable = "the zone is frozen: after the save `" + h.rndc("thaw") + "` lets named load it"
	}
}

// Forbids says why the file must not be edited now, and the right way; "" if it may be.
func (h Hosting) Forbids() string {
	switch {
	case h.kind == "secondary" || h.kind == "slave" || h.kind == "mirror" || h.kind == "stub":
		return fmt.Sprintf("named writes this file itself: the zone is a %s here; edit it on its primary", h.kind)
	case h.kind == "redirect", h.kind == "hint", !h.dynamic, h.frozen:
		return ""
	case !h.answered:
		return fmt.Sprintf("the zone is dynamic by named.conf, and named does not tell whether it is frozen (%s); use nsupdate, or `%s`, edit, `%s`",
			h.unable, h.rndc("freeze"), h.rndc("thaw"))
	}
	return fmt.Sprintf("the zone is dynamic, so named writes this file itself; `%s`, read the file again and edit it, then `%s`; or use nsupdate",
		h.rndc("freeze"), h.rndc("thaw"))
}

// CannotReload says why rndc cannot make named read the file again; "" if it can.
func (h Hosting) CannotReload() string {
	if h.unable == "" && !h.answered {
		return "named was not asked"
	}
	return h.unable
}

// Command is what makes named read the saved file, as an administrator types it; "" if rndc does not take the name.
func (h Hosting) Command() string {
	switch {
	case h.zone == "":
		return ""
	case h.frozen:
		return h.rndc("thaw")
	}
	return h.rndc("reload")
}

// rndc is the command line of one of rndc's commands for the zone; in several views it has to be typed for each.
func (h Hosting) rndc(command string) string {
	words := []string{"rndc", command, h.zone}
	if len(h.views) > 0 && h.views[0] != "" {
		words = append(words, "IN", h.views[0])
	}
	return strings.Join(words, " ")
}

// Unchanged is an error if named has begun to write the file itself since h was asked for: someone thawed the zone. It asks
// again, and only where there is a named that answered before.
func (h Hosting) Unchanged(path string) error {
	if !h.answered {
		return nil
	}
	if now := AskHosting(h.zone, path); now.Forbids() != "" {
		return &Error{Path: path, What: now.Forbids(), Err: ErrReadOnly}
	}
	return nil
}

// sameFilePath reports whether a path of named's leads to a file whose path is free of links.
func sameFilePath(of, path string) bool {
	if !filepath.IsAbs(of) { // named's directory is not known: the end has to do
		return of != "" && strings.HasSuffix(path, "/"+filepath.Clean(of))
	}
	t, err := kernel{}.resolve(of)
	return err == nil && t.path() == path
}

// reads reports whether the zone's file is at path, dir being named's directory if that is known.
func (st zoneStatus) reads(path, dir string) bool {
	file := st.file
	if !filepath.IsAbs(file) && dir != "" {
		file = filepath.Join(dir, file)
	}
	return sameFilePath(file, path)
}
