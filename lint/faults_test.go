package lint_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// fault is a zone with one fault.
type fault struct {
	name  string // RULE: words
	src   []byte
	at    []string // where it has to be found, and the text that is marked
	setup []string
	zone  string // its name
}

// faults reads testdata/faults.txtar.
func faults(t *testing.T) (list []fault) {
	t.Helper()
	base, err := os.ReadFile("testdata/clean/postfix-selfhosted.zone")
	if err != nil {
		t.Fatal(err)
	}
	ar, err := txtar.ParseFile("testdata/faults.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range ar.Files {
		one, zone := fault{name: f.Name, zone: "example.com"}, string(base)
		var change strings.Builder
		for line := range strings.Lines(string(f.Data)) {
			words, isSetup := strings.CutPrefix(line, "= ")
			words = strings.TrimSuffix(words, "\n")
			at, isAt := strings.CutPrefix(words, "at ")
			switch {
			case !isSetup:
				change.WriteString(line)
			case isAt:
				one.at = append(one.at, at)
			case strings.HasPrefix(words, "renamed "):
				one.zone = strings.TrimPrefix(words, "renamed ")
				zone = strings.ReplaceAll(zone, "example.com", one.zone)
			case words == "serial":
				zone = strings.Replace(zone, "2026021503", "2026021504", 1)
			default:
				one.setup = append(one.setup, words)
			}
		}
		one.src = withFault(t, zone, change.String())
		list = append(list, one)
	}
	return list
}

// rule is the rule that has to find the fault.
func (f fault) rule() *lint.Rule {
	name, _, _ := strings.Cut(f.name, ":")
	return lint.Find(name)
}

// find is what is found in the zone: all of it above information, and of the fault's rule.
func (f fault) find(t *testing.T) []lint.Diagnostic {
	t.Helper()
	return slices.DeleteFunc(f.findAll(t), func(d lint.Diagnostic) bool {
		return d.Severity == lint.Info && d.Rule != f.rule()
	})
}

// findAll is all that is found in the zone.
func (f fault) findAll(t *testing.T) []lint.Diagnostic {
	t.Helper()
	read := func(path string, origin zonefile.Name) *zonefile.Zone {
		src, err := os.ReadFile("testdata/clean/" + path)
		if err != nil {
			t.Fatal(err)
		}
		return zonefile.Parse(path, src, zonefile.Options{Origin: origin})
	}
	zones := []*zonefile.Zone{zonefile.Parse("db.example.com", f.src, zonefile.Options{Origin: zonefile.Name(f.zone + ".")})}
	opt := lint.Options{Info: true, Signed: []string{"db.example.com"}}
	for _, words := range f.setup {
		switch word, rest, _ := strings.Cut(words, " "); word {
		case "opened":
			opt.Against = []*zonefile.Zone{read("postfix-selfhosted.zone", "example.com.")}
		case "beside":
			zones = append(zones, read(rest, "4.96.62.in-addr.arpa."))
		case "below":
			src := []byte("$TTL 1d\n@ SOA ns1.friend.org. hostmaster.friend.org. 1 4h 1h 2w 1h\n@ NS ns1.friend.org.\n@ NS ns2.friend.net.\n")
			zones = append(zones, zonefile.Parse("below", src, zonefile.Options{Origin: zonefile.Name(rest + ".")}))
		case "cert":
			opt.Certs = append(opt.Certs, certificate(t, "mx1.example.com.", rest))
		case "journal":
			opt.Journals = []string{"db.example.com"}
		case "unsigned":
			opt.Signed = nil
		case "loads": // see TestLikeBIND
		case "cutover":
			opt.CutOver, _ = time.ParseDuration(rest)
		default:
			t.Fatalf("no such setup: %s", words)
		}
	}
	return lint.Run(zones, opt)
}

// place is where a finding is, and the text that it marks: of several lines the first, of a long one the start.
func place(d lint.Diagnostic) string {
	text, _, _ := strings.Cut(string(d.File.Slice(d.Span)), "\n")
	text = text[:min(len(text), 60)]
	return fmt.Sprintf("%d:%d %s", d.Position().Line, d.Position().Column, text)
}

// One fault alone in a zone that is right otherwise is found at its place, once, and nothing else is.
func TestFaults(t *testing.T) {
	list := faults(t)
	if len(list) < 70 {
		t.Errorf("only %d faults", len(list))
	}
	known := map[string]bool{}
	for _, f := range list {
		t.Run(strings.ReplaceAll(f.name, " ", "-"), func(t *testing.T) {
			if f.rule() == nil {
				t.Fatal("no such rule")
			}
			known[f.rule().Name] = true
			found := f.find(t)
			var at []string
			for _, d := range found {
				if at = append(at, place(d)); d.Rule != f.rule() {
					t.Errorf("found, too: %s", d)
				}
			}
			if len(at) == 0 || !slices.Equal(at, f.at) {
				t.Errorf("found at %q, want %q", at, f.at)
			}
		})
	}
	for _, r := range lint.All {
		if !known[r.Name] {
			t.Errorf("no fault that %s finds", r.Name)
		}
	}
}

// withFault changes lines of a zone.
func withFault(t *testing.T, zone, change string) []byte {
	t.Helper()
	var minus, plus string
	flush := func() {
		switch {
		case minus == "":
			zone += plus
		case strings.Count("\n"+zone, "\n"+minus) != 1:
			t.Fatalf("not there, or not once: %q", minus)
		default:
			zone = strings.TrimPrefix(strings.Replace("\n"+zone, "\n"+minus, "\n"+plus, 1), "\n")
		}
		minus, plus = "", ""
	}
	for line := range strings.Lines(change) {
		if line[0] == '-' {
			flush()
			minus = line[1:]
			continue
		}
		plus += line[1:]
	}
	flush()
	return []byte(zone)
}
