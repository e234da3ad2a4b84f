package ui

// Which fields a form has, and which edits they make.

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/references"
)

// newFields is the fields of a form that adds a record.
func (f *formFields) newFields(owner string) []field {
	owner = f.ownerFor(owner)
	f.as = asFields{}
	if f.offered == "" {
		f.offered = f.typ.String()
	}
	data := f.begun(owner)
	if data == nil {
		data = f.dataFields(f.origin(), nil)
	}
	list := append(append([]field{f.typeField()}, f.ownerFields(owner)...), data...)
	list = append(list, f.tailFields("", "")...)
	for i := range list {
		list[i].was = ""
	}
	return list
}

// editFields is the fields of a form that edits a record. Names are as the line has them: relative to
// the origin in force there.
func (f *formFields) editFields() []field {
	r := f.record
	owner := f.newField(partOwner, "owner", r.Owner().In(r.Origin()))
	owner.check, owner.note, owner.finish = checkName(r.Origin()), nameNote(r.Origin()), asciiName
	list := append([]field{owner}, f.dataFields(r.Origin(), r.RData())...)
	ttl := ""
	if seconds, stated := r.StatedTTL(); stated {
		ttl = zonefile.FormatTTL(seconds)
	}
	return append(list, f.tailFields(ttl, strings.TrimSpace(strings.TrimPrefix(r.Comment(), ";")))...)
}

// tailFields is TTL and comment.
func (f *formFields) tailFields(ttl, comment string) []field {
	t := f.newField(partTTL, "TTL", ttl)
	t.check, t.note = checkTTL, f.ttlNote
	return []field{t, f.newField(partComment, "comment", comment)}
}

// dataFields is the fields of the type's data, filled with tokens if there are any.
func (f *formFields) dataFields(origin zonefile.Name, toks []zonefile.Token) []field {
	f.as = asFields{}
	if list := f.fieldsOfRecord(); len(toks) > 0 && list != nil {
		return list
	}
	names := f.typ.FieldNames()
	if kind, ok := policy.KindOf(f.typ.String()); ok {
		return []field{f.dataField(kind, f.recordText(), toks)}
	}
	if names == nil || len(toks) > 0 && (len(toks) != len(names) || toks[0].Raw == `\#`) {
		return []field{f.wholeData(toks)}
	}
	var list []field
	for i, label := range names {
		value := f.usual(i)
		if len(toks) > 0 {
			value = toks[i].Raw
		}
		d := f.newField(part(i), label, value)
		f.equip(&d, origin)
		list = append(list, d)
	}
	return list
}

// usual is what a field of a new record starts with.
func (f *formFields) usual(i int) string {
	if f.typ != zonefile.TypeMX || part(i) != part(zonefile.Preference) {
		return ""
	}
	last := 0
	for _, tier := range f.doc.Zone().Tiers(f.kit.name) {
		if p, ok := tier[0].Preference(); ok {
			last = int(p)
		}
	}
	return itoa(min(last+10, 1<<16-1))
}

// equip gives a field of the data its check, its completion and what is said beside it.
func (f *formFields) equip(d *field, origin zonefile.Name) {
	switch d.label {
	case "preference":
		d.check = checkNumber(1<<16 - 1)
	case "serial":
		d.check = checkNumber(1<<32 - 1)
	case "address":
		d.check = checkAddress(f.typ)
	case "exchange":
		f.takesHost(d, origin)
		note := d.note
		d.note = func(text string) string {
			if text == "." { // RFC 7505
				return "null MX: accepts no mail"
			}
			return note(text)
		}
	case "target":
		f.takesHost(d, origin)
	case "primary", "mailbox":
		d.check, d.note, d.finish = checkName(origin), nameNote(origin), asciiName
	default: // the SOA's times
		d.check = func(text string) error {
			if text == "" {
				return fmt.Errorf("seconds, or units as 1h30m")
			}
			return checkTTL(text)
		}
	}
}

// ttlNote says what an empty TTL means.
func (f *formFields) ttlNote(text string) string {
	set := f.doc.Zone().RRset(f.owner(), f.typ)
	switch {
	case text != "" && len(set) > 1:
		return fmt.Sprintf("for all %d %s records of the name", len(set), f.typ)
	case text != "":
		return ""
	case !f.record.IsZero():
		return "empty: inherits, now " + inheritedTTL(f.record)
	case len(set) > 0:
		return "empty: as the others, " + ttlText(set[0])
	}
	return "empty: the zone's default"
}

