package zonefile

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// What $GENERATE make is bounded for a zone, not for a directive: which are written out depends on nothing but the text.

const generateHead = "$TTL 1h\n@ SOA ns h 1 1h 1h 1w 1h\n@ NS ns\nns A 192.0.2.1\n"

// unwritten is the lines of the $GENERATE that a zone does not write out.
func unwritten(z *Zone) (lines []int) {
	for p := range z.Unwritten() {
		lines = append(lines, p.File.Position(p.Span.Start).Line)
	}
	return lines
}

// many is a zone of 20 $GENERATE of 65536 records, and of one behind them.
func many() string {
	var b strings.Builder
	b.WriteString(generateHead)
	for i := range 20 {
		fmt.Fprintf(&b, "$GENERATE 1-65536 a%d-$ A 10.0.0.1\n", i)
	}
	return b.String() + "$GENERATE 1-10 last$ A 10.0.0.1\n"
}

func TestGeneratedRecordsOfAZoneAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes a million records, twice")
	}
	z := Parse("db", []byte(many()), Options{Origin: "example.com."})
	wants := func(z *Zone, want ...int) {
		t.Helper()
		if got := unwritten(z); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("not written out are the lines %v, want %v", got, want)
		}
	}
	exists := func(z *Zone, name Name, want bool) {
		t.Helper()
		if z.Exists(name) != want {
			t.Errorf("%s exists: %v", name, !want)
		}
	}
	wants(z, 20, 21, 22, 23, 24) // 15 are 983,040 records
	exists(z, "a14-65536.example.com.", true)
	exists(z, "a15-1.example.com.", false)
	exists(z, "last10.example.com.", true)

	// An edit above makes room, and what was written out for the version before is taken over.
	z.RRset("ns.example.com.", TypeA)
	row := z.RowAt(z.Root(), uint32(strings.Index(many(), "$GENERATE 1-65536 a3-")))
	fewer, err := z.Apply(Edit{File: z.Root(), Span: row.Span()})
	if err != nil {
		t.Fatal(err)
	}
	again := Parse("db", []byte(string(fewer.Root().Bytes())), Options{Origin: "example.com."})
	wants(fewer, unwritten(again)...)
	wants(again, 20, 21, 22, 23)
	exists(fewer, "a15-1.example.com.", true)
	exists(fewer, "a3-1.example.com.", false)
	exists(fewer, "last10.example.com.", true)
}

// A file is included many times, and each time it counts.
func TestGeneratedRecordsOfIncludesAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes a million records")
	}
	inner := strings.Repeat("$GENERATE 1-100 a$ A 10.0.0.1\n", 3000)
	open := func(string, *File) (string, []byte, error) { return "inner", []byte(inner), nil }
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	z := Parse("db", []byte(generateHead+strings.Repeat("$INCLUDE inner\n", 50)), Options{Origin: "example.com.", Open: open})
	runtime.ReadMemStats(&after)
	records := 0
	for range z.Records() {
		records++
	}
	if records != 1_000_003 {
		t.Errorf("%d records", records)
	}
	if n := len(unwritten(z)); n != 50*3000-10_000 {
		t.Errorf("%d directives are not written out", n)
	}
	const most = 2 << 30
	if took := after.TotalAlloc - before.TotalAlloc; took > most {
		t.Errorf("%d MiB were allocated", took>>20)
	}
}
