package document

// A check that has seen all name servers with what the zone says: that is remembered, so that nobody is asked since when, and the time that
// they take to fetch it is not waited for. It proves nothing where the text with that serial may have been another one.

import (
	"fmt"
	"slices"
	"time"

	"github.com/mailzone/mailzone/preview"
)

// SeenEverywhere remembers that all name servers were seen with what the zone says, if that belongs to a move that is remembered; at is when
// the last of them was. It tells whether that is news. A file that was written meanwhile is another text, whatever was seen.
func (m *Move) SeenEverywhere(at, now time.Time) (bool, error) {
	if !m.Remembered() || at.IsZero() {
		return false, nil
	}
	fresh := &Move{zone: m.zone, keeper: m.keeper, files: m.files, loaded: m.loaded, before: -1}
	fresh.recall()
	if was, is := m.texts[len(m.texts)-1], fresh.texts[len(fresh.texts)-1]; was.Sum != is.Sum || !slices.Equal(was.Stamps, is.Stamps) {
		return false, nil
	}
	if !fresh.Remembered() || !fresh.see(at) {
		return false, nil
	}
	return true, fresh.keep(fresh.Request, now)
}

// see takes over that the serial of the zone was seen everywhere, if that proves anything: no other text may have had it, as far as the
// program knows, which it does where it has saved the text itself.
func (m *Move) see(at time.Time) bool {
	last := &m.texts[len(m.texts)-1]
	serial, ok := last.serial()
	if !ok || last.Other || last.Seen.Certain || at.Before(last.Written.Truncate(time.Second)) {
		return false
	}
	for i := range m.texts[:len(m.texts)-1] {
		if n, ok := m.texts[i].serial(); !ok || n == serial {
			return false
		}
	}
	last.Seen = preview.Moment{Time: at, Certain: true, Everywhere: true, Evidence: fmt.Sprintf("all name servers were seen with serial %d", serial)}
	return true
}

// SeenEverywhere remembers, where all name servers were seen with what the zone says, since when; what is known of the hours is told anew
// then, in the checks and by another plan.
func (t Timetable) SeenEverywhere(s StepChecks, now time.Time) (StepChecks, Timetable, error) {
	news, err := t.move.SeenEverywhere(s.Everywhere, now)
	if err != nil || !news {
		return s, t, err
	}
	m := &Move{zone: t.move.zone, keeper: t.move.keeper, files: t.move.files, loaded: t.move.loaded, before: -1}
	m.recall()
	again, err := m.Plan(m.zone, t.Request, now)
	if err != nil {
		return s, t, err
	}
	was, is := t.StepChecks(now), again.StepChecks(now)
	if len(is.Checks) != len(s.Checks) || len(was.Checks) != len(s.Checks) {
		return s, again, nil
	}
	is.Everywhere = s.Everywhere
	for i := range is.Checks {
		is.Checks[i].Results = slices.Concat(is.Checks[i].Results, s.Checks[i].Results[len(was.Checks[i].Results):])
	}
	return is, again, nil
}

// Past is what is known of the time before that the plan was made with.
func (t Timetable) Past() *Move { return t.move }
