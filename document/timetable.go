package document

// The plan of a move with what is known of the time before: what commands and the editor show, and what they are told.

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// A Timetable is the plan of a move, and what goes with it.
//
// How it is used, by the editor as by the command:
//
//	move := st.AsksPast(session.Saved)()          // beside the screen; with no Store, too
//	if move.Remembered() { request = move.Request } // no form is needed: the move goes on
//	t, err := move.Plan(session.Zone(), request, now)
//
// Where t.Asks the user may answer: move.Tell(request, hour, now), the hour offered being t.Offered; then all is recalled
// and planned anew. A check of t.Checks is answered by move.Answer. A step is saved as Saving.Of(t): that remembers it. Any
// other save of a zone of which a move is remembered is noted by itself, and so is a reload. Where another move is asked
// for while one is remembered, move.Other says so, and ForgetMove ends it; one of which all steps are done stands in no other's way.
type Timetable struct {
	Request preview.Migration
	Steps   []preview.Step
	Begun   time.Time            // when the first step was saved; the zero Time: it is not remembered
	Saved   map[int]time.Time    // hours of the steps that were saved, by their numbers, as far as that is known
	Checks  []Answer             // of the last step that was saved
	Made    map[int]preview.Step // the steps that were saved, as they were planned then, as far as that is known
	Asks    bool                 // there is a question that only a human can answer
	Offered time.Time            // what the question offers as an answer: when the file was written; the zero Time: nothing
	// From when on no resolver has anything that a step or another change replaced; Certain where that is proved of all.
	Forgotten preview.Moment

	Ended bool // the last step holds everywhere: the move is not remembered any more
	Notes []string

	move *Move
	last *preview.Step // that was saved last; nil: not known, or several were saved together
}

// Plan makes the plan of a request for a version of the zone, which may not be on disk yet. A move whose last step holds is
// forgotten.
func (m *Move) Plan(z *zonefile.Zone, request preview.Migration, now time.Time) (Timetable, error) {
	m.followed(request)
	m.adopt(request)
	past := preview.Past{Now: now}
	if len(m.texts) > 0 {
		past = pastOf(m.texts, m.before, m.loaded, request.Notify, now)
	}
	if m.zone != nil && !z.Same(m.zone) { // not saved yet
		past.Versions = append(past.Versions, preview.Version{Zone: m.zone})
	}
	t := Timetable{Request: request, Begun: m.Begun, Saved: map[int]time.Time{}, Checks: m.Checks, Notes: m.Notes, move: m}
	var err error
	if t.Steps, err = preview.Plan(z, request, past); err != nil {
		return t, err
	}
	if len(m.texts) > 0 {
		t.Notes = append(slices.Clip(t.Notes), clockNotes(m.latest(z), m.texts, m.seen, past)...)
	}
	if _, whole := z.SOA(); !whole && !request.Notify {
		t.Notes = append(slices.Clip(t.Notes), fmt.Sprintf("%s has no SOA record, which tells how long the name servers take: a minute is counted for that, as where they are notified; plan the zone file that has it", z.Root().Name()))
	}
	last := 0
	for _, x := range m.texts {
		for n := last + 1; n <= x.Step; n++ { // a step that changes nothing is done with the one before it
			t.Saved[n] = x.Written
		}
		last = max(last, x.Step)
	}
	if m.zone != nil && z.Same(m.zone) {
		t.Made, t.last = m.madeSteps(request, past, now)
	}
	t.Forgotten = preview.Moment{Time: heldFrom(past, z, request.Notify), Certain: proved(past)}
	done := true
	for _, s := range t.Steps[1:] {
		done = done && s.State == preview.StepDone
		if len(s.Questions) > 0 {
			t.Asks, t.Offered = true, s.Since.Written
		}
	}
	if done && m.Remembered() && z.Same(m.zone) && !t.Forgotten.Time.After(now) {
		t.Ended, err = m.keeper.forget()
	}
	return t, err
}

// Tell remembers since when the name servers have what the zone says, as somebody says.
func (m *Move) Tell(request preview.Migration, since, now time.Time) error {
	m.followed(request)
	m.adopt(request)
	switch {
	case len(m.texts) == 0:
		return errors.New("the zone is in no file: nothing of it is remembered")
	case preview.NotBegun(m.zone, request):
		return errors.New("the first step is still to be saved, and waits for nothing")
	}
	if err := m.tell(since, now); err != nil {
		return err
	}
	return m.keep(request, now)
}

