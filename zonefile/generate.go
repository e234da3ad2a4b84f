package zonefile

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A $GENERATE is read as BIND reads it: as the lines that it stands for. They are kept in a file of their
// own below the directive, as if it had been an $INCLUDE, so that look-ups, rules and listings know the
// names. That file is nobody's to edit; in the editor the directive stays one row.

// generate makes the file of the $GENERATE that the last entry of c is; nil if it is broken, or one too many.
func generate(c *chunk, from *File, sum *taken) {
	g, err := c.generation(len(c.entries) - 1)
	if err != nil {
		return
	}
	if c.makes = g.count; !sum.write(g.count) {
		return
	}
	src := g.expand()
	st := c.leave
	st.batch, st.glue = nil, nil // BIND adds each of these records at once, and the batch that is open later
	chunks := make([]*chunk, 0, 1)
	for _, txt := range scanFile(src) {
		ch := linkText(txt, st)
		ch.addBefore(c.leave.batch, c.leave.glue)
		chunks, st = append(chunks, ch), ch.leave
	}
	f := newFile(from.name, chunks)
	f.parent = from
	f.reason = "it is written out from a $GENERATE: edit the directive"
	f.made = true
	c.included = f
}

// generation reads the $GENERATE that entry i is. What BIND refuses of its values it refuses of the last, the largest.
func (c *chunk) generation(i int) (generation, error) {
	var words []string
	for _, t := range c.tokens(i, nil) {
		words = append(words, wordText(c.src[t.start:t.end]))
	}
	g, err := parseGenerate(words)
	if err != nil {
		return g, err
	}
	if _, err := g.appendLine(nil, g.count-1); err != nil {
		return g, fmt.Errorf("a bad modifier: write ${offset,width,base} with a base of d, o, x, X, n or N")
	}
	return g, nil
}

// appendLine appends a line that it stands for.
func (g generation) appendLine(out []byte, n uint64) ([]byte, error) {
	value, start := int64(g.start+n*g.step), len(out)
	out, err := appendGenerated(out, g.owner, value)
	if err != nil {
		return nil, err
	}
	if len(out) > start && out[start] == '$' { // a name here, where it would start a directive in a line
		out = slices.Insert(out, start, '\\')
	}
	out = append(append(append(out, ' '), g.head...), ' ')
	out, err = appendGenerated(out, g.rdata, value)
	return append(out, '\n'), err
}

// expand writes the lines that it stands for.
func (g generation) expand() []byte {
	last, _ := g.appendLine(nil, g.count-1) // about the longest
	out := make([]byte, 0, int(g.count)*len(last))
	for n := range g.count {
		out, _ = g.appendLine(out, n) // as good as the last one
	}
	return out
}

// wordText is an argument as BIND keeps it: without its quotes, and then without the backslashes before others.
func wordText(raw []byte) string {
	if raw[0] != '"' {
		return string(raw)
	}
	raw = unquote(raw)
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] == '\\' && i+1 < len(raw) {
			if raw[i+1] != '"' {
				out = append(out, raw[i])
			}
			i++
		}
		out = append(out, raw[i])
	}
	return string(out)
}

// generation is the parts of a $GENERATE.
type generation struct {
	start, step, count uint64
	owner, head, rdata string // head is TTL, class and type
	typ                Type
}

// parseGenerate reads `range lhs [class] [ttl] [class] type rhs`.
func parseGenerate(words []string) (generation, error) {
	var g generation
	if len(words) < 4 {
		return g, fmt.Errorf("$GENERATE takes a range, an owner, optionally TTL and class, a type and its data")
	}
	var err error
	if g.start, g.step, g.count, err = generateRange(words[0]); err != nil {
		return g, err
	}
	g.owner = words[1]
	rest, err := g.readHead(words[2:])
	switch {
	case err != nil:
		return g, err
	case len(rest) == 0:
		return g, fmt.Errorf("$GENERATE needs a record type and data behind it")
	case len(rest) > 1:
		return g, fmt.Errorf("data of several words stands in quotes here, as \"%s\" (BIND)", strings.Join(rest, " "))
	}
	g.rdata = rest[0]
	return g, nil
}

// readHead reads TTL, class and type, and tells what stands behind them.
func (g *generation) readHead(words []string) (rest []string, err error) {
	class, ttl := false, false
	for i, w := range words {
		g.head += w + " "
		if c, ok := parseClass([]byte(w)); ok && !class {
			if class = true; c != classIN {
				return nil, fmt.Errorf("class %s in a zone of class IN: named refuses the zone, write IN or no class", strings.ToUpper(w))
			}
		} else if _, ok := ParseTTL(w); ok && !ttl {
			ttl = true
		} else if g.typ, ok = ParseType(w); !ok || g.typ.isMeta() {
			return nil, fmt.Errorf("%s: %s", w, headProblem([]byte(w), ttl))
		} else {
			return words[i+1:], nil
		}
	}
	return nil, nil
}

