package policy

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// A public key comes right out of whatever mail servers, programs and pages print around it, on the lines that it had and on the
// one line of a form; what is no whole public key is refused with what to do.
func TestKeysAsTheyArePrinted(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/keys.txtar")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	n := 0
	for _, f := range ar.Files {
		what, _, isCase := strings.Cut(f.Name, ": ")
		text := strings.ReplaceAll(string(f.Data), "\\r\n", "\r\n")
		if !isCase {
			keys[f.Name] = strings.TrimSpace(text)
			continue
		}
		n++
		lines, one := text, strings.TrimSpace(strings.NewReplacer("\r", " ", "\n", " ", "\t", " ").Replace(text))
		for _, pasted := range []string{lines, one} {
			if pasted == one && strings.Contains(f.Name, "by its lines alone") {
				what = "refuses, there is no p= in it"
			}
			got, err := ReadPublicKey(pasted)
			kind, takes := strings.CutPrefix(what, "takes ")
			_, why, _ := strings.Cut(what, ", ")
			switch {
			case takes && (err != nil || got.Text != keys[kind] || got.Kind != kind):
				t.Errorf("%s: %v, %v", f.Name, got, err)
			case !takes && (err == nil || !strings.Contains(err.Error(), why)):
				t.Errorf("%s: %v, %v", f.Name, got, err)
			}
		}
	}
	if n < 40 {
		t.Errorf("only %d texts", n)
	}
}
