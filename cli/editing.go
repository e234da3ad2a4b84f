package cli

// What the editor is told, by flags and by what its argument names.

import (
	"errors"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/ui"
	"github.com/mailzone/mailzone/zonefile"
)

// editOptions are the flags of the editor.
type editOptions struct {
	source   source
	readonly bool
	view     string
	screen   screen
}

// screen says how the editor looks, as flags have it.
type screen struct {
	ascii bool
	mouse bool
}

// flags adds the flags of a screen to a command.
func (s *screen) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&s.ascii, "ascii", false, "draw lines with ASCII alone")
	cmd.Flags().BoolVar(&s.mouse, "mouse", false, "let the mouse choose")
}

// editing is what the editor is to know of a zone file, or of a zone of the name server that is named.
func (p *program) editing(cmd *cobra.Command, opt *editOptions, arg string) (o ui.Options, err error) {
	o = p.screenOptions(opt.screen)
	o.Path, o.ReadOnly, o.Directory = arg, opt.readonly, opt.source.directory
	if o.Origin, err = opt.source.originName(cmd, arg); err != nil {
		return o, err
	}
	zone, named, err := p.zoneByName(cmd, arg, opt.view)
	if err != nil {
		return o, err
	}
	if named {
		o.Path = zone.File
		if o.Origin == "" {
			o.Origin = zone.Name
		}
	}
	o.IncludeDirs = p.includeDirs(opt.source.include)
	o.Lint, err = p.lintSettings(opt.source.config, o.Path)
	o.Notes = p.notes
	if o.New = opt.isNew(cmd, o); o.New {
		if meant := nearFile(o.Path); meant != "" {
			o.Notes = append(o.Notes, "a new file; did you mean "+meant+"?")
		}
	}
	return o, err
}

// isNew tells a name that is free and tells which zone it is to be. A slip in the name of a command is none.
func (opt *editOptions) isNew(cmd *cobra.Command, o ui.Options) bool {
	if _, err := os.Lstat(o.Path); opt.readonly || !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	_, err := zonefile.GuessOrigin(o.Path, nil)
	return o.Origin != "" || err == nil && ui.Nearest(o.Path, commandNames(cmd)) == ""
}

// screenOptions is a screen in the words of the editor.
func (p *program) screenOptions(s screen) ui.Options {
	o := ui.Options{Asking: p.asking, Presets: allPresets, Color: "never", ASCII: s.ascii, Mouse: s.mouse}
	if p.colored() {
		o.Color = "always"
	}
	return o
}
