package lint

// Changes of the text of a TXT record: what is not changed stays as it is written, with its quotes, escapes and parentheses.

import (
	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// AtFault reports a fault of the tag list that a record holds, and offers its remedy.
func (p *Pass) AtFault(v txtValue, f policy.Fault, before string) {
	d := p.AtText(v, f.Start, f.End, "%s%s", before, f.Text)
	if len(f.Remedy.Changes) > 0 {
		d.Offer(changeText(f.Remedy.Words, f.Remedy.Safe, v, f.Remedy.Changes...))
	}
}

// changeText is a fix that changes parts of the text of a record.
func changeText(message string, safe bool, v txtValue, changes ...policy.Change) Fix {
	return Fix{
		Message: message,
		Safe:    safe,
		Make: func(_ *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			return textEdits(now[0], changes), nil
		},
		Of: []zonefile.Record{v.Record},
	}
}

// textEdits writes changes of its text into a record.
func textEdits(r zonefile.Record, changes []policy.Change) []zonefile.Edit {
	list := make([]zonefile.TextChange, len(changes))
	for i, c := range changes {
		list[i] = zonefile.TextChange{Start: c.Start, End: c.End, New: c.New}
	}
	return r.TextEdits(list...)
}
