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

var patches = flag.Int("patches", 1000, "random edits of which patch(1) and diff(1) are asked")

// perRun is of how many of them a program is asked at once: to start it costs more than they do.
const perRun = 250

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

// zone is a zone with an included file, both in a directory.
func (e *editedFiles) zone(dir string) *zonefile.Zone {
	root := e.text("$TTL 1d" + e.end + "@ SOA ns1 h 1 2 3 4 5" + e.end + "$INCLUDE part.inc" + e.end)
	part := e.text("")
	open := func(string, *zonefile.File) (string, []byte, error) { return dir + "/part.inc", []byte(part), nil }
	return zonefile.Parse(dir+"/db.example", []byte(root), zonefile.Options{Origin: "example.com.", Open: open})
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

// editedZone is a zone before and after random edits.
type editedZone struct {
	seed      int
	old, next *zonefile.Zone
	edits     []zonefile.Edit
}

// inRuns has a function look at as many edited zones as are asked for, so many at a time. Of some no line stands twice.
func inRuns(t *testing.T, stream uint64, unlike bool, look func(t *testing.T, run []editedZone)) {
	for from := 0; from < *patches; from += perRun {
		t.Run(fmt.Sprint("from ", from), func(t *testing.T) { // its files go with it
			var run []editedZone
			for seed := from; seed < min(from+perRun, *patches); seed++ {
				e := &editedFiles{Rand: rand.New(rand.NewPCG(uint64(seed), stream)), end: []string{"\n", "\r\n"}[seed%2], unlike: unlike}
				z := e.zone(fmt.Sprint(seed))
				next, edits := e.made(t, z)
				run = append(run, editedZone{seed, z, next, edits})
			}
			look(t, run)
		})
	}
}

// scratch is a directory in memory, where there is one: what is asked of a program is not how long a disk takes.
func scratch(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "patches")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// write writes the files of zones below a directory.
func write(t *testing.T, dir string, zones ...*zonefile.Zone) {
	for _, z := range zones {
		for f := range z.Files() {
			path := filepath.Join(dir, f.Name())
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, f.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Law: patch(1) makes the new files, byte for byte, of the old ones and the patch of any edits, and the old ones of the new.
func TestPatchLaw(t *testing.T) {
	needs.Program(t, "patch", "patch")
	inRuns(t, 16, false, func(t *testing.T, run []editedZone) {
		patched(t, run, "the edits", func(e editedZone) string { return EditsPatch(e.old, e.edits, true) })
		patched(t, run, "what differs", func(e editedZone) string { return EditsPatch(e.old, e.old.Between(e.next), true) })
	})
}

// patched has patch(1) make the new versions of zones of the old ones and their patches, and the old ones again.
func patched(t *testing.T, run []editedZone, what string, patch func(editedZone) string) {
	dir, all := scratch(t), ""
	for _, e := range run {
		write(t, dir, e.old)
		all += patch(e)
	}
	for _, way := range []string{"--forward", "--reverse"} {
		cmd := exec.Command("patch", "-p0", "--fuzz=0", way)
		cmd.Dir, cmd.Stdin, cmd.Env = dir, strings.NewReader(all), append(os.Environ(), "TMPDIR="+dir)
		out, err := cmd.CombinedOutput()
		for _, e := range run {
			becomes := map[string]*zonefile.Zone{"--forward": e.next, "--reverse": e.old}[way]
			if wrong := misses(dir, becomes); wrong != "" {
				t.Fatalf("seed %d, the patch of %s, %s: %s\n%s\npatch: %v\n%s", e.seed, what, way, wrong, patch(e), err, out)
			}
		}
		if err != nil || bytes.Contains(out, []byte("offset")) {
			t.Fatalf("seeds %d to %d, the patches of %s, %s: %v\n%s", run[0].seed, run[len(run)-1].seed, what, way, err, out)
		}
	}
}

// misses is what files below a directory hold besides those of a zone; "" if it is the same.
func misses(dir string, z *zonefile.Zone) string {
	for f := range z.Files() {
		got, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil && f.Size() > 0 { // patch(1) removes a file that is empty
			return err.Error()
		}
		if !bytes.Equal(got, f.Bytes()) {
			return fmt.Sprintf("%s is\n%q\nnot\n%q", f.Name(), got, f.Bytes())
		}
	}
	return ""
}

// Law: as many lines go and come as diff(1) says that differ at least, where each line stands once.
func TestPatchLawIsShortest(t *testing.T) {
	needs.Program(t, "diffutils", "diff")
	inRuns(t, 17, true, func(t *testing.T, run []editedZone) {
		dir := scratch(t)
		for _, e := range run {
			write(t, filepath.Join(dir, "old"), e.old)
			write(t, filepath.Join(dir, "new"), e.next)
		}
		cmd := exec.Command("diff", "-r", "-d", "old", "new")
		cmd.Dir = dir
		out, err := cmd.Output() // 1: they differ
		if cmd.ProcessState.ExitCode() > 1 {
			t.Fatal(err)
		}
		says := map[string]string{} // of each file
		for _, text := range strings.Split("\n"+string(out), "\ndiff -r -d old/")[1:] {
			name, _, _ := strings.Cut(text, " ")
			says[name] = text
		}
		for _, e := range run {
			for f := range e.old.Files() {
				got, want := EditPatch(f, e.edits, 0), says[f.Name()]
				if countSigns(got, "-", "+") != countSigns(want, "<", ">") {
					t.Fatalf("seed %d: %d lines, diff has %d\n%s\n%s", e.seed, countSigns(got, "-", "+"), countSigns(want, "<", ">"), got, want)
				}
			}
		}
	})
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
