package ui

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// The migration plan: from one mail host to another, step by step, in the time that the TTLs take.

// planForm asks what is to be moved where.
type planForm struct {
	*kit
	fields []field // the old host, the new one, its addresses
	at     int
	failed string
}

// newPlanForm starts with what is most likely: away from the host that most MX records name outside the
// zone, or with what was asked before.
func newPlanForm(k *kit) *planForm {
	from, to, addrs := likelyMove(k.doc.zone())
	if m := k.migration; m.From != "" {
		from, to, addrs = string(m.From), string(m.To), joinAddresses(m.Addrs)
	}
	root := checkName(k.doc.zone().Origin())
	f := &planForm{kit: k, fields: []field{k.newField(partData, "old host", from), k.newField(partData, "new host", to),
		k.newField(partData, "its addresses", addrs)}}
	known := hosts(k.doc.zone())
	note := func(text string) string {
		n, err := zonefile.ParseName(text, k.doc.zone().Origin())
		if err != nil {
			return ""
		}
		return "= " + string(n) + "  " + knownOf(k.doc.zone(), n)
	}
	for i := range f.fields[:2] {
		f.fields[i].check, f.fields[i].note = root, note
		f.fields[i].suggest(known)
	}
	f.fields[2].check = checkAddresses
	f.fields[2].note = func(string) string { return "of the new host, where the zone has none yet" }
	return f
}

// likelyMove is the exchange outside the zone that most names use, and one inside that has an address.
func likelyMove(z *zonefile.Zone) (from, to, addrs string) {
	uses := map[zonefile.Name]int{}
	for r := range z.Records() {
		if host, ok := r.Target(); ok && r.Type() == zonefile.TypeMX && !r.IsNullMX() {
			uses[host]++
		}
	}
	most := 0
	for host, n := range uses {
		switch a := z.Lookup(host, zonefile.TypeA); {
		case a.Result == zonefile.Outside && (n > most || n == most && string(host) < from):
			from, most = string(host), n
		case a.Result == zonefile.Found && !a.Aliased() && (to == "" || host.In(z.Origin()) < to):
			to = host.In(z.Origin())
		}
	}
	return from, to, ""
}

// joinAddresses writes addresses as one types them.
func joinAddresses(addrs []netip.Addr) string {
	var out []string
	for _, a := range addrs {
		out = append(out, a.String())
	}
	return strings.Join(out, " ")
}

func (f *planForm) title() string { return "Move mail from one host to another" }

func (f *planForm) lines(int) int { return len(f.fields) + 3 }

func (f *planForm) update(msg tea.Msg) ([]action, tea.Cmd) {
	m, ok := msg.(tea.KeyMsg)
	if !ok {
		return nil, nil
	}
	if actions, used := press(m, f.bindings()); used {
		return actions, nil
	}
	f.failed = ""
	f.typeInto(&f.fields[f.at], m)
	return nil, nil
}

func (f *planForm) bindings() []binding {
	n := len(f.fields)
	leave := func(step int) func() []action {
		return func() []action { f.fields[f.at].left = true; f.at = (f.at + step + n) % n; return nil }
	}
	list := []binding{on(f.keys.submit, f.submit).as("the plan"), on(f.keys.fieldNext, leave(1)), on(f.keys.fieldPrev, leave(-1)).briefly("-")}
	if f.fields[f.at].suggestion() != "" {
		list = append(list, on(f.keys.complete, func() []action { f.fields[f.at].complete(); return nil }))
	}
	return append(list, does(f.keys.close, pop{}).as("close"))
}

// submit makes the plan.
func (f *planForm) submit() []action {
	for i := range f.fields {
		if f.fields[i].err() != nil {
			f.at, f.fields[i].left = i, true
			return nil
		}
	}
	origin := f.doc.zone().Origin()
	m := preview.Migration{}
	m.From, _ = zonefile.ParseName(f.fields[0].value(), origin) // checked above
	m.To, _ = zonefile.ParseName(f.fields[1].value(), origin)
	for _, word := range addressWords(f.fields[2].value()) {
		if a, err := netip.ParseAddr(word); err == nil {
			m.Addrs = append(m.Addrs, a)
		}
	}
	steps, err := preview.Plan(f.doc.zone(), m)
	if err != nil {
		f.failed = err.Error()
		return nil
	}
	return []action{pop{}, migrate{m}, push{newPlanDialog(f.kit, steps)}}
}

func (f *planForm) view(width, height int) string {
	var out []string
	for i := range f.fields {
		out = append(out, f.draw(&f.fields[i], width, i == f.at))
	}
	for _, l := range wrap(f.show(f.failed), width-2) {
		out = append(out, f.line(width, false, span{" " + l, f.styles.err}))
	}
	return block(out, width, height)
}

// planDialog shows the steps, and all about the one under the cursor.
type planDialog struct {
	*kit
	steps  []preview.Step
	list   list
	offset int // of what is said about the step
}

// newPlanDialog starts at the step that is to be done now.
func newPlanDialog(k *kit, steps []preview.Step) *planDialog {
	d := &planDialog{kit: k, steps: steps}
	for i, s := range steps {
		if s.State == preview.StepNow {
			d.list.cursor = i
		}
	}
	return d
}

