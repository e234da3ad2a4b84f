// What people see of every command, on a terminal and in a pipe: messages behind what was printed, colours where they are
// wanted, lines that fit, and no byte of a zone that a terminal would take for a command.
package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clipperhouse/displaywidth"
	"github.com/creack/pty"

	"github.com/mailzone/mailzone/testdata/needs"
)

// place is where a command writes to: a terminal of some columns, or a pipe.
type place struct {
	columns int // 0: a pipe
	env     []string
}

// ran is what came of a command.
type ran struct {
	text   string
	status int
}

// runIn runs mailzone in a directory with both outputs at one place.
func runIn(t *testing.T, dir string, at place, stdin string, args ...string) ran {
	t.Helper()
	cmd := exec.Command("mailzone", args...)
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(stdin)
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{"NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "CI"}, name)
	})
	cmd.Env = append(cmd.Env, "LC_ALL=C.UTF-8", "TERM=xterm-256color", "XDG_CONFIG_HOME="+dir, "XDG_STATE_HOME="+dir)
	cmd.Env = append(cmd.Env, at.env...)
	if at.columns == 0 {
		out, _ := cmd.CombinedOutput()
		return ran{string(out), cmd.ProcessState.ExitCode()}
	}
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	_ = pty.Setsize(master, &pty.Winsize{Rows: 24, Cols: uint16(at.columns)})
	cmd.Stdout, cmd.Stderr = slave, slave
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = slave.Close()
	_ = master.SetReadDeadline(time.Now().Add(60 * time.Second))
	var got bytes.Buffer
	_, _ = io.Copy(&got, master) // EIO, when the program has ended
	_ = cmd.Wait()
	return ran{strings.ReplaceAll(got.String(), "\r\n", "\n"), cmd.ProcessState.ExitCode()}
}

// long skips what starts many programs.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts many programs")
	}
}

// outputZone is a zone with something for every command to say, and so many hosts.
func outputZone(hosts int) string {
	var b strings.Builder
	b.WriteString("$TTL 1d\n@ SOA ns1 h 1 1h 15m 1w 1h\n@ NS ns1\n@ 5m MX 10 mx1\n@ MX 20 gone\n@ MX 20 mx1\nns1 A 62.96.4.1\nmx1 A 62.96.4.2\n")
	b.WriteString("@ TXT \"a text of many words that says nothing to anybody, so that a record is wider than a terminal of eighty columns\"\n")
	for i := range hosts {
		fmt.Fprintf(&b, "h%d 5m MX 10 gone%d\n", i, i)
	}
	b.WriteString("bad A 1.2.3\n")
	return b.String()
}

// outputCommands is every command that prints, on the zone db.example.com; in words without blanks.
var outputCommands = []struct{ line, stdin string }{
	{line: "list db.example.com"},
	{line: "lint --info db.example.com"},
	{line: "lint --fix db.example.com"},
	{line: "preview db.example.com"},
	{line: "preview db.example.com example.com h1.example.com"},
	{line: "preview --against old.example.com db.example.com"},
	{line: "plan --from mx1.example.com --to mx2.example.com=62.96.4.3 old.example.com"},
	{line: "apply db.example.com", stdin: "update add new.example.com. 300 A 192.0.2.1\n"},
	{line: "apply --diff db.example.com", stdin: "update add new.example.com. 300 A 192.0.2.1\n"},
	{line: "rules"},
	{line: "rules mx-single"},
	{line: "plan --step 1 --from mx1.example.com --to mx2.example.com=62.96.4.3 old.example.com"},
	{line: "lint --fix --diff db.example.com"},
	{line: "history --show 1 kept.example.com"},
	{line: "history --restore 1 kept.example.com"},
	{line: "history --restore 1 --diff kept.example.com"},
}

// plainCommands is what has no colours wherever it goes.
var plainCommands = []string{"help", "help lint", "lint --help", "history kept.example.com", "version", "--version", "list -h"}

