package preview

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

var (
	plans     = flag.Int("plans", 200, "how many random moves TestPlanLaw tries; 10000 are the whole")
	firstPlan = flag.Int("plan", 0, "the seed of the first of -plans")
)

// lawful is a plan of a random move with the model of it.
type lawCase struct {
	randomMove
	t     *testing.T
	steps []Step
	zones []*modelZone // zones[0] is the zone before, zones[k] the one after steps[k]
	saves []int        // saves[k] is when steps[k] is saved
	p     int
	news  map[string]bool
	hosts map[string]bool // old and new hosts

	disputed []modelQuestion // that the versions answer differently
}

// TestPlanLaw: random zones, six kinds of move; no losing state forward, nor back from any step, no wait longer than it
// must be, and no refusal of what can be done.
func TestPlanLaw(t *testing.T) {
	made := map[Kind]int{}
	refused, n := 0, *plans
	if testing.Short() {
		n = min(n, 30)
	}
	tried := needs.Seeds(t, n)
	for _, i := range tried {
		seed := uint64(*firstPlan) + i
		r := newRandomMove(seed)
		z := zonefile.Parse("db.example.com", []byte(r.zone), zonefile.Options{Origin: "example.com."})
		m := migration(t, r.words())
		steps, err := Plan(z, m, Past{})
		c := newLawCase(t, r, z, m)
		if err != nil {
			refused++
			c.refusal(err, m)
		} else {
			made[steps[0].Kind]++
			c.steps = steps
			c.forward()
			c.backward()
			c.waits()
			c.ends(m)
			c.resumed(m)
		}
		if t.Failed() {
			t.Fatalf("seed %d: %s\n%s", seed, r, r.zone)
		}
	}
	t.Logf("%d moves: %v, %d refused", len(tried), made, refused)
}

// words is the move as the cases of plans have it.
func (r randomMove) words() []string {
	or := func(list []string) string {
		if len(list) == 0 {
			return "-"
		}
		return strings.Join(list, "+")
	}
	return append([]string{or(r.from), or(r.to)}, r.flags...)
}

// newLawCase is a case whose steps are not made yet.
func newLawCase(t *testing.T, r randomMove, z *zonefile.Zone, m Migration) *lawCase {
	c := &lawCase{randomMove: r, t: t, news: map[string]bool{}, hosts: map[string]bool{}}
	c.zones = []*modelZone{c.read(z)}
	c.p = c.zones[0].refresh
	if m.Notify {
		c.p = 60
	}
	for _, h := range m.To {
		c.hosts[string(h.Name)], c.news[string(h.Name)] = true, true
		for _, ip := range h.Addrs {
			c.news[ip.String()] = true
		}
	}
	for _, h := range m.From {
		c.hosts[string(h.Name)] = true
	}
	return c
}

// read reads a version with the model's parser.
func (c *lawCase) read(z *zonefile.Zone) *modelZone {
	var text strings.Builder
	if _, err := z.WriteTo(&text); err != nil {
		c.t.Fatal(err)
	}
	m, err := readModel("example.com.", text.String())
	if err != nil {
		c.t.Fatalf("%s\n%s", err, text.String())
	}
	return m
}

// moves tells whether mail of a domain may go to the new hosts: it went to one of the hosts of the move, or the domain is
// a new host's own name.
func (c *lawCase) moves(old map[string]bool, domain string) bool {
	if len(c.from) == 0 || c.news[domain] {
		return true
	}
	for host := range old {
		if c.hosts[host] {
			return true
		}
	}
	return false
}

// forward saves each step at its hour.
func (c *lawCase) forward() {
	c.saves = []int{0}
	m := &modelTime{versions: c.zones[:1:1], at: []int{0}, p: c.p}
	for _, s := range c.steps[1:] {
		c.zones, c.saves = append(c.zones, c.read(s.Result)), append(c.saves, int(s.Earliest))
	}
	c.disputed = disputed(c.zones)
	m.end = c.zones[len(c.zones)-1]
	for _, s := range c.steps[1:] {
		if s.Script == "" {
			continue
		}
		m.versions, m.at = append(m.versions, c.zones[s.Number]), append(m.at, int(s.Earliest))
		for _, lost := range m.losing(int(s.Earliest), c.news, c.moves) {
			c.t.Errorf("step %d: %s", s.Number, lost)
		}
		c.over(m, int(s.Earliest+s.Holds), s.Holds > 0, fmt.Sprintf("step %d", s.Number))
	}
}

