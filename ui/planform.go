package ui

// What the plan of a move has to be told: the hosts, the addresses of each new one, the domains. What kind of move it is and
// whose mail moves is said while one types. Nothing is edited by it.

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// planForm asks what is to be moved where. The plan is made beside the screen: thousands of names take a
// second.
type planForm struct {
	*kit
	from, to, only, spf field
	addrs               []hostAddresses
	notify              bool // name servers are told of changes
	replace             bool // addresses that a new host has and the form does not name are taken out
	single              bool // there is one machine

	at     int // which row has the cursor
	sheet  sheet
	failed string
	seen   survey
	saving func(then ...action) action
}

// hostAddresses is the field for the addresses of a new host.
type hostAddresses struct {
	host zonefile.Name
	field
}

// survey is what is known of the move that stands in a form.
type survey struct {
	of    string // what the form had
	zone  *zonefile.Zone
	scope preview.Scope
	err   error
}

// askPlan asks what to move where; saving is what saves the steps.
type askPlan struct{ saving func(then ...action) action }

func (a askPlan) do(s stage) tea.Cmd { s.push(newPlanForm(s.tools(), a.saving)); return nil }

// migrate remembers what is moved where.
type migrate struct{ to preview.Migration }

func (m migrate) do(s stage) tea.Cmd { s.tools().migration = m.to; return nil }

// newPlanForm starts with what is most likely, or with what was asked before.
func newPlanForm(k *kit, saving func(then ...action) action) *planForm {
	m := k.migration
	if len(m.From)+len(m.To) == 0 {
		m = likelyMove(k.doc.Zone())
	}
	origin := k.doc.Zone().Origin()
	f := &planForm{kit: k, notify: m.Notify, replace: m.Replace, single: m.Single, saving: saving}
	f.from = f.hostField("old host", hostWords(m.From, origin))
	f.to = f.hostField("new host", hostWords(m.To, origin))
	f.only = k.newField(partOwner, "domains", nameWords(m.Domains, origin))
	f.only.check = f.checkHosts
	f.only.note = func(text string) string {
		if text == "" {
			return "empty: all that lead to the old host"
		}
		return ""
	}
	f.spf = k.newField(partText, "SPF terms", strings.Join(m.SPF, " "))
	f.spf.note = func(string) string { return "as include:spf.provider.example" }
	for _, h := range m.To {
		f.addrs = append(f.addrs, f.newAddresses(h.Name, joinAddresses(h.Addrs)))
	}
	f.settle()
	return f
}

// hostField is a field for names of hosts.
func (f *planForm) hostField(label, value string) field {
	d := f.newField(partData, label, value)
	d.check = f.checkHosts
	d.note = f.noteOf
	d.hosts = f.candidatesIn(f.doc.Zone().Origin())
	d.typedAnew()
	return d
}

// noteOf says what a name means in full, if it is not typed so, and what the zone knows of the host; of several how many.
func (f *planForm) noteOf(text string) string {
	words := hostWordsOf(text)
	if len(words) > 1 {
		return zonefile.Plural(len(words), "host", "hosts")
	}
	n, err := zonefile.ParseName(text, f.doc.Zone().Origin())
	switch {
	case err != nil, text == "":
		return ""
	case string(n) == text:
		return knownOf(f.doc.Zone(), n)
	}
	return "= " + string(n) + "  " + knownOf(f.doc.Zone(), n)
}

// newAddresses is a field for the addresses of a host.
func (f *planForm) newAddresses(host zonefile.Name, value string) hostAddresses {
	d := f.newField(partData, "addresses", value)
	d.check = checkAddresses
	d.note = func(string) string { return "of " + f.short(host) + f.has(host) }
	return hostAddresses{host, d}
}

// has says which addresses a host has already.
func (f *planForm) has(host zonefile.Name) string {
	if list := f.doc.Zone().Addresses(host).Records; len(list) > 0 {
		return ", now " + list[0].RDataText()
	}
	return ", IPv4 and IPv6"
}

