// Package rfc7208 is for tests: it reads the test suite of RFC 7208 (openspf.org) where a module that has it lies, and writes
// the data of each case as a zone.
package rfc7208

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/mailzone/mailzone/zonefile"
)

// A Case is a message of which the suite says how it is to be judged.
type Case struct {
	Name    string
	Domain  string   // the sender's
	Results []string // each of them is right
	Zone    string   // all that is in DNS: the file of the root zone
	Texts   []string // the SPF records of the sender's domain
}

// Permanent tells a case whose only right result is a permanent error.
func (c Case) Permanent() bool { return len(c.Results) == 1 && c.Results[0] == "permerror" }

// Valid tells a case that is no permanent error by any reading.
func (c Case) Valid() bool { return !slices.Contains(c.Results, "permerror") }

// scenario is one document of the suite.
type scenario struct {
	Tests    map[string]struct{ Mailfrom, Helo, Result any }
	Zonedata map[string][]any
}

// Cases is the cases of the suite whose sender is in example.com and has records there, by name.
func Cases(t testing.TB) (list []Case) {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "blitiri.com.ar/go/spf").Output()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(strings.TrimSpace(string(dir)), "testdata", "rfc7208-tests.yml"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for dec := yaml.NewDecoder(f); ; {
		var s scenario
		if err := dec.Decode(&s); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		for _, name := range slices.Sorted(maps.Keys(s.Tests)) {
			if c := s.read(name); (c.Domain == "example.com" || strings.HasSuffix(c.Domain, ".example.com")) && s.has(c.Domain) {
				list = append(list, c)
			}
		}
	}
	return list
}

// read reads one case.
func (s scenario) read(name string) Case {
	test := s.Tests[name]
	from, _ := test.Mailfrom.(string)
	domain := from[strings.LastIndexByte(from, '@')+1:]
	if domain == "" {
		domain = fmt.Sprint(test.Helo)
	}
	c := Case{Name: name, Domain: strings.ToLower(domain), Results: texts(test.Result), Zone: s.zone()}
	for _, r := range s.records(c.Domain) {
		if r.typ == "TXT" {
			c.Texts = append(c.Texts, strings.Join(texts(r.data), ""))
		}
	}
	return c
}

// has tells whether the suite knows something about a name.
func (s scenario) has(domain string) bool { return len(s.records(domain)) > 0 }

// record is one record of the suite.
type record struct {
	typ  string
	data any
}

// records is the records of a name. What stands as SPF is TXT as well, unless TXT records stand beside it: the suite is older
// than the end of the type SPF (RFC 7208 §3.1).
func (s scenario) records(domain string) (list []record) {
	var spf []record
	ownTXT := false
	for name, data := range s.Zonedata {
		if !strings.EqualFold(name, domain) {
			continue
		}
		for _, one := range data {
			fields, ok := one.(map[string]any)
			if !ok {
				fields = map[string]any{fmt.Sprint(one): true}
			}
			for typ, value := range fields {
				ownTXT = ownTXT || typ == "TXT"
				switch {
				case typ == "SPF":
					spf = append(spf, record{"TXT", value})
				case typ != "TXT" || value != "NONE":
					list = append(list, record{typ, value})
				}
			}
		}
	}
	if !ownTXT {
		list = append(list, spf...)
	}
	return list
}

// zone is the data as the file of the root zone. A name that gives no answer is delegated: nothing is known of it here.
func (s scenario) zone() string {
	var b strings.Builder
	b.WriteString("$TTL 1d\n. SOA ns.test. h.test. 1 1h 1h 1w 1h\n. NS ns.test.\nns.test. A 192.0.2.53\n")
	for _, name := range slices.Sorted(maps.Keys(s.Zonedata)) {
		owner := strings.TrimSuffix(name, ".") + "."
		for _, r := range s.records(name) {
			switch r.typ {
			case "TXT":
				var strs []string
				for _, text := range texts(r.data) {
					strs = append(strs, zonefile.Quote(text))
				}
				fmt.Fprintf(&b, "%s TXT %s\n", owner, strings.Join(strs, " "))
			case "MX":
				f := texts(r.data)
				fmt.Fprintf(&b, "%s MX %s %s.\n", owner, f[0], strings.TrimSuffix(f[1], "."))
			case "A", "AAAA":
				fmt.Fprintf(&b, "%s %s %v\n", owner, r.typ, r.data)
			case "CNAME", "PTR":
				fmt.Fprintf(&b, "%s %s %s.\n", owner, r.typ, strings.TrimSuffix(fmt.Sprint(r.data), "."))
			default: // TIMEOUT and the like
				fmt.Fprintf(&b, "%s NS gone.test.\n", owner)
			}
		}
	}
	return b.String()
}

// texts is a value, or a list of them, in words.
func texts(v any) (out []string) {
	if list, ok := v.([]any); ok {
		for _, one := range list {
			out = append(out, fmt.Sprint(one))
		}
		return out
	}
	return []string{fmt.Sprint(v)}
}
