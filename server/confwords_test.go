//go:build linux || darwin || freebsd || netbsd

package server

// The words of named.conf, whatever pieces the text comes in, and what somebody does who wants to use up the machine.

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/testdata/needs"
)

// readText reads a configuration that is in no file.
func readText(from io.Reader) Configuration {
	p := zoneReader{begun: "/nowhere", views: []confView{newConfView("")}}
	root, _ := newConfRoot("")
	p.confStream = confStream{root: root, dir: "/nowhere", texts: []*confText{{name: "conf", line: 1, from: from}}, now: time.Now, until: time.Now().Add(time.Minute)}
	p.statements(0, p.top)
	return p.configuration("conf")
}

// A backslash saves a quote and goes away, all others stay, and a NUL ends a path.
func TestQuotedPaths(t *testing.T) {
	for in, want := range map[string]string{
		`a \"quote\" and a \ backslash`: `/nowhere/a "quote" and a \ backslash`,
		`two\\`:                         `/nowhere/two\\`,
		"line\nend":                     "/nowhere/line\nend",
		"a\x00b":                        "/nowhere/a",
		"; } # // /* { zone":            "/nowhere/; } # / /* { zone",
	} {
		got := readText(strings.NewReader(`zone "example.com" { type primary; file "` + in + `"; };`))
		if len(got.Zones) != 1 || got.Zones[0].File != want || len(got.Faults) > 0 {
			t.Errorf("%q: %+v, want %q", in, got, want)
		}
	}
}

// FuzzConfiguration reads anything: it ends, it reads the same in pieces of any size.
func FuzzConfiguration(f *testing.F) {
	cases, _ := filepath.Glob("testdata/configurations/*.txtar")
	for _, name := range cases {
		if text, err := os.ReadFile(name); err == nil {
			f.Add(strings.ReplaceAll(string(text), "$DIR", "/nonexistent"))
		}
	}
	f.Add(`view v { zone "x" { type primary; file "\"\\`)
	f.Add("/*/ /**/ // # \" { } ; ! include \"x\";")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(strings.ToLower(text), "include") { // what is there on the machine is nobody's business here
			text = strings.NewReplacer("include", "exclude", "INCLUDE", "exclude").Replace(strings.ToLower(text))
		}
		whole := readText(strings.NewReader(text))
		for _, pieces := range []io.Reader{iotest.OneByteReader(strings.NewReader(text)), iotest.HalfReader(strings.NewReader(text))} {
			if got := readText(pieces); fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", whole) {
				t.Errorf("in pieces\n%+v, as a whole\n%+v", got, whole)
			}
		}
	})
}

// hostile is configurations that somebody wrote to use up the machine, or to see what he must not.
var hostile = map[string]func() string{
	"braces":         func() string { return strings.Repeat("{", 100_000) },
	"braces in acl":  func() string { return "acl x " + strings.Repeat("{ a; ", 100_000) },
	"braces in zone": func() string { return "zone x " + strings.Repeat("{ allow-update ", 100_000) },
	"itself":         func() string { return `include "$CONF";` },
	"itself by *":    func() string { return `include "$DIR/*";` },
	"FIFO":           func() string { return `include "$DIR/fifo";` },
	"devices":        func() string { return `include "/dev/zero"; include "/dev/tty"; include "/";` },
	"all files":      func() string { return `include "/*/*/*/*/*/*";` },
	"passwords":      func() string { return `include "/etc/shadow"; include "/etc/passwd";` },
	"100 MB":         func() string { return strings.Repeat("x", 100<<20) },
	"60 MB of words": func() string { return "acl x {" + strings.Repeat("a;", 30<<20) },
	"a long word":    func() string { return `zone "` + strings.Repeat("x", 60<<20) },
	"a long comment": func() string { return "/*" + strings.Repeat("*", 60<<20) },
	"files":          func() string { return strings.Repeat(`include "/etc/passwd";`, 100_000) },
	"faults":         func() string { return strings.Repeat("};\n", 1<<20) },
	"zones":          func() string { return strings.Repeat("zone a.example{type hint;};", 1<<20) },
	"long paths": func() string {
		return strings.Repeat(`zone a.example{type primary;file "`+strings.Repeat("x", 4000)+`";};`, 15_000)
	},
	"a long directory": func() string {
		return `options{directory "/` + strings.Repeat("x", 4000) + `";};` + everyZone(`file "%d";`)
	},
	"zones of every name": func() string { return everyZone(`file "%d/%d/%d/%d";`) },
	"zones with checks": func() string {
		return everyZone("check-names fail; check-mx fail; check-mx-cname fail; check-wildcard yes; check-sibling yes; max-zone-ttl %d;")
	},
	"views":    func() string { return strings.Repeat("view v{zone a.example{type hint;};};", 1<<20) },
	"in-views": func() string { return strings.Repeat("view v{zone a.example{in-view w;};};", 1<<20) },
}

