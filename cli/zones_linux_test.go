package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// Who may not read the keys sees the zones all the same, and is told which files those are.
func TestZonesAsAnotherUser(t *testing.T) {
	needs.Root(t)
	t.Setenv("XDG_CONFIG_HOME", "/nonexistent")
	dir, state := t.TempDir(), t.TempDir()
	t.Setenv("XDG_STATE_HOME", state)
	for name, text := range map[string]string{
		"key":        `key k { algorithm hmac-sha256; secret "c2VjcmV0IHRoYXQgb25seSBhIHRlc3Qga25vd3M="; };`,
		"named.conf": `include "` + dir + `/key"; include "` + dir + `/none/*"; zone "example.com" { type primary; file "` + dir + `/com"; };`,
		"com":        "$TTL 1d\n@ SOA ns1.dns.net. h 7 1h 15m 1w 1h\n@ NS ns1.dns.net.\n@ NS ns2.dns.org.\n@ MX 10 ns1.dns.net.\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, mode := range map[string]os.FileMode{filepath.Dir(dir): 0o755, dir: 0o755, filepath.Join(dir, "key"): 0o600} {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "none"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dir, filepath.Join(dir, "com"), state} { // the user's own: it could be saved
		if err := os.Chown(name, 65534, 65534); err != nil {
			t.Fatal(err)
		}
	}
	as(t, 65534, func() {
		var out, errs bytes.Buffer
		status := Main([]string{"zones", "--server-config", filepath.Join(dir, "named.conf")}, strings.NewReader(""), &out, &errs)
		if want := "example.com\t-\tprimary\t" + dir + "/com\t7\t0\t2\n"; status != statusFailed || out.String() != want {
			t.Errorf("status %d\n%swant\n%s", status, &out, want)
		}
		for _, want := range []string{"2 files cannot be read as ", ": run as root: " + dir + "/key (named at ", dir + "/none/* (named at "} {
			if !strings.Contains(errs.String(), want) {
				t.Errorf("%q is not told:\n%s", want, &errs)
			}
		}
		errs.Reset() // a zone that nobody sees may be of the same file
		status = Main([]string{"repoint", "--server", "--server-config", filepath.Join(dir, "named.conf"), "--from", "ns1.dns.net", "--to", "b.dns.net", "--yes", "--force"}, strings.NewReader(""), &out, &errs)
		if status != statusFailed || !strings.Contains(errs.String(), "may have a second zone in one of the files: run as root") {
			t.Errorf("status %d\n%s", status, &errs)
		}
	})
}
