package ui

// What is said of an answer of the world, wherever it stands: its state by a word, a sign and a style, and what it means.

import (
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
)

// stateStyle is how a state is drawn; it is written, too.
func (k *kit) stateStyle(state string) lipgloss.Style {
	switch state {
	case "ok":
		return k.Styles.Good
	case "bad", "differs":
		return k.Styles.Err
	case "waits":
		return k.Styles.Warn
	}
	return k.Styles.Dim
}

// saysOf is what came and what it means, with the hour at which it ends.
func saysOf(r document.Result, now time.Time) string {
	var says []string
	for _, s := range []string{r.Seen, r.Means} {
		if s != "" {
			says = append(says, s)
		}
	}
	if !r.Until.IsZero() {
		says = append(says, "until "+preview.Clock(r.Until.In(now.Location()), now))
	}
	if r.Policy != "" && r.Policy != "none" {
		says = append([]string{strings.ToUpper(r.Policy)}, says...)
	}
	return strings.Join(says, "; ")
}

// checkSign stands before a check.
func (k *kit) checkSign(state string) string {
	switch state {
	case "ok":
		return k.Glyphs.Done
	case "waits":
		return k.Glyphs.More
	case "unknown", "not-asked":
		return "?"
	}
	return "!"
}
