package presets

// A preset with the values that a domain has for it: its records, and the snippet that brings them into a zone.

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// Preset is what a provider asks a domain for.
type Preset struct {
	Name, Title string
	Sources     []string // the provider's own pages
	Date        string   // of those pages, as 2026-11
	Questions   []Question
	records     []template
	file        string // that it stands in, as messages call it
	text        string // of that
}

// Question is a value that belongs to an account.
type Question struct {
	Key      string
	Ask      string // what it is, and where it is told
	Example  string
	Host     bool // it is the name of a host; else a text
	Optional bool // without it the records that have it are left out
}

// template is a record with variables in braces.
type template struct{ owner, typ, data string }

// Record is a record for a domain, as a zone file has it; of a text the data is not quoted yet.
type Record struct {
	Owner zonefile.Name
	Type  zonefile.Type
	Data  string
}

// RData is the data as a zone file has it.
func (r Record) RData() string {
	if r.Type == zonefile.TypeTXT {
		return zonefile.Quote(r.Data)
	}
	return r.Data
}

// Values is what is told of an account, by the keys of the questions.
type Values map[string]string

// ReadValues reads KEY=VALUE, each by itself.
func ReadValues(texts []string) (Values, error) {
	v := Values{}
	for _, text := range texts {
		key, value, ok := strings.Cut(text, "=")
		switch _, twice := v[key]; {
		case !ok || key == "" || value == "":
			return nil, fmt.Errorf("%q: write KEY=VALUE", text)
		case twice:
			return nil, fmt.Errorf("%s is said twice", key)
		}
		v[key] = value
	}
	return v, nil
}

// Wrong is what is wrong with a preset, or with a value for it.
type Wrong struct {
	Key  string // of the question; "" of the preset itself
	File string
	Line int // in the file, from 1
	What string
}

// Error is the place and what is wrong.
func (w *Wrong) Error() string { return fmt.Sprintf("%s:%d: %s", w.File, w.Line, w.What) }

// wrong is what is wrong at the first line that has a text.
func (p Preset) wrong(has, what string, args ...any) *Wrong {
	line := 1
	if before, _, found := strings.Cut(p.text, has); found {
		line += strings.Count(before, "\n")
	}
	return &Wrong{File: p.file, Line: line, What: fmt.Sprintf(what, args...)}
}

// Records is what the domain is to have. The error is *Wrong.
func (p Preset) Records(domain zonefile.Name, v Values) (list []Record, err error) {
	if err := p.check(v); err != nil {
		return nil, err
	}
	plain := strings.TrimSuffix(string(domain), ".")
	all := []string{"{origin}", plain, "{dashed}", strings.ReplaceAll(plain, ".", "-")}
	for _, q := range p.Questions {
		if v[q.Key] != "" {
			all = append(all, "{"+q.Key+"}", strings.TrimSuffix(v[q.Key], "."))
		}
	}
	fill := strings.NewReplacer(all...).Replace
	for _, t := range p.records {
		if slices.ContainsFunc(p.Questions, func(q Question) bool { return v[q.Key] == "" && strings.Contains(t.owner+t.data, "{"+q.Key+"}") }) {
			continue
		}
		owner, err := zonefile.ParseName(fill(t.owner), domain)
		if err != nil {
			return nil, p.wrong(t.owner, "%s is no name: %v", fill(t.owner), err)
		}
		typ, _ := zonefile.ParseType(t.typ)
		list = append(list, Record{owner, typ, fill(t.data)})
	}
	return list, nil
}

// Snippet is the records in the syntax of a zone file.
func (p Preset) Snippet(domain zonefile.Name, v Values) (string, error) {
	list, err := p.Records(domain, v)
	var b strings.Builder
	for _, r := range list {
		fmt.Fprintf(&b, "%s IN %s %s\n", r.Owner, r.Type, r.RData())
	}
	return b.String(), err
}

// check finds what lacks, and what cannot be.
func (p Preset) check(v Values) error {
	for key := range v {
		if !slices.ContainsFunc(p.Questions, func(q Question) bool { return q.Key == key }) {
			w := p.wrong("[[question]]", "%s asks for nothing called %q%s", p.Name, key, p.asks())
			w.Key = key
			return w
		}
	}
	for _, q := range p.Questions {
		if why := q.refuses(v[q.Key]); why != "" {
			place := `"` + q.Key + `"`
			if !strings.Contains(p.text, place) { // of a template
				place = "%" + q.Key + "%"
			}
			w := p.wrong(place, "%s: %s", q.Key, why)
			w.Key = q.Key
			return w
		}
	}
	return nil
}

// asks is what the preset asks for.
func (p Preset) asks() string {
	var keys []string
	for _, q := range p.Questions {
		keys = append(keys, q.Key)
	}
	if len(keys) == 0 {
		return ": it asks for nothing"
	}
	return ": it asks for " + zonefile.List(keys, "and")
}

// mostValue is how many octets a value has at most.
const mostValue = 4096

// refuses is why a value cannot be; "" if it can.
func (q Question) refuses(value string) string {
	name, err := zonefile.ParseName(value, zonefile.Root)
	switch {
	case value == "" && !q.Optional:
		return fmt.Sprintf("has no value: it is %s; give it as %s=%s", q.Ask, q.Key, q.Example)
	case value == "":
		return ""
	case len(value) > mostValue || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "one line, without control characters"
	case q.Host && (err != nil || name.Labels() < 2 || zonefile.HostnameProblem(name) != ""):
		return fmt.Sprintf("%s is no name of a host, as %s", value, q.Example)
	}
	return ""
}

// AsOf is the date of the preset, and whether that is more than a year ago.
func (p Preset) AsOf(now time.Time) string {
	text := "as of " + p.Date
	if date, err := time.Parse("2006-01", p.Date); err == nil && date.AddDate(1, 1, 0).Before(now) {
		text += ", which is more than a year ago: compare it with what your account shows"
	}
	return text
}

// Find is the preset of a name; false for none.
func Find(list []Preset, name string) (Preset, bool) {
	i := slices.IndexFunc(list, func(p Preset) bool { return p.Name == name })
	if i < 0 {
		return Preset{}, false
	}
	return list[i], true
}

// Names is the names of presets, in their order.
func Names(list []Preset) (names []string) {
	for _, p := range list {
		names = append(names, p.Name)
	}
	return names
}
