// The edits in the JSON of lint are all that a program needs: made in the file, they put right what they are offered for.
package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/cli"
)

// reported is a finding as a program reads it.
type reported struct {
	File, Rule, Message string
	Fixes               []struct {
		Message string
		Edits   []struct {
			File                             string
			Line, Column, EndLine, EndColumn int
			New                              string
		}
	}
}

func TestEditsOfFixes(t *testing.T) {
	zone, err := os.ReadFile("ui/demo/db.example.com")
	if err != nil {
		t.Fatal(err)
	}
	zone = append(zone, "late MX 10 mx1\nlate 60 MX 10 mx1\nhi MX 10 192.0.2.1\nx.example.com TXT \"v=spf1 mx\"\n"...)
	path := filepath.Join(t.TempDir(), "db.example.com")
	made := 0
	before := report(t, path, zone)
	for _, d := range before {
		for _, f := range d.Fixes {
			if len(f.Edits) == 0 {
				continue
			}
			made++
			src := bytes.Clone(zone)
			for _, e := range slices.Backward(f.Edits) { // they stand in the order of the file
				if e.File != path {
					t.Errorf("%s: an edit of %s", f.Message, e.File)
				}
				src = slices.Concat(src[:offset(zone, e.Line, e.Column)], []byte(e.New), src[offset(zone, e.EndLine, e.EndColumn):])
			}
			same := func(o reported) bool { return o.Rule == d.Rule && o.Message == d.Message }
			if after := report(t, path, src); count(after, same) >= count(before, same) {
				t.Errorf("%s [%s]: %s: it is told as before", d.Message, d.Rule, f.Message)
			}
		}
	}
	if made < 5 {
		t.Errorf("only %d fixes have edits", made)
	}
}

// report is what lint finds in a zone.
func report(t *testing.T, path string, zone []byte) (found []reported) {
	t.Helper()
	if err := os.WriteFile(path, zone, 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	cli.Main([]string{"lint", "--info", "--format", "json", path}, strings.NewReader(""), &out, io.Discard)
	if err := json.Unmarshal(out.Bytes(), &found); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	return found
}

// offset is where a line and a column are, which count from 1.
func offset(src []byte, line, column int) int {
	at := 0
	for range line - 1 {
		at += bytes.IndexByte(src[at:], '\n') + 1
	}
	return at + column - 1
}

// count is how many findings are such.
func count(found []reported, such func(reported) bool) (n int) {
	for _, d := range found {
		if such(d) {
			n++
		}
	}
	return n
}
