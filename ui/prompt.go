package ui

// The line at the bottom in which something is typed: a command, a text to search for, a filter. It takes the place of
// the help line, so that all of the screen can be seen meanwhile.

import tea "github.com/charmbracelet/bubbletea"

// prompt is the line at the bottom: a command after `:`, or a text to search after `/`.
type prompt struct {
	*kit
	sign  string
	field field
	done  func(text string) []action

	takesNothing bool // an empty text is an answer too

	live   func(text string) []action // what is done while one types; nil for nothing
	before string                     // the text that counts again when nothing is taken
}

func (p *prompt) title() string { return "" }

func (p *prompt) lines(int) int { return 0 }

func (p *prompt) update(m tea.KeyMsg) []action {
	if m.Type == tea.KeyBackspace && p.field.input.Value() == "" {
		return p.leave()
	}
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

// newFilterPrompt asks for what a list is narrowed to, and narrows it meanwhile.
func newFilterPrompt(k *kit, now string, narrow func(text string) []action) *prompt {
	return &prompt{kit: k, sign: "&", field: k.newField(partData, "", ""), takesNothing: true, done: narrow, live: narrow, before: now}
}

func (p *prompt) bindings() []binding {
	return []binding{
		on(p.keys.submit, func() []action {
			if text := p.field.value(); text != "" || p.takesNothing {
				return append([]action{pop{}}, p.done(text)...)
			}
			return []action{pop{}}
		}),
		unless(p.nothingToComplete(), p.keys.fieldNext, func() []action { p.field.complete(); return nil }).as("complete"),
		on(p.keys.dismiss, p.leave),
	}
}

// nothingToComplete is why there is no rest of a word to take.
func (p *prompt) nothingToComplete() string {
	if p.field.suggestion() == "" {
		return "nothing to complete: type on"
	}
	return ""
}

func (p *prompt) view(width, _ int) string {
	return p.Styles.Key.Render(p.sign) + p.typed(&p.field, width-1)
}

// newSearchPrompt asks for a text to search.
func newSearchPrompt(k *kit) *prompt {
	p := &prompt{kit: k, sign: "/", field: k.newField(partData, "", "")}
	p.done = func(text string) []action { return []action{search{text: text}} }
	return p
}
