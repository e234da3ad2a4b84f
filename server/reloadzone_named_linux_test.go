package server

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// saveBIND saves files below /etc/bind as mailzone saves.
func saveBIND(t *testing.T, files map[string]string) {
	t.Helper()
	state := t.TempDir()
	for name, text := range files {
		f, err := disk.Open(filepath.Join("/etc/bind", name), disk.Options{StateDir: state})
		if err == nil {
			_, err = f.Save([]byte(text), disk.SaveOptions{})
			f.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Many zones are read again, each by its name and in its views, and nothing else of the configuration with them.
func TestReloadZoneOfRealNamed(t *testing.T) {
	ownBIND(t)
	const n = 12
	conf := labTop + "view in {\n"
	files := map[string]string{"rndc.key": labKey}
	for i := range n {
		conf += fmt.Sprintf("zone \"z%d.example\" { type primary; file \"db.%d\"; };\n", i, i)
		files[fmt.Sprintf("db.%d", i)] = labZone
	}
	conf += "zone \"broken.example\" { type primary; file \"broken\"; };\n"
	files["broken"] = "$TTL 1d\n@ SOA ns1 h 10 1h 15m 1w 1h\n"
	files["named.conf"] = conf + "};\nview out { zone \"z0.example\" { type primary; file \"db.0\"; }; };\n"
	putBIND(t, files)
	startNamed(t)

	ends := func() bool { return true }
	goes := func() bool { return false }
	next := map[string]string{"named.conf": conf + "zone \"nobody-asked.example\" { type primary; file \"db.1\"; }; };\nview out { zone \"z0.example\" { type primary; file \"db.0\"; }; };\n"}
	for i := range n {
		next[fmt.Sprintf("db.%d", i)] = strings.Replace(labZone, " 10 ", " 11 ", 1)
	}
	next["db.2"] = strings.Replace(next["db.2"], "192.0.2.53", "192.0.2.x", 1) // what the check would have found
	saveBIND(t, next)
	for i := range n {
		z := Zone{Name: zonefile.Name(fmt.Sprintf("z%d.example.", i)), Views: []string{"in"}}
		ended := goes
		if i == 0 {
			z.Views = append(z.Views, "out")
		}
		want := ServesNew
		if i == 2 {
			want, ended = ServesOld, ends
		}
		if served, err := ReloadZone(z, 11, ended); served != want || (err == nil) != (want == ServesNew) {
			t.Errorf("%s: %q, %v", z.Name, served, err)
		}
	}
	for _, view := range []string{"in", "out"} {
		if st, err := askStatus("z0.example", view); err != nil || st.serial != 11 {
			t.Errorf("z0.example in %s: %+v, %v", view, st, err)
		}
	}
	if st, err := askStatus("nobody-asked.example", "in"); err == nil {
		t.Errorf("the configuration was read again: %+v", st)
	}
	if served, err := ReloadZone(Zone{Name: "broken.example.", Views: []string{"in"}}, 11, ends); served != ServesNone || err == nil {
		t.Errorf("broken.example: %q, %v", served, err)
	}
	if served, err := ReloadZone(Zone{Name: "z1.example.", Views: []string{"none"}}, 11, goes); served != NotRead || err == nil || errors.Is(err, ErrUnreachable) {
		t.Errorf("in a view that is not there: %q, %v", served, err)
	}
	mustRndc(t, "stop")
	for range 100 {
		if _, err := askStatus("z1.example", "in"); err != nil && strings.Contains(err.Error(), "connect failed") {
			break
		}
	}
	if served, err := ReloadZone(Zone{Name: "z1.example.", Views: []string{"in"}}, 11, goes); served != NotRead || !errors.Is(err, ErrUnreachable) {
		t.Errorf("without named: %q, %v", served, err)
	}
}
