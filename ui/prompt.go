package ui

// The line at the bottom in which something is typed: a command, a text to search for, a filter. It takes the place of
// the help line, so that all of the screen can be seen meanwhile; what it may become stands above it.

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// prompt is the line at the bottom: a command after `:`, or a text to search after `/`.
type prompt struct {
	*kit
	sign  string
	field field
	done  func(text string) []action

	takesNothing bool // an empty text is an answer too

	live   func(text string) []action // what is done while one types; nil for nothing
	before string                     // the text that counts again when nothing is taken

	find   func() tea.Cmd                 // finds the words that are offered; nil: there are none
	offers func(text string) []completion // what the text may become; nil: anything
	asked  asked                          // what was offered last
	past   int                            // how many lines of the session's ago this one was entered; 0: it is typed
}

// completion is what a line may become, and what that does.
type completion struct{ line, does string }

// mostEntered is how many lines of a kind the session remembers.
const mostEntered = 100

// mostOffers is how many offers stand above the line.
const mostOffers = 14

func (p *prompt) title() string { return "" }

func (p *prompt) lines(int) int { return 0 }

// takesText says that a question mark is typed here.
func (p *prompt) takesText() {}

func (p *prompt) update(m tea.KeyMsg) []action {
	if m.Type == tea.KeyBackspace && p.field.input.Value() == "" {
		return p.leave()
	}
	p.past = 0
	p.typeInto(&p.field, m)
	if p.live != nil {
		return p.live(p.field.value())
	}
	return nil
}

// leave is the prompt without an answer: what was shown while one typed goes back.
func (p *prompt) leave() []action {
	if p.live != nil {
		return append([]action{pop{}}, p.live(p.before)...)
	}
	return []action{pop{}}
}

// narrower is a list that can be narrowed.
type narrower interface {
	narrowing() string           // what it is narrowed to; "" for all
	narrow(text string) []action // shows what has a text; all without one
}

// newFilterPrompt asks for what a list is narrowed to, and narrows it meanwhile.
func newFilterPrompt(k *kit, l narrower) *prompt {
	before := l.narrowing()
	p := &prompt{kit: k, sign: "&", field: k.newField(partData, "", ""), takesNothing: true, live: l.narrow, before: before}
	p.done = func(text string) []action {
		out := l.narrow(text)
		if of, lags := l.(laggard); lags {
			out = append(out, makeList{of, "looking for what has " + k.show(text), func() []action { return l.narrow(text) },
				func() []action { return l.narrow(before) }})
		}
		return out
	}
	return p
}

func (p *prompt) bindings() []binding {
	entered := len(p.entered[p.sign])
	older, newer := "", ""
	if p.past == entered {
		older = "nothing was entered before that"
	}
	if p.past == 0 {
		newer = "nothing was entered after that"
	}
	return []binding{
		on(p.keys.submit, p.enter),
		unless(p.nothingToComplete(), p.keys.next, p.complete).as("complete"),
		unless(older, p.keys.scrollUp, func() []action { return p.recall(1) }).as("entered before").briefly("-"),
		unless(newer, p.keys.scrollDown, func() []action { return p.recall(-1) }).as("entered after").briefly("-"),
		on(p.keys.dismiss, p.leave),
	}
}

// enter hands the text over, and remembers it.
func (p *prompt) enter() []action {
	text := p.field.value()
	if text == "" && !p.takesNothing {
		return []action{pop{}}
	}
	if text != "" {
		lines := slices.DeleteFunc(p.entered[p.sign], func(l string) bool { return l == text })
		p.entered[p.sign] = append(lines[max(len(lines)+1-mostEntered, 0):], text)
	}
	return append([]action{pop{}}, p.done(text)...)
}

// recall goes back in what was entered in this session, or forth.
func (p *prompt) recall(by int) []action {
	p.past += by
	text, lines := "", p.entered[p.sign]
	if p.past > 0 {
		text = lines[len(lines)-p.past]
	}
	p.write(text)
	if p.live != nil {
		return p.live(text)
	}
	return nil
}

