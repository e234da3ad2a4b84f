package zonefile

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// The law of scripts: a random script on a random zone changes the records that it asks for, and of all others neither
// owner nor TTL nor data; line ends stay those of the file; what cannot be done is refused with the reason that holds.
// What a zone holds before and after is the model's to say (law_model_test.go), and BIND's on a sample.

// lawScripts is how many random scripts are tried. A plain run takes a slice; 100000 are the whole.
var lawScripts = flag.Int("scripts", 4000, "random scripts that the law of scripts tries; 100000 are the whole")

// scriptZone is a zone of the law of scripts.
type scriptZone struct {
	name  string
	files map[string]string // the zone itself is "zone"
	top   string
}

// parse reads the zone.
func (sz scriptZone) parse() *Zone {
	return Parse("zone", []byte(sz.files["zone"]), Options{Origin: Name(sz.top), Open: func(path string, _ *File) (string, []byte, error) {
		text, ok := sz.files[path]
		if !ok {
			return "", nil, fs.ErrNotExist
		}
		return path, []byte(text), nil
	}})
}

// scriptRun counts what was tried.
type scriptRun struct {
	zones, scripts, refused, asked int
	reasons                        map[string]int
	faults                         []string
}

func TestLawOfScripts(t *testing.T) {
	needs.Long(t)
	corpus := modelledCorpus(t)
	runs := make([]scriptRun, runtime.GOMAXPROCS(0))
	t.Run("zones", func(t *testing.T) {
		for i := range runs {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				run := &runs[i]
				run.reasons = map[string]int{}
				for seed := i; run.scripts*len(runs) < *lawScripts && len(run.faults) < 20; seed += len(runs) {
					run.zone(t, zoneForScripts(corpus, uint64(seed)), uint64(seed))
				}
			})
		}
	})
	sum := scriptRun{reasons: map[string]int{}}
	for _, run := range runs {
		sum.zones, sum.scripts, sum.refused, sum.asked = sum.zones+run.zones, sum.scripts+run.scripts, sum.refused+run.refused, sum.asked+run.asked
		for reason, n := range run.reasons {
			sum.reasons[reason] += n
		}
		sum.faults = append(sum.faults, run.faults...)
	}
	t.Logf("%d scripts on %d zones; %d rightly refused: %v; BIND read %d of the zones that came out; %d faults",
		sum.scripts, sum.zones, sum.refused, sum.reasons, sum.asked, len(sum.faults))
	for _, fault := range sum.faults[:min(3, len(sum.faults))] {
		t.Error(fault)
	}
}

// zoneForScripts is a zone of the grammar, or one time in four of the corpus where there is one.
func zoneForScripts(corpus []scriptZone, seed uint64) scriptZone {
	if len(corpus) > 0 && seed%4 == 3 {
		return corpus[seed/4%uint64(len(corpus))]
	}
	text, files := grammarZone(seed)
	files["zone"] = text
	return scriptZone{fmt.Sprintf("made %d", seed), files, string(grammarOrigin)}
}

// modelledCorpus is the zones of other projects that the model reads, and of which nothing is wrong.
func modelledCorpus(t *testing.T) (out []scriptZone) {
	for _, tz := range append(ownZones(t), corpusZones(t)...) {
		sz := scriptZone{tz.path, map[string]string{"zone": string(tz.src)}, string(tz.origin)}
		if len(tz.src) > 20_000 || tz.origin == Root || strings.Contains(string(tz.src), "$INCLUDE") {
			continue
		}
		z := sz.parse()
		model, err := modelRead(sz.files, sz.top)
		if _, bad := firstProblem(z); err == nil && !bad && z.Origin() == tz.origin && model[modelKey{sz.top, "SOA"}] != nil && model[modelKey{sz.top, "NS"}] != nil {
			out = append(out, sz)
		}
	}
	return out
}

// scriptsInTurn is how many scripts are done to a zone, one on what the others made.
const scriptsInTurn = 6

// zone tries some scripts on a zone.
func (run *scriptRun) zone(t *testing.T, sz scriptZone, seed uint64) {
	run.zones++
	rnd := rand.New(rand.NewPCG(11, seed))
	z := sz.parse()
	for n := range scriptsInTurn {
		had, err := modelRead(sz.files, sz.top)
		if err != nil {
			t.Fatalf("%s: %v", sz.name, err)
		}
		s := newModelScript(had, sz.top, rnd)
		run.scripts++
		edits, err := z.Script(strings.NewReader(s.text.String()))
		if err != nil || s.refusal != "" {
			run.refuse(sz, s, err)
			continue
		}
		next, err := z.Apply(edits...)
		if err != nil {
			run.fault(sz, s, err.Error())
			return
		}
		was := sz.files
		sz.files = textsOf(next)
		if what := s.compare(was, sz.files, sz.top); what != "" {
			run.fault(scriptZone{sz.name, was, sz.top}, s, what+"\n"+showEdits(edits))
			return
		}
		if z = next; n == 0 && (seed%40 == 0 || *lawScripts > 10_000 && seed%10 == 0) {
			run.ask(t, sz, seed)
		}
	}
}

