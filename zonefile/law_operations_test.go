package zonefile

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// This file is the edits that the law is tried with, and what each should change.

// operation is one kind of edit on a record.
type operation struct {
	name string
	do   func(z *Zone, r Record) ([]Edit, error)
	// effect turns the record's line of the listing into what it should be: "" for gone.
	effect func(line string, r Record) string
	adds   func(z *Zone, r Record) []string
	order  bool // records may change their order
}

// same is the effect of operations that leave the record as it is.
func same(line string, _ Record) string { return line }

// gone is the effect of operations that take the record away.
func gone(string, Record) string { return "" }

// setTTLOf is a listing's line with another TTL.
func setTTLOf(line string, ttl uint32) string {
	f := strings.SplitN(line, " ", 3)
	return f[0] + " " + FormatTTL(ttl) + " " + f[2]
}

// newTXT is the record that the tests add.
const newTXT = `"law"`

// operations is every edit of the package.
func operations(z *Zone) []operation {
	addLine := func(z *Zone, r Record) []string {
		ttl := r.TTL()
		if set := z.RRset(r.Owner(), TypeTXT); len(set) > 0 {
			ttl = z.RRsetTTL(set[0])
		}
		return []string{string(r.Owner()) + " " + FormatTTL(ttl) + " TXT " + newTXT}
	}
	insert := func(z *Zone, r Record) ([]Edit, error) {
		return z.Insert(Draft{Owner: r.Owner(), Type: TypeTXT, RData: newTXT, TTL: FormatTTL(addTTL(z, r))}, After(r))
	}
	return []operation{
		{name: "delete", do: func(z *Zone, r Record) ([]Edit, error) { return z.Delete(r) }, effect: gone},
		{name: "comment", do: func(z *Zone, r Record) ([]Edit, error) { return z.CommentOut(r) }, effect: gone},
		{name: "insert", do: insert, effect: same, adds: addLine},
		{name: "owner", do: func(z *Zone, r Record) ([]Edit, error) { return z.Set(r, FieldOwner, "law-owner.test.") },
			effect: func(line string, r Record) string {
				_, rest, _ := strings.Cut(setTTLOf(line, r.TTL()), " ")
				return "law-owner.test. " + rest
			}},
		{name: "ttl", do: func(z *Zone, r Record) ([]Edit, error) { return z.Set(r, FieldTTL, "4242") },
			effect: func(line string, r Record) string { return setTTLOf(line, 4242) }},
		{name: "data", do: setData, effect: func(line string, r Record) string {
			f := strings.SplitN(line, " ", 4)
			return strings.Join(append(f[:3], lawData[r.Type()].canonical), " ")
		}},
		{name: "comment-and-back", do: commentAndBack, effect: same},
		{name: "add", do: func(z *Zone, r Record) ([]Edit, error) {
			return z.Add(Draft{Owner: r.Owner(), Type: TypeTXT, RData: newTXT, TTL: FormatTTL(addTTL(z, r))})
		}, effect: same, adds: addLine},
		{name: "set-comment", do: func(z *Zone, r Record) ([]Edit, error) { return z.Set(r, FieldComment, "law") }, effect: same},
		{name: "copy", do: copyName, effect: same, adds: copyLines},
		{name: "move", do: moveToOther, effect: same, order: true},
		{name: "bump", do: func(z *Zone, r Record) ([]Edit, error) { return z.BumpSerial(SerialAuto, time.Unix(0, 0)) },
			effect: func(line string, r Record) string {
				if soa, _ := r.Zone().SOA(); soa != r && (r.Type() != TypeSOA || soa.Owner() != r.Owner() || soa.dataKey() != r.dataKey()) {
					return line
				}
				old, _ := r.Zone().Serial()
				f := strings.Split(line, " ")
				f[len(f)-5] = fmt.Sprint(max(old+1, 1))
				return strings.Join(f, " ")
			}},
	}
}

