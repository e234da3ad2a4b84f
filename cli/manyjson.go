package cli

// A change of many zones as programs read it: fields are added, never renamed.

import (
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// manyZone is one of many zones in JSON: a stable interface.
type manyZone struct {
	Zone    text   `json:"zone"`
	View    text   `json:"view"`
	File    text   `json:"file"`
	Outcome string `json:"outcome"`
	Reason  text   `json:"reason"`
	Before  uint32 `json:"before"`
	After   uint32 `json:"after"`
	Edits   []edit `json:"edits"`
	Reload  string `json:"reload"`
}

// newManyZone is a zone as JSON has it: lists are never null. Serving is what became of its reload.
func newManyZone(m *document.Member, serving document.Serving) manyZone {
	out := manyZone{Zone: text(m.Name()), View: text(m.Hosted.View), File: text(m.Path), Outcome: string(m.State), Reason: text(m.Reason),
		Before: serialOf(m.Before), Edits: newEdits(m.Edits), Reload: string(serving.Served)}
	if out.After = out.Before; m.Next != nil && m.State != document.LeftOut {
		out.After = serialOf(m.Next)
	}
	if serving.Why != "" {
		out.Reason = text(serving.Why)
	}
	return out
}

// serialOf is a zone's serial, 0 if it has none.
func serialOf(z *zonefile.Zone) uint32 {
	if z == nil {
		return 0
	}
	n, _ := z.Serial()
	return n
}
