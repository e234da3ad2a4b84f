package document

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// diary is a zone file on disk of which the first step of a move was saved, and what named says of it.
type diary struct {
	t      *testing.T
	path   string
	state  string
	loaded server.Loaded
	later  time.Duration // when the plan is looked at
}

// newDiary saves the first step.
func newDiary(t *testing.T, files map[string]string) *diary {
	t.Helper()
	dir := t.TempDir()
	d := &diary{t: t, path: filepath.Join(dir, "db.example.com"), state: filepath.Join(dir, "state")}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	d.step(1)
	return d
}

// open reads the zone.
func (d *diary) open() (*Store, *zonefile.Zone) {
	d.t.Helper()
	ask := Asking{Hosting: func(string, string) server.Hosting { return server.Hosting{Loaded: d.loaded} }}
	st, z, err := Open(Options{Path: d.path, Origin: "example.com.", State: d.state, Asking: ask})
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(st.Close)
	return st, z
}

// plan is the plan as the next session sees it.
func (d *diary) plan() (Timetable, *Move) {
	d.t.Helper()
	st, z := d.open()
	defer st.Close()
	m := st.Past(z)
	plan, err := m.Plan(z, movedHosts, time.Now().Add(d.later))
	if err != nil {
		d.t.Fatal(err)
	}
	return plan, m
}

// next is the step to do now.
func (d *diary) next() preview.Step {
	d.t.Helper()
	plan, _ := d.plan()
	for _, s := range plan.Steps[1:] {
		if s.State == preview.StepNow {
			return s
		}
	}
	d.t.Fatal("no step is to be done")
	return preview.Step{}
}

// step saves a step as a session does.
func (d *diary) step(n int) {
	d.t.Helper()
	st, z := d.open()
	defer st.Close()
	plan, err := st.Past(z).Plan(z, movedHosts, time.Now())
	if err != nil {
		d.t.Fatal(err)
	}
	s := NewSession(z, st)
	err = s.Change(Change{Title: "a step", Make: func(*zonefile.Zone) ([]zonefile.Edit, error) { return plan.Steps[n].Edits, nil }})
	if err != nil {
		d.t.Fatal(err)
	}
	sv, err := s.Prepare(time.Now())
	if err != nil {
		d.t.Fatal(err)
	}
	if saved := sv.Of(&plan).Run(); saved.Err != nil || len(saved.Notes) > 0 {
		d.t.Fatalf("saved: %v, %q", saved.Err, saved.Notes)
	}
}

// text is what the file holds.
func (d *diary) text() string {
	d.t.Helper()
	text, err := os.ReadFile(d.path)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(text)
}

