package ui

// What a migration plan has to be told: the hosts, the domains, the new addresses. Nothing is edited by it.

import (
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
	fields []field // the old hosts, the new ones, the addresses of the first of them
	notify bool
	at     int                // which field has the cursor; behind them, the switch
	asked  *preview.Migration // the plan that is being made; nil if none is
	failed string
	saving func(then ...action) action
}

// askPlan asks what to move where; saving is what saves the steps.
type askPlan struct{ saving func(then ...action) action }

func (a askPlan) do(s stage) tea.Cmd { s.push(newPlanForm(s.tools(), a.saving)); return nil }

// migrate remembers what is moved where.
type migrate struct{ to preview.Migration }

func (m migrate) do(s stage) tea.Cmd { s.tools().migration = m.to; return nil }

// newPlanForm starts with what is most likely: away from the host that most MX records name outside the
// zone, or with what was asked before.
func newPlanForm(k *kit, saving func(then ...action) action) *planForm {
	from, to, addrs := likelyMove(k.doc.Zone())
	if m := k.migration; len(m.From)+len(m.To) > 0 {
		from, to, addrs = hostWords(m.From), hostWords(m.To), ""
		if len(m.To) > 0 {
			addrs = joinAddresses(m.To[0].Addrs)
		}
	}
	f := &planForm{kit: k, notify: k.migration.Notify, saving: saving, fields: []field{
		k.newField(partData, "old host", from), k.newField(partData, "new host", to), k.newField(partData, "addresses", addrs)}}
	known := hosts(k.doc.Zone())
	note := func(text string) string {
		n, err := zonefile.ParseName(text, k.doc.Zone().Origin())
		if err != nil || text == "" {
			return ""
		}
		return "= " + string(n) + "  " + knownOf(k.doc.Zone(), n)
	}
	for i := range f.fields[:2] {
		f.fields[i].check, f.fields[i].note = f.checkHosts, note
		f.fields[i].suggest(known)
	}
	f.fields[2].check = checkAddresses
	f.fields[2].note = func(string) string { return "of the new host, where the zone has none yet" }
	return f
}

// hostWords writes hosts as one types them.
func hostWords(hosts []preview.MailHost) string {
	var out []string
	for _, h := range hosts {
		out = append(out, string(h.Name))
	}
	return strings.Join(out, " ")
}

// checkHosts refuses what is no name of a host; none is an answer, too: then one is added, or removed.
func (f *planForm) checkHosts(text string) error {
	check := checkName(f.doc.Zone().Origin())
	for _, word := range strings.Fields(text) {
		if err := check(word); err != nil {
			return err
		}
	}
	return nil
}

// guess is the kind of the move as far as its names tell.
func (f *planForm) guess() string {
	m := f.move()
	switch {
	case len(m.From)+len(m.To) == 0:
		return ""
	case len(m.From) == 0:
		return preview.BackupAdded.Text()
	case len(m.To) == 0:
		return preview.BackupRemoved.Text()
	case len(m.From) == 1 && m.From[0].Name == m.To[0].Name:
		return preview.SameHost.Text()
	case len(m.From) > 1:
		return preview.SeveralHosts.Text()
	case !m.To[0].Name.Within(f.doc.Zone().Origin()):
		return preview.Provider.Text()
	}
	return preview.NewHost.Text()
}

// move is what the form asks for; names that are wrong are left out.
func (f *planForm) move() preview.Migration {
	m := preview.Migration{Notify: f.notify, From: f.hosts(0), To: f.hosts(1)}
	for _, word := range addressWords(f.fields[2].value()) {
		if a, err := netip.ParseAddr(word); err == nil && len(m.To) > 0 {
			m.To[0].Addrs = append(m.To[0].Addrs, a)
		}
	}
	return m
}

// hosts is the hosts that stand in a field.
func (f *planForm) hosts(i int) []preview.MailHost {
	var out []preview.MailHost
	for _, word := range strings.Fields(f.fields[i].value()) {
		if n, err := zonefile.ParseName(word, f.doc.Zone().Origin()); err == nil {
			out = append(out, preview.MailHost{Name: n})
		}
	}
	return out
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

func (f *planForm) lines(int) int { return len(f.fields) + 4 }

func (f *planForm) update(m tea.KeyMsg) []action {
	f.failed = ""
	if f.at < len(f.fields) {
		f.typeInto(&f.fields[f.at], m)
	}
	return nil
}

// taken shows the plan that was asked for; one of another version is dropped.
func (f *planForm) taken(p planned) []action {
	f.asked = nil
	switch {
	case p.err != nil:
		f.failed = p.err.Error()
	case p.zone != f.doc.Zone():
		f.failed = "the zone has changed meanwhile: ask again"
	default:
		return []action{pop{}, migrate{p.move}, push{newPlanDialog(f.kit, p, afterPlan{askPlan{f.saving}, f.saving})}}
	}
	return nil
}

func (f *planForm) bindings() []binding {
	n := len(f.fields) + 1
	leave := func(step int) func() []action {
		return func() []action {
			if f.at < len(f.fields) {
				f.fields[f.at].left = true
			}
			f.at = (f.at + step + n) % n
			return nil
		}
	}
	list := []binding{on(f.keys.submit, f.submit).as("the plan"), on(f.keys.fieldNext, leave(1)), on(f.keys.fieldPrev, leave(-1)).briefly("-")}
	if f.at == len(f.fields) {
		list = append(list, on(bind("space", "switch", " "), func() []action { f.notify = !f.notify; return nil }))
	} else if f.fields[f.at].suggestion() != "" {
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
	m := f.move()
	if f.asked != nil {
		return nil // it is being made
	}
	f.asked, f.failed = &m, ""
	return []action{makePlan{f, m}}
}

func (f *planForm) view(width, height int) string {
	var out []string
	for i := range f.fields {
		out = append(out, f.draw(&f.fields[i], width, i == f.at))
	}
	mark, box := "  ", "[ ] "
	if f.at == len(f.fields) {
		mark = f.Glyphs.Mark + " "
	}
	if f.notify {
		box = "[x] "
	}
	out = append(out, f.Line(width, false, draw.Ink(mark, f.Styles.Key), draw.Ink(box+"name servers are told of changes at once", f.Styles.Name)))
	if text := f.guess(); text != "" && f.asked == nil && f.failed == "" {
		out = append(out, f.Line(width, false, draw.Ink("  "+text, f.Styles.Dim)))
	}
	if f.asked != nil {
		out = append(out, f.Line(width, false, draw.Ink(" making the plan...", f.Styles.Dim)))
	}
	for _, l := range draw.Wrap(f.show(f.failed), width-2) {
		out = append(out, f.Line(width, false, draw.Ink(" "+l, f.Styles.Err)))
	}
	return draw.Block(out, width, height)
}
