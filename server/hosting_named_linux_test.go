package server

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// This file asks a real named, in a network and an /etc/bind of its own: nothing of it is seen outside, and rndc finds it
// as it finds any named, by /etc/bind/rndc.key. What named is to read again is saved as mailzone saves.

const (
	labKey = `key "rndc-key" { algorithm hmac-sha256; secret "c2VjcmV0IHRoYXQgb25seSBhIHRlc3Qga25vd3M="; };` + "\n"
	labTop = `include "/etc/bind/rndc.key";
controls { inet 127.0.0.1 port 953 allow { 127.0.0.1; } keys { "rndc-key"; }; };
options { directory "/etc/bind"; listen-on { 127.0.0.1; }; listen-on-v6 { none; }; recursion no; pid-file none;
  session-keyfile none; dnssec-validation no; notify no; key-directory "/etc/bind/keys"; };
`
	labZone = "$TTL 1d\n@ SOA ns1 h 10 1h 15m 1w 1h\n@ NS ns1\nns1 A 192.0.2.53\n"
)

// ownBIND gives the rest of the test an empty /etc/bind and a network with nothing but a loopback. The thread is never
// unlocked and ends with the test.
func ownBIND(t *testing.T) {
	t.Helper()
	needs.Root(t)
	for program, pack := range map[string]string{"named": "bind9", "rndc": "bind9-utils", "named-checkconf": "bind9-utils"} {
		needTool(t, pack, program)
	}
	runtime.LockOSThread()
	err := unix.Unshare(unix.CLONE_NEWNET | unix.CLONE_NEWNS | unix.CLONE_FS)
	if err == nil {
		err = unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, "")
	}
	if err == nil {
		err = unix.Mount("tmpfs", "/etc/bind", "tmpfs", 0, "")
	}
	if err != nil {
		needs.Other("namespaces")
		t.Skipf("no namespaces here: %v", err)
	}
	if out, err := exec.Command("ip", "link", "set", "lo", "up").CombinedOutput(); err != nil {
		t.Fatalf("ip: %v\n%s", err, out)
	}
	if err := os.MkdirAll("/etc/bind/keys", 0o755); err != nil {
		t.Fatal(err)
	}
}

// putBIND writes files below /etc/bind.
func putBIND(t *testing.T, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join("/etc/bind", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// startNamed starts named and waits until it runs. It ends with the test.
func startNamed(t *testing.T) {
	t.Helper()
	cmd := exec.Command("/usr/sbin/named", "-g", "-n", "1", "-c", "/etc/bind/named.conf")
	cmd.SysProcAttr = &unix.SysProcAttr{Pdeathsig: unix.SIGKILL}
	log, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	var said strings.Builder
	in := bufio.NewScanner(log)
	for in.Scan() {
		fmt.Fprintln(&said, in.Text())
		if strings.HasSuffix(in.Text(), " running") {
			go func() { // named must not wait for a reader
				for in.Scan() {
				}
			}()
			return
		}
	}
	t.Fatalf("named does not run:\n%s", said.String())
}

// mustRndc runs a command of rndc.
func mustRndc(t *testing.T, words ...string) {
	t.Helper()
	if r, err := (tool{name: "rndc", args: words, limit: 10 * time.Second, most: 1000}).run(); err != nil || r.failed() {
		t.Fatalf("rndc %q: %v, %s", words, err, r.said())
	}
}

// follow carries a reload to its end.
func follow(t *testing.T, r *Reload) Progress {
	t.Helper()
	var said []string
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		p := r.Step()
		if p.Done {
			return p
		}
		said = append(said, p.Text)
	}
	t.Fatalf("the reload has no end:\n%s", strings.Join(said, "\n"))
	return Progress{}
}

// wantHosting compares what is known of a zone file: why it must not be edited, and why it cannot be reloaded.
func wantHosting(t *testing.T, zone, path, forbids, unable string) Hosting {
	t.Helper()
	h := AskHosting(Where{}, zone, path)
	for what, c := range map[string][2]string{"Forbids": {h.Forbids(), forbids}, "CannotReload": {h.CannotReload(), unable}} {
		if got, want := c[0], c[1]; want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s %s: %s = %q, want %q", zone, path, what, got, want)
		}
	}
	return h
}

// wantDynamic compares what named says of a zone that may be dynamic: whether it is frozen, and why its file is not to be edited.
func wantDynamic(t *testing.T, zone string, frozen bool, reason string) {
	t.Helper()
	c, err := Where{}.Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, z := range c.Named(zonefile.Name(zone)) {
		now, answers := c.AskDynamic(z)
		if !answers || now.Frozen != frozen || (reason == "") != now.Editable() || !strings.Contains(now.Reason, reason) {
			t.Errorf("%s: frozen %v, %q, answers %v", zone, now.Frozen, now.Reason, answers)
		}
		if command := ReloadCommands(now)[0]; frozen != strings.HasPrefix(command, "rndc thaw ") {
			t.Errorf("%s: %s", zone, command)
		}
	}
}

