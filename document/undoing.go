package document

// The way back from the last step of a move that was saved. The zone as it is does not tell what a step replaced; the text from
// before it does.

import (
	"time"

	"github.com/mailzone/mailzone/preview"
)

// lastStep is the last step that was saved, as it was planned then: what it changed, what to look at, how it is undone. It is
// nil where that is not known.
func (m *Move) lastStep(request preview.Migration, past preview.Past, now time.Time) *preview.Step {
	at := len(m.texts) - 1
	for at > 0 && m.texts[at].Step == 0 {
		at--
	}
	if at <= 0 || m.texts[at-1].zone == nil {
		return nil
	}
	steps, err := preview.Plan(m.texts[at-1].zone, request, preview.Past{Now: now, Before: past.Before})
	if err != nil {
		return nil
	}
	var last *preview.Step
	for i := range steps[:min(m.texts[at].Step+1, len(steps))] {
		if steps[i].Script == "" { // those before it are done, and those behind it change nothing
			continue
		}
		if last != nil {
			return nil // several were made at once
		}
		last = &steps[i]
	}
	if last != nil {
		last.State, last.Earliest, last.Certain, last.Questions = preview.StepDone, 0, true, nil
	}
	return last
}
