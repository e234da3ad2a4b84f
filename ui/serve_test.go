package ui

import (
	"errors"
	"testing"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/server"
)

// playNamed plays a named that serves, or does not serve, the zone of a script. A real one is asked in package disk, and
// in the scripts of the commands.
func playNamed(t *testing.T, opt *Options, said string) {
	h := server.Hosting{Zone: "example.com", Type: "primary", Views: []string{""}, Answered: true}
	end := server.Progress{Done: true, Served: true, Text: "named serves serial 8"}
	switch said {
	case "serves":
	case "does not load":
		end = server.Progress{Done: true, Text: "saved, but not reloaded: named does not load it (line 3: \x1b) and still serves serial 7; try `rndc reload example.com`"}
	case "dynamic":
		h.Dynamic = true
	case "secondary":
		h.Type = said
	case "away":
		h.Answered, h.Unable = false, "rndc: connect failed: 127.0.0.1#953: connection refused"
	case "frozen":
		h.Dynamic, h.Frozen, h.Unable = true, true, "the zone is frozen: after the save `rndc thaw example.com` lets named load it"
	default:
		t.Fatalf("no such named: %q", said)
	}
	opt.Asking.Hosting = func(string, string) server.Hosting { return h }
	opt.Asking.Reload = func(_ server.Hosting, serial uint32, _ func() server.Opinion) document.Reloader {
		if serial != 8 {
			t.Errorf("serial %d is waited for", serial)
		}
		return &playedReload{{Text: "named was told to read example.com again"}, {Text: "waiting for named, which still serves serial 7"}, end}
	}
}

// playReloadZone plays a named that serves what is saved of the reverse zones but one.
func playReloadZone(z server.Zone, _ uint32, _ func() bool) (server.Served, error) {
	if z.Name == "3.0.192.in-addr.arpa." {
		return server.NotRead, errors.New("named does not load it")
	}
	return server.ServesNew, nil
}

// playedReload is what a reload will say, step by step.
type playedReload []server.Progress

// Step takes the next one.
func (p *playedReload) Step() server.Progress {
	next := (*p)[0]
	*p = (*p)[1:]
	return next
}

// While a reload goes on keys answer, and each step shows.
func TestReloadShowsItsSteps(t *testing.T) {
	t.Chdir(t.TempDir())
	u := newUser(t, "named: serves", []byte("$TTL 1d\n@ SOA ns1 h 8 8h 2h 4w 1h\n NS ns1\nns1 A 192.0.2.53\n"))
	cmd := u.app.perform(serve{})
	for _, want := range []string{"named was told", "waiting for named", "saved, and named serves serial 8"} {
		msg := cmd()
		u.types("tab")
		_, cmd = u.app.Update(msg)
		tells(t, u.app, want)
	}
	if cmd != nil && cmd() != nil {
		t.Error("the reload goes on after its end")
	}
}
