package ui

// Law 8 of the screen: who is hit by an edit is said. Random edits, by every key that makes one, in random zones: what the form
// said before and the message after is what whole comparisons of the two versions find, neither less nor more.

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

// names is a set of names as the zone writes them.
type nameSet map[string]bool

// struck is who an edit hits, by whole comparison.
type struck struct {
	errors, warnings, left, came nameSet
	others, also                 nameSet // whose mail goes elsewhere, and those of them that are in no other set
}

// strikes compares two versions, with all that is in them.
func (u *user) strikes(from, to *zonefile.Zone) struck {
	k := u.app.kit
	s := struck{nameSet{}, nameSet{}, nameSet{}, nameSet{}, nameSet{}, nameSet{}}
	opt := u.app.doc.Examining(u.app.doc.Saved)
	run := func(z *zonefile.Zone) (out []lint.Diagnostic) {
		for _, d := range lint.Run([]*zonefile.Zone{z}, opt) {
			if d.Severity >= lint.Warning && !d.Rule.Census && d.Rule.Name != "unused-ignore" {
				out = append(out, d)
			}
		}
		return out
	}
	all := nameSet{}
	for _, d := range lint.Since(run(from), run(to)) {
		text := "line " + strconv.Itoa(d.File.Position(d.Span.Start).Line)
		if w := to.RowAt(d.File, d.Span.Start); w.Kind() != zonefile.RowBlank && w.Kind() != zonefile.RowDirective {
			text = k.written(w.Owner())
		}
		all[text] = true
		if d.Severity == lint.Error {
			s.errors[text] = true
		} else {
			s.warnings[text] = true
		}
	}
	maps.DeleteFunc(s.warnings, func(n string, _ bool) bool { return s.errors[n] })
	was, is := mailNames(from), mailNames(to)
	for n := range was {
		if !is[n] {
			s.left[k.written(n)], all[k.written(n)] = true, true
		}
	}
	for n := range is {
		if !was[n] {
			s.came[k.written(n)], all[k.written(n)] = true, true
		}
	}
	for n := range union(from, to) {
		a, b := preview.Route([]*zonefile.Zone{from}, preview.Query{Domain: n}), preview.Route([]*zonefile.Zone{to}, preview.Query{Domain: n})
		covered := (a.Source == preview.FromWildcard || b.Source == preview.FromWildcard) && !strings.Contains("."+string(n), "._")
		if (was[n] || is[n] || covered) && routeOf(a) != routeOf(b) && sameData(from, to, n) {
			s.others[k.written(n)] = true
			if !all[k.written(n)] {
				s.also[k.written(n)] = true
			}
		}
	}
	return s
}

// mailNames is the names of the whole map.
func mailNames(z *zonefile.Zone) map[zonefile.Name]bool {
	out := map[zonefile.Name]bool{}
	for _, m := range preview.Map(z) {
		out[m.Name] = true
	}
	return out
}

// union is all names of two versions.
func union(a, b *zonefile.Zone) map[zonefile.Name]bool {
	out := map[zonefile.Name]bool{}
	for _, z := range []*zonefile.Zone{a, b} {
		for node := range z.Nodes() {
			for n := node.Name; n.Within(z.Origin()) && !out[n]; n = n.Parent() { // names without records, too
				out[n] = true
			}
		}
	}
	return out
}

