// Picture draws what a terminal shows as an SVG: text with SGR sequences on standard input, as
// `tmux capture-pane -epN` prints it, becomes a picture on standard output, on a dark ground or, with the word light, on a
// light one. docs/picture.sh uses it.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// The size of a character cell, and the margin around the screen, in pixels.
const (
	cellWidth  = 9
	cellHeight = 19
	baseline   = 14
	margin     = 12
)

// scheme is the colours of a terminal: of the ground and of text, and the 16 of ANSI.
type scheme struct {
	ground, plain string
	ansi          [16]string
}

// schemes are those that the pages show, after the reader's own.
var schemes = map[string]scheme{
	"dark": {"#16181d", "#d4d7dd", [16]string{
		"#16181d", "#e5686d", "#7dc47f", "#dcb862", "#6ea3ee", "#c58ae0", "#5ec4cc", "#d4d7dd",
		"#7b818c", "#f08a8e", "#9ad69b", "#ecd08c", "#94bdf5", "#d7abec", "#86d8de", "#ffffff",
	}},
	"light": {"#fdfdfb", "#16181d", [16]string{
		"#16181d", "#b3202a", "#226d2b", "#7a5600", "#1f55b0", "#8a2da8", "#0e666f", "#d4d7dd",
		"#6a707a", "#c9363f", "#2d7d37", "#8c6500", "#2f68c8", "#9c42ba", "#187883", "#fdfdfb",
	}},
}

// style is how characters look.
type style struct {
	fg, bg             int // index into the 16 colours; -1 is the terminal's own
	bold, dim, reverse bool
	underline          bool
}

// unstyled is how characters look without any sequence.
var unstyled = style{fg: -1, bg: -1}

// run is characters of one style on one line, from a column on.
type run struct {
	style
	text       string
	col, width int
}

func main() {
	c, known := schemes[append(os.Args[1:], "dark")[0]]
	err := errors.New("usage: picture [dark|light]")
	if known {
		err = c.draw(os.Stdin, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

// draw turns a screen into a picture.
func (c scheme) draw(in io.Reader, out io.Writer) error {
	src, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	s, columns := unstyled, 0
	var screen [][]run
	for line := range strings.Lines(string(src)) {
		var runs []run
		runs, s = split(strings.TrimRight(line, "\n"), s)
		screen = append(screen, runs)
		if n := len(runs); n > 0 {
			columns = max(columns, runs[n-1].col+runs[n-1].width)
		}
	}
	w := bufio.NewWriter(out)
	width, height := columns*cellWidth+2*margin, len(screen)*cellHeight+2*margin
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" `, width, height, width, height)
	fmt.Fprintf(w, `font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="15">`+"\n")
	fmt.Fprintf(w, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", c.ground)
	for row, runs := range screen {
		for _, r := range runs {
			c.drawRun(w, r, row)
		}
	}
	fmt.Fprintln(w, "</svg>")
	return w.Flush()
}

// split cuts a line into runs, and returns the style that the next line starts with.
func split(line string, s style) ([]run, style) {
	var runs []run
	col := 0
	for line != "" {
		text, rest, found := strings.Cut(line, "\x1b[")
		if text != "" {
			width := displaywidth.String(text)
			if n := len(runs) - 1; n >= 0 && runs[n].style == s { // a sequence that changed nothing
				runs[n].text += text
				runs[n].width += width
			} else {
				runs = append(runs, run{s, text, col, width})
			}
			col += width
		}
		if !found {
			break
		}
		end := strings.IndexFunc(rest, func(c rune) bool { return c >= '@' && c <= '~' })
		if end < 0 {
			break
		}
		if rest[end] == 'm' {
			s = s.apply(rest[:end])
		}
		line = rest[end+1:]
	}
	return joined(runs), s
}

// joined is runs in which blanks between two of one style are of theirs: what a screen showed before decides how a terminal tells them, and
// nobody sees it.
func joined(runs []run) []run {
	var out []run
	for _, r := range runs {
		n := len(out)
		if n > 1 && out[n-2].style == r.style && strings.Trim(out[n-1].text, " ") == "" && out[n-1].hollow() && r.hollow() {
			out[n-2].text += out[n-1].text + r.text
			out[n-2].width += out[n-1].width + r.width
			out = out[:n-1]
			continue
		}
		out = append(out, r)
	}
	return out
}

// hollow tells a style in which a blank is not seen.
func (s style) hollow() bool { return s.bg == unstyled.bg && !s.reverse && !s.underline }

// apply changes a style by the parameters of an SGR sequence (ECMA-48 §8.3.117).
func (s style) apply(params string) style {
	for word := range strings.SplitSeq(params, ";") {
		n, _ := strconv.Atoi(word) // an empty parameter is 0
		switch {
		case n == 0:
			s = unstyled
		case n == 1:
			s.bold = true
		case n == 2:
			s.dim = true
		case n == 4:
			s.underline = true
		case n == 7:
			s.reverse = true
		case n == 22:
			s.bold, s.dim = false, false
		case n == 24:
			s.underline = false
		case n == 27:
			s.reverse = false
		case n >= 30 && n <= 37:
			s.fg = n - 30
		case n == 39:
			s.fg = -1
		case n >= 40 && n <= 47:
			s.bg = n - 40
		case n == 49:
			s.bg = -1
		case n >= 90 && n <= 97:
			s.fg = n - 90 + 8
		case n >= 100 && n <= 107:
			s.bg = n - 100 + 8
		}
	}
	return s
}

// of is the colours of text and of what is behind it.
func (c scheme) of(s style) (fg, bg string) {
	fg, bg = c.plain, c.ground
	if s.fg >= 0 {
		fg = c.ansi[s.fg]
	}
	if s.bg >= 0 {
		bg = c.ansi[s.bg]
	}
	if s.reverse {
		fg, bg = bg, fg
	}
	return fg, bg
}

// drawRun draws a run on a row, in pieces between which there are several blanks: a terminal tells those in the one style or the other,
// and a picture of the same screen is the same.
func (c scheme) drawRun(w io.Writer, r run, row int) {
	fg, bg := c.of(r.style)
	if bg != c.ground {
		fmt.Fprintf(w, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, margin+r.col*cellWidth, margin+row*cellHeight, r.width*cellWidth, cellHeight, bg)
	}
	col := r.col
	for rest := r.text; rest != ""; {
		text := strings.TrimLeft(rest, " ")
		col += len(rest) - len(text)
		rest = ""
		if end := strings.Index(text, "  "); end >= 0 {
			text, rest = text[:end], text[end:]
		}
		if text = strings.TrimRight(text, " "); text != "" {
			c.drawText(w, text, r.style, fg, col, row)
		}
		col += displaywidth.String(text)
	}
}

// drawText draws text at a column of a row. Its length is given, so that columns stay whatever the font.
func (c scheme) drawText(w io.Writer, text string, s style, fg string, col, row int) {
	fmt.Fprintf(w, `<text x="%d" y="%d" textLength="%d" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="%s"`,
		margin+col*cellWidth, margin+row*cellHeight+baseline, displaywidth.String(text)*cellWidth, fg)
	if s.bold {
		fmt.Fprint(w, ` font-weight="bold"`)
	}
	if s.dim {
		fmt.Fprint(w, ` fill-opacity="0.6"`)
	}
	if s.underline {
		fmt.Fprint(w, ` text-decoration="underline"`)
	}
	fmt.Fprintf(w, ">%s</text>\n", strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text))
}
