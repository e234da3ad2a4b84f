package cli

// The records of a provider, by its name: of those that come with the program, and of the user's own, which lie in mailzone/presets of his
// folder of settings, and never beside a zone.

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/ui"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
	"github.com/mailzone/mailzone/zonefile/presets"
)

// presetFlags is a preset and what it is told, by flags.
type presetFlags struct {
	name string
	set  []string
}

// flags adds them to a command; words is what else may stand in the place of a preset.
func (f *presetFlags) flags(cmd *cobra.Command, usage, usual string, words ...string) {
	cmd.Flags().StringVar(&f.name, "preset", usual, usage)
	several(cmd.Flags(), &f.set, "set", "`KEY=VALUE`: what the preset asks for")
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		list, _ := allPresets() // who has a file that cannot be read completes without it
		return append(words, presets.Names(list)...), cobra.ShellCompDirectiveNoFileComp
	}
	_ = cmd.RegisterFlagCompletionFunc("preset", complete) // fails only for a flag that does not exist
}

// allPresets is the presets that there are.
func allPresets() ([]presets.Preset, error) {
	list := presets.Builtin()
	dir, err := os.UserConfigDir()
	if err != nil {
		return list, nil
	}
	files, err := filepath.Glob(filepath.Join(dir, "mailzone", "presets", "*.toml"))
	if err != nil {
		return list, err
	}
	for _, path := range files {
		text, err := disk.ReadSettings(path)
		if err != nil {
			return list, err
		}
		own, err := presets.Read(path, text)
		if err != nil {
			return list, err
		}
		if list, err = presets.With(list, own); err != nil {
			return presets.Builtin(), err
		}
	}
	return list, nil
}

// preset is the one that is meant, with what it is told; others is what else may stand in its place.
func (f *presetFlags) preset(cmd *cobra.Command, others ...string) (p presets.Preset, v presets.Values, err error) {
	list, err := allPresets()
	if err != nil {
		return p, nil, usage(cmd, err)
	}
	p, ok := presets.Find(list, f.name)
	if !ok {
		names := append(others, presets.Names(list)...)
		if w := ui.Nearest(f.name, names); w != "" {
			return p, nil, usagef(cmd, "--preset %s: did you mean %s?", f.name, w)
		}
		return p, nil, usagef(cmd, "--preset %s: choose one of %s", f.name, zonefile.List(names, "and"))
	}
	if v, err = presets.ReadValues(f.set); err != nil {
		return p, nil, usagef(cmd, "--set %w", err)
	}
	return p, v, nil
}

// records is what the preset asks a domain for.
func (f *presetFlags) records(cmd *cobra.Command, p presets.Preset, v presets.Values, domain zonefile.Name) ([]presets.Record, error) {
	list, err := p.Records(domain, v)
	return list, wrongPreset(cmd, err)
}

// wrongPreset is what is wrong with a preset, or what it is told, as an error of usage.
func wrongPreset(cmd *cobra.Command, err error) error {
	w := new(presets.Wrong)
	switch {
	case !errors.As(err, &w):
		return err
	case w.Key == "":
		return usage(cmd, err)
	}
	return usagef(cmd, "--set %s (%s:%d)", w.What, w.File, w.Line)
}

// tellPreset tells where the records of a preset are from, and how old they are.
func (p *program) tellPreset(of presets.Preset) {
	p.tell(fmt.Sprintf("%s, %s: %s", of.Title, of.AsOf(p.now()), zonefile.List(of.Sources, "and")))
}
