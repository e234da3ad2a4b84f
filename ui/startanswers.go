package ui

// What stands in the form of a new zone, as the answers that the builder of zones takes. What is wrong is told with its answer.

import (
	"errors"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/newzone"
	"github.com/mailzone/mailzone/zonefile/presets"
)

// startAnswers is the fields of the form, and what it knows of the file.
type startAnswers struct {
	*kit
	fields  map[string]*field // by the names of the answers
	present *newzone.Present  // what the file has; nil: no record
	place   uint32            // where in the file the text goes
	known   []presets.Preset
}

// What is asked beside the answers of package newzone.
const (
	ofMail   = "mail"
	ofSecond = "second"
	ofSerial = "serial"
)

// ofQuestion is what a question of a preset is called among the answers.
func ofQuestion(p presets.Preset, q presets.Question) string { return p.Name + " " + q.Key }

// provider is the preset that is chosen; false for mail of its own, or none.
func (f *startAnswers) provider() (presets.Preset, bool) {
	return presets.Find(f.known, f.fields[ofMail].value())
}

// switches is what the zone has unless it is left out, as far as there is a choice.
func (f *startAnswers) switches() (list []string) {
	if f.present != nil {
		return nil
	}
	if f.fields[newzone.OfWeb].value() != "" {
		list = append(list, newzone.OfWWW)
	}
	if _, hosted := f.provider(); !hosted {
		list = append(list, newzone.OfSPF)
	}
	return append(list, newzone.OfDMARC)
}

// answers is what stands in the form; the error is *newzone.Wrong.
func (f *startAnswers) answers() (a newzone.Answers, err error) {
	z := f.doc.Zone()
	value := func(of string) string { return f.fields[of].value() }
	a = newzone.Answers{Origin: z.Origin(), Report: value(newzone.OfReport), TTL: value(newzone.OfTTL), Serial: newzone.FirstSerial(value(ofSerial), f.doc.Now())}
	wrong := func(of string, err error) error { return &newzone.Wrong{Answer: of, Why: err.Error()} }
	for _, of := range []string{newzone.OfServers, ofSecond} {
		list, err := newzone.ReadHosts(value(of), a.Origin)
		if err != nil {
			return a, wrong(of, err)
		}
		a.Servers = append(a.Servers, list...)
	}
	if f.present != nil {
		a.Present = f.present
		for _, s := range a.Servers {
			if len(z.Addresses(s.Name).Records) > 0 {
				a.Present.Hosts = append(a.Present.Hosts, s.Name)
			}
		}
		return a, nil
	}
	for _, of := range f.switches() {
		if value(of) == "" {
			a.Without = append(a.Without, of)
		}
	}
	if words := addressWords(value(newzone.OfWeb)); len(words) > 0 {
		if a.Web, err = newzone.Addresses(strings.Join(words, ",")); err != nil {
			return a, wrong(newzone.OfWeb, err)
		}
	}
	switch value(ofMail) {
	case "own":
	case "none":
		a.Mail = newzone.None
		return a, nil
	default:
		return f.hosted(a)
	}
	list, err := newzone.ReadHosts(value(newzone.OfExchanges), a.Origin)
	if err != nil {
		return a, wrong(newzone.OfExchanges, err)
	}
	for _, h := range list {
		a.Exchanges = append(a.Exchanges, newzone.Exchange{For: a.Origin, Host: h})
	}
	return a, nil
}

// hosted is the answers with what the provider asks for.
func (f *startAnswers) hosted(a newzone.Answers) (newzone.Answers, error) {
	p, _ := f.provider()
	values := presets.Values{}
	for _, q := range p.Questions {
		values[q.Key] = f.fields[ofQuestion(p, q)].value()
	}
	list, err := p.Records(a.Origin, values)
	if w := new(presets.Wrong); errors.As(err, &w) {
		return a, &newzone.Wrong{Answer: p.Name + " " + w.Key, Why: w.What}
	}
	a.Mail = newzone.Hosted
	for _, r := range list {
		a.Provider = append(a.Provider, newzone.Record{Owner: r.Owner, Type: r.Type.String(), RData: r.RData()})
	}
	return a, err
}

// lookAtFile finds where the start of the zone goes: before the first line that is a record or includes some, else behind all.
func (f *startAnswers) lookAtFile() {
	z := f.doc.Zone()
	file, first := z.Root(), zonefile.Row{}
	for r := range z.Records() {
		if r.File() == file {
			first = r.Row()
			break
		}
	}
	for w := range z.Inclusions(file) {
		if first.IsZero() || w.Span().Start < first.Span().Start {
			first = w
		}
		break
	}
	if f.place = uint32(file.Size()); first.IsZero() {
		return
	}
	f.place = file.Line(file.Position(first.Span().Start).Line).Start
	f.present = &newzone.Present{Origin: first.Origin(), TTL: first.HasDefault()}
	for _, r := range z.RRset(z.Origin(), zonefile.TypeNS) {
		if n, ok := r.Target(); ok {
			f.present.Servers = append(f.present.Servers, n)
		}
	}
}

// servers is the name servers that the file names.
func (f *startAnswers) servers() (names []string) {
	if f.present == nil {
		return nil
	}
	for _, n := range f.present.Servers {
		names = append(names, n.In(f.doc.Zone().Origin()))
	}
	return names
}

// asked is the answers that this zone needs, in their order.
func (f *startAnswers) asked() []string { return append(f.fieldsAsked(), f.switches()...) }

// fieldsAsked is those of them that are told, and not switched.
func (f *startAnswers) fieldsAsked() []string {
	switch {
	case f.present != nil && f.present.TTL:
		return []string{newzone.OfServers, ofSecond, ofSerial}
	case f.present != nil:
		return []string{newzone.OfServers, ofSecond, ofSerial, newzone.OfTTL}
	case f.fields[ofMail].value() != "own":
		list := []string{ofMail}
		p, _ := f.provider()
		for _, q := range p.Questions {
			list = append(list, ofQuestion(p, q))
		}
		return append(list, newzone.OfServers, ofSecond, newzone.OfWeb, newzone.OfReport, ofSerial, newzone.OfTTL)
	}
	return []string{ofMail, newzone.OfExchanges, newzone.OfServers, ofSecond, newzone.OfWeb, newzone.OfReport, ofSerial, newzone.OfTTL}
}
