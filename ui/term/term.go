// Package term keeps bubbletea from questioning the terminal while the program starts.
//
// bubbletea v1's init asks the terminal for its background colour (OSC 11, then CSI 6n) and waits up to five seconds for
// an answer, in every run of the binary: a `--version`, a completion, a lint in a pipeline on a terminal. termenv, which
// does the asking, leaves a terminal alone whose TERM is "dumb". So this package says so before bubbletea's init runs,
// and [Restore], the first call of package ui, takes it back.
//
// That this init comes first is not luck. Go initialises the packages whose imports are all initialised in the order of
// their import paths (https://go.dev/ref/spec#Program_initialization). This package imports nothing but os, which
// termenv imports too, and its path sorts before github.com/muesli/termenv: whenever termenv is ready this package is
// ready as well, and goes first. lipgloss imports termenv, and bubbletea imports lipgloss, so both come later still,
// although their own paths sort before this one. Another import here, or another place for this package, may break it;
// the test of this package runs a binary on a pseudo-terminal and fails if one byte is written there.
package term

import "os"

// name and isSet are TERM as the program was started with it. Nothing writes to them afterwards.
var name, isSet = os.LookupEnv("TERM")

// The one init of the program. An error cannot happen: neither the name nor the value has a NUL in it.
func init() { _ = os.Setenv("TERM", "dumb") }

// Restore gives TERM the value it had when the program started, for colour profiles, terminal descriptions and child
// processes. Calling it twice does no harm.
func Restore() {
	if !isSet {
		_ = os.Unsetenv("TERM")
		return
	}
	_ = os.Setenv("TERM", name)
}
