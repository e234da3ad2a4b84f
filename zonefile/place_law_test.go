package zonefile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestPlaceLaw adds new names of many kinds to every zone: exactly the new record comes, and it stands neither inside
// another's block, nor between a comment and the record below it, nor in a file that is included twice.
func TestPlaceLaw(t *testing.T) {
	zones := append(ownZones(t), corpusZones(t)...)
	for seed := range 20 {
		zones = append(zones, testZone{fmt.Sprintf("made-%d", seed), seededZone(50, uint64(seed)), "big.example."})
	}
	pick := rand.New(rand.NewPCG(7, 8))
	tried := 0
	for _, tz := range zones {
		z := tz.parse()
		records := slices.Collect(z.Records())
		if _, bad := firstProblem(z); bad || len(records) == 0 || len(records) > 3000 || z.Origin() == Root {
			continue
		}
		before := lister{}.list(z)
		for range 6 {
			near := records[pick.IntN(len(records))].Owner()
			d := newName(near, pick.IntN(4))
			if len(z.Node(d.Owner).Records) > 0 || !d.Owner.Below(z.Origin()) {
				continue
			}
			tried++
			checkPlace(t, tz, z, d, before)
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d names", tried)
	if tried < 100 {
		t.Errorf("only %d names", tried)
	}
}

// newName is a draft of a new name beside, below, above or far below another.
func newName(near Name, kind int) Draft {
	d := Draft{Owner: "law-new." + near, Type: TypeTXT, RData: `"law"`}
	switch kind {
	case 0:
		d = Draft{Owner: "law-new." + near.Parent(), Type: TypeA, RData: "192.0.2.222"}
	case 1:
		d = Draft{Owner: "_25._tcp.law-new." + near, Type: TypeTXT, RData: `"law"`}
	case 2:
		d = Draft{Owner: near.Parent(), Type: TypeTXT, RData: `"law"`}
	}
	d.TTL = "4242"
	return d
}

// checkPlace adds a draft and looks at what comes and where.
func checkPlace(t *testing.T, tz testZone, z *Zone, d Draft, before []string) {
	t.Helper()
	edits, err := z.Add(d)
	if err != nil {
		t.Errorf("%s: %s %s: %v", tz.path, d.Owner, d.Type, err)
		return
	}
	next := mustApply(t, z, edits)
	got, want := lister{}.list(next), append(slices.Clone(before), fmt.Sprintf("%s %s %s %s", d.Owner, FormatTTL(4242), d.Type, d.RData))
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: %s %s: edits %s\n%s", tz.path, d.Owner, d.Type, showEdits(edits), differ(want, got))
	}
	set := next.RRset(d.Owner, d.Type)
	if len(set) != 1 {
		t.Fatalf("%s: %s %s: %d records", tz.path, d.Owner, d.Type, len(set))
	}
	r := set[0]
	up, down := Row{r}.prevRecord().r, r.nextRecord()
	switch {
	case r.file.reason != "":
		t.Errorf("%s: %s: into a file that is included twice", tz.path, r.Place())
	case !r.prevRow().IsZero() && r.prevRow().isComment() && !r.nextRow().IsZero() && r.nextRow().e().kind == kindRecord:
		t.Errorf("%s: %s: between a comment and the record below it", tz.path, r.Place())
	case !up.IsZero() && !down.IsZero() && next.top(up.Owner()) == next.top(down.Owner()) && next.top(r.Owner()) != next.top(up.Owner()):
		t.Errorf("%s: %s: %s stands between %s and %s", tz.path, r.Place(), r.Owner(), up.Owner(), down.Owner())
	}
}

// TestPlaceInALargeZone: the last sibling is found wherever it stands, and so is the place in an order.
func TestPlaceInALargeZone(t *testing.T) {
	head := "$TTL 1h\n@ SOA ns.example.net. h 1 3600 600 604800 300\n@ NS ns.example.net.\n"
	var hosting, ordered strings.Builder
	for i := range 30_000 {
		fmt.Fprintf(&hosting, "c%d MX 10 mail.c%d\nc%d TXT \"x\"\nmail.c%d A 192.0.2.1\n", i*7919%30_000, i*7919%30_000, i*7919%30_000, i*7919%30_000)
		fmt.Fprintf(&ordered, "h%06d A 192.0.2.1\n", 2*i)
	}
	z := Parse("hosting", []byte(head+hosting.String()+"; web\nweb A 192.0.2.80\nftp A 192.0.2.81\n"), Options{Origin: "example.com."})
	checkAbove(t, z, Draft{Owner: "zzz.example.com.", Type: TypeMX, RData: "10 mail"}, "mail.c22081.example.com.")
	z = Parse("ordered", []byte(head+ordered.String()), Options{Origin: "example.com."})
	for _, n := range []int{1, 77, 20_001, 59_997} {
		checkAbove(t, z, Draft{Owner: Name(fmt.Sprintf("h%06d.example.com.", n)), Type: TypeA, RData: "192.0.2.2"}, Name(fmt.Sprintf("h%06d.example.com.", n-1)))
	}
}

// checkAbove adds a draft and wants a name above it.
func checkAbove(t *testing.T, z *Zone, d Draft, want Name) {
	t.Helper()
	edits, err := z.Add(d)
	if err != nil {
		t.Fatal(err)
	}
	r := mustApply(t, z, edits).RRset(d.Owner, d.Type)[0]
	if up := (Row{r}).prevRecord().Owner(); up != want {
		t.Errorf("%s stands behind %s, want %s", d.Owner, up, want)
	}
}

// TestManyPlaces: a script of four times as many new customers takes about four times as long, into blocks, behind
// siblings and into an order.
func TestManyPlaces(t *testing.T) {
	head := "$TTL 1h\n@ SOA ns.example.net. h 1 3600 600 604800 300\n@ NS ns.example.net.\n"
	for _, ordered := range []bool{false, true} {
		var zone strings.Builder
		zone.WriteString(head)
		for i := range 4_000 {
			n := i
			if !ordered {
				n = i * 7919 % 4_000
			}
			fmt.Fprintf(&zone, "c%06d MX 10 mail.c%06d\nmail.c%06d A 192.0.2.1\n", n, n, n)
		}
		z := Parse("many", []byte(zone.String()), Options{Origin: "example.com."})
		took := func(n int) time.Duration {
			var script strings.Builder
			for i := range n {
				owner := fmt.Sprintf("c%06dx", i*4_000/n)
				fmt.Fprintf(&script, "add %s.example.com. 60 MX 10 a.\nadd mail.%s.example.com. 60 A 192.0.2.2\nadd %s.example.com. 60 TXT x\n", owner, owner, owner)
			}
			start := cpuTime(t)
			if _, err := z.Script(strings.NewReader(script.String())); err != nil {
				t.Fatal(err)
			}
			return cpuTime(t) - start
		}
		took(10)
		few, many := min(took(150), took(150), took(150)), min(took(600), took(600), took(600))
		t.Logf("ordered %t: 150 customers %v, 600 customers %v", ordered, few, many)
		if many > 10*few {
			t.Errorf("ordered %t: 150 customers take %v, 600 take %v", ordered, few, many)
		}
	}
}

// cpuTime is the time that the tests have computed so far: what else the machine does is not in it.
func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
