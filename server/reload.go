//go:build linux || darwin || freebsd || netbsd

package server

// This file has a zone read again, and is not done before named serves it.

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// A Reload makes named read a saved zone and follows it until the new serial is served. `rndc reload` alone proves
// nothing: it succeeds when the reload is queued, whatever becomes of it.
type Reload struct {
	hosting Hosting
	serial  uint32
	check   func() Opinion // of the saved zone, for why named does not load it
	began   time.Time      // zero before rndc was asked to reload
	checked bool
	signed  map[string]uint32 // the signed serials before the reload, by view
}

// How long a reload is followed, how often it is looked at, and when named-checkzone is asked what is in the way.
const (
	reloadTime  = 60 * time.Second
	reloadPause = 200 * time.Millisecond
	reloadDoubt = 3 * time.Second
)

// NewReload is a reload of a zone that was saved with a serial. Nothing is asked before the first Step.
func NewReload(h Hosting, serial uint32, check func() Opinion) *Reload {
	return &Reload{hosting: h, serial: serial, check: check, signed: map[string]uint32{}}
}

// A Progress is how far a reload is.
type Progress struct {
	Done   bool
	Served bool   // Done, and named serves the saved zone
	Text   string // in words
}

// Step does the next thing and waits for it, for some seconds at most. It is called until it is done.
func (r *Reload) Step() Progress {
	if r.began.IsZero() {
		return r.start()
	}
	time.Sleep(reloadPause)
	behind, err := r.behind()
	waited := time.Since(r.began)
	switch {
	case err != nil:
		return r.failed("rndc does not answer any more: " + err.Error())
	case behind == "":
		return Progress{Done: true, Served: true, Text: fmt.Sprintf("named serves serial %d", r.serial)}
	case waited > reloadDoubt && !r.checked:
		if r.checked = true; r.check == nil {
			break
		}
		if o := r.check(); o.Refused && len(o.Complaints) > 0 {
			return r.failed("named does not load it (" + o.Complaints[0] + ") and " + behind)
		}
	case waited > reloadTime:
		return r.failed(fmt.Sprintf("after %d s named %s: its log says why", int(waited.Seconds()), behind))
	}
	return Progress{Text: fmt.Sprintf("waiting for named, which %s (%d s of %d)", behind, int(waited.Seconds()), int(reloadTime.Seconds()))}
}

// start asks for the reload, in every view.
func (r *Reload) start() Progress {
	if why := r.hosting.CannotReload(); why != "" {
		return r.failed(why)
	}
	for _, view := range r.hosting.Views {
		if st, err := askStatus(r.hosting.Zone, view); err == nil {
			r.signed[view] = st.signed
		}
		if _, err := rndc("reload", r.hosting.Zone, view); err != nil {
			return r.failed("named refuses: " + err.Error())
		}
	}
	r.began = time.Now()
	return Progress{Text: "named was told to read " + r.hosting.Zone + " again"}
}

// failed ends the reload. The save is not in doubt, and the way on is the command itself.
func (r *Reload) failed(why string) Progress {
	text := "saved, but not reloaded: " + why
	if command := r.hosting.Command(); command != "" && !strings.Contains(why, command) {
		text += "; try `" + command + "`"
	}
	return Progress{Done: true, Text: text}
}

// behind says what named still serves in a view that is not up to date, "" if all are.
func (r *Reload) behind() (string, error) {
	for _, view := range r.hosting.Views {
		st, err := askStatus(r.hosting.Zone, view)
		switch {
		case errors.Is(err, errNotLoaded):
			return "serves nothing of the zone yet", nil
		case err != nil:
			return "", err
		case int32(st.serial-r.serial) < 0: // RFC 1982: an older one
			return fmt.Sprintf("still serves serial %d", st.serial), nil
		case st.signed != 0 && st.signed == r.signed[view]:
			return fmt.Sprintf("has loaded serial %d and still serves the signed zone with serial %d", st.serial, st.signed), nil
		}
	}
	return "", nil
}
