package ui

import (
	"bytes"
	"fmt"
	"os"
	"testing"
)

// An act on thousands of marked names is one edit, and takes the marks away; one undo takes it back byte for byte and marks the
// names again.
func TestActIsOneEdit(t *testing.T) {
	t.Chdir(t.TempDir())
	var src bytes.Buffer
	src.WriteString("$TTL 1d\n@ SOA ns1 hostmaster 7 8h 2h 4w 1h\n NS ns1\nns1 A 203.0.113.53\nmx1 A 203.0.113.9\n")
	for i := range 3000 {
		fmt.Fprintf(&src, "n%d MX 10 mx1\n   TXT \"v=spf1 mx -all\"\n", i)
	}
	if err := os.WriteFile("db.example.com", src.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := openApp(Options{Path: "db.example.com", Origin: "example.com.", state: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.end(nil); a.doc.Store.Close() })
	drain(a, examine(a))
	text := func() []byte { return a.doc.Zone().Root().Bytes() }

	drain(a, a.perform(a.names.markAll()...))
	marked := len(a.names.marked)
	drain(a, a.perform(commentingOut()))
	if len(a.names.marked) > 0 || a.doc.Edits() != 1 || bytes.Contains(text(), []byte("\nn7 MX")) {
		t.Errorf("not done as one edit: %d edits, %d marked", a.doc.Edits(), len(a.names.marked))
	}
	drain(a, a.perform(undo{}))
	if !bytes.Equal(text(), src.Bytes()) || len(a.names.marked) != marked {
		t.Errorf("undo leaves %d of %d marked, and the text as it was: %v", len(a.names.marked), marked, bytes.Equal(text(), src.Bytes()))
	}
}
