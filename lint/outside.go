package lint

// What DNS says about names that no loaded zone knows. It is asked before a run and comes in as an argument:
// rules see the answers only, and where there is none they claim nothing.

import (
	"maps"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Question is a name and a type that DNS is asked about.
type Question struct {
	Name zonefile.Name
	Type zonefile.Type
}

// String is the question in words.
func (q Question) String() string { return string(q.Name) + " " + q.Type.String() }

// Reply is what DNS said to a question: whether there is something, and the records that say so, aliases
// included, as lines of a zone file. A question without a sure answer has no reply.
type Reply struct {
	Result  zonefile.Result // Found, NoData or NoName
	Records []string
}

// Outside is the replies of DNS. A nil one holds none; it never changes.
type Outside struct {
	replies map[Question]Reply
	zone    *zonefile.Zone // the records of all replies, so that aliases are followed as everywhere
}

// With is the replies together with more of them.
func (o *Outside) With(replies map[Question]Reply) *Outside {
	next := &Outside{replies: map[Question]Reply{}}
	if o != nil {
		maps.Copy(next.replies, o.replies)
	}
	maps.Copy(next.replies, replies)
	lines := map[string]bool{} // an alias may be part of several replies
	for _, r := range next.replies {
		for _, line := range r.Records {
			lines[line] = true
		}
	}
	text := strings.Join(slices.Sorted(maps.Keys(lines)), "\n") + "\n"
	next.zone = zonefile.Parse("DNS", []byte(text), zonefile.Options{Origin: zonefile.Root})
	return next
}

// known tells whether there is a reply to a question.
func (o *Outside) known(q Question) bool {
	if o == nil {
		return false
	}
	_, ok := o.replies[q]
	return ok
}

// lookup goes on from an answer that leads out of the loaded zones; it stays as it is where DNS was not asked.
func (o *Outside) lookup(a zonefile.Answer, t zonefile.Type) zonefile.Answer {
	q := Question{a.Name, t}
	if a.Result != zonefile.Outside && a.Result != zonefile.Delegated || !o.known(q) {
		return a
	}
	next := o.zone.Lookup(q.Name, t)
	if next.Via = slices.Concat(a.Via, next.Via); next.Result != zonefile.Found {
		if next.Result = o.replies[q].Result; next.Result == zonefile.Found {
			next.Result = zonefile.NoData // the aliases end in nothing of the type
		}
	}
	if len(next.Via) > zonefile.MaxAliases { // those of the zones and those of DNS
		next.Result = zonefile.TooLong
	}
	return next
}
