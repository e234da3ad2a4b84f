package ui

// A zone that is not there yet is told in one form: how it gets its mail, and the servers that it has. What is made of that is
// written by the same builder as that of `mailzone new`; the form shows every line of it before, and makes it one change. A file with
// records that lacks its start gets SOA and name servers before them, and nothing else.

import (
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/newzone"
)

// adding is the dialog for a new record: a form, or in an empty zone the one that starts it.
func (k *kit) adding(owner zonefile.Name, t zonefile.Type) dialog {
	for range k.doc.Zone().Records() {
		return newAddForm(k, owner, t)
	}
	return newStartForm(k)
}

// offerStart opens the form where there is no record yet, and nothing else is asked.
func offerStart(s stage) {
	k := s.tools()
	for range k.doc.Zone().Records() {
		return
	}
	if s.top() == nil && k.doc.ReadOnly() == "" {
		s.push(newStartForm(k))
	}
}

// startsZone tells a problem that the form mends.
func startsZone(d lint.Diagnostic) bool { return d.Rule.Name == "soa-missing" }

// startForm is the form of a new zone.
type startForm struct {
	startAnswers
	shown   []string // the fields, in this order
	at      int      // which of them has the cursor
	sheet   sheet
	leftOut string // of what was pasted
	seen    startTrial
}

// startTrial is what the form would make.
type startTrial struct {
	text  string
	edits []zonefile.Edit
	found []lint.Diagnostic
	left  []string // to do
	wrong newzone.Wrong
}

// newStartForm starts with what most zones have.
func newStartForm(k *kit) *startForm {
	f := &startForm{startAnswers: startAnswers{kit: k, fields: map[string]*field{}}}
	f.lookAtFile()
	origin := strings.TrimSuffix(string(k.doc.Zone().Origin()), ".")
	ways := []policy.Choice{{Value: "own", Words: "own server"}, {Value: "none", Words: "none"}}
	f.known, _ = k.presets() // a file that cannot be read is told by :preset
	for _, p := range f.known {
		ways = append(ways, policy.Choice{Value: p.Name, Words: p.Name})
		for _, q := range p.Questions {
			f.add(ofQuestion(p, q), q.Key, "").note = note("as " + q.Example)
		}
	}
	f.add(ofMail, "mail", "own").choices = ways
	f.add(newzone.OfExchanges, "mail server", "mail ")
	first, others := "ns1 ", []string(nil)
	for i, n := range f.servers() {
		if i == 0 {
			first = n + " "
		} else {
			others = append(others, n)
		}
	}
	f.add(newzone.OfServers, "name server", first)
	f.add(ofSecond, "second", strings.Join(others, " ")).note = note("as ns2.example.net.")
	f.add(newzone.OfWeb, "web", "").note = note("empty: none")
	f.add(newzone.OfReport, "reports to", "postmaster@"+origin).note = note("empty: nobody")
	serials := []policy.Choice{{Value: newzone.ByDate, Words: "date"}, {Value: newzone.ByOne, Words: "increment"}, {Value: newzone.ByUnix, Words: "unix"}}
	f.add(ofSerial, "serial", newzone.ByDate).choices = serials
	f.add(newzone.OfTTL, "TTL", "1d")
	for of, words := range map[string]string{newzone.OfWWW: "www", newzone.OfSPF: "SPF", newzone.OfDMARC: "DMARC"} {
		f.add(of, "with", of).choices = []policy.Choice{{Value: of, Words: words}}
	}
	f.try()
	f.at = 1
	if f.present != nil {
		f.at = 0
	}
	return f
}

// note says the same of whatever stands in a field that is empty.
func note(text string) func(string) string {
	return func(value string) string {
		if value == "" {
			return text
		}
		return ""
	}
}

// add adds a field. What is wrong with it is what is wrong with the answers.
func (f *startForm) add(of, label, value string) *field {
	d := f.newField(partData, label, value)
	d.check = func(string) error {
		if f.seen.wrong.Answer == of {
			return &f.seen.wrong
		}
		return nil
	}
	f.fields[of] = &d
	return &d
}

// try finds out what the form would make.
func (f *startForm) try() {
	f.shown, f.seen = f.asked(), startTrial{}
	a, err := f.answers()
	if err == nil {
		f.seen.text, err = a.Text()
	}
	if err == nil {
		f.seen.left, err = f.leftOf(a), f.write(f.seen.text)
	}
	if wrong := new(newzone.Wrong); errors.As(err, &wrong) {
		f.seen.wrong = f.atSecond(*wrong, a)
	} else if err != nil {
		f.seen.wrong.Why = err.Error()
	}
}

