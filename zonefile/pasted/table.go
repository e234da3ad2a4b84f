package pasted

// Tables: a row of names of fields, and rows of cells under it, parted by tabs, bars, commas or wide gaps; and rows without names that
// begin with a type, whose cells can be told apart.

import (
	"encoding/csv"
	"net/netip"
	"slices"
	"strconv"
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
	text = strings.ReplaceAll(text, `\|`, "\x00") // a bar of a cell, in Markdown
	cells := trimmed(strings.Split(strings.TrimSuffix(strings.TrimPrefix(text, "|"), "|"), "|"))
	for i, c := range cells {
		cells[i] = strings.ReplaceAll(c, "\x00", "|")
	}
	return cells
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
			f := fieldOf(c)
			if slices.Contains(fields, f) && f != noField { // the first column counts: "Record name" beside "Alias"
				f = fieldIdle
			}
			fields = append(fields, f)
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
	if drawn := strings.ContainsAny(r.now().text, "\t|│┃"); drawn && len(cells) > len(r.table.fields) && typeOfRow(r.table.fields, cells) {
		r.give(refused(r.now().n, r.now().n, r.now().raw, "more cells than the row of names above has"), 1)
		return true
	}
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

// typeOfRow tells cells that have a type where the names above say so.
func typeOfRow(fields []field, cells []string) bool {
	n := slices.Index(fields, fieldType)
	return n >= 0 && typeIn(cells[n]) != ""
}

// cells is the cells of a row. What is parted by gaps may have no cell where a column is empty, so it has to have all.
func (t *table) cells(text string) []string {
	cells := t.cut(text)
	drawn := strings.ContainsAny(text, "\t|│┃")
	for drawn && len(cells) > len(t.fields) && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) > len(t.fields) && !drawn && slices.Contains(t.fields, fieldValue) { // the value has blanks
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
	for n, cut := range cuts {
		cells := cut(text)
		if len(cells) < 3 || strings.EqualFold(strings.TrimSuffix(cells[1], ":"), "record") {
			continue
		}
		cells[0] = strings.TrimSuffix(cells[0], " Record")
		if _, ok := typeOf(cells[0]); !ok || cells[0] != strings.ToUpper(cells[0]) {
			continue
		}
		f := r.start()
		p := panelRecord{fieldType: cells[0], fieldHost: cells[1]}
		if !p.rest(&f, cells[2:], n < len(cuts)-1) {
			if f.why != "" { // else its cells would be read as words of one text
				r.give(f, 1)
				return true
			}
			continue
		}
		p.build(&f)
		if f.why != "" || parse(f.sample(), zonefile.Root).why != "" {
			continue
		}
		r.give(f, 1)
		return true
	}
	return false
}

// rest reads the cells behind type and owner: numbers before the data belong to it, one behind it is a TTL, of an MX the preference first.
// Apart tells that a cell is more than a word.
func (p panelRecord) rest(f *found, cells []string, apart bool) bool {
	t, _ := zonefile.ParseType(p[fieldType])
	if cells = slices.DeleteFunc(slices.Clone(cells), func(c string) bool { return c == "" }); len(cells) == 0 {
		return false
	}
	if len(cells) > 1 && spentTTL.re().MatchString(cells[0]) { // dog
		cells = cells[1:]
	}
	isNumber := func(w string) bool { return w != "" && strings.Trim(w, "0123456789") == "" }
	if t == zonefile.TypeMX && len(cells) > 1 && !isNumber(cells[0]) && isNumber(cells[1]) {
		pref, _ := strconv.Atoi(cells[1])
		if ttl, err := strconv.Atoi(cells[len(cells)-1]); len(cells) == 2 || err == nil && ttl <= pref {
			f.doubt = cells[1] + " is read as the preference"
		}
		p[fieldPriority] = cells[1]
		cells = slices.Concat(cells[:1], cells[2:])
	}
	if last := len(cells) - 1; last > 0 && (apart || !t.HoldsStrings()) {
		_, ttl := zonefile.ParseTTL(cells[last])
		if unit.re().MatchString(cells[last]) || ttl || strings.HasPrefix(strings.ToLower(cells[last]), "auto") {
			p[fieldTTL], cells = cells[last], cells[:last]
		}
	}
	if t.HoldsStrings() && strings.ContainsAny(f.source, "\t|│┃") && len(cells) > 1 && !strings.HasPrefix(cells[0], `"`) {
		f.why = "more than one value: " + cells[0] + ", " + cells[1] // a page may show what is there beside what should be
		return false
	}
	p[fieldValue] = strings.Join(cells, " ")
	if last := cells[len(cells)-1]; len(t.NameFields()) == 1 && len(last) > 1 && strings.Trim(last, `"`) == last[1:len(last)-1] {
		p[fieldValue] = strings.TrimSuffix(p[fieldValue], last) + last[1:len(last)-1]
	}
	if t.HoldsStrings() && !apart && len(cells) == 1 && strings.Trim(p[fieldValue], `"`) == p[fieldValue] && !strings.Contains(p[fieldValue], "=") {
		f.doubt = "a record, or only words"
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
