package server

// This file says of a zone of the configuration what it is, and why its file is not to be edited: named writes it, or it is none.

import "cmp"

// notEdited says why the file of a zone of a kind is not edited.
var notEdited = map[string]string{
	"secondary":       "named writes this file itself: it takes the zone from its primaries; edit it there",
	"mirror":          "named writes this file itself: it takes the zone from its primaries; edit it there",
	"stub":            "named writes this file itself: it takes the name servers of the zone from its primaries; edit the zone there",
	"static-stub":     "the zone has no records here: named asks its servers",
	"delegation-only": "the zone has no records here: named takes nothing but delegations from its servers",
	"forward":         "the zone has no records here: named asks other servers",
	"hint":            "it holds the root servers, and is no zone",
	"redirect":        "it is what named answers for names that are not there, and is no zone",
	"catalog":         "its records are a list of zones for name servers, and no names that receive mail",
	"dynamic":         "the zone takes dynamic updates, so named writes this file itself: use nsupdate, or `rndc freeze`, edit, `rndc thaw`",
	"unknown":         "the zone has no type that is known here: write its type in named.conf",
}

// kindOf is what a zone is. BIND: only a primary takes updates, and dnssec-policy signs into the file of one that does.
func (p *zoneReader) kindOf(z *zoneStatement) string {
	v, options := &p.views[z.view], &p.views[0]
	signed := z.inline == saysYes || cmp.Or(z.signed, v.signed, options.signed) == saysYes
	switch {
	case v.catalogs[z.name] || options.catalogs[z.name]:
		return "catalog"
	case z.kind != "primary" && notEdited[z.kind] == "":
		return "unknown"
	case z.kind != "primary":
		return z.kind
	case p.takesUpdates(z):
		return "dynamic"
	case signed:
		return "signed"
	}
	return "primary"
}

// typeOf is the type of a zone as named.conf has it, which may be no type at all.
func typeOf(z *zoneStatement) string {
	if z.kind != "primary" && notEdited[z.kind] == "" {
		return "unknown"
	}
	return z.kind
}

// takesUpdates reports whether a zone takes dynamic updates. BIND: allow-update of a view or of the options counts for a zone
// that says nothing itself, and update-policy beside all.
func (p *zoneReader) takesUpdates(z *zoneStatement) bool {
	return z.granted || cmp.Or(z.updates, p.views[z.view].updates, p.views[0].updates) == saysYes
}

// whyNot is why the file of a zone of a kind is not edited, "" if it may be.
func (p *zoneReader) whyNot(z *zoneStatement, kind string) string {
	binary := cmp.Or(z.binary, p.views[z.view].binary, p.views[0].binary) == saysYes
	switch {
	case notEdited[kind] != "":
		return notEdited[kind]
	case z.elsewhere:
		return "the zone is in a database, and in no file"
	case z.unnamed:
		return "named makes the path of its file of the zone's name, and how it writes this one is not known here: name the file with `file`"
	case z.file == "":
		return "named.conf names no file of the zone"
	case binary:
		return "masterfile-format is not text: `named-compilezone` makes text of the file"
	}
	return ""
}

// checksOf is what named is to check of a zone, as Zone.Checks has it.
func (p *zoneReader) checksOf(z *zoneStatement) []string {
	all := z.checks.under(p.views[z.view].checks.under(p.views[0].checks.under(confChecks{})))
	if all == (confChecks{}) {
		return nil
	}
	same := p.ways[all]
	if same == nil {
		if p.ways == nil {
			p.ways = map[confChecks][]string{}
		}
		same = []string{all.String()}
		p.ways[all] = same
		p.kept += keptChecks
	}
	return same
}
