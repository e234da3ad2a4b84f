package ui

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The pictures of the pages that tell a time are what the program draws on the sample zone, by the clock of scripts: docs/picture.sh, which
// runs it in a terminal, draws the others. -update draws them anew.
func TestPictures(t *testing.T) {
	docs, err := filepath.Abs("../docs")
	if err != nil {
		t.Fatal(err)
	}
	drawer := filepath.Join(t.TempDir(), "picture")
	if out, err := exec.Command("go", "build", "-o", drawer, "../docs/picture").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, p := range []struct{ name, keys string }{
		{"review", `tab J w`},
		{"ignore", `2 down down down down I tab "short while the server is being set up"`},
		{"plan", `M ctrl+u "mx.provider.example." tab ctrl+u "mx4" tab "192.0.2.14" enter down enter`},
	} {
		t.Chdir(t.TempDir())
		u := newUser(t, "size: 96x28\nchecker: loads\ncoloured", demoZone)
		u.types(p.keys)
		for name, ground := range map[string]string{p.name: "dark", p.name + "-light": "light"} {
			cmd := exec.Command(drawer, ground)
			cmd.Stdin = bytes.NewReader([]byte(u.app.View()))
			now, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(docs, name+".svg")
			if *update {
				if err := os.WriteFile(path, now, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if old, err := os.ReadFile(path); err != nil || !bytes.Equal(old, now) {
				t.Errorf("%s is not what the program draws: go test ./ui -update draws it (%v)", path, err)
			}
		}
	}
}
