package zonefile

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A $GENERATE is read as BIND reads it: as the lines that it stands for. They are kept in a file of their
// own below the directive, as if it had been an $INCLUDE, so that look-ups, rules and listings know the
// names. That file is nobody's to edit; in the editor the directive stays one row.

// maxGenerated is how many records a $GENERATE is written out for. A larger one stays a row with its count,
// and the zone does not know its names.
const maxGenerated = 1 << 16

// generate makes the file of the $GENERATE that the last entry of c is; nil if it is broken or too large.
func (t *tree) generate(c *chunk, from *File) {
	i := len(c.entries) - 1
	src, err := c.expand(i)
	if err != nil || src == nil {
		return
	}
	st := c.leave
	chunks := make([]*chunk, 0, 1)
	for _, txt := range scanFile(src) {
		ch := linkText(txt, st)
		chunks, st = append(chunks, ch), ch.leave
	}
	f := newFile(from.name, chunks)
	f.parent = from
	f.reason = "it is written out from a $GENERATE: edit the directive"
	f.made = true
	c.included = f
}

// expand writes the lines of the $GENERATE that entry i is.
func (c *chunk) expand(i int) ([]byte, error) {
	var words []string
	for _, t := range c.tokens(i, nil) {
		words = append(words, string(unquote(c.src[t.start:t.end])))
	}
	g, err := parseGenerate(words)
	if err != nil || g.count > maxGenerated {
		return nil, err
	}
	var b strings.Builder
	for n := range g.count {
		value := int64(g.start + n*g.step)
		owner, err1 := generated(g.owner, value)
		data, err2 := generated(g.rdata, value)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("a bad modifier: write ${offset,width,base} with a base of d, o, x, X, n or N")
		}
		fmt.Fprintf(&b, "%s %s %s\n", owner, g.head, data)
	}
	return []byte(b.String()), nil
}

// generation is the parts of a $GENERATE.
type generation struct {
	start, step, count uint64
	owner, head, rdata string // head is TTL, class and type
	typ                Type
}

// parseGenerate reads `range lhs [ttl] [class] type rhs`.
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
	for i, w := range words[2:] {
		if g.head += w + " "; i+3 >= len(words) {
			break
		}
		if t, ok := ParseType(w); ok {
			if g.typ, g.rdata = t, words[i+3]; i+4 < len(words) {
				return g, fmt.Errorf("data of several words stands in quotes here, as \"%s\" (BIND)", strings.Join(words[i+3:], " "))
			}
			return g, nil
		}
	}
	return g, fmt.Errorf("$GENERATE needs a record type and data behind it")
}

// generateRange reads start-stop or start-stop/step and counts its steps.
func generateRange(text string) (start, step, count uint64, err error) {
	span, stepText, stepped := strings.Cut(text, "/")
	from, to, ok := strings.Cut(span, "-")
	start, err1 := strconv.ParseUint(from, 10, 31)
	stop, err2 := strconv.ParseUint(to, 10, 31)
	step = 1
	var err3 error
	if stepped {
		step, err3 = strconv.ParseUint(stepText, 10, 31)
	}
	if !ok || err1 != nil || err2 != nil || err3 != nil || step == 0 || stop < start {
		return 0, 0, 0, fmt.Errorf("not a range: write start-stop or start-stop/step with numbers up to 2147483647")
	}
	return start, step, (stop-start)/step + 1, nil
}

// generated writes text for one value, as BIND's genname does: $ is the value, ${offset,width,base} a
// formatted one, $$ and \$ a dollar sign.
func generated(text string, value int64) (string, error) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text):
			b.WriteString(text[i : i+2])
			i++
		case text[i] != '$':
			b.WriteByte(text[i])
		case strings.HasPrefix(text[i:], "$$"):
			b.WriteByte('$')
			i++
		case strings.HasPrefix(text[i:], "${"):
			end := strings.IndexByte(text[i:], '}')
			if end < 0 {
				return "", strconv.ErrSyntax
			}
			s, err := modified(text[i+2:i+end], value)
			if err != nil {
				return "", err
			}
			b.WriteString(s)
			i += end
		default:
			b.WriteString(strconv.FormatInt(value, 10))
		}
	}
	return b.String(), nil
}

// modified writes a value with a modifier `offset[,width[,base]]`.
func modified(modifier string, value int64) (string, error) {
	parts := strings.Split(modifier, ",")
	offset, err := strconv.ParseInt(parts[0], 10, 32)
	if err != nil || len(parts) > 3 {
		return "", strconv.ErrSyntax
	}
	if value += offset; value > math.MaxInt32 { // BIND: out of range
		return "", strconv.ErrRange
	}
	width, base := uint64(0), "d"
	if len(parts) > 1 {
		if width, err = strconv.ParseUint(parts[1], 10, 8); err != nil {
			return "", err
		}
	}
	if len(parts) > 2 {
		base = parts[2]
	}
	switch base {
	case "d", "o", "x", "X":
		return fmt.Sprintf("%0*"+base, int(width), value), nil
	case "n", "N":
		return nibbles(value, int(width), base == "N"), nil
	}
	return "", strconv.ErrSyntax
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
