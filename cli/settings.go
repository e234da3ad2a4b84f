package cli

// Settings are read from $XDG_CONFIG_HOME/mailzone/config.toml (~/.config where that is not set), and from .mailzone.toml
// beside the zone file, or the file that --config names in its place, which has the last word. Flags go beyond both. A file
// that was merely found and cannot be believed or understood is not read: that is told in a line, and the rest goes on.

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// settingsName is the settings file beside zone files.
const settingsName = ".mailzone.toml"

// lintSettings is how a zone file is examined by the settings that count for it: in the editor as by the commands. Only a
// file that the user names, in the place of that beside the zone file, has to be right.
func (p *program) lintSettings(config, zonePath string) (lint.Options, error) {
	opt := lint.Options{Today: p.now(), Severity: map[string]lint.Severity{}, SetIn: map[string]string{}}
	if own := ownSettings(); own != "" {
		p.ownSettings().apply(&opt, own)
	}
	if config != "" {
		s, err := readSettings(config, disk.ReadNamedSettings, false)
		if err != nil {
			return opt, err
		}
		s.apply(&opt, config)
		return opt, nil
	}
	if zonePath == "-" || zonePath == stdinName {
		return opt, nil
	}
	beside := filepath.Join(filepath.Dir(zonePath), settingsName)
	p.found(beside, false).apply(&opt, beside)
	return opt, nil
}

// ownSettings is the user's own settings file, whether there is one or not; "" where nobody knows a folder for it.
func ownSettings() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "mailzone", "config.toml")
}

// readOwnSettings reads the user's own settings, which alone may allow something.
func (p *program) readOwnSettings() settings {
	own := ownSettings()
	if own == "" {
		return settings{}
	}
	s := p.found(own, true)
	p.ownCertificates(&s, own)
	return s
}

// includeDirs is where included files may be, beside where the zone file is: by the flag, and by the user's own
// settings. What lies beside a zone is as trustworthy as the zone, and allows nothing.
func (p *program) includeDirs(flag []string) []string {
	return append(slices.Clone(flag), p.ownSettings().includeDirs...)
}

// found reads settings at their usual place. Those that must not be believed, or cannot be understood, say nothing, and that
// is told.
func (p *program) found(path string, own bool) settings {
	s, err := readSettings(path, disk.ReadSettings, own)
	switch {
	case err == nil:
		return s
	case errors.Is(err, fs.ErrNotExist):
		return settings{}
	case own && os.Geteuid() == 0 && errors.Is(err, disk.ErrStranger):
		err = fmt.Errorf("%w (HOME or XDG_CONFIG_HOME is another user's, as sudo may leave it)", err)
	}
	p.note(err.Error())
	return settings{}
}

// readSettings reads one file. Its errors have the place in it, and none of its text: it may be a file for other eyes.
func readSettings(path string, read func(string) ([]byte, error), own bool) (settings, error) {
	src, err := read(path)
	if err != nil {
		return settings{}, err
	}
	s, err := parseSettings(src, own)
	if bad := new(settingsError); errors.As(err, &bad) {
		return settings{}, fmt.Errorf("%s:%d:%d: not read: %s", path, bad.line, bad.column, bad.what)
	}
	return s, err
}

// apply puts one file's settings into lint's options.
func (s settings) apply(opt *lint.Options, path string) {
	opt.Disable = append(opt.Disable, s.disable...)
	maps.Copy(opt.Severity, s.severity)
	for _, rule := range s.disable {
		opt.SetIn[rule] = path
	}
	for rule := range s.severity {
		opt.SetIn[rule] = path
	}
	opt.Certs = append(opt.Certs, s.certificates...)
	if s.ttlFloor != 0 {
		opt.TTLFloor = s.ttlFloor
	}
}

// ownCertificates is those of the user's own settings. A file that cannot be read is told, and the rest goes on.
func (p *program) ownCertificates(s *settings, own string) {
	for _, h := range s.certs {
		c, err := h.certificate()
		if err != nil {
			p.note(fmt.Sprintf("%s: lint.certs: %s: %v: nothing is held against it", own, h.file, err))
			continue
		}
		s.certificates = append(s.certificates, c)
	}
}
