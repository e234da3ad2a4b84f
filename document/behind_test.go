package document

// What runs behind an act on many names costs at most about as much as an examination of all, however many it was done to.

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// visits counts the records that rules were led to.
type visits struct{ records atomic.Int64 }

func (v *visits) Step(string, int) {}
func (v *visits) Done(records int) { v.records.Add(int64(records)) }

// domains is a session of a zone with so many domains, which is examined, and who counts.
func domains(t *testing.T, n int) (*Session, []zonefile.Name, *visits) {
	t.Helper()
	var b strings.Builder
	b.WriteString("$TTL 1h\n@ SOA ns1 h 1 2h 30m 4w 5m\n@ NS ns1\nns1 A 192.0.2.1\nmx1 A 192.0.2.2\nmx2 A 192.0.2.3\n")
	var names []zonefile.Name
	for i := range n {
		fmt.Fprintf(&b, "d%d MX 10 mx1\n\tA 192.0.2.%d\nwww.d%d CNAME d%d\n", i, i%250, i, i)
		names = append(names, zonefile.Name(fmt.Sprintf("d%d.example.com.", i)))
	}
	s := NewSession(zonefile.Parse("db", []byte(b.String()), zonefile.Options{Origin: "example.com."}), nil)
	v := &visits{}
	s.rules.Progress = v
	s.Found(Findings{Zone: s.Zone()}.Check(s.Saved, s.From()))
	v.records.Store(0)
	return s, names, v
}

// recordsOf is how many records a zone has.
func recordsOf(z *zonefile.Zone) (n int64) {
	for range z.Records() {
		n++
	}
	return n
}

// behind does what the editor does behind an edit: who is hit is looked for, what the edit reaches is examined, then all.
func behind(s *Session, e Edited) {
	find := s.FindsHits(e)
	f := Findings{Zone: s.Zone()}.Check(s.Saved, s.From())
	find()
	if s.Found(f); !f.Full {
		s.Found(f.Complete(s.Saved, s.From()))
	}
}

// Behind an act, and behind its undo, rules are led to no more records than there are: once, by what is examined or by what is counted.
func TestBehindAnAct(t *testing.T) {
	const most = 6000
	for _, n := range []int{1, 100, 600, 2000, most} {
		acts := map[string]func(zonefile.Many) (zonefile.Act, error){
			"add": func(m zonefile.Many) (zonefile.Act, error) {
				return m.Add(zonefile.Draft{Type: zonefile.TypeMX, RData: "50 mx2"})
			},
			"delete":  zonefile.Many.Delete,
			"comment": zonefile.Many.CommentOut,
		}
		for name, act := range acts {
			s, names, v := domains(t, most)
			var chosen []zonefile.Name
			for i := range n {
				chosen = append(chosen, names[i*most/n])
			}
			from := s.Zone()
			got, err := act(from.Many(chosen...))
			if err != nil || len(got.Edits) < n {
				t.Fatalf("%s of %d: %d edits, %v", name, n, len(got.Edits), err)
			}
			edits := func(*zonefile.Zone) ([]zonefile.Edit, error) { return got.Edits, nil }
			mustChange(t, s, Change{Title: name, Make: edits})
			behind(s, Edited{From: from, To: s.Zone(), Edits: got.Edits})
			act := v.records.Swap(0)
			from = s.Zone()
			if _, err := s.Undo(); err != nil {
				t.Fatal(err)
			}
			behind(s, Edited{From: from, To: s.Zone()})
			undo, all := v.records.Swap(0), max(recordsOf(from), recordsOf(s.Zone()))
			t.Logf("%s of %d: %d and %d of %d records", name, n, act, undo, all)
			if act > all || undo > all {
				t.Errorf("behind %s of %d names rules were led to %d records, behind its undo to %d: there are %d", name, n, act, undo, all)
			}
			if n == 1 && len(s.Findings.Report.Diagnostics) != len(lint.Run([]*zonefile.Zone{s.Zone()}, s.Examining(s.Saved))) {
				t.Errorf("%s: after undo other problems are told than of the zone", name)
			}
		}
	}
}
