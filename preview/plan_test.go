package preview

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// migration reads the words of a question: from, to=addresses, then domains or "notify".
func migration(t *testing.T, words []string) Migration {
	host, addrs, _ := strings.Cut(words[1], "=")
	m := Migration{From: name(t, words[0]), To: name(t, host)}
	for _, a := range strings.FieldsFunc(addrs, func(r rune) bool { return r == ',' }) {
		m.Addrs = append(m.Addrs, netip.MustParseAddr(a))
	}
	for _, w := range words[2:] {
		if w == "notify" {
			m.Notify = true
		} else {
			m.Domains = append(m.Domains, name(t, w))
		}
	}
	return m
}

func TestPlan(t *testing.T) {
	eachCase(t, "plan", func(t *testing.T, zones []*zonefile.Zone, words []string) string {
		return renderPlan(t, zones[0], migration(t, words))
	})
}

// renderStep is a step as the cases write it.
func renderStep(s Step) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s: %s\n", s.Number, s.State, s.Title)
	for _, i := range s.Items {
		fmt.Fprintf(&b, "  %s (%s): %s\n", i.Record.Place(), i.Kind, i.Text)
	}
	if s.Script == "" {
		return b.String()
	}
	if s.Elapsed > 0 {
		fmt.Fprintf(&b, "  if step %d was saved %d s ago%s\n", s.Number-1, s.Elapsed, strings.TrimSuffix(" and "+s.Beyond, " and "))
	}
	for line := range strings.Lines(s.Script) {
		b.WriteString("  > " + line)
	}
	for _, c := range s.Changes() {
		fmt.Fprintf(&b, "  %s: %s\n", c.Domain, c.Text())
	}
	for _, c := range s.Checks {
		fmt.Fprintf(&b, "  [ ] %s\n", c)
	}
	fmt.Fprintf(&b, "  from %d, wait %d, rollback %d\n  %s\n", s.Earliest, s.Wait, s.Rollback, s.Why)
	return b.String()
}

// checkPlan holds a plan to its promises: no domain is ever without a host, the old host is gone in the
// end, and in every state the plan is found again where it was left.
func checkPlan(t *testing.T, m Migration, steps []Step) {
	t.Helper()
	for _, s := range steps {
		for p := range s.Result.Errors() {
			t.Errorf("step %d breaks the zone: %s", s.Number, p)
		}
		p, err := newPlanner(s.Result, m)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range p.domains {
			if r := Route([]*zonefile.Zone{s.Result}, Query{Domain: d}); r.Outcome != Delivered || r.Source != FromMX && r.Source != FromWildcard {
				t.Errorf("after step %d %s: %s", s.Number, d, r.Text)
			}
		}
		again, err := Plan(s.Result, m)
		if err != nil {
			t.Fatal(err)
		}
		if s.State != StepDone {
			sameFrom(t, s.Number+1, steps, again)
		}
	}
	last := steps[len(steps)-1].Result
	for r := range last.Records() {
		if target, ok := r.Target(); ok && r.Type() == zonefile.TypeMX && target.Within(m.From) && len(m.Domains) == 0 {
			t.Errorf("%s still leads to the old host", r.Owner())
		}
	}
}

// sameFrom compares what two plans do from a step on.
func sameFrom(t *testing.T, from int, steps, again []Step) {
	t.Helper()
	for k := from; k < len(steps); k++ {
		if steps[k].Script != again[k].Script {
			t.Errorf("after step %d, step %d is\n%snot\n%s", from-1, k, again[k].Script, steps[k].Script)
		}
	}
}

// TestPlanWorkedExample is the timetable of one zone, reckoned by hand. A change holds everywhere after P + T.
// P, until the last secondary name server has it: SOA refresh 3600 s + retry 600 s = 1 h 10 min. T, until no
// resolver remembers what was there: the TTL of the RRset that is replaced, for new names the smaller of the
// SOA's TTL and minimum. Saved on Sunday, 22 November, at 9:00:
//
//	step  replaces                        P + T and what is added      earliest
//	1     MX, TTL 24 h (mx1 is new: 1 h)  1:10 + 24:00       = 25:10   Sun 22 Nov 09:00
//	2     MX, TTL 5 min                   1:10 +  0:05       =  1:15   Mon 23 Nov 10:10
//	3     MX, TTL 5 min, and a day        1:10 +  0:05 + 24h = 25:15   Mon 23 Nov 11:25
//	4     MX, TTL 5 min                   1:10 +  0:05       =  1:15   Tue 24 Nov 12:40
//	5     MX, TTL 5 min                   1:10 +  0:05       =  1:15   Tue 24 Nov 13:55
//	6     nothing                                               0      Tue 24 Nov 15:10
func TestPlanWorkedExample(t *testing.T) {
	z := parse(t, "example.com", `$TTL 86400
@ SOA ns hostmaster 2026112101 3600 600 604800 3600
@ NS ns
ns A 192.0.2.53
@ MX 10 mx.isp.net.
`)
	const minute, hour, day = 60, 60 * 60, 24 * 60 * 60
	type row struct {
		wait, rollback uint32
		clock          string
	}
	want := []row{
		{0, 0, "Sun 22 Nov 09:00"},
		// undone, the MX have 5 min to be forgotten, but mx1, which was new, has its own TTL of 1 h: P + 1 h
		{25*hour + 10*minute, 2*hour + 10*minute, "Sun 22 Nov 09:00"},
		{1*hour + 15*minute, 1*hour + 15*minute, "Mon 23 Nov 10:10"},
		{1*day + 1*hour + 15*minute, 1*hour + 15*minute, "Mon 23 Nov 11:25"},
		{1*hour + 15*minute, 1*hour + 15*minute, "Tue 24 Nov 12:40"},
		{1*hour + 15*minute, 25*hour + 10*minute, "Tue 24 Nov 13:55"}, // undone, the MX have 24 h
		{0, 0, "Tue 24 Nov 15:10"},
	}
	m := Migration{From: "mx.isp.net.", To: "mx1.example.com.", Addrs: []netip.Addr{netip.MustParseAddr("192.0.2.1")}}
	steps, err := Plan(z, m)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for i, s := range steps {
		clock := start.Add(time.Duration(s.Earliest) * time.Second).Format("Mon 2 Jan 15:04")
		if got := (row{s.Wait, s.Rollback, clock}); got != want[i] {
			t.Errorf("step %d: %+v, want %+v (%s)", s.Number, got, want[i], s.Why)
		}
	}
	m.Notify = true // then P is a minute
	if steps, err = Plan(z, m); err != nil || steps[stepPrepare].Wait != 24*hour+1*minute {
		t.Errorf("with notify the first wait is %d s, want 24 h 1 min (%v)", steps[stepPrepare].Wait, err)
	}
}

