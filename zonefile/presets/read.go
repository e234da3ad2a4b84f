package presets

// The file of a preset: TOML, of which every key is known. What is wrong with it is told by the file and the line.

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"github.com/mailzone/mailzone/zonefile"
)

// written is a preset as its file has it.
type written struct {
	Name     string            `toml:"name"`
	Title    string            `toml:"title"`
	Source   []string          `toml:"source"`
	Date     string            `toml:"date"`
	Question []writtenQuestion `toml:"question"`
	Record   []writtenRecord   `toml:"record"`
}

type writtenQuestion struct {
	Key      string `toml:"key"`
	Ask      string `toml:"ask"`
	Example  string `toml:"example"`
	Host     bool   `toml:"host"`
	Optional bool   `toml:"optional"`
}

type writtenRecord struct {
	Owner string `toml:"owner"`
	Type  string `toml:"type"`
	Data  string `toml:"data"`
}

// known is what may stand in the file.
const known = "name, title, source, date, [[question]] with key, ask, example, host, optional, and [[record]] with owner, type, data may stand here"

// MostText is how many octets a file has at most.
const MostText = 64 << 10

// taken is the words that are no presets, for new has them.
var taken = []string{"own", "none"}

// Read reads the file of a preset. The error is *Wrong.
func Read(file string, text []byte) (Preset, error) {
	p := Preset{file: file, text: string(text)}
	if len(text) > MostText {
		return p, &Wrong{File: file, Line: 1, What: "too long for a preset"}
	}
	var w written
	d := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields()
	if err := d.Decode(&w); err != nil {
		return p, unread(file, err)
	}
	p.Name, p.Title, p.Sources, p.Date = w.Name, w.Title, w.Source, w.Date
	for _, q := range w.Question {
		p.Questions = append(p.Questions, Question(q))
	}
	for _, r := range w.Record {
		p.records = append(p.records, template{r.Owner, r.Type, r.Data})
	}
	if w := p.fault(); w != nil {
		return p, w
	}
	return p, nil
}

// unread is why a text is no TOML, or has a key that nobody knows.
func unread(file string, err error) *Wrong {
	w := &Wrong{File: file, Line: 1, What: "not to be read as TOML"}
	var strict *toml.StrictMissingError
	var syntax *toml.DecodeError
	switch {
	case errors.As(err, &strict) && len(strict.Errors) > 0:
		w.Line, _ = strict.Errors[0].Position()
		w.What = "nothing is called so: " + known
	case errors.As(err, &syntax):
		w.Line, _ = syntax.Position()
		w.What = "not to be read: " + known
	}
	return w
}

// mostName is how many letters a name or a key has at most.
const mostName = 30

// isWord tells a name or a key: small letters, digits and hyphens, with a letter first.
func isWord(text string) bool {
	for i, r := range text {
		if letter := r >= 'a' && r <= 'z'; !letter && (i == 0 || r != '-' && (r < '0' || r > '9')) {
			return false
		}
	}
	return text != "" && len(text) <= mostName
}

// variables is the names between braces in a text.
func variables(text string) (names []string) {
	for {
		_, rest, found := strings.Cut(text, "{")
		name, behind, closed := strings.Cut(rest, "}")
		if !found || !closed {
			return names
		}
		names, text = append(names, name), behind
	}
}

// types is what a preset may have.
var types = []zonefile.Type{zonefile.TypeMX, zonefile.TypeA, zonefile.TypeAAAA, zonefile.TypeCNAME, zonefile.TypeTXT, zonefile.TypeSRV}

// fault is what is wrong with a preset that could be read; nil if nothing.
func (p Preset) fault() *Wrong {
	_, err := time.Parse("2006-01", p.Date)
	switch {
	case !isWord(p.Name) || slices.Contains(taken, p.Name):
		return p.wrong("name", "name: small letters, digits and hyphens, and neither own nor none")
	case p.Title == "":
		return p.wrong("title", "title: what the provider calls itself lacks")
	case len(p.Sources) == 0:
		return p.wrong("source", "source: the address of the page that says this lacks")
	case err != nil:
		return p.wrong("date", "date: the year and the month of that page, as 2026-11")
	case len(p.records) == 0:
		return p.wrong("[[record]]", "no [[record]]")
	}
	for i, q := range p.Questions {
		again := slices.ContainsFunc(p.Questions[:i], func(o Question) bool { return o.Key == q.Key })
		if !isWord(q.Key) || q.Key == "origin" || q.Key == "dashed" || again || q.Ask == "" || q.Example == "" {
			return p.wrong(`"`+q.Key+`"`, "a question has a key of its own, in small letters, and ask and example")
		}
	}
	for _, r := range p.records {
		if w := p.faultOf(r); w != nil {
			return w
		}
	}
	return nil
}

// faultOf is what is wrong with a record: of variables that nobody asks for, or as it would be with the examples.
func (p Preset) faultOf(r template) *Wrong {
	typ, ok := zonefile.ParseType(r.typ)
	if !ok || !slices.Contains(types, typ) {
		return p.wrong(`"`+r.typ+`"`, "type: MX, A, AAAA, CNAME, TXT or SRV")
	}
	for _, name := range variables(r.owner + " " + r.data) {
		if name != "origin" && name != "dashed" && !slices.ContainsFunc(p.Questions, func(q Question) bool { return q.Key == name }) {
			return p.wrong("{"+name+"}", "{%s} is the variable of no question", name)
		}
	}
	examples := Values{}
	for _, q := range p.Questions {
		examples[q.Key] = q.Example
	}
	only := p
	only.records = []template{r}
	text, err := only.Snippet("zone.example.", examples)
	if w := new(Wrong); errors.As(err, &w) {
		return w
	}
	z := zonefile.Parse("preset", []byte("$TTL 1d\n"+text), zonefile.Options{Origin: "zone.example."})
	for problem := range z.Errors() {
		return p.wrong(r.data, "no %s: %s", r.typ, problem.Message)
	}
	if strings.TrimSpace(r.data) == "" {
		return p.wrong("data", "data lacks")
	}
	return nil
}
