package ui

// The zones that are built in, to try the list of them on: a name server's configuration and its files are copied first, and no
// server reads them.

import (
	"embed"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// demoServer is named.conf, in which DIRECTORY stands for where it is, and the zone files of a small provider, with the mistakes
// that people make.
//
//go:embed demo/server
var demoServer embed.FS

// DemoServer writes the configuration and the zones to a new directory, the sample zone among them.
func DemoServer() (dir, conf string, err error) {
	if dir, err = os.MkdirTemp("", "mailzone-demo-"); err != nil {
		return "", "", err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(dir)
		}
	}()
	const top = "demo/server"
	err = fs.WalkDir(demoServer, top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(dir, strings.TrimPrefix(path, top))
		if d.IsDir() {
			return os.MkdirAll(to, 0o700)
		}
		text, err := demoServer.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, []byte(strings.ReplaceAll(string(text), "DIRECTORY", dir)), 0o600)
	})
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "zones", "db.example.com"), demoZone, 0o600)
	}
	return dir, filepath.Join(dir, "named.conf"), err
}
