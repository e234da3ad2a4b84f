package zonefile

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

// Each file of testdata/edit is one thing that an edit must survive: lines of operations, the zone, and the
// zone that has to come out, byte for byte. Where BIND is installed it reads both.
//
//	set OWNER TYPE[#N] FIELD TEXT     delete OWNER TYPE[#N]      comment OWNER TYPE[#N]     uncomment LINE
//	add OWNER TTL|- TYPE RDATA        insert after|before OWNER TYPE[#N] OWNER TTL|- TYPE RDATA
//	move OWNER TYPE[#N] after|before OWNER TYPE[#N]     reorder OWNER EXCHANGE up|down     join OWNER EXCHANGE
//	serial DATE                       script COMMAND             refuse "REGEXP" OPERATION
//
// Owners are relative to example.com. CR stands as ␍ and a missing last line end as ␄.
func TestEdits(t *testing.T) {
	files, err := filepath.Glob("testdata/edit/*.txtar")
	if err != nil || len(files) < 14 {
		t.Fatalf("%d cases: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { editCase(t, file) })
	}
}

// editCase runs one file.
func editCase(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range ar.Files {
		s := strings.ReplaceAll(string(f.Data), "␍", "\r")
		files[f.Name] = strings.ReplaceAll(s, "␄\n", "")
	}
	opt := Options{Origin: "example.com.", Open: func(path string, _ *File) (string, []byte, error) {
		s, ok := files[path]
		if !ok {
			return "", nil, os.ErrNotExist
		}
		return path, []byte(s), nil
	}}
	z := Parse("zone", []byte(files["zone"]), opt)
	for line := range strings.Lines(string(ar.Comment)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			z = editLine(t, z, line)
		}
	}
	for f := range z.Files() {
		want, ok := files["want "+f.Name()]
		if !ok {
			want, ok = files["want"], f == z.Root()
		}
		if got := string(f.Bytes()); ok && got != want {
			t.Errorf("%s is\n%s\nwant\n%s", f.Name(), show(got), show(want))
		}
	}
	askBIND(t, z, files)
}

// show makes line ends visible.
func show(s string) string { return strings.ReplaceAll(s, "\r", "␍") }

