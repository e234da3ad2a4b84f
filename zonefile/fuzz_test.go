package zonefile

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// seedZones adds the zones of the tests to a fuzz target.
func seedZones(f *testing.F, add func(src []byte)) {
	for _, tz := range ownZones(f) {
		add(tz.src)
	}
	for _, s := range []string{"", "\n", "a A (", "\"", ";\r", "$TTL", "( a A 1.2.3.4 )\n\\", "$GENERATE 0-3 a$ A 192.0.2.${1,2,x}\n", "a\x00b\n"} {
		add([]byte(s))
	}
}

// FuzzScan: entries tile any file, and nothing that reads one panics.
func FuzzScan(f *testing.F) {
	seedZones(f, func(src []byte) { f.Add(src) })
	f.Fuzz(func(t *testing.T, src []byte) {
		z := Parse("fuzz", src, Options{Origin: "example.com."})
		var joined []byte
		for w := range z.FileRows(z.Root(), 0) {
			if w.Span().Len() == 0 {
				t.Fatalf("an empty entry at %d", w.Span().Start)
			}
			joined = append(joined, w.Text()...)
		}
		if !bytes.Equal(joined, src) {
			t.Fatalf("the entries do not tile the file")
		}
		checkQuickly(t, z)
		readEverything(z)
	})
}

// checkQuickly wants what the scan has found good to be good.
func checkQuickly(t *testing.T, z *Zone) {
	for _, c := range z.root.chunks {
		for i := range c.entries {
			if p, _ := c.check(i, nil); p.msg != "" && c.quicklyChecked(i) {
				t.Fatalf("%q is taken, but %s", c.bytes(i), p.msg)
			}
		}
	}
}

// readEverything calls all that reads a zone.
func readEverything(z *Zone) {
	var last Name
	for w := range z.Rows() {
		w.Commented()
		w.Problem()
		w.Generated()
		r := w.Record()
		if r.IsZero() {
			continue
		}
		r.RData()
		r.Comment()
		r.CanonicalRData()
		r.Position()
		r.Target()
		r.Addr()
		if last != r.Owner() { // an RRset may have ten thousand records
			z.Lookup(r.Owner(), r.Type())
		}
		last = r.Owner()
	}
	for n := range z.Nodes() {
		z.Lookup("x."+n.Name, TypeMX)
	}
}

// quickRecords is a record of each type that is read in one pass, and such in parentheses.
var quickRecords = []string{
	"a 300 IN SOA ns1 h (\n\t2026010101 ; serial\n\t4h 1h\r\n 2w 1h )\n",
	"\tMX ( 10\n mx ) ; c\n",
	"a TXT (\"a\"\n;c\n\"b\")\n",
	"_s._tcp SRV 0 5 5060 h.example.net.\n",
	"a DNAME b.\n",
	"a CAA 128 issue \"ca.example.net\"\n",
	"_25._tcp.a TLSA 3 1 1 00ff ( 11\n22 )\n",
	"a SSHFP 4 2 " + strings.Repeat("0f", 32) + "\n",
	"a SSHFP 4 9 0f\n",
	"a DS 12345 13 2 " + strings.Repeat("0F", 32) + "\n",
	"a CDS 0 0 0 00\n",
	"a DNSKEY 257 3 13 (\n\tAQIDBA==\n\t) ; key\n",
	"a CDNSKEY 0 3 0 AA==\n",
	"a RRSIG MX 13 2 3600 20261231000000 20261101000000 12345 example.com. AQID BAUG\n",
	"a RRSIG TYPE65534 13 0 3600 20261231000000 20240228235959 12345 . AQIDBAUGBw==\n",
	"a NSEC b.example.com. A MX RRSIG NSEC TYPE65534\n",
	"a NSEC3 1 0 10 aabb 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR A MX\n",
	"a NSEC3 1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr NS\n",
}

