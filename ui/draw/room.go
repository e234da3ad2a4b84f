package draw

// Words by room: what has no room is said in fewer words. Nothing here cuts: who finds no text that fits has to say it elsewhere.

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Shortest is the first of some texts, the longest first, that a width has room for; ok is false if none has.
func Shortest(width int, texts ...string) (text string, ok bool) {
	for _, t := range texts {
		if ansi.StringWidth(t) <= width {
			return t, true
		}
	}
	return "", false
}

// Counted is a list for Shortest: all of it, or the first ones and how many there are besides.
func Counted(list []string, between string) []string {
	const most = 8
	texts := []string{strings.Join(list, between)}
	for n := min(len(list)-1, most); n > 0; n-- {
		texts = append(texts, fmt.Sprintf("%s +%d", strings.Join(list[:n], between), len(list)-n))
	}
	return texts
}
