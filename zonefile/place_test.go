package zonefile

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// The zones of testdata/place are written as administrators write them, and say where a person would put a new record.
// Their first file says how they are read.

// placeCase is one of these zones.
type placeCase struct {
	name   string
	origin Name
	adds   []string          // operations, one after the other
	script string            // commands of one script
	files  map[string]string // before
	want   map[string]string
}

// placeCases reads the zones of a file.
func placeCases(t *testing.T, path string) []*placeCase {
	ar, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var cases []*placeCase
	for _, f := range ar.Files {
		name, _, part := strings.Cut(f.Name, "/")
		if !part {
			cases = append(cases, &placeCase{name: name, origin: "example.com.", files: map[string]string{}, want: map[string]string{}})
		}
		text := string(f.Data)
		if strings.HasSuffix(text, "\n\n") { // between two cases
			text = text[:len(text)-1]
		}
		cases[len(cases)-1].read(f.Name, text)
	}
	return cases
}

// read takes one file of a case apart.
func (c *placeCase) read(name, text string) {
	unmark := strings.NewReplacer("␍", "\r", "␄\n", "").Replace
	var before, after strings.Builder
	for line := range strings.Lines(text) {
		command, isCommand := strings.CutPrefix(line, "<< ")
		added, isAdded := strings.CutPrefix(line, ">> ")
		script, isScript := strings.CutPrefix(command, "script ")
		origin, isOrigin := strings.CutPrefix(command, "origin ")
		switch {
		case !isCommand && isAdded:
			after.WriteString(added)
		case !isCommand:
			before.WriteString(line)
			after.WriteString(line)
		case isScript:
			c.script += script
		case isOrigin:
			c.origin = Name(strings.TrimSpace(origin))
		default:
			c.adds = append(c.adds, strings.TrimSpace(command))
		}
	}
	c.files[name], c.want[name] = unmark(before.String()), unmark(after.String())
}

// parse reads the zone as it was.
func (c *placeCase) parse() *Zone {
	return Parse(c.name, []byte(c.files[c.name]), Options{Origin: c.origin, Open: func(path string, _ *File) (string, []byte, error) {
		text, ok := c.files[path]
		if !ok {
			return "", nil, fs.ErrNotExist
		}
		return path, []byte(text), nil
	}})
}

// check compares a version with what is wanted.
func (c *placeCase) check(t *testing.T, z *Zone) {
	t.Helper()
	for f := range z.Files() {
		if got, want := string(f.Bytes()), c.want[f.Name()]; got != want {
			t.Errorf("%s is\n%s\nwant\n%s", f.Name(), show(got), show(want))
		}
	}
}

// TestPlaces adds the records one after the other, and in one script: both put them where a person would.
func TestPlaces(t *testing.T) {
	paths, _ := filepath.Glob("testdata/place/*.txtar")
	zones := 0
	for _, path := range paths {
		for _, c := range placeCases(t, path) {
			zones++
			t.Run(c.name, func(t *testing.T) { c.run(t) })
		}
	}
	if zones < 40 {
		t.Errorf("only %d zones", zones)
	}
}

// run does what a case says.
func (c *placeCase) run(t *testing.T) {
	z, script := c.parse(), c.script
	for _, add := range c.adds {
		z = editLine(t, z, add)
		words := strings.Fields(add)
		script += "add " + words[1] + " " + strings.Join(words[2:], " ") + "\n"
	}
	if len(c.adds) > 0 {
		c.check(t, z)
		script = strings.ReplaceAll(script, " - ", " ")
	}
	z = c.parse()
	edits, err := z.Script(strings.NewReader("origin example.com.\n" + script))
	if err != nil {
		t.Fatal(err)
	}
	c.check(t, mustApply(t, z, edits))
}