// fault keeps what went wrong.
func (run *scriptRun) fault(sz scriptZone, s *modelScript, what string) {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(sz.files)) {
		fmt.Fprintf(&b, "-- %s --\n%s", name, show(sz.files[name]))
	}
	run.faults = append(run.faults, fmt.Sprintf("%s: %s\nscript\n%s\n%s", sz.name, what, s.text.String(), b.String()))
}

// madeRecord is why a record of a $GENERATE is not changed.
const madeRecord = "is made by the $GENERATE of "

// refuse wants a refusal where there is a reason, and that reason.
func (run *scriptRun) refuse(sz scriptZone, s *modelScript, err error) {
	switch {
	case err == nil:
		run.fault(sz, s, "it was done, and should be refused: "+s.refusal)
	case s.refusal == "" && s.may && strings.Contains(err.Error(), madeRecord) && s.places(sz, err):
		run.refused++
		run.reasons["the TTL of what "+madeRecord+"..."]++
	case s.refusal == "" || !strings.Contains(err.Error(), s.refusal):
		run.fault(sz, s, fmt.Sprintf("refused: %v; want %q", err, s.refusal))
	case !s.places(sz, err):
		run.fault(sz, s, "another line: "+err.Error())
	default:
		run.refused++
		run.reasons[s.refusal]++
	}
}

// places tells whether a refusal names the line where the $GENERATE stands.
func (s *modelScript) places(sz scriptZone, err error) bool {
	var file string
	var line int
	_, at, _ := strings.Cut(err.Error(), madeRecord)
	if n, _ := fmt.Sscanf(strings.ReplaceAll(at, ",", " "), "%s line %d", &file, &line); n != 2 {
		return false
	}
	lines := strings.Split(sz.files[file], "\n")
	return line <= len(lines) && strings.HasPrefix(lines[line-1], "$GENERATE")
}

// textsOf is the files of a version.
func textsOf(z *Zone) map[string]string {
	files := map[string]string{}
	for f := range z.Files() {
		files[f.Name()] = string(f.Bytes())
	}
	return files
}

// ask wants BIND to load what came out, as the model reads it.
func (run *scriptRun) ask(t *testing.T, sz scriptZone, seed uint64) {
	if strings.HasPrefix(sz.name, "made") {
		needOracle(t)
		run.asked++
		modelAsBIND(t, sz)
	}
}

// modelAsBIND wants BIND to read a zone as the model does.
func modelAsBIND(t *testing.T, sz scriptZone) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range sz.files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	records, refusal := oracle(t, filepath.Join(dir, "zone"), Name(sz.top))
	dump, err1 := modelRead(map[string]string{"zone": strings.Join(records, "\n")}, sz.top)
	model, err2 := modelRead(sz.files, sz.top)
	if d := model.differ(dump); refusal != "" || err1 != nil || err2 != nil || d != "" {
		t.Errorf("%s: BIND reads it otherwise: %s, %v, %v\n%s%s", sz.name, refusal, err1, err2, d, sz.files["zone"])
	}
}

// TestModelAsBIND: the model reads the zones of the grammar as BIND does.
func TestModelAsBIND(t *testing.T) {
	needs.Long(t)
	needOracle(t)
	zones := 60
	if *lawFull {
		zones = 5000
	}
	Beside(t, needs.Seeds(t, zones), func(t *testing.T, seed uint64) { modelAsBIND(t, zoneForScripts(nil, seed)) })
}

// differ tells what two zones do not share; "" for nothing.
func (m modelZone) differ(other modelZone) string {
	var b strings.Builder
	for key, set := range m {
		if o := other[key]; o == nil || o.ttl != set.ttl || !maps.Equal(o.data, set.data) {
			fmt.Fprintf(&b, "  %v: %s, and %s\n", key, set, o)
		}
	}
	for key, set := range other {
		if m[key] == nil {
			fmt.Fprintf(&b, "  %v: nothing, and %s\n", key, set)
		}
	}
	return b.String()
}

// String is the set for a failure.
func (s *modelSet) String() string {
	if s == nil {
		return "nothing"
	}
	return fmt.Sprint(s.ttl, " ", slices.Sorted(maps.Keys(s.data)))
}

// modelScript is a random script, and what it should give.
type modelScript struct {
	text    strings.Builder
	want    modelZone
	refusal string // a part of the message, where it cannot be done; "" where it can
	may     bool   // a line of an RRset that a $GENERATE writes too is gone: its TTL may not be to be had for the others
	top     string
	rnd     *rand.Rand
}

// newModelScript writes a script for a zone.
func newModelScript(had modelZone, top string, rnd *rand.Rand) *modelScript {
	s := &modelScript{want: modelZone{}, top: top, rnd: rnd}
	for key, set := range had {
		s.want[key] = &modelSet{set.ttl, maps.Clone(set.data), set.made}
	}
	keys := slices.SortedFunc(maps.Keys(had), func(a, b modelKey) int { return strings.Compare(a.owner+" "+a.typ, b.owner+" "+b.typ) })
	for range 1 + rnd.IntN(4) {
		s.step(keys[rnd.IntN(len(keys))])
	}
	for key, set := range s.want {
		s.checkMade(key, set, had[key])
		if len(set.data) == 0 {
			delete(s.want, key)
		}
	}
	return s
}

