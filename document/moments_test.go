package document

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

const movedZone = `$TTL 1d
@ SOA ns1.dns.example. hostmaster 1 3600 600 604800 3600
@ NS ns1.dns.example.
@ MX 10 mx.isp.example.
www 400000 A 192.0.2.80
`

// movedHosts is the move that the tests make.
var movedHosts = preview.Migration{
	From: []preview.MailHost{{Name: "mx.isp.example."}},
	To:   []preview.MailHost{{Name: "mx1.example.com.", Addrs: []netip.Addr{netip.MustParseAddr("192.0.2.20")}}},
}

// What is edited by hand.
var (
	anyMX  = regexp.MustCompile(`(?m)^@ \d+ MX`)
	anyWWW = regexp.MustCompile(`(?m)^www \d+`)
)

// parseMoved is a version of the zone.
func parseMoved(text string) *zonefile.Zone {
	return zonefile.Parse("db.example.com", []byte(text), zonefile.Options{Origin: "example.com."})
}

// world is a zone file, those who write it, the name server that loads it, and a clock that may be set back. What really was
// served since when is kept beside what the program can know.
type world struct {
	rng    *rand.Rand
	zone   *zonefile.Zone // what the file holds
	stamp  disk.Stamp
	memory *memory
	loaded server.Loaded
	true   time.Time
	behind time.Duration // how far the clock is behind

	mine   *zonefile.Zone // what the program saved last
	alone  bool           // nobody else writes
	served []servedText   // what the name servers had, one after the other
	log    []string
}

// servedText is a version that was loaded, at a true time.
type servedText struct {
	zone *zonefile.Zone
	at   time.Time
	all  time.Time // when all name servers were seen with it; the zero Time: not known
}

// now is what the clock says.
func (w *world) now() time.Time { return w.true.Add(-w.behind) }

// note keeps what has happened.
func (w *world) note(format string, args ...any) {
	w.log = append(w.log, w.true.Format(hourText)+" "+fmt.Sprintf(format, args...))
}

// written gives the file another inode.
func (w *world) written() {
	t := w.now().UnixNano()
	w.stamp = disk.Stamp{Device: 1, Inode: w.stamp.Inode + 1, Size: 1, Mtime: t, Ctime: t}
}

// move is what the program can know.
func (w *world) move() *Move {
	m := &Move{zone: w.zone, before: -1, loaded: w.loaded}
	stamps := []disk.Stamp{w.stamp}
	current := textOf(w.zone)
	current.Written, current.Stamps = changed(stamps), stamps
	var was *memory
	if w.memory != nil {
		copied := *w.memory
		copied.Texts = append([]heldText(nil), w.memory.Texts...)
		was = &copied
	}
	m.take(was, current)
	return m
}

// save writes a version as the program does.
func (w *world) save(next *zonefile.Zone, plan *Timetable) {
	s := saveMemory{onDisk: w.zone, next: next, stamps: []disk.Stamp{w.stamp}}
	w.written()
	w.zone, w.mine = next, next
	if plan != nil || w.memory != nil {
		w.memory = s.after(w.memory, plan, []disk.Stamp{w.stamp}, w.now())
	}
}

// load lets the name servers load the file, at a second of their own.
func (w *world) load() {
	serial, _ := w.zone.Serial()
	w.loaded = server.Loaded{Serial: serial, Time: w.now().Truncate(time.Second)}
	if len(w.served) == 0 || !w.served[len(w.served)-1].zone.Same(w.zone) {
		w.served = append(w.served, servedText{zone: w.zone, at: w.true})
	}
}

// hidden tells whether the name servers had a text that the program does not know.
func (w *world) hidden(m *Move) bool {
	for _, s := range w.served {
		known := false
		for _, t := range m.texts {
			known = known || t.Sum == textOf(s.zone).Sum
		}
		if !known {
			return true
		}
	}
	return false
}

// safe is the true time from which nothing is left of what was served before, and whether the file is served at all.
func (w *world) safe() (at time.Time, ok bool) {
	for i := 1; i < len(w.served); i++ {
		wait := preview.Propagate(w.served[i-1].zone, w.served[i].zone, false).Seconds
		end := w.served[i].at.Add(time.Duration(wait) * time.Second)
		for _, later := range w.served[i:] { // whoever has a later one has not this one any more
			seen := later.all.Add(time.Duration(wait)*time.Second - preview.Spread(w.served[i-1].zone, false))
			if !later.all.IsZero() && seen.Before(end) {
				end = seen
			}
		}
		if end.After(at) {
			at = end
		}
	}
	return at, w.served[len(w.served)-1].zone.Same(w.zone)
}

