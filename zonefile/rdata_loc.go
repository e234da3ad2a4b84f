package zonefile

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strconv"
)

// LOC (RFC 1876): a place on earth, with the limits that BIND sets.

var locField = field{want: "a place, as 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m", all: readLOC, write: printLOC}

// Numbers of RFC 1876 §2: the equator and the meridian, the altitude that counts as 0, degrees in milliseconds.
const (
	locMiddle   = 1 << 31
	locSeaLevel = 100_000_00
	locDegree   = 3_600_000
)

// readLOC reads latitude, longitude, altitude, and size and precisions where they are written.
func readLOC(r *rdata) string {
	latitude, msg := r.coordinate("NS", 90)
	if msg != "" {
		return msg
	}
	longitude, msg := r.coordinate("EW", 180)
	if msg != "" {
		return msg
	}
	altitude, msg := r.altitude()
	if msg != "" {
		return msg
	}
	sizes := [3]byte{0x12, 0x16, 0x13} // RFC 1876 §3: 1 m, 10,000 m, 10 m
	for i := 0; i < len(sizes) && r.more(); i++ {
		if sizes[i], msg = r.precision(); msg != "" {
			return msg
		}
	}
	r.wire = append(r.wire, 0, sizes[0], sizes[1], sizes[2])
	for _, n := range []uint32{latitude, longitude, altitude} {
		r.wire = binary.BigEndian.AppendUint32(r.wire, n)
	}
	return ""
}

// coordinate reads degrees, perhaps minutes and seconds, and one of two directions, of which the first counts up.
func (r *rdata) coordinate(directions string, limit uint64) (uint32, string) {
	var sum uint64
	for i, unit := range []uint64{locDegree, locDegree / 60, 1} {
		text, msg := r.word("degrees, minutes, seconds and a direction, as 52 22 23.000 N,")
		if msg != "" {
			return 0, msg
		}
		if up := string(text) == directions[:1]; i > 0 && (up || string(text) == directions[1:]) {
			r.at++
			return coordinate(sum, up), ""
		}
		n, ok := locNumber(i, text, limit)
		if sum += n * unit; !ok || sum > limit*locDegree {
			return 0, fmt.Sprintf("not degrees up to %d, minutes or seconds up to 59: or %s or %s is missing", limit, directions[:1], directions[1:])
		}
		r.at++
	}
	text, msg := r.word("a direction, " + directions[:1] + " or " + directions[1:] + ",")
	up := string(text) == directions[:1]
	if msg == "" && !up && string(text) != directions[1:] {
		msg = "not a direction: write " + directions[:1] + " or " + directions[1:]
	}
	if msg == "" {
		r.at++
	}
	return coordinate(sum, up), msg
}

// locNumber reads degrees (i is 0), minutes (1) or seconds with up to three decimals (2, in milliseconds).
func locNumber(i int, text []byte, limit uint64) (uint64, bool) {
	switch i {
	case 0:
		return decimal(text, limit)
	case 1:
		return decimal(text, 59)
	}
	return fraction(text, 59, 3)
}

// coordinate is an angle as the record holds it.
func coordinate(milliseconds uint64, up bool) uint32 {
	if up {
		return locMiddle + uint32(milliseconds)
	}
	return locMiddle - uint32(milliseconds)
}

// fraction reads a number with decimals, of which there may be so many; what comes out has all of them.
func fraction(text []byte, limit uint64, decimals int) (uint64, bool) {
	whole, part, _ := bytes.Cut(text, []byte{'.'})
	if len(whole) > 1 && whole[0] == '+' {
		whole = whole[1:]
	}
	if len(part) > decimals || len(whole)+len(part) == 0 || !allDigits(part) {
		return 0, false
	}
	n, err := strconv.ParseUint("0"+string(whole), 10, 64)
	if err != nil || !allDigits(whole) || n > limit {
		return 0, false
	}
	for i := range decimals {
		if n *= 10; i < len(part) {
			n += uint64(part[i] - '0')
		}
	}
	return n, true
}

// altitude reads metres, from 100,000 below the sea, in centimetres.
func (r *rdata) altitude() (uint32, string) {
	text, msg := r.word("an altitude, as 10m,")
	if msg != "" {
		return 0, msg
	}
	text, below := bytes.CutPrefix(text, []byte{'-'})
	limit := uint64(42849672)
	if below {
		limit = 100000
	}
	n, ok := fraction(bytes.TrimSuffix(text, []byte{'m'}), limit, 2)
	if !ok || below && n > locSeaLevel || n > 4284967295 {
		return 0, "not an altitude: write metres from -100000.00m to 42849672.95m"
	}
	r.at++
	if below {
		return locSeaLevel - uint32(n), ""
	}
	return locSeaLevel + uint32(n), ""
}

// maxPrecision is the most metres of a size or precision.
const maxPrecision = 90_000_000

// precision reads metres as one digit and a power of ten, in centimetres.
func (r *rdata) precision() (byte, string) {
	text, msg := r.word("metres")
	if msg != "" {
		return 0, msg
	}
	n, ok := fraction(bytes.TrimSuffix(text, []byte{'m'}), maxPrecision, 2)
	if !ok {
		return 0, "not a size or precision: write metres from 0m to 90000000m"
	}
	r.at++
	power := byte(0)
	for ; n >= 10; n /= 10 {
		power++
	}
	return byte(n)<<4 | power, ""
}

// printLOC prints a place; one of another version than 0 has no text.
func printLOC(p *printer) bool {
	if len(p.wire) > 0 && p.wire[0] != 0 {
		p.opaque = true
		return true
	}
	b, ok := p.take(16)
	if !ok {
		return false
	}
	var metres [3]string
	for i, c := range b[1:4] {
		if metres[i], ok = precisionText(c); !ok {
			return false
		}
	}
	latitude, ok1 := coordinateText(binary.BigEndian.Uint32(b[4:]), "NS", 90)
	longitude, ok2 := coordinateText(binary.BigEndian.Uint32(b[8:]), "EW", 180)
	above := int64(binary.BigEndian.Uint32(b[12:])) - locSeaLevel
	sign := ""
	if above < 0 {
		sign, above = "-", -above
	}
	p.out = fmt.Appendf(p.out, "%s %s %s%d.%02dm %s %s %s", latitude, longitude, sign, above/100, above%100, metres[0], metres[1], metres[2])
	return ok1 && ok2
}

// coordinateText prints an angle.
func coordinateText(n uint32, directions string, limit int64) (string, bool) {
	angle, direction := int64(n)-locMiddle, directions[:1]
	if angle < 0 {
		angle, direction = -angle, directions[1:]
	}
	seconds := angle / 1000
	return fmt.Sprintf("%d %d %d.%03d %s", seconds/3600, seconds/60%60, seconds%60, angle%1000, direction), angle <= limit*locDegree
}

// precisionText prints metres that are one digit and a power of ten, in centimetres.
func precisionText(c byte) (string, bool) {
	digit, power := c>>4, c&15
	if digit > 9 || power > 9 || digit == 0 && c != 0 {
		return "", false
	}
	n := int(digit)
	for range power {
		n *= 10
	}
	if power > 1 {
		return strconv.Itoa(n/100) + "m", true
	}
	return fmt.Sprintf("0.%02dm", n), true
}
