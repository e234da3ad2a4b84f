package policy

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// rfcSuite is the test suite of RFC 7208 (openspf.org), in the directory of a module that has it.
func rfcSuite(t *testing.T) string {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "blitiri.com.ar/go/spf").Output()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(strings.TrimSpace(string(dir)), "testdata", "rfc7208-tests.yml")
}

// beyondText is the cases of the suite whose permanent error lies in other records than the one that is read, or in how much
// it looks up.
var beyondText = map[string]bool{
	"multitxt1": true, "multitxt2": true, "multispf1": true, "include-permerror": true, "include-none": true, "redirect-none": true,
	"redirect-loop": true, "include-loop": true, "mech-over-limit": true, "include-over-limit": true, "mx-limit": true,
	"void-over-limit": true,
}

func TestSuiteOfRFC7208(t *testing.T) {
	src, err := os.ReadFile(rfcSuite(t))
	if err != nil {
		t.Fatal(err)
	}
	type scenario struct {
		Tests    map[string]struct{ Mailfrom, Helo, Result any }
		Zonedata map[string][]any
	}
	wrong, right := 0, 0
	for dec := yaml.NewDecoder(strings.NewReader(string(src))); ; {
		var s scenario
		if dec.Decode(&s) != nil {
			break
		}
		for name, test := range s.Tests {
			from := fmt.Sprint(test.Mailfrom)
			domain := from[strings.LastIndexByte(from, '@')+1:]
			if test.Mailfrom == nil || domain == "" {
				domain = fmt.Sprint(test.Helo)
			}
			for _, text := range records(s.Zonedata, domain) {
				result := fmt.Sprint(test.Result)
				perm := result == "permerror"
				if !perm && strings.Contains(result, "permerror") {
					continue // receivers may do as they like
				}
				found := faults(ParseSPF(text))
				switch {
				case perm && len(found) == 0 && !beyondText[name]:
					t.Errorf("%s: %q is a permanent error", name, text)
				case !perm && len(found) > 0:
					t.Errorf("%s: %q is valid: %q", name, text, found)
				case perm:
					wrong++
				default:
					right++
				}
			}
		}
	}
	if wrong < 50 || right < 90 {
		t.Errorf("%d wrong and %d right records: is the suite whole?", wrong, right)
	}
}

// records is the SPF records of a domain in the data of a scenario.
func records(zone map[string][]any, domain string) (out []string) {
	for name, list := range zone {
		if !strings.EqualFold(name, domain) {
			continue
		}
		for _, r := range list {
			m, _ := r.(map[string]any)
			for _, v := range []any{m["SPF"], m["TXT"]} {
				text := fmt.Sprint(v)
				if parts, ok := v.([]any); ok {
					text = ""
					for _, p := range parts {
						text += fmt.Sprint(p)
					}
				}
				if IsSPF(text) {
					out = append(out, text)
				}
			}
		}
	}
	return out
}
