//go:build linux || darwin || freebsd || netbsd

package server

// This file has one zone of many read again. They are asked for one at a time: of eight at once one of two hundred was lost
// (BIND 9.18). And each by its name: `rndc reload` alone reads the configuration again, too, and puts in force what nobody meant.

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Served is what named does with a zone after it was told to read it again.
type Served string

// What named does with the zone.
const (
	NotRead    Served = "not-asked" // to read it
	ServesNew  Served = "served"
	ServesOld  Served = "old"
	ServesNone Served = "servfail" // no data at all
)

// How long named may take for one of many zones, and how long a failed command is waited for before it is tried again.
const (
	zoneTime  = 10 * time.Second
	retryTime = 200 * time.Millisecond
	lookTime  = 20 * time.Millisecond
)

// ErrUnreachable says that rndc does not reach named: it will not for the next zone either.
var ErrUnreachable = errors.New("named is not reached by rndc")

// ReloadZone makes named read a saved zone in all its views, and waits until it serves the serial. Ended is asked while it waits.
func ReloadZone(z Zone, serial uint32, ended func() bool) (Served, error) {
	commands := ReloadCommands(z)
	switch {
	case commands == nil:
		return NotRead, errors.New("rndc does not take the name of the zone, or of its view")
	case z.Frozen:
		return NotRead, errors.New("the zone is frozen: `" + commands[0] + "` lets named load it")
	}
	zone := zoneArgument(string(z.Name))
	for _, view := range z.Views {
		before, _ := askStatus(zone, view) // what it does not tell is not compared
		if err := reloadOnce(zone, view); err != nil {
			return whatIsServed(zone, view), err
		}
		if served, err := awaitSerial(zone, view, serial, before.signed, ended); served != ServesNew {
			return served, err
		}
	}
	return ServesNew, nil
}

// ReloadCommands is what an administrator would type for it; nil if rndc does not take the names.
func ReloadCommands(z Zone) (commands []string) {
	zone := zoneArgument(string(z.Name))
	if zone == "" || len(z.Views) == 0 {
		return nil
	}
	for _, view := range z.Views {
		words := "rndc reload " + zone
		if z.Frozen {
			words = "rndc thaw " + zone
		}
		if view != "" && argument(view) == "" {
			return nil
		}
		if view != "" {
			words += " IN " + view
		}
		commands = append(commands, words)
	}
	return commands
}

// reloadOnce asks for the reload, and once more where that failed.
func reloadOnce(zone, view string) error {
	_, err := rndc("reload", zone, view)
	if err != nil {
		time.Sleep(retryTime)
		_, err = rndc("reload", zone, view)
	}
	if err != nil && (errors.Is(err, errNotInstalled) || strings.Contains(err.Error(), "connect failed") || strings.Contains(err.Error(), "neither ")) {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	return err
}

// whatIsServed is what named does with a zone that it did not read again.
func whatIsServed(zone, view string) Served {
	_, err := askStatus(zone, view)
	switch {
	case errors.Is(err, errNotLoaded):
		return ServesNone
	case err != nil:
		return NotRead
	}
	return ServesOld
}

// awaitSerial waits until named serves a serial in a view, or longer than it may take.
func awaitSerial(zone, view string, serial, signed uint32, ended func() bool) (Served, error) {
	until := time.Now().Add(zoneTime)
	for pause := lookTime; ; pause = min(2*pause, reloadPause) {
		st, err := askStatus(zone, view)
		served, why := ServesOld, error(nil)
		switch {
		case errors.Is(err, errNotLoaded):
			served, why = ServesNone, errors.New("named serves nothing of the zone: its log says why")
		case err != nil:
			return NotRead, err
		case int32(st.serial-serial) < 0: // RFC 1982: an older one
			why = fmt.Errorf("named still serves serial %d: its log says why", st.serial)
		case st.signed != 0 && st.signed == signed:
			why = fmt.Errorf("named has loaded serial %d and still serves the signed zone with serial %d", st.serial, st.signed)
		default:
			return ServesNew, nil
		}
		if time.Now().After(until) || ended() {
			return served, why
		}
		time.Sleep(pause)
	}
}
