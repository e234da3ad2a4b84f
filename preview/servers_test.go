//go:build linux

package preview

// The preview against real mail servers: Exim and Postfix are handed messages for the domains of testdata/servers, which
// BIND serves, and try hosts that answer as the case says. Nothing leaves the namespaces that the test makes.

import (
	"fmt"
	"maps"
	"math"
	"net/netip"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/lab"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
	"golang.org/x/tools/txtar"
)

// mailServer is a real sender.
type mailServer interface {
	// deliver hands over a message for each recipient and waits until each was tried once.
	deliver(recipients []string) map[string]seen
}

// seen is what became of a message.
type seen struct {
	Outcome
	log string // the line that says so
}

// message is what is sent.
const message = "From: <sender@sender.test>\nSubject: test\n\nHello.\n"

// serverCase is a domain that the servers are asked about.
type serverCase struct {
	zone     *zonefile.Zone
	text     string // of the zone
	query    Query
	messages int
	want     map[Profile]expectation
}

// expectation is what a case says that a server does.
type expectation struct {
	Outcome
	differs string // "outcome" or "order": where the server is known to do otherwise than the preview
}

// serverCases reads the cases: after a zone, named by its origin, the question about a domain in it, and below the
// question what each server does.
func serverCases(t *testing.T) []serverCase {
	t.Helper()
	files, err := filepath.Glob("testdata/servers/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases in testdata/servers")
	}
	var out []serverCase
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil || len(ar.Files)%2 != 0 {
			t.Fatalf("%s: %v, or a zone without a question", file, err)
		}
		for f := range slices.Chunk(ar.Files, 2) {
			c := serverCase{text: string(f[0].Data), zone: parse(t, f[0].Name, string(f[0].Data)), want: map[Profile]expectation{}}
			c.ask(t, strings.Fields(strings.TrimPrefix(f[1].Name, "?")))
			for line := range strings.Lines(string(f[1].Data)) {
				words := strings.Fields(line)
				c.want[Profile(words[0])] = expectation{Outcome(words[1]), strings.Join(words[2:], " ")}
			}
			out = append(out, c)
		}
	}
	return out
}

// ask reads the words of a question, which may say how many messages are sent.
func (c *serverCase) ask(t *testing.T, words []string) {
	c.messages = 1
	if n, ok := strings.CutPrefix(words[len(words)-1], "messages:"); ok {
		var err error
		if c.messages, err = strconv.Atoi(n); err != nil {
			t.Fatal(err)
		}
		words = words[:len(words)-1]
	}
	c.query = question(t, words)
	c.query.Sender.Name = name(t, "sender.test")
	c.query.Sender.Addrs = []netip.Addr{senderIPv4, senderIPv6}
}

// domain is the domain of the case without the final dot.
func (c serverCase) domain() string { return Display(c.query.Domain) }

// recipients is whom the messages are for.
func (c serverCase) recipients() []string {
	var out []string
	for i := range c.messages {
		out = append(out, fmt.Sprintf("user%d@%s", i, c.domain()))
	}
	return out
}

// addresses is the addresses in the zone and their faults, without those of the sender and those that no host can have.
func (c serverCase) addresses() map[netip.Addr]Fault {
	out := map[netip.Addr]Fault{}
	for r := range c.zone.Records() {
		ip, ok := r.Addr()
		reach := zonefile.SpecialAddress(ip).Reach
		if ok && reach != zonefile.Nobody && reach != zonefile.Oneself && !slices.Contains(c.query.Sender.Addrs, ip) {
			out[ip.Unmap()] = c.query.Faults.address(ip, c.query.Faults.Networks(), c.query.Faults.host(r.Owner()))
		}
	}
	return out
}

func TestServers(t *testing.T) {
	needs.Long(t)
	needLab(t)
	cases := serverCases(t)
	for profile, start := range map[Profile]func(*lab.Place, []string) mailServer{Exim: newExim, EximDebian: newEximDebian, Postfix: newPostfix} {
		t.Run(string(profile), func(t *testing.T) {
			t.Parallel()
			watchServer(t, profile, start, cases)
		})
	}
}

// needLab skips where the machines cannot be made.
func needLab(t *testing.T) {
	t.Helper()
	needs.Root(t) // for namespaces
	for program, debian := range map[string]string{"ip": "iproute2", "named": "bind9", "dpkg-deb": "dpkg"} {
		needs.Program(t, debian, program)
	}
}

