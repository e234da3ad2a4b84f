package preview

// The cases in testdata: zones on top, one question a section below, and under it the answer.

import (
	"bytes"
	"flag"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write anew what the tests expect; git diff shows what has changed")

func TestMain(m *testing.M) { os.Exit(needs.Main{M: m}.Run()) }

// eachCase runs answer for every question of the cases of a directory and compares. A section whose name
// starts with "?" is a question, every other one is a zone, named by its origin.
func eachCase(t *testing.T, dir string, answer func(t *testing.T, zones []*zonefile.Zone, question []string) string) {
	files, err := filepath.Glob("testdata/" + dir + "/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in testdata/%s", dir)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			runCase(t, ar, answer)
			if *update {
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// runCase answers the questions of one file.
func runCase(t *testing.T, ar *txtar.Archive, answer func(*testing.T, []*zonefile.Zone, []string) string) {
	var zones []*zonefile.Zone
	asked := false
	for i := range ar.Files {
		f := &ar.Files[i]
		if !strings.HasPrefix(f.Name, "?") {
			zones = append(zones, parse(t, f.Name, string(f.Data)))
			continue
		}
		asked = true
		got := answer(t, zones, strings.Fields(f.Name[1:]))
		if *update {
			f.Data = []byte(got)
		} else if !bytes.Equal(f.Data, []byte(got)) {
			t.Errorf("%s\ngot:\n%swant:\n%s", f.Name, got, f.Data)
		}
	}
	if !asked {
		t.Error("a case without a question")
	}
}

// question reads the words of a question: a domain, then settings.
func question(t *testing.T, words []string) Query {
	q := Query{Domain: name(t, words[0]), Faults: Faults{}, Outside: map[zonefile.Name][]netip.Addr{}}
	for _, w := range words[1:] {
		key, value, _ := strings.Cut(w, ":")
		switch key {
		case "from":
			q.Sender.Name = name(t, value)
		case "at":
			q.Sender.Addrs = append(q.Sender.Addrs, netip.MustParseAddr(value))
		case "ip":
			q.Sender.IPv4, q.Sender.IPv6 = strings.Contains(value, "4"), strings.Contains(value, "6")
		case "profile":
			q.Sender.Profile = Profile(value)
		case "fault":
			where, f, err := ParseFault(value)
			if err != nil {
				t.Fatal(err)
			}
			q.Faults[where] = f
		case "outside":
			host, ip, _ := strings.Cut(value, "=")
			q.Outside[name(t, host)] = append(q.Outside[name(t, host)], netip.MustParseAddr(ip))
		default:
			t.Fatalf("unknown setting %q", w)
		}
	}
	return q
}

// render is a delivery as the cases write it.
func render(d Delivery) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s ttl %d\n", d.Source, d.Owner, d.TTL)
	for i, t := range d.Tiers {
		for _, h := range t.Hosts {
			fmt.Fprintf(&b, "%d  %d %s%s", i+1, t.Preference, h.Name, renderAddresses(h))
			fmt.Fprintf(&b, " %.0f%% %s", 100*h.Share, d.When(i))
			if len(h.With) > 0 {
				fmt.Fprintf(&b, "with %s", List(h.With, Display))
			}
			fmt.Fprintln(&b)
		}
	}
	for _, x := range d.Excluded {
		fmt.Fprintf(&b, "-  %d %s %s\n", x.Preference, x.Name, x.Reason)
	}
	fmt.Fprintf(&b, "%s %s\n=> %s\n", d.Outcome, d.Code, d.Text)
	for _, n := range d.Notes {
		fmt.Fprintf(&b, "%s %s: %s\n", n.Severity, n.ID, n.Text)
	}
	var lines []string
	for line := range strings.Lines(b.String()) {
		lines = append(lines, strings.TrimRight(line, " \n")+"\n")
	}
	return strings.Join(lines, "")
}

// renderAddresses is the addresses of a host with what is wrong with them.
func renderAddresses(h Host) string {
	var b strings.Builder
	if h.Status != OK {
		b.WriteString(" " + string(h.Status))
	}
	if len(h.Addresses) == 0 && h.Fault != "" {
		b.WriteString(" (" + string(h.Fault) + ")")
	}
	for _, a := range h.Addresses {
		b.WriteString(" " + a.IP.String())
		if why := string(a.Skip) + string(a.Fault); why != "" {
			b.WriteString("(" + why + ")")
		}
	}
	return b.String()
}

func TestRoute(t *testing.T) {
	eachCase(t, "route", func(t *testing.T, zones []*zonefile.Zone, words []string) string {
		d := Route(zones, question(t, words))
		checkDraws(t, d)
		checkShown(t, zones, question(t, words))
		return render(d)
	})
}

// checkDraws makes sure that what is drawn ends as the delivery says.
func checkDraws(t *testing.T, d Delivery) {
	t.Helper()
	for seed := range uint64(50) {
		tried := d.Draw(seed)
		ends := len(tried) > 0 && tried[len(tried)-1].Fault.answers()
		if ends != (d.Decides >= 0) || ends && tried[len(tried)-1].Tier != d.Decides {
			t.Errorf("%s: %s, but seed %d draws %v", d.Domain, d.Text, seed, tried)
		}
	}
}