// sameData tells whether a name has the same records in both versions, with the same TTLs.
func sameData(a, b *zonefile.Zone, n zonefile.Name) bool {
	lines := func(z *zonefile.Zone) (out []string) {
		for _, r := range z.Node(n).Records {
			out = append(out, fmt.Sprint(r.Type(), r.TTL(), r.RDataText()))
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(lines(a), lines(b))
}

// routeOf writes all that makes two routes the same for mail.
func routeOf(d preview.Delivery) string {
	var b strings.Builder
	fmt.Fprintln(&b, d.Outcome, d.Code)
	for _, t := range d.Tiers {
		var hosts []string
		for _, h := range t.Hosts {
			ips := nameSet{}
			for _, a := range h.Addresses {
				ips[a.IP.String()] = true
			}
			hosts = append(hosts, fmt.Sprint(h.Name, h.Status, slices.Sorted(maps.Keys(ips))))
		}
		slices.Sort(hosts)
		fmt.Fprintln(&b, hosts)
	}
	for _, x := range d.Excluded {
		fmt.Fprintln(&b, x.Name, x.Reason)
	}
	return b.String()
}

// group is a part of a message that tells of names, and how many names it stands for.
var group = regexp.MustCompile(`(E in |W in |names? left|names? more|also hit: |names? hit)`)

// whoIsSaid reads who a wording says is hit: by group the names, and how many in all.
func whoIsSaid(t *testing.T, text string) (names map[string][]string, count map[string]int) {
	names, count = map[string][]string{}, map[string]int{}
	for _, part := range strings.Split(text, "; ") {
		m := group.FindStringIndex(part)
		if m == nil {
			continue
		}
		kind := strings.TrimSuffix(strings.Replace(strings.Trim(part[m[0]:m[1]], ": "), "names", "name", 1), " ")
		if kind == "name hit" {
			kind = "also hit"
		}
		list := strings.TrimPrefix(part[m[1]:], ": ")
		switch number, err := strconv.Atoi(strings.Fields(part)[0]); {
		case err == nil && list == "":
			count[kind] = number
			continue
		case err == nil:
			count[kind] = number
		}
		if m := regexp.MustCompile(`^(\d+) names?$`).FindStringSubmatch(list); m != nil {
			count[kind], _ = strconv.Atoi(m[1])
			continue
		}
		words, more := list, 0
		if i := strings.LastIndex(list, " +"); i >= 0 {
			n, err := strconv.Atoi(list[i+2:])
			if err != nil {
				t.Errorf("%q counts what?", part)
			}
			words, more = list[:i], n
		}
		names[kind] = append(names[kind], strings.Split(words, ", ")...)
		if n := len(names[kind]) + more; count[kind] != 0 && count[kind] != n {
			t.Errorf("%q names and counts %d", part, n)
		} else {
			count[kind] = n
		}
	}
	return names, count
}

// checkSaid compares a wording with who is hit.
func (u *user) checkSaid(text string, want struck) {
	u.t.Helper()
	names, count := whoIsSaid(u.t, text)
	for kind, set := range map[string]nameSet{"E in": want.errors, "W in": want.warnings, "name left": want.left, "name more": want.came, "also hit": want.also} {
		if count[kind] != len(set) {
			u.t.Errorf("%q: %d %s, and there are %d: %v", text, count[kind], kind, len(set), slices.Sorted(maps.Keys(set)))
		}
		for _, n := range names[kind] {
			if !set[n] {
				u.t.Errorf("%q: %s %s, but that are %v", text, kind, n, slices.Sorted(maps.Keys(set)))
			}
		}
	}
}

// randomMail is a zone of hosts, aliases, domains, wildcards, and mistakes, that lead to one another.
func randomMail(rng *rand.Rand) []byte {
	var b bytes.Buffer
	b.WriteString("$TTL 1d\n@ SOA ns1 h 7 8h 2h 4w 1h\n NS ns1\n NS ns2.example.net.\nns1 A 192.0.2.1\n")
	labels := strings.Fields("@ a b c d e *.w x.w *.c mx1 mx2 mx3 deep.er sub sub.er")
	one := func() string { return labels[rng.IntN(len(labels))] }
	for range 8 + rng.IntN(16) {
		owner := one()
		switch rng.IntN(10) {
		case 0, 1, 2, 3:
			fmt.Fprintf(&b, "%s MX %d %s\n", owner, 10*rng.IntN(3), one())
		case 4, 5, 6:
			fmt.Fprintf(&b, "%s A 192.0.2.%d\n", owner, 10+rng.IntN(5))
		case 7:
			fmt.Fprintf(&b, "%s CNAME %s\n", strings.Replace(owner, "@", "www", 1), one())
		case 8:
			fmt.Fprintf(&b, "%s TXT \"v=spf1 mx a:%s.example.com -all\"\n", owner, strings.Trim(one(), "@*."))
		default:
			fmt.Fprintf(&b, "%s NS %s\n", strings.Replace(owner, "@", "sub", 1), one())
		}
	}
	return b.Bytes()
}

// editKeys is the ways of editing that are tried.
var editKeys = []string{"d", "c", "c", "J", "K", "=", "+", "u", "ctrl+r", "F enter", "f enter",
	`e ctrl+u "mx2" enter`, `e ctrl+u "192.0.2.13" enter`, `e ctrl+u "192.0.2.77" tab "300" enter`, `e shift+tab ctrl+u "c" enter`,
	`a ctrl+u "mx1" enter enter`, `a ctrl+u "new" tab "192.0.2.9" enter`, `a ctrl+u "nohost.w" enter enter`,
	`home * : "repoint mx1 mx2" enter`, `home * : "ttl 2h" enter`}

func TestWhoIsHitIsSaid(t *testing.T) {
	seeds := 60
	if testing.Short() {
		seeds = 10
	}
	kinds := map[string]int{}
	tried := needs.Seeds(t, seeds)
	for _, seed := range tried {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Chdir(t.TempDir())
			rng := rand.New(rand.NewPCG(seed, 8))
			zone := randomMail(rng)
			u := newUser(t, "size: 120x40\n", zone)
			for range 12 {
				u.editAndCompare(rng, kinds)
				if t.Failed() {
					t.Fatalf("the zone was\n%s", zone)
				}
			}
		})
	}
	for _, kind := range []string{"E in", "W in", "name left", "name more", "also hit", "form"} {
		if kinds[kind] < 5 && len(tried) == 60 {
			t.Errorf("%q was said %d times: the test tries too little", kind, kinds[kind])
		}
	}
}

