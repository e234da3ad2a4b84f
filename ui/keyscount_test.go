package ui

// How many keys a job takes, besides the text that is typed. What takes more than it may is no job for every day.

import (
	"fmt"
	"strings"
	"testing"
)

// job is keys that do something, and what has to come of them. Text stands in quotes and is not counted, but for the letters of a
// command.
type job struct {
	name, start, keys string
	most              int
	done              func(u *user) bool
}

// holds tells whether the zone on the screen has all of some texts, without regard to blanks.
func holds(texts ...string) func(u *user) bool {
	return func(u *user) bool {
		file := strings.Join(strings.Fields(string(u.app.doc.Zone().Root().Bytes())), " ")
		for _, t := range texts {
			if !strings.Contains(file, t) {
				return false
			}
		}
		return true
	}
}

// twentyNames is a zone with twenty names that lead to the provider.
func twentyNames() []byte {
	var b strings.Builder
	b.WriteString("$TTL 1d\n@ IN SOA ns1 hostmaster 2026112101 8h 2h 4w 1h\n@ IN NS ns1\nns1 IN A 192.0.2.1\nmx IN A 192.0.2.2\n")
	for i := range 20 {
		fmt.Fprintf(&b, "cust%02d IN MX 10 aspmx.provider.example.\n", i)
	}
	return []byte(b.String())
}

// servedZone is a zone that a named serves; the next serial is the one it waits for.
const servedZone = "$TTL 1d\n@ SOA ns1 hostmaster 7 3600 600 604800 3600\n NS ns1\n MX 10 mx1\n MX 20 mx2\nns1 A 192.0.2.53\nmx1 A 192.0.2.10\nmx2 A 192.0.2.11\n"

// jobs is the table.
var jobs = []job{
	{"an MX, its host, A and AAAA", "home", `a "mx9" tab "192.0.2.44 2001:db8::44" enter`, 3, holds("MX 100 mx9", "mx9 IN A 192.0.2.44", "AAAA 2001:db8::44")},
	{"a TLSA of the host", "home", `a ctrl+t "tl" tab "0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3" enter`, 5, holds("_25._tcp.mx2 IN TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3")},
	{"where mail programs send", "home", `a ctrl+t "sr" tab "mx2" enter`, 5, holds("_submissions._tcp IN SRV 0 1 465 mx2")},
	{"another order", "home", `enter down K`, 3, holds("MX 30 mx3")},
	{"comment out, and back", "home enter home j", `c c`, 2, func(u *user) bool {
		return u.app.doc.At > 0 && holds("IN MX 20 mx2")(u) && !holds("; 300 IN MX 20 mx2")(u)
	}},
	{"twenty names to another host", "home", `* : r e p tab "aspmx.provider.example." space "mx" enter`, 8, func(u *user) bool {
		return !holds("MX 10 aspmx.provider.example.")(u) && strings.Count(string(u.app.doc.Zone().Root().Bytes()), "MX 10 mx") == 20
	}},
	{"a host gets another name", `/ "branch mx" enter home`, `R "mx7" enter enter`, 3, holds("MX 10 mx7", "mx7 IN A")},
	{"an address becomes another everywhere", `home enter home / "192.0.2.11" enter`, `R "192.0.2.99" enter enter`, 3, holds("mx2 IN A 192.0.2.99")},
	{"a step of a plan", `M ctrl+u "mx2" tab ctrl+u "newmx" tab "192.0.2.60" enter`, `enter w w`, 3, func(u *user) bool { return !u.app.doc.Modified() && strings.Contains(u.file(""), "newmx") }},
	{"a step of a plan, which named serves then", `M ctrl+u "mx2" tab ctrl+u "newmx" tab "192.0.2.60" enter`, `enter w r`, 3, func(u *user) bool {
		return !u.app.doc.Modified() && strings.Contains(u.file(""), "newmx") && strings.Contains(u.screen(), "named was seen with serial")
	}},
}

func TestKeysCounted(t *testing.T) {
	for _, j := range jobs {
		t.Chdir(t.TempDir())
		named, zone := "", demoZone
		if strings.Contains(j.name, "twenty") {
			zone = twentyNames()
		}
		if strings.Contains(j.name, "named serves") {
			named, zone = "named: serves", []byte(servedZone)
		}
		u := newUser(t, named, zone)
		u.types(j.start)
		u.types(j.keys)
		n := 0
		for _, word := range splitKeys(j.keys) {
			if !strings.HasPrefix(word, `"`) {
				n++
			}
		}
		t.Logf("%-32s %d of %d keys: %s", j.name, n, j.most, j.keys)
		if n > j.most || !j.done(u) {
			t.Errorf("%s: %d keys, %d may be; it is done: %v\n%s", j.name, n, j.most, j.done(u), u.screen())
		}
	}
}
