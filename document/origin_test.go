package document

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// Which zone a file is, is what the flag says, else what the name server has, else what the SOA says that the file makes
// absolute, else what the file's name says, else it is asked: nothing is guessed.
func TestOriginOfFiles(t *testing.T) {
	const relative = "$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n@ NS ns1\nrel A 192.0.2.1\n"
	const absolute = "$TTL 1d\nexample.org. SOA ns1 h 1 1h 1h 1w 1h\nrel A 192.0.2.1\n"
	const byDirective = "$ORIGIN Example.ORG.\n$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\nrel A 192.0.2.1\n"
	const asked = zonefile.Name("")
	for _, tt := range []struct {
		file, text string
		want       zonefile.Name
	}{
		{"example.com", relative, "example.com."},
		{"db.example.com", relative, "example.com."},
		{"DB.Example.COM", relative, "example.com."},
		{"example.com.", relative, "example.com."},
		{"example.com.zone", relative, "example.com."},
		{"example.com.ZONE", relative, "example.com."},
		{"example.com.db", relative, "example.com."},
		{"example.com.hosts", relative, "example.com."},
		{"example.com.txt", relative, "example.com."},
		{"db.example.com.zone", relative, "example.com."},
		{"sub.example.co.uk.zone", relative, "sub.example.co.uk."},
		{"xn--bcher-kva.example", relative, "xn--bcher-kva.example."},
		{"_tcp.example.com", relative, "_tcp.example.com."},
		{"2.0.192.in-addr.arpa", relative, "2.0.192.in-addr.arpa."},
		{"db.2.0.192.in-addr.arpa", relative, "2.0.192.in-addr.arpa."},
		{"0-25.2.0.192.in-addr.arpa.zone", relative, "0-25.2.0.192.in-addr.arpa."},
		{"8.b.d.0.1.0.0.2.ip6.arpa", relative, "8.b.d.0.1.0.0.2.ip6.arpa."},
		{"whatever", absolute, "example.org."},
		{"example.com", absolute, "example.org."},
		{"db.192.0.2", absolute, "example.org."},
		{"whatever", byDirective, "example.org."},
		{"example.com.bak", byDirective, "example.org."},
		{"whatever", relative, asked},
		{"db.local", relative, asked},
		{"db.127", relative, asked},
		{"db.0", relative, asked},
		{"db.255", relative, asked},
		{"db.empty", relative, asked},
		{"master", "rel A 192.0.2.1\n", asked},
		{"db.192.0.2", relative, asked},
		{"192.0.2.rev", relative, asked},
		{"2.0.192", relative, asked},
		{"10.1.rev", relative, asked},
		{"192.0.2.0", relative, asked},
		{"192.0.2.0-25", relative, asked},
		{"db.8.b.d.0.1.0.0.2", relative, asked},
		{"2.0.0.1.0.d.b.8.rev", relative, asked},
		{"2.0.0.1.0.d.b", relative, asked},
		{"example.com.bak", relative, asked},
		{"example.com.orig", relative, asked},
		{"example.com.signed", relative, asked},
		{"example.com.dpkg-old", relative, asked},
		{"example.com~", relative, asked},
		{"example.com.20261129", relative, asked},
		{"example.com.2", relative, asked},
		{"hosts.inc", "rel A 192.0.2.1\n", asked},
		{"a..b", relative, asked},
	} {
		path := filepath.Join(t.TempDir(), tt.file)
		if err := os.WriteFile(path, []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, said := range []zonefile.Name{"", "said.example."} {
			for _, served := range [][]zonefile.Name{nil, {"served.example."}, {"one.example.", "two.example."}} {
				want := tt.want
				switch len(served) {
				case 1:
					want = "served.example."
				case 2: // nobody guesses which of two it is to be
					want = asked
				}
				if said != "" {
					want = said
				}
				asking := Asking{Placed: func(string) (p server.Placement) {
					for _, name := range served {
						p.Zones = append(p.Zones, server.Zone{Name: name})
					}
					return p
				}}
				var told zonefile.Told
				st, z, err := Open(Options{Path: path, Origin: said, ReadOnly: true, Asking: asking, Told: func(by zonefile.Told) { told = by }})
				if by := toldBy(tt.text, said, served, want); told != (zonefile.Told{Origin: want, By: by}) {
					t.Errorf("%s, --origin %q, named.conf %q: told %q, want %s by %q", tt.file, said, served, told, want, by)
				}
				switch {
				case want == asked && !errors.Is(err, zonefile.ErrNoOrigin):
					t.Errorf("%s, named.conf %q: %v, want that the zone is asked", tt.file, served, err)
				case want != asked && (err != nil || tt.text != byDirective && !z.Exists("rel."+want)):
					t.Errorf("%s, --origin %q, named.conf %q: %v, want %s", tt.file, said, served, err, want)
				}
				if err == nil {
					st.Close()
				}
			}
		}
	}
}

// toldBy is what tells the origin of a file with a text.
func toldBy(text string, said zonefile.Name, served []zonefile.Name, want zonefile.Name) string {
	switch {
	case want == "":
		return ""
	case said != "":
		return "--origin"
	case len(served) == 1:
		return "named.conf"
	case want == "example.org." && !strings.Contains(text, "@ NS"):
		return "its SOA"
	}
	return "its name"
}

// What is asked of a name of numbers is asked with both zones that they may mean.
func TestOriginOfNumbersIsAsked(t *testing.T) {
	for _, tt := range []struct{ file, says string }{
		{"db.192.0.2", "as in --origin 2.0.192.in-addr.arpa, or --origin 192.0.2.in-addr.arpa if the numbers stand backwards already"},
		{"2.0.192.rev", "as in --origin 192.0.2.in-addr.arpa, or --origin 2.0.192.in-addr.arpa if the numbers stand backwards already"},
		{"db.127", "as in --origin 127.in-addr.arpa"},
		{"db.2.0.0.1.0.d.b.8", "as in --origin 8.b.d.0.1.0.0.2.ip6.arpa, or --origin 2.0.0.1.0.d.b.8.ip6.arpa if the numbers stand backwards already"},
		{"example.com.bak", "as in --origin example.com"},
		{"whatever", "as in --origin example.com"},
	} {
		if _, err := zonefile.GuessOrigin(tt.file, nil); err == nil || !strings.HasSuffix(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", tt.file, err, tt.says)
		}
	}
}
