package ui

// What a migration plan has to be told: the hosts, the domains, the new addresses. Nothing is edited by it.

import (
	"errors"
	"net/netip"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// planForm asks what is to be moved where. The plan is made beside the screen: thousands of names take a
// second.
type planForm struct {
	*kit
	fields []field // the old host, the new one, its addresses, whether name servers are notified
	at     int
	asked  *preview.Migration // the plan that is being made; nil if none is
	failed string
}

// askPlan asks what to move where.
type askPlan struct{}

func (askPlan) do(s stage) tea.Cmd { s.push(newPlanForm(s.tools())); return nil }

// migrate remembers what is moved where.
type migrate struct{ to preview.Migration }

func (m migrate) do(s stage) tea.Cmd { s.tools().migration = m.to; return nil }

// newPlanForm starts with what is most likely: away from the host that most MX records name outside the
// zone, or with what was asked before.
func newPlanForm(k *kit) *planForm {
	from, to, addrs := likelyMove(k.doc.Zone())
	if m := k.migration; m.From != "" {
		from, to, addrs = string(m.From), string(m.To), joinAddresses(m.Addrs)
	}
	root := checkName(k.doc.Zone().Origin())
	f := &planForm{kit: k, fields: []field{k.newField(partData, "old host", from), k.newField(partData, "new host", to),
		k.newField(partData, "its addresses", addrs), k.newField(partData, "notify", yesOrNo(k.migration.Notify))}}
	known := hosts(k.doc.Zone())
	note := func(text string) string {
		n, err := zonefile.ParseName(text, k.doc.Zone().Origin())
		if err != nil {
			return ""
		}
		return "= " + string(n) + "  " + knownOf(k.doc.Zone(), n)
	}
	for i := range f.fields[:2] {
		f.fields[i].check, f.fields[i].note = root, note
		f.fields[i].suggest(known)
	}
	f.fields[2].check = checkAddresses
	f.fields[2].note = func(string) string { return "of the new host, where the zone has none yet" }
	f.fields[3].check = checkYesOrNo
	f.fields[3].note = func(string) string { return "yes: name servers are told at once" }
	return f
}

// yesOrNo writes an answer.
func yesOrNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// checkYesOrNo refuses any other answer.
func checkYesOrNo(text string) error {
	if text != yesOrNo(true) && text != yesOrNo(false) {
		return errors.New("yes, or no: then they ask, as often as the SOA says")
	}
	return nil
}

// likelyMove is the exchange outside the zone that most names use, and one inside that has an address. Of a
// big zone the first thousands tell.
func likelyMove(z *zonefile.Zone) (from, to, addrs string) {
	const looked = 20_000
	uses, read := map[zonefile.Name]int{}, 0
	for r := range z.Records() {
		if read++; read > looked {
			break
		}
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

func (f *planForm) update(m tea.KeyMsg) []action {
	f.failed = ""
	f.typeInto(&f.fields[f.at], m)
	return nil
}

// take shows the plan that was asked for, if the form still waits for it; one of another version is dropped.
func (p planned) take(s stage) tea.Cmd {
	f, ok := s.top().(*planForm)
	if !ok || f != p.form {
		return nil
	}
	f.asked = nil
	switch {
	case p.err != nil:
		f.failed = p.err.Error()
	case p.zone != f.doc.Zone():
		f.failed = "the zone has changed meanwhile: ask again"
	default:
		return s.perform(pop{}, migrate{p.move}, push{newPlanDialog(f.kit, p.steps, askPlan{})})
	}
	return nil
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
	return append(list, does(f.keys.dismiss, pop{}).as("close"))
}

// submit asks for the plan.
func (f *planForm) submit() []action {
	for i := range f.fields {
		if f.fields[i].err() != nil {
			f.at, f.fields[i].left = i, true
			return nil
		}
	}
	origin := f.doc.Zone().Origin()
	m := &preview.Migration{}
	m.From, _ = zonefile.ParseName(f.fields[0].value(), origin) // checked above
	m.To, _ = zonefile.ParseName(f.fields[1].value(), origin)
	for _, word := range addressWords(f.fields[2].value()) {
		if a, err := netip.ParseAddr(word); err == nil {
			m.Addrs = append(m.Addrs, a)
		}
	}
	m.Notify = f.fields[3].value() == yesOrNo(true)
	if f.asked != nil {
		return nil // it is being made
	}
	f.asked, f.failed = m, ""
	return []action{makePlan{f, *m}}
}

func (f *planForm) view(width, height int) string {
	var out []string
	for i := range f.fields {
		out = append(out, f.draw(&f.fields[i], width, i == f.at))
	}
	if f.asked != nil {
		out = append(out, f.Line(width, false, draw.Ink(" making the plan...", f.Styles.Dim)))
	}
	for _, l := range draw.Wrap(f.show(f.failed), width-2) {
		out = append(out, f.Line(width, false, draw.Ink(" "+l, f.Styles.Err)))
	}
	return draw.Block(out, width, height)
}

// makePlan makes the plan that a form asks for.
type makePlan struct {
	form *planForm
	move preview.Migration
}

func (m makePlan) do(s stage) tea.Cmd {
	z := s.tools().doc.Zone()
	return func() tea.Msg {
		steps, err := preview.Plan(z, m.move)
		p := planned{form: m.form, zone: z, move: m.move, err: err}
		for _, s := range steps {
			p.steps = append(p.steps, plannedStep{s, preview.Summarize(s.Changes())})
		}
		return p
	}
}

// planned brings the plan of a version.
type planned struct {
	form  *planForm // that waits for it
	zone  *zonefile.Zone
	move  preview.Migration
	steps []plannedStep
	err   error
}