// edits is the change that the form makes.
func (f *formFields) edits(z *zonefile.Zone) ([]zonefile.Edit, error) {
	lines, err := f.everywhereLines()
	if err != nil {
		return nil, err
	}
	return f.editsOf(z, lines)
}

// editsOf is that change where it is made in some lines besides; none: in the record alone.
func (f *formFields) editsOf(z *zonefile.Zone, lines []references.Line) ([]zonefile.Edit, error) {
	for i := range f.fields {
		if err := f.fields[i].err(); err != nil {
			return nil, fmt.Errorf("%s: %w", f.fields[i].label, err)
		}
	}
	var steps []func(*zonefile.Zone) ([]zonefile.Edit, error)
	if f.record.IsZero() {
		steps = append(steps, func(z *zonefile.Zone) ([]zonefile.Edit, error) { return z.Add(f.draft()) })
	} else {
		steps = append(steps, f.setSteps(lines)...)
	}
	for _, d := range f.addressDrafts() {
		steps = append(steps, func(z *zonefile.Zone) ([]zonefile.Edit, error) { return z.Add(d) })
	}
	return zonefile.Chain(z, append(steps, f.raiseID)...)
}

// draft is the new record.
func (f *formFields) draft() zonefile.Draft {
	return zonefile.Draft{Owner: f.owner(), TTL: f.value(partTTL), Type: f.typ, RData: f.rdata(), Comment: f.value(partComment)}
}

// rdata is the data that the fields make.
func (f *formFields) rdata() string {
	if f.as.on {
		return f.policyData()
	}
	if d := f.field(partText); d != nil {
		return zonefile.Quote(d.input.Value())
	}
	if d := f.field(partData); d != nil {
		return d.value()
	}
	var words []string
	for _, d := range f.fields {
		if d.part >= 0 {
			words = append(words, d.value())
		}
	}
	return strings.Join(words, " ")
}

// setSteps is one step for each field that was changed. The record is found again after each.
func (f *formFields) setSteps(lines []references.Line) []func(*zonefile.Zone) ([]zonefile.Edit, error) {
	r := f.record
	var last []zonefile.Edit
	var steps []func(*zonefile.Zone) ([]zonefile.Edit, error)
	for _, set := range f.setters(lines) {
		steps = append(steps, func(z *zonefile.Zone) ([]zonefile.Edit, error) {
			if r = r.In(z, last).Record(); r.IsZero() {
				return nil, fmt.Errorf("after the fields before it this is no record any more")
			}
			var err error
			last, err = set(z, r)
			return last, err
		})
	}
	return steps
}

// setters is those of the fields that were changed.
func (f *formFields) setters(lines []references.Line) (list []setter) {
	value, _ := f.valuePart()
	if len(lines) > 0 {
		list = append(list, linesSetter(lines))
	}
	for _, d := range f.fields {
		if d.part <= partPolicy || len(lines) > 0 && d.part == value {
			continue
		}
		if field, text, changed := f.setting(&d); changed {
			list = append(list, func(z *zonefile.Zone, r zonefile.Record) ([]zonefile.Edit, error) { return z.Set(r, field, text) })
		}
	}
	return append(list, f.policySetters()...)
}

// setting is the field of the record that a field of the form changes, and its new text.
func (f *formFields) setting(d *field) (field zonefile.Field, text string, changed bool) {
	switch text = d.value(); d.part {
	case partOwner:
		field = zonefile.FieldOwner
	case partTTL:
		field = zonefile.FieldTTL
	case partComment:
		field = zonefile.FieldComment
	case partData:
		field = zonefile.FieldRData
	case partText:
		return zonefile.FieldRData, zonefile.Quote(d.input.Value()), d.input.Value() != d.was
	case partIPv4, partIPv6, partRaise, partEverywhere, partType:
		return 0, "", false
	default:
		field = zonefile.Field(d.part)
	}
	return field, text, text != d.was
}

// wholeData is the one field of a type without named fields.
func (f *formFields) wholeData(toks []zonefile.Token) field {
	if f.typ != zonefile.TypeTXT && f.typ != zonefile.TypeSPF {
		return f.newField(partData, "data", joinTokens(toks))
	}
	return f.textField(f.recordText(), toks)
}
