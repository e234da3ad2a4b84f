package preview

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// migration reads the words of a question: the old hosts and the new ones, HOST=ADDRESS,... each joined by +, "-" for
// none; then domains, "notify", "replace", "single" or "spf:TERM".
func migration(t testing.TB, words []string) Migration {
	m := Migration{From: mailHosts(t, words[0]), To: mailHosts(t, words[1])}
	for _, w := range words[2:] {
		switch term, spf := strings.CutPrefix(w, "spf:"); {
		case w == "notify":
			m.Notify = true
		case w == "replace":
			m.Replace = true
		case w == "single":
			m.Single = true
		case spf:
			m.SPF = append(m.SPF, term)
		default:
			m.Domains = append(m.Domains, name(t, w))
		}
	}
	return m
}

// mailHosts reads hosts with their addresses.
func mailHosts(t testing.TB, text string) []MailHost {
	var out []MailHost
	for word := range strings.SplitSeq(text, "+") {
		if word == "-" {
			continue
		}
		host, addrs, _ := strings.Cut(word, "=")
		h := MailHost{Name: name(t, host)}
		for _, a := range strings.FieldsFunc(addrs, func(r rune) bool { return r == ',' }) {
			h.Addrs = append(h.Addrs, netip.MustParseAddr(a))
		}
		out = append(out, h)
	}
	return out
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
		fmt.Fprintf(&b, "  %s (%s): %s", i.Record.Place(), i.Kind, i.Text)
		if i.Before > 0 {
			fmt.Fprintf(&b, " [before step %d]", i.Before)
		}
		b.WriteByte('\n')
	}
	if s.State == StepNow && !s.Certain {
		fmt.Fprintf(&b, "  not certain: %d s after the step before\n", s.Elapsed)
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
		fmt.Fprintf(&b, "  [ ] %s (%s %s)\n", c.Text, c.Kind, c.Subject)
	}
	fmt.Fprintf(&b, "  from %d, wait %d, back %d\n  %s\n", s.Earliest, s.Wait, s.Back.Seconds, s.Why)
	if s.Back.First != "" {
		fmt.Fprintf(&b, "  back: first %s\n", s.Back.First)
	}
	return b.String()
}

// checkPlan holds a plan to its promises: no domain is ever without a host, the old host is gone in the end, in every
// state the plan is found again where it was left, and every way back leads back.
func checkPlan(t *testing.T, m Migration, steps []Step) {
	t.Helper()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	var versions []Version
	before := steps[0].Base
	if steps[0].State == StepDone {
		before = nil
	}
	for _, s := range steps {
		for p := range s.Result.Errors() {
			t.Errorf("step %d breaks the zone: %s", s.Number, p)
		}
		for _, c := range s.Checks {
			if why := unaskable(c); why != "" {
				t.Errorf("step %d: a program cannot ask %q: %s: %s %q %q", s.Number, c.Text, why, c.Kind, c.Subject, c.Want)
			}
		}
		if s.Script != "" {
			versions = append(slices.Clip(versions), Version{s.Base, Moment{Time: now, Certain: true}})
			leadsBack(t, s)
		}
		again, err := Plan(s.Result, m, Past{Now: now, Before: before, Versions: versions})
		if err != nil {
			t.Fatalf("after step %d: %s", s.Number, err)
		}
		if s.State != StepDone {
			sameFrom(t, s.Number+1, steps, again)
		}
	}
}

// unaskable is why a program would not know whom to ask for a check, or what the answer has to be; "" if it knows.
func unaskable(c Check) string {
	_, noName := zonefile.ParseName(c.Subject, zonefile.Root)
	_, noAddress := netip.ParseAddr(c.Subject)
	sets, types := c.SetsWanted()
	asks := len(sets) > 0 && len(sets) == len(types)
	switch c.Kind {
	case Said:
		return ""
	case PTR:
		noName = noAddress
	case SMTP, Relay:
		if noAddress == nil {
			noName = nil
		}
	}
	switch {
	case noName != nil:
		return "the subject is nothing to ask"
	case (c.Kind == DNS && c.Want != "addresses" || c.Kind == Cache) && !asks, (c.Kind == PTR || c.Kind == STS || c.Kind == SMTP) && len(c.NamesWanted()) == 0:
		return "nothing is wanted"
	}
	return ""
}

