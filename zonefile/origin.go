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

// GuessOrigin finds the origin that a file is to be read with: the SOA's owner if the file makes it
// absolute, else the file's name without the parts that people add, if a dot is left in it. A name of numbers is an
// address, backwards or not: which zone it is has to be said.
func GuessOrigin(path string, src []byte) (Name, error) {
	if soa, ok := Parse(path, src, Options{}).SOA(); ok {
		if _, err := ParseName(string(soa.Owner()), ""); err == nil {
			return soa.Owner(), nil
		}
	}
	base := strings.TrimPrefix(filepath.Base(path), "db.")
	for _, suffix := range []string{".zone", ".db", ".hosts", ".txt", ".rev"} {
		base = strings.TrimSuffix(base, suffix)
	}
	base = strings.Trim(base, ".")
	example := "example.com"
	if reverse, ok := reverseZone(base); ok {
		example = reverse
	} else if n, err := ParseName(base+".", ""); err == nil && strings.Contains(base, ".") {
		return n, nil
	}
	return "", fmt.Errorf("%s: %w: give it by --origin, as in --origin %s", path, ErrNoOrigin, example)
}

// reverseZone is the zone of the addresses that start with some numbers: 2.0.192.in-addr.arpa of 192.0.2 (RFC 1035 §3.5).
func reverseZone(numbers string) (zone string, ok bool) {
	parts := strings.Split(numbers, ".")
	for _, p := range parts {
		n, err := strconv.ParseUint(p, 10, 8)
		if err != nil || strconv.FormatUint(n, 10) != p {
			return "", false
		}
	}
	slices.Reverse(parts)
	return strings.Join(parts, ".") + ".in-addr.arpa", len(parts) <= 4
}
