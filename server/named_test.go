package server

import (
	"os"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

func TestMain(m *testing.M) { os.Exit(needs.Main{M: m}.Run()) }

// needTool skips without a program of BIND, which may be in a directory for root's programs alone.
func needTool(t *testing.T, debian, program string) {
	t.Helper()
	if path, _ := toolPath(program); path == "" {
		needs.Package(debian)
		t.Skipf("needs the Debian package %s", debian)
	}
}

func TestAskNamed(t *testing.T) {
	needTool(t, "bind9-utils", "named-checkzone")
	const good = "$TTL 1d\n@ SOA ns1 hostmaster 1 1h 15m 1w 1h\n@ NS ns1\nns1 A 192.0.2.53\n"
	o := askNamed("example.com.", "db", [][]byte{[]byte(good)}, t.TempDir(), nil, nil)
	if !o.Asked || o.Refused || o.Err != nil || len(o.Complaints) > 0 {
		t.Errorf("of a good zone: %+v", o)
	}
	worse := askNamed("example.com.", "db", [][]byte{[]byte(good + "bad_name A 192.0.2.1\n")}, t.TempDir(), nil, nil)
	if !worse.Refused || !strings.Contains(strings.Join(worse.Since(o), "\n"), "bad owner name") {
		t.Errorf("of a bad zone: %+v", worse)
	}
	if again := worse.Since(worse); len(again) > 0 {
		t.Errorf("old complaints count as new: %q", again)
	}
}

// What a zone includes is read as it will be, not as it is on disk.
func TestAskNamedAboutParts(t *testing.T) {
	needTool(t, "bind9-utils", "named-checkzone")
	const root = "$TTL 1d\n@ SOA ns1 hostmaster 1 1h 15m 1w 1h\n@ NS ns1\n$INCLUDE "
	large := strings.Repeat("x TXT \""+strings.Repeat("a", 200)+"\"\n", 5000) // more than a pipe holds
	good := []part{{"hosts", []byte("ns1 A 192.0.2.53\n$INCLUDE " + toolFile(1) + "\n")}, {"more", []byte(large)}}
	if o := askNamed("example.com.", "db", [][]byte{[]byte(root + toolFile(0) + "\n")}, t.TempDir(), good, nil); !o.Asked || o.Refused || o.Err != nil {
		t.Errorf("of good parts: %+v", o)
	}
	bad := []part{{"hosts", []byte("ns1 A 192.0.2.53\nbad_name A 192.0.2.1\n")}, {"unread", []byte(large)}}
	o := askNamed("example.com.", "db", [][]byte{[]byte(root + toolFile(0) + "\n")}, t.TempDir(), bad, nil)
	if !o.Refused || !strings.Contains(strings.Join(o.Complaints, "\n"), "hosts:2: bad_name.example.com: bad owner name") {
		t.Errorf("of a bad part: %+v", o)
	}
}

func TestComplaintsMoveWithTheirLines(t *testing.T) {
	old := Opinion{Complaints: []string{"/dev/stdin:7: x: bad owner name (check-names)"}}
	now := Opinion{Complaints: []string{"/dev/stdin:9: x: bad owner name (check-names)", "/dev/stdin:9: y: bad owner name (check-names)"}}
	if got := now.Since(old); len(got) != 1 || !strings.Contains(got[0], " y:") {
		t.Errorf("new complaints: %q", got)
	}
}
