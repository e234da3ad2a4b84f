package lint_test

// What DNS says comes in as an argument, so nothing is asked here: the section dns of a file of testdata/resolve is what
// there is in the world, and the section asked is which questions lint has about it. Names whose first label is servfail
// or silent, and AAAA of half, get no answer.

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// world is what there is outside: lines of a zone file, by name.
type world map[zonefile.Name][]string

// reply is what DNS says to a question; false if nothing that is sure.
func (w world) reply(q lint.Question) (r lint.Reply, sure bool) {
	if l := q.Name.Label(); l == "silent" || l == "servfail" || l == "half" && q.Type == zonefile.TypeAAAA {
		return r, false
	}
	r.Result = zonefile.NoData
	for name := q.Name; name != ""; {
		if w[name] == nil {
			r.Result = zonefile.NoName
		}
		alias := zonefile.Name("")
		for _, line := range w[name] {
			switch f := strings.Fields(line); f[1] {
			case q.Type.String():
				r.Result = zonefile.Found
				r.Records = append(r.Records, line)
			case "CNAME":
				alias = zonefile.Name(f[2])
				r.Records = append(r.Records, line)
			}
		}
		name = alias
	}
	return r, true
}

// ask gets replies until there are no questions, and is what was asked for.
func (w world) ask(zones []*zonefile.Zone, opt *lint.Options) (asked []string) {
	unsure := map[lint.Question]bool{}
	for {
		replies := map[lint.Question]lint.Reply{}
		for _, q := range slices.Concat(lint.Questions(zones, *opt)...) {
			if unsure[q] {
				continue
			}
			asked = append(asked, q.String())
			if r, sure := w.reply(q); sure {
				replies[q] = r
			} else {
				unsure[q] = true
			}
		}
		if opt.Outside = opt.Outside.With(replies); len(replies) == 0 {
			slices.Sort(asked)
			return asked
		}
	}
}

func TestOutside(t *testing.T) {
	paths, err := filepath.Glob("testdata/resolve/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) { outsideCase(t, path) })
	}
}

// outsideCase asks the world of a file, and checks what is found then.
func outsideCase(t *testing.T, path string) {
	ar, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range ar.Files {
		files[f.Name] = string(f.Data)
	}
	c := testCase{src: files["zone"], origin: "example.com."}
	if err := c.options(t); err != nil {
		t.Fatal(err)
	}
	w := world{}
	for line := range strings.Lines(files["dns"]) {
		n := zonefile.Name(strings.Fields(line)[0])
		w[n] = append(w[n], strings.TrimSpace(line))
	}
	zones := []*zonefile.Zone{c.zone(c.complete(c.src))}
	if got := strings.Join(w.ask(zones, &c.opt), "\n") + "\n"; got != files["asked"] {
		t.Errorf("asked:\n%s", got)
	}
	c.check(t)
	for _, d := range c.run(zones[0]) {
		for _, rel := range d.Related {
			if rel.File != zones[0].Root() {
				t.Errorf("%s: relates to %s, which is no file", d, rel.File.Name())
			}
		}
	}
}

// An address is looked up at its reverse name (RFC 1035 §3.5, RFC 3596 §2.5: its example).
func TestReverse(t *testing.T) {
	for address, want := range map[string]string{
		"A 62.2.0.52":                  "52.0.2.62.in-addr.arpa. PTR",
		"AAAA 4321:0:1:2:3:4:567:89ab": "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa. PTR",
	} {
		questions := lint.Questions([]*zonefile.Zone{zoneOf("@ MX 10 mx\nmx " + address + "\n")}, lint.Options{})
		if len(questions) != 1 || len(questions[0]) != 1 || questions[0][0].String() != want {
			t.Errorf("%s: %v, want %s", address, questions, want)
		}
	}
}
