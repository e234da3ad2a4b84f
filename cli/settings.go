package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// Settings are read from $XDG_CONFIG_HOME/mailzone/config.toml (~/.config where that is not set), and from
// the nearest .mailzone.toml beside the zone file or above it, which has the last word. Flags go beyond both.

// settings is what a settings file may say.
type settings struct {
	Lint struct {
		Disable  []string          `toml:"disable"`   // rules that do not run
		Severity map[string]string `toml:"severity"`  // rule = "warning"
		TTLFloor string            `toml:"ttl-floor"` // below which mx-ttl-low speaks, as "1h"
	} `toml:"lint"`
	IncludeDirs []string `toml:"include-dirs"` // as --include-dir; only the user's own settings may allow any
}

// settingsName is the settings file beside zone files.
const settingsName = ".mailzone.toml"

// maxSettings is the largest settings file, in bytes.
const maxSettings = 1 << 20

// lintSettings is how a zone file is examined by the settings that count for it: in the editor as by the commands.
func lintSettings(zonePath string) (lint.Options, error) {
	opt := lint.Options{Today: time.Now(), Severity: map[string]lint.Severity{}}
	for _, path := range settingsPaths(zonePath) {
		s, err := readSettings(path)
		if err != nil {
			return opt, err
		}
		if path != ownSettings() && len(s.IncludeDirs) > 0 {
			return opt, fmt.Errorf("%s: include-dirs: a file beside a zone allows nothing: write it in %s, or give --include-dir", path, ownSettings())
		}
		if err := s.apply(&opt); err != nil {
			return opt, fmt.Errorf("%s: %w", path, err)
		}
	}
	return opt, nil
}

// settingsPaths is the settings files that there are, the one with the last word last.
func settingsPaths(zonePath string) []string {
	var paths []string
	if own := ownSettings(); own != "" {
		paths = append(paths, own)
	}
	if near := nearestSettings(zonePath); near != "" {
		paths = append(paths, near)
	}
	return paths
}

// ownSettings is the user's own settings file, whether there is one or not; "" where nobody knows a folder for it.
func ownSettings() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "mailzone", "config.toml")
}

// includeDirs is where included files may be, beside where the zone file is: by the flag, and by the user's own
// settings. What lies beside a zone is as trustworthy as the zone, and allows nothing.
func (s *source) includeDirs() ([]string, error) {
	own := ownSettings()
	if own == "" {
		return s.include, nil
	}
	set, err := readSettings(own)
	for _, dir := range set.IncludeDirs {
		if !filepath.IsAbs(dir) {
			return nil, fmt.Errorf("%s: include-dirs: %q is not an absolute path: write the whole path", own, dir)
		}
	}
	return append(slices.Clone(s.include), set.IncludeDirs...), err
}

// nearestSettings looks beside the zone file, then in the folders above it; "" if there is none.
func nearestSettings(zonePath string) string {
	dir, err := filepath.Abs(filepath.Dir(zonePath))
	if err != nil || zonePath == "-" || zonePath == stdinName {
		return ""
	}
	for {
		path := filepath.Join(dir, settingsName)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// readSettings reads one file; one that does not exist says nothing.
func readSettings(path string) (s settings, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s, nil
	case err != nil:
		return s, fail(path, err)
	case !info.Mode().IsRegular() || info.Size() > maxSettings:
		return s, fmt.Errorf("%s: not a settings file: it has to be a file of at most 1 MiB", path)
	}
	meta, err := toml.DecodeFile(path, &s)
	if bad := new(toml.ParseError); errors.As(err, bad) {
		return s, fmt.Errorf("%s:%d: %s: correct it, or remove the file", path, bad.Position.Line, bad.Message)
	}
	if err != nil {
		return s, fail(path, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return s, fmt.Errorf("%s: %s: no such setting: lint.disable, lint.severity, lint.ttl-floor and include-dirs are", path, unknown[0])
	}
	return s, nil
}

// apply puts one file's settings into lint's options.
func (s settings) apply(opt *lint.Options) error {
	opt.Disable = append(opt.Disable, s.Lint.Disable...)
	for rule, word := range s.Lint.Severity {
		severity, err := lint.ParseSeverity(word)
		if err != nil {
			return fmt.Errorf("lint.severity.%s: %w", rule, err)
		}
		opt.Severity[rule] = severity
	}
	if s.Lint.TTLFloor != "" {
		seconds, ok := zonefile.ParseTTL(s.Lint.TTLFloor)
		if !ok {
			return fmt.Errorf("lint.ttl-floor: %q is not a TTL: write it as \"1h\" or \"3600\"", s.Lint.TTLFloor)
		}
		opt.TTLFloor = seconds
	}
	if err := opt.Validate(); err != nil {
		return fmt.Errorf("lint: %w", err)
	}
	return nil
}
