package zonefile

import (
	"fmt"
	"strings"
	"testing"
)

// commentedZone is a zone with comments of every kind.
const commentedZone = `$ORIGIN example.com.
$TTL 1d
@	IN	SOA	ns1 h 1 2 3 4 5
	IN	NS	ns1
;	IN	MX	5 first
	IN	MX	10 mx1
;	300 IN	MX	20 mx2
;@	IN	MX	30 mx3
; mx4 gets its address on Monday
mx1	IN	A	192.0.2.1
;old	IN	MX	10 mx1
; @	IN	TXT	( "a"
; 		"b" )
$ORIGIN sub
;	IN	MX	10 inherited
;x	IN	A	192.0.2.9
`

// Records that were commented out are found by their owner, stated or inherited, also where the zone is too big to read every
// comment of.
func TestCommentedOut(t *testing.T) {
	show := func(z *Zone, n Name) string {
		var out []string
		for _, w := range z.CommentedOut(n) {
			c, _ := w.Commented()
			out = append(out, fmt.Sprintf("%d %s %s %d", c.TTL, c.Type, c.RData, c.Rows))
		}
		return strings.Join(out, "; ")
	}
	small := Parse("db", []byte(commentedZone), Options{Origin: "example.com."})
	big := Parse("db", []byte(commentedZone+strings.Repeat("; nothing\n", commentsEverywhere)), Options{Origin: "example.com."})
	const apex = `0 MX 5 first 1; 300 MX 20 mx2 1; 0 MX 30 mx3 1`
	for _, c := range []struct {
		owner          Name
		inSmall, inBig string
	}{
		{"example.com.", apex + `; 0 TXT "a" "b" 2`, apex},
		{"old.example.com.", "0 MX 10 mx1 1", ""},
		{"mx1.example.com.", "0 MX 10 inherited 1", ""},
		{"x.sub.example.com.", "0 A 192.0.2.9 1", ""},
		{"mx4.example.com.", "", ""},
	} {
		if got := show(small, c.owner); got != c.inSmall {
			t.Errorf("%s: %q, not %q", c.owner, got, c.inSmall)
		}
		if got := show(big, c.owner); got != c.inBig {
			t.Errorf("%s of a big zone: %q, not %q", c.owner, got, c.inBig)
		}
	}
}

// Names that have nothing but what was commented out are known, and where they stand; none that has a record is among them.
func TestOnlyCommentedOut(t *testing.T) {
	names := func(text string) string {
		var out []string
		for n, above := range Parse("db", []byte(text), Options{Origin: "example.com."}).OnlyCommentedOut() {
			out = append(out, string(n)+" below "+string(above))
		}
		return strings.Join(out, "; ")
	}
	const want = "old.example.com. below mx1.example.com.; x.sub.example.com. below mx1.example.com."
	if got := names(commentedZone + ";outside.test.\tIN\tA\t192.0.2.1\n"); got != want {
		t.Errorf("%q, not %q", got, want)
	}
	if got := names(commentedZone + "old.example.com. TXT x\n"); got != "x.sub.example.com. below mx1.example.com." {
		t.Errorf("with a record of one of them: %q", got)
	}
	if got := names(commentedZone + strings.Repeat("; nothing\n", commentsEverywhere)); got != "" {
		t.Errorf("of a big zone: %q", got)
	}
}
