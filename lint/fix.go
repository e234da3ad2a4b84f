package lint

// A fix belongs to no version of the zone: it finds its records in the one that it is applied to, and makes nothing where
// one of them is gone or says something else, for then what it was offered for may be so no more.

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Fix is a change that puts a finding right.
type Fix struct {
	Message string            // a verb phrase: "replace the alias by its target"
	Safe    bool              // guesses nothing, asks nothing, changes neither a TTL nor a route that works today
	Needs   []zonefile.Field  // what must be asked first; the answers are Make's values, in this order
	Make    making            // makes the edits
	Of      []zonefile.Record // the records that it is made of

	beside []zonefile.Record // others that have to be there: what they say is why it is offered
}

// making makes the edits of a fix in any version of the zone, of records as they stand there.
type making func(z *zonefile.Zone, now []zonefile.Record, values []string) ([]zonefile.Edit, error)

// Edits makes the fix in a version of the zone, after checking that every value it needs is there.
func (f Fix) Edits(z *zonefile.Zone, values ...string) ([]zonefile.Edit, error) {
	if len(values) != len(f.Needs) {
		return nil, fmt.Errorf("to %s takes %d values, not %d", f.Message, len(f.Needs), len(values))
	}
	for i, v := range values {
		if strings.TrimSpace(v) == "" {
			return nil, fmt.Errorf("to %s takes a value that is not empty (number %d)", f.Message, i+1)
		}
	}
	for _, r := range f.beside {
		if _, err := present(z, r); err != nil {
			return nil, err
		}
	}
	now := slices.Clone(f.Of)
	for i, r := range f.Of {
		var err error
		if now[i], err = present(z, r); err != nil {
			return nil, err
		}
	}
	return f.Make(z, now, values)
}

// since is a fix that is right as long as some records are there.
func (f Fix) since(records ...zonefile.Record) Fix {
	for _, r := range records {
		if !slices.Contains(f.Of, r) {
			f.beside = append(slices.Clip(f.beside), r)
		}
	}
	return f
}

// present finds a record in another version of its zone: the one that stands in the same file, written the same and
// meaning the same. Of several alike it is the one of the same number, if there are as many as there were: what is wrong
// with a second one is right with the only one. A record of another zone is what it is.
func present(z *zonefile.Zone, r zonefile.Record) (zonefile.Record, error) {
	if z == r.Zone() || z.Origin() != r.Zone().Origin() {
		return r, nil
	}
	was, now := alike(r.Zone(), r), alike(z, r)
	if i := slices.Index(was, r); i >= 0 && len(was) == len(now) {
		return now[i], nil
	}
	return r, gone(r.File(), r.Words())
}

// alike is the records of a version that are written as a record is, and mean the same.
func alike(z *zonefile.Zone, r zonefile.Record) []zonefile.Record {
	return slices.DeleteFunc(slices.Clone(z.RRset(r.Owner(), r.Type())), func(o zonefile.Record) bool {
		return o.File().Name() != r.File().Name() || o.TTL() != r.TTL() || o.Origin() != r.Origin() || !bytes.Equal(o.Text(), r.Text())
	})
}

// presentRow is present for a row of a version that is no record, in z: one that is written the same in the same file.
func presentRow(z, version *zonefile.Zone, row zonefile.Row) (zonefile.Row, error) {
	if z == version {
		return row, nil
	}
	was, now := rowsAs(version, row), rowsAs(z, row)
	if i := slices.Index(was, row); i >= 0 && len(was) == len(now) {
		return now[i], nil
	}
	return row, gone(row.File(), row.Span())
}

// rowsAs is the rows of a version that are written as a row of its file is.
func rowsAs(z *zonefile.Zone, as zonefile.Row) (out []zonefile.Row) {
	f := z.File(as.File().Name())
	if f == nil {
		return nil
	}
	for w := range z.FileRows(f, 0) {
		if bytes.Equal(w.Text(), as.Text()) {
			out = append(out, w)
		}
	}
	return out
}

// gone says that a fix does not find what it is for. The line is that of the version in which it was found.
func gone(f *zonefile.File, s zonefile.Span) error {
	line, _, _ := strings.Cut(string(f.Slice(s)), "\n")
	return fmt.Errorf("%s:%d: %s is gone or was changed since it was examined: see what is found now",
		f.Name(), f.Position(s.Start).Line, quoteText(strings.TrimSpace(line)))
}
