package document

// What is to be looked at before the next step of a move: the checks of the step that was saved last, and the hour from which the next
// one may be saved. What only a person sees holds when somebody has said so, and the hour when it is proved; nobody is asked here.

import (
	"fmt"
	"slices"
	"time"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/probe"
	"github.com/mailzone/mailzone/zonefile"
)

// HourKind is the kind of the last check of a step: the hour from which the next one may be saved. It asks nobody.
const HourKind preview.CheckKind = "time"

// StepChecks is the step of a plan that was saved last, and what is to be looked at before the next one.
type StepChecks struct {
	Step   preview.Step  // number 0: none was saved
	Next   *preview.Step // nil: there is none
	Checks []StepCheck

	Everywhere time.Time // when the last of all name servers was seen with the serial of the file; the zero time: not all were

	host zonefile.Name // the new host, where a check names its address alone
}

// StepCheck is a check of a step, and what came of it.
type StepCheck struct {
	preview.Check
	Number  int      // by which --done answers it, from 1; 0 where nobody can
	Results []Result // empty: it was not asked yet
}

// StepChecks is what is to be looked at before the next step. What is known without asking anybody stands in it.
func (t Timetable) StepChecks(now time.Time) StepChecks {
	s := StepChecks{Step: t.Steps[0]}
	origin := t.Steps[0].Base.Origin()
	last := 0
	for i := range t.Steps[1:] {
		switch step := &t.Steps[i+1]; step.State {
		case preview.StepDone:
			last = step.Number
		case preview.StepNow:
			s.Next = step
		}
	}
	if last > 0 && t.last != nil {
		s.Step = *t.last
	}
	if len(t.Request.To) > 0 {
		s.host = t.Request.To[0].Name
	}
	for _, c := range s.Step.Checks {
		s.Checks = append(s.Checks, t.stepCheck(c, s.Step.Number, origin, now))
	}
	if last > 0 && s.Step.Number == 0 {
		s.Step = t.Steps[last]
		s.Checks = []StepCheck{{Check: preview.Check{Kind: preview.DNS, Subject: preview.Display(origin),
			Text: fmt.Sprintf("all name servers of %s give what the file says; what else is to be looked at is not known, for nothing is remembered of this step", preview.Display(origin))}}}
	}
	hour := preview.Check{Kind: HourKind, Subject: preview.Display(origin), Text: "the last step holds everywhere"}
	if s.Next != nil {
		hour.Text = fmt.Sprintf("step %d may be saved", s.Next.Number)
	}
	s.Checks = append(s.Checks, StepCheck{Check: hour, Results: []Result{t.hour(s, origin, now)}})
	return s
}

// stepCheck is a check of the step that was saved last, with what is known of it without asking.
func (t Timetable) stepCheck(c preview.Check, step int, origin zonefile.Name, now time.Time) StepCheck {
	out := StepCheck{Check: c}
	switch c.Kind {
	case preview.Said:
		r := probe.Result{Kind: string(c.Kind), Subject: origin, Asked: "nobody", At: now, State: probe.NotAsked, Means: "a person has to look, and nothing is remembered of this step"}
		i := slices.IndexFunc(t.Checks, func(a Answer) bool { return a.Step == step && a.Text == c.Text })
		switch {
		case i >= 0 && !t.Checks[i].Done.IsZero():
			out.Number, r.State, r.Means = i+1, probe.OK, "somebody said so on "+hourOf(t.Checks[i].Done, now)
		case i >= 0:
			out.Number, r.Means = i+1, fmt.Sprintf("a person has to look: mailzone plan --done %d says that it is so", i+1)
		}
		out.Results = []Result{{Result: r}}
	case preview.Cache:
		out.Results = []Result{t.forgotten(origin, now)}
	}
	return out
}

// forgotten is what the hours of the plan say of all resolvers of the world.
func (t Timetable) forgotten(origin zonefile.Name, now time.Time) Result {
	r := probe.Result{Kind: string(HourKind), Subject: origin, Asked: "nobody", At: now}
	switch f := t.Forgotten; {
	case !f.Certain:
		r.State, r.Means = probe.Unknown, "it is not known since when the name servers give what the file says: mailzone plan --since tells it"
	case f.Time.After(now):
		r.State, r.Until, r.Means = probe.Waits, f.Time, "resolvers may keep what was there before"
	default:
		r.State, r.Means = probe.OK, "no resolver keeps longer what was there before than until "+hourOf(f.Time, now)
	}
	return Result{Result: r}
}

// hour is whether the time of the next step has come.
func (t Timetable) hour(s StepChecks, origin zonefile.Name, now time.Time) Result {
	if s.Next == nil {
		return t.forgotten(origin, now)
	}
	r := probe.Result{Kind: string(HourKind), Subject: origin, Asked: "nobody", At: now}
	switch next := s.Next; {
	case !next.Certain:
		r.State = probe.Unknown
		r.Means = fmt.Sprintf("it is not known since when the name servers give what the file says: mailzone plan --since tells it; if they do by now, from %s on", hourOf(next.NotBefore, now))
	case next.NotBefore.After(now):
		r.State, r.Until, r.Means = probe.Waits, next.NotBefore, s.Step.Why
		if next.Since.Everywhere {
			r.Means = fmt.Sprintf("%s from %s on, when all name servers were seen with what the file says", preview.Duration(next.Elapsed), hourOf(next.Since.Time, now))
		}
	case next.Since.Time.IsZero():
		r.State, r.Means = probe.OK, "it waits for nothing"
	default:
		r.State, r.Means = probe.OK, fmt.Sprintf("its time has come, on %s", hourOf(next.NotBefore, now))
	}
	return Result{Result: r}
}

// weight is how much a state says of a check: the heaviest of its results counts.
var weight = map[probe.State]int{probe.OK: 0, probe.Waits: 1, probe.NotAsked: 2, probe.Unknown: 3, probe.Differs: 4, probe.Bad: 5}

// State is what the results of a check say together; one that nobody asked is not-asked. A cache that says nothing counts for nothing
// where the hour proves that all have forgotten.
func (c StepCheck) State() string {
	if len(c.Results) == 0 {
		return string(probe.NotAsked)
	}
	worst := c.Results[0].State
	for _, r := range c.Results[1:] {
		if proved := c.Kind == preview.Cache && c.Results[0].State == probe.OK && (r.State == probe.Unknown || r.State == probe.NotAsked); !proved && weight[r.State] > weight[worst] {
			worst = r.State
		}
	}
	return string(worst)
}

// Until is when a check that waits is over; the zero time where nobody knows.
func (c StepCheck) Until() (last time.Time) {
	for _, r := range c.Results {
		if r.State == probe.Waits && r.Until.IsZero() {
			return time.Time{}
		}
		if r.Until.After(last) && r.State == probe.Waits {
			last = r.Until
		}
	}
	return last
}

// Holds tells whether every check of the step does: then the next one may be saved.
func (s StepChecks) Holds() bool {
	return !slices.ContainsFunc(s.Checks, func(c StepCheck) bool { return c.State() != string(probe.OK) })
}

// Until is when the last check that waits is over; the zero time where none does, or nobody knows.
func (s StepChecks) Until() (last time.Time) {
	for _, c := range s.Checks {
		if c.State() != string(probe.Waits) {
			continue
		}
		if c.Until().IsZero() {
			return time.Time{}
		}
		if c.Until().After(last) {
			last = c.Until()
		}
	}
	return last
}

// Heavier tells whether one state says more than another: one that is bad more than one that is ok.
func Heavier(state, other string) bool {
	return weight[probe.State(state)] > weight[probe.State(other)]
}
