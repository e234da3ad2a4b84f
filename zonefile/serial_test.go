package zonefile

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"
)

// TestSerials: the form of a serial is kept, and it never goes back.
func TestSerials(t *testing.T) {
	for _, c := range []struct {
		day       string
		old, want uint32
	}{
		{"2026-11-21", 2026112001, 2026112101}, // a new day starts at 01
		{"2026-11-21", 2026112101, 2026112102},
		{"2026-11-21", 2026112100, 2026112101},
		{"2026-11-21", 2026112199, 2026112200}, // nn = 99 rolls on
		{"2026-11-21", 2026112205, 2026112206}, // a day ahead goes on, never back
		{"2026-11-30", 2026113099, 2026113100}, // into a day that is in no calendar
		{"2026-11-30", 2026113100, 2026113101},
		{"2026-12-01", 2026113100, 2026120101}, // and out of it
		{"2026-12-05", 2026113100, 2026120501},
		{"2026-12-05", 2026119999, 2026120501},
		{"2026-12-05", 2026022901, 2026120501}, // in no calendar either
		{"2026-12-31", 2027010101, 2027010102}, // tomorrow's month
		{"2026-12-30", 2027010101, 2027010102},
		{"2027-01-02", 2026123199, 2027010201},
		{"2026-11-21", 7, 8}, // a counter
		{"2026-11-21", 0, 1},
		{"2026-11-21", 4294967294, 4294967295},
		{"2026-11-21", 4294967295, 1},          // BIND; RFC 1982
		{"2026-11-21", 2026990101, 2026990102}, // no date
		{"2026-11-21", 1989123101, 1989123102}, // no date, and no Unix time
		{"2026-11-21", 1700000000, uint32(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC).Unix())},
	} {
		now, err := time.Parse(time.DateOnly, c.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := nextSerial(c.old, SerialAuto, now); got != c.want || !SerialLess(c.old, got) {
			t.Errorf("%s: %d becomes %d, want %d", c.day, c.old, got, c.want)
		}
	}
}

// FuzzSerials: whatever the serial, the form and the day, the next one is after it (RFC 1982), and not 0.
func FuzzSerials(f *testing.F) {
	f.Add(uint32(4294967295), uint8(0), int64(1796774400))
	f.Add(uint32(2026113099), uint8(1), int64(1796774400))
	f.Fuzz(func(t *testing.T, old uint32, policy uint8, now int64) {
		next := nextSerial(old, SerialPolicy(policy%4), time.Unix(now%(1<<32), 0))
		if !SerialLess(old, next) || next == 0 {
			t.Fatalf("%d becomes %d", old, next)
		}
	})
}

// TestSerialAsBIND: a dynamic zone of named counts from 4294967295 to the number that mailzone counts to.
func TestSerialAsBIND(t *testing.T) {
	if _, err := exec.LookPath("named"); err != nil {
		t.Skip("needs named of Debian's package bind9")
	}
	for _, old := range []uint32{4294967294, 4294967295, 0, 1} {
		server := dynamicZone(t, old)
		update := new(dns.Msg).SetUpdate("example.com.")
		add, err := dns.NewRR("added.example.com. 300 A 192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		update.Insert([]dns.RR{add})
		if r, err := dns.Exchange(update, server); err != nil || r.Rcode != dns.RcodeSuccess {
			t.Fatalf("the update: %v, %v", r, err)
		}
		r, err := dns.Exchange(new(dns.Msg).SetQuestion("example.com.", dns.TypeSOA), server)
		if err != nil || len(r.Answer) != 1 {
			t.Fatalf("the SOA: %v, %v", r, err)
		}
		if named, got := r.Answer[0].(*dns.SOA).Serial, nextSerial(old, SerialCounter, time.Unix(0, 0)); named != got {
			t.Errorf("%d: named counts to %d, mailzone to %d", old, named, got)
		}
	}
}

// dynamicZone starts named with a zone that takes updates, and is where it answers.
func dynamicZone(t *testing.T, serial uint32) string {
	t.Helper()
	free, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := free.LocalAddr().(*net.UDPAddr).Port
	free.Close()
	dir := t.TempDir()
	conf := fmt.Sprintf(`options { directory %q; listen-on port %d { 127.0.0.1; }; listen-on-v6 { none; }; recursion no;
pid-file none; session-keyfile none; notify no; }; controls { };
zone "example.com" { type primary; file "db"; allow-update { any; }; };
`, dir, port)
	zone := fmt.Sprintf("$TTL 300\n@ SOA ns1 h %d 3600 900 604800 300\n@ NS ns1\nns1 A 192.0.2.53\n", serial)
	for name, text := range map[string]string{"named.conf": conf, "db": zone} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	named := exec.Command("named", "-g", "-n", "1", "-c", filepath.Join(dir, "named.conf"))
	out, err := named.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := named.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { named.Process.Kill(); named.Wait() })
	in := bufio.NewScanner(out)
	for in.Scan() {
		if strings.HasSuffix(in.Text(), " running") {
			return fmt.Sprintf("127.0.0.1:%d", port)
		}
	}
	t.Fatal("named did not start")
	return ""
}

func TestRaiseSerial(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	parse := func(serial string) *Zone {
		return Parse("z", fmt.Appendf(nil, "@ 300 SOA ns h %s 1h 1h 1w 1h\n", serial), Options{Origin: "example.com."})
	}
	for _, tt := range []struct{ disk, serial, want string }{
		{"2026112101", "2026112101", "2026112102"},
		{"2026112001", "2026112001", "2026112101"},
		{"2026112101", "2026112105", "2026112105"}, // by hand
		{"2026112101", "7", "2026112102"},          // never back
		{"41", "41", "42"},
		{"4294967295", "4294967295", "1"}, // the wrap
		{"4294967295", "3", "3"},
		{"x", "9", "10"}, // what is on disk does not load
	} {
		z := parse(tt.serial)
		edits, err := z.RaiseSerial(parse(tt.disk), SerialAuto, now)
		if err != nil {
			t.Errorf("%s to %s: %v", tt.disk, tt.serial, err)
			continue
		}
		raised, err := z.Apply(edits...)
		if err != nil {
			t.Fatal(err)
		}
		soa, _ := raised.SOA()
		if got, _ := soa.Token(int(Serial)); got.Raw != tt.want {
			t.Errorf("%s to %s: %s, want %s", tt.disk, tt.serial, got.Raw, tt.want)
		}
	}
	if _, err := parse("x").RaiseSerial(parse("1"), SerialAuto, now); err == nil {
		t.Error("a serial that is no number was raised")
	}
	for text, want := range map[string]int{"": 0, "; a comment\n$TTL 1d\n": 0, "@ 300 SOA ns h x 1h 1h 1w 1h\n": 1, "no record\n": 1, "@ 300 NS ns\n": 0} {
		before := Parse("z", []byte(text), Options{Origin: "example.com."}) // what nobody has served begins as it is written
		if edits, err := parse("2026112101").RaiseSerial(before, SerialAuto, now); err != nil || len(edits) != want {
			t.Errorf("behind %q: %v, %v", text, edits, err)
		}
	}
	fragment := Parse("z", []byte("a 300 A 192.0.2.1\n"), Options{Origin: "example.com."})
	if edits, err := fragment.RaiseSerial(fragment, SerialAuto, now); err != nil || edits != nil {
		t.Errorf("a fragment: %v, %v", edits, err)
	}
}
