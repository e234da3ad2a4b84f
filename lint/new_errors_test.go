package lint

import (
	"slices"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// TestNewErrorsAreThoseOfAFullRun: what is told of an edit without the rules that find no errors is what all rules tell.
func TestNewErrorsAreThoseOfAFullRun(t *testing.T) {
	empty := zonefile.Parse("x", []byte("@ SOA ns1 h 1 4h 1h 2w 1h\n"), zonefile.Options{Origin: "example.com."})
	texts := []string{`s1._domainkey TXT "v=DKIM1; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAPSDX7yZWZedAe5XpUQ7Xvu0QKoj97ynNoPLrsHBegaaGeSrDjcwaGJYs7GOvlnZZktMk3nS6JJdezholMEp4nkCAwEAAQ=="`}
	for _, r := range All {
		texts = append(texts, r.Bad)
	}
	told := map[string]bool{}
	for _, text := range texts {
		text = "@ SOA ns1 h 2 4h 1h 2w 1h\n" + text + "\n"
		bad := zonefile.Parse("x", []byte(text), zonefile.Options{Origin: "example.com."})
		want := Since(Run([]*zonefile.Zone{empty}, Options{}), Run([]*zonefile.Zone{bad}, Options{}))
		want = slices.DeleteFunc(want, func(d Diagnostic) bool { return d.Severity < Error })
		got := NewErrors(empty, bad, nil, Options{})
		same := slices.EqualFunc(got, want, func(a, b Diagnostic) bool { return a.Rule == b.Rule && a.Message == b.Message })
		if !same {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
		for _, d := range got {
			told[d.Rule.Name] = true
		}
	}
	if len(told) < 20 || !told["dkim-weak-key"] || !told["mx-target-one-label"] {
		t.Errorf("only %d rules told errors: %v", len(told), told)
	}
}
