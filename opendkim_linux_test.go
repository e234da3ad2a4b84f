//go:build linux

// Keys and records of `mailzone dkim` before those who read them: opendkim-testkey asks a real named for the record of each private key.
// And what OpenDKIM and rspamd make themselves is taken in.
package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/lab"
)

// keyZone is a zone whose keys are tested.
type keyZone struct {
	*lab.Signed
	machine   lab.Machine // has opendkim-testkey
	dir, file string
	began     time.Time
}

// newKeyZone makes a zone without keys, on a machine with OpenDKIM's tools.
func newKeyZone(t *testing.T) *keyZone {
	t.Helper()
	danePrograms(t)
	t.Parallel()
	place := lab.NewPlace(t)
	z := &keyZone{machine: lab.NewMachine(place, "opendkim-tools"), dir: t.TempDir(), began: time.Now()}
	for _, sub := range []string{"zone", "keys"} {
		if err := os.Mkdir(filepath.Join(z.dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	z.file = filepath.Join(z.dir, "zone", "db.lab.example")
	const text = "$TTL 300\n@ IN SOA ns1 hostmaster 1 8h 2h 4w 1h\n@ IN NS ns1\nns1 IN A 127.0.1.1\n"
	if err := os.WriteFile(z.file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	z.Signed = lab.NewSigned(place, "lab.example")
	z.machine.Write("/etc/opendkim-test.conf", "Nameservers 127.0.0.1\n")
	return z
}

// mailzone runs a command, which has to succeed.
func (z *keyZone) mailzone(stdin string, args ...string) string {
	z.T.Helper()
	cmd := exec.Command("mailzone", args...)
	cmd.Dir, cmd.Stdin = z.dir, strings.NewReader(stdin)
	cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+z.dir, "XDG_STATE_HOME="+z.dir+"/state")
	out, err := cmd.CombinedOutput()
	if err != nil {
		z.T.Fatalf("%q: %v\n%s", args, err, out)
	}
	return string(out)
}

// testkey is what opendkim-testkey says of a private key and the record of a selector.
func (z *keyZone) testkey(selector, key string) string {
	z.T.Helper()
	text, err := os.ReadFile(key)
	if err != nil {
		z.T.Fatal(err)
	}
	z.machine.Write("/etc/opendkim-test.key", string(text))
	z.machine.Try(func() error { return os.Chmod(z.machine.Root+"/etc/opendkim-test.key", 0o600) })
	said, _ := z.program("/usr/sbin/opendkim-testkey", "-d", "lab.example", "-s", selector, "-k", "/etc/opendkim-test.key", "-x", "/etc/opendkim-test.conf", "-vvv")
	return said
}

// program runs a program of the machine.
func (z *keyZone) program(path string, args ...string) (string, error) {
	return output(z.machine, path, args...)
}

// output runs a program of a machine, and is what it says.
func output(m lab.Machine, path string, args ...string) (string, error) {
	cmd := m.Command(path, args...)
	cmd.Env = []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"}
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	err := m.Start(cmd)
	if err == nil {
		err = cmd.Wait()
	}
	return said.String(), err
}

// says fails where opendkim-testkey does not say a word.
func (z *keyZone) says(word, selector, key string) {
	z.T.Helper()
	if said := z.testkey(selector, key); !strings.Contains(said, word) {
		z.T.Errorf("%s, %s: want %q: %s", selector, filepath.Base(key), word, said)
	}
}

func TestKeysBeforeOpenDKIM(t *testing.T) {
	z := newKeyZone(t)
	a, b := filepath.Join(z.dir, "keys", "a.pem"), filepath.Join(z.dir, "keys", "b.pem")
	said := z.mailzone("", "dkim", "--selector", "a", "--key-out", a, "--yes", z.file)
	z.Serve(z.file)
	z.says("key OK", "a", a)

	// The next one, longer; then the old one goes.
	said += z.mailzone("", "dkim", "--selector", "b", "--bits", "3072", "--key-out", b, "--yes", z.file)
	z.Serve(z.file)
	z.says("key OK", "a", a)
	z.says("key OK", "b", b)
	z.says("keys do not match", "b", a)
	said += z.mailzone("", "dkim", "--retire", "a", "--yes", z.file)

	// What OpenDKIM makes: its record by merge, its key by --key.
	if said, err := z.program("/usr/sbin/opendkim-genkey", "-b", "2048", "-d", "lab.example", "-s", "genkey", "-D", "/etc"); err != nil {
		t.Fatalf("opendkim-genkey: %v\n%s", err, said)
	}
	c, record := z.taken("/etc/genkey.private"), z.read("/etc/genkey.txt")
	said += z.mailzone(record, "merge", "--yes", z.file)
	said += z.mailzone("", "dkim", "--selector", "again", "--key", c, "--yes", z.file)
	z.Serve(z.file)
	z.says("record not found", "a", a)
	z.says("key OK", "b", b)
	z.says("key OK", "genkey", c)
	z.says("key OK", "again", c)

	z.secret(said, a, b, c)
}

func TestKeysOfRspamd(t *testing.T) {
	z := newKeyZone(t)
	rspamd := lab.NewMachine(z.Place, "rspamd")
	rspamd.Write("/etc/resolv.conf", "nameserver 127.0.0.1\n")
	var said string
	for _, kind := range []string{"rsa", "ed25519"} {
		args := []string{"dkim_keygen", "-s", kind, "-d", "lab.example", "-k", "/etc/" + kind + ".key", "-t", kind}
		if kind == "rsa" {
			args = append(args, "-b", "2048")
		}
		record, err := output(rspamd, "/usr/bin/rspamadm", args...)
		if err != nil {
			t.Fatalf("rspamadm: %v\n%s", err, record)
		}
		rspamd.Try(func() error {
			text, err := os.ReadFile(rspamd.Root + "/etc/" + kind + ".key")
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(z.dir, "keys", kind), text, 0o600)
		})
		said += z.mailzone(record, "merge", "--yes", z.file)
		again := z.mailzone("", "dkim", "--selector", kind, "--key", filepath.Join(z.dir, "keys", kind), "--yes", z.file)
		if !strings.Contains(again, "nothing to change") {
			t.Errorf("%s: the record that rspamd makes of its key is another: %s", kind, again)
		}
	}
	z.Serve(z.file)
	z.says("key OK", "rsa", filepath.Join(z.dir, "keys", "rsa"))
	z.secret(said, filepath.Join(z.dir, "keys", "rsa"), filepath.Join(z.dir, "keys", "ed25519"))
}

// read is a file of the machine.
func (z *keyZone) read(path string) (text string) {
	z.T.Helper()
	z.machine.Try(func() error {
		data, err := os.ReadFile(z.machine.Root + path)
		text = string(data)
		return err
	})
	return text
}

// taken is a copy of a key of the machine.
func (z *keyZone) taken(path string) string {
	z.T.Helper()
	to := filepath.Join(z.dir, "keys", filepath.Base(path))
	if err := os.WriteFile(to, []byte(z.read(path)), 0o600); err != nil {
		z.T.Fatal(err)
	}
	return to
}

// secret fails where a part of a private key is in what was said, or in any file but its own: the zone, what is kept of it and noted.
func (z *keyZone) secret(said string, keys ...string) {
	z.T.Helper()
	parts := map[string]string{}
	for _, key := range keys {
		text, err := os.ReadFile(key)
		if err != nil {
			z.T.Fatal(err)
		}
		for what, part := range secretParts(text) {
			parts[filepath.Base(key)+": "+what] = part
		}
	}
	if len(parts) < 3*len(keys) {
		z.T.Errorf("only %d parts of %d keys", len(parts), len(keys))
	}
	looked := 0
	look := func(where, text string) {
		looked++
		for what, part := range parts {
			if strings.Contains(text, part) {
				z.T.Errorf("%s has a part of a private key: %s", where, what)
			}
		}
	}
	look("what was printed", said)
	for _, dir := range []string{z.dir, "/var/lib/mailzone"} { // root's copies and notes are there
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasPrefix(path, filepath.Join(z.dir, "keys")) {
				return nil // others' copies come and go meanwhile
			}
			if at, err := d.Info(); err == nil && at.ModTime().After(z.began) {
				text, _ := os.ReadFile(path)
				look(path, string(text))
			}
			return nil
		})
		if err != nil {
			z.T.Error(err)
		}
	}
	if looked < 4 {
		z.T.Errorf("only %d files were looked at", looked)
	}
}

// secretParts is parts of a private key that nothing public has, as text and as octets: those of the end of the file, where no public
// number stands.
func secretParts(text []byte) map[string]string {
	der, parts := []byte(nil), map[string]string{}
	if block, _ := pem.Decode(text); block != nil {
		der = block.Bytes
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		for _, line := range lines[len(lines)/2 : len(lines)-1] { // behind the modulus
			if len(line) >= 32 {
				parts["the line "+line[:4]] = line
			}
		}
	} else if der, _ = base64.StdEncoding.DecodeString(strings.TrimSpace(string(text))); len(der) == 64 { // rspamd's: the seed, and the public key
		der = der[:32]
	}
	end := der[len(der)-24:]
	parts["octets"], parts["hex"], parts["base64"] = string(end), hex.EncodeToString(end), base64.StdEncoding.EncodeToString(end)
	return parts
}