// editAndCompare edits by some keys, somewhere.
func (u *user) editAndCompare(rng *rand.Rand, kinds map[string]int) {
	u.t.Helper()
	u.app.perform(focus{paneNames})
	u.types("home" + strings.Repeat(" j", rng.IntN(8)) + " enter home" + strings.Repeat(" j", rng.IntN(5)))
	from, keys := u.app.doc.Zone(), editKeys[rng.IntN(len(editKeys))]
	for _, word := range splitKeys(keys) {
		for _, key := range keysOf(u.t, word) {
			if f, ok := u.app.top().(*form); ok {
				u.checkForm(f, kinds)
			}
			u.send(key)
			u.app.View()
		}
	}
	for u.app.top() != nil {
		u.types("esc")
	}
	e := u.app.telling.of
	if u.app.doc.Zone() == from || !u.app.telling.tells(u.app.message.text) {
		return
	}
	if e.To != u.app.doc.Zone() {
		u.t.Errorf("%s: another version is told of", keys)
		return
	}
	want := u.strikes(e.From, e.To)
	for _, text := range u.app.telling.wordings() {
		u.checkSaid(text, want)
	}
	_, count := whoIsSaid(u.t, u.app.telling.wordings()[0])
	for kind := range count {
		kinds[kind]++
	}
	if u.t.Failed() {
		u.t.Logf("after %s:\n%s", keys, u.app.doc.Zone().Root().Bytes())
	}
}

// checkForm compares what a form says of others with who they are.
func (u *user) checkForm(f *form, kinds map[string]int) {
	u.t.Helper()
	t := f.trial
	if t.hits == nil {
		if t.err == nil && len(t.of.Edits) > 0 {
			u.t.Errorf("the form does not say who is hit")
		}
		return
	}
	want := u.strikes(t.of.From, t.of.To)
	var text []string
	names, others := map[string]bool{}, 0
	for _, l := range t.hits {
		switch {
		case strings.HasPrefix(l, "also hit: nobody"), strings.HasPrefix(l, "caches keep"):
		case strings.HasPrefix(l, "also hit: "):
			if m := regexp.MustCompile(`^also hit: (\d+) names? in other ways$`).FindStringSubmatch(l); m != nil {
				others, _ = strconv.Atoi(m[1])
				continue
			}
			list, _, _ := strings.Cut(strings.TrimPrefix(l, "also hit: "), ": ")
			for _, n := range strings.Split(regexp.MustCompile(` \(tier \d+\)`).ReplaceAllString(list, ""), ", ") {
				if i := strings.LastIndex(n, " +"); i >= 0 {
					more, _ := strconv.Atoi(n[i+2:])
					others, n = others+more, n[:i]
				}
				names[n] = true
			}
		default:
			text = append(text, l)
		}
	}
	hit := want.others
	if len(names)+others != len(hit) {
		u.t.Errorf("the form says %q, and hit are %v", t.hits, slices.Sorted(maps.Keys(hit)))
	}
	for n := range names {
		if !hit[n] {
			u.t.Errorf("the form says %q, and hit are %v", t.hits, slices.Sorted(maps.Keys(hit)))
		}
	}
	if len(hit) > 0 {
		kinds["form"]++
	}
	named, _ := whoIsSaid(u.t, strings.Join(text, "; "))
	for kind, set := range map[string]nameSet{"E in": want.errors, "W in": want.warnings} {
		for _, n := range named[kind] {
			if !set[n] {
				u.t.Errorf("the form says %q, and %s %v", t.hits, kind, slices.Sorted(maps.Keys(set)))
			}
		}
	}
}

