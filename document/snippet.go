package document

// A text that somebody wants to bring into the zone, from a file that he names.

import (
	"errors"
	"io"
	"os"
)

// ReadSnippet reads a file of at most so many octets. What is no ordinary file is refused: a pipe may never end.
func ReadSnippet(path string, most int) (string, error) {
	at, err := os.Stat(path)
	if err != nil {
		return "", missing(err)
	}
	if !at.Mode().IsRegular() {
		return "", errors.New("no ordinary file")
	}
	f, err := os.Open(path)
	if err != nil {
		return "", missing(err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, int64(most)+1))
	return string(text), err
}

// missing is an error without the path: who asks names it.
func missing(err error) error {
	if p := new(os.PathError); errors.As(err, &p) {
		return p.Err
	}
	return err
}