// everyZone is as many zones as are listed, and some more, of names that differ, with something in each that its number differs in.
func everyZone(of string) string {
	var b strings.Builder
	for i := range mostListed + 100 {
		fmt.Fprintf(&b, "zone z%d.example{type primary;", i)
		b.WriteString(strings.ReplaceAll(of, "%d", strconv.Itoa(i)))
		b.WriteString("};")
	}
	return b.String()
}

// TestHostileConfigurations reads each in a process of its own: it ends soon, and uses little.
func TestHostileConfigurations(t *testing.T) {
	needs.Long(t)
	if path := os.Getenv("MAILZONE_HOSTILE"); path != "" {
		c, err := ReadConfiguration(path, "")
		fmt.Println(len(c.Zones), c.Faults, err)
		status, _ := os.ReadFile("/proc/self/status")
		_, peak, _ := strings.Cut(string(status), "VmHWM:")
		fmt.Println("peak", strings.Fields(peak + " 0")[0])
		return
	}
	shadow, _ := os.ReadFile("/etc/passwd")
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := unix.Mkfifo(filepath.Join(dir, "fifo"), 0o600); err != nil {
				t.Fatal(err)
			}
			conf := filepath.Join(dir, "named.conf")
			putFile(t, conf, strings.NewReplacer("$CONF", conf, "$DIR", dir).Replace(text()))
			var out string
			cpu, peak := time.Hour, 0
			for try := 0; try < 3 && cpu > time.Second; try++ { // the least of some: others may be at work
				var took time.Duration
				out, took, peak = readHostile(t, conf)
				cpu = min(cpu, took)
			}
			t.Logf("%v of CPU, %d KiB", cpu, peak)
			if cpu > time.Second || peak > 100<<10 {
				t.Errorf("%v of CPU and %d KiB", cpu, peak)
			}
			if strings.Contains(out, "[] <nil>") && name != "all files" {
				t.Errorf("nothing is told: %s", out)
			}
			for line := range strings.Lines(string(shadow)) {
				if who, _, _ := strings.Cut(line, ":"); strings.Contains(out, who+":") {
					t.Errorf("quotes %q: %s", who, out)
				}
			}
		})
	}
}

// readHostile reads a configuration in a process of its own: what is printed, the processor time and the peak of memory in KiB.
func readHostile(t *testing.T, conf string) (out string, cpu time.Duration, peak int) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestHostileConfigurations$")
	cmd.Env = append(os.Environ(), "MAILZONE_HOSTILE="+conf)
	printed, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, printed)
	}
	_, behind, _ := strings.Cut(string(printed), "\npeak ")
	fmt.Sscan(behind, &peak)
	return string(printed), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peak
}

// TestSpeedOfConfiguration reads 10,000 zones in no more time than BIND's own reader.
func TestSpeedOfConfiguration(t *testing.T) {
	needs.Long(t)
	needs.Program(t, "bind9-utils", "named-checkconf")
	dir := t.TempDir()
	var text strings.Builder
	fmt.Fprintf(&text, "options { directory %q; };\n", dir)
	for i := range 10_000 {
		fmt.Fprintf(&text, "zone \"z%d.example\" {\n\ttype primary;\n\tfile \"zones/db.z%d.example\";\n};\n", i, i)
	}
	conf := filepath.Join(dir, "named.conf")
	putFile(t, filepath.Join(dir, "zones", "keep"), "")
	putFile(t, conf, text.String())
	var ours, theirs []time.Duration
	for range 5 { // the least of each: others may be at work
		before := cpuTime(t)
		c, err := ReadConfiguration(conf, "")
		ours = append(ours, cpuTime(t)-before)
		if err != nil || len(c.Zones) != 10_000 {
			t.Fatalf("%d zones, %v, %q", len(c.Zones), err, c.Faults)
		}
		cmd := exec.Command("named-checkconf", "-px", conf)
		if err := cmd.Run(); err != nil {
			t.Fatal(err)
		}
		theirs = append(theirs, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
	}
	t.Logf("%v, named-checkconf %v", slices.Min(ours), slices.Min(theirs))
	if slices.Min(ours) > slices.Min(theirs) {
		t.Errorf("10,000 zones take %v of CPU, named-checkconf %v", slices.Min(ours), slices.Min(theirs))
	}
}

// cpuTime is what this process has used.
func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