// write puts a text in the place of what was typed.
func (p *prompt) write(text string) {
	p.field.set(text)
	p.field.input.CursorEnd()
}

// asked is what a text may become, as long as the words of the zone are the same.
type asked struct {
	text string
	of   *zonefile.Zone
	is   bool // it was asked
	list []completion
}

// offered is what the text may become, if that is known.
func (p *prompt) offered() []completion {
	if p.offers == nil {
		return nil
	}
	if text := strings.TrimLeft(p.field.input.Value(), " "); !p.asked.is || p.asked.text != text || p.asked.of != p.words.basis {
		list := p.offers(text)
		p.asked = asked{text, p.words.basis, true, list}
	}
	return p.asked.list
}

// catchUp finds the words of a zone that may be typed, once one is.
func (p *prompt) catchUp() tea.Cmd {
	if p.find == nil || !strings.Contains(p.field.input.Value(), " ") {
		return nil
	}
	return p.find()
}

// completed is as much of the text as is sure: all of the one offer, or what several begin with.
func (p *prompt) completed() string {
	list := p.offered()
	if len(list) == 0 {
		return ""
	}
	text := list[0].line
	for _, o := range list[1:] {
		for !strings.HasPrefix(o.line, text) {
			text = text[:len(text)-1]
		}
	}
	if len(list) > 1 && len(text) <= len(p.field.input.Value()) {
		return ""
	}
	return text
}

// complete writes what is sure.
func (p *prompt) complete() []action {
	p.write(p.completed())
	return nil
}

// nothingToComplete is why there is no rest of a word to take.
func (p *prompt) nothingToComplete() string {
	switch text := p.completed(); {
	case p.offers == nil:
		return "nothing is completed here: type the text"
	case text == "" && p.words.under != nil:
		return "the words of the zone are being looked for"
	case text == "" && len(p.offered()) > 1:
		return "several fit: type on"
	case text == "" || text == p.field.input.Value():
		return "nothing to complete: type on"
	}
	return ""
}

func (p *prompt) view(width, _ int) string {
	return p.Styles.Key.Render(p.sign) + p.typed(&p.field, width-1)
}

// menu draws what the text may become, for the rows over the line, each with all that is said of it; of more than there is room
// for their number is told.
func (p *prompt) menu(width, most int) (out []string) {
	list := p.offered()
	most = min(most, mostOffers)
	if len(list) == 0 && most > 0 && p.offers != nil && p.words.under != nil {
		return []string{p.Line(width, false, draw.Ink(" "+lookingHere, p.Styles.Dim))}
	}
	for i, o := range list {
		lines, room := p.offer(o, width), most-len(out)
		if i < len(list)-1 {
			room-- // for the number of the others
		}
		if len(lines) <= room {
			out = append(out, lines...)
			continue
		}
		if len(out) < most {
			out = append(out, p.Line(width, false, draw.Ink(" "+p.Glyphs.More+" "+itoa(len(list)-i)+" more", p.Styles.Dim)))
		}
		break
	}
	return out
}

// offerColumn is where it is told what an offer does: behind the longest command.
const offerColumn = len(" :readdress  ")

// offer draws one offer. What it does goes on below itself.
func (p *prompt) offer(o completion, width int) (lines []string) {
	name := " " + p.sign + p.show(o.line)
	for _, does := range draw.Wrap(p.show(o.does), width-offerColumn) {
		lines = append(lines, p.Line(width, false, draw.Ink(p.Fit(name, max(offerColumn, ansi.StringWidth(name))), p.Styles.Key), draw.Ink(does, p.Styles.Plain)))
		name = ""
	}
	return lines
}

// newSearchPrompt asks for a text to search.
func newSearchPrompt(k *kit) *prompt {
	p := &prompt{kit: k, sign: "/", field: k.newField(partData, "", "")}
	p.done = func(text string) []action { return []action{search{text: text}} }
	return p
}
