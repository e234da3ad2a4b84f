package policy

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadSTSPolicy(t *testing.T) {
	for text, want := range map[string]string{
		"version: STSv1\r\nmode: enforce\r\nmx: Mx1.example.com\r\nmx: *.example.net\r\nmax_age: 604800\r\n": "enforce 604800 [mx1.example.com *.example.net] []",
		"version: STSv1\nmode: none\nmax_age: 0":                                            "none 0 [] []",
		"mode:testing\nversion:STSv1\nmx:a\nfuture: x\nmax_age: 1\nmode: enforce\nno field": "testing 1 [a] []",
		"": " 0 [] [no line version: STSv1 the mode is none of enforce, testing, none max_age is no number of seconds up to 31557600 no line mx:]",
		"version: STSv1\nmode: x\nmx: a\nmax_age: 1":                                   "x 1 [a] [the mode is none of enforce, testing, none]",
		"version: STSv1\nmode: enforce\nmx: a\nmax_age: 31557601":                      "enforce 31557601 [a] [max_age is no number of seconds up to 31557600]",
		"version: STSv1\nmode: enforce\nmax_age: 1":                                    "enforce 1 [] [no line mx:]",
		"version: STSv1\nmode: enforce\nmax_age: 1\n" + strings.Repeat("mx: a\n", 101): "",
	} {
		p := ReadSTSPolicy(text)
		if len(p.MX) > 100 {
			if len(p.Faults) != 1 {
				t.Errorf("%d hosts: %v", len(p.MX), p.Faults)
			}
			continue
		}
		if got := fmt.Sprint(p.Mode, " ", p.MaxAge, " ", p.MX, " ", p.Faults); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestSTSPolicyCovers(t *testing.T) {
	p := STSPolicy{MX: []string{"mx1.example.com", "*.example.net."}}
	for host, want := range map[string]bool{
		"MX1.example.com.": true, "mx2.example.com": false, "a.example.net": true, "a.b.example.net": false, "example.net": false, "x.mx1.example.com": false,
	} {
		if p.Covers(host) != want {
			t.Errorf("%s: %v", host, !want)
		}
	}
}

// FuzzSTSPolicy: whatever a web server says, it is read or has faults, and nothing is covered that no line names.
func FuzzSTSPolicy(f *testing.F) {
	f.Add("version: STSv1\r\nmode: enforce\r\nmx: *.example.com\r\nmax_age: 604800\r\n", "mx1.example.com")
	f.Fuzz(func(t *testing.T, text, host string) {
		p := ReadSTSPolicy(text)
		if len(p.Faults) == 0 && (p.MaxAge < 0 || p.MaxAge > mostSTSAge || len(p.MX) > mostSTSHosts) {
			t.Errorf("%+v", p)
		}
		if p.Covers(host) && !strings.Contains(text, "mx") {
			t.Errorf("%q covers %q", text, host)
		}
	})
}
