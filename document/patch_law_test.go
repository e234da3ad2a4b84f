package document

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

var patches = flag.Int("patches", 150, "random edits of which patch(1) is asked to make the new files")

// editedFiles is a zone in two files that random edits are made in.
type editedFiles struct {
	*rand.Rand
	end    string // of a line
	unlike bool   // no line stands twice
	serial int
}

// line is a line that stands nowhere else, now and then one that stands everywhere.
func (e *editedFiles) line() string {
	e.serial++
	switch n := e.IntN(8); {
	case e.unlike:
	case n == 0:
		return "\tMX 10 mx1" + e.end
	case n == 1:
		return e.end
	}
	return fmt.Sprintf("host%d A 192.0.2.%d ; %d", e.serial, e.IntN(256), e.serial) + e.end
}

// text is some lines, the last perhaps without an end.
func (e *editedFiles) text(head string) string {
	b := head
	for range e.IntN(40) {
		b += e.line()
	}
	if e.IntN(3) == 0 && b != head { // an $INCLUDE without the end of its line is none
		b = strings.TrimSuffix(b, e.end)
	}
	return b
}

// zone is a zone with an included file.
func (e *editedFiles) zone() *zonefile.Zone {
	root := e.text("$TTL 1d" + e.end + "@ SOA ns1 h 1 2 3 4 5" + e.end + "$INCLUDE part.inc" + e.end)
	part := e.text("")
	open := func(string, *zonefile.File) (string, []byte, error) { return "part.inc", []byte(part), nil }
	return zonefile.Parse("db.example", []byte(root), zonefile.Options{Origin: "example.com.", Open: open})
}

// edits is edits of a version that do not overlap: lines that come, go, are changed, or are written anew as they are.
func (e *editedFiles) edits(z *zonefile.Zone) (out []zonefile.Edit) {
	for f := range z.Files() {
		for n := 4; n <= f.Lines()+1; n++ { // the $INCLUDE stays
			at, next := f.Line(n).Start, f.Line(n+1).Start
			old := string(f.Slice(zonefile.Span{Start: at, End: next}))
			if at == next {
				if e.IntN(3) == 0 {
					out = append(out, zonefile.Edit{File: f, Span: zonefile.Span{Start: at, End: at}, New: e.atEnd(f)})
				}
				break
			}
			text, ok := e.changed(old)
			switch e.IntN(25) {
			case 0: // within the line
				out = append(out, zonefile.Edit{File: f, Span: zonefile.Span{Start: at, End: at + uint32(e.IntN(2))}, New: "x"})
			default:
				if ok {
					out = append(out, zonefile.Edit{File: f, Span: zonefile.Span{Start: at, End: next}, New: text})
				}
			}
		}
	}
	return out
}

// changed is what becomes of a line.
func (e *editedFiles) changed(old string) (text string, ok bool) {
	switch e.IntN(20) {
	case 0:
		return "", true
	case 1:
		return e.line() + old, true
	case 2:
		return old, true
	case 3:
		return e.line(), true
	case 4:
		return strings.TrimRight(old, "\r\n") + " ; more" + e.end + e.line(), true
	}
	return "", false
}

// atEnd is lines behind the last one.
func (e *editedFiles) atEnd(f *zonefile.File) string {
	text := e.line()
	if src := f.Bytes(); len(src) > 0 && src[len(src)-1] != '\n' {
		text = e.end + text
	}
	if e.IntN(3) == 0 {
		text = strings.TrimSuffix(text, "\n")
	}
	return text
}

// made is versions of a zone, one after the other, and the edits of all steps as one.
func (e *editedFiles) made(t *testing.T, z *zonefile.Zone) (next *zonefile.Zone, edits []zonefile.Edit) {
	next = z
	var steps [][]zonefile.Edit
	for range 1 + e.IntN(3) {
		step := e.edits(next)
		after, err := next.Apply(step...)
		if err != nil {
			t.Fatal(err)
		}
		steps, next = append(steps, step), after
	}
	return next, z.Compose(steps...)
}

// Law: patch(1) makes the new files, byte for byte, of the old ones and the patch of any edits.
func TestPatchLaw(t *testing.T) {
	needs.Program(t, "patch", "patch")
	for seed := range *patches {
		e := &editedFiles{Rand: rand.New(rand.NewPCG(uint64(seed), 16)), end: []string{"\n", "\r\n"}[seed%2]}
		z := e.zone()
		next, edits := e.made(t, z)
		for what, patch := range map[string]string{
			"the edits": EditsPatch(z, edits, true), "what differs": EditsPatch(z, z.Between(next), true),
		} {
			if err := patched(t, z, next, patch); err != nil {
				t.Fatalf("seed %d, the patch of %s: %v\n%s", seed, what, err, patch)
			}
		}
	}
}

// patched is why patch(1) does not make a version of another.
func patched(t *testing.T, z, next *zonefile.Zone, patch string) error {
	dir := t.TempDir()
	for f := range z.Files() {
		if err := os.WriteFile(filepath.Join(dir, f.Name()), f.Bytes(), 0o600); err != nil {
			return err
		}
	}
	cmd := exec.Command("patch", "-p0", "--fuzz=0")
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(patch)
	if patch != "" {
		if out, err := cmd.CombinedOutput(); err != nil || bytes.Contains(out, []byte("offset")) {
			return fmt.Errorf("%w: %s", err, out)
		}
	}
	for f := range next.Files() {
		got, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil && f.Size() > 0 { // patch(1) removes a file that is empty
			return err
		}
		if !bytes.Equal(got, f.Bytes()) {
			return fmt.Errorf("%s is\n%q\nnot\n%q", f.Name(), got, f.Bytes())
		}
	}
	return nil
}

// Law: as many lines go and come as diff(1) says that differ at least, where each line stands once.
func TestReplacedLinesAreFewest(t *testing.T) {
	needs.Program(t, "diffutils", "diff")
	dir := t.TempDir()
	for seed := range *patches {
		e := &editedFiles{Rand: rand.New(rand.NewPCG(uint64(seed), 17)), end: "\n", unlike: true}
		z := e.zone()
		next, edits := e.made(t, z)
		for f := range z.Files() {
			now := next.File(f.Name()).Bytes()
			if err := os.WriteFile(filepath.Join(dir, "old"), f.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "new"), now, 0o600); err != nil {
				t.Fatal(err)
			}
			want, _ := exec.Command("diff", "-d", filepath.Join(dir, "old"), filepath.Join(dir, "new")).Output() // 1: they differ
			if got := countSigns(EditPatch(f, edits, 0), "-", "+"); got != countSigns(string(want), "<", ">") {
				t.Fatalf("seed %d: %d lines, diff has %d\n%s\n%s", seed, got, countSigns(string(want), "<", ">"), EditPatch(f, edits, 0), want)
			}
		}
	}
}

// countSigns counts lines that begin with signs.
func countSigns(text string, signs ...string) (n int) {
	for l := range strings.Lines(text) {
		for _, s := range signs {
			if strings.HasPrefix(l, s) {
				n++
			}
		}
	}
	return n
}