// over holds the second in which a change is said to hold everywhere to the first in which no resolver of the model has anything
// else.
func (c *lawCase) over(m *modelTime, promised int, changes bool, what string) {
	if m.remains(promised, c.disputed) {
		c.t.Errorf("%s: at %d resolvers have other answers, and it is said to hold everywhere", what, promised)
	}
	if changes && !m.remains(promised-1, c.disputed) {
		c.t.Errorf("%s: a second before %d no resolver has other answers any more", what, promised)
	}
}

// backward undoes each step in the second in which it is saved, and when the next may be, and then all steps before it.
func (c *lawCase) backward() {
	for last := 1; last < len(c.steps); last++ {
		for _, after := range []int{0, int(c.steps[last].Wait)} {
			m := &modelTime{p: c.p, end: c.zones[len(c.zones)-1]}
			for k := 0; k <= last; k++ {
				m.versions, m.at = append(m.versions, c.zones[k]), append(m.at, c.saves[k])
			}
			now := c.saves[last] + after
			for k := last; k > 0; k-- {
				m.versions, m.at = append(m.versions, c.zones[k-1]), append(m.at, now)
				for _, lost := range m.losing(now, c.news, c.moves) {
					c.t.Errorf("step %d undone, back from %d: %s", k, last, lost)
				}
				now += int(c.steps[k].Back.Seconds)
				c.over(m, now, c.steps[k].Back.Seconds > 0, fmt.Sprintf("step %d undone, back from %d", k, last))
			}
		}
	}
}

// resumed makes the plan anew before each step, told what was done when: it is the same plan, and the step is certain in the
// second that was promised, and early in the one before.
func (c *lawCase) resumed(m Migration) {
	begin := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	past := Past{Before: c.steps[0].Base}
	if c.steps[1].State != StepNow {
		return // the zone may be in the middle of a move, so that its TTLs are not those from before
	}
	for _, s := range c.steps[1:] {
		if s.Script == "" {
			continue
		}
		saved := begin.Add(time.Duration(s.Earliest) * time.Second)
		for _, early := range []uint32{0, 1} {
			past.Now = saved.Add(-time.Duration(early) * time.Second)
			again, err := Plan(s.Base, m, past)
			if err != nil {
				c.t.Errorf("step %d resumed: %s", s.Number, err)
				return
			}
			if now := again[s.Number]; len(past.Versions) > 0 && (now.State != StepNow || !now.Certain || now.Earliest != early || now.Script != s.Script) {
				c.t.Errorf("step %d resumed, %d s early: %s, certain %t, in %d s\n%s", s.Number, early, now.State, now.Certain, now.Earliest, now.Script)
			}
		}
		past.Versions = append(past.Versions, Version{s.Base, Moment{Time: saved, Certain: true}})
	}
}

// waits holds each wait to the moment at which the model has forgotten what the step replaced, and the time that is
// promised besides.
func (c *lawCase) waits() {
	for _, s := range c.steps[1:] {
		m := &modelTime{p: c.p}
		forgotten := m.forgotten(c.zones[s.Number-1], c.zones[s.Number])
		promised := forgotten
		switch {
		case strings.HasPrefix(s.Title, "put the new host"), strings.HasPrefix(s.Title, "give the host"):
			promised += 86400
		case s.Kind == BackupRemoved && s.Title == "remove the old host":
			promised = max(promised+86400, 5*86400)
		case strings.HasPrefix(s.Title, "make the TTL") && s.Number > 1:
			promised = max(promised, 5*86400)
		}
		if int(s.Holds) != forgotten {
			c.t.Errorf("step %d holds after %d, in the model after %d", s.Number, s.Holds, forgotten)
		}
		if int(s.Wait) < forgotten || int(s.Wait) > promised && s.Script != "" {
			c.t.Errorf("step %d waits %d, the model %d, promised %d", s.Number, s.Wait, forgotten, promised)
		}
		if back := m.forgotten(c.zones[s.Number], c.zones[s.Number-1]); int(s.Back.Seconds) != back {
			c.t.Errorf("back from step %d holds after %d, in the model after %d", s.Number, s.Back.Seconds, back)
		}
	}
}