// leadsBack holds the way back of a step to its promise: the records that were there.
func leadsBack(t *testing.T, s Step) {
	t.Helper()
	edits, err := s.Result.Script(strings.NewReader(s.Back.Script))
	if err != nil {
		t.Fatalf("back from step %d: %s\n%s", s.Number, err, s.Back.Script)
	}
	was, err := s.Result.Apply(edits...)
	if err != nil {
		t.Fatal(err)
	}
	if got := replacements(s.Base, was, changed(s.Base, was)); len(got) > 0 {
		t.Errorf("back from step %d: %v differ", s.Number, got)
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
	m := migration(t, []string{"mx.isp.net", "mx1.example.com=192.0.2.1"})
	steps, err := Plan(z, m, Past{})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for i, s := range steps {
		clock := start.Add(time.Duration(s.Earliest) * time.Second).Format("Mon 2 Jan 15:04")
		if got := (row{s.Wait, s.Back.Seconds, clock}); got != want[i] {
			t.Errorf("step %d: %+v, want %+v (%s)", s.Number, got, want[i], s.Why)
		}
	}
	m.Notify = true // then P is a minute
	if steps, err = Plan(z, m, Past{}); err != nil || steps[phasePrepare].Wait != 24*hour+1*minute {
		t.Errorf("with notify the first wait is %d s, want 24 h 1 min (%v)", steps[phasePrepare].Wait, err)
	}
}

// TestPlanReady: done step by step, each at the hour that it was promised for, the next is certain at the hour that it
// was promised for, and not a second before; of a zone of which nothing is known no step is certain.
func TestPlanReady(t *testing.T) {
	z := parse(t, "example.com", "$TTL 1d\n@ SOA ns h 1 3600 600 604800 3600\n@ NS ns\nns A 192.0.2.53\n"+
		"@ MX 10 mx.isp.net.\n@ TXT \"v=spf1 include:isp.net -all\"\n")
	m := migration(t, []string{"mx.isp.net", "mx1.example.com=192.0.2.1"})
	past := Past{Now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), Before: z}
	plan, err := Plan(z, m, past)
	if err != nil {
		t.Fatal(err)
	}
	start := past.Now
	for k := phasePrepare; k < phaseFinished; k++ {
		promised := start.Add(time.Duration(plan[k].Earliest) * time.Second)
		for _, early := range []time.Duration{time.Second, 0} {
			past.Now = promised.Add(-early)
			steps, err := Plan(z, m, past)
			if err != nil {
				t.Fatal(err)
			}
			s := steps[k]
			if s.State != StepNow || !s.Certain || k > phasePrepare && !s.NotBefore.Equal(promised) {
				t.Errorf("step %d, %s: certain %t, not before %s, promised for %s", k, s.State, s.Certain, s.NotBefore, promised)
			}
			if k > phasePrepare && s.Earliest != uint32(early/time.Second) {
				t.Errorf("step %d, %s early: in %d s", k, early, s.Earliest)
			}
		}
		if steps, _ := Plan(z, m, Past{Now: promised}); k > phasePrepare && (steps[k].Certain || len(steps[k].Questions) != 1 || steps[k].Elapsed < unknownTTL) {
			t.Errorf("step %d: certain %t with nothing known, %d s, %d questions", k, steps[k].Certain, steps[k].Elapsed, len(steps[k].Questions))
		}
		past.Versions = append(past.Versions, Version{z, Moment{Time: promised, Certain: true}})
		z = plan[k].Result
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
	m := migration(b, []string{"mx.isp.net", "mx1.example.com=192.0.2.1"})
	for b.Loop() {
		if _, err := Plan(z, m, Past{}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestPlanEnds: at the end the lines are as they were but for the hosts; a TTL stands where one stood, in the words that
// stood there.
func TestPlanEnds(t *testing.T) {
	const before = `$TTL 1d
@ SOA ns h 1 3600 600 604800 3600
@ NS ns
ns A 192.0.2.53
old A 192.0.2.50
@ MX 10 old
a 1d MX 10 old
b 86400 IN MX 10 old
c 3600 MX 10 old
c 3600 MX 20 mx.isp.net.
`
	for _, c := range []struct{ from, to, end string }{
		{"old.example.com", "mx1.example.com=192.0.2.1", `$TTL 1d
@ SOA ns h 1 3600 600 604800 3600
@ NS ns
ns A 192.0.2.53
old A 192.0.2.50
mx1 3600 A 192.0.2.1
@ MX 10 mx1
a 1d  MX 10 mx1
b 86400 IN MX 10 mx1
c 3600 MX 20 mx.isp.net.
c 3600 MX 10 mx1
`},
		{"old.example.com", "old.example.com=192.0.2.1", strings.Replace(before, "192.0.2.50", "192.0.2.1", 1)},
	} {
		steps, err := Plan(parse(t, "example.com", before), migration(t, []string{c.from, c.to}), Past{})
		if err != nil {
			t.Fatal(err)
		}
		var end strings.Builder
		if _, err := steps[len(steps)-1].Result.WriteTo(&end); err != nil {
			t.Fatal(err)
		}
		if end.String() != c.end {
			t.Errorf("%s to %s ends in\n%s\nwant\n%s", c.from, c.to, end.String(), c.end)
		}
	}
}

// TestPlanPreferences: a new host comes behind all, takes the old one's place, the old one goes behind all; what others
// have is never touched but where the range ends.
func TestPlanPreferences(t *testing.T) {
	for _, c := range []struct{ before, added, swapped string }{
		{"10 old", "10 old 20 new", "10 new 20 old"},
		{"10 old 10 old2", "10 old 10 old2 20 new", "10 new 20 old 20 old2"},
		{"10 old 20 old2", "10 old 20 old2 30 new", "10 new 20 old 30 old2"},
		{"5 own 10 old", "5 own 10 old 20 new", "5 own 10 new 20 old"},
		{"5 own 5 old 5 third", "5 own 5 old 5 third 15 new", "5 own 5 third 5 new 15 old"},
		{"10 old 20 own 30 old2", "10 old 20 own 30 old2 40 new", "10 new 20 own 30 old 40 old2"},
		{"65535 old", "65534 old 65535 new", "65534 new 65535 old"},
		{"65530 old", "65530 old 65535 new", "65530 new 65535 old"},
		{"65534 own 65535 old", "10 own 20 old 30 new", "10 own 20 new 30 old"},
	} {
		m := Migration{From: mailHosts(t, "isp.net"), To: mailHosts(t, "new.example.com=192.0.2.1")}
		z := mxZone(t, c.before)
		steps, err := Plan(z, m, Past{})
		if err != nil {
			t.Errorf("%s: %s", c.before, err)
			continue
		}
		if got := written(steps[phaseAdd].Result); got != c.added {
			t.Errorf("%s: added %s, want %s", c.before, got, c.added)
		}
		if got := written(steps[phaseSwap].Result); got != c.swapped {
			t.Errorf("%s: swapped %s, want %s", c.before, got, c.swapped)
		}
	}
}

// written is the MX records of a zone as pairs of preference and host, in order.
func written(z *zonefile.Zone) string {
	mx := z.RRset(z.Origin(), zonefile.TypeMX)
	slices.SortStableFunc(mx, func(a, b zonefile.Record) int { return cmp.Compare(samePreference(a), samePreference(b)) })
	var out []string
	for _, r := range mx {
		target, _ := r.Target()
		out = append(out, fmt.Sprintf("%d %s", samePreference(r), target.Label()))
	}
	return strings.Join(out, " ")
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
