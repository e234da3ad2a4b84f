package zonefile

// A zone file need not say which zone it is. What its text and its name tell is used; where they do not, nothing is
// guessed.

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// ErrNoOrigin says that a file tells nowhere what its relative names belong to.
var ErrNoOrigin = errors.New("the origin of the zone is not known: give it by --origin, as in --origin example.com")

// GuessOrigin finds the origin that a file is to be read with: the SOA's owner if the file makes it
// absolute, else the file's name without the parts that people add, if a dot is left in it.
func GuessOrigin(path string, src []byte) (Name, error) {
	if soa, ok := Parse(path, src, Options{}).SOA(); ok {
		if _, err := ParseName(string(soa.Owner()), ""); err == nil {
			return soa.Owner(), nil
		}
	}
	base := strings.TrimPrefix(filepath.Base(path), "db.")
	for _, suffix := range []string{".zone", ".db", ".hosts", ".txt"} {
		base = strings.TrimSuffix(base, suffix)
	}
	base = strings.Trim(base, ".")
	if n, err := ParseName(base+".", ""); err == nil && strings.Contains(base, ".") {
		return n, nil
	}
	return "", fmt.Errorf("%s: %w", path, ErrNoOrigin)
}
