package document

// What is to be known of a change of many zones before it is saved: whose mail goes elsewhere, what is new and wrong, what the name
// server thinks of it, and which zones are left out. What is alike is said once.

import (
	"fmt"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// ManyReview is what is to be known.
type ManyReview struct {
	Routes     []Alike            // whose mail goes elsewhere
	Out        []Alike            // which zones are left out
	Failed     []Alike            // and which of them because something went wrong
	Refused    []Alike            // which cannot be changed so
	Errors     []*lint.Diagnostic // that the change makes
	Wrong      []string           // what is wrong besides
	Unexamined []string           // what settings keep from being told
	Named      []string           // what named-checkconf complains of
	Blocked    []string           // the zones that named would not load, or could not be asked about
	Notes      []string
	Unchecked  bool // nobody could ask named
	Against    Hindrance
}

// Hindrance is what stands against a save of many zones.
type Hindrance struct {
	Why    string   // "" if nothing does
	Lifted bool     // a human who insists may save nevertheless
	Told   []string // more of it, by named-checkconf
}

// maxOfNamed is how many complaints about one zone are told.
const maxOfNamed = 20

// Review finds out what is to be known. Settings are those of lint for a file; wrong is what is wrong besides, that no single zone
// knows; stands is what stands against any save.
func (m *Many) Review(settings func(path string) (lint.Options, error), wrong []string, stands Hindrance) (r ManyReview, err error) {
	r.Wrong = wrong
	r.Routes = m.routes()
	m.sayOut(&r)
	if err := m.examine(&r, settings); err != nil {
		return r, err
	}
	m.sayJudged(&r)
	r.Against.Lifted = true
	if len(r.Errors) > 0 || len(wrong) > 0 {
		r.Against.Why = "the change makes new errors: correct it"
	}
	if n := len(r.Blocked); n > 0 {
		r.Against.Why = fmt.Sprintf("named would not load %s, or could not be asked: correct that", zonefile.Plural(n, "zone", "zones"))
	}
	if stands.Why != "" {
		r.Against, r.Named = stands, append(stands.Told, r.Named...)
	}
	if n := len(m.In(Refused)); n > 0 {
		r.Against = Hindrance{Why: zonefile.Plural(n, "zone", "zones") + " cannot be changed so, and all are changed, or none"}
	}
	return r, nil
}

// routes is whose mail goes elsewhere.
func (m *Many) routes() []Alike {
	changed := m.In(Changed)
	found := make([][]preview.Summary, len(changed))
	crash.OnAllCores(len(changed), func(i int) {
		found[i] = preview.Summarize(preview.Compare([]*zonefile.Zone{changed[i].Before}, []*zonefile.Zone{changed[i].Next}))
	})
	var all Alikes
	for i := range changed {
		for _, s := range found[i] {
			for _, n := range s.Domains {
				all.Add(s.Text(), preview.Display(n))
			}
		}
	}
	return all.List
}

// sayOut says which zones are left out, or refused, and why.
func (m *Many) sayOut(r *ManyReview) {
	var out, failed, refused Alikes
	for _, mem := range m.Members {
		name := preview.Display(mem.Name())
		switch {
		case mem.State == LeftOut && !mem.Failed:
			out.Add(mem.Reason, name)
		case mem.State == LeftOut:
			failed.Add(mem.Reason, name)
		case mem.State == Refused:
			refused.Add(mem.Reason, name)
		}
	}
	r.Out, r.Failed, r.Refused = out.List, failed.List, refused.List
}

// examine finds the errors that the change makes.
func (m *Many) examine(r *ManyReview, settings func(path string) (lint.Options, error)) (err error) {
	changed := m.In(Changed)
	found := make([][]lint.Diagnostic, len(changed))
	unexamined := make([][]string, len(changed))
	options := make([]lint.Options, len(changed))
	for i, mem := range changed {
		if options[i], err = settings(mem.Path); err != nil {
			return err
		}
		options[i].Against = []*zonefile.Zone{mem.Before}
	}
	crash.OnAllCores(len(changed), func(i int) {
		mem := changed[i]
		found[i] = lint.NewErrors(mem.Before, mem.Next, mem.Edits, options[i])
		if len(options[i].SetIn) > 0 {
			unexamined[i] = lint.Unexamined(mem.Before, mem.Next, mem.Edits, options[i])
		}
	})
	for i := range changed {
		r.Unexamined = append(r.Unexamined, unexamined[i]...)
		for k := range found[i] {
			r.Errors = append(r.Errors, &found[i][k])
		}
	}
	return nil
}

// sayJudged says what the name server thinks of the zones.
func (m *Many) sayJudged(r *ManyReview) {
	m.Judge()
	for _, mem := range m.In(Changed) {
		r.Named = append(r.Named, mem.Judged.Told[:min(len(mem.Judged.Told), maxOfNamed)]...)
		switch {
		case mem.Judged.Blocks:
			r.Blocked = append(r.Blocked, mem.String()+": "+mem.Judged.Text)
		case mem.Judged.Verdict == server.Unchecked:
			r.Unchecked = true
		case mem.Judged.Text != "":
			r.Notes = append(r.Notes, mem.String()+": "+mem.Judged.Text)
		}
	}
}
