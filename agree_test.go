package main

// Lint and the preview of mail are two answers about one zone: what one calls out of reach the other must not deliver to.

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// asked is what lint and the preview say of a zone whose first MX is in question and whose second is good.
type asked struct {
	rules    map[string]string // by name: the message
	route    preview.Delivery
	excluded map[zonefile.Name]preview.Reason
	notes    map[string]string
}

// askBoth asks both about example.com with some records.
func askBoth(t *testing.T, records string) asked {
	t.Helper()
	text := "$TTL 1d\n@ SOA ns1 h 1 1d 1h 4w 1h\n@ NS ns1\n@ NS ns2\nns1 A 62.96.4.53\nns2 A 9.9.9.9\n@ MX 20 good\ngood A 62.96.5.25\n" + records
	z := zonefile.Parse("db.example.com", []byte(text), zonefile.Options{Origin: "example.com."})
	for p := range z.Errors() {
		t.Fatal(p)
	}
	a := asked{map[string]string{}, preview.Route([]*zonefile.Zone{z}, preview.Query{Domain: z.Origin()}),
		map[zonefile.Name]preview.Reason{}, map[string]string{}}
	for _, d := range lint.Run([]*zonefile.Zone{z}, lint.Options{}) {
		a.rules[d.Rule.Name] = d.Message
	}
	for _, x := range a.route.Excluded {
		a.excluded[x.Name] = x.Reason
	}
	for _, n := range a.route.Notes {
		a.notes[n.ID] = n.Text
	}
	return a
}

// TestLintAndPreviewAgreeOnAddresses asks both about the first and the last address of every range.
func TestLintAndPreviewAgreeOnAddresses(t *testing.T) {
	for _, ip := range []string{
		"0.0.0.0", "0.0.0.1", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "100.128.0.0", "127.0.0.0", "127.255.255.255",
		"169.254.0.0", "169.254.255.255", "172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0", "192.0.0.0", "192.0.0.255", "192.0.1.0",
		"192.0.2.1", "192.88.99.1", "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255", "198.20.0.0", "198.51.100.1", "203.0.113.1",
		"223.255.255.255", "224.0.0.0", "239.255.255.255", "240.0.0.0", "255.255.255.254", "255.255.255.255", "9.9.9.9",
		"::", "::1", "::2", "64:ff9b::1", "64:ff9b:1::1", "100::1", "2001:2::1", "2001:db8::1", "3fff::1", "5f00::1", "2620:fe::9",
		"fbff::1", "fc00::", "fdff::1", "fe00::1", "fe80::", "febf::1", "fec0::", "feff::1", "ff00::", "ffff::1",
		"::ffff:9.9.9.9", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:0.0.0.0", "::ffff:224.0.0.1", "::ffff:192.0.2.1",
	} {
		typ := "A"
		if strings.Contains(ip, ":") {
			typ = "AAAA"
		}
		a := askBoth(t, fmt.Sprintf("@ MX 10 odd\nodd %s %s\n", typ, ip))
		message, told := a.rules["mx-target-special-address"]
		_, tried := a.notes["target-private-address"]
		_, mapped := a.notes["target-mapped-address"]
		reason := a.excluded["odd.example.com."]
		var said bool // by the preview
		switch {
		case strings.Contains(message, "no sender can connect to it"):
			said = reason == preview.Unreachable && a.route.Outcome == preview.Delivered
		case strings.Contains(message, "loopback"), strings.Contains(message, "unspecified"):
			said = reason == preview.Self && a.notes["loopback"] != ""
		case strings.Contains(message, "no sender on the Internet"):
			said = tried && strings.Contains(a.route.Text, "only by senders in its own network")
		case strings.Contains(message, "dual-stack senders"):
			said = mapped && reason == ""
		case strings.Contains(message, "an example's address"), !told:
			said = reason == "" && !tried && a.route.Text == "delivered to odd.example.com"
		}
		if !said {
			t.Errorf("%s: lint says %q; the preview %q (%s), notes %v", ip, message, a.route.Text, reason, a.notes)
		}
	}
}

// TestLintAndPreviewAgreeOnNames asks both about exchanges that are no names of hosts. Underscores and hyphens at an end
// are errors of the standard that all servers seen look up all the same.
func TestLintAndPreviewAgreeOnNames(t *testing.T) {
	for name, used := range map[string]bool{
		"mx1": true, "mx-1": true, "xn--mx-fka": true, "mx_1": true, "_mx": true, "-mx": true, "mx-": true,
		`a\.b`: false, `a\032b`: false, `a\ b`: false, "*": false, "a*b": false, "mx!": false, `m\195\188x`: false, `a\@b`: false, "a/b": false, `a\000b`: false,
	} {
		a := askBoth(t, fmt.Sprintf("@ MX 10 %s\n%s A 62.96.6.25\n", name, name))
		_, told := a.rules["mx-target-not-hostname"]
		full, err := zonefile.ParseName(name, "example.com.")
		if err != nil {
			t.Fatal(err)
		}
		if passed := a.excluded[full] == preview.NotHostname; passed == used || passed && !told || passed != (a.notes["target-not-hostname"] != "") {
			t.Errorf("%s: lint tells it: %v; the preview excludes it: %v", name, told, passed)
		}
	}
}

// TestLintAndPreviewAgreeOnAliases asks both about exchanges at the start of 9 to 13 aliases, and in circles.
func TestLintAndPreviewAgreeOnAliases(t *testing.T) {
	for n := 9; n <= 13; n++ {
		chain := "@ MX 10 c1\n"
		for i := 1; i <= n; i++ {
			chain += fmt.Sprintf("c%d CNAME c%d\n", i, i+1)
		}
		chain += fmt.Sprintf("c%d A 62.96.6.25\n", n+1)
		a := askBoth(t, chain)
		followed := a.excluded["c1.example.com."] == ""
		ends := !strings.Contains(a.rules["mx-target-cname"], zonefile.TooLong.String())
		if want := n <= zonefile.MaxAliases; followed != want || ends != want || followed != (a.notes["target-alias"] != "") {
			t.Errorf("%d aliases: lint follows them: %v (%s), the preview: %v", n, ends, a.rules["mx-target-cname"], followed)
		}
	}
	a := askBoth(t, "@ MX 10 a\na CNAME b\nb CNAME a\n")
	if a.excluded["a.example.com."] != preview.AliasCircle || !slices.ContainsFunc([]string{"mx-target-no-address", "mx-target-cname"}, func(r string) bool {
		return strings.Contains(a.rules[r], "leads back to itself")
	}) {
		t.Errorf("a circle: lint says %v, the preview %v", a.rules, a.excluded)
	}
}