func TestHostingByNamed(t *testing.T) {
	needs.Long(t)
	ownBIND(t)
	conf := labTop
	for zone, words := range map[string]string{
		"static.example": `file "zones/static";`,
		"dyn.example":    `file "/etc/bind/zones/dyn"; allow-update { key rndc-key; };`,
		"never.example":  `file "zones/never"; allow-update { none; };`,
		"inline.example": `file "zones/inline"; inline-signing yes; dnssec-policy default;`,
		"bad.example":    `file "zones/bad";`,
	} {
		conf += fmt.Sprintf("zone %q { type primary; %s };\n", zone, words)
	}
	conf += `zone "copy.example" { type slave; file "zones/copy"; masters { 127.0.0.1; }; };` + "\n"
	putBIND(t, map[string]string{"rndc.key": labKey, "named.conf": conf, "zones/static": labZone, "zones/dyn": labZone,
		"zones/never": labZone, "zones/inline": labZone, "zones/copy": labZone, "zones/bad": labZone + "x BAD y\n", "zones/other": labZone})

	// Before named runs its configuration alone is known.
	const refused = "connection refused"
	if c, err := (Where{}).Read(); err != nil {
		t.Error(err)
	} else if z, answers := c.AskDynamic(c.Named("dyn.example.")[0]); answers || z.Editable() {
		t.Errorf("named does not run, and dyn.example may be edited: %+v, %v", z, answers)
	}
	wantHosting(t, "static.example.", "/etc/bind/zones/static", "", refused)
	wantHosting(t, "dyn.example.", "/etc/bind/zones/dyn", "dynamic by named.conf", refused)
	wantHosting(t, "copy.example.", "/etc/bind/zones/copy", "the zone is a secondary here", refused)

	startNamed(t)
	static := wantHosting(t, "static.example.", "/etc/bind/zones/static", "", "")
	wantHosting(t, "STATIC.example.", "/etc/bind/zones/static", "", "")
	wantHosting(t, "never.example.", "/etc/bind/zones/never", "", "")
	inline := wantHosting(t, "inline.example.", "/etc/bind/zones/inline", "", "")
	wantHosting(t, "copy.example.", "/etc/bind/zones/copy", "the zone is a secondary here", "secondary")
	wantHosting(t, "static.example.", "/etc/bind/zones/other", "", "named reads static.example from /etc/bind/zones/static, not from this file")
	wantHosting(t, "dyn.example.", "/etc/bind/zones/other", "", "not from this file")
	wantHosting(t, "nobody.example.", "/etc/bind/zones/other", "", "named does not serve nobody.example")
	wantHosting(t, "-x.example.", "/etc/bind/zones/other", "", "does not take the name")
	bad := wantHosting(t, "bad.example.", "/etc/bind/zones/bad", "", "")

	// A dynamic zone is open for editing from freeze to thaw, and whoever thaws it too early stops the save.
	dyn := wantHosting(t, "dyn.example.", "/etc/bind/zones/dyn", "`rndc freeze dyn.example`", "dynamic")
	if err := static.Unchanged("/etc/bind/zones/static"); err != nil {
		t.Error(err)
	}
	mustRndc(t, "freeze", "dyn.example")
	frozen := wantHosting(t, "dyn.example.", "/etc/bind/zones/dyn", "", "frozen")
	if err := frozen.Unchanged("/etc/bind/zones/dyn"); err != nil || frozen.Command() != "rndc thaw dyn.example" || dyn.Command() != "rndc reload dyn.example" {
		t.Errorf("frozen: %v, %s", err, frozen.Command())
	}
	wantDynamic(t, "dyn.example.", true, "")
	mustRndc(t, "thaw", "dyn.example")
	wantDynamic(t, "dyn.example.", false, "`rndc freeze dyn.example`")
	wantDynamic(t, "static.example.", false, "")
	putBIND(t, map[string]string{"named.conf": strings.Replace(conf, "allow-update { key rndc-key; };", "", 1), "zones/dyn.jnl": "as if it had been updated"})
	wantDynamic(t, "dyn.example.", false, "`rndc freeze dyn.example`") // until named reads that
	putBIND(t, map[string]string{"named.conf": conf})
	if err := os.Remove("/etc/bind/zones/dyn.jnl"); err != nil {
		t.Fatal(err)
	}
	if err := frozen.Unchanged("/etc/bind/zones/dyn"); err == nil || !strings.Contains(err.Error(), "rndc freeze") {
		t.Errorf("thawed meanwhile: %v", err)
	}

	// Reloads: one that is served, a signed one, one that named refuses to load, one that it never loaded.
	newer := func(name, more string) {
		t.Helper()
		path := "/etc/bind/zones/" + name
		f, err := disk.Open(path, disk.Options{StateDir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.Save([]byte(strings.Replace(labZone, " 10 ", " 11 ", 1)+more), disk.SaveOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	check := func() Opinion { return Opinion{Asked: true, Refused: true, Complaints: []string{"the reason"}} }
	newer("static", "")
	if p := follow(t, NewReload(static, 11, check)); !p.Served || p.Text != "named serves serial 11" {
		t.Errorf("a good zone: %+v", p)
	}
	loaded := AskHosting(Where{}, "static.example.", "/etc/bind/zones/static").Loaded
	if since := time.Since(loaded.Time); loaded.Serial != 11 || since < 0 || since > time.Minute {
		t.Errorf("loaded: %+v, %v ago", loaded, since)
	}
	mustRndc(t, "reload", "static.example") // up to date: it stays loaded since then
	if again := AskHosting(Where{}, "static.example.", "/etc/bind/zones/static").Loaded; again != loaded {
		t.Errorf("loaded: %+v, and before an idle reload %+v", again, loaded)
	}
	for zone, file := range map[string]string{"inline.example.": "inline", "dyn.example.": "dyn", "copy.example.": "copy", "static.example.": "other"} {
		if got := AskHosting(Where{}, zone, "/etc/bind/zones/"+file).Loaded; got != (Loaded{}) {
			t.Errorf("%s %s: %+v proves something", zone, file, got)
		}
	}
	before, _ := askStatus("inline.example", "")
	newer("inline", "")
	if p := follow(t, NewReload(inline, 11, check)); !p.Served {
		t.Errorf("a signed zone: %+v", p)
	}
	if after, _ := askStatus("inline.example", ""); after.serial != 11 || after.signed == before.signed || after.signed == 0 {
		t.Errorf("signed: %+v, before %+v", after, before)
	}
	newer("bad", "")
	if p := follow(t, NewReload(bad, 11, check)); !p.Served {
		t.Errorf("a zone that was mended: %+v", p)
	}
	newer("never", "x BAD y\n")
	never := AskHosting(Where{}, "never.example.", "/etc/bind/zones/never")
	if p := follow(t, NewReload(never, 11, check)); p.Served || p.Text != "saved, but not reloaded: named does not load it (the reason) and still serves serial 10; try `rndc reload never.example`" {
		t.Errorf("a zone that named does not load: %+v", p)
	}
	if err := os.Remove("/etc/bind/rndc.key"); err != nil {
		t.Fatal(err)
	}
	if p := follow(t, NewReload(static, 11, check)); p.Served || !strings.Contains(p.Text, "saved, but not reloaded: named refuses: rndc: neither /etc/bind/rndc.conf nor /etc/bind/rndc.key was found") {
		t.Errorf("without the key: %+v", p)
	}
	wantHosting(t, "dyn.example.", "/etc/bind/zones/dyn", "dynamic by named.conf", "rndc.key") // named.conf includes the key, and is read without
}

func TestHostingInViews(t *testing.T) {
	needs.Long(t)
	ownBIND(t)
	putBIND(t, map[string]string{"rndc.key": labKey, "zones/in": labZone, "zones/out": labZone, "named.conf": labTop + `
view "inside" { match-clients { 127.0.0.1; }; allow-update { key rndc-key; };
  zone "example.com" { type primary; file "zones/in"; };
  zone "example.net" { type primary; file "zones/net"; allow-update { none; }; };
  zone "example.org" { type primary; file "zones/out"; allow-update { none; }; }; };
view "outside" { zone "example.com" { type primary; file "zones/out"; }; zone "example.net" { in-view "inside"; }; };
`, "zones/net": labZone})
	startNamed(t)
	wantHosting(t, "example.com.", "/etc/bind/zones/in", "`rndc freeze example.com IN inside`", "dynamic")
	out := wantHosting(t, "example.com.", "/etc/bind/zones/out", "", "")
	if got := out.Command(); got != "rndc reload example.com IN outside" {
		t.Errorf("Command = %q", got)
	}
	net := wantHosting(t, "example.net.", "/etc/bind/zones/net", "", "")
	putBIND(t, map[string]string{"zones/net": strings.Replace(labZone, " 10 ", " 11 ", 1), "zones/out": strings.Replace(labZone, " 10 ", " 12 ", 1)})
	for serial, h := range map[uint32]Hosting{11: net, 12: out} {
		later := time.Now().Add(time.Hour) // BIND: a file that is no later than what was loaded is not read again
		if err := os.Chtimes("/etc/bind/zones/net", later, later); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes("/etc/bind/zones/out", later, later); err != nil {
			t.Fatal(err)
		}
		if p := follow(t, NewReload(h, serial, nil)); !p.Served {
			t.Errorf("%s: %+v", h.Command(), p)
		}
	}
}
