package cli

// A change of many zones: the difference of all, what is new and wrong, what is left out; and with --yes one save of all, or of
// none, and each zone read again by the name server.

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/ui"
	"github.com/mailzone/mailzone/zonefile"
)

// manyRun is one change of many zones.
type manyRun struct {
	*program
	opt    *manyOptions
	to     *manyTargets
	many   *document.Many
	did    string // the command, as the history tells it
	status int
	reload map[*document.Member]document.Serving
}

// changeMany gives all zones their edits, shows that, and saves it if that was asked for. Wrong is what speaks against it that no
// single zone knows; nil if nothing can.
func (p *program) changeMany(opt *manyOptions, to *manyTargets, did string, edit func(*zonefile.Zone) ([]zonefile.Edit, error), wrong func(*document.Many) []string) error {
	bar := ui.StartProgress(p.watched)
	bar.Step("zones read", len(to.list))
	r := manyRun{program: p, opt: opt, to: to, did: did, reload: map[*document.Member]document.Serving{}}
	r.many = document.OpenMany(to.list, document.Options{IncludeDirs: p.includeDirs(opt.source.include), Asking: p.asking}, to.rest)
	defer r.many.Close()
	r.many.Change(p.now(), edit)
	bar.Stop()
	err := r.enough()
	if err == nil && opt.agreed.yes {
		r.many.Hold(document.ManyConsent{InPlace: opt.agreed.inPlace, Beside: opt.agreed.force})
	}
	if err == nil {
		err = r.review(wrong)
	}
	if opt.format.is("json") {
		if printed := r.printJSON(); printed != nil {
			return printed
		}
	}
	return err
}

// printJSON prints what became of each zone.
func (r *manyRun) printJSON() error {
	a := array{p: r.program}
	for _, m := range r.many.Members {
		serving, asked := r.reload[m]
		if !asked {
			serving.Served = server.NotRead
		}
		if err := a.add(newManyZone(m, serving)); err != nil {
			return err
		}
	}
	return a.end()
}

// enough is an error if the save would need more open files than there may be.
func (r *manyRun) enough() error {
	why := r.many.TooFewFiles()
	if why == "" {
		return nil
	}
	if r.opt.agreed.yes {
		return fmt.Errorf("nothing was saved: %s", why)
	}
	r.complain(why)
	return nil
}

// review shows what changes, and goes on to the save if the user agreed and nothing speaks against it.
func (r *manyRun) review(wrong func(*document.Many) []string) error {
	if r.opt.format.is("text") {
		r.printDiffs()
	}
	changed := r.many.In(document.Changed)
	if r.opt.agreed.diff {
		if len(changed) > 0 {
			return exit(statusFound)
		}
		return nil
	}
	rv, err := r.many.Review(func(path string) (lint.Options, error) { return r.lintSettings(r.opt.source.config, path) }, wrong(r.many), r.against(r.to))
	if err != nil {
		return err
	}
	r.tellRoutes(rv.Routes)
	r.tellOut(rv)
	r.tell(fmt.Sprintf("%s, %d left out, %d not touched", zonefile.Plural(len(changed), "zone changed", "zones changed"),
		len(r.many.In(document.LeftOut)), len(r.many.In(document.Unchanged))))
	if len(changed) == 0 && len(rv.Refused) == 0 {
		return ended(r.status)
	}
	r.tellWrong(rv)
	return r.decide(rv.Against)
}

// decide saves if the user agreed and nothing speaks against it, or says why nothing was saved.
func (r *manyRun) decide(against document.Hindrance) error {
	why, lifted := against.Why, against.Lifted
	switch {
	case !r.opt.agreed.yes && why == "":
		r.tell("nothing was saved: add --yes to save this")
		return ended(r.status)
	case !r.opt.agreed.yes && lifted:
		r.tell("nothing was saved: " + why + "; --yes --force saves it nevertheless")
		return ended(r.status)
	case !r.opt.agreed.yes:
		r.tell("nothing was saved: " + why)
		return ended(max(r.status, statusFailed))
	case why != "" && !lifted:
		return fmt.Errorf("nothing was saved: %s", why)
	case why != "" && !r.opt.agreed.force:
		return fmt.Errorf("nothing was saved: %s, or add --force", why)
	}
	return r.save()
}

// printDiffs prints what changes in each file, once for all zones that read it.
func (r *manyRun) printDiffs() {
	x := fixing{shown: map[string]bool{}}
	for _, m := range r.many.In(document.Changed) {
		r.printDiff(m.Before, x.unseen(m.Edits))
	}
}