// FuzzQuick: what quick takes it reads as readEntry does, and nothing is wrong with it.
func FuzzQuick(f *testing.F) {
	seedZones(f, func(src []byte) {
		for line := range bytes.Lines(src) {
			f.Add(line)
		}
	})
	for _, record := range quickRecords {
		f.Add([]byte(record))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		if len(line) == 0 || line[0] == ';' {
			return
		}
		e, next, ok := new(quick).record(line, 0)
		if !ok {
			return
		}
		l := lexer{src: line, bol: true}
		want, p := readEntry(&l)
		e.flags &^= checked | multiLine
		want.flags &^= checked
		if e != want || next != l.pos || p.msg != "" {
			t.Fatalf("%q: quickly %+v %d, slowly %+v %d %q", line, e, next, want, l.pos, p.msg)
		}
		src := line[:next:next]
		c := linkText(&text{src: src, entries: []entry{e}}, state{origin: "example.com.", owner: "example.com.", ttls: ttls{hasDef: true}})
		if p, _ := c.check(0, nil); p.msg != "" {
			t.Fatalf("%q: taken, but %s", line, p.msg)
		}
	})
}

// TestQuickTypes: the records that fill zones are read in one pass.
func TestQuickTypes(t *testing.T) {
	for _, record := range quickRecords {
		if _, next, ok := new(quick).record([]byte(record), 0); !ok || next != len(record) {
			t.Errorf("%q is not read in one pass", record)
		}
	}
}

// FuzzApply: edits change their spans and no other byte, and the new version is the one that a fresh read
// gives.
func FuzzApply(f *testing.F) {
	seedZones(f, func(src []byte) { f.Add(src, uint32(10), uint32(20), "( x", uint32(30), uint32(31), "\n") })
	f.Fuzz(func(t *testing.T, src []byte, a, b uint32, x string, c, d uint32, y string) {
		if strings.Contains(string(src)+x+y, "$") && len(src) > 1<<12 {
			t.Skip("a $GENERATE in a long file takes its time")
		}
		z := Parse("fuzz", src, Options{Origin: "example.com."})
		edits := []Edit{{z.Root(), Span{a, b}, x}, {z.Root(), Span{c, d}, y}}
		next, err := z.Apply(edits...)
		if err != nil {
			return
		}
		if !bytes.Equal(next.Root().Bytes(), naiveSplice(src, edits)) {
			t.Fatalf("other bytes than the edits' changed")
		}
		if d := differentEntries(next, Parse("fuzz", next.Root().Bytes(), z.opt)); d != "" {
			t.Fatalf("an edited version differs from a fresh read: %s", d)
		}
		back, err := z.Apply(z.compose(edits, nil)...)
		if err != nil || !back.Same(next) {
			t.Fatalf("composing with nothing changed the edits: %v", err)
		}
		if was, err := next.Apply(next.Back(edits)...); err != nil || !was.Same(z) {
			t.Fatalf("the way back leads elsewhere: %v", err)
		}
	})
}

// FuzzEdits: a sequence of operations with undo and redo between them keeps every version intact.
func FuzzEdits(f *testing.F) {
	seedZones(f, func(src []byte) { f.Add(src, []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 200, 9, 201, 10, 11}) })
	f.Fuzz(func(t *testing.T, src, moves []byte) {
		if len(src) > 1<<14 || len(moves) > 100 {
			t.Skip("long inputs find nothing that short ones do not")
		}
		versions := []*Zone{Parse("fuzz", src, Options{Origin: "example.com."})}
		texts := [][]byte{src}
		at := 0
		for i, m := range moves {
			if m >= 200 { // undo and redo are other places in the list of versions
				at = int(m) % len(versions)
				continue
			}
			next := randomStep(t, versions[at], int(m), i)
			if next != nil {
				versions, texts = append(versions, next), append(texts, next.Root().Bytes())
				at = len(versions) - 1
			}
		}
		for i, z := range versions {
			if !bytes.Equal(z.Root().Bytes(), texts[i]) {
				t.Fatalf("version %d changed after it was made", i)
			}
		}
	})
}

// randomStep does one operation on one record; nil if it was refused.
func randomStep(t *testing.T, z *Zone, move, salt int) *Zone {
	records := slices.Collect(z.Records())
	if len(records) == 0 {
		return nil
	}
	r := records[(move*31+salt)%len(records)]
	ops := operations(z)
	edits, err := ops[move%len(ops)].do(z, r)
	if err != nil {
		return nil
	}
	next, err := z.Apply(edits...)
	if err != nil {
		t.Fatalf("%s: edits that do not apply: %v", ops[move%len(ops)].name, err)
	}
	if d := differentEntries(next, Parse("fuzz", next.Root().Bytes(), z.opt)); d != "" {
		t.Fatalf("%s: %s", ops[move%len(ops)].name, d)
	}
	return next
}

