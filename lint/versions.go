package lint

// Records of mail policies that begin with a version, as v=STSv1: there is one at a name, and it is read as senders do.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// versionRecords is the TXT records of a name that start with a version, as v=STSv1.
func versionRecords(n zonefile.Node, version string) []txtValue {
	var out []txtValue
	for _, r := range n.Of(zonefile.TypeTXT) {
		v := readTXT(r)
		if rest, ok := strings.CutPrefix(v.text, "v="+version); ok && (rest == "" || strings.HasPrefix(strings.TrimLeft(rest, " \t"), ";")) {
			out = append(out, v)
		}
	}
	return out
}

// checkVersion checks the records of a version at the visited name: one there has to be, which check looks into.
func checkVersion(p *Pass, version, what, needs string, check func(*Pass, txtValue)) {
	all := versionRecords(p.Node, version)
	if len(all) == 0 {
		p.On(p.Node.Of(zonefile.TypeTXT)[0], "not %s: senders want it to start with v=%s; and to have %s=", what, version, needs)
		return
	}
	_, what, _ = strings.Cut(what, " ")
	for _, v := range all[1:] {
		p.On(v.Record, "a second %s: senders take neither, delete one", what).Relate(all[0].Record, "the first one")
	}
	check(p, all[0])
}
