package zonefile

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// settleLines are lines that give others their owner, their TTL or their origin, and broken ones.
var settleLines = []string{
	"TTL 1h", "@ SOA ns1 h 1 3600 600 86400 300", "@ 300 SOA ns1 h 1 3600 600 86400 300", "@ NS ns1",
	"$ORIGIN sub.example.com.", "$ORIGIN example.com.", "$ORIGIN sub", "ns1 A 192.0.2.1", " A 192.0.2.2",
	"ns1 600 A 192.0.2.1", "www A 192.0.2.3", " 60 MX 10 ns1", "@ MX 10 ns1", "$GENERATE 1-3 h$ A 192.0.2.$",
	"mail A 192.0.2.7", "\tTXT \"x\"",
}

// settleScripts take lines away that others inherit from, and put such between them.
var settleScripts = []string{
	"add a.example.com. 300 A 192.0.2.9", "add ns1.example.com. 300 A 192.0.2.9", "del ns1.example.com.",
	"add www.sub.example.com. 60 A 192.0.2.9", "del example.com. MX", "add sub.example.com. 5 MX 10 a",
	"del ns1.example.com. A\nadd ns1.example.com. 77 A 192.0.2.33", "del www.example.com.\ndel mail.example.com.",
}

// TestSettleEnds: in any zone, broken ones most of all, no two repairs undo each other. A script is done, or what stands
// against it is said.
func TestSettleEnds(t *testing.T) {
	pick := rand.New(rand.NewPCG(1, 2))
	done := 0
	for range 5000 {
		var zone []string
		for range 4 + pick.IntN(6) {
			zone = append(zone, settleLines[pick.IntN(len(settleLines))])
		}
		text, script := strings.Join(zone, "\n")+"\n", settleScripts[pick.IntN(len(settleScripts))]
		_, err := Parse("x", []byte(text), Options{Origin: "example.com."}).Script(strings.NewReader(script))
		if err == nil {
			done++
		} else if strings.Contains(err.Error(), errEndless) {
			t.Errorf("%v: %s\n%s", err, script, text)
		}
	}
	if done < 2000 {
		t.Errorf("only %d scripts could be done", done)
	}
}

// TestOwnerlessStay: lines that have no owner cannot keep that below one that names an owner, and the reason is said.
func TestOwnerlessStay(t *testing.T) {
	z := Parse("x", []byte("$TTL 60\n\tSOA ns1 h 1 1 1 1 1\n\tNS ns1\na A 192.0.2.1\n"), Options{Origin: "example.com."})
	var last Record
	for r := range z.Records() {
		last = r
	}
	_, err := z.Move(last, After(z.soa))
	if err == nil || !strings.Contains(err.Error(), "it has no owner and would get one") {
		t.Errorf("%v", err)
	}
}

// TestHandedOnceAcrossChunks: lines that lose the line with their owner get it back once, wherever chunks are cut, and however many
// names that happens to.
func TestHandedOnceAcrossChunks(t *testing.T) {
	var text strings.Builder
	text.WriteString("$TTL 60\n@ SOA ns1 h 1 1 1 1 1\n@ NS ns1\n")
	for i := range 2 * maxSettle {
		fmt.Fprintf(&text, "n%d A 192.0.2.1\n A 192.0.2.2\n A 192.0.2.3\n", i)
	}
	for _, size := range []int{1, 30, chunkBytes} {
		s := scanner{src: []byte(text.String()), final: true, size: size}
		texts, _ := s.scan()
		z := &Zone{opt: Options{Origin: "example.com."}, reads: map[string]*read{}}
		z.link("x", texts, nil)
		var gone []Record
		for r := range z.Records() {
			if r.Type() == TypeA && r.OwnerText() != "" {
				gone = append(gone, r)
			}
		}
		edits, err := z.Delete(gone...)
		if err != nil {
			t.Fatalf("in chunks of %d bytes: %v", size, err)
		}
		owners := 0
		for r := range mustApply(t, z, edits).Records() {
			if r.Type() == TypeA && r.OwnerText() != "" {
				owners++
			}
		}
		if owners != len(gone) {
			t.Errorf("in chunks of %d bytes: %d lines of %d names say their owner", size, owners, len(gone))
		}
	}
}

// A $GENERATE makes records of RRsets that others begin: a line that comes between them, or goes, parts or joins their runs, and BIND
// takes the TTL of another of them.
func TestTTLOfWhatGenerateMakesStays(t *testing.T) {
	for _, c := range []struct{ zone, script, owner string }{
		{"@ 1d SOA ns1 h 1 3600 900 604800 1h\n@ NS ns1\nns1 A 192.0.2.53\nwww 600 A 192.0.2.2\nmail A 192.0.2.3\ndhcp1 A 192.0.2.0\n" +
			" 300 MX 10 mail\n$GENERATE 1-5/2 dhcp$ 3600 A 192.0.2.$\n", "add new.example.com. 300 MX 0 mail.example.com.", "dhcp1.example.com."},
		{"@ 1d SOA ns1 h 1 3600 900 604800 1h\n@ NS ns1\nns1 A 192.0.2.53\nmail 1h TXT a\nwww 300 MX 0 mail\n$GENERATE 1-3 mail 300 TXT \"gen $\"\n",
			"del www.example.com.", "mail.example.com."},
	} {
		z := Parse("db", []byte(c.zone), Options{Origin: "example.com."})
		edits, err := z.Script(strings.NewReader(c.script))
		if err != nil {
			continue // rightly refused where no edit keeps it
		}
		next, err := z.Apply(edits...)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range z.Node(Name(c.owner)).Records {
			set := next.RRset(r.Owner(), r.Type())
			if was, is := z.RRsetTTL(r), next.RRsetTTL(set[0]); was != is {
				t.Errorf("%s %s is served with %d, and was with %d, after %q in\n%s", r.Owner(), r.Type(), is, was, c.script, next.Root().Bytes())
			}
		}
	}
}
