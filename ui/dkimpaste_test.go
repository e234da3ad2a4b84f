package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// A key that is pasted into the form as programs and pages print it comes into the zone complete; what is none is refused, and
// nothing is added.
func TestPastedKeys(t *testing.T) {
	ar, err := txtar.ParseFile("../policy/testdata/keys.txtar")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	for _, f := range ar.Files {
		what, name, isCase := strings.Cut(f.Name, ": ")
		if !isCase {
			keys[f.Name] = strings.TrimSpace(string(f.Data))
			continue
		}
		t.Chdir(t.TempDir())
		u := newUser(t, "", demoZone)
		u.types(`tab a ctrl+t "dkim" tab`)
		u.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(strings.ReplaceAll(string(f.Data), "\\r\n", "\r\n")), Paste: true})
		u.types("enter")
		kind, takes := strings.CutPrefix(what, "takes ")
		takes = takes && !strings.HasPrefix(name, "by its lines alone")
		set := u.app.doc.Zone().RRset("mail._domainkey.example.com.", zonefile.TypeTXT)
		switch {
		case !takes && len(set) > 0:
			t.Errorf("%s: it is added: %s", f.Name, set[0].Text())
		case takes && len(set) == 0:
			t.Errorf("%s: it is not added:\n%s", f.Name, u.screen())
		case takes:
			text, _ := set[0].Joined()
			list := policy.ParseTags(text)
			key, _ := list.Find("p")
			if algorithm, _ := list.Find("k"); key.Value != keys[kind] || algorithm.Value != kind {
				t.Errorf("%s: %s", f.Name, text)
			}
		}
	}
}