// watchServer has a server send all messages at once, and then asks case by case what was seen.
func watchServer(t *testing.T, profile Profile, start func(*lab.Place, []string) mailServer, cases []serverCase) {
	sender, internet := lab.NewPlace(t), newInternet(t)
	connect(sender, internet.Place)
	zones, hosts := map[string]string{}, map[netip.Addr]Fault{}
	var recipients, ipv4Only []string
	for _, c := range cases {
		zones[Display(c.zone.Origin())] = c.text
		for ip, f := range c.addresses() {
			if _, twice := hosts[ip]; twice {
				t.Fatalf("%s: another case has %s too", c.domain(), ip)
			}
			hosts[ip] = f
			internet.host(ip, f)
		}
		recipients = append(recipients, c.recipients()...)
		if c.query.Sender.IPv4 && !c.query.Sender.IPv6 {
			ipv4Only = append(ipv4Only, c.domain())
		}
	}
	serveZones(sender, zones)
	done := start(sender, ipv4Only).deliver(recipients)
	internet.listen()
	for _, c := range cases {
		t.Run(c.domain(), func(t *testing.T) { c.compare(t, profile, done, internet) })
	}
}

// compare holds what a server did against the preview.
func (c serverCase) compare(t *testing.T, profile Profile, done map[string]seen, in *internet) {
	q := c.query
	q.Sender.Profile = profile
	d := Route([]*zonefile.Zone{c.zone}, q)
	want, ok := c.want[profile]
	if !ok && profile == EximDebian {
		want, ok = c.want[Exim]
	}
	if !ok || (want.differs == "outcome") != (want.Outcome != d.Outcome) {
		t.Errorf("the case says %+v, the preview %s: %s", want, d.Outcome, d.Text)
	}
	for _, r := range c.recipients() {
		if done[r].Outcome != want.Outcome {
			t.Errorf("%s: %s, want %s: %s", r, done[r].Outcome, want.Outcome, done[r].log)
		}
		if took := in.took(r); (len(took) == 1) != (want.Outcome == Delivered) || len(took) > 1 {
			t.Errorf("%s was taken by %v", r, took)
		}
	}
	if c.messages > 1 {
		c.compareShares(t, d, in)
	} else {
		c.compareOrder(t, d, want.differs != "", in)
	}
}

// compareOrder wants the attempts of the message to be ones that the preview can draw, in that order.
func (c serverCase) compareOrder(t *testing.T, d Delivery, differs bool, in *internet) {
	t.Helper()
	mine, tried := c.addresses(), []netip.Addr{}
	for _, ip := range in.syns {
		if _, ok := mine[ip]; ok {
			tried = append(tried, ip)
		}
	}
	drawn := map[string]bool{}
	for seed := range uint64(3000) {
		ips := []netip.Addr{}
		for _, a := range d.Draw(seed) {
			ips = append(ips, a.IP.Unmap())
		}
		drawn[fmt.Sprint(ips)] = true
	}
	t.Logf("%s after %v, one of %d orders", d.Outcome, tried, len(drawn))
	if drawn[fmt.Sprint(tried)] == differs {
		t.Errorf("tried %v; the preview (%s) draws %v", tried, d.Text, slices.Sorted(maps.Keys(drawn)))
	}
	if took := in.took(c.recipients()[0]); len(took) > 0 && took[0] != tried[len(tried)-1] {
		t.Errorf("%s took the message, but %v was tried last", took[0], tried[len(tried)-1])
	}
}

// compareShares wants each host to have its share of the messages, within five standard deviations: a right preview
// fails once in a million runs.
func (c serverCase) compareShares(t *testing.T, d Delivery, in *internet) {
	t.Helper()
	count := map[netip.Addr]int{}
	for _, r := range c.recipients() {
		for _, ip := range in.took(r) {
			count[ip]++
		}
	}
	for _, h := range d.Tiers[d.Decides].Hosts {
		took, n := 0, float64(c.messages)
		for _, a := range h.Addresses {
			took += count[a.IP.Unmap()]
		}
		t.Logf("%s took %d of %d, its share is %.0f%%", h.Name, took, c.messages, 100*h.Share)
		if off := math.Abs(float64(took) - n*h.Share); off > 5*math.Sqrt(n*h.Share*(1-h.Share)) {
			t.Errorf("%s took %d of %d messages, its share is %.3f", h.Name, took, c.messages, h.Share)
		}
	}
}
