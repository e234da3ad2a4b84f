//go:build linux || darwin || freebsd || netbsd

package server

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// What named-checkconf says of the whole configuration is told, and nothing that it quotes of a file but names.
func TestComplaintsAboutTheConfiguration(t *testing.T) {
	needs.Program(t, "bind9-utils", "named-checkconf")
	dir := t.TempDir()
	putFile(t, filepath.Join(dir, "secret"), "hunter2:*:20228 yes;\n")
	for conf, want := range map[string]string{
		`zone "a.example" { type primary; file "a"; };`:                                     "",
		`zone "a.example" { type primary; file "a"; bogus-option yes; };`:                   "named.conf:1: unknown option 'bogus-option'",
		`zone "a.example" { type primary; file "a"; include "` + dir + `/secret"; };`:       "secret:1: unknown option '...'",
		`zone "a.example" { type primary; file "a"; update-policy { grant Key'x any; }; };`: "named.conf:1: ",
	} {
		path := filepath.Join(dir, "named.conf")
		putFile(t, path, conf)
		c, err := ReadConfiguration(path, "")
		if err != nil || len(c.Faults) > 0 {
			t.Fatal(err, c.Faults)
		}
		said, err := c.Complaints()
		all := strings.Join(said, "\n")
		if err != nil || (want == "") != (all == "") || !strings.Contains(all, want) || strings.Contains(all, "hunter") || strings.Contains(all, "Key'x") {
			t.Errorf("%s: %q, %v, want %q", conf, said, err, want)
		}
	}
	for in, want := range map[string]string{
		`f:1: unknown option 'root:*:1'`: `f:1: unknown option '...'`,
		`f:1: '{' expected near 'a.b-c'`: `f:1: '...' expected near 'a.b-c'`,
		`f:1: near 'secret that goes on`: `f:1: near '...'`,
		"a \"X y\" b\nc 'D":              "a \"...\" b\nc '...'",
	} {
		if got := withoutQuotes(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
