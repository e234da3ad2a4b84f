package ui

// What came of a key for the order of MX records, read from the two versions and not from the key: a reorder changes as few
// numbers as it can, so that the record that was moved may keep its own.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// ranked is an MX with its preference before and after.
type ranked struct {
	host     string // as the zone writes it
	was, now uint16
}

// turned tells whether the preference is another.
func (r ranked) turned() bool { return r.was != r.now }

// text is the host with its numbers.
func (r ranked) text() string {
	if !r.turned() {
		return fmt.Sprintf("%s still %d", r.host, r.now)
	}
	return fmt.Sprintf("%s %d -> %d", r.host, r.was, r.now)
}

// ranking is what became of the preferences of a name.
type ranking struct {
	mx     ranked
	others []ranked
}

// orderOf reads the preferences of the name of the record that was moved. It is false where there is no such record.
func (k *kit) orderOf(e document.Edited) (o ranking, ok bool) {
	mx := e.Was.Record()
	if mx.IsZero() {
		return o, false
	}
	for _, r := range e.From.RRset(mx.Owner(), zonefile.TypeMX) {
		x, known := k.rankedIn(e, r)
		switch {
		case r == mx:
			o.mx, ok = x, known
		case known:
			o.others = append(o.others, x)
		}
	}
	return o, ok
}

// rankedIn is a record with its preference before and after.
func (k *kit) rankedIn(e document.Edited, r zonefile.Record) (ranked, bool) {
	host, named := r.Target()
	was, ok := r.Preference()
	if !named || !ok {
		return ranked{}, false
	}
	now, ok := e.In(r).Preference()
	return ranked{k.written(host), was, now}, ok
}

// place is how far behind in the order the record stands: twice the records before it, and one for each beside it.
func (o ranking) place(of func(ranked) uint16) (n int) {
	for _, r := range o.others {
		switch {
		case of(r) < of(o.mx):
			n += 2
		case of(r) == of(o.mx):
			n++
		}
	}
	return n
}

// direction is "up" where the record is tried earlier than before, "down" where later, and else "".
func (o ranking) direction() string {
	was, now := o.place(func(r ranked) uint16 { return r.was }), o.place(func(r ranked) uint16 { return r.now })
	switch {
	case now < was:
		return "up"
	case now > was:
		return "down"
	}
	return ""
}

// moved is what came of moves past other tiers.
func (k *kit) moved(e document.Edited) []string {
	o, ok := k.orderOf(e)
	way := o.direction()
	switch {
	case !ok:
		return []string{"another order"}
	case way == "":
		return k.shifted(e)
	case !o.mx.turned():
		return o.beside(fmt.Sprintf("%s %s: still %d", o.mx.host, way, o.mx.now), fmt.Sprintf("%s: still %d", way, o.mx.now))
	}
	return o.beside(fmt.Sprintf("%s %s: %d -> %d", o.mx.host, way, o.mx.was, o.mx.now), fmt.Sprintf("%s: %d -> %d", way, o.mx.was, o.mx.now))
}

// shifted is what came of raising and lowering a preference.
func (k *kit) shifted(e document.Edited) []string {
	o, ok := k.orderOf(e)
	switch {
	case !ok:
		return []string{"another preference"}
	case !o.mx.turned():
		return o.beside(fmt.Sprintf("%s: preference %d as before", o.mx.host, o.mx.now), fmt.Sprintf("preference %d as before", o.mx.now))
	}
	number := fmt.Sprintf("preference %d -> %d", o.mx.was, o.mx.now)
	words := o.beside(o.mx.host+": "+number, number)
	if tier := o.tier(); len(tier) > 0 && o.direction() != "" {
		words = slices.Insert(words, 1, words[0])
		words[0] += ", beside " + joinFew(tier, 2)
	}
	return words
}

// joined is what came of joining the tier above.
func (k *kit) joined(e document.Edited) []string {
	o, ok := k.orderOf(e)
	if !ok {
		return []string{"another tier"}
	}
	number := fmt.Sprintf(" share a tier now (%d)", o.mx.now)
	var words []string
	tier := o.tier()
	for n := min(len(tier), 3); n > 0; n-- {
		names := tier[:n:n]
		if n < len(tier) {
			words = append(words, fmt.Sprintf("%s and %s +%d%s", strings.Join(names, ", "), o.mx.host, len(tier)-n, number))
			continue
		}
		words = append(words, strings.Join(names, ", ")+" and "+o.mx.host+number)
	}
	return append(words, fmt.Sprintf("%s %d -> %d", o.mx.host, o.mx.was, o.mx.now), fmt.Sprintf("tier of %d now (%d)", len(tier)+1, o.mx.now))
}

// tier is the hosts that have the number of the record now.
func (o ranking) tier() (hosts []string) {
	for _, r := range o.others {
		if r.now == o.mx.now {
			hosts = append(hosts, r.host)
		}
	}
	return hosts
}

// beside is a text with the other records that had to change, the longest wording first; short is the text without a name.
func (o ranking) beside(text, short string) (words []string) {
	var others []string
	for _, r := range o.others {
		if r.turned() {
			others = append(others, r.text())
		}
	}
	for _, names := range many(others, 3) {
		words = append(words, text+"; "+names+" made room")
	}
	if n := len(others); n > 0 {
		words = append(words, text+"; "+zonefile.Plural(n, "other", "others")+" made room")
	}
	return append(words, text, short)
}
