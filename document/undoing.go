package document

// The way back from the steps of a move that were saved. The zone as it is does not tell what a step replaced, nor what it waited
// for; the text from before it does.

import (
	"time"

	"github.com/mailzone/mailzone/preview"
)

// madeSteps is the steps that were saved, as they were planned then, by their numbers: what each changed, what to look at, how it
// is undone; and the one that was saved last. Where that is not known there is none.
func (m *Move) madeSteps(request preview.Migration, past preview.Past, now time.Time) (all map[int]preview.Step, last *preview.Step) {
	all = map[int]preview.Step{}
	for at := 1; at < len(m.texts); at++ {
		if m.texts[at].Step == 0 {
			continue
		}
		last = nil
		if m.texts[at-1].zone == nil {
			continue
		}
		if last = m.madeStep(at, request, preview.Past{Now: now, Before: past.Before}); last != nil {
			all[last.Number] = *last
		}
	}
	return all, last
}

// madeStep is the step that made a text out of the one before; nil if there were several.
func (m *Move) madeStep(at int, request preview.Migration, past preview.Past) *preview.Step {
	steps, err := preview.Made(m.texts[at-1].zone, request, past, m.texts[at].Step)
	if err != nil {
		return nil
	}
	var made *preview.Step
	for i := range steps {
		if steps[i].Script == "" { // those before it are done, and those behind it change nothing
			continue
		}
		if made != nil {
			return nil
		}
		made = &steps[i]
	}
	if made != nil {
		made.State, made.Earliest, made.Certain, made.Questions = preview.StepDone, 0, true, nil
	}
	return made
}
