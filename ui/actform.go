package ui

// What many names are to get is typed in one line: a record as a line of the file has it, or the MX in their order.

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile"
)

// askAddition asks for the record that the chosen names get.
type askAddition struct{ on chosen }

func (a askAddition) do(s stage) tea.Cmd {
	k := s.tools()
	return k.askFor(s, a.on, "Add to ", "record", "MX ", "a record without its owner, as MX 30 mx3, or with a TTL before it",
		func(text string) (act, error) {
			d, err := k.draftOf(text)
			return k.addingTo(d), err
		})
}

// askExchanges asks for the MX that the chosen names get in the place of theirs.
type askExchanges struct{ on chosen }

func (a askExchanges) do(s stage) tea.Cmd {
	k, c, now := s.tools(), a.on, ""
	if len(c.names) == 0 {
		c = s.chosen()
	}
	if len(c.names) > 0 && (c.alike || len(c.names) == 1) {
		now = exchangesText(k.doc.Zone(), c.names[0])
	}
	return k.askFor(s, c, "MX of ", "MX", now, "hosts with their preferences, as 10 mx1, 20 mx2; without numbers they count by tens",
		func(text string) (act, error) {
			ds, err := draftsOf(k.doc.Zone(), text)
			a := replacing(ds)
			var set []string
			for _, d := range ds {
				set = append(set, k.show(d.RData))
			}
			a.does = func(of string) string { return "MX of " + of + ": " + strings.Join(set, ", ") }
			return a, err
		})
}

// askFor asks for a line, and makes an act of it for the chosen names.
func (k *kit) askFor(s stage, c chosen, heading, label, now, hint string, read func(text string) (act, error)) tea.Cmd {
	on := c.names
	if len(on) == 0 {
		c = s.chosen()
	}
	if c.hidden > 0 {
		s.tell(c.hides())
		return nil
	}
	of := k.namesOf(c.names)
	d := &entry{kit: k, heading: heading + of[len(of)-1], details: []string{k.someOf(c.names), hint}, field: k.newField(partData, "", now)}
	d.field.label = label
	d.accept = func(text string) []action {
		a, err := read(text)
		if err != nil {
			d.wrong = err.Error()
			return nil
		}
		if !c.marked {
			a.on = on
		}
		return []action{pop{}, a}
	}
	s.push(d)
	return nil
}

// exchangesText is the MX of a name as one types them.
func exchangesText(z *zonefile.Zone, n zonefile.Name) string {
	var texts []string
	for _, tier := range z.Tiers(n) {
		for _, r := range tier {
			p, ok := r.Preference()
			host, named := r.Target()
			if !ok || !named {
				return ""
			}
			texts = append(texts, exchangeDraft(z, int(p), host).RData)
		}
	}
	return strings.Join(texts, ", ")
}

// draftsOf reads MX as one types them.
func draftsOf(z *zonefile.Zone, text string) (ds []zonefile.Draft, err error) {
	last := 0
	for _, one := range strings.Split(text, ",") {
		words := strings.Fields(one)
		if len(words) == 0 || len(words) > 2 {
			return nil, fmt.Errorf("%q: a preference and a host, as 10 mx1", strings.TrimSpace(one))
		}
		if last += 10; len(words) == 2 {
			n, err := strconv.ParseUint(words[0], 10, 16)
			if err != nil {
				return nil, fmt.Errorf("%q: a preference is a number up to 65535", words[0])
			}
			last = int(n)
		}
		hosts := readings(z, words[len(words)-1])
		if len(hosts) == 0 || last > 1<<16-1 {
			return nil, fmt.Errorf("%q: a host is one name, as mx1, or mx1.example.com. with its dot", words[len(words)-1])
		}
		ds = append(ds, exchangeDraft(z, last, hosts[0]))
	}
	return ds, nil
}

// draftOf reads a record without its owner.
func (k *kit) draftOf(text string) (zonefile.Draft, error) {
	d, err := zonefile.ReadDraft(text)
	if words := strings.Fields(d.RData); err == nil && d.Type == zonefile.TypeMX && len(words) == 2 {
		ds, err := draftsOf(k.doc.Zone(), d.RData)
		if err != nil {
			return d, err
		}
		d.RData = ds[0].RData
	}
	if err == nil && d.Type == zonefile.TypeSOA {
		err = errors.New("a zone has one SOA, at its own name")
	}
	if err == nil {
		_, err = k.doc.Zone().Many().Add(d) // to nobody: is it a record?
	}
	return d, err
}

// mostListed is how many names a question about many names has by name.
const mostListed = 20

// someOf is some names, and how many there are besides.
func (k *kit) someOf(names []zonefile.Name) string {
	var written []string
	for _, n := range names[:min(len(names), mostListed)] {
		written = append(written, k.written(n))
	}
	text := strings.Join(written, ", ")
	if more := len(names) - len(written); more > 0 {
		text += " and " + itoa(more) + " more"
	}
	return text
}
