package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A slip is answered with the word that was meant, in every place where a word of a few may stand; one that may be several
// words, or none, is not.
func TestDidYouMean(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", dir)
	const zone = "$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n@ NS ns1\n@ MX 10 mx1\nns1 A 192.0.2.1\nmx1 A 192.0.2.2\n"
	for name, text := range map[string]string{"db.example.com": zone, "db.one": zone, "db.two": zone,
		"rule.toml": "[lint]\ndisable = [\"mx-singel\"]\n", "key.toml": "[lint]\ndisabel = []\n", "severity.toml": "[lint.severity]\nmx-singl = \"info\"\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	for _, tt := range []struct{ line, meant string }{
		{"lnit db.example.com x", "lint"},
		{"previw db.example.com x", "preview"},
		{"hisotry db.example.com x", "history"},
		{"help aply", "apply"},
		{"help nothing", ""},
		{"lint --exit-zer db.example.com", ""},
		{"lint --formt json db.example.com", "--format"},
		{"lint --colour never db.example.com", "--color"},
		{"lint --quite db.example.com", "--quiet"},
		{"list --tpye MX db.example.com", "--type"},
		{"list --zzzzzz db.example.com", ""},
		{"lint --format jsno db.example.com", "json"},
		{"lint --format xml db.example.com", ""},
		{"lint --color alwys db.example.com", "always"},
		{"lint --fail-on eror db.example.com", "error"},
		{"lint --disable mx-singel db.example.com", "mx-single"},
		{"lint --disable nothing-of-it db.example.com", ""},
		{"lint --severity mx-singl=info db.example.com", "mx-single"},
		{"lint --severity mx-single=warnin db.example.com", "warning"},
		{"lint --config rule.toml db.example.com", "mx-single"},
		{"lint --config key.toml db.example.com", "lint.disable"},
		{"lint --config severity.toml db.example.com", "mx-single"},
		{"rules mx-singl", "mx-single"},
		{"rules spf-sintax", "spf-syntax"},
		{"rules completely-else", ""},
		{"list --type MXX db.example.com", "MX"},
		{"list --type CNMAE db.example.com", "CNAME"},
		{"list --type AAAAA db.example.com", "AAAA"},
		{"list --type XY db.example.com", ""},
		{"preview --profile postfx db.example.com example.com", "postfix"},
		{"preview --fault mx1.example.com=timeot db.example.com example.com", "timeout"},
		{"preview --fault mx1.example.com=555 db.example.com example.com", ""},
		{"preview --down mx2.example.com db.example.com example.com", "mx1.example.com."},
		{"completion bahs", "bash"},
		{"list db.exmaple.com", "db.example.com"},
		{"lint ./db.exampl.com", "./db.example.com"},
		{"preview " + dir + "/dbexample.com", dir + "/db.example.com"},
		{"list db.nothing", ""},
		{"list db.o", ""},
		{"history --show 1 db.example.co", "db.example.com"},
		{"apply db.example.cmo", "db.example.com"},
	} {
		t.Run(tt.line, func(t *testing.T) {
			var out, messages bytes.Buffer
			status := Main(strings.Fields(tt.line), strings.NewReader(""), &out, &messages)
			_, rest, asked := strings.Cut(messages.String(), "did you mean ")
			got, _, _ := strings.Cut(rest, "?")
			if status != statusUsage && status != statusFailed || got != tt.meant || asked != (tt.meant != "") || strings.Count(messages.String(), "did you mean") > 1 {
				t.Errorf("status %d, %s\nwant the question whether %q was meant", status, &messages, tt.meant)
			}
		})
	}
}
