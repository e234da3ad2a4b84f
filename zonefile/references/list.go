package references

// What a change of a name or of an address finds in zones: the lines, each by itself, and what is to be said of the rest.

import (
	"errors"
	"fmt"

	"github.com/mailzone/mailzone/zonefile"
)

// A Line is a record that changes.
type Line struct {
	Record  zonefile.Record
	Is      string // its owner, type and data
	Becomes string

	change   zonefile.Rewrite
	from, to zonefile.Name // the name that becomes another; "" where that is an address
}

// A Kept is a record that speaks of what is changed and stays as it is.
type Kept struct {
	Row zonefile.Row // its line, which need not be one of a record
	Is  string
	As  string // in what it speaks of it, where that is nothing that a change writes: "a comment has"
	Why error  // with the place, and with what to do
}

// reason is why it stays, without the place.
func (k Kept) reason() string {
	if why := errors.Unwrap(k.Why); why != nil {
		return why.Error()
	}
	return k.Why.Error()
}

// A List is all that a change is about.
type List struct {
	Lines  []Line
	Stuck  []Kept   // they should change and cannot: they lead to what is gone then
	Kept   []Kept   // they are right as they are, or for somebody to decide
	Unread []string // what was not looked in
	Caches uint32   // for how many seconds caches keep what there was
}

// Edits is the change of some lines, as far as they are in a zone.
func Edits(z *zonefile.Zone, lines []Line) ([]zonefile.Edit, error) { return EditsWhile(nil, z, lines) }

// EditsWhile is Edits that ends where goesOn says that nobody waits; nil: somebody does.
func EditsWhile(goesOn func() bool, z *zonefile.Zone, lines []Line) ([]zonefile.Edit, error) {
	var list []zonefile.Rewrite
	var from, to zonefile.Name
	for _, l := range lines {
		if l.Record.Zone() == z {
			list, from, to = append(list, l.change), l.from, l.to
		}
	}
	if from != "" {
		return z.RewriteBelow(goesOn, from, to, list...)
	}
	return z.RewriteWhile(goesOn, list...)
}

// Told is what is to be said of a change beside its lines, a sentence each. Of many lines that stay for one reason the first are told,
// and how many more there are: an address of a big provider stands in the SPF records of all customers.
func (l List) Told() (out []error) {
	more := map[string]int{} // of each reason, how many lines are not told yet
	for _, k := range l.Kept {
		more[k.reason()]++
	}
	told := map[string]int{}
	for _, k := range l.Kept {
		why := k.reason()
		if told[why]++; told[why] > mostTold {
			continue
		}
		out = append(out, k.Why)
		if more[why]--; told[why] == mostTold && more[why] > 0 {
			out = append(out, fmt.Errorf("and %s: %s", zonefile.Plural(more[why], "line more", "lines more"), why))
		}
	}
	for _, text := range l.Unread {
		out = append(out, errors.New(text))
	}
	if text := l.CachesText(); text != "" {
		out = append(out, errors.New(text))
	}
	return out
}

// CachesText says for how long caches keep what there was; "" where they keep nothing.
func (l List) CachesText() string {
	if l.Caches == 0 {
		return ""
	}
	ttl := zonefile.FormatTTL(l.Caches)
	if last := ttl[len(ttl)-1]; '0' <= last && last <= '9' {
		ttl += "s"
	}
	return fmt.Sprintf("caches keep what there was for up to %s after the name servers have the change", ttl)
}

// Whole is why a change cannot be made whole; nil if it can.
func (l List) Whole() error {
	switch more := len(l.Stuck) - 1; more {
	case -1:
		return nil
	case 0:
		return l.Stuck[0].Why
	default:
		return fmt.Errorf("%w, and %s", l.Stuck[0].Why, zonefile.Plural(more, "line more cannot be changed", "lines more cannot be changed"))
	}
}

// Exists is the refusal of a name or an address that has records already.
type Exists struct {
	Name    zonefile.Name
	Records []zonefile.Record
}

// mostTold is how many records a sentence tells, and how many sentences tell of one reason.
const mostTold = 3

// Error tells the records.
func (e Exists) Error() string {
	var told []string
	for _, r := range e.Records[:min(len(e.Records), mostTold)] {
		told = append(told, r.Place()+": "+said(r))
	}
	if more := len(e.Records) - len(told); more > 0 {
		told = append(told, fmt.Sprintf("%d more", more))
	}
	return fmt.Sprintf("%s is there already (%s): choose another, or delete what is there first", e.Name, zonefile.List(told, "and"))
}

// said is a record on one line.
func said(r zonefile.Record) string { return alteration{record: r}.is() }
