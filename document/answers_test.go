package document

// What somebody may say of a move, and what it is remembered of: an answer that cannot be true is none.

import (
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// Nobody can have loaded a text before the one that stood there before it was written, whoever wrote either of them.
func TestEvidenceIsNotFromBeforeTheStep(t *testing.T) {
	d := newDiary(t, map[string]string{"db.example.com": movedZone})
	ago := time.Now().Add(-48 * time.Hour)
	tell := func(at time.Time) error {
		_, m := d.plan()
		return m.Tell(movedHosts, at, time.Now())
	}
	if err := tell(ago); err == nil || !strings.Contains(err.Error(), "is before the step was saved") {
		t.Errorf("saved here: %v", err)
	}
	d.install(d.text()+"www A 192.0.2.1\n", ago)
	if err := tell(ago); err == nil || !strings.Contains(err.Error(), "is before what the file said last was written") {
		t.Errorf("written by another program: %v", err)
	}
	if s := d.next(); s.Certain {
		t.Errorf("certain: %+v", s.Since)
	}
	if err := tell(time.Now()); err != nil {
		t.Errorf("now: %v", err)
	}
}

// What is remembered comes from where the clock may have shown another hour; what is offered as an answer can be said here.
func TestEvidenceIsToldByTheClockHere(t *testing.T) {
	d := newDiary(t, map[string]string{"db.example.com": movedZone})
	now := time.Now().In(time.FixedZone("there", 9*3600)).Add(time.Minute)
	st, z := d.open()
	defer st.Close()
	plan, err := st.Past(z).Plan(z, movedHosts, now)
	if err != nil {
		t.Fatal(err)
	}
	_, offered, _ := strings.Cut(plan.Steps[2].Questions[0].Text, "[")
	offered, _, _ = strings.Cut(offered, ",")
	since, err := ParseSince(offered, now)
	if written := plan.Offered.Truncate(time.Second); err != nil || !since.Equal(written) {
		t.Errorf("%q is %v, %v; it was written at %v", offered, since, err, written)
	}
	if err := st.Past(z).Tell(movedHosts, since, now); err != nil {
		t.Error(err)
	}
}

// What is remembered is of one zone: where another comes to stand in its file, that has no memory.
func TestEvidenceOfAnotherZone(t *testing.T) {
	d := newDiary(t, map[string]string{"db.example.com": movedZone})
	look := func(origin zonefile.Name) *Move {
		st, z, err := Open(Options{Path: d.path, Origin: origin, State: d.state})
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		return st.Past(z)
	}
	if m := look("example.com."); !m.Remembered() || len(m.Notes) > 0 {
		t.Errorf("the zone: %v, %q", m.Remembered(), m.Notes)
	}
	if m := look("example.org."); m.Remembered() || len(m.Notes) != 1 || !strings.Contains(m.Notes[0], "it is of the zone example.com;") {
		t.Errorf("another: %v, %q", m.Remembered(), m.Notes)
	}
}