// tell takes an answer over, if it can be.
func (m *Move) tell(since, now time.Time) error {
	last := &m.texts[len(m.texts)-1]
	w, floor := last.Written, time.Time{}
	for _, t := range m.texts[:len(m.texts)-1] {
		if t.Written.After(floor) && t.Written.Before(now) { // else the clock was wrong
			floor = t.Written
		}
	}
	switch {
	case since.After(now):
		return fmt.Errorf("%s is still to come: say since when the name servers have what the zone says", since.Format(hourText))
	case since.Before(w) && !since.Before(w.Truncate(time.Minute)): // hours are said without their seconds
		since = w
	case !last.Other && last.Step > 0 && since.Before(w) && w.Before(now):
		return fmt.Errorf("%s is before the step was saved, at %s: the name servers cannot have had it", since.Format(hourText), hourOf(w, now))
	case since.Before(floor):
		return fmt.Errorf("%s is before what the file said last was written, at %s: the name servers cannot have had what came after it", since.Format(hourText), hourOf(floor, now))
	}
	last.Told = since
	return nil
}

// keep writes down what is known.
func (m *Move) keep(request preview.Migration, now time.Time) error {
	if m.Begun.IsZero() {
		m.Begun = now
	}
	m.Request = request
	return m.keeper.keep(&memory{Origin: m.zone.Origin(), Request: request, Begun: m.Begun, Seen: m.seen, Before: m.before, Texts: m.texts, Checks: m.Checks}, now)
}

// Answer remembers that a check is so, by its number in Checks; a second time, that it is not.
func (m *Move) Answer(n int, now time.Time) error {
	if n < 0 || n >= len(m.Checks) {
		return fmt.Errorf("there is no check %d: there are %d", n+1, len(m.Checks))
	}
	m.Checks = slices.Clone(m.Checks)
	if c := &m.Checks[n]; c.Done.IsZero() {
		c.Done = now
	} else {
		c.Done = time.Time{}
	}
	return m.keep(m.Request, now)
}

// ForgetMove ends the move of a zone file, whatever is remembered of it, and tells whether anything was. The zone stays as
// it is, and may be gone. State is as in Options.
func ForgetMove(path, state string) (bool, error) {
	return keeper{path: path, opt: disk.Options{StateDir: state}}.forget()
}

// ForgetMove ends the move of the store's zone file, as the function of that name does.
func (st *Store) ForgetMove() (bool, error) { return st.keeper().forget() }

// Other says that a request is not the move that is under way; "" if it is, or none is.
func (m *Move) Other(request preview.Migration) string {
	if !m.Remembered() || sameRequest(m.Request, request) || m.finished() {
		return ""
	}
	return "a move " + moveText(m.Request) + " is under way since " + m.Begun.Local().Format("2 Jan 2006")
}

// finished tells whether all steps of the move that is remembered are done. What they replaced may be in caches still.
func (m *Move) finished() bool {
	past := preview.Past{}
	if m.before >= 0 {
		past.Before = m.texts[m.before].zone
	}
	steps, err := preview.Plan(m.zone, m.Request, past)
	return err == nil && !slices.ContainsFunc(steps[1:], func(s preview.Step) bool { return s.State != preview.StepDone })
}

// followed is what is known where another move follows the one that is remembered, and done: what the zone said, since caches may
// hold it, but none of it is a step of the other move. Before its first step stands what the file says now.
func (m *Move) followed(request preview.Migration) {
	if !m.Remembered() || sameRequest(m.Request, request) || !m.finished() {
		return
	}
	m.Request, m.Begun, m.Checks, m.before = preview.Migration{}, time.Time{}, nil, -1
	m.texts = slices.Clone(m.texts)
	for i := range m.texts {
		m.texts[i].Step = 0
	}
	if preview.NotBegun(m.zone, request) {
		m.before = len(m.texts) - 1
	}
}

// moveText is where a move leads, in words.
func moveText(r preview.Migration) string {
	word, hosts := "to", r.To
	if len(hosts) == 0 {
		word, hosts = "away from", r.From
	}
	var names []string
	for _, h := range hosts {
		names = append(names, preview.Display(h.Name))
	}
	return word + " " + strings.Join(names, " and ")
}

// sameRequest compares what is asked for. The order of old hosts and of domains says nothing, that of new hosts does.
func sameRequest(a, b preview.Migration) bool { return requestKey(a) == requestKey(b) }

// requestKey is a request in one order.
func requestKey(r preview.Migration) string {
	from, domains := hostKeys(r.From), slices.Sorted(slices.Values(r.Domains))
	slices.Sort(from)
	return fmt.Sprintf("%q %q %q %q %v %v %v", from, hostKeys(r.To), slices.Compact(domains), r.SPF, r.Notify, r.Replace, r.Single)
}

// hostKeys is hosts in words, with their addresses in one order.
func hostKeys(hosts []preview.MailHost) (out []string) {
	for _, h := range hosts {
		var addrs []string
		for _, ip := range h.Addrs {
			addrs = append(addrs, ip.Unmap().String())
		}
		slices.Sort(addrs)
		out = append(out, string(h.Name)+"="+strings.Join(addrs, ","))
	}
	return out
}
