package ui

// The zone that is built in, to try the program on: it is copied first, so that nobody's file is touched.

import (
	_ "embed"
	"os"
	"path/filepath"
)

// demoZone is a sample zone with everything that the program is for: a company between its provider's
// mail server and its own, and the mistakes that people make on the way.
//
//go:embed demo/db.example.com
var demoZone []byte

// demoCopy writes the sample zone to a new directory and makes it the file to edit.
func demoCopy(opt *Options) (dir string, err error) {
	if dir, err = os.MkdirTemp("", "mailzone-demo-"); err != nil {
		return "", err
	}
	opt.Path, opt.Origin, opt.state = filepath.Join(dir, "db.example.com"), "example.com.", filepath.Join(dir, "state")
	return dir, os.WriteFile(opt.Path, demoZone, 0o600)
}
