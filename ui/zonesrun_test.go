package ui

import (
	"path/filepath"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// The zones that are built in, in a real terminal: the worst comes first, a route is marked as one, enter leads into a zone, an edit
// is saved there, esc leads back, and the list knows what the edit mended. q ends all, and nothing is left behind.
func TestZonesInATerminal(t *testing.T) {
	needs.Long(t)
	dir := t.TempDir()
	w := openTerminal(t, []string{"TMPDIR=" + dir, "LC_ALL=C.UTF-8", "TERM=xterm-256color", "XDG_CONFIG_HOME=" + t.TempDir()},
		builtProgram(t)+" demo --server; echo status $?; exec sleep 60")
	w.waitFor("18 zones, 3 with errors")
	w.waitFor("▸ example.com")
	w.press(": 7 names in 7 zones", "t")
	w.press("8 marked", "g", "Space")
	w.press("Problems of 8 zones", ":", "lint", "Enter")
	w.press("t by name", "Escape")
	w.press("t by route", "t")
	w.press("▸ shop.example", "/", "shop", "Enter")
	w.press("[NAMES]", "Enter")
	w.press("[2 PROBLEMS 1]", "2")
	w.press("enter apply", "f")
	w.press("enter go", "Enter")
	w.press("Review of 1 edit", "w")
	w.press("saved, serial", "w")
	w.press("18 zones, 2 with errors", "Escape")
	w.press("[NAMES]", "Enter")
	w.press("18 zones, 2 with errors", "Escape")
	w.press("status 0", "q")
	if left, _ := filepath.Glob(filepath.Join(dir, "mailzone-demo-*")); len(left) > 0 {
		t.Errorf("the sample zones are left behind: %q", left)
	}
}
