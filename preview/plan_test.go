package preview

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

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

// TestPlanWorkedExample is the timetable of one zone, reckoned by hand: MX TTL a day, SOA refresh 3600,
// retry 600, minimum 3600.
func TestPlanWorkedExample(t *testing.T) {
	z := parse(t, "example.com", `$TTL 86400
@ SOA ns hostmaster 2026112101 3600 600 604800 3600
@ NS ns
ns A 192.0.2.53
@ MX 10 mx.isp.net.
`)
	const p = 3600 + 600
	want := []uint32{stepPrepare: p + 86400, stepAdd: p + 300, stepSwap: p + 300 + 86400, stepRemove: p + 300, stepRaise: p + 300, stepClean: 0}
	m := Migration{From: "mx.isp.net.", To: "mx1.example.com.", Addrs: []netip.Addr{netip.MustParseAddr("192.0.2.1")}}
	steps, err := Plan(z, m)
	if err != nil {
		t.Fatal(err)
	}
	at := uint32(0)
	for _, s := range steps[1:] {
		if s.Wait != want[s.Number] || s.Earliest != at {
			t.Errorf("step %d: from %d, wait %d, want %d and %d (%s)", s.Number, s.Earliest, s.Wait, at, want[s.Number], s.Why)
		}
		at += want[s.Number]
	}
	if got := steps[stepSwap].Rollback; got != p+300 {
		t.Errorf("the swap is undone after %d s, want %d", got, p+300)
	}
	m.Notify = true
	if steps, err = Plan(z, m); err != nil || steps[stepPrepare].Wait != 60+86400 {
		t.Errorf("with notify the first wait is %d, want %d (%v)", steps[stepPrepare].Wait, 60+86400, err)
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