// leftOf is what is left to do that no zone file can do.
func (f *startForm) leftOf(a newzone.Answers) (todo []string) {
	if st := f.doc.Store; st.IsNew() {
		todo = append(todo, a.Statement(st.Path()))
	}
	if p, ok := f.provider(); ok {
		todo = append(todo, p.Title+", "+p.AsOf(f.doc.Now())+": "+zonefile.List(p.Sources, "and"))
	}
	if f.present == nil {
		todo = append(todo, a.LeftToDo()...)
	}
	return todo
}

// atSecond moves what is wrong with the name servers to the field for the others, where it is about one of those.
func (f *startForm) atSecond(w newzone.Wrong, a newzone.Answers) newzone.Wrong {
	if first, err := newzone.ReadHosts(f.fields[newzone.OfServers].value(), a.Origin); err == nil && w.Answer == newzone.OfServers && w.Host != "" {
		for _, h := range a.Servers[len(first):] {
			if h.Name == w.Host {
				w.Answer = ofSecond
			}
		}
	}
	return w
}

// write makes edits of the text, and examines what comes of them.
func (f *startForm) write(text string) error {
	z := f.doc.Zone()
	file := z.Root()
	if src := file.Bytes(); f.place > 0 && src[f.place-1] != '\n' {
		text = "\n" + text
	}
	edits := []zonefile.Edit{{File: file, Span: zonefile.Span{Start: f.place, End: f.place}, New: text}}
	next, err := z.Apply(edits...)
	if err != nil {
		return err
	}
	if _, ok := next.SOA(); !ok {
		return errors.New("what is in the file already swallows new lines, as an open parenthesis does: correct it first (E)")
	}
	f.seen.edits = edits
	if f.doc.Small() {
		f.seen.found = lint.Run([]*zonefile.Zone{next}, f.doc.Examining(f.doc.Saved))
	}
	return nil
}

// takesText says that a question mark is typed here.
func (*startForm) takesText() {}

func (f *startForm) title() string {
	if f.present != nil {
		return "The start of zone " + f.show(string(f.doc.Zone().Origin()))
	}
	return "New zone " + f.show(string(f.doc.Zone().Origin()))
}

// here is the field that has the cursor.
func (f *startForm) here() *field { return f.fields[f.shown[f.at]] }

func (f *startForm) update(m tea.KeyMsg) []action {
	d := f.here()
	if d.choices != nil {
		return []action{say{"space chooses, tab goes on", levelInfo}}
	}
	f.sheet.read, f.leftOut = false, f.typeInto(d, m)
	d.left = false
	f.try()
	return nil
}

func (f *startForm) bindings() []binding {
	turn := func(by int) func() []action {
		return func() []action {
			f.here().left = true
			f.at, f.sheet.read = (f.at+by+len(f.shown))%len(f.shown), false
			return nil
		}
	}
	list := []binding{on(f.keys.submit, f.submit).as("take it over"), on(f.keys.fieldNext, turn(1)), on(f.keys.fieldPrev, turn(-1)).briefly("-")}
	if f.here().choices != nil {
		choose := func(by int) func() []action {
			return func() []action { f.choose(by); return nil }
		}
		list = append(list, on(f.keys.choose, choose(1)), on(f.keys.chooseBack, choose(-1)).briefly("-"))
	}
	list = append(list, f.keys.ofSheet(&f.sheet)...)
	return append(list, does(f.keys.dismiss, pop{}).as("change nothing").briefly("esc leave"))
}

// choose takes another choice. Nobody reads the mail of a domain that gets none: reports go there only if somebody says so.
func (f *startForm) choose(by int) {
	f.here().choose(by)
	if d := f.fields[newzone.OfReport]; f.shown[f.at] == ofMail {
		none := f.here().value() == "none"
		switch {
		case none && d.value() == d.was:
			d.set("")
		case !none && d.value() == "":
			d.set(d.was)
		}
	}
	f.try()
}

// submit makes it the document, or goes to the field that is wrong.
func (f *startForm) submit() []action {
	if f.seen.edits == nil {
		for i, of := range f.shown {
			if of == f.seen.wrong.Answer {
				f.at, f.here().left, f.sheet.read = i, true, false
			}
		}
		return nil
	}
	z := f.doc.Zone()
	says := "zone " + f.show(string(z.Origin())) + ": " + zonefile.Plural(f.lineCount(), "line", "lines") + ", nothing is written yet: w looks at them and saves"
	c := change{title: "start the zone", says: says, edits: editsOf(z, f.seen.edits), then: []action{selectName{z.Origin()}, leaveToDo{f.seen.left}}}
	return []action{pop{}, c}
}

// lineCount is how many lines are written.
func (f *startForm) lineCount() int { return strings.Count(f.seen.text, "\n") }

// leaveToDo keeps what is left to do for the shell.
type leaveToDo struct{ todo []string }

func (l leaveToDo) do(s stage) tea.Cmd {
	s.outcome().todo = l.todo
	return nil
}
