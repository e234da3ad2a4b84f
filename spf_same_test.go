// One way to read a record: what lint takes for SPF the plan of a migration does, and what lets a host send for the one does
// for the other.
package main

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// spfZone is a zone whose mail goes to a host, with a TXT record.
func spfZone(mx, text string) *zonefile.Zone {
	src := "$TTL 1d\n@ SOA ns1.isp.net. h.isp.net. 1 1h 1h 1w 1h\n@ NS ns1.isp.net.\n@ MX 10 " + mx + "\nmail A 62.96.4.25\n@ TXT " + zonefile.Quote(text) + "\n"
	return zonefile.Parse("db.example.com", []byte(src), zonefile.Options{Origin: "example.com."})
}

// lintTells tells whether a rule finds something in a zone that was another one.
func lintTells(rule string, was, is *zonefile.Zone) bool {
	found := lint.Run([]*zonefile.Zone{is}, lint.Options{Info: true, Against: []*zonefile.Zone{was}})
	return slices.ContainsFunc(found, func(d lint.Diagnostic) bool { return d.Rule.Name == rule })
}

// planChanges tells whether a plan of moving to the host mail changes the TXT record, and what it writes.
func planChanges(t *testing.T, z *zonefile.Zone) (script string, changes bool) {
	t.Helper()
	steps, err := preview.Plan(z, preview.Migration{
		From: []preview.MailHost{{Name: "mx.isp.net."}},
		To:   []preview.MailHost{{Name: "mail.example.com.", Addrs: []netip.Addr{netip.MustParseAddr("62.96.4.25")}}},
	}, preview.Past{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range steps {
		script += s.Script
	}
	return script, strings.Contains(script, " TXT ")
}

func TestLintAndPlanReadSPFAlike(t *testing.T) {
	for _, text := range []string{
		"v=spf1", "v=spf1 -all", "V=SPF1 -ALL", "v=spf1  -all ", "v=spf1 ip4:198.51.100.1 -all",
		" v=spf1 -all", "v=spf1\t-all", "v=spf1; -all", "v=spf10 -all", "v=spf2 -all", "spf1 -all", "v=spf1-all", "\"v=spf1 -all\"", "v = spf1 -all", "",
	} {
		z := spfZone("mx.isp.net.", text)
		is := !lintTells("spf-missing", z, z) && !lintTells("spf-lookalike", z, z)
		if script, changes := planChanges(t, z); changes != is {
			t.Errorf("%q: to lint it is SPF: %v; the plan is\n%s", text, is, script)
		}
	}
	for _, term := range []string{
		"ip4:62.96.4.25", "IP4:62.96.4.25", "+ip4:62.96.4.25", "ip4:62.96.4.25/32", "ip4:62.96.4.0/24", "ip4:62.96.4.0/25", "ip4:62.96.0.0/16",
		"ip4:0.0.0.0/0", "ip4:62.96.4.24", "ip4:62.96.4.26/31", "ip4:62.96.4.25/33", "ip4:62.96.4.25/", "ip4:062.96.4.25", "ip4=62.96.4.25", "ip:62.96.4.25",
		"ip6:::ffff:62.96.4.25", "ip6:2001:db8::1", "x=ip4:62.96.4.25", "ip4:62.96.4.0/024",
	} {
		text := "v=spf1 ip4:198.51.100.1 " + term + " -all"
		covered := !lintTells("spf-mx-not-covered", spfZone("mx.isp.net.", text), spfZone("mail", text))
		if script, changes := planChanges(t, spfZone("mx.isp.net.", text)); changes == covered {
			t.Errorf("%q: to lint the host may send: %v; the plan is\n%s", text, covered, script)
		}
	}
}
