package lint

// Records of mail policies that begin with a version, as v=STSv1: there is one at a name, and it is read as senders do.

import (
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// versionRecords is the TXT records of a name that start with a version, as v=STSv1.
func versionRecords(n zonefile.Node, version string) []txtValue {
	var out []txtValue
	for _, r := range n.Of(zonefile.TypeTXT) {
		if v := readTXT(r); policy.HasVersion(v.text, version) {
			out = append(out, v)
		}
	}
	return out
}

// checkVersion checks the records of a version at the visited name: one there has to be, in which faults are looked for.
func checkVersion(p *Pass, version, what, needs string, faults func(policy.Tags) []policy.Fault) {
	all := versionRecords(p.Node, version)
	if len(all) == 0 {
		p.On(p.Node.Of(zonefile.TypeTXT)[0], "not %s: senders want it to start with v=%s; and to have %s=", what, version, needs)
		return
	}
	_, what, _ = strings.Cut(what, " ")
	for _, v := range all[1:] {
		p.On(v.Record, "a second %s: senders take neither, delete one", what).Relate(all[0].Record, "the first one")
	}
	v := all[0]
	if cutOff(v) {
		p.On(v.Record, "the record ends at a semicolon that is not quoted, the rest is a comment: quote the text").Offer(quoteAll(v.Record))
		return
	}
	for _, f := range faults(v.tags()) {
		p.AtFault(v, f, "")
	}
}