// lawData is the data that the tests set, as it is written and as it is listed.
var lawData = map[Type]struct{ written, canonical string }{
	TypeA: {"192.0.2.222", "192.0.2.222"}, TypeAAAA: {"2001:DB8::222", "2001:db8::222"},
	TypeMX: {"4242 law.test.", "4242 law.test."}, TypeNS: {"law.test.", "law.test."}, TypeCNAME: {"Law.Test.", "law.test."},
	TypePTR: {"law.test.", "law.test."}, TypeSRV: {"1 2 3 law.test.", "1 2 3 law.test."}, TypeTXT: {`"law" "of edits"`, `"law" "of edits"`},
}

// errNoData leaves out the types that lawData has nothing for.
var errNoData = errors.New("no data for the type")

// setData sets every field of a record's data.
func setData(z *Zone, r Record) ([]Edit, error) {
	d, ok := lawData[r.Type()]
	if !ok || r.Foreign() {
		return nil, errNoData
	}
	generic := string(r.word(0)) == `\#` // RFC 3597: its words are no fields
	if len(r.Type().FieldNames()) == 0 || generic || r.File().ReadOnly() != "" {
		return z.Set(r, FieldRData, d.written)
	}
	var steps []func(*Zone) ([]Edit, error)
	at := r.Span().Start
	for i, word := range strings.Fields(d.written) {
		steps = append(steps, func(now *Zone) ([]Edit, error) {
			return now.Set(now.RowAt(now.File(r.File().Name()), at).Record(), Field(i), word)
		})
	}
	return Chain(z, steps...)
}

// commentAndBack comments a record out and back in. Other lines may have grown by then.
func commentAndBack(z *Zone, r Record) ([]Edit, error) {
	out, err := z.CommentOut(r)
	if err != nil {
		return nil, err
	}
	return Chain(z, func(*Zone) ([]Edit, error) { return out, nil }, func(now *Zone) ([]Edit, error) {
		return now.Uncomment(r.In(now, out))
	})
}

// addTTL is the TTL with which the tests add a TXT record: that of the RRset, else that of r.
func addTTL(z *Zone, r Record) uint32 {
	if set := z.RRset(r.Owner(), TypeTXT); len(set) > 0 {
		return z.RRsetTTL(set[0])
	}
	return r.TTL()
}

// moveToOther moves a record behind another one of its file.
func moveToOther(z *Zone, r Record) ([]Edit, error) {
	var all []Record
	for o := range z.Records() {
		if o.File() == r.File() {
			all = append(all, o)
		}
	}
	i := slices.Index(all, r)
	return z.Move(r, After(all[(i*7+3)%len(all)]))
}

// lawCopy is the name that copies have.
func lawCopy(z *Zone) Name {
	n, _ := ParseName("law-copy", z.Origin())
	return n
}

// copyName copies the name that a record is the first of, where all that it has can be read.
func copyName(z *Zone, r Record) ([]Edit, error) {
	all := z.Copied(r.Owner())
	unread := func(r Record) bool { _, broken := (Row{r}).Problem(); return broken }
	if len(all) == 0 || all[0] != r || lawCopy(z) == "" || slices.ContainsFunc(all, unread) {
		return nil, errNoData
	}
	return z.CopyName(r.Owner(), lawCopy(z))
}

// copyLines is what a copy of the name of a record has.
func copyLines(z *Zone, r Record) (lines []string) {
	for _, line := range (lister{}).list(z) {
		f := strings.SplitN(line, " ", 4)
		stays := slices.Contains([]string{"foreign", "RRSIG", "NSEC", "NSEC3"}, f[2]) || r.Owner() == z.Origin() && (f[2] == "SOA" || f[2] == "NS")
		if f[0] == string(r.Owner()) && !stays {
			lines = append(lines, string(lawCopy(z))+line[len(f[0]):])
		}
	}
	return lines
}
