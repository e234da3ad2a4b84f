//go:build darwin || freebsd || netbsd

package server

// Where no program can be given a text that is in no file: it is asked about zones one by one.

import (
	"errors"
	"os"
)

// canGive says that what is read at toolFile is read once here: zones are asked about one by one.
const canGive = false

// anonymous fails; it is asked for nowhere.
func anonymous([]byte) (*os.File, error) { return nil, errors.ErrUnsupported }
