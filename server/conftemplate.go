package server

// This file gives a zone what its template says, and its file a name where that is made of the zone's own. BIND 9.21.9: templates of
// zones, and the words $name, $type and $view in the file of one; older ones have neither, and take such words as they stand.

import (
	"cmp"
	"strings"
)

// fromTemplates gives all zones what their templates say, wherever those stand.
func (p *zoneReader) fromTemplates() {
	for _, z := range p.zones {
		if t := p.templates[z.template]; t != nil {
			z.inherit(t)
		} else if z.template != "" {
			p.fault(z.at, "no template of the name stands here that this zone asks for, so that named does not start: write it, or what the zone is")
		}
		if strings.ContainsRune(z.file, '$') {
			p.nameFile(z)
		}
	}
}

// inherit takes from a template what the zone does not say itself.
func (z *zoneStatement) inherit(t *zoneStatement) {
	z.kind, z.file, z.inView = cmp.Or(z.kind, t.kind), cmp.Or(z.file, t.file), cmp.Or(z.inView, t.inView)
	z.updates, z.signed, z.binary, z.inline = cmp.Or(z.updates, t.updates), cmp.Or(z.signed, t.signed), cmp.Or(z.binary, t.binary), cmp.Or(z.inline, t.inline)
	z.granted, z.elsewhere = z.granted || t.granted, z.elsewhere || t.elsewhere
	if t.checks != nil {
		all := z.checks.under(*t.checks)
		z.checks = &all
	}
}

// nameFile puts the name, the type and the view of a zone into the path of its file: each word once, as BIND does. Where no template
// stands, named may be an older one: there it is done if a file of that name is there, and none of the other. How a name is written that
// has other signs than most is not known: the path of such a zone is told by nobody.
func (p *zoneReader) nameFile(z *zoneStatement) {
	file, known := z.file, true
	for _, x := range [...]struct{ word, is string }{{"$name", z.spelled}, {"$type", z.kind}, {"$view", cmp.Or(p.views[z.view].name, "_default")}} {
		if strings.Contains(file, x.word) {
			known = known && isPlainFile(x.is)
			file = strings.Replace(file, x.word, x.is, 1)
		}
	}
	there := func(file string) bool { return exists(p.root.open(joinConf(p.dir, file))) }
	switch {
	case file == z.file, len(p.templates) == 0 && (!known || there(z.file) || !there(file)):
	case known:
		z.file = file
	default:
		z.file, z.unnamed = "", true
	}
}

// isPlainFile tells a name that stands in the name of a file as it is, however named writes others.
func isPlainFile(name string) bool {
	return name != "" && name[0] != '.' && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.") == ""
}
