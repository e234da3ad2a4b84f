//go:build linux || darwin || freebsd || netbsd

package server

// The reader of named.conf against configurations of all shapes, in testdata/configurations: each has what is to be listed, and
// named-checkconf is asked whether it reads the same there. What $DIR stands for is the directory of the case.

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

// A confCase is a configuration in a directory of its own.
type confCase struct {
	dir, comment string
	files        map[string]string
}

// eachConfiguration does something in the directory of each case.
func eachConfiguration(t *testing.T, do func(t *testing.T, c confCase)) {
	t.Helper()
	cases, err := filepath.Glob("testdata/configurations/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			c := unpackConfiguration(t, archive)
			t.Chdir(c.dir)
			do(t, c)
		})
	}
}

// unpackConfiguration writes the files of a case.
func unpackConfiguration(t *testing.T, archive *txtar.Archive) confCase {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c := confCase{dir, string(archive.Comment), map[string]string{}}
	for _, f := range archive.Files {
		text := strings.ReplaceAll(string(f.Data), "$DIR", dir)
		switch c.files[f.Name] = text; f.Name {
		case "rows", "told", "links", "chroot", "other":
			continue
		}
		putFile(t, filepath.Join(dir, f.Name), text)
	}
	for line := range strings.Lines(c.files["links"]) {
		at, to, _ := strings.Cut(strings.TrimSpace(line), " ")
		if err := os.Symlink(to, filepath.Join(dir, at)); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// putFile writes a file with the directories that it is in.
func putFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// read reads the configuration of a case.
func (c confCase) read(t *testing.T) Configuration {
	t.Helper()
	chroot := strings.TrimSpace(c.files["chroot"])
	conf := filepath.Join(c.dir, "named.conf")
	if chroot != "" {
		conf = "/etc/named.conf"
	}
	got, err := ReadConfiguration(conf, chroot)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// rowText is a row as cases have it.
func (c confCase) rowText(z Zone) string {
	file := "-"
	if z.File != "" {
		file = strings.TrimPrefix(filepath.Clean(z.File), c.dir+"/")
	}
	if strings.ContainsAny(file, " \"") {
		file = strconv.Quote(file)
	}
	views := strings.Join(z.Views, ",")
	if views == "" {
		views = "-"
	}
	text := fmt.Sprintf("%s %s %s %s %s", z.Name, views, z.Kind, file, map[bool]string{true: "yes", false: "no"}[z.Editable()])
	if z.Added {
		text += " added"
	}
	return text
}

func TestConfigurations(t *testing.T) {
	eachConfiguration(t, func(t *testing.T, c confCase) {
		got := c.read(t)
		var rows strings.Builder
		for _, z := range got.Zones {
			fmt.Fprintln(&rows, c.rowText(z))
		}
		if rows.String() != c.files["rows"] {
			t.Errorf("got\n%swant\n%s", &rows, c.files["rows"])
		}
		told := ""
		for _, fault := range got.Faults {
			told += fault + "\n"
		}
		if told != c.files["told"] {
			t.Errorf("told\n%swant\n%s", told, c.files["told"])
		}
		if want, _ := strconv.Atoi(strings.TrimSpace(c.files["other"])); got.Other != want {
			t.Errorf("%d zones of other classes, want %d", got.Other, want)
		}
		for _, secret := range []string{"secret", "c2Vj"} {
			if all := fmt.Sprintf("%+v", got); strings.Contains(all, secret) {
				t.Errorf("%q is kept: %s", secret, all)
			}
		}
	})
}

// Without a template a file is the one that is there: named.conf does not tell how new named is.
func TestFileNamedAfterItsZone(t *testing.T) {
	dir := t.TempDir()
	conf := filepath.Join(dir, "named.conf")
	putFile(t, conf, `options { directory "`+dir+`"; }; zone "a.example" { type primary; file "$name.db"; };`)
	for _, want := range []string{"$name.db", "a.example.db", "$name.db"} { // none is there, the new one, both
		c, err := ReadConfiguration(conf, "")
		if err != nil || len(c.Zones) != 1 || c.Zones[0].File != filepath.Join(dir, want) {
			t.Errorf("%+v, %v, want %s", c.Zones, err, want)
		}
		putFile(t, filepath.Join(dir, "a.example.db"), "")
		if want != "$name.db" {
			putFile(t, filepath.Join(dir, "$name.db"), "")
		}
	}
}

// TestConfigurationsAsBIND asks named-checkconf for the same lists: names, views, types and files.
func TestConfigurationsAsBIND(t *testing.T) {
	needs.Program(t, "bind9-utils", "named-checkconf")
	eachConfiguration(t, func(t *testing.T, c confCase) {
		args := []string{"-px", "named.conf"}
		if chroot := strings.TrimSpace(c.files["chroot"]); chroot != "" {
			needs.Root(t)
			args = []string{"-t", chroot, "-px", "/etc/named.conf"}
		}
		out, err := exec.Command("named-checkconf", args...).CombinedOutput()
		if refused := strings.HasPrefix(c.comment, "Refused by BIND"); refused || err != nil {
			if refused != (err != nil) {
				t.Errorf("named-checkconf: %v\n%s", err, out)
			}
			return
		}
		want := bindRows(readConf(string(out)))
		var got []string
		for _, z := range c.read(t).Zones {
			if !z.Added {
				got = append(got, asBINDHasIt(z)...)
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("got\n%s\nBIND has\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

// A zoneInView is a zone in a view.
type zoneInView struct {
	name zonefile.Name
	view string
}

// bindRows is the zones that named-checkconf printed.
func bindRows(conf statement) (rows []string) {
	of := map[zoneInView]string{}
	var look func(in statement, view string)
	look = func(in statement, view string) {
		for _, s := range in.body {
			switch {
			case len(s.words) < 2 || len(s.words) > 2 && !strings.EqualFold(s.words[2], "IN") && !strings.EqualFold(s.words[2], "class1"):
			case s.words[0] == "view":
				look(s, s.words[1])
			case s.words[0] == "zone":
				name, _ := zonefile.ParseName(s.words[1], zonefile.Root)
				is := modernType(strings.ToLower(s.value("type"))) + " " + filepath.Base(s.value("file"))
				if target := s.value("in-view"); target != "" {
					is = of[zoneInView{name, target}]
				}
				of[zoneInView{name, view}] = is
				rows = append(rows, fmt.Sprintf("%s %s %s", name, view, is))
			}
		}
	}
	look(conf, "")
	return rows
}

// asBINDHasIt is the statements that a row stands for.
func asBINDHasIt(z Zone) (rows []string) {
	kind := z.Kind
	switch kind {
	case "dynamic", "signed":
		kind = "primary"
	case "catalog":
		kind = "secondary"
	}
	for _, v := range z.Views {
		rows = append(rows, fmt.Sprintf("%s %s %s %s", z.Name, v, kind, filepath.Base(z.File)))
	}
	return rows
}