// Who is hit in a zone that is not examined between two keys is found beside the screen. The message of the edit is there before,
// and an edit that is made meanwhile is the one that is told then.
func TestWhoIsHitInABigZone(t *testing.T) {
	a := bigApp(t, 1_200)
	drain(a, examine(a))
	a.perform(selectName{"mx1.example.com."}, focus{paneRecords})
	deletes := func() tea.Cmd {
		_, cmd := a.Update(runeKey('d'))
		if len(a.telling.hits) > 0 || !strings.Contains(a.message.text, "delete") {
			t.Fatalf("before it is found who is hit it says %q, %q", a.message.text, a.telling.hits)
		}
		return cmd
	}
	first := deletes()
	_, undone := a.Update(runeKey('u')) // meanwhile
	drain(a, first)
	drain(a, undone)
	if strings.Contains(strings.Join(a.telling.hits, ""), "E in") || !strings.HasPrefix(a.message.text, "undone") {
		t.Errorf("after undo it says %q, %q", a.message.text, a.telling.hits)
	}
	drain(a, deletes())
	who := strings.Join(a.telling.hits, "|")
	if !strings.Contains(who, "E in 1201 names") || !a.telling.bad || a.running.hitting {
		t.Errorf("who is hit by the loss of the address of mx1: %q", who)
	}
	for _, text := range a.telling.wordings() {
		if !strings.Contains(text, "1201") && !strings.Contains(text, "+1200") && !strings.Contains(text, " +119") {
			t.Errorf("%q leaves somebody unsaid", text)
		}
	}
}

// What changes many names at once names them, as many as there is room for, and counts the others.
func TestBulkNamesWhatChanged(t *testing.T) {
	for _, cmd := range []string{"ttl 2h", "repoint mx2 ns1"} {
		u := userAt(t, place{keys: `home * : "` + cmd + `" enter`})
		words := u.app.telling.words
		if len(words) < 3 || !strings.Contains(words[0], "shop") || !regexp.MustCompile(`5m (->|→) 2h|1d (->|→) 2h|TTL 2h|from mx2 to ns1`).MatchString(words[0]) || !strings.Contains(words[len(words)-1], " names") {
			t.Errorf(":%s says %q", cmd, words)
		}
	}
}

// After very many edits at once what they brought is told by the report of the whole version: it says what whole comparisons say.
func TestWhoIsHitByVeryManyEdits(t *testing.T) {
	t.Chdir(t.TempDir())
	const backup = "mx1" // of all names
	u := newUser(t, "size: 120x40\n", regexp.MustCompile(`MX 20 mx\d`).ReplaceAll(hostingZone(520), []byte("MX 20 "+backup)))
	seen := map[string]bool{}
	for _, keys := range []string{`: "ttl 2h" enter`, `: "repoint mx1 gone" enter`, `: "repoint gone mx1" enter`, "d"} {
		if u.types("1 shift+tab shift+tab home"); len(u.app.names.marked) == 0 { // undo brings marks back
			u.types("*")
		}
		for u.types(keys); u.app.top() != nil; {
			u.types("enter")
		}
		e := u.app.telling.of
		if _, followed := lint.ProblemsReached(e.From, e.To, e.Edits, u.app.doc.Examining(u.app.doc.Saved)); e.To != u.app.doc.Zone() || followed {
			t.Fatalf("%s makes %d edits, which are followed:\n%s", keys, len(e.Edits), u.screen())
		}
		want := u.strikes(e.From, e.To)
		for _, text := range u.app.telling.wordings() {
			u.checkSaid(text, want)
		}
		brought, plain := u.app.doc.FindsHits(e)().Brought, lint.Problems(e.From, e.To, nil, u.app.doc.Examining(u.app.doc.Saved))
		for i, lists := range [][2][]lint.Diagnostic{{brought.Came, document.WorstFirst(plain.Came)}, {brought.Gone, document.WorstFirst(plain.Gone)}} {
			texts := func(list []lint.Diagnostic) (out []string) {
				for _, d := range list {
					out = append(out, d.String())
				}
				return out
			}
			if got, want := texts(lists[0]), texts(lists[1]); !slices.Equal(got, want) {
				t.Errorf("%s: %d problems, by comparison %d: %.300q, %.300q", keys, len(got), len(want), got, want)
			}
			seen[[]string{"come", "go"}[i]] = seen[[]string{"come", "go"}[i]] || len(lists[0]) > 0
		}
		if !strings.Contains(keys, "repoint") { // each is of the version that the one before made
			u.types("u")
		}
	}
	if !seen["come"] || !seen["go"] {
		t.Errorf("the edits bring and end too little: %v", seen)
	}
}