// write has the file written by another program.
func (d *diary) write(text string) {
	d.t.Helper()
	if err := os.WriteFile(d.path, []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// install has another file put at the name.
func (d *diary) install(text string, mtime time.Time) {
	d.t.Helper()
	at := d.path + ".new"
	if err := errors.Join(os.WriteFile(at, []byte(text), 0o644), os.Chtimes(at, mtime, mtime), os.Rename(at, d.path)); err != nil {
		d.t.Fatal(err)
	}
}

// memoryFile is where the memory lies.
func (d *diary) memoryFile() string {
	d.t.Helper()
	found, err := filepath.Glob(filepath.Join(d.state, "plan", "*"))
	if err != nil || len(found) != 1 {
		d.t.Fatalf("%q, %v", found, err)
	}
	return found[0]
}

// forget removes the memory.
func (d *diary) forget() {
	d.t.Helper()
	if was, err := ForgetMove(d.path, d.state); err != nil || !was {
		d.t.Fatalf("forgotten: %v, %v", was, err)
	}
}

// The waits of step 2: what step 1 replaced is known, or it is not; 3600 and 600 seconds for the name servers are in both.
const (
	day  = 24*3600 + 4200
	week = 7*24*3600 + 4200
)

// What tells since when the first step is served, and how long the second has to wait: never is it NOW, and what is not
// certain is asked.
func TestEvidence(t *testing.T) {
	raised := func(text string) string { return strings.Replace(text, " 2 3600", " 7 3600", 1) }
	old := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	second := func() time.Time { return time.Now().Add(2 * time.Second).Truncate(time.Second) }
	for name, c := range map[string]struct {
		happens func(d *diary)
		certain bool
		wait    uint32
	}{
		"saved here":                 {func(*diary) {}, false, day},
		"saved here and loaded":      {func(d *diary) { d.loaded = server.Loaded{Serial: 2, Time: time.Now().Truncate(time.Second)} }, true, day},
		"loaded before it was saved": {func(d *diary) { d.loaded = server.Loaded{Serial: 2, Time: old} }, false, day},
		"the reload is missing":      {func(d *diary) { d.loaded = server.Loaded{Serial: 1, Time: time.Now()} }, false, day},
		"another serial is loaded":   {func(d *diary) { d.loaded = server.Loaded{Serial: 3, Time: time.Now()} }, false, day},
		"written by an editor":       {func(d *diary) { d.install(raised(d.text()), time.Now()) }, false, week},
		"written in place":           {func(d *diary) { d.write(raised(d.text())) }, false, week},
		"written and loaded":         {func(d *diary) { d.write(raised(d.text())); d.loaded = server.Loaded{Serial: 7, Time: second()} }, true, week},
		"loaded and written, no serial": {func(d *diary) {
			d.loaded = server.Loaded{Serial: 2, Time: time.Now()}
			d.write(d.text() + "www A 192.0.2.1\n")
		}, false, week},
		"moved there, as old as it likes": {func(d *diary) { d.install(raised(d.text()), old) }, false, week},
		"the same text, moved there":      {func(d *diary) { d.install(d.text(), old) }, false, week},
		"copied there with its times":     {func(d *diary) { d.write(raised(d.text())); os.Chtimes(d.path, old, old) }, false, week},
		"touched to the future":           {func(d *diary) { at := time.Now().AddDate(1, 0, 0); os.Chtimes(d.path, at, at) }, false, week},
		"touched to the past":             {func(d *diary) { os.Chtimes(d.path, old, old) }, false, week},
		"forgotten":                       {(*diary).forget, false, day},
		"forgotten and loaded":            {func(d *diary) { d.forget(); d.loaded = server.Loaded{Serial: 2, Time: second()} }, true, day},
		"forgotten and written":           {func(d *diary) { d.forget(); d.write(raised(d.text())) }, false, week},
		"forgotten, the same text moved":  {func(d *diary) { d.forget(); d.install(d.text(), old); d.loaded = server.Loaded{Serial: 2, Time: old} }, false, day},
		"another user":                    {func(d *diary) { d.state += ".other" }, false, week},
		"another user, loaded": {func(d *diary) {
			d.state += ".other"
			d.later = time.Minute
			d.loaded = server.Loaded{Serial: 2, Time: second()}
		}, true, week},
		"the memory is a directory": {func(d *diary) { at := d.memoryFile(); os.Remove(at); os.Mkdir(at, 0o700) }, false, day},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDiary(t, map[string]string{"db.example.com": movedZone})
			c.happens(d)
			s := d.next()
			if s.Number != 2 || s.Certain != c.certain || s.Elapsed != c.wait || s.Earliest+uint32(d.later.Seconds()) < c.wait-5 || len(s.Questions) == 0 == !c.certain {
				t.Errorf("step %d, certain %v, waits %d s, in %d s, asks %v; want certain %v, %d s", s.Number, s.Certain, s.Elapsed, s.Earliest, s.Questions, c.certain, c.wait)
			}
			if w := s.Since.Written; !c.certain && (w.IsZero() || time.Since(w) > time.Minute) {
				t.Errorf("offered is %v", w)
			}
		})
	}
}

