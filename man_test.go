// The manual pages: nothing about them displeases mandoc, they have the sections that one looks for, and their examples are
// run.
package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/cli"
	"github.com/mailzone/mailzone/testdata/needs"
)

// manPages writes the pages and returns their texts.
func manPages(t *testing.T) (dir string, pages map[string]string) {
	t.Helper()
	dir, pages = t.TempDir(), map[string]string{}
	if out, err := exec.Command("go", "run", "./docs/man", dir, "2026-11-29").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	files, err := filepath.Glob(dir + "/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		pages[filepath.Base(f)] = string(src)
	}
	return dir, pages
}

func TestManPages(t *testing.T) {
	dir, pages := manPages(t)
	for name, page := range pages {
		sections := []string{"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO"}
		if name == "mailzone.1" {
			sections = append(sections, "COMMANDS", "KEYS", "EXAMPLES")
		}
		if strings.HasSuffix(name, ".5") {
			sections = []string{"NAME", "DESCRIPTION", "SETTINGS", "FILES", "EXAMPLES", "SEE ALSO"}
		}
		for _, s := range sections {
			if !strings.Contains(page, "\n.SH "+s+"\n") {
				t.Errorf("%s has no %s", name, s)
			}
		}
	}
	for _, c := range append([]*cobra.Command{cli.Command()}, cli.Command().Commands()...) {
		if name := strings.ReplaceAll(c.CommandPath(), " ", "-") + ".1"; c.IsAvailableCommand() && pages[name] == "" {
			t.Errorf("no page %s", name)
		}
	}
	released, err := os.ReadFile(".goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name := range pages {
		if row := "src: release/packed/" + name + ".gz, dst: /usr/share/man/man" + name[len(name)-1:] + "/" + name + ".gz, type: doc, packager: rpm"; !bytes.Contains(released, []byte(row)) {
			t.Errorf(".goreleaser.yaml lacks %q", row)
		}
	}
	t.Run("mandoc", func(t *testing.T) {
		needs.Program(t, "mandoc", "mandoc")
		for name := range pages {
			if out, err := exec.Command("mandoc", "-T", "lint", filepath.Join(dir, name)).CombinedOutput(); err != nil || len(out) > 0 {
				t.Errorf("%v\n%s", err, out)
			}
		}
	})
	t.Run("settings", func(t *testing.T) { sameSettings(t, pages["mailzone.toml.5"]) })
}

// sameSettings holds the blocks of settings of a manual page against those of the page of settings, which are tried.
func sameSettings(t *testing.T, page string) {
	tried, err := os.ReadFile(settingsPage)
	if err != nil {
		t.Fatal(err)
	}
	blocks := settingsBlock.FindAllSubmatch(tried, -1)
	examples := regexp.MustCompile(`(?s)\.EX\n(.*?)\.EE`).FindAllStringSubmatch(page, -1)
	if len(examples) != len(blocks) || len(blocks) == 0 {
		t.Fatalf("%d blocks of settings, and %s has %d", len(examples), settingsPage, len(blocks))
	}
	for i, e := range examples {
		if got := strings.ReplaceAll(e[1], `\-`, "-"); got != string(blocks[i][1]) {
			t.Errorf("%q, and %s has %q", got, settingsPage, blocks[i][1])
		}
	}
}

// Every example of every help text and page is a command line that the program takes. Of the editor it can only be told
// here that there is no terminal for it.
func TestExamplesRun(t *testing.T) {
	dir := t.TempDir()
	const zone = "$TTL 1h\n@ SOA ns1 hostmaster 1 4h 1h 2w 1h\n@ NS ns1\n@ NS ns2\n@ MX 10 mx.isp.example.\n@ MX 20 mx1\n" +
		"ns1 A 192.0.2.53\nns2 A 198.51.100.53\nmx1 A 192.0.2.1\nmx1 AAAA 2001:db8::1\n" +
		"2025a._domainkey TXT \"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"\n"
	files := map[string]string{"db.example.com": zone + "$INCLUDE hosts.inc\n", "hosts.inc": "h A 192.0.2.7\n", "zones/example.net.db": zone,
		"dkim.txt": "2027._domainkey TXT \"v=DKIM1; k=ed25519; p=PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\"\n", "provider.txt": "@ MX 5 mx.provider.example.\n",
		"fullchain.pem": certificateFor(t), "new.pem": certificateFor(t),
		"script": "add h.example.com. 300 A 192.0.2.9\nadd x.example.com. 300 A 192.0.2.9\n"}
	write := func() {
		for name, text := range files {
			path := filepath.Join(dir, name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
				t.Fatal(err)
			}
		}
	}
	keys := t.TempDir()
	shell := func(line string) ([]byte, int) {
		cmd := exec.Command("sh", "-c", line)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "XDG_STATE_HOME="+dir, "XDG_CONFIG_HOME="+dir)
		out, err := cmd.CombinedOutput()
		if err != nil && !errors.As(err, new(*exec.ExitError)) {
			t.Fatal(err)
		}
		return out, cmd.ProcessState.ExitCode()
	}
	run := 0
	for _, c := range append([]*cobra.Command{cli.Command()}, cli.Command().Commands()...) {
		write() // some change the zone
		for line := range strings.SplitSeq(strings.ReplaceAll(c.Example, "\\\n", ""), "\n") {
			if strings.TrimSpace(line) == "" {
				continue
			}
			run++
			line = strings.ReplaceAll(strings.ReplaceAll(line, "/etc/bind/", ""), "/etc/dkim/", keys+"/")
			if c.Name() == "check" { // in a network where nobody hears it
				if os.Geteuid() != 0 {
					continue
				}
				line = "unshare --net " + line
			}
			out, status := shell(line)
			cannot := bytes.Contains(out, []byte("the editor needs a terminal")) || c.Name() == "check" && bytes.Contains(out, []byte(": not-asked: "))
			if status > 1 && !cannot {
				t.Errorf("%s: exit status %d\n%s", line, status, out)
			}
		}
	}
	if run < 10 {
		t.Errorf("only %d examples were found", run)
	}
}

// certificateFor is a certificate in PEM.
func certificateFor(t *testing.T) string {
	t.Helper()
	return certificateUntil(t, time.Now().AddDate(1, 0, 0))
}

// certificateUntil is one that counts up to a day.
func certificateUntil(t *testing.T, until time.Time) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"mail.example.com"}, NotAfter: until}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}
