// How many files a command that only reads has open at a time: few, however many zones there are and files that a zone includes.
package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// fewDescriptors is how many a command may have open.
const fewDescriptors = 64

func TestFewDescriptors(t *testing.T) {
	needs.Long(t)
	const files = 4 * fewDescriptors
	bin, dir := built(t), t.TempDir()
	makeFiles(t, dir, files)
	zone := zoneHead
	for i := range files {
		name := fmt.Sprintf("part%d", i)
		put(t, filepath.Join(dir, name), fmt.Sprintf("i%d A 10.0.0.1\n", i))
		zone += "$INCLUDE " + name + "\n"
	}
	put(t, filepath.Join(dir, "db.example.com"), zone)
	put(t, filepath.Join(dir, "script"), "add zzz.example.com. 300 TXT x\n")
	for _, command := range []string{"lint *.zone", "lint --format json *.zone", "list db.example.com", "preview db.example.com", "apply db.example.com <script"} {
		cmd := exec.Command("sh", "-c", fmt.Sprintf(`ulimit -n %d && exec "$0" %s`, fewDescriptors, command), bin)
		cmd.Dir, cmd.Env = dir, append(cmd.Environ(), "XDG_STATE_HOME="+dir)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", command, err, out)
		}
	}
}