func (d *planDialog) title() string {
	m := d.migration
	return "Move mail from " + d.show(preview.Display(m.From)) + " to " + d.show(preview.Display(m.To))
}

func (d *planDialog) lines(int) int { return 1000 } // all there is

func (d *planDialog) update(msg tea.Msg) ([]action, tea.Cmd) {
	m, ok := msg.(tea.KeyMsg)
	if !ok {
		return nil, nil
	}
	actions, _ := press(m, d.bindings())
	return actions, nil
}

func (d *planDialog) bindings() []binding {
	s := d.steps[d.list.cursor]
	why := d.doc.readOnly()
	switch {
	case why != "":
	case s.State == preview.StepDone:
		why = "this step is done"
	case s.State == preview.StepLater:
		why = "the steps before it come first, each with its waiting time"
	case len(s.Edits) == 0:
		why = "there is nothing to change in this step"
	}
	move := func(by int) func() []action {
		return func() []action { d.offset = 0; d.list.to(d.list.cursor+by, by, len(d.steps)); return nil }
	}
	scroll := func(by int) func() []action {
		return func() []action { d.offset = max(d.offset+by, 0); return nil }
	}
	return []binding{
		unless(why, d.keys.submit, func() []action { return d.apply(s) }).as("make this step's edits"),
		on(d.keys.down, move(1)).as("next step").briefly("j/k other step"), on(d.keys.up, move(-1)).as("previous step").briefly("-"),
		on(d.keys.pageDown, scroll(5)).briefly("PgUp/PgDn scroll"), on(d.keys.pageUp, scroll(-5)).briefly("-"),
		on(d.keys.plan, func() []action { return []action{pop{}, push{newPlanForm(d.kit)}} }).as("other hosts"),
		does(d.keys.close, pop{}).as("close"), does(d.keys.leave, pop{}).as("close"),
	}
}

// apply makes the edits of a step. They are saved as all others are.
func (d *planDialog) apply(s preview.Step) []action {
	c := change{title: "step " + itoa(s.Number) + ": " + s.Title, stay: true}
	c.make = func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		if z != s.Base {
			return nil, zonefile.ErrStale
		}
		return s.Edits, nil
	}
	return []action{pop{}, c}
}

// view draws the steps, and under them what is to be known about one.
func (d *planDialog) view(width, height int) string {
	n := len(d.steps)
	top := d.list.view(width, min(n, height), n, func(i int, cursor bool) string { return d.stepLine(d.steps[i], width, cursor) })
	if height <= n+1 {
		return top
	}
	body := d.about(d.steps[d.list.cursor], width)
	room := height - n - 1
	d.offset = max(min(d.offset, len(body)-room), 0)
	return top + "\n" + d.styles.dim.Render(d.rule(width)) + "\n" + block(body[d.offset:], width, room)
}

// stepLine draws one step: its state, when it may be done, what it is for.
func (d *planDialog) stepLine(s preview.Step, width int, cursor bool) string {
	mark := "  "
	if cursor {
		mark = d.glyphs.mark + " "
	}
	state, style := "done", d.styles.dim
	switch s.State {
	case preview.StepNow:
		state, style = "NOW", d.styles.good
	case preview.StepLater:
		state, style = "in "+roughly(s.Earliest), d.styles.plain
	}
	return d.line(width, cursor, span{mark, d.styles.key}, span{itoa(s.Number) + "  ", d.styles.key},
		span{d.fit(state, 10), style}, span{d.show(s.Title), style})
}

// roughly is a time in the largest unit that fits.
func roughly(seconds uint32) string {
	switch t := time.Duration(seconds) * time.Second; {
	case t >= 48*time.Hour:
		return fmt.Sprintf("%.0f days", t.Hours()/24)
	case t >= 2*time.Hour:
		return fmt.Sprintf("%.0f h", t.Hours())
	}
	return fmt.Sprintf("%d min", seconds/60)
}

// about is what is to be known about a step.
func (d *planDialog) about(s preview.Step, width int) []string {
	var out []string
	add := func(label, text string, raw bool) {
		for i, l := range wrap(d.show(text), width-12) {
			if i > 0 {
				label = ""
			}
			style := d.styles.plain
			if raw {
				style = d.styles.added
			}
			out = append(out, d.line(width, false, span{" " + d.fit(label, 10), d.styles.dim}, span{l, style}))
		}
	}
	for _, item := range s.Items {
		add(item.Kind, item.Text, false)
	}
	for l := range strings.Lines(s.Script) {
		add("edit", strings.TrimSpace(l), true)
	}
	for _, c := range s.Changes() {
		add("mail", preview.Display(c.Domain)+": "+c.Text(), false)
	}
	for _, c := range s.Checks {
		add("check", c, false)
	}
	if s.Wait > 0 {
		add("then wait", s.Why, false)
		add("way back", "holds everywhere after "+roughly(s.Rollback), false)
	}
	if len(out) == 0 {
		add("", "nothing is to be changed in this step", false)
	}
	return out
}
