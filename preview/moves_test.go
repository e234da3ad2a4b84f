//go:build linux

package preview

// The promise of plans on real servers: zones of testdata/moves, whose mail moves as the plan says, to the second, on
// BIND, unbound and Exim. No message is lost, forward and on the way back of each step; and where the steps do not wait
// as the plan says, some are, so that the test can fail.

import (
	"flag"
	"fmt"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/testdata/lab"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

var moves = flag.Bool("moves", false, "TestMoves makes all moves, and not a part of the first alone")

// moveCase is a zone and a move in it.
type moveCase struct {
	name    string
	zone    *zonefile.Zone
	move    Migration
	domains []string     // that mail is sent to
	olds    []netip.Addr // that take mail before
	news    []netip.Addr // and then
	each    int          // how many messages a domain is sent at a time by a resolver
}

// moveCases reads the cases: a zone named by the case, and below it a question with the words of the move, under which
// stand the domains, the addresses that take mail before, and then. The root zone has the names of others.
func moveCases(t *testing.T) (cases []moveCase, root string) {
	t.Helper()
	ar, err := txtar.ParseFile(filepath.Join("testdata", "moves", "moves.txtar"))
	if err != nil || len(ar.Files)%2 != 1 {
		t.Fatalf("%v, or a zone without a question", err)
	}
	for i := 1; i < len(ar.Files); i += 2 {
		zone, question := ar.Files[i], ar.Files[i+1]
		c := moveCase{name: zone.Name, zone: parse(t, "example.com", string(zone.Data)), each: 4}
		c.move = migration(t, strings.Fields(strings.TrimPrefix(question.Name, "?")))
		for line := range strings.Lines(string(question.Data)) {
			words := strings.Fields(line)
			for _, w := range words[1:] {
				switch words[0] {
				case "to":
					c.domains = append(c.domains, w)
				case "old":
					c.olds = append(c.olds, netip.MustParseAddr(w))
				case "new":
					c.news = append(c.news, netip.MustParseAddr(w))
				}
			}
		}
		cases = append(cases, c)
	}
	return cases, string(ar.Files[0].Data)
}

// hosts is every address of the zones: those that neither old nor new hosts have refuse all recipients.
func hosts(t *testing.T, cases []moveCase, root string) map[netip.Addr]Fault {
	out := map[netip.Addr]Fault{}
	all := []*zonefile.Zone{parse(t, ".", root)}
	for _, c := range cases {
		all = append(all, c.zone)
	}
	for _, z := range all {
		for r := range z.Records() {
			if ip, ok := r.Addr(); ok && !ip.IsLoopback() {
				out[ip] = Rcpt550
			}
		}
	}
	for _, c := range cases {
		for _, ip := range append(c.olds, c.news...) {
			out[ip] = Up
		}
	}
	return out
}

// names is all that resolvers are asked for.
func (c moveCase) names() []string {
	var out []string
	for _, d := range c.domains {
		out = append(out, d+".")
	}
	for _, h := range append(names(c.move.From), names(c.move.To)...) {
		out = append(out, string(h))
	}
	return out
}

func TestMoves(t *testing.T) {
	needs.Long(t)
	needLab(t)
	sender := lab.NewPlace(t)
	needMoves(sender)
	cases, root := moveCases(t)
	l := newMoveLab(sender, newInternet(t), root, hosts(t, cases, root))
	if !*moves {
		cases = cases[:1]
	}
	for _, c := range cases {
		l.moved(c)
		if *moves {
			l.undone(c)
		}
		l.control(c)
	}
	t.Logf("%d of %d messages lost", l.lostOfAll, l.sentOfAll)
}

// moved makes a move as the plan says.
func (l *moveLab) moved(c moveCase) {
	r := l.begin(c)
	r.forward(len(r.plan()) - 1)
	r.none("forward")
}

// undone makes the steps of a move up to each, and undoes them.
func (l *moveLab) undone(c moveCase) {
	c.each, c.domains = 1, c.domains[:1]
	for _, s := range l.begin(c).plan() {
		if s.Script == "" {
			continue
		}
		r := l.begin(c)
		r.silent = true
		r.forward(s.Number)
		r.silent = false
		r.backward()
		r.none(fmt.Sprintf("back from step %d", s.Number))
	}
}

// control makes the move too early.
func (l *moveLab) control(c moveCase) {
	c.each = 1
	r := l.begin(c)
	r.early = true
	r.forward(len(r.plan()) - 1)
	if l.T.Logf("%s, too early: %d of %d messages lost", c.name, len(r.lost), r.messages); len(r.lost) == 0 {
		l.T.Errorf("%s: no message is lost where the steps do not wait", c.name)
	}
}

// none holds that no message was lost.
func (r *moveRun) none(what string) {
	r.T.Logf("%s, %s: %d of %d messages lost", r.name, what, len(r.lost), r.messages)
	for _, lost := range r.lost {
		r.T.Error(lost)
	}
	r.lostOfAll += len(r.lost)
	r.sentOfAll += r.messages
}