// askBIND wants BIND to load the zone that came out as mailzone reads it.
func askBIND(t *testing.T, z *Zone, files map[string]string) {
	if _, bad := firstProblem(z); bad || strings.Contains(files["zone"], "no BIND") {
		return
	}
	needOracle(t)
	dir := t.TempDir()
	for f := range z.Files() {
		if err := os.WriteFile(filepath.Join(dir, f.Name()), f.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, refusal := oracle(t, filepath.Join(dir, "zone"), "example.com.")
	if got := loadedLines(z); refusal != "" || !slices.Equal(got, want) {
		t.Errorf("BIND reads it otherwise: %s\n%s", refusal, differ(want, got))
	}
}

// editLine does one operation.
func editLine(t *testing.T, z *Zone, line string) *Zone {
	t.Helper()
	refusal := ""
	if rest, ok := strings.CutPrefix(line, "refuse "); ok {
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			t.Fatal(err)
		}
		refusal, _ = strconv.Unquote(quoted)
		line = strings.TrimSpace(rest[len(quoted):])
	}
	edits, err := operate(z, strings.Fields(line), line)
	if refusal != "" {
		if err == nil || !strings.Contains(err.Error(), refusal) {
			t.Fatalf("%s: %v, want %q", line, err, refusal)
		}
		return z
	}
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	next, err := z.Apply(edits...)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return next
}

// operate turns an operation into edits.
func operate(z *Zone, w []string, line string) ([]Edit, error) {
	tail := func(n int) string { return strings.Join(w[n:], " ") }
	switch w[0] {
	case "set":
		return z.Set(find(z, w[1], w[2]), fieldNamed(w[3]), tail(4))
	case "delete":
		return z.Delete(find(z, w[1], w[2]))
	case "comment":
		return z.CommentOut(find(z, w[1], w[2]))
	case "uncomment":
		n, _ := strconv.Atoi(w[1])
		return z.Uncomment(z.RowAt(z.Root(), z.Root().Line(n).Start))
	case "add":
		return z.Add(draft(w[1:]))
	case "insert":
		return z.Insert(draft(w[4:]), After(find(z, w[2], w[3])))
	case "move":
		return z.Move(find(z, w[1], w[2]), After(find(z, w[4], w[5])))
	case "reorder":
		return z.Reorder(exchange(z, w[1], w[2]), w[3] == "up")
	case "join":
		return z.Join(exchange(z, w[1], w[2]))
	case "serial":
		now, err := time.Parse(time.DateOnly, w[1])
		if err != nil {
			return nil, err
		}
		return z.BumpSerial(SerialAuto, now)
	case "script":
		return z.Script(strings.NewReader("origin example.com.\n" + strings.ReplaceAll(tail(1), `\n`, "\n") + "\n"))
	}
	return nil, fmt.Errorf("no operation: %s", line)
}

// fieldNamed is a field by its name, or an RDATA token by its number.
func fieldNamed(s string) Field {
	named := map[string]Field{"owner": FieldOwner, "ttl": FieldTTL, "comment": FieldComment, "rdata": FieldRData}
	if f, ok := named[s]; ok {
		return f
	}
	n, _ := strconv.Atoi(s)
	return Field(n)
}

// find is the record OWNER TYPE#N; N counts from 1.
func find(z *Zone, owner, typ string) Record {
	name, number, _ := strings.Cut(typ, "#")
	n, _ := strconv.Atoi(number)
	t, _ := ParseType(name)
	o, _ := ParseName(owner, "example.com.")
	if set := z.RRset(o, t); max(n-1, 0) < len(set) {
		return set[max(n-1, 0)]
	}
	return Record{}
}

// exchange is the MX of an owner that leads to a host.
func exchange(z *Zone, owner, host string) Record {
	o, _ := ParseName(owner, "example.com.")
	h, _ := ParseName(host, "example.com.")
	for _, r := range z.RRset(o, TypeMX) {
		if n, _ := r.Target(); n == h {
			return r
		}
	}
	return Record{}
}

// draft reads OWNER TTL|- TYPE RDATA.
func draft(w []string) Draft {
	o, _ := ParseName(w[0], "example.com.")
	t, _ := ParseType(w[2])
	return Draft{Owner: o, TTL: strings.TrimPrefix(w[1], "-"), Type: t, RData: strings.Join(w[3:], " ")}
}

// A TTL that is stated anew is read anew where it stands: behind a $TTL no line takes it over. So an edit costs the same in
// a zone of any size.
func TestEditOfTTLSharesTheRest(t *testing.T) {
	var src strings.Builder
	src.WriteString("$TTL 1h\n@ SOA ns1 h 1 4h 1h 2w 1h\n@ NS ns1\nns1 A 192.0.2.1\nm 60 MX 10 ns1\n")
	for i := range 20_000 {
		fmt.Fprintf(&src, "a%d A 192.0.2.2\n", i)
	}
	z := Parse("db", []byte(src.String()), Options{Origin: "example.com."})
	edits, err := z.Set(z.Node("m.example.com.").Records[0], FieldTTL, "1d")
	if err != nil {
		t.Fatal(err)
	}
	next, err := z.Apply(edits...)
	if err != nil {
		t.Fatal(err)
	}
	anew := 0
	for _, c := range next.Root().chunks {
		if !slices.Contains(z.Root().chunks, c) {
			anew++
		}
	}
	if all := len(next.Root().chunks); all < 10 || anew > 2 {
		t.Errorf("%d of %d chunks are made anew", anew, all)
	}
}

// patchTexts are what edits write: whole lines and parts of them, and what opens or ends something.
var patchTexts = []string{
	"", "x A 192.0.2.1\n", "\n", "\r\n", "\r", " ", ";", "; b\n", "(", ")", "( a\n b )", "\"", "\\", "x", "\tMX 10 a\n", "$TTL 5m\n",
	"$ORIGIN b.\n", "$INCLUDE f\n", "$GENERATE 1-2 a$ A 192.0.2.$\n", "a TXT ( \"b\" ; c\n\t\"d\" )\n", "y 300 IN A 192.0.2.2",
}

// randomEdits are some that do not overlap.
func randomEdits(pick *rand.Rand, f *File) []Edit {
	var edits []Edit
	at := 0
	for range 1 + pick.IntN(6) {
		room := f.Size() - at
		start := at + pick.IntN(1+min(room, 1+f.Size()/4))
		end := start
		if pick.IntN(2) == 0 {
			end += pick.IntN(1 + min(f.Size()-start, []int{3, 40, 400}[pick.IntN(3)]))
		}
		edits = append(edits, Edit{f, Span{uint32(start), uint32(end)}, patchTexts[pick.IntN(len(patchTexts))]})
		if at = end + 1; at > f.Size() {
			break
		}
	}
	return edits
}

// TestEditedAsRead: the entries of an edited file are those of one that is read whole, whatever the edits and wherever its chunks are
// cut, and what its texts know of themselves is right.
func TestEditedAsRead(t *testing.T) {
	pick := rand.New(rand.NewPCG(3, 9))
	patched, all := 0, 0
	ends := testZone{"ends", []byte(strings.Repeat("a A 192.0.2.1\rb A 192.0.2.2\r\n; c\r\rd A 192.0.2.3\n\r e A 192.0.2.4\r", 9)), "example.com."}
	for _, tz := range slices.Concat(slices.Repeat([]testZone{ends}, 50), ownZones(t), corpusZones(t), oneIn(grammarZones(t), 2)) {
		if len(tz.src) == 0 || len(tz.src) > 1<<16 {
			continue
		}
		for range 12 {
			s := scanner{src: tz.src, final: true, size: []int{1, 100, 1000, chunkBytes}[pick.IntN(4)]}
			texts, _ := s.scan()
			z := &Zone{opt: Options{Origin: tz.origin}, reads: map[string]*read{}}
			z.link("x", texts, nil)
			edits := randomEdits(pick, z.root)
			src := naiveSplice(tz.src, edits)
			r := rescan{old: z.root, edits: slices.Clone(edits)}
			if all++; r.patch(z.root.chunkAt(edits[0].Start)) != nil {
				patched++
			}
			got, err := z.root.edited(edits)
			if err != nil {
				t.Fatal(tz.path, err)
			}
			if want := scanIn(src, 1<<30); !slices.Equal(flatten(got), want) {
				t.Errorf("%s: other entries than those of the whole, after\n%s", tz.path, written(edits))
			}
			for _, g := range got {
				checkText(t, tz.path, g)
			}
		}
	}
	if t.Logf("%d of %d texts patched", patched, all); patched*4 < all {
		t.Error("too few")
	}
}

// checkText counts what a text knows of itself.
func checkText(t *testing.T, path string, g *text) {
	t.Helper()
	owners, types := 0, typeSet(0)
	for _, e := range g.entries {
		if e.ownerLen > 0 {
			owners++
		}
		if e.kind == kindRecord {
			types |= setOf(e.typ)
		}
	}
	if owners != g.owners || types&^g.types != 0 || bytes.Count(g.src, newline) != g.lines || bytes.LastIndexByte(g.src, '\n')+1 != g.lastLine {
		t.Errorf("%s: a text has %d owners and %d lines, and knows of %d and %d", path, owners, bytes.Count(g.src, newline), g.owners, g.lines)
	}
}

// written is edits as text.
func written(edits []Edit) string {
	var b strings.Builder
	for _, e := range edits {
		fmt.Fprintf(&b, "%s %d-%d %q\n", e.File.name, e.Start, e.End, e.New)
	}
	return b.String()
}