// A memory that is cut off at any byte counts as none: undo copies still tell what stood there.
func TestEvidenceOfADamagedMemory(t *testing.T) {
	d := newDiary(t, map[string]string{"db.example.com": movedZone})
	at := d.memoryFile()
	whole, err := os.ReadFile(at)
	if err != nil {
		t.Fatal(err)
	}
	step := 1 + len(whole)/200
	if testing.Short() {
		step *= 10
	}
	for n := 0; n < len(whole); n += step {
		if err := os.WriteFile(at, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		plan, m := d.plan()
		if s := plan.Steps[2]; m.Remembered() || len(plan.Notes) != 1 || s.Certain || s.Elapsed != day {
			t.Fatalf("cut off at %d of %d: %q, certain %v, %d s", n, len(whole), plan.Notes, s.Certain, s.Elapsed)
		}
	}
}

// What stands in an included file is remembered, and told by its undo copies, too.
func TestEvidenceOfIncludedFiles(t *testing.T) {
	head, mail, _ := strings.Cut(movedZone, "@ MX")
	d := newDiary(t, map[string]string{"db.example.com": head + "$INCLUDE mail.inc\n", "mail.inc": "@ MX" + mail})
	if s := d.next(); s.Number != 2 || s.Elapsed != day {
		t.Errorf("step %d waits %d s", s.Number, s.Elapsed)
	}
	d.forget()
	if s := d.next(); s.Number != 2 || s.Elapsed != day {
		t.Errorf("forgotten: step %d waits %d s", s.Number, s.Elapsed)
	}
	inc := filepath.Join(filepath.Dir(d.path), "mail.inc")
	text, err := os.ReadFile(inc)
	if err == nil {
		err = os.WriteFile(inc, append(text, "x A 192.0.2.7\n"...), 0o644)
	}
	future := time.Now().Add(time.Hour)
	err = errors.Join(err, os.Chtimes(inc, future, future))
	if plan, _ := d.plan(); !strings.Contains(strings.Join(plan.Notes, "\n"), "mail.inc was written at ") {
		t.Errorf("written in the future: %q", plan.Notes)
	}
	if s := d.next(); err != nil || s.Number != 2 || s.Certain || s.Elapsed != week {
		t.Errorf("written: %v, step %d, certain %v, waits %d s", err, s.Number, s.Certain, s.Elapsed)
	}
}

// An answer lasts until the file is another; so does what a reload proves.
func TestEvidenceIsRemembered(t *testing.T) {
	for name, tell := range map[string]func(d *diary){
		"said": func(d *diary) {
			_, m := d.plan()
			if err := m.Tell(movedHosts, time.Now(), time.Now()); err != nil {
				t.Fatal(err)
			}
		},
		"said, of nothing that was remembered": func(d *diary) {
			d.forget()
			_, m := d.plan()
			if err := m.Tell(movedHosts, time.Now(), time.Now()); err != nil {
				t.Fatal(err)
			}
		},
		"seen everywhere": func(d *diary) {
			_, m := d.plan()
			if news, err := m.SeenEverywhere(time.Now(), time.Now()); err != nil || !news {
				t.Fatal(news, err)
			}
			if news, err := m.SeenEverywhere(time.Now(), time.Now()); err != nil || news {
				t.Errorf("it is news twice: %v, %v", news, err)
			}
		},
		"reloaded": func(d *diary) {
			st, z := d.open()
			defer st.Close()
			noted{served{}, st.keeper(), z, time.Now}.Step()
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDiary(t, map[string]string{"db.example.com": movedZone})
			tell(d)
			wait := uint32(day)
			if name == "seen everywhere" { // nobody is waited for
				wait -= 4200
			}
			if s := d.next(); !s.Certain || s.Elapsed != wait || s.Since.Evidence == "" {
				t.Errorf("certain %v, %d s, %+v", s.Certain, s.Elapsed, s.Since)
			}
			d.write(d.text() + "www A 192.0.2.1\n")
			if s := d.next(); s.Certain {
				t.Errorf("written: certain, %+v", s.Since)
			}
		})
	}
}

// What all name servers were seen with is no proof where it may have been another text: one that somebody wrote meanwhile, that another
// program wrote, or that has the serial of the one before.
func TestSeenEverywhereProvesNothing(t *testing.T) {
	for name, happens := range map[string]func(d *diary) (from time.Time){
		"nothing is remembered": func(d *diary) time.Time { d.forget(); return time.Now() },
		"before it was saved":   func(*diary) time.Time { return time.Now().Add(-time.Hour) },
		"not all were seen":     func(*diary) time.Time { return time.Time{} },
		"another program wrote": func(d *diary) time.Time { d.write(d.text() + "www A 192.0.2.1\n"); return time.Now() },
		"the same serial as before": func(d *diary) time.Time {
			d.write(strings.Replace(d.text(), " 2 3600", " 1 3600", 1))
			return time.Now()
		},
	} {
		d := newDiary(t, map[string]string{"db.example.com": movedZone})
		at := happens(d)
		_, m := d.plan()
		if news, err := m.SeenEverywhere(at, time.Now()); err != nil || news {
			t.Errorf("%s: %v, %v", name, news, err)
		}
		if s := d.next(); s.Certain {
			t.Errorf("%s: certain, %+v", name, s.Since)
		}
	}
	d := newDiary(t, map[string]string{"db.example.com": movedZone})
	_, m := d.plan()
	d.write(d.text() + "www A 192.0.2.1\n")
	if news, err := m.SeenEverywhere(time.Now(), time.Now()); err != nil || news {
		t.Errorf("written while it was asked: %v, %v", news, err)
	}
	m = &Move{texts: []heldText{textOf(parseMoved(movedZone)), textOf(parseMoved(movedZone + "www A 192.0.2.1\n"))}}
	if m.see(time.Now()) {
		t.Error("two texts have the serial")
	}
}

