// The commands as their users run them: every script of testdata/script is a session in a shell.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/mailzone/mailzone/testdata/needs"
)

var update = flag.Bool("update", false, "write anew what the tests expect; git diff shows what has changed")

func TestMain(m *testing.M) {
	testscript.Main(needs.Main{M: m}, map[string]func(){"mailzone": checked, "shape": shapeMain, "stages": stagesMain, "faults": faultsMain})
}

func TestScripts(t *testing.T) { runScripts(t, nil) }

// runScripts runs scripts, all if none are named, with more in their environment.
func runScripts(t *testing.T, files []string, more ...string) {
	dir := "testdata/script"
	if len(files) > 0 {
		dir = ""
	}
	testscript.Run(t, testscript.Params{
		Dir:                 dir,
		Files:               files,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update && len(more) == 0,
		Setup: func(env *testscript.Env) error {
			env.Setenv("LC_ALL", "C.UTF-8")
			env.Setenv("XDG_STATE_HOME", env.WorkDir+"/state")
			env.Vars = append(env.Vars, more...)
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond != "root" {
				return false, fmt.Errorf("no condition %q", cond)
			}
			return os.Geteuid() == 0, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status, "interrupt": interrupt, "link": link,
		},
	})
}

// laterVar is the variable by which a script moves the clock of the program on: `env later=26h`.
const laterVar = "later"

// scriptClock is the clock of a program that a script runs.
func scriptClock() time.Time {
	d, err := time.ParseDuration(os.Getenv(laterVar))
	if err != nil && os.Getenv(laterVar) != "" {
		panic(err)
	}
	return time.Now().Add(d)
}

// status runs a program and wants an exit status: `status 3 mailzone list zone`.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND [ARG...]")
	}
	got := "0"
	var exit *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &exit):
		got = strconv.Itoa(exit.ExitCode())
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
}
