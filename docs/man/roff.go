package main

// Text as troff reads it: what help texts say, so that no sign of theirs is a command.

import (
	"regexp"
	"strings"
)

// roff is a text in which nothing means something to troff.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`).Replace(s)
	if strings.HasPrefix(s, ".") {
		s = `\&` + s
	}
	return strings.ReplaceAll(s, "\n.", "\n\\&.")
}

// paragraphs is a text with blank lines between its paragraphs; what is indented stays as it is. A long sentence ends its
// line, as troff wants it.
func paragraphs(text string) string {
	var out []string
	for _, p := range strings.Split(strings.Trim(text, "\n"), "\n\n") {
		if strings.HasPrefix(p, "  ") {
			out = append(out, code(p))
			continue
		}
		for i, part := range indented.Split(p, -1) {
			if i > 0 {
				out = append(out, code(indented.FindAllString(p, -1)[i-1]))
			}
			if part = strings.Trim(part, "\n"); part != "" {
				out = append(out, roff(sentenceEnd.ReplaceAllString(strings.ReplaceAll(part, "\n", " "), "$1\n")))
			}
		}
	}
	return strings.Join(out, "\n.PP\n")
}

var (
	indented    = regexp.MustCompile(`(?m)(?:^    .*\n?)+`)
	sentenceEnd = regexp.MustCompile(`([a-z)"][.:;]) +`)
)

// code is lines as they are.
func code(text string) string {
	var lines []string
	for line := range strings.Lines(strings.Trim(text, "\n")) {
		lines = append(lines, roff(strings.TrimPrefix(strings.TrimPrefix(strings.TrimRight(line, "\n"), "  "), "  ")))
	}
	return ".EX\n" + strings.Join(lines, "\n") + "\n.EE"
}

// filled is a page whose lines of text have less than 80 bytes, as troff's style has it; commands and examples stay.
func filled(page string) string {
	var b strings.Builder
	asIs := false
	for line := range strings.Lines(page) {
		switch {
		case strings.HasPrefix(line, ".EX"), strings.HasPrefix(line, ".nf"):
			asIs = true
		case strings.HasPrefix(line, ".EE"), strings.HasPrefix(line, ".fi"):
			asIs = false
		}
		for at := 0; !asIs && line[0] != '.' && len(line) > 80; {
			if at = strings.LastIndexByte(line[:80], ' '); at < 0 {
				break
			}
			b.WriteString(line[:at] + "\n")
			if line = line[at+1:]; line[0] == '.' {
				line = `\&` + line
			}
		}
		b.WriteString(line)
	}
	return b.String()
}
