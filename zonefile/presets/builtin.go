package presets

// The presets that come with the program: of providers whose own page says all of their records.

import (
	"embed"
	"fmt"
	"path"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

//go:embed data/*.toml
var data embed.FS

// Builtin is the presets that come with the program, by their names.
func Builtin() []Preset {
	var list []Preset
	files, _ := data.ReadDir("data") // it is there
	for _, f := range files {
		text, _ := data.ReadFile(path.Join("data", f.Name()))
		if p, err := Read("preset "+f.Name(), text); err == nil { // a test reads them all
			list = append(list, p)
		}
	}
	return list
}

// With is presets with one of the user's own more, whose name has to be free.
func With(list []Preset, own Preset) ([]Preset, error) {
	if _, known := Find(list, own.Name); known {
		return nil, own.wrong("name", "there is a preset %s already: call it otherwise", own.Name)
	}
	return append(slices.Clip(list), own), nil
}

// Unknown is the error for a name that no preset has.
func Unknown(list []Preset, name string) error {
	return fmt.Errorf("no preset %q: there is %s", name, zonefile.List(Names(list), "and"))
}
