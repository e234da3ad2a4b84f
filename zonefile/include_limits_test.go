package zonefile

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// includeZone is a zone whose includes are texts by name; what is asked for and missing is an error.
func includeZone(root string, files map[string]string) *Zone {
	return Parse("db", []byte(root), Options{Origin: "example.com.", Open: func(path string, _ *File) (string, []byte, error) {
		text, ok := files[path]
		if !ok {
			return "", nil, os.ErrNotExist
		}
		return path, []byte(text), nil
	}})
}

// problemsOf is what is wrong with a zone, in lines.
func problemsOf(z *Zone) string {
	var b strings.Builder
	for p := range z.Errors() {
		fmt.Fprintln(&b, p)
	}
	return b.String()
}

// A file that is no part of a zone is not taken in: not one of its bytes is to be seen in what the zone says.
func TestWhatIsNoZoneIsNotRead(t *testing.T) {
	for name, text := range map[string]string{
		"passwords": "root:$y$j9T$secret:20228:0:99999:7:::\ndaemon:*:20228:0:99999:7:::\n",
		"key":       "key \"rndc-key\" {\n\talgorithm hmac-sha256;\n\tsecret \"secret\";\n};\n",
		"pem":       "-----BEGIN PRIVATE KEY-----\nsecretsecretsecret\n-----END PRIVATE KEY-----\n",
		"prose":     "this is a secret\nand nobody here\nshould A\never read it\n",
		"bytes":     "\x7fELF\x02\x01secret\x00\x00\n\x00\x00\n",
	} {
		t.Run(name, func(t *testing.T) {
			z := includeZone("a 300 A 192.0.2.1\n$INCLUDE it\nb 300 A 192.0.2.2\n", map[string]string{"it": text})
			said := problemsOf(z)
			for f := range z.Files() {
				said += string(f.Bytes())
			}
			if strings.Contains(said, "secret") || !strings.Contains(said, "no part of a zone") {
				t.Errorf("the zone says %s", said)
			}
		})
	}
}

func TestPartsOfZonesAreRead(t *testing.T) {
	for name, text := range map[string]string{
		"empty":           "",
		"comments":        "; nothing\n\n",
		"one record":      "x 300 A 192.0.2.9\n",
		"a directive":     "$TTL 300\n",
		"half is broken":  "x 300 A 192.0.2.9\ny 300 A\nz 300 BAD z\n",
		"no last newline": "x 300 A 192.0.2.9",
	} {
		t.Run(name, func(t *testing.T) {
			z := includeZone("$INCLUDE it\n", map[string]string{"it": text})
			for p := range z.Errors() {
				if strings.Contains(p.Message, "no part of a zone") {
					t.Error(p.Message)
				}
			}
		})
	}
}

// Ten files that include the next ten times each are 10^10 files for a reader without limits.
func TestIncludesHaveAnEnd(t *testing.T) {
	files := map[string]string{"f10": "x 300 A 192.0.2.9\n", "large": strings.Repeat("; "+strings.Repeat("a", 1000)+"\n", 10_000)}
	for i := range 10 {
		files[fmt.Sprint("f", i)] = strings.Repeat(fmt.Sprintf("$INCLUDE f%d\n", i+1), 10)
	}
	for root, want := range map[string]string{
		"$INCLUDE f0\n":                         "more than 10000 files are included",
		strings.Repeat("$INCLUDE large\n", 110): "more than 1073741824 bytes in all",
	} {
		said := problemsOf(includeZone(root, files))
		if !strings.Contains(said, want) {
			t.Errorf("%.20q: no %q in %.300s", root, want, said)
		}
	}
}
