// How many files a command that only reads has open at a time: few, however many zones there are and files that a zone includes.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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

// What lies beside zone files is looked for without a listing of their directory for each: of four times as many files that would be
// sixteen times as much.
func TestNoDirectoryIsListedForEachFile(t *testing.T) {
	needs.Program(t, "strace", "strace")
	bin := built(t)
	for _, command := range []string{"lint *.zone", "lint --fix *.zone", "lint z00000.example.zone"} {
		lists := func(files int) int {
			dir := t.TempDir()
			makeFiles(t, dir, files)
			cmd := exec.Command("sh", "-c", "exec strace -f -o calls -e trace=getdents64 \"$0\" "+command, bin)
			cmd.Dir, cmd.Env = dir, append(cmd.Environ(), "XDG_STATE_HOME="+dir)
			if out, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != 1 {
				t.Fatalf("%s: %v\n%s", command, err, out)
			}
			calls, err := os.ReadFile(filepath.Join(dir, "calls"))
			if err != nil {
				t.Fatal(err)
			}
			return strings.Count(string(calls), "getdents64(")
		}
		few, many := lists(25), lists(100)
		if t.Logf("%s: %d calls where there are 25 files, %d where there are 100", command, few, many); many > few+20 {
			t.Errorf("%s lists directories by %d calls where there are 25 files, and by %d where there are 100", command, few, many)
		}
	}
}
