package zonefile

// A zone file need not say which zone it is. What its text and its name tell is used; where they do not, nothing is
// guessed.

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// ErrNoOrigin says that a file tells nowhere what its relative names belong to.
var ErrNoOrigin = errors.New("the origin of the zone is not known")

// Told is the origin of a file, and what tells it.
type Told struct {
	Origin Name
	By     string // "its SOA"; "" if nothing does
}

// GuessOrigin finds the origin that a file is to be read with: the SOA's owner if the file makes it absolute, else the file's
// name without the parts that people add, if what is left may be a zone. A name of numbers is an address, backwards or not:
// which zone it is has to be said.
func GuessOrigin(path string, src []byte) (Told, error) {
	if soa, ok := Parse(path, src, Options{}).SOA(); ok {
		if _, err := ParseName(string(soa.Owner()), ""); err == nil {
			return Told{soa.Owner(), "its SOA"}, nil
		}
	}
	base := strings.Trim(zoneInName(filepath.Base(path)), ".")
	if n, err := ParseName(base+".", ""); err == nil && mayBeZone(base) {
		return Told{n, "its name"}, nil
	}
	return Told{}, &OriginError{path, addressReadings(base)}
}

// An OriginError is the error of a file that does not tell which zone it is.
type OriginError struct {
	Path     string
	Readings []Name // the zones that the numbers of its name may mean; none of another name
}

// Error names the remedy, and what the numbers may mean.
func (e *OriginError) Error() string {
	text := "--origin example.com"
	for i, n := range e.Readings {
		if i == 0 {
			text = "--origin " + strings.TrimSuffix(string(n), ".")
		} else {
			text += ", or --origin " + strings.TrimSuffix(string(n), ".") + " if the numbers stand backwards already"
		}
	}
	return fmt.Sprintf("%s: %v: give it by --origin, as in %s", e.Path, ErrNoOrigin, text)
}

// Unwrap makes it an ErrNoOrigin.
func (e *OriginError) Unwrap() error { return ErrNoOrigin }

// addedToZones is what people put behind the name of a zone in the name of its file.
var addedToZones = [...]string{".zone", ".db", ".hosts", ".txt", ".rev"}

// copiesOfZones is what stands behind the name of a file that is a copy, a part or another form of a zone's.
var copiesOfZones = [...]string{"bak", "backup", "old", "orig", "new", "save", "saved", "tmp", "temp", "copy", "rej", "swp", "inc", "include", "conf",
	"cfg", "raw", "map", "signed", "jnl", "jbk", "mkeys", "rpmsave", "rpmnew", "master", "slave", "primary", "secondary"}

// zoneInName is the name of a file without what people add to that of a zone, in whatever case they write it.
func zoneInName(file string) string {
	if len(file) > 3 && strings.EqualFold(file[:3], "db.") {
		file = file[3:]
	}
	for _, suffix := range addedToZones {
		if at := len(file) - len(suffix); at > 0 && strings.EqualFold(file[at:], suffix) {
			file = file[:at]
		}
	}
	return file
}

// mayBeZone tells whether a text may be the name of a zone: it has a dot, and its last label may be one of the top, which are
// letters (RFC 3696 §2), and is none of what marks a copy. Others are numbers, versions, days.
func mayBeZone(base string) bool {
	dot := strings.LastIndexByte(base, '.')
	if dot < 0 {
		return false
	}
	top := strings.ToLower(base[dot+1:])
	return len(top) > 1 && top[0] >= 'a' && top[0] <= 'z' && !strings.HasSuffix(top, "~") && !strings.HasPrefix(top, "dpkg-") &&
		!strings.HasPrefix(top, "ucf-") && !slices.Contains(copiesOfZones[:], top)
}

// addressReadings is the reverse zones that the name of a file may mean, where it is numbers that an address begins with: they
// may stand backwards already.
func addressReadings(base string) []Name {
	parts, top := strings.Split(base, "."), ""
	switch {
	case isAddress(parts):
		top = ".in-addr.arpa."
	case isNibbles(parts):
		top = ".ip6.arpa."
	default:
		return nil
	}
	slices.Reverse(parts)
	readings := []Name{Name(strings.ToLower(strings.Join(parts, ".")) + top)}
	if backwards := Name(strings.ToLower(base) + top); backwards != readings[0] {
		readings = append(readings, backwards)
	}
	return readings
}

// isAddress tells numbers that an IPv4 address may begin with (RFC 1035 §3.5).
func isAddress(parts []string) bool {
	return len(parts) <= 4 && !slices.ContainsFunc(parts, func(p string) bool {
		n, err := strconv.ParseUint(p, 10, 8)
		return err != nil || strconv.FormatUint(n, 10) != p
	})
}

// isNibbles tells digits that an IPv6 address may begin with (RFC 3596 §2.5).
func isNibbles(parts []string) bool {
	return len(parts) <= 32 && !slices.ContainsFunc(parts, func(p string) bool {
		return len(p) != 1 || !strings.Contains("0123456789abcdefABCDEF", p)
	})
}
