package ui

// What the world says, asked on request: each destination is shown before the first question of its kind, and what came stands in a list
// with what was said behind each row. It is asked beside the screen: keys answer meanwhile, and esc keeps what came by then. Nothing is
// asked again by itself.

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// worldLimit is how long all that is asked at once may take.
const worldLimit = time.Minute

// askWorld asks some kinds of questions about a zone, or what the checks of a step of a plan want to know.
type askWorld struct {
	kinds   []string
	domains []zonefile.Name // none: all
	steps   *document.StepChecks
	own     bool                                                      // a name server of this machine has the zone: its addresses are asked, whatever they are
	signed  bool                                                      // it signs the zone as it loads it
	then    func(document.StepChecks) (document.StepChecks, []action) // hears what came of the step, and says what is known by then
}

// do asks at once what somebody has agreed to in this session; else it shows where the questions go.
func (a askWorld) do(s stage) tea.Cmd {
	k := s.tools()
	if a.own, a.signed = k.doc.Store.Own(), k.doc.Store.Signs(); a.steps != nil {
		a.kinds = a.steps.AskingKinds()
	}
	box := worldBox{reading: reading{kit: k}, ask: a}
	for _, kind := range a.kinds {
		if list := a.destinations(k, kind); !k.heard.agreed[kind] && len(list) > 0 {
			box.parts = append(box.parts, newBoxPart(k, a.checking(k, kind).Opened(), kind, list))
		}
	}
	if len(box.parts) > 0 {
		s.push(&box)
		return nil
	}
	return a.begin(s)
}

// checking is how a kind is asked. Name servers are compared with the file, for they have not what is not saved.
func (a askWorld) checking(k *kit, kind string) document.Checking {
	c := document.Checking{Zone: k.doc.Zone(), Domains: a.domains, Private: a.own, Signed: a.signed, Now: k.doc.Now}
	if kind == "dns" || a.steps != nil {
		c.Zone = k.doc.Saved
	}
	c.Servers, _ = k.heard.servers() // that there is none is told where one is needed
	return c
}

// groups is the kinds that are asked together: a policy demands something of hosts, which name servers are not asked with, for they are
// compared with another version.
func (a askWorld) groups() (out [][]string) {
	for _, kind := range a.kinds {
		if n := len(out); n > 0 && kind != "dns" && out[n-1][0] != "dns" {
			out[n-1] = append(out[n-1], kind)
		} else {
			out = append(out, []string{kind})
		}
	}
	return out
}

// destinations is whom a kind asks.
func (a askWorld) destinations(k *kit, kind string) []document.Destination {
	c := a.checking(k, kind)
	if a.steps != nil {
		return c.StepDestinations(*a.steps, kind)
	}
	return c.Destinations(kind)
}

// begin asks.
func (a askWorld) begin(s stage) tea.Cmd {
	k := s.tools()
	for _, kind := range a.kinds {
		k.heard.agreed[kind] = true
	}
	d := &worldDialog{lineList: lineList{kit: k}, ask: a}
	d.filled(func(m *lineMaker) { d.answerList.rowsIn(m, d.asking()) })
	s.push(d)
	return d.begins()
}

// worldBox shows where questions go, before any is asked.
type worldBox struct {
	reading
	ask   askWorld
	parts []boxPart
}

func (d *worldBox) title() string { return "Ask the world" }

func (d *worldBox) lines(width int) int { return len(d.rowsOf(width)) }

func (d *worldBox) update(tea.KeyMsg) []action { return nil }

func (d *worldBox) bindings() []binding {
	return append([]binding{
		does(d.keys.submit, pop{}, agreedWorld(d.ask)).as("ask").briefly("enter ask"),
		does(d.keys.dismiss, pop{}).as("no").briefly("esc no"), does(d.keys.leave, pop{}).as("no").briefly("-"),
	}, d.reading.bindings()...)
}

// agreedWorld asks what somebody has agreed to.
type agreedWorld askWorld

func (a agreedWorld) do(s stage) tea.Cmd { return askWorld(a).begin(s) }

// text is the destinations.
func (d *worldBox) text() (out []string) {
	for _, p := range d.parts {
		out = append(out, p.lines(d.kit)...)
	}
	return out
}

// rowsOf is that in rows.
func (d *worldBox) rowsOf(width int) (out []readRow) {
	for _, text := range d.text() {
		indent := len(text) - len(strings.TrimLeft(text, " ")) + 1
		for i, l := range draw.Wrap(strings.TrimSpace(text), width-indent-2) {
			out = append(out, readRow{d.Line(width, false, draw.Ink(strings.Repeat(" ", indent)+l, d.Styles.Plain)), i > 0})
		}
	}
	return out
}

// view draws them.
func (d *worldBox) view(width, height int) string {
	return d.reading.view(d.rowsOf(width), width, height)
}

// worldDialog is what came.
type worldDialog struct {
	lineList
	answerList
	ask   askWorld
	left  [][]string // kinds that are still to be asked, the first of which are under way
	begun time.Time
	ended bool // somebody does not want to wait
	stop  context.CancelFunc
	ctx   context.Context
}

// begins asks all kinds, one after the other.
func (d *worldDialog) begins() tea.Cmd {
	d.results, d.left, d.begun, d.ended, d.fresh = nil, d.ask.groups(), d.doc.Now(), false, false
	if d.ask.steps != nil {
		d.left = [][]string{{"what the step wants to know"}}
		d.takeSteps(*d.ask.steps)
	}
	d.ctx, d.stop = context.WithTimeout(context.Background(), worldLimit)
	return tea.Batch(d.next(), d.tick())
}