// TestPlanElapsed: done step by step, each next one says how long ago the one before must have been saved,
// which is the wait that the plan had told.
func TestPlanElapsed(t *testing.T) {
	z := parse(t, "example.com", "$TTL 1d\n@ SOA ns h 1 3600 600 604800 3600\n@ NS ns\nns A 192.0.2.53\n"+
		"@ MX 10 mx.isp.net.\n@ TXT \"v=spf1 include:isp.net -all\"\n")
	m := Migration{From: "mx.isp.net.", To: "mx1.example.com.", Addrs: []netip.Addr{netip.MustParseAddr("192.0.2.1")}}
	told := uint32(0)
	for k := stepPrepare; k < finished; k++ {
		steps, err := Plan(z, m)
		if err != nil {
			t.Fatal(err)
		}
		s := steps[k]
		if known := s.Elapsed; s.State != StepNow || known != told && k != stepAdd {
			t.Errorf("step %d, %s: the step before %d s ago, want %d", k, s.State, known, told)
		}
		if k == stepAdd && (s.Elapsed != 3600+600 || s.Beyond == "") { // of 25 h 10 min the zone knows P
			t.Errorf("step %d: %d s and %q", k, s.Elapsed, s.Beyond)
		}
		told, z = s.Wait, s.Result
	}
}

// BenchmarkPlan moves 5,000 domains: all steps together cost a second at the most.
func BenchmarkPlan(b *testing.B) {
	var text strings.Builder
	text.WriteString("$TTL 1d\n@ SOA ns h 1 3600 600 604800 3600\n@ NS ns\nns A 192.0.2.53\n")
	for i := range 5000 {
		fmt.Fprintf(&text, "d%d MX 10 mx.isp.net.\n", i)
	}
	z := zonefile.Parse("db.example.com", []byte(text.String()), zonefile.Options{Origin: "example.com."})
	m := Migration{From: "mx.isp.net.", To: "mx1.example.com.", Addrs: []netip.Addr{netip.MustParseAddr("192.0.2.1")}}
	for b.Loop() {
		if _, err := Plan(z, m); err != nil {
			b.Fatal(err)
		}
	}
}

func TestPlanPreferences(t *testing.T) {
	for _, c := range []struct{ before, after string }{
		{"10 old 20 new", "10 new 20 old"},
		{"10 old 10 old2 20 new", "10 new 20 old 20 old2"},
		{"10 old 20 old2 30 new", "10 new 20 old 30 old2"},
		{"10 old 10 new", "10 new 20 old"},
		{"5 own 10 old 20 new", "5 new 10 own 20 old"},
		{"65535 old 65535 new", "10 new 20 old"},
	} {
		z := mxZone(t, c.before)
		p := &planner{Migration: Migration{From: "isp.net.", To: "new.example.com."}}
		mx := z.RRset(z.Origin(), zonefile.TypeMX)
		give := p.promoted(mx)
		var got []string
		for _, r := range mx {
			target, _ := r.Target()
			got = append(got, fmt.Sprintf("%d %s", give(r), target.Label()))
		}
		slices.SortStableFunc(got, func(a, b string) int {
			return strings.Compare(fmt.Sprintf("%9s", strings.Fields(a)[0]), fmt.Sprintf("%9s", strings.Fields(b)[0]))
		})
		if text := strings.Join(got, " "); text != c.after {
			t.Errorf("%s becomes %s, want %s", c.before, text, c.after)
		}
	}
}

// mxZone is a zone with MX records written as pairs of preference and host; hosts called old are the
// provider's.
func mxZone(t *testing.T, text string) *zonefile.Zone {
	words := strings.Fields(text)
	var b strings.Builder
	b.WriteString("$TTL 300\n@ SOA ns h 1 3600 600 604800 300\n@ NS ns\n")
	for i := 0; i < len(words); i += 2 {
		host := words[i+1]
		if strings.HasPrefix(host, "old") {
			host += ".isp.net."
		}
		fmt.Fprintf(&b, "@ MX %s %s\n", words[i], host)
	}
	return parse(t, "example.com", b.String())
}
