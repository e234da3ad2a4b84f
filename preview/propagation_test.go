package preview

// The law: whatever numbers stand in a zone, no wait is shorter than a part of it.

import (
	"fmt"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// The largest numbers that a zone can hold do not make a wait short.
func TestWaitsDoNotWrap(t *testing.T) {
	read := func(refresh, retry, ttl uint32) *zonefile.Zone {
		text := fmt.Sprintf("@ 3600 SOA ns h 1 %d %d 604800 3600\n@ 3600 NS ns\nns 3600 A 192.0.2.53\n@ %d MX 10 mx.isp.test.\n", refresh, retry, ttl)
		return zonefile.Parse("db", []byte(text), zonefile.Options{Origin: "example.com."})
	}
	const most, ttl = 1<<32 - 1, 1<<31 - 1
	for _, refresh := range []uint32{3600, ttl, most - 600, most} {
		for _, retry := range []uint32{600, ttl, most} {
			for _, kept := range []uint32{300, ttl} {
				steps, err := Plan(read(refresh, retry, kept), migration(t, []string{"mx.isp.test", "mx1.example.com=192.0.2.1"}), Past{})
				if err != nil {
					t.Fatal(err)
				}
				least := min(refresh, longestSpread) + min(retry, longestSpread)
				for _, s := range steps[1:5] {
					if s.Wait < least || s.Number == 1 && s.Wait < least+kept {
						t.Errorf("refresh %d, retry %d, TTL %d: step %d waits %d s", refresh, retry, kept, s.Number, s.Wait)
					}
				}
				for i, s := range steps[2:6] {
					if s.Earliest < steps[i+1].Earliest+steps[i+1].Wait {
						t.Errorf("refresh %d, retry %d, TTL %d: step %d may be saved after %d s", refresh, retry, kept, s.Number, s.Earliest)
					}
				}
			}
		}
	}
}

// A TTL that is not written comes from above: who lowers $TTL waits for what caches have, as who writes it at each record does.
func TestDefaultTTLIsWaitedFor(t *testing.T) {
	zone := func(ttl, own string) *zonefile.Zone {
		text := "$TTL " + ttl + "\n@ 1h SOA ns1 h 1 1h 15m 1w 1h\n@ 1h NS ns1\nns1 1h A 192.0.2.53\n@ " + own + " MX 10 mx\nmx " + own + " A 192.0.2.10\n"
		return zonefile.Parse("z", []byte(text), zonefile.Options{Origin: "example.com."})
	}
	above := Propagate(zone("1d", ""), zone("5m", ""), true)
	written := Propagate(zone("1d", "1d"), zone("1d", "5m"), true)
	if above != written || above.Seconds < 86400 {
		t.Errorf("$TTL changes: %+v; written at each record: %+v", above, written)
	}
	if gone, come := Changed(zone("1d", ""), zone("5m", "")); len(gone) != 2 || len(come) != 2 {
		t.Errorf("%d records had another TTL, and %d have", len(gone), len(come))
	}
}
