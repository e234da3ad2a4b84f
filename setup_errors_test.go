// What is wrong with what people set mail up with: each is told with the place and a remedy, and nothing is written.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestSetupErrors(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, mode os.FileMode, text []byte) {
		if err := errors.Join(os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755), os.WriteFile(filepath.Join(dir, name), text, mode)); err != nil {
			t.Fatal(err)
		}
	}
	inPEM := func(kind string, der []byte) []byte { return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}) }
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ecKey, err := x509.MarshalPKCS8PrivateKey(curve)
	if err != nil {
		t.Fatal(err)
	}
	const zone = "$TTL 1h\n@ IN SOA ns1 h 1 1h 15m 1w 1h\n@ IN NS ns1\n@ IN MX 10 mail\nns1 IN A 192.0.2.53\nmail IN A 192.0.2.10\n"
	write("zone/db.example.com", 0o644, []byte(zone))
	write("weak.key", 0o600, inPEM("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(weak)))
	write("enc.key", 0o600, inPEM("ENCRYPTED PRIVATE KEY", ecKey))
	write("ec.key", 0o600, inPEM("PRIVATE KEY", ecKey))
	write("cut.pem", 0o644, inPEM("CERTIFICATE", ecKey[:40]))
	write("text", 0o644, []byte("hello\n"))
	write("own.pem", 0o644, []byte(certificateFor(t)))
	if err := errors.Join(os.Mkdir(filepath.Join(dir, "open"), 0o777), os.Chmod(filepath.Join(dir, "open"), 0o777)); err != nil {
		t.Fatal(err)
	}
	const newZone = "new db.zone.example --ns ns1=192.0.2.53 --mx mail=192.0.2.10 "
	for _, tt := range []struct {
		line   string
		status int
		says   string
	}{
		{newZone + "--origin example", 2, "--origin: example. has one label: a zone is a domain, as example.com"},
		{"new db.zone.example --origin zone.example --ns ns1=192.0.2.53 --mx 192.0.2.10", 2, "--mx: 192.0.2.10 is an address: MX and NS name hosts"},
		{"new db.zone.example --origin zone.example --ns 192.0.2.53 --mx mail=192.0.2.10", 2, "--ns: 192.0.2.53 is an address"},
		{"new db.zone.example --origin zone.example --ns ns1 --mx mail=192.0.2.10", 2, "--ns: ns1.zone.example. is in this zone: type its address behind it"},
		{newZone + "--origin zone.example --preset nosuch", 2, "--preset nosuch: choose one of "},

		{"tlsa --host mail.example.com --cert none.pem", 3, "none.pem: no such file or directory"},
		{"tlsa --host mail.example.com --cert zone", 3, "zone: no ordinary file"},
		{"tlsa --host mail.example.com --cert text", 3, "text: neither a certificate nor a key, in PEM or DER"},
		{"tlsa --host mail.example.com --cert cut.pem", 3, "cut.pem: a certificate that cannot be read: copy it again"},
		{"tlsa --host mail.example.com --cert enc.key", 3, "enc.key: the key is encrypted: name the certificate or the public key in its place"},
		{"tlsa --host mail.example.com --cert weak.key", 3, "weak.key: an RSA key of 1024 bits: at least 2048 are needed"},
		{"tlsa --host mail.example.com --cert own.pem --next weak.key zone/db.example.com", 3, "weak.key: an RSA key of 1024 bits"},
		{"tlsa --host mail.example.com --ca --cert own.pem", 3, "own.pem: the chain does not hold the certificate of the issuer"},
		{"lint --cert mail.example.com=enc.key zone/db.example.com", 3, "enc.key: the key is encrypted"},
		{"lint --cert mail.example.com=weak.key zone/db.example.com", 3, "weak.key: an RSA key of 1024 bits"},
		{"lint --cert mail.example.com=none.pem zone/db.example.com", 3, "none.pem: no such file or directory"},
		{"lint --cert mail.example.com zone/db.example.com", 2, "--cert mail.example.com: write HOST=FILE"},

		{"dkim --selector a --key none.pem --yes zone/db.example.com", 3, "none.pem: no such file or directory"},
		{"dkim --selector a --key enc.key --yes zone/db.example.com", 3, "enc.key: the key is encrypted"},
		{"dkim --selector a --key weak.key --yes zone/db.example.com", 3, "weak.key: an RSA key of 1024 bits: at least 2048 are needed"},
		{"dkim --selector a --key ec.key --yes zone/db.example.com", 3, "receivers know RSA and Ed25519 keys alone"},
		{"dkim --selector a --key-out open/a.pem --yes zone/db.example.com", 3, "open: others than its owner can write to this directory: no key is written there"},
		{"dkim --selector a --key-out none/a.pem --yes zone/db.example.com", 3, "none: no such file or directory"},
		{"dkim --selector a --key-out zone/a.pem --yes zone/db.example.com", 3, "zone/a.pem: in or below the directory of the zone"},
	} {
		before := listing(t, dir)
		said, err := mailzoneAt(dir, strings.Fields(tt.line)...)
		status := 0
		if exit := new(exec.ExitError); errors.As(err, &exit) {
			status = exit.ExitCode()
		}
		if status != tt.status || !strings.Contains(said, tt.says) {
			t.Errorf("%s: status %d, want %d, and %q:\n%s", tt.line, status, tt.status, tt.says, said)
		}
		if strings.Contains(said, "PRIVATE") || strings.Contains(said, "goroutine") {
			t.Errorf("%s: %s", tt.line, said)
		}
		if after := listing(t, dir); after != before {
			t.Errorf("%s: written:\n%s\nbefore:\n%s", tt.line, after, before)
		}
	}

	// What is odd about a certificate and nothing to DANE is told, and no more.
	write("old.pem", 0o644, []byte(certificateUntil(t, time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC))))
	for _, tt := range []struct{ host, file, says string }{
		{"mail.example.com", "old.pem", "old.pem: the certificate has expired on 2020-01-02"},
		{"other.example.com", "own.pem", "own.pem: the certificate is not for other.example.com"},
	} {
		said, err := mailzoneAt(dir, "tlsa", "--host", tt.host, "--cert", tt.file)
		if err != nil || !strings.Contains(said, "IN TLSA 3 1 1 ") || !strings.Contains(said, tt.says) {
			t.Errorf("%s: %v, want %q: %s", tt.file, err, tt.says, said)
		}
	}
}

// mailzoneAt runs a command in a directory, with nothing of the user's.
func mailzoneAt(dir string, args ...string) (string, error) {
	cmd := exec.Command("mailzone", args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "XDG_CONFIG_HOME="+dir, "XDG_STATE_HOME="+dir+"/state")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// listing is the files below a directory with their texts.
func listing(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		b.WriteString(path + "\n" + string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