// generateRange reads start-stop or start-stop/step and counts its steps. What follows is ignored, but for a slash
// without a step (BIND: sscanf).
func generateRange(text string) (start, step, count uint64, err error) {
	start, text, ok1 := leadingNumber(text)
	text, ok2 := strings.CutPrefix(text, "-")
	stop, text, ok3 := leadingNumber(text)
	step, ok4 := uint64(1), true
	if text, stepped := strings.CutPrefix(text, "/"); stepped {
		step, _, ok4 = leadingNumber(text)
	}
	if !ok1 || !ok2 || !ok3 || !ok4 || step == 0 || stop < start {
		return 0, 0, 0, errRange
	}
	return start, step, (stop-start)/step + 1, nil
}

// leadingNumber reads the digits at the start of text.
func leadingNumber(text string) (n uint64, rest string, ok bool) {
	rest = strings.TrimLeft(text, "0123456789")
	n, err := strconv.ParseUint(text[:len(text)-len(rest)], 10, 31)
	return n, rest, err == nil
}

var errRange = errors.New("not a range: write start-stop or start-stop/step with numbers up to 2147483647")

// appendGenerated appends text for one value, as BIND's genname writes it: $ is the value, ${offset,width,base} a
// formatted one, $$ and \$ a dollar sign. An offset goes on for every $ behind it.
func appendGenerated(out []byte, text string, value int64) ([]byte, error) {
	offset := int64(0)
	for i := 0; i < len(text); i++ {
		m := modifier{offset: offset, base: 'd'}
		switch {
		case text[i] == '\\' && i+1 < len(text):
			out = append(out, text[i:i+2]...)
			i++
			continue
		case text[i] != '$':
			out = append(out, text[i])
			continue
		case strings.HasPrefix(text[i:], "$$"):
			out = append(out, '$')
			i++
			continue
		case strings.HasPrefix(text[i:], "${"):
			end := strings.IndexByte(text[i:], '}')
			if end < 0 {
				return nil, strconv.ErrSyntax
			}
			var err error
			if m, err = parseModifier(text[i+2 : i+end]); err != nil {
				return nil, err
			}
			offset = m.offset
			i += end
		}
		var err error
		if out, err = m.appendTo(out, value+offset); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// modifier is how a value is written.
type modifier struct {
	offset int64
	width  int
	base   byte // d, o, x, X, n, N
}

// maxWidth bounds what a value is written as (BIND: 128 octets with their end).
const maxWidth = 127

// parseModifier reads `offset[,width[,base]]`.
func parseModifier(text string) (m modifier, err error) {
	parts := strings.Split(text, ",")
	if m.offset, err = strconv.ParseInt(parts[0], 10, 32); err != nil || len(parts) > 3 {
		return m, strconv.ErrSyntax
	}
	m.base = 'd'
	if len(parts) > 1 {
		width, err := strconv.ParseUint(parts[1], 10, 8)
		if m.width = int(width); err != nil || m.width > maxWidth {
			return m, strconv.ErrRange
		}
	}
	if len(parts) > 2 {
		if len(parts[2]) != 1 || !strings.Contains("doxXnN", parts[2]) {
			return m, strconv.ErrSyntax
		}
		m.base = parts[2][0]
	}
	return m, nil
}

// appendTo appends a value. One below 0 is written in its 32 bits, but in decimal.
func (m modifier) appendTo(out []byte, value int64) ([]byte, error) {
	switch {
	case value > math.MaxInt32: // BIND: out of range
		return nil, strconv.ErrRange
	case m.base == 'd' && m.width == 0:
		return strconv.AppendInt(out, value, 10), nil
	case m.base == 'd':
		return fmt.Appendf(out, "%0*d", m.width, value), nil
	case m.base == 'n' || m.base == 'N':
		return append(out, nibbles(value, m.width, m.base == 'N')...), nil
	}
	return fmt.Appendf(out, "%0*"+string(m.base), m.width, uint32(value)), nil
}

// nibbles writes a value's hex digits from the last on with dots between them, at least width characters.
func nibbles(value int64, width int, upper bool) string {
	digits := "0123456789abcdef"
	if upper {
		digits = "0123456789ABCDEF"
	}
	var b strings.Builder
	for v := uint32(value); ; {
		b.WriteByte(digits[v&15])
		v >>= 4
		width--
		if width > 0 || v != 0 {
			b.WriteByte('.')
			width--
		}
		if v == 0 && width <= 0 {
			return b.String()
		}
	}
}
