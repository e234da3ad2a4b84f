package cli

// What a script changes as programs read it: fields are added, never renamed.

import (
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/references"
)

// applied is a script's change in JSON: a stable interface.
type applied struct {
	Edits []edit        `json:"edits"`
	Lines []appliedLine `json:"lines"`
	Told  []text        `json:"told"`
}

// appliedLine is a record that rename or readdress changes.
type appliedLine struct {
	File    text `json:"file"`
	Line    int  `json:"line"`
	Is      text `json:"is"`
	Becomes text `json:"becomes"`
}

// newApplied is the change as JSON has it: lists are never null.
func newApplied(edits []zonefile.Edit, lists []references.List, told []string) applied {
	out := applied{newEdits(edits), []appliedLine{}, []text{}}
	for _, l := range lists {
		for _, line := range l.Lines {
			out.Lines = append(out.Lines, appliedLine{text(line.Record.File().Name()), line.Record.Position().Line, text(line.Is), text(line.Becomes)})
		}
	}
	for _, what := range told {
		out.Told = append(out.Told, text(what))
	}
	return out
}

// printApplied prints the change.
func (p *program) printApplied(a applied) error {
	out := array{p: p}
	if err := out.add(a); err != nil {
		return err
	}
	return out.end()
}