// next asks the kind whose turn it is, beside the screen.
func (d *worldDialog) next() tea.Cmd {
	if len(d.left) == 0 {
		d.stop()
		return nil
	}
	kinds, ctx, k := d.left[0], d.ctx, d.kit
	c, asks, steps, s := d.ask.checking(k, kinds[0]), k.heard.asks, k.heard.steps, d.steps
	return func() tea.Msg {
		how := document.Mailing{Patience: 30 * time.Second}
		how.HELO, _ = os.Hostname()
		if s != nil {
			return worldCame{d, ctx, document.Checked{}, steps(c, ctx, *s, how)}
		}
		return worldCame{d, ctx, asks(c, ctx, document.KindsOf(kinds), how), document.StepChecks{}}
	}
}

// worldCame brings what came of one kind.
type worldCame struct {
	dialog  *worldDialog
	of      context.Context
	checked document.Checked
	steps   document.StepChecks
}

func (m worldCame) take(s stage) tea.Cmd {
	d := m.dialog
	if m.of != d.ctx { // it is asked again meanwhile
		return nil
	}
	d.results = append(d.results, m.checked.Results...)
	var news tea.Cmd
	if d.ask.steps != nil {
		known, tells := d.ask.then(m.steps)
		d.takeSteps(known)
		news = s.perform(tells...)
	}
	d.heard.listen(d.doc.Zone(), d.results, d.doc.Now())
	d.fresh = false
	if d.left = d.left[1:]; d.ended {
		d.left = nil
	}
	return tea.Batch(news, d.next())
}

// takeSteps takes over the checks of a step, with what is known of each.
func (d *worldDialog) takeSteps(s document.StepChecks) {
	d.steps, d.results = &s, nil
	for _, c := range s.Checks {
		d.results = append(d.results, c.Results...)
	}
}

// asking tells whether something is still under way.
func (d *worldDialog) asking() bool { return len(d.left) > 0 && !d.ended }

// tick draws again how long it has taken.
func (d *worldDialog) tick() tea.Cmd {
	if d.rest == 0 { // nobody looks at what goes on beside the screen
		return nil
	}
	return tea.Tick(barStep, func(time.Time) tea.Msg { return worldTick{d, d.ctx} })
}

// worldTick is the time at which to draw again.
type worldTick struct {
	dialog *worldDialog
	of     context.Context
}

func (m worldTick) take(stage) tea.Cmd {
	if m.of != m.dialog.ctx || !m.dialog.asking() {
		return nil
	}
	return m.dialog.tick()
}

func (d *worldDialog) title() string {
	if d.ask.steps != nil {
		return fmt.Sprintf("Check of step %d", d.ask.steps.Step.Number)
	}
	if len(d.ask.domains) == 1 {
		return "Check of " + d.short(d.ask.domains[0])
	}
	return "Check of " + d.short(d.doc.Zone().Origin())
}

// aside is how far it is, and how many answers there are of each state.
func (d *worldDialog) aside(room int) string {
	if d.only != "" {
		return "&" + d.show(d.only)
	}
	var parts []string
	if d.asking() {
		parts = append(parts, fmt.Sprintf("asking %s, %d s", strings.Join(d.left[0], ", "), max(int(d.doc.Now().Sub(d.begun)/time.Second), 0)))
	} else {
		parts = append(parts, d.begun.Format("15:04"))
	}
	count := map[string]int{}
	for _, r := range d.results {
		count[string(r.State)]++
	}
	for _, state := range []string{"ok", "waits", "differs", "bad", "unknown", "not-asked"} {
		if count[state] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[state], state))
		}
	}
	for len(parts) > 1 && ansi.StringWidth(strings.Join(parts, "  ")) > room {
		parts = parts[1:]
	}
	return strings.Join(parts, "  ")
}

func (d *worldDialog) lines(width int) int { return d.tall(width) }

func (d *worldDialog) bindings() []binding {
	none := ""
	if d.result() == nil {
		none = "no answer is under the cursor"
	}
	again := ""
	if d.asking() {
		again = "it is being asked: esc ends that"
	}
	list := []binding{
		unless(none, d.keys.submit, func() []action { return []action{push{&saidPage{reading{kit: d.kit}, *d.result()}}} }).as("what was said").briefly("enter what was said"),
		unless(again, d.keys.serve, func() []action { return []action{againWorld{d}} }).as("ask again").briefly("r ask again"),
		unless(none, d.keys.saveCopy, func() []action { return []action{copyText{text: d.text()}} }).as("copy all answers").briefly("y copy"),
	}
	if d.asking() {
		return append(append(list, d.moving()...), on(d.keys.dismiss, d.ends).as("end it, and keep what came"), on(d.keys.leave, d.ends).as("end it, and keep what came").briefly("-"))
	}
	return append(append(list, d.moving()...), does(d.keys.dismiss, pop{}).as("back"), does(d.keys.leave, pop{}).as("back").briefly("-"))
}

// ends waits for nothing more.
func (d *worldDialog) ends() []action {
	d.ended = true
	d.stop()
	return []action{say{"ended: what came is kept", levelInfo}}
}

// againWorld asks the same again.
type againWorld struct{ dialog *worldDialog }

func (a againWorld) do(s stage) tea.Cmd {
	s.tell(say{"asked again", levelInfo})
	return a.dialog.begins()
}

// result is the answer under the cursor.
func (d *worldDialog) result() *document.Result {
	if i := d.under().n; i > 0 && i <= len(d.results) {
		return &d.results[i-1]
	}
	return nil
}

// text is all answers, for the clipboard.
func (d *worldDialog) text() string {
	var b strings.Builder
	for _, r := range d.results {
		fmt.Fprintf(&b, "%s  %s: %s: %s\n", r.Kind, r.Who(), r.State, r.Says())
	}
	return b.String()
}

// view draws the list.
func (d *worldDialog) view(width, height int) string { return d.draw(width, height, nil) }