// outputDir is a directory with zones for the commands.
func outputDir(t *testing.T, hosts int) string {
	t.Helper()
	dir := t.TempDir()
	for name, src := range map[string]string{"db.example.com": outputZone(hosts),
		"old.example.com": "$ORIGIN example.com.\n$TTL 1d\n@ SOA ns1 h 1 1h 15m 1w 1h\n@ NS ns1\n@ MX 10 mx1\nns1 A 62.96.4.1\nmx1 A 62.96.4.2\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	keep(t, dir, hosts)
	return dir
}

// keep makes a zone of so many names and a few that has an undo copy in which each of them is another.
func keep(t *testing.T, dir string, hosts int) {
	t.Helper()
	const name = "kept.example.com"
	var b strings.Builder
	b.WriteString("$ORIGIN example.com.\n$TTL 1d\n@ SOA ns1 h 1 1h 15m 1w 1h\n@ NS ns1\n@ MX 10 mx1\nns1 A 62.96.4.1\nmx1 A 62.96.4.2\n")
	for i := range hosts {
		fmt.Fprintf(&b, "h%d MX 10 mx1\n", i)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	move := "plan --step 1 --yes --force --from mx1.example.com --to mx2.example.com=62.96.4.3 " + name
	if got := runIn(t, dir, place{}, "", strings.Fields(move)...); got.status != 0 {
		t.Fatalf("mailzone %s: %s", move, got.text)
	}
}

// escapes is the sequences that colours are made of.
var escapes = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// Messages stand behind what was printed, whole, whatever its length is, on a terminal and where both go to one pipe.
func TestMessagesBehindOutput(t *testing.T) {
	long(t)
	for _, hosts := range []int{0, 30, 40, 800} { // about 100 bytes or some, 4, 5 and 100 KiB
		dir := outputDir(t, hosts)
		if err := os.WriteFile(filepath.Join(dir, "db.two.example"), []byte(outputZone(1)), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct{ line, stdin, last string }{
			{"list db.example.com", "", `\nmailzone: db\.example\.com:\d+:\d+: .*\n$`},
			{"lint db.example.com db.two.example", "", `\n\nmailzone: 2 zones: \d+ errors?, \d+ warnings? in 2 zones[^\n]*\n$`},
			{"lint --fix --fail-on error db.example.com db.two.example", "", `\n\nmailzone: 2 zones: [^\n]*\n$`},
			{"apply db.example.com", "update add new.example.com. 300 A 192.0.2.1\n", `\nmailzone: db\.example\.com: nothing was saved: add --yes to save this\n$`},
			{"plan --step 2 kept.example.com", "", `\nmailzone: kept\.example\.com: nothing was saved: [^\n]*; --yes --force saves it nevertheless\n$`},
			{"history --restore 1 kept.example.com", "", `\nmailzone: kept\.example\.com: nothing was saved: add --yes to save this\n$`},
			{"history --restore 1 --yes --force kept.example.com", "", `\nmailzone: no name server of this machine is known to have this file: [^\n]*\n$`},
		} {
			for _, at := range []place{{columns: 4000, env: []string{"NO_COLOR=1"}}, {}} {
				got := runIn(t, dir, at, tt.stdin, strings.Fields(tt.line)...)
				if !regexp.MustCompile(tt.last).MatchString(got.text) {
					t.Errorf("mailzone %s, %d columns: ends with %q", tt.line, at.columns, got.text[max(0, len(got.text)-300):])
				}
				for l := range strings.Lines(got.text) {
					if at := strings.Index(l, "mailzone: "); at > 0 {
						t.Errorf("mailzone %s: a message in the middle of a line: %q", tt.line, l)
					}
				}
			}
		}
	}
}

// Colours are where people look, unless they want none, and nothing else than colour is by colour.
func TestColors(t *testing.T) {
	long(t)
	dir := outputDir(t, 2)
	terminal := func(env ...string) place { return place{100, env} }
	pipe := func(env ...string) place { return place{0, env} }
	rows, _ := needs.Share(t, []struct {
		at     place
		flag   string
		colors bool
	}{
		{terminal(), "", true},
		{pipe(), "", false},
		{terminal("TERM=dumb"), "", false},
		{terminal("NO_COLOR=1"), "", false},
		{terminal("NO_COLOR="), "", true},
		{terminal("CLICOLOR=0"), "", false},
		{terminal("NO_COLOR=1", "CLICOLOR_FORCE=1"), "", false},
		{terminal("NO_COLOR=1"), "always", true},
		{terminal(), "never", false},
		{terminal("CLICOLOR_FORCE=1"), "never", false},
		{pipe("CLICOLOR_FORCE=1"), "", true},
		{pipe("CLICOLOR_FORCE=1", "CLICOLOR=0"), "", true},
		{pipe("FORCE_COLOR=1"), "", true},
		{pipe("FORCE_COLOR=0"), "", false},
		{pipe("CLICOLOR_FORCE=0"), "", false},
		{pipe("FORCE_COLOR=1", "TERM=dumb"), "", true},
		{pipe(), "always", true},
		{pipe("NO_COLOR=1"), "auto", false},
	})
	for _, tt := range rows {
		for _, c := range outputCommands {
			args := strings.Fields(c.line)
			if tt.flag != "" {
				args = append(args, "--color", tt.flag)
			}
			colors := tt.colors
			if slices.Contains(args, "--diff") && tt.at.columns == 0 && tt.flag == "" {
				colors = false // a patch is bytes
			}
			got := runIn(t, dir, tt.at, c.stdin, args...)
			if strings.Contains(got.text, "\x1b") != colors {
				t.Errorf("%+v mailzone %q: colours %v, want %v:\n%.300q", tt.at, args, !colors, colors, got.text)
			}
		}
	}
	for _, line := range append(plainCommands, "lint --format json db.example.com", "lint --format sarif db.example.com", "lint --format github db.example.com",
		"list --format json db.example.com", "preview --format json db.example.com", "plan --format json --from mx1.example.com --to mx2.example.com=62.96.4.3 old.example.com",
		"rules --format json", "history --format json db.example.com", "completion bash") {
		if got := runIn(t, dir, terminal("CLICOLOR_FORCE=1"), "", append(strings.Fields(line), "--color", "always")...); strings.Contains(got.text, "\x1b") {
			t.Errorf("mailzone %s: colours in what programs read: %.200q", line, got.text)
		}
	}
	for _, c := range outputCommands { // the words are the same
		plain, painted := runIn(t, dir, terminal("NO_COLOR=1"), c.stdin, strings.Fields(c.line)...), runIn(t, dir, terminal(), c.stdin, strings.Fields(c.line)...)
		if got := escapes.ReplaceAllString(painted.text, ""); got != plain.text || got == painted.text {
			t.Errorf("mailzone %s: without its colours it says\n%s\nwant\n%s", c.line, got, plain.text)
		}
	}
}

// Lines fit the terminal, and are whole in a pipe. A word that is wider, and the lines of a file in a difference, stay as
// they are.
func TestLinesFit(t *testing.T) {
	long(t)
	dir := outputDir(t, 3)
	for _, line := range plainCommands {
		whole := runIn(t, dir, place{}, "", strings.Fields(line)...)
		for l := range strings.Lines(whole.text) {
			if w := displaywidth.String(strings.TrimSuffix(l, "\n")); w > 80 {
				t.Errorf("mailzone %s: %d of 80 columns: %s", line, w, l)
			}
		}
		for _, columns := range []int{80, 200} {
			if got := runIn(t, dir, place{columns, nil}, "", strings.Fields(line)...); got != whole {
				t.Errorf("mailzone %s: at %d columns it says\n%s\nwant\n%s", line, columns, got.text, whole.text)
			}
		}
	}
	for _, c := range outputCommands {
		whole := runIn(t, dir, place{}, c.stdin, strings.Fields(c.line)...)
		for _, columns := range []int{80, 200} {
			for _, env := range [][]string{nil, {"NO_COLOR=1"}} {
				got := runIn(t, dir, place{columns, env}, c.stdin, strings.Fields(c.line)...)
				if got.status != whole.status {
					t.Errorf("mailzone %s: status %d on a terminal, %d in a pipe", c.line, got.status, whole.status)
				}
				for l := range strings.Lines(got.text) {
					l = escapes.ReplaceAllString(strings.TrimSuffix(l, "\n"), "")
					file := strings.HasPrefix(l, "-") || strings.HasPrefix(l, "+") || strings.HasPrefix(l, " ") && regexp.MustCompile("^(apply|history)").MatchString(c.line) || strings.HasPrefix(l, " @")
					if w := displaywidth.String(l); w > columns && !file && strings.Contains(strings.TrimSpace(l), " ") {
						t.Errorf("mailzone %s: %d of %d columns: %s", c.line, w, columns, l)
					}
				}
			}
		}
	}
}

// Whatever a zone holds, all that a terminal gets is printable text, and colours of ours.
func TestNothingReachesTheTerminal(t *testing.T) {
	long(t)
	dir := t.TempDir()
	evil := "$TTL 1d\n@ SOA ns1 h 1 1h 15m 1w 1h ; \x1b[2J\n@ NS ns1\n@ MX 10 ma\x1b[31mil\n@ MX 10 \\027]52;c\\007\n" +
		"t TXT \"\x1b[2J\" \u202ex\xe9 ; \x1bc\n\u009bx CNAME \x07y\nns1 A 192.0.2.1\nns1 A 192.0.2.1 ; \x1b]\n"
	name := "evil\x1b]0;x\a.zone"
	for _, n := range []string{name, "db"} {
		if err := os.WriteFile(filepath.Join(dir, n), []byte(evil), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	script := "update add new.example.com. 300 TXT \"a\"\nupdate delete t.example.com.\n"
	for _, args := range [][]string{{"list"}, {"lint", "--info"}, {"lint", "--fix"}, {"lint", "--fix", "--diff"}, {"preview"}, {"apply"}, {"apply", "--diff"},
		{"apply", "--yes"}, {"history"}, {"history", "--show", "1"}, {"history", "--restore", "1"}, {"history", "--restore", "1", "--diff"}} {
		for _, file := range []string{name, "db"} {
			for _, at := range []place{{80, nil}, {200, []string{"LC_ALL=C"}}, {40, []string{"NO_COLOR=1"}}} {
				got := runIn(t, dir, at, script, append(slices.Clone(args), "--force", "--origin", "example.com", file)[:]...)
				if slices.Contains([]string{"list", "preview"}, args[0]) || slices.Contains(args, "--info") || len(args) == 1 && args[0] == "history" {
					got = runIn(t, dir, at, script, append(slices.Clone(args), "--origin", "example.com", file)...)
				}
				text := escapes.ReplaceAllString(got.text, "")
				if i := strings.IndexFunc(text, func(r rune) bool {
					return r < ' ' && r != '\n' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0x202e || r == 0xfffd
				}); i >= 0 || text == "" {
					t.Errorf("mailzone %q %q: %.80q", args, file, text[max(0, i):])
				}
			}
		}
	}
}