// edited is the version that somebody makes by hand.
func (w *world) edited() *zonefile.Zone {
	text := string(w.zone.Root().Bytes())
	ttl := fmt.Sprint(1000 + w.rng.IntN(500_000))
	switch w.rng.IntN(4) {
	case 0:
		text += fmt.Sprintf("h%d A 192.0.2.%d\n", w.rng.IntN(1000), w.rng.IntN(200))
	case 1:
		text = anyMX.ReplaceAllString(text, "@ "+ttl+" MX")
	case 2:
		text = anyWWW.ReplaceAllString(text, "www "+ttl)
	}
	z := parseMoved(text)
	if edits, err := z.RaiseSerial(z, zonefile.SerialAuto, w.now()); err == nil && w.rng.IntN(3) > 0 {
		if next, err := z.Apply(edits...); err == nil {
			z = next
		}
	}
	return parseMoved(string(z.Root().Bytes()))
}

// seen asks all name servers, which have what was loaded last, for its serial.
func (w *world) seen() {
	m, last := w.move(), &w.served[len(w.served)-1]
	is, _ := last.zone.Serial()
	if has, ok := w.zone.Serial(); !m.Remembered() || !ok || is != has {
		return
	}
	if last.all.IsZero() && last.zone.Same(w.zone) {
		last.all = w.true
	}
	w.note("seen everywhere: %v", m.see(w.now()))
	w.memory.Texts = m.texts
}

// What may happen: the next step, a load, a look at all name servers, an answer, an edit by hand, the way back to what the program saved, a file written anew as it is, a touch, a clock that goes
// back, a memory that is forgotten, another save. The more letters, the more often.
const (
	alone  = "ssslla"
	edited = "slelelbla"
	all    = "sssllleebwtcfoa"

	aloneSeen  = "sssllv" // somebody looks at all name servers, and nobody says since when
	editedSeen = "slelelblv"
	allSeen    = "sssllleebwtoavv"
)

// happen lets one thing happen.
func (w *world) happen(t *testing.T, kinds string) {
	w.true = w.true.Add(time.Duration(w.rng.Int64N(int64(40*time.Hour))) >> w.rng.IntN(24))
	switch kinds[w.rng.IntN(len(kinds))] {
	case 's':
		w.step(t)
	case 'l':
		w.load()
		w.note("loaded")
	case 'v':
		w.seen()
	case 'a':
		if m := w.move(); m.Remembered() && !w.hidden(m) && w.served[len(w.served)-1].zone.Same(w.zone) {
			since := w.served[len(w.served)-1].at.Add(-w.behind)
			w.note("said: since %s: %v", since.Format(hourText), m.tell(since, w.now()))
			w.memory.Texts = m.texts
		}
	case 'e':
		w.zone = w.edited()
		w.written()
		w.note("edited by hand")
	case 'b':
		if w.mine != nil {
			w.zone = w.mine
			w.written()
			w.note("put back by hand")
		}
	case 'w':
		w.written()
		w.note("written as it is")
	case 't':
		w.stamp.Mtime = w.now().Add(time.Duration(w.rng.IntN(200)-100) * time.Hour).UnixNano()
		w.stamp.Ctime = w.now().UnixNano()
		w.note("touched")
	case 'c':
		w.behind += time.Duration(w.rng.IntN(100)) * time.Hour
		w.note("the clock is %v behind", w.behind)
	case 'f':
		w.memory = nil
		w.note("forgotten")
	case 'o':
		w.save(w.edited(), nil)
		w.note("another save")
	}
}

