package zonefile

import (
	"fmt"
	"testing"
	"time"
)

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
	fragment := Parse("z", []byte("a 300 A 192.0.2.1\n"), Options{Origin: "example.com."})
	if edits, err := fragment.RaiseSerial(fragment, SerialAuto, now); err != nil || edits != nil {
		t.Errorf("a fragment: %v, %v", edits, err)
	}
}
