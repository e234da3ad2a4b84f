package document

// Which zone a file is: what the user says, else what the name server's configuration has in it, else what its text tells, or
// its name. Where several zones have one file, the user has to say which of them is meant.

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// SeveralZones is the error of a file that is several zones by the configuration, of which nobody has said which is meant.
type SeveralZones struct {
	Path  string
	Names []zonefile.Name
	By    string // the configuration
}

// Error names the zones, as many as can be read.
func (e *SeveralZones) Error() string {
	const most = 5
	var names []string
	for _, n := range e.Names {
		if len(names) == most {
			names = append(names, fmt.Sprintf("and %d more", len(e.Names)-most))
			break
		}
		names = append(names, n.Plain())
	}
	return fmt.Sprintf("%s: %s has %d zones in this file: %s: say which one it is to be, as in --origin %s", e.Path, e.By, len(e.Names),
		strings.Join(names, ", "), e.Names[0].Plain())
}

// Unwrap makes it an error of a file of which the origin is not known.
func (e *SeveralZones) Unwrap() error { return zonefile.ErrNoOrigin }

// Choices is the zones that a file may be which could not be opened because nobody said which of them is meant; none of any other
// error.
func Choices(err error) []zonefile.Name {
	var several *SeveralZones
	var numbers *zonefile.OriginError
	switch {
	case errors.As(err, &several):
		return several.Names
	case errors.As(err, &numbers):
		return numbers.Readings
	}
	return nil
}

// placement is what the configuration says of the file at a path, with all links followed.
func (a Asking) placement(path string) (p server.Placement) {
	if a.Placed == nil || path == "" {
		return p
	}
	at, err := filepath.Abs(path)
	if err == nil {
		at, err = placeOf(at)
	}
	if err != nil {
		return p
	}
	return a.Placed(at)
}

// placeOf is a path with all links followed; of a file that is not there yet, those of its directory.
func placeOf(path string) (string, error) {
	at, err := filepath.EvalSymlinks(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return at, err
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	return filepath.Join(dir, filepath.Base(path)), err
}

// originOf is which zone a file is of which something may be said.
func originOf(said zonefile.Name, placed server.Placement, name string, text []byte) (zonefile.Told, error) {
	if said != "" {
		return zonefile.Told{Origin: said, By: "--origin"}, nil
	}
	switch names := placed.Names(); len(names) {
	case 0:
		return zonefile.GuessOrigin(name, text)
	case 1:
		return zonefile.Told{Origin: names[0], By: "named.conf"}, nil
	default:
		return zonefile.Told{}, &SeveralZones{name, names, placed.By}
	}
}