// checkMade finds the records of a $GENERATE that the script would have to change.
func (s *modelScript) checkMade(key modelKey, set, had *modelSet) {
	if had == nil {
		return
	}
	for data := range had.data {
		s.may = s.may || len(had.made) > 0 && !set.data[data]
	}
	for data := range had.made {
		if !set.data[data] {
			s.refusal = madeRecord
		}
	}
	if len(had.made) > 0 && set.ttl != had.ttl {
		s.refusal = madeRecord
	}
}

// step writes a line or two about an RRset, or about another one beside it.
func (s *modelScript) step(key modelKey) {
	set := s.want[key]
	alone := key.typ == "CNAME" || key.typ == "SOA" || key.typ == "DNAME" || modelNames[key.typ].words == 0 && key.typ != "TXT" || set == nil
	switch n := s.rnd.IntN(7); {
	case n == 0:
		s.add("new"+fmt.Sprint(s.rnd.IntN(3))+"."+s.top, s.newType(), true)
	case alone || key.owner == "ns1."+s.top && key.typ == "A" || strings.Contains(key.owner, `\`) || s.want[modelKey{key.owner, "DNAME"}] != nil:
		s.add("new."+s.top, s.newType(), true)
	case key.typ == "NS" || s.want[modelKey{key.owner, "NS"}] != nil && key.owner != s.top:
		s.add(key.owner, "NS", false)
	case n == 1:
		s.add(key.owner, s.newType(), true)
	case n < 4:
		s.add(key.owner, key.typ, len(set.data) == 0 || s.rnd.IntN(2) == 0)
	case n == 4 && len(set.data) > 0:
		data := slices.Sorted(maps.Keys(set.data))[s.rnd.IntN(len(set.data))]
		fmt.Fprintf(&s.text, "update delete %s %s %s\n", key.owner, key.typ, data)
		delete(set.data, data)
	default:
		fmt.Fprintf(&s.text, "update delete %s %s\n", key.owner, key.typ)
		clear(set.data)
		if n == 5 {
			s.add(key.owner, key.typ, true)
		}
	}
}

// newType is a type to add.
func (s *modelScript) newType() string { return []string{"A", "TXT", "MX"}[s.rnd.IntN(3)] }

// add writes an add.
func (s *modelScript) add(owner, typ string, withTTL bool) {
	key := modelKey{owner, typ}
	set := s.want[key]
	if set == nil {
		set, withTTL = &modelSet{data: map[string]bool{}}, true
		s.want[key] = set
	}
	ttl := ""
	if withTTL || len(set.data) == 0 {
		set.ttl = []uint64{300, 3600, 86400, 0, 77}[s.rnd.IntN(5)]
		ttl = fmt.Sprint(set.ttl, " ")
	}
	n := s.rnd.IntN(5)
	host := []string{"mail." + s.top, "mx.example.net.", owner}[s.rnd.IntN(3)]
	if typ == "NS" { // BIND wants the others to have addresses
		host = fmt.Sprintf("ns%d.example.net.", n)
	}
	data := map[string]string{"A": fmt.Sprintf("192.0.2.%d", n), "AAAA": fmt.Sprintf("2001:db8::%d", n), "MX": fmt.Sprintf("%d0 %s", n, host), "TXT": fmt.Sprintf(`"one %d" "two"`, n),
		"NS": host, "PTR": host, "SRV": fmt.Sprintf("0 %d 25 %s", n, host)}[typ]
	fmt.Fprintf(&s.text, "update add %s %s%s %s\n", owner, ttl, typ, data)
	data, _ = modelData(typ, modelWords(data), s.top)
	set.data[data] = true
}

// modelWords is the words of data.
func modelWords(data string) []string {
	lines, _ := modelLex(data)
	return lines[0]
}

// compare tells how files differ from what the script should give; "" for not at all.
func (s *modelScript) compare(was, is map[string]string, top string) string {
	got, err := modelRead(is, top)
	if err != nil {
		return err.Error()
	}
	if d := s.want.differ(got); d != "" {
		return "wanted, and came:\n" + d
	}
	for name, text := range is {
		crlf := strings.Contains(was[name], "\r\n")
		if lf := strings.Count(text, "\n") - strings.Count(text, "\r\n"); crlf && lf > 0 && strings.Count(was[name], "\n") == strings.Count(was[name], "\r\n") || !crlf && strings.Contains(text, "\r") {
			return name + " has another line end"
		}
		if emptyLines(text) > emptyLines(was[name]) {
			return name + " has an empty line more"
		}
	}
	return ""
}

// emptyLines counts the lines of nothing.
func emptyLines(text string) (n int) {
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			n++
		}
	}
	return n
}