// ends holds the end to be tidy: the old hosts gone, the new one in their place, the others and all TTLs as they were.
func (c *lawCase) ends(m Migration) {
	first, last := c.zones[0], c.zones[len(c.zones)-1]
	gone, come := map[string]bool{}, map[string]bool{}
	for _, h := range m.To {
		come[string(h.Name)] = true
	}
	for _, h := range m.From {
		gone[string(h.Name)] = !come[string(h.Name)]
	}
	for owner, sets := range first.sets {
		was, is := exchanges(strings.Join(sets[15].data, "|")), exchanges(strings.Join(last.sets[owner][15].data, "|"))
		for p, hosts := range was {
			for _, host := range hosts {
				if stays := host != "" && !gone[host] && !come[host]; stays && !slices.Contains(is[p], host) && p < 65525 && len(was[65535])+len(was[65534]) == 0 {
					c.t.Errorf("%s: %s had %d, at the end %v", owner, host, p, is)
				}
			}
		}
		for _, hosts := range is {
			for _, host := range hosts {
				if gone[host] {
					c.t.Errorf("%s still leads to %s", owner, host)
				}
			}
		}
		if ttl := sets[15].ttl; c.steps[1].State == StepNow && len(is) > 0 && ttl > 0 && last.sets[owner][15].ttl != ttl {
			c.t.Errorf("%s: the MX had a TTL of %d, at the end %d", owner, ttl, last.sets[owner][15].ttl)
		}
	}
}

// refusal holds a refusal to the truth: no order of the steps passes the model, with all the time between them.
func (c *lawCase) refusal(err error, m Migration) {
	if len(m.From) > 0 && len(m.To) > 0 && m.From[0].Name == m.To[0].Name {
		c.t.Errorf("%s: refused: %s\n%s", c.randomMove, err, c.zone)
		return
	}
	for _, order := range permutations([]int{0, 1, 2, 3}) {
		if c.possible(order, m) {
			c.t.Errorf("%s: refused, and it can be done in the order %v: %s\n%s", c.randomMove, order, err, c.zone)
			return
		}
	}
}

// permutations is all orders of a few numbers.
func permutations(list []int) [][]int {
	if len(list) == 0 {
		return [][]int{nil}
	}
	var out [][]int
	for i := range list {
		rest := append(slices.Clone(list[:i]), list[i+1:]...)
		for _, p := range permutations(rest) {
			out = append(out, append([]int{list[i]}, p...))
		}
	}
	return out
}

// possible tells whether one order of four edits passes: the address (0), the new host behind (1), the new host first (2),
// the old ones out (3). Each waits until all else is forgotten.
func (c *lawCase) possible(order []int, m Migration) bool {
	text, now := c.zone, 0
	mt := &modelTime{versions: c.zones[:1:1], at: []int{0}, p: c.p}
	for _, edit := range order {
		text = c.edited(text, edit, m)
		z, err := readModel("example.com.", text)
		if err != nil {
			return false // BIND would not load it
		}
		now += 100 * 86400
		mt.versions, mt.at = append(mt.versions, z), append(mt.at, now)
		if len(mt.losing(now, c.news, c.moves)) > 0 {
			return false
		}
	}
	last := mt.versions[len(mt.versions)-1]
	for owner, sets := range c.zones[0].sets { // mail of a domain that had MX never goes by its own address instead
		if len(sets[15].data) > 0 && len(last.sets[owner][15].data) == 0 {
			return false
		}
	}
	for _, h := range m.To { // RFC 2181 §10.3: an MX leads to no alias; and the new host has to be found
		if last.answer(string(h.Name), 1).kind == "alias" || mt.host(string(h.Name), now, bothFamilies).useless {
			return false
		}
	}
	return true
}

// edited is the text of a zone after one of the four edits.
func (c *lawCase) edited(text string, edit int, m Migration) string {
	old := map[string]bool{}
	for _, h := range m.From {
		old[string(h.Name)] = true
	}
	if edit == 0 {
		for _, h := range m.To {
			for _, ip := range h.Addrs {
				text += fmt.Sprintf("%s 300 IN %s %s\n", h.Name, zonefile.AddressType(ip), ip)
			}
		}
		return text
	}
	var out strings.Builder
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		w := strings.Fields(line)
		if len(w) == 6 && w[3] == "MX" && (old[w[5]] || old[w[5]+".example.com."]) {
			if edit == 3 {
				continue
			}
			if edit == 2 {
				w[4] = "60000"
			}
			line = strings.Join(w, " ")
		}
		out.WriteString(line + "\n")
	}
	for owner, sets := range c.zones[0].sets {
		for _, hosts := range exchanges(strings.Join(sets[15].data, "|")) {
			for _, host := range hosts {
				for i, h := range m.To {
					if (old[host] || len(old) == 0) && edit < 3 {
						fmt.Fprintf(&out, "%s 300 IN MX %d %s\n", owner, map[int]int{1: 50000, 2: 1}[edit]+i, h.Name)
					}
				}
			}
		}
	}
	return out.String()
}
