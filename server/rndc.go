//go:build linux || darwin || freebsd || netbsd

package server

// This file talks to named by rndc, and reads what rndc tells of the state of a zone.

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// errNotLoaded says that named has the zone and no data for it.
var errNotLoaded = errors.New("named has not loaded the zone")

// A zoneStatus is what `rndc zonestatus` tells of a zone.
type zoneStatus struct {
	kind            string
	file            string    // the zone file; its includes are left out
	serial          uint32    // of the zone file that was loaded
	signed          uint32    // of the zone that is served where named signs it; 0 where it does not
	loaded          time.Time // when named read the zone file; zero if it does not say
	dynamic, frozen bool
}

// rndc runs one command of rndc about a zone. Its errors say what rndc says.
func rndc(command, zone, view string) (reply, error) {
	args := []string{command, zone}
	if view != "" {
		args = append(args, "IN", view)
	}
	r, err := tool{name: "rndc", args: args, limit: hostingTime, most: 1 << 16}.run()
	switch {
	case err != nil:
		return r, err
	case r.failed() && strings.Contains(r.text, "zone not loaded"):
		return r, errNotLoaded
	case r.failed() && strings.Contains(r.text, "failed: not found"):
		return r, fmt.Errorf("named does not serve %s", zone)
	case r.failed():
		return r, errors.New(r.said())
	}
	return r, nil
}

// askStatus asks for the state of a zone.
func askStatus(zone, view string) (zoneStatus, error) {
	r, err := rndc("zonestatus", zone, view)
	if err != nil {
		return zoneStatus{}, err
	}
	return readStatus(r.text), nil
}

// readStatus reads what rndc printed.
func readStatus(text string) (st zoneStatus) {
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "type":
			st.kind = modernType(value)
		case "files":
			st.file, _, _ = strings.Cut(value, ", ")
		case "serial":
			st.serial = serialOf(value)
		case "signed serial":
			st.signed = serialOf(value)
		case "last loaded":
			st.loaded, _ = time.Parse("Mon, 02 Jan 2006 15:04:05 GMT", value) // BIND: isc_time_formathttptimestamp
		case "dynamic":
			st.dynamic = value == "yes"
		case "frozen":
			st.frozen = value == "yes"
		}
	}
	return st
}

// serialOf is a serial as rndc prints it.
func serialOf(text string) uint32 {
	n, _ := strconv.ParseUint(text, 10, 32) // 0 is no serial to wait for
	return uint32(n)
}
