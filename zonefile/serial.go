package zonefile

// Serials and how people write them: as dates, as counters, as seconds. None ever goes back (RFC 1982). Secondaries
// fetch a zone only if its serial has grown: it is raised once by each save, whatever was edited.

import (
	"errors"
	"strconv"
	"time"
)

// SerialPolicy says how a serial is raised.
type SerialPolicy uint8

// The policies. A serial never goes back (RFC 1982): where a form would take it back, it counts on by one.
const (
	SerialAuto    SerialPolicy = iota // keep the form that is there
	SerialDate                        // YYYYMMDDnn, UTC, a new day starts at 01
	SerialUnix                        // seconds since 1970
	SerialCounter                     // one more
)

// errNoSOA is returned for a fragment.
var errNoSOA = errors.New("the file has no SOA record: there is no serial to raise")

// BumpSerial raises the SOA's serial. It is done once by each save and is no part of undo.
func (z *Zone) BumpSerial(p SerialPolicy, now time.Time) ([]Edit, error) {
	soa, ok := z.SOA()
	if !ok {
		return nil, errNoSOA
	}
	old, ok := z.Serial()
	if !ok {
		return nil, soa.refuse(errors.New("the serial is not a number from 0 to 4294967295: correct it"))
	}
	return z.setSerial(soa, nextSerial(old, p, now))
}

// RaiseSerial returns the edits that give z a serial after that of the version on disk (RFC 1982), once for
// each save. A serial that is after it already, because somebody raised it by hand, stays; a fragment
// without SOA has none: the file that includes it has it.
func (z *Zone) RaiseSerial(disk *Zone, p SerialPolicy, now time.Time) ([]Edit, error) {
	soa, ok := z.SOA()
	if !ok {
		return nil, nil
	}
	old, known := disk.Serial()
	is, ok := z.Serial()
	switch {
	case ok && disk.neverServed():
		return nil, nil
	case !known || !ok:
		return z.BumpSerial(p, now)
	case SerialLess(old, is):
		return nil, nil
	}
	return z.setSerial(soa, nextSerial(old, p, now))
}

// neverServed tells that named refuses the zone, for it has no SOA, and no line that was meant as one.
func (z *Zone) neverServed() bool {
	if _, ok := z.SOA(); ok {
		return false
	}
	for range z.Errors() {
		return false
	}
	return true
}

// setSerial writes a serial into the SOA, and into those that equal it: a dump by `dig axfr` ends in the SOA that it
// starts with, and BIND takes two only if they are the same.
func (z *Zone) setSerial(soa Record, serial uint32) ([]Edit, error) {
	return z.SetAll(soa.equals(), Serial, func(Record) string { return strconv.FormatUint(uint64(serial), 10) })
}

// Serial is the SOA's serial.
func (z *Zone) Serial() (uint32, bool) {
	soa, ok := z.SOA()
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseUint(string(soa.field(int(Serial))), 10, 32)
	return uint32(n), err == nil
}

// nextSerial is the serial after old.
func nextSerial(old uint32, p SerialPolicy, now time.Time) uint32 {
	if p == SerialAuto {
		p = serialForm(old, now)
	}
	next := old + 1
	switch p {
	case SerialDate:
		y, m, d := now.UTC().Date()
		if today := uint32(y*1000000+int(m)*10000+d*100) + 1; SerialLess(old, today) {
			next = today
		}
	case SerialUnix:
		if t := uint32(now.Unix()); SerialLess(old, t) {
			next = t
		}
	}
	return max(next, 1) // from 4294967295 to 1: BIND leaves 0 out (dns_update_soaserial)
}

// SerialLess tells whether b is after a (RFC 1982 §3.2).
func SerialLess(a, b uint32) bool { return a != b && int32(b-a) > 0 }

// serialForm recognises the form of a serial: a date from 1990 to the month that tomorrow is in, or a Unix time
// within twenty years back. A date may have any day up to 99: 2026113099 rolls on to 2026113100, and is a date still.
func serialForm(serial uint32, now time.Time) SerialPolicy {
	month, day := serial/10000, serial/100%100
	y, m, _ := now.UTC().AddDate(0, 0, 1).Date()
	if month >= 1990_01 && month%100 >= 1 && month%100 <= 12 && day >= 1 && month <= uint32(y*100+int(m)) {
		return SerialDate
	}
	if age := now.Unix() - int64(serial); age >= -86400 && age < 20*365*86400 {
		return SerialUnix
	}
	return SerialCounter
}
