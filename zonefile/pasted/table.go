package pasted

// Tables: a row of names of fields, and rows of cells under it, parted by tabs, bars, commas or wide gaps; and rows without names that
// begin with a type, whose cells can be told apart.

import (
	"encoding/csv"
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// cuts is the ways in which cells are parted, the surest first.
var cuts = []func(string) []string{byBars, byTabs, byCommas, byGaps, strings.Fields}

func byBars(text string) []string {
	text = strings.NewReplacer("│", "|", "┃", "|").Replace(strings.TrimSpace(text))
	if !strings.Contains(text, "|") {
		return nil
	}
	return trimmed(strings.Split(strings.TrimSuffix(strings.TrimPrefix(text, "|"), "|"), "|"))
}

func byTabs(text string) []string {
	if !strings.Contains(text, "\t") {
		return nil
	}
	return trimmed(strings.Split(text, "\t"))
}

func byCommas(text string) []string {
	for _, comma := range ",;" {
		in := csv.NewReader(strings.NewReader(text))
		in.Comma, in.LazyQuotes = comma, true
		if cells, err := in.Read(); err == nil && len(cells) > 2 {
			return trimmed(cells)
		}
	}
	return nil
}

func byGaps(text string) []string { return trimmed(gaps.re().Split(strings.TrimSpace(text), -1)) }

// trimmed is cells without the blanks around them.
func trimmed(cells []string) []string {
	for i := range cells {
		cells[i] = cell(cells[i])
	}
	return cells
}

// tableHead reads a row of names of fields.
func (r *reader) tableHead() bool {
	for n, cut := range cuts {
		cells := cut(r.now().text)
		if len(cells) < 2 || len(cells) < 3 && n == len(cuts)-1 {
			continue
		}
		var fields []field
		for _, c := range cells {
			fields = append(fields, fieldOf(c))
		}
		known := len(fields) - len(slices.DeleteFunc(slices.Clone(fields), func(f field) bool { return f != noField }))
		if known < len(fields) || !slices.Contains(fields, fieldValue) && !slices.Contains(fields, fieldType) {
			continue
		}
		r.endBlock()
		r.table = &table{fields, cut}
		return r.skip(1)
	}
	return false
}

// tableRow reads a row of the table.
func (r *reader) tableRow() bool {
	if r.table == nil {
		return false
	}
	cells := r.table.cells(r.now().text)
	if len(cells) < 2 || len(cells) > len(r.table.fields) {
		r.table = nil
		return false
	}
	p := panelRecord{}
	for i, c := range cells {
		p[r.table.fields[i]] = c
	}
	if p[fieldType] != "" && typeIn(p[fieldType]) == "" { // words under the table
		r.table = nil
		return false
	}
	f := r.start()
	p.build(&f)
	r.cacheTTL(&f)
	r.give(f, 1)
	return true
}

// cells is the cells of a row. What is parted by gaps may have no cell where a column is empty, so it has to have all.
func (t *table) cells(text string) []string {
	cells := t.cut(text)
	if len(cells) > len(t.fields) && slices.Contains(t.fields, fieldValue) { // the value has blanks
		at, more := slices.Index(t.fields, fieldValue), len(cells)-len(t.fields)
		cells = slices.Concat(cells[:at], []string{strings.Join(cells[at:at+more+1], " ")}, cells[at+more+1:])
	}
	if !strings.ContainsAny(text, "\t|,;│") && len(cells) < len(t.fields) {
		return nil
	}
	return cells
}

// columns reads a row without names: a type and an owner, in this order or the other, and then the data.
func (r *reader) columns() bool {
	text := r.now().text
	for _, cut := range cuts {
		cells := cut(text)
		if len(cells) < 3 {
			continue
		}
		if _, ok := typeOf(cells[0]); !ok || cells[0] != strings.ToUpper(cells[0]) {
			continue
		}
		p := panelRecord{fieldType: cells[0], fieldHost: cells[1]}
		if !p.rest(cells[2:]) {
			continue
		}
		f := r.start()
		p.build(&f)
		if f.why != "" || parse(f.sample(), zonefile.Root).why != "" {
			continue
		}
		r.give(f, 1)
		return true
	}
	return false
}

// rest reads the cells behind type and owner: numbers before the data belong to it, one behind it is a TTL.
func (p panelRecord) rest(cells []string) bool {
	t, _ := zonefile.ParseType(p[fieldType])
	if len(cells) > 1 && spentTTL.re().MatchString(cells[0]) { // dog
		cells = cells[1:]
	}
	if last := len(cells) - 1; last > 0 && !t.HoldsStrings() {
		_, ttl := zonefile.ParseTTL(cells[last])
		if unit.re().MatchString(cells[last]) || ttl || strings.HasPrefix(strings.ToLower(cells[last]), "auto") {
			p[fieldTTL], cells = cells[last], cells[:last]
		}
	}
	p[fieldValue] = strings.Join(cells, " ")
	if last := cells[len(cells)-1]; len(t.NameFields()) == 1 && len(last) > 1 && strings.Trim(last, `"`) == last[1:len(last)-1] {
		p[fieldValue] = strings.TrimSuffix(p[fieldValue], last) + last[1:len(last)-1]
	}
	if t.HoldsStrings() {
		return strings.HasPrefix(p[fieldValue], `"`) || strings.Contains(p[fieldValue], "=") || len(cells) == 1
	}
	if t == zonefile.TypeA || t == zonefile.TypeAAAA {
		_, err := netip.ParseAddr(p[fieldValue])
		return err == nil
	}
	return true
}
