package lint

// What is shown of a rule outside the terminal: its page in docs/rules.md, and the help that code scanners show. Both are
// made of what `mailzone rules` prints.

import "strings"

// Unreadable is what a zone that could not be read has in the place of a rule's name.
const Unreadable = "unreadable"

// UnreadableURL is where it is told of.
const UnreadableURL = home + "/blob/main/docs/json.md#lint"

// Markdown is what the rule finds, with its examples and where it is written.
func (r *Rule) Markdown() string {
	var b strings.Builder
	b.WriteString(markdown(r.Doc))
	for _, e := range r.Examples() {
		b.WriteString("\n\n" + markdown(e.Title) + "\n\n```dns\n" + strings.TrimRight(e.Zone, "\n") + "\n```")
	}
	b.WriteString("\n\nSee " + markdown(strings.Join(r.Refs, ", ")) + ".")
	return b.String()
}

// markdown is text of which nothing is taken for markup.
func markdown(text string) string {
	return strings.NewReplacer("*", `\*`, "_", `\_`, "<", "&lt;", "`", "\\`", `\`, `\\`, "[", `\[`).Replace(strings.TrimSpace(text))
}
