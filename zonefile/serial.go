package zonefile

import (
	"errors"
	"fmt"
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
		return nil, fmt.Errorf("%s: the serial is not a number from 0 to 4294967295: correct it", soa.Place())
	}
	return z.Set(soa, Serial, strconv.FormatUint(uint64(nextSerial(old, p, now)), 10))
}

// Serial is the SOA's serial.
func (z *Zone) Serial() (uint32, bool) {
	soa, ok := z.SOA()
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseUint(string(soa.word(int(Serial))), 10, 32)
	return uint32(n), err == nil
}

// nextSerial is the serial after old.
func nextSerial(old uint32, p SerialPolicy, now time.Time) uint32 {
	if p == SerialAuto {
		p = serialForm(old, now)
	}
	next := old + 1 // wraps from 4294967295 to 0, as RFC 1982 counts
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
	return next
}

// SerialLess tells whether b is after a (RFC 1982 §3.2).
func SerialLess(a, b uint32) bool { return a != b && int32(b-a) > 0 }

// serialForm recognises the form of a serial: a date from 1990 to a day ahead, or a Unix time within
// twenty years back.
func serialForm(serial uint32, now time.Time) SerialPolicy {
	y, m, d := int(serial/1000000), time.Month(serial/10000%100), int(serial/100%100)
	day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	if y >= 1990 && day.Year() == y && day.Month() == m && day.Day() == d && !day.After(now.Add(24*time.Hour)) {
		return SerialDate
	}
	if age := now.Unix() - int64(serial); age >= -86400 && age < 20*365*86400 {
		return SerialUnix
	}
	return SerialCounter
}
