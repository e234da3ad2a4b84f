package ui

// What rows of records say, and that none of them is empty.

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// longNames is a zone whose exchanges are wider than their column.
const longNames = `$TTL 1d
@	SOA	ns1 hostmaster 2026112101 8h 2h 4w 1h
	NS	ns1
	MX	10 a-mail-host-with-a-name-that-is-long.of-the-branch-office.berlin
	MX	20 another-mail-host-with-a-long-name.provider.example.
	MX	30 yet-another-mail-host-with-a-name-that-is-long
	MX	40 a-mail-host-with-ipv6-alone-and-a-name-that-is-long
a-mail-host-with-ipv6-alone-and-a-name-that-is-long AAAA 2001:db8:1234:5678:9abc:def0:1234:5678
ns1	A	192.0.2.53
a-mail-host-with-a-name-that-is-long.of-the-branch-office.berlin A 192.0.2.1
	AAAA	2001:db8:1234:5678:9abc:def0:1234:5678
`

// A name that is wider than its column has a row to itself; the row below has the rest of it, and no row has nothing.
func TestNoRowOfRecordsIsEmpty(t *testing.T) {
	look := func(u *user) {
		for _, size := range [][2]int{{80, 24}, {60, 15}, {40, 10}, {120, 40}, {200, 50}} {
			u.resized(size[0], size[1])
			u.types("home enter home")
			u.app.View()
			for i, r := range u.app.records.rows {
				text := strings.TrimSpace(spansText(r.spans))
				_, ttl := zonefile.ParseTTL(text)
				if i > 0 && text == "" && r.tail == nil || r.more && ttl {
					t.Fatalf("%dx%d: row %d is %q:\n%s", size[0], size[1], i, text, u.screen())
				}
			}
		}
	}
	t.Chdir(t.TempDir())
	look(newUser(t, "", []byte(longNames)))
	for seed := range uint64(12) {
		u, _ := randomUser(t, seed)
		look(u)
	}
}

// The type of an address record and its address have one row together in every pane that has room for both, and no row touches the border.
func TestAnAddressHasOneRow(t *testing.T) {
	t.Chdir(t.TempDir())
	zone := "$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n NS ns1\n MX 10 mail\n MX 20 mail.with-a-long-name\nns1 A 192.0.2.53\n"
	for _, host := range []string{"mail", "mail.with-a-long-name"} {
		zone += host + " A 192.0.2.10\n AAAA 2001:db8::1\n AAAA 2001:db8:4227:e63d::7634\n AAAA 2001:db8:1234:5678:9abc:def0:1234:5678\n"
	}
	u := newUser(t, "", []byte(zone))
	for width := 30; width <= 120; width++ {
		m := rowMaker{kit: u.app.kit, z: u.app.doc.Zone(), name: "example.com."}
		m.mx = m.exchangesOf()
		c := m.divide(width - 2)
		for _, r := range u.app.recordRows("example.com.", width, false) {
			text := spansText(r.spans)
			if ansi.StringWidth(text) > c.width {
				t.Errorf("in %d columns a row is wider: %q", width, text)
			}
			if r.record.IsZero() || !isAddress(r.record) {
				continue
			}
			if typ, data := r.record.Type(), r.record.RDataText(); len(data) <= c.width-c.tier-typeWidth-c.ttl && (!strings.Contains(text, typ.String()+" ") || !strings.Contains(text, data)) {
				t.Errorf("in %d columns %s %s stands in the row %q", width, typ, data, text)
			}
		}
	}
}

// backZone is a reverse zone whose names lead to names of its own as well.
const backZone = `$ORIGIN 2.0.192.in-addr.arpa.
$TTL 1d
@	SOA	ns1.example.com. hostmaster.example.com. 2026112101 8h 2h 4w 1h
	NS	ns1.example.com.
9	PTR	mx1.example.com.
10	PTR	good
11	PTR	other
12	PTR	none
13	PTR	nowhere
14	PTR	a.sub
15	PTR	alias
16	PTR	@
good	A	192.0.2.10
	A	192.0.2.99
other	A	192.0.2.98
none	TXT	"no address"
alias	CNAME	back
back	A	192.0.2.15
sub	NS	ns.other.example.
`

// Of a PTR record it is said whether its name leads back to the address, where that is in the zone; else that nobody looked.
func TestPTRLeadsBack(t *testing.T) {
	for _, tt := range []struct{ address, says, short string }{
		{"192.0.2.9", "mx1.example.com.  not looked: its zone is not open", "not looked"},
		{"192.0.2.10", "good  leads back", "leads back"},
		{"192.0.2.11", "other  E does not lead back: it has 192.0.2.98", "E does not lead back"},
		{"192.0.2.12", "none  E does not lead back: it has no address", "E does not lead back"},
		{"192.0.2.13", "nowhere  E does not lead back: it has no address", "E does not lead back"},
		{"192.0.2.14", "a.sub  way back not looked at: its zone is not open", "not looked"},
		{"192.0.2.15", "alias  leads back", "leads back"},
	} {
		t.Chdir(t.TempDir())
		u := newUser(t, "size: 120x40\n", []byte(backZone))
		u.types(`/ "` + tt.address + `" enter`)
		if screen := u.screen(); !strings.Contains(screen, tt.says) {
			t.Errorf("%s does not say %q:\n%s", tt.address, tt.says, screen)
		}
		u.resized(40, 10)
		if u.types("enter"); !strings.Contains(u.screen(), tt.short) {
			t.Errorf("40x10: %s does not say %q:\n%s", tt.address, tt.short, u.screen())
		}
	}
}

// Who uses a host is said, by number where there is no room for a name.
func TestUsedByIsSaid(t *testing.T) {
	for _, tt := range []struct {
		users []string
		room  int
		says  string
	}{
		{[]string{"shop", "www"}, 10, "shop www"},
		{[]string{"shop", "www"}, 7, "shop +1"},
		{[]string{"a-long-name-of-shop", "www"}, 10, "2 names"},
		{[]string{"a-long-name-of-shop"}, 10, "1 name"},
		{[]string{"a-long-name-of-shop"}, 3, "1"},
		{[]string{"a-long-name-of-shop", andMore}, 10, "many"},
		{[]string{"shop", "www", andMore}, 15, "shop and more"},
		{nil, 10, ""},
	} {
		if got, _ := draw.Shortest(tt.room, usersText(tt.users)...); got != tt.says {
			t.Errorf("%q in %d columns: %q, want %q", tt.users, tt.room, got, tt.says)
		}
	}
}

// A problem of a line that stands above all records has no owner, and none is shown.
func TestProblemAboveAllRecords(t *testing.T) {
	t.Chdir(t.TempDir())
	u := newUser(t, "", append([]byte("; do not edit, a program does\n"), lawZone...))
	u.types(`2 & "program" enter`)
	if screen := u.screen(); strings.Contains(screen, " .. ") || !strings.Contains(screen, "a program writes this file") {
		t.Errorf("no owner is shown as one:\n%s", screen)
	}
}
