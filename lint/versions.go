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
	var all []txtValue
	for _, v := range p.Texts() {
		if policy.HasVersion(v.text, version) {
			all = append(all, v)
		}
	}
	if len(all) == 0 {
		p.noVersion(version, what, needs)
		return
	}
	_, what, _ = strings.Cut(what, " ")
	for _, v := range rivals(all) {
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

// noVersion says why none of the records at the visited name is one of a version.
func (p *Pass) noVersion(version, what, needs string) {
	all := p.Node.Of(zonefile.TypeTXT)
	for _, r := range all {
		if v := readTXT(r); policy.MissesSemicolon(v.text, version) {
			p.AtText(v, 0, len("v=")+len(version), "not %s: a semicolon is missing behind v=%s", what, version)
			return
		}
	}
	p.On(all[0], "not %s: senders want it to start with v=%s; and to have %s=", what, version, needs)
}
