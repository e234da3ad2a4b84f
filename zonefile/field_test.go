package zonefile

import "testing"

func TestFieldSpan(t *testing.T) {
	const src = "$TTL 1d\n" +
		"a 300 IN MX 10 mx ; why\n" +
		"  IN 2h A 192.0.2.1\r\n" +
		"( ; 77 is no TTL\n b\n 1w ) TXT \"x;y\" ( 'z ) ; (\n" +
		"\"q r\" A 192.0.2.2\n" +
		"$GENERATE 1-2 h$ TXT \"a;b\" ; c\n" +
		"\n"
	z := Parse("z", []byte(src), Options{Origin: "example.com."})
	type row struct{ owner, ttl, first, words string }
	var got []row
	for w := range z.FileRows(z.Root(), 0) {
		in := func(f Field) string {
			s, ok := w.r.FieldSpan(f)
			if ok != (s.Len() > 0) && ok {
				t.Errorf("%q: an empty span for field %d", w.Text(), f)
			}
			if !ok {
				return ""
			}
			return string(z.Root().Slice(s))
		}
		r := row{words: string(z.Root().Slice(w.Words()))}
		if w.Kind() == RowRecord {
			r.owner, r.ttl, r.first = in(FieldOwner), in(FieldTTL), in(0)
		}
		got = append(got, r)
	}
	want := []row{
		{words: "$TTL 1d"},
		{"a", "300", "10", "a 300 IN MX 10 mx"},
		{"", "2h", "192.0.2.1", "IN 2h A 192.0.2.1"},
		{"b", "1w", `"x;y"`, "b\n 1w ) TXT \"x;y\" ( 'z"},
		{`"q r"`, "", "192.0.2.2", `"q r" A 192.0.2.2`},
		{words: `$GENERATE 1-2 h$ TXT "a;b"`},
		{},
	}
	if len(got) != len(want) {
		t.Fatalf("%d rows: %q", len(got), got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("row %d: %q, want %q", i, got[i], want[i])
		}
	}
}

// A new line ends as those beside it do; a lone CR does not end a comment (BIND).
func TestLineEnd(t *testing.T) {
	for src, want := range map[string]string{"a A 192.0.2.1\n": "\n", "a A 192.0.2.1\r\n": "\r\n", "a A 192.0.2.1\r": "\r", "a A 192.0.2.1": "\n"} {
		w := Parse("z", []byte(src), Options{Origin: "example.com."})
		row := w.RowAt(w.Root(), 0)
		if got := row.LineEnd(false); got != want {
			t.Errorf("%q: %q", src, got)
		}
		if comment := row.LineEnd(true); comment != want && (want != "\r" || comment != "\n") {
			t.Errorf("%q: a comment ends in %q", src, comment)
		}
		if got := TrimLineEnd(src); got != "a A 192.0.2.1" {
			t.Errorf("%q without its end: %q", src, got)
		}
	}
	if end := (Row{}).LineEnd(false); end != "\n" {
		t.Errorf("in an empty file: %q", end)
	}
}