// step looks at the plan, which must not be early, and saves the next step: sometimes before its time.
func (w *world) step(t *testing.T) {
	p, err := w.move().Plan(w.zone, movedHosts, w.now())
	if err != nil {
		w.note("no plan: %v", err)
		return
	}
	for _, s := range p.Steps {
		if s.State != preview.StepNow || s.Number < 2 {
			continue
		}
		at, served := w.safe()
		w.note("step %d: certain %v, not before %s", s.Number, s.Certain, s.NotBefore.Format(hourText))
		if s.Certain && (!served || s.NotBefore.Before(at.Add(-w.behind))) {
			t.Fatalf("step %d is certain from %s on, and is safe from %s on (served: %v)\n%s", s.Number, s.NotBefore, at.Add(-w.behind), served, strings.Join(w.log, "\n"))
		}
		const day, promised = 24 * time.Hour, 5 * 24 * time.Hour
		if late := s.NotBefore.Sub(at.Add(-w.behind)); w.alone && s.Certain && s.Earliest > 0 && late > day+2*time.Second && late > promised {
			t.Fatalf("step %d is certain from %s on, and is safe %v before that\n%s", s.Number, s.NotBefore, late, strings.Join(w.log, "\n"))
		}
	}
	for _, s := range p.Steps {
		if s.State != preview.StepNow || s.Number == 0 || len(s.Edits) == 0 {
			continue
		}
		if s.Number > 1 && (!s.Certain || s.Earliest > 0) && w.rng.IntN(3) > 0 {
			return
		}
		edits, err := Raised(w.zone, w.now(), func(*zonefile.Zone) ([]zonefile.Edit, error) { return s.Edits, nil })
		if err != nil {
			t.Fatal(err)
		}
		next, err := w.zone.Apply(edits...)
		if err != nil {
			t.Fatal(err)
		}
		if w.memory == nil && s.Number == 1 { // what was served before a move begins is not looked at
			w.served = w.served[len(w.served)-1:]
			if n, _ := w.zone.Serial(); n == w.loaded.Serial { // and a serial stands for one text
				w.served[0].zone = w.zone
			}
		}
		w.save(parseMoved(string(next.Root().Bytes())), &p)
		w.note("step %d is saved", s.Number)
		return
	}
}

// However a zone file is saved, written, touched and loaded, and whatever the clock says: an hour that is called certain is
// never before the one from which it is safe.
func TestNeverTooEarly(t *testing.T) {
	histories := 300
	if testing.Short() {
		histories = 40
	}
	certain := 0
	tried := needs.Seeds(t, histories+histories/5)
	for _, i := range tried {
		seed := int(i)
		w := &world{rng: rand.New(rand.NewPCG(1, uint64(seed))), zone: parseMoved(movedZone), true: time.Date(2030, 1, 7, 12, 0, 0, 0, time.UTC)}
		w.written()
		w.load()
		kinds := []string{alone, edited, all}[seed%3]
		if seed >= histories {
			kinds = []string{aloneSeen, editedSeen, allSeen}[seed%3]
		}
		w.alone = kinds == alone || kinds == aloneSeen
		for range 40 {
			w.happen(t, kinds)
		}
		certain += strings.Count(strings.Join(w.log, "\n"), "certain true")
	}
	if certain < len(tried)*3/4 {
		t.Errorf("only %d of the plans of %d histories were certain", certain, len(tried))
	}
}

// A clock that went back makes no proof of what named says: not by a load that is still to come, and not where the text was written before
// one that it followed.
func TestLoadsOfAnotherClock(t *testing.T) {
	noon := time.Date(2030, 1, 7, 12, 0, 0, 0, time.UTC)
	old, next := textOf(parseMoved(movedZone)), textOf(parseMoved(strings.Replace(movedZone, "hostmaster 1 ", "hostmaster 2 ", 1)))
	for _, c := range []struct {
		what                        string
		old, written, loaded, shows time.Duration // from noon
		other, certain              bool
	}{
		{"in order", -2 * time.Hour, -time.Hour, 0, time.Hour, false, true},
		{"in order, by another program", -2 * time.Hour, -time.Hour, 0, time.Hour, true, true},
		{"clocks that are not quite alike", -2 * time.Hour, -time.Hour, 0, -time.Second, false, true},
		{"a load to come", -2 * time.Hour, -time.Hour, 0, -30 * time.Minute, false, false},
		{"a load to come, by another program", -2 * time.Hour, -time.Hour, 0, -30 * time.Minute, true, false},
		{"written before what it followed", -time.Hour, -2 * time.Hour, 0, time.Hour, true, false},
	} {
		old.Written, next.Written, next.Other = noon.Add(c.old), noon.Add(c.written), c.other
		got := moments([]heldText{old, next}, server.Loaded{Serial: 2, Time: noon.Add(c.loaded)}, false, noon.Add(c.shows))
		if got[1].Certain != c.certain {
			t.Errorf("%s: certain %v", c.what, got[1].Certain)
		}
	}
}

// What named has is not read for a file that is not there, unless it is to be made.
func TestMissingFileIsNotPlaced(t *testing.T) {
	for _, isNew := range []bool{false, true} {
		asked, opt := false, Options{Path: filepath.Join(t.TempDir(), "db.example.com"), New: isNew, Origin: "example.com.", State: t.TempDir()}
		opt.Asking.Placed = func(string) server.Placement { asked = true; return server.Placement{} }
		if st, _, err := Open(opt); err == nil {
			st.Close()
		}
		if asked != isNew {
			t.Errorf("to be made %v: named's configuration is asked: %v", isNew, asked)
		}
	}
}
