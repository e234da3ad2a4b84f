package cli

// A plan as programs read it: fields are added, never renamed.

import (
	"time"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
)

// planStep is a step in JSON: a stable interface. Times are in seconds, earliest from now.
type planStep struct {
	Step     int        `json:"step"`
	Title    text       `json:"title"`
	State    string     `json:"state"`
	Script   lines      `json:"script"`
	Edits    []edit     `json:"edits"` // of a later step they count in the file as the steps before leave it
	Before   []delivery `json:"before"`
	After    []delivery `json:"after"`
	Items    []planItem `json:"items"`
	Checks   []text     `json:"checks"`
	Earliest uint32     `json:"earliest"`
	Wait     uint32     `json:"wait"`
	Why      text       `json:"why"`
	Rollback uint32     `json:"rollback"`
	Elapsed  uint32     `json:"elapsed"`
	Beyond   text       `json:"beyond"` // what it told is a question now
	Kind     string     `json:"kind"`
	Holds    uint32     `json:"holds"`
	Saved    string     `json:"saved"`

	Since     planSince      `json:"since"`
	NotBefore string         `json:"notBefore"`
	Certain   bool           `json:"certain"`
	Questions []planQuestion `json:"questions"`
	Back      planBack       `json:"back"`
}

// planSince is since when the step before is served, in JSON.
type planSince struct {
	Time     string `json:"time"`
	Evidence text   `json:"evidence"`
}

// planQuestion is something to ask, in JSON: of machines, and of humans.
type planQuestion struct {
	Kind    string `json:"kind"`
	Subject text   `json:"subject"`
	Want    text   `json:"want"`
	Text    text   `json:"text"`
	State   string `json:"state"`
}

// newPlanQuestion is a question that nobody has answered.
func newPlanQuestion(c preview.Check) planQuestion {
	return planQuestion{string(c.Kind), text(c.Subject), text(c.Want), text(c.Text), "open"}
}

// planBack is the way back in JSON.
type planBack struct {
	First   text   `json:"first"`
	Script  lines  `json:"script"`
	Seconds uint32 `json:"seconds"`
}

// planItem is a record of the inventory in JSON.
type planItem struct {
	File text   `json:"file"`
	Line int    `json:"line"`
	Kind string `json:"kind"`
	Text text   `json:"text"`

	Before int `json:"beforeStep"`
}

// newPlanStep is a step as JSON has it: lists are never null.
func newPlanStep(t document.Timetable, s preview.Step) planStep {
	out := planStep{
		Step: s.Number, Title: text(s.Title), State: string(s.State), Script: lines(s.Script), Edits: newEdits(s.Edits),
		Before: []delivery{}, After: []delivery{}, Items: []planItem{}, Checks: []text{},
		Earliest: s.Earliest, Wait: s.Wait, Why: text(s.Why), Rollback: s.Back.Seconds, Elapsed: s.Elapsed,
		Kind: string(s.Kind), Holds: s.Holds, Saved: stamp(t.Saved[s.Number]), Since: planSince{stampAfter(s.Since.Time), text(s.Since.Evidence)},
		NotBefore: stampAfter(s.NotBefore), Certain: s.Certain, Questions: []planQuestion{},
		Back: planBack{text(s.Back.First), lines(s.Back.Script), s.Back.Seconds},
	}
	if made, known := t.Made[s.Number]; known && s.State == preview.StepDone {
		out.Back = planBack{text(made.Back.First), lines(made.Back.Script), made.Back.Seconds}
		out.Rollback = made.Back.Seconds
	}
	for _, c := range s.Changes() {
		out.Before = append(out.Before, newDelivery(c.Before()))
		out.After = append(out.After, newDelivery(c.After()))
	}
	for _, item := range s.Items {
		out.Items = append(out.Items, planItem{text(item.Record.File().Name()), item.Record.Position().Line, item.Kind, text(item.Text), item.Before})
	}
	for _, check := range s.Checks {
		out.Checks = append(out.Checks, text(check.Text))
		out.Questions = append(out.Questions, newPlanQuestion(check))
	}
	for _, a := range t.Checks {
		if a.Step == s.Number && s.State == preview.StepDone {
			q := newPlanQuestion(a.Check)
			if !a.Done.IsZero() {
				q.State = "done"
			}
			out.Questions = append(out.Questions, q)
		}
	}
	for _, question := range s.Questions {
		out.Questions = append(out.Questions, newPlanQuestion(question))
	}
	return out
}

// stamp is an hour in JSON, "" where it is not known.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// stampAfter is an hour in JSON that nothing may come before: its next whole second.
func stampAfter(t time.Time) string {
	if whole := t.Truncate(time.Second); whole.Before(t) {
		t = whole.Add(time.Second)
	}
	return stamp(t)
}