// FuzzScript: no script panics, and one that is taken gives a zone that is read again as it is.
func FuzzScript(f *testing.F) {
	f.Add("update add a.example.com. 300 A 192.0.2.1\nupdate delete mx1.example.com. A\nsend\n")
	f.Add("origin example.com.\ndel @ MX\nadd @ 3600 IN MX 5 mx1\nttl 60\nadd @ TXT \"a b\" c\n")
	company := ownZones(f)[0]
	for _, tz := range ownZones(f) {
		if strings.HasSuffix(tz.path, "company.zone") {
			company = tz
		}
	}
	f.Fuzz(func(t *testing.T, script string) {
		z := company.parse()
		edits, err := z.Script(strings.NewReader(script))
		if err != nil {
			return
		}
		next, err := z.Apply(edits...)
		if err != nil {
			t.Fatal(err)
		}
		if d := differentEntries(next, Parse(company.path, next.Root().Bytes(), next.opt)); d != "" {
			t.Fatal(d)
		}
	})
}

// FuzzNames: a name that parses prints as one that parses to the same.
func FuzzNames(f *testing.F) {
	for _, s := range []string{"a", "a.b", "@", ".", `a\.b`, `\065`, `\000`, "*.x", "a..b", strings.Repeat("a", 64)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := ParseName(text, "example.com.")
		if err != nil {
			return
		}
		again, err := ParseName(string(n), "")
		if err != nil || again != n {
			t.Fatalf("%q is %q, which is %q: %v", text, n, again, err)
		}
		for _, origin := range []Name{"example.com.", "com.", Root} {
			if back, err := ParseName(n.In(origin), origin); err != nil || back != n {
				t.Fatalf("%q under %q is %q, which is %q: %v", n, origin, n.In(origin), back, err)
			}
		}
		if len(n) > 1 && n.Parent().Labels() != n.Labels()-1 {
			t.Fatalf("the parent of %q is %q", n, n.Parent())
		}
	})
}

// FuzzPrintable: nothing that moves a cursor or hides comes through.
func FuzzPrintable(f *testing.F) {
	for _, s := range []string{"plain", "caf\xe9", "\x1b]52;c;AA\a", "é ü 漢", "\u202e\u200b\ufeff", "\x00\x7f\u0085", "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\u0301"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, utf8Terminal bool) {
		out := Printable(s, utf8Terminal)
		for _, r := range out {
			if r < ' ' || r == 0x7f || r > 0x7f && (!utf8Terminal || !visible(r)) {
				t.Fatalf("%q lets %U through", s, r)
			}
		}
		if Printable(out, utf8Terminal) != out {
			t.Fatalf("%q is not stable", out)
		}
	})
}

func TestRenumber(t *testing.T) {
	for _, c := range []struct{ in, sizes, want []int }{
		{[]int{20, 10}, []int{1, 1}, []int{20, 30}},             // the first stays, a gap of ten behind it
		{[]int{10, 20, 30}, []int{1, 1, 1}, []int{10, 20, 30}},  // in order: nothing changes
		{[]int{20, 10, 30}, []int{1, 1, 1}, []int{20, 25, 30}},  // one number changes
		{[]int{20, 30, 10}, []int{1, 1, 1}, []int{20, 30, 40}},  // behind the last, a gap of ten
		{[]int{20, 10, 20}, []int{2, 1, 1}, []int{20, 30, 40}},  // the larger tier stays
		{[]int{1, 0, 2}, []int{1, 1, 1}, []int{1, 11, 21}},      // no room between
		{[]int{65535, 65534}, []int{1, 1}, []int{65524, 65534}}, // the end of the numbers
	} {
		got := renumber(c.in, c.sizes)
		for i := 1; i < len(got); i++ {
			if got[i] <= got[i-1] || got[i] > 65535 || got[0] < 0 {
				t.Errorf("%v becomes %v, which does not rise", c.in, got)
			}
		}
		if len(c.want) > 0 && !slices.Equal(got, c.want) {
			t.Errorf("%v (sizes %v) becomes %v, want %v", c.in, c.sizes, got, c.want)
		}
	}
}
