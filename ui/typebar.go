package ui

// The bar of types in a form for a new record: what people add stands in it, and any other type is typed by its name. What is
// typed there replaces what stood there, and a part of a name is enough. The record is begun anew for the name that the form is
// about, so that one may look at several types and come back.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// commonTypes is what the bar has: the policies of mail stand in it by their names.
func commonTypes() []string {
	return []string{"MX", "A", "AAAA", "SPF", "DMARC", "DKIM", "TLSA", "SRV", "CNAME", "TXT", "CAA", "MTA-STS", "TLS-RPT", "NS", "PTR"}
}

// typeField is the bar.
func (f *formRecord) typeField() field {
	d := f.newField(partType, "type", f.offered)
	d.check = checkType
	d.finish = func(text string) string {
		if match := typesWith(text); len(match) > 0 {
			return match[0]
		}
		return text
	}
	d.note = func(text string) string {
		if match := typesWith(text); text != "" && len(match) > 1 {
			return strings.Join(match[:min(len(match), 8)], " ")
		}
		return ""
	}
	d.was, d.fresh = "", true
	d.suggest(append(commonTypes(), zonefile.TypeNames()...))
	return d
}

// typesWith is the types that a text is, or that start with it: those of the bar come first.
func typesWith(text string) (match []string) {
	text = strings.ToUpper(text)
	rare := zonefile.TypeNames()
	slices.Sort(rare)
	for _, name := range append(commonTypes(), rare...) {
		switch {
		case name == text:
			match = slices.Insert(match, 0, name)
		case strings.HasPrefix(name, text) && !slices.Contains(match, name):
			match = append(match, name)
		}
	}
	if t, ok := zonefile.ParseType(text); ok && t.InZones() && len(match) == 0 { // by its number
		return []string{text}
	}
	return match
}

// checkType wants the name of a type or of a policy, or a part of one.
func checkType(text string) error {
	if len(typesWith(text)) > 0 {
		return nil
	}
	if t, ok := zonefile.ParseType(text); ok {
		return fmt.Errorf("%s stands in no zone", t)
	}
	return errNoType
}

// isType tells the whole name of a type or of a policy.
func isType(text string) bool {
	match := typesWith(text)
	return len(match) > 0 && match[0] == strings.ToUpper(text)
}

// bar draws the types, as many as there is room for around the one that the form is for, and tells where there are more.
func (k *kit) bar(d *field, width int, here bool) string {
	all := commonTypes()
	at := slices.Index(all, d.value())
	if at < 0 {
		all, at = append([]string{d.value()}, all...), 0
	}
	room := width - 2 - labelRoom
	return k.labelOf(d.label, here) + k.Line(room, false, k.typesAround(all, at, room-1)...)
}

// typesAround is the types that have room around one of them, which has it in any case; marks stand for those that have none.
func (k *kit) typesAround(all []string, at, room int) (spans []draw.Span) {
	more := draw.Ink(k.Glyphs.More, k.Styles.Dim)
	from, used := 0, 0
	for from < at && typesWidth(all[from:at+1])+2 > room {
		from++
	}
	if from > 0 {
		spans, used = append(spans, more), 1
	}
	for i, name := range all[from:] {
		mark := min(len(all)-1-from-i, 1) // room for the mark that others follow
		if used += typesWidth([]string{name}); used+mark > room && from+i > at {
			return append(spans, more)
		}
		text, style := " "+name+" ", k.Styles.Dim
		if from+i == at {
			text, style = "["+name+"]", k.Styles.Plain // a title alone is bold in brackets
		}
		spans = append(spans, draw.Ink(text, style))
	}
	return spans
}

// typesWidth is how wide types are in the bar.
func typesWidth(names []string) int { return ansi.StringWidth(strings.Join(names, "  ")) + 2 }