// settle gives each new host whose addresses are this zone's a field for them; what was typed stays.
func (f *planForm) settle() {
	var out []hostAddresses
	for _, h := range f.hosts(&f.to) {
		if !h.Name.Within(f.doc.Zone().Origin()) {
			continue
		}
		at := -1
		for i := range f.addrs {
			if f.addrs[i].host == h.Name {
				at = i
			}
		}
		if at < 0 {
			out = append(out, f.newAddresses(h.Name, ""))
		} else {
			out = append(out, f.addrs[at])
		}
	}
	f.addrs = out
}

// checkHosts refuses what is no name of a host; none is an answer, too: then one is added, or removed.
func (f *planForm) checkHosts(text string) error {
	check := checkName(f.doc.Zone().Origin())
	for _, word := range hostWordsOf(text) {
		if err := check(word); err != nil {
			return err
		}
	}
	return nil
}

// planRow is a row of the form: a field, or a switch.
type planRow struct {
	field *field
	label string
	on    *bool
}

// rows is the rows that the move in the form needs.
func (f *planForm) rows() []planRow {
	rows := []planRow{{field: &f.from}, {field: &f.to}}
	for i := range f.addrs {
		rows = append(rows, planRow{field: &f.addrs[i].field})
	}
	same := f.same()
	if len(f.hosts(&f.to)) > len(f.addrs) || f.spf.value() != "" {
		rows = append(rows, planRow{field: &f.spf})
	}
	if !same {
		rows = append(rows, planRow{field: &f.only})
	}
	rows = append(rows, planRow{label: "name servers are told of changes at once", on: &f.notify})
	switch {
	case same:
		rows = append(rows, planRow{label: "there is one machine: mail waits in senders' queues meanwhile", on: &f.single})
	case f.replace || f.surplus():
		rows = append(rows, planRow{label: "take out the addresses that are not named here", on: &f.replace})
	}
	return rows
}

// same tells whether one host keeps its name.
func (f *planForm) same() bool {
	from, to := f.hosts(&f.from), f.hosts(&f.to)
	return len(from) == 1 && len(to) == 1 && from[0].Name == to[0].Name
}

// surplus tells whether a new host has an address already and another is given.
func (f *planForm) surplus() bool {
	for i := range f.addrs {
		given := addressesIn(f.addrs[i].value())
		for _, r := range f.doc.Zone().Addresses(f.addrs[i].host).Records {
			if ip, ok := r.Addr(); ok && len(given) > 0 && !slices.Contains(given, ip) {
				return true
			}
		}
	}
	return false
}

// move is what the form asks for; names that are wrong are left out.
func (f *planForm) move() preview.Migration {
	m := preview.Migration{Notify: f.notify, Replace: f.replace, Single: f.single, From: f.hosts(&f.from), To: f.hosts(&f.to), SPF: strings.Fields(f.spf.value())}
	for _, d := range f.hosts(&f.only) {
		m.Domains = append(m.Domains, d.Name)
	}
	for i := range m.To {
		for j := range f.addrs {
			if f.addrs[j].host == m.To[i].Name {
				m.To[i].Addrs = addressesIn(f.addrs[j].value())
			}
		}
	}
	return m
}

// addressesIn is the addresses of a list; what is none is left out.
func addressesIn(text string) []netip.Addr {
	var out []netip.Addr
	for _, word := range addressWords(text) {
		if a, err := netip.ParseAddr(word); err == nil {
			out = append(out, a)
		}
	}
	return out
}

// hosts is the hosts that stand in a field.
func (f *planForm) hosts(d *field) []preview.MailHost {
	var out []preview.MailHost
	for _, word := range hostWordsOf(d.value()) {
		if n, err := zonefile.ParseName(word, f.doc.Zone().Origin()); err == nil {
			out = append(out, preview.MailHost{Name: n})
		}
	}
	return out
}

func (f *planForm) title() string { return "Move mail from one host to another" }

func (f *planForm) update(m tea.KeyMsg) []action {
	f.failed, f.sheet.read = "", false
	if d := f.row().field; d != nil {
		f.typeInto(d, m)
		d.typedAnew()
		f.settle()
	}
	return nil
}

