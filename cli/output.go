package cli

// The doors by which text of a zone file leaves: show for a terminal; for JSON the type text, and lines where it is
// whole lines.

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/zonefile"
)

// afterwards is a writer of messages: what was printed before stands before them, wherever the two go.
type afterwards struct {
	printed interface{ Flush() error } // keeps its error
	to      io.Writer
}

// Write writes behind what was printed.
func (w afterwards) Write(b []byte) (int, error) {
	_ = w.printed.Flush()
	return w.to.Write(b)
}

// outputFlags adds what all commands have to the root of them.
func (p *program) outputFlags(root *cobra.Command) {
	p.color.anywhere(root, "color", "colours", "auto", "always", "never")
	root.PersistentFlags().BoolVarP(&p.quiet, "quiet", "q", false, "neither sums nor notes: findings, differences and errors alone")
}

// show is text as the terminal may see it.
func (p *program) show(s string) string { return zonefile.Printable(s, p.utf8) }

// text is a string of a zone file in JSON: ASCII in every locale, other bytes as \DDD.
type text string

// MarshalJSON writes the string as ASCII.
func (t text) MarshalJSON() ([]byte, error) { return plainJSON(zonefile.Printable(string(t), false)) }

// lines is text of whole lines in JSON: their ends and tabs are kept, so that it can be used as it is.
type lines string

// MarshalJSON writes the lines as ASCII.
func (l lines) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	for len(l) > 0 {
		n := strings.IndexAny(string(l), "\n\r\t")
		if n < 0 {
			n = len(l)
		}
		b.WriteString(zonefile.Printable(string(l[:n]), false))
		end := min(n+1, len(l))
		b.WriteString(string(l[n:end]))
		l = l[end:]
	}
	return plainJSON(b.String())
}

// plainJSON is a value as JSON that leaves <, > and & as they are.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// array writes a JSON array, one element on each line, as its elements come.
type array struct {
	p *program
	n int
}

// add writes one element.
func (a *array) add(v any) error {
	line, err := plainJSON(v)
	if err != nil {
		return err
	}
	return a.addLine(line)
}

// addLine writes one element that is JSON already.
func (a *array) addLine(line []byte) error {
	before := ",\n"
	if a.n++; a.n == 1 {
		before = "[\n"
	}
	_, _ = a.p.out.WriteString(before) // keeps its error
	_, err := a.p.out.Write(line)
	return err
}

// end closes the array.
func (a *array) end() error {
	after := "\n]\n"
	if a.n == 0 {
		after = "[]\n"
	}
	_, err := a.p.out.WriteString(after)
	return err
}