// served is a reload at whose end the version is served.
type served struct{}

func (served) Step() server.Progress { return server.Progress{Done: true, Served: true} }

// A whole move is remembered step by step, with its checks, and forgotten when the last step holds.
func TestMoveIsForgottenAtItsEnd(t *testing.T) {
	d := newDiary(t, map[string]string{"db.example.com": movedZone})
	for n := 2; n <= 5; n++ {
		if n == 4 {
			plan, m := d.plan()
			if err := m.Answer(0, time.Now()); err != nil || len(plan.Checks) == 0 || plan.Checks[0].Step != 3 {
				t.Fatalf("%v: %+v", err, plan.Checks)
			}
			if again, _ := d.plan(); again.Checks[0].Done.IsZero() {
				t.Error("the answer is not remembered")
			}
		}
		d.step(n)
	}
	st, z := d.open()
	m := st.Past(z)
	plan, err := m.Plan(z, m.Request, time.Now())
	if err != nil || plan.Ended || len(plan.Saved) != 6 || !strings.HasSuffix(d.text(), "mx1 3600 A 192.0.2.20\n") || strings.Contains(d.text(), " 300 MX") {
		t.Fatalf("%v, ended %v, saved %v:\n%s", err, plan.Ended, plan.Saved, d.text())
	}
	later := time.Now().AddDate(0, 0, 8)
	if plan, err = st.Past(z).Plan(z, m.Request, later); err != nil || !plan.Ended {
		t.Errorf("later: %v, ended %v", err, plan.Ended)
	}
	if was, err := ForgetMove(d.path, d.state); was || err != nil {
		t.Errorf("it is still remembered: %v, %v", was, err)
	}
}

// A memory that cannot be written stops no save, and is told.
func TestMoveThatCannotBeRemembered(t *testing.T) {
	d := newDiary(t, map[string]string{"db.example.com": movedZone})
	if err := os.Chmod(d.state, 0o777); err != nil {
		t.Fatal(err)
	}
	st, z := d.open()
	plan, err := st.Past(z).Plan(z, movedHosts, time.Now())
	if err != nil || len(plan.Notes) != 1 || !strings.Contains(plan.Notes[0], "chmod 700") {
		t.Errorf("%v, %q", err, plan.Notes)
	}
	next, err := z.Apply(plan.Steps[2].Edits...)
	if err != nil {
		t.Fatal(err)
	}
	saved := st.Saving(next, disk.SaveOptions{Now: time.Now()}).Of(&plan).Run()
	if last := saved.Notes; saved.Err != nil || len(last) == 0 || !strings.Contains(last[len(last)-1], "the move is not remembered") {
		t.Errorf("%v, %q", saved.Err, saved.Notes)
	}
}

// Whatever stands in a memory, it is used or told, and a plan is made or refused.
func FuzzMemory(f *testing.F) {
	z := parseMoved(movedZone)
	whole, err := json.Marshal(memory{Version: memoryVersion, Request: movedHosts, Texts: []heldText{textOf(z)}})
	if err != nil {
		f.Fatal(err)
	}
	for _, part := range []string{"", "{}", "[]", "null"} {
		f.Add([]byte(part))
	}
	for from, to := range map[string]string{"mx1.": "mx1", "192.0.2.20": "fe80::1%lo", `"Before":0`: `"Before":7`, `"Step":0`: `"Step":1000000000`, `"Root":"`: `"Root":"AAAA`, `"Texts":[{`: `"Texts":[{},{`} {
		f.Add([]byte(strings.Replace(string(whole), from, to, 1)))
	}
	f.Add(whole)
	path := filepath.Join(f.TempDir(), "db.example.com")
	state := filepath.Join(f.TempDir(), "state")
	if err := os.WriteFile(path, []byte(movedZone), 0o644); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := disk.Remember(path, disk.Options{StateDir: state}, data); err != nil {
			t.Fatal(err)
		}
		st, z, err := Open(Options{Path: path, Origin: "example.com.", State: state})
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		m := st.Past(z)
		if m.Remembered() == (len(m.Notes) > 0) {
			t.Errorf("remembered %v, %q", m.Remembered(), m.Notes)
		}
		_, _ = m.Plan(z, movedHosts, time.Now())
		if m.Remembered() {
			_, _ = m.Plan(z, m.Request, time.Now())
		}
	})
}