// row is the row that has the cursor.
func (f *planForm) row() planRow {
	rows := f.rows()
	f.at = min(f.at, len(rows)-1)
	return rows[f.at]
}

// taken shows the plan that was asked for; one of another version is dropped.
func (f *planForm) taken(p planned) []action {
	switch {
	case p.err != nil:
		f.failed = f.hint(p.err)
	case p.zone != f.doc.Zone():
		f.failed = "the zone has changed meanwhile: ask again"
	default:
		return f.shows(p)
	}
	return nil
}

// shows goes on to the plan; in the place of another move that is under way only if that is forgotten.
func (f *planForm) shows(p planned) []action {
	show := []action{pop{}, migrate{p.table.Request}, push{newPlanDialog(f.kit, p, afterPlan{askPlan{f.saving}, f.saving})}}
	other := p.past.Other(p.table.Request)
	if other == "" {
		return show
	}
	again := makePlan{f, p.table.Request}
	return []action{push{&ask{kit: f.kit, question: "Another move is under way", details: []string{f.show(other) + "."},
		answers: []answer{{"Cancel", nil}, {"Forget it", []action{forgetMove{}, again}}}}}}
}

func (f *planForm) bindings() []binding {
	leave := func(step int) func() []action {
		return func() []action {
			if d := f.row().field; d != nil {
				d.left = true
			}
			n := len(f.rows())
			f.at, f.sheet.read = (f.at+step+n)%n, false
			return nil
		}
	}
	list := []binding{on(f.keys.submit, f.submit).as("the plan")}
	list = append(append(list, f.keys.ofSheet(&f.sheet)...), on(f.keys.fieldNext, leave(1)), on(f.keys.fieldPrev, leave(-1)).briefly("-"))
	if row := f.row(); row.on != nil {
		list = append(list, on(f.keys.mark, func() []action { *row.on = !*row.on; f.failed = ""; return nil }).as("switch"))
	} else if row.field.suggestion() != "" {
		list = append(list, on(f.keys.complete, func() []action { row.field.complete(); f.settle(); return nil }))
	}
	return append(list, does(f.keys.dismiss, pop{}).as("close"))
}

// submit asks for the plan.
func (f *planForm) submit() []action {
	for i, row := range f.rows() {
		if row.field != nil && row.field.err() != nil {
			f.at, row.field.left = i, true
			return nil
		}
	}
	m := f.move()
	switch {
	case len(m.From)+len(m.To) == 0: // this asks for the move that is under way
		f.failed, f.sheet.read = "a move leads from one host to another: name them", false
		return nil
	}
	f.failed, f.sheet.read = "", false
	return []action{makePlan{f, m}}
}

// said is what is known of the move: its kind and whose mail moves, or why there is no such move.
func (f *planForm) said() string {
	switch {
	case f.failed != "":
		return f.failed
	case !f.doc.Small():
		return ""
	}
	m := f.move()
	if len(m.From)+len(m.To) == 0 {
		return "without a new host one is removed; without an old one, one more is added"
	}
	key := fmt.Sprint(m)
	if f.seen.of != key || f.seen.zone != f.doc.Zone() {
		f.seen = survey{of: key, zone: f.doc.Zone()}
		f.seen.scope, f.seen.err = preview.Survey(f.doc.Zone(), m)
	}
	if f.seen.err != nil {
		return f.hint(f.seen.err)
	}
	return f.seen.scope.Text()
}

// hint is why there is no such move, in the words of the form: what commands call flags are its rows.
func (f *planForm) hint(err error) string {
	for i := range f.addrs {
		switch known := len(f.doc.Zone().Addresses(f.addrs[i].host).Records) > 0; {
		case f.addrs[i].value() != "":
		case !known:
			return "give the addresses of " + f.short(f.addrs[i].host)
		case f.same():
			return "give the new addresses of " + f.short(f.addrs[i].host)
		}
	}
	return strings.NewReplacer("with --replace-addresses", "by the switch above", "--spf ", "SPF terms: ").Replace(err.Error())
}
