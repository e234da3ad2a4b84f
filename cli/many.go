package cli

// A change of many zones: the difference of all, what is new and wrong, what is left out; and with --yes one save of all, or of
// none, and each zone read again by the name server.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
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
func (p *program) changeMany(opt *manyOptions, to *manyTargets, did string, edit func(*zonefile.Zone) ([]zonefile.Edit, error), wrong func(*document.Many) string) error {
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
	need, have := r.many.Descriptors()
	if need <= have {
		return nil
	}
	why := fmt.Sprintf("the save needs %d open files, and this process may have %d: `ulimit -n %d`", need, have, need)
	if r.opt.agreed.yes {
		return fmt.Errorf("nothing was saved: %s", why)
	}
	r.complain(why)
	return nil
}

// review shows what changes, and goes on to the save if the user agreed and nothing speaks against it.
func (r *manyRun) review(wrong func(*document.Many) string) error {
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
	r.tellRoutes()
	r.tellOut()
	r.tell(fmt.Sprintf("%s, %d left out, %d not touched", zonefile.Plural(len(changed), "zone changed", "zones changed"),
		len(r.many.In(document.LeftOut)), len(r.many.In(document.Unchanged))))
	if len(changed) == 0 && len(r.many.In(document.Refused)) == 0 {
		return ended(r.status)
	}
	why, lifted, err := r.against(wrong)
	switch {
	case err != nil:
		return err
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

// against is what speaks against the save, and whether --force lifts it. All of it is told, the worst is returned.
func (r *manyRun) against(wrong func(*document.Many) string) (why string, lifted bool, err error) {
	lifted = true
	fresh, err := r.newErrors()
	if err != nil {
		return "", false, err
	}
	if fresh > 0 {
		why = "the change makes new errors: correct it"
	}
	if text := wrong(r.many); text != "" {
		r.complain("new: " + text)
		why = "the change makes new errors: correct it"
	}
	if blocked := r.tellJudged(); blocked > 0 {
		why = fmt.Sprintf("named would not load %s, or could not be asked: correct that", zonefile.Plural(blocked, "zone", "zones"))
	}
	if text, lifts := r.to.against(); text != "" {
		why, lifted = text, lifts
	}
	if n := len(r.many.In(document.Refused)); n > 0 {
		why, lifted = zonefile.Plural(n, "zone", "zones")+" cannot be changed so, and all are changed, or none", false
	}
	return why, lifted, nil
}

// newErrors tells the errors that the change makes, and counts them.
func (r *manyRun) newErrors() (n int, err error) {
	changed := r.many.In(document.Changed)
	found := make([][]lint.Diagnostic, len(changed))
	options := make([]lint.Options, len(changed))
	for i, m := range changed {
		if options[i], err = r.lintSettings(r.opt.source.config, m.Path); err != nil {
			return 0, err
		}
		options[i].Against = []*zonefile.Zone{m.Before}
	}
	unexamined := make([][]string, len(changed))
	crash.OnAllCores(len(changed), func(i int) {
		m := changed[i]
		found[i] = lint.NewErrors(m.Before, m.Next, m.Edits, options[i])
		if len(options[i].SetIn) > 0 {
			unexamined[i] = lint.Unexamined(m.Before, m.Next, m.Edits, options[i])
		}
	})
	for i := range changed {
		for _, text := range unexamined[i] {
			r.note(text)
		}
		for _, d := range found[i] {
			r.complain("new: " + d.String())
			n++
		}
	}
	return n, nil
}

// tellJudged tells what the name server thinks of the zones, and counts those that it would not load.
func (r *manyRun) tellJudged() (blocked int) {
	r.many.Judge()
	for _, m := range r.many.In(document.Changed) {
		for _, line := range m.Judged.Told[:min(len(m.Judged.Told), maxComplaints)] {
			r.complain("named-checkconf: " + line)
		}
		switch {
		case m.Judged.Blocks:
			blocked++
			r.complain(m.String() + ": " + m.Judged.Text)
		case m.Judged.Verdict == server.Unchecked:
			r.note("named-checkconf is not installed: nobody has checked whether named loads these zones")
		case m.Judged.Text != "":
			r.tell(m.String() + ": " + m.Judged.Text)
		}
	}
	return blocked
}

// maxOfKind is how many zones are named of which the same is told.
const maxOfKind = 3

// zonesList is zones in a sentence: the first by their names.
func zonesList(all []string) string {
	if len(all) <= maxOfKind {
		return zonefile.List(all, "and")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(all[:maxOfKind], ", "), len(all)-maxOfKind)
}

// alike is what is told of zones, what is the same once, in the order of the first of each.
type alike struct {
	texts []string
	of    map[string][]string
}

// add tells something of a zone.
func (a *alike) add(text, zone string) {
	if a.of == nil {
		a.of = map[string][]string{}
	}
	if a.of[text] == nil {
		a.texts = append(a.texts, text)
	}
	a.of[text] = append(a.of[text], zone)
}

// tellRoutes tells whose mail goes elsewhere.
func (r *manyRun) tellRoutes() {
	if r.quiet {
		return
	}
	changed := r.many.In(document.Changed)
	found := make([][]preview.Summary, len(changed))
	crash.OnAllCores(len(changed), func(i int) {
		found[i] = preview.Summarize(preview.Compare([]*zonefile.Zone{changed[i].Before}, []*zonefile.Zone{changed[i].Next}))
	})
	var all alike
	for i := range changed {
		for _, s := range found[i] {
			for _, n := range s.Domains {
				all.add(s.Text(), preview.Display(n))
			}
		}
	}
	for i, text := range all.texts {
		if i == maxRerouted {
			r.tell(fmt.Sprintf("and %d more changes of where mail goes: `mailzone preview --against` tells all of a zone", len(all.texts)-i))
			break
		}
		r.tell(fmt.Sprintf("mail of %s: %s", zonesList(all.of[text]), text))
	}
}

// tellOut tells which zones are left out, or refused, and why.
func (r *manyRun) tellOut() {
	var out, failed, refused alike
	for _, m := range r.many.Members {
		name := preview.Display(m.Name())
		switch {
		case m.State == document.LeftOut && !m.Failed:
			out.add(m.Reason, name)
		case m.State == document.LeftOut:
			failed.add(m.Reason, name)
		case m.State == document.Refused:
			refused.add(m.Reason, name)
		}
	}
	for _, text := range out.texts {
		r.tell(fmt.Sprintf("left out: %s: %s", zonesList(out.of[text]), text))
	}
	for _, text := range failed.texts {
		r.complain(fmt.Sprintf("left out: %s: %s", zonesList(failed.of[text]), text))
	}
	for _, text := range refused.texts {
		r.complain(fmt.Sprintf("cannot be changed so: %s: %s", zonesList(refused.of[text]), text))
	}
	if len(failed.texts)+len(refused.texts) > 0 {
		r.status = statusFailed
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

// serve makes the name server read the zones, and tells what came of it.
func (r *manyRun) serve(saved []*document.Member) {
	bar := ui.StartProgress(r.watched)
	bar.Step("zones read again by named", len(saved))
	count, goes := map[server.Served]int{}, true
	var unread []*document.Member
	for _, m := range saved {
		s := document.Serving{Served: server.NotRead}
		if goes {
			if s, goes = r.many.Serve(m, func() bool { return false }); !goes {
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
		if goes {
			r.complain(fmt.Sprintf("%s: %s; `mailzone history %s --restore 1 --yes` brings the old version back", m, s.Why, m.Path))
		}
	}
	bar.Stop()
	r.tell(fmt.Sprintf("%d served, %d old, %d without data, %d not asked", count[server.ServesNew], count[server.ServesOld], count[server.ServesNone], count[server.NotRead]))
	if len(unread) > 0 {
		r.leftToDo(unread)
	}
}

// leftToDo tells how named is made to read zones again. Never is it `rndc reload` alone, which reads the configuration again, too.
func (r *manyRun) leftToDo(zones []*document.Member) {
	var commands []string
	unknown := 0
	for _, m := range zones {
		of := m.Commands()
		if of == nil {
			unknown++
		}
		commands = append(commands, of...)
	}
	commands = slices.Compact(commands)
	path := ""
	if len(commands) > maxComplaints {
		var err error
		if path, err = r.many.LeaveCommands(r.now(), commands); err != nil {
			r.complain(err.Error())
		}
	}
	if path != "" {
		r.tell(fmt.Sprintf("left to do: the %d commands in %s, as %s", len(commands), path, commands[0]))
	} else {
		for _, command := range commands {
			r.tell("left to do: " + command)
		}
	}
	if unknown > 0 {
		r.tell(zonefile.Plural(unknown, "zone is", "zones are") + " not known to a name server of this machine by a name that rndc takes")
	}
}