// tellRoutes tells whose mail goes elsewhere.
func (r *manyRun) tellRoutes(routes []document.Alike) {
	for i, of := range routes {
		if i == maxRerouted {
			r.tell(fmt.Sprintf("and %d more changes of where mail goes: `mailzone preview --against` tells all of a zone", len(routes)-i))
			return
		}
		r.tell(fmt.Sprintf("mail of %s: %s", of.Names(), of.Text))
	}
}

// tellOut tells which zones are left out, or refused, and why.
func (r *manyRun) tellOut(rv document.ManyReview) {
	for _, of := range rv.Out {
		r.tell(fmt.Sprintf("left out: %s: %s", of.Names(), of.Text))
	}
	for _, of := range rv.Failed {
		r.complain(fmt.Sprintf("left out: %s: %s", of.Names(), of.Text))
	}
	for _, of := range rv.Refused {
		r.complain(fmt.Sprintf("cannot be changed so: %s: %s", of.Names(), of.Text))
	}
	if len(rv.Failed)+len(rv.Refused) > 0 {
		r.status = statusFailed
	}
}

// tellWrong tells what is new and wrong, and what the name server thinks of it.
func (r *manyRun) tellWrong(rv document.ManyReview) {
	for _, text := range rv.Unexamined {
		r.note(text)
	}
	for _, d := range rv.Errors {
		r.complain("new: " + d.String())
	}
	for _, text := range rv.Wrong {
		r.complain("new: " + text)
	}
	for _, text := range rv.Named {
		r.complain("named-checkconf: " + text)
	}
	for _, text := range rv.Blocked {
		r.complain(text)
	}
	if rv.Unchecked {
		r.note("named-checkconf is not installed: nobody has checked whether named loads these zones")
	}
	for _, text := range rv.Notes {
		r.tell(text)
	}
}

// save saves all zones, or none, and lets the name server read them.
func (r *manyRun) save() error {
	if err := r.out.Flush(); err != nil {
		return fmt.Errorf("nothing was saved: %w", fail("standard output", err))
	}
	all := len(r.many.In(document.Changed))
	notes, err := r.many.Save(r.now(), r.did, document.ManyConsent{InPlace: r.opt.agreed.inPlace, Beside: r.opt.agreed.force})
	for _, note := range notes {
		r.tell(note)
	}
	saved := r.many.In(document.Stored)
	if err != nil {
		return fmt.Errorf("%d of %s saved: %w", len(saved), zonefile.Plural(all, "zone", "zones"), err)
	}
	r.tell("saved: " + zonefile.Plural(len(saved), "zone", "zones"))
	if r.opt.agreed.reload {
		r.serve(saved)
	} else {
		r.leftToDo(saved)
	}
	return ended(r.status)
}

// serve makes the name server read the zones, and tells what came of it. An interrupt ends the waiting: what named was not told by
// then is left to do.
func (r *manyRun) serve(saved []*document.Member) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ended := func() bool { return ctx.Err() != nil }
	bar := ui.StartProgress(r.watched)
	bar.Step("zones read again by named", len(saved))
	count, goes := map[server.Served]int{}, true
	var unread []*document.Member
	for _, m := range saved {
		s := document.Serving{Served: server.NotRead}
		if goes && !ended() {
			if s, goes = r.many.Serve(m, ended); !goes {
				r.complain(s.Why)
			}
		}
		bar.Done(1)
		r.reload[m] = s
		if count[s.Served]++; s.Served == server.ServesNew {
			continue
		}
		if r.status = statusFailed; s.Served == server.NotRead {
			unread = append(unread, m)
		}
		if s.Why != "" && goes {
			r.complain(fmt.Sprintf("%s: %s; `mailzone history %s --restore 1 --yes` brings the old version back", m, s.Why, m.Path))
		}
	}
	bar.Stop()
	r.tell(fmt.Sprintf("%d served, %d old, %d without data, %d not asked", count[server.ServesNew], count[server.ServesOld], count[server.ServesNone], count[server.NotRead]))
	if len(unread) > 0 {
		r.leftToDo(unread)
	}
}

// leftToDo tells how named is made to read zones again.
func (r *manyRun) leftToDo(zones []*document.Member) {
	lines, err := r.many.LeftToDo(r.now(), zones)
	if err != nil {
		r.complain(err.Error())
	}
	for _, line := range lines {
		r.tell("left to do: " + line)
	}
}
