package server

// This file finds the zones in the statements of named.conf, and what else there decides about their files: options and views
// hand down to their zones what those do not say themselves, wherever the options stand.

import (
	"os"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// A confAnswer is what a scope says to a question.
type confAnswer byte

// Most scopes say nothing.
const (
	unsaid confAnswer = iota
	saysNo
	saysYes
)

// answer is yes or no.
func answer(yes bool) confAnswer {
	if yes {
		return saysYes
	}
	return saysNo
}

// A confScope is what options, a view or a zone says about zone files.
type confScope struct {
	updates confAnswer  // who may update: somebody
	signed  confAnswer  // dnssec-policy: another one than none
	binary  confAnswer  // masterfile-format: another one than text
	added   confAnswer  // allow-new-zones
	checks  *confChecks // what named checks of a zone; nil if it says nothing
}

// A confView is a view, or what stands outside of views.
type confView struct {
	name string
	only []string // its name alone
	confScope
	addedIn  string // new-zones-directory
	other    bool   // of another class than IN
	catalogs map[zonefile.Name]bool
}

// newConfView is a view of which nothing more is known.
func newConfView(name string) confView { return confView{name: name, only: []string{name}[:1:1]} }

// A zoneStatement is a zone of class IN as it stands in the configuration.
type zoneStatement struct {
	confScope
	name      zonefile.Name
	view      int // of the reader's views
	at        confPlace
	kind      string // the type, in today's words
	file      string
	inView    string
	granted   bool       // update-policy: no scope hands it down
	inline    confAnswer // inline-signing, which no scope hands down
	template  string     // the name of the one that says what the zone does not
	spelled   string     // its name as it stands there, without a dot at the end
	unnamed   bool       // its file has a name that is made of the zone's, and not known here
	elsewhere bool       // dlz, or another database
	added     bool       // by rndc addzone
}

// A zoneReader collects the zones of a configuration.
type zoneReader struct {
	confStream
	begun string // the directory that named was started in, as far as we know
	views []confView
	zones []*zoneStatement
	other int // zones of other classes

	absolute bool // the directory in options is, so that nothing counts from begun
	kept     int  // bytes of names, paths and checks

	templates map[string]*zoneStatement // of zones, by their names

	said map[confChecks]*confChecks // what zones say of checks
	ways map[confChecks][]string    // what named checks of them
}

// top looks at a statement outside of views.
func (p *zoneReader) top(h confHead, block bool) {
	switch {
	case !block:
	case h.is("options"):
		p.statements(1, func(h confHead, block bool) { p.option(&p.views[0], h, block) })
	case h.is("view") && h.n > 1:
		p.view(h)
	case h.is("zone") && h.n > 1:
		p.zone(0, 1, h)
	case h.is("template") && h.n > 1:
		p.template(h)
	}
}

// view reads a view.
func (p *zoneReader) view(h confHead) {
	if len(p.views) > mostViews {
		p.stop(h.at(), "the configuration has more than 1000 views: what follows is not listed")
	}
	at := len(p.views)
	p.views = append(p.views, newConfView(h.value()))
	p.views[at].other = otherClass(h)
	p.statements(1, func(h confHead, block bool) {
		if h.is("zone") && h.n > 1 && block {
			p.zone(at, 2, h)
			return
		}
		p.option(&p.views[at], h, block)
	})
}

// otherClass tells a zone or a view of another class than IN by its third word. BIND: class1 is IN.
func otherClass(h confHead) bool {
	return h.n > 2 && !strings.EqualFold(h.words[2].text, "IN") && !strings.EqualFold(h.words[2].text, "CLASS1")
}

// option looks at a statement of options or of a view.
func (p *zoneReader) option(v *confView, h confHead, block bool) {
	switch {
	case h.is("directory") && v == &p.views[0]:
		p.directory(h)
	case h.is("catalog-zones") && block:
		p.statements(2, func(h confHead, _ bool) {
			if n, err := zonefile.ParseName(h.value(), zonefile.Root); h.is("zone") && err == nil {
				if v.catalogs == nil {
					v.catalogs = map[zonefile.Name]bool{}
				}
				v.catalogs[n] = true
			}
		})
	case h.is("allow-new-zones"):
		v.added = answer(truth(h.value()))
	case h.is("new-zones-directory"):
		v.addedIn = h.value()
	default:
		p.handedDown(&v.confScope, h, block)
	}
}

// handedDown looks at a statement that counts for the zones in a scope, too.
func (p *zoneReader) handedDown(s *confScope, h confHead, block bool) {
	switch {
	case !block && isCheck(h):
		if s.checks == nil {
			s.checks = new(confChecks)
		}
		s.checks.add(h)
	case h.is("allow-update") && block:
		s.updates = answer(admits(p.list()))
	case h.is("dnssec-policy") && !block:
		s.signed = answer(!strings.EqualFold(h.value(), "none"))
	case h.is("masterfile-format"):
		s.binary = answer(!strings.EqualFold(h.value(), "text"))
	}
}

// directory moves to named's directory: relative paths count from there from here on, and those of zones wherever they stand.
// A relative one counts from the start.
func (p *zoneReader) directory(h confHead) {
	p.dir, p.absolute = joinConf(p.begun, h.value()), strings.HasPrefix(h.value(), "/")
	if st, err := os.Stat(p.root.open(p.dir)); err != nil || !st.IsDir() {
		p.fault(h.at(), "directory "+p.root.open(p.dir)+" is not there, so that named does not start: make it, or name another one")
	}
}

// truth reads a yes. BIND: cfg_parse_boolean.
func truth(word string) bool {
	return strings.EqualFold(word, "yes") || strings.EqualFold(word, "true") || word == "1"
}

// admits reports whether a list of allow-update makes a zone dynamic. BIND: dns_acl_isnone has it that only a list of nothing
// but any and none does not, if what stands first refuses; an acl that says no more than none does, and so does an empty list.
func admits(list []string) bool {
	for _, e := range list {
		if name := strings.TrimPrefix(e, "!"); name != "any" && name != "none" {
			return true
		}
	}
	return len(list) == 0 || list[0] == "any" || list[0] == "!none"
}

// zone reads a zone of a view.
func (p *zoneReader) zone(view, depth int, h confHead) {
	z := &zoneStatement{view: view, at: h.at()}
	p.statements(depth, func(h confHead, block bool) { p.ofZone(z, h, block) })
	if p.views[view].other || otherClass(h) {
		p.other++
		return
	}
	name, err := zonefile.ParseName(h.value(), zonefile.Root)
	if err != nil || h.words[1].long {
		p.fault(z.at, "the name of this zone is no domain name: named does not take it; the zone is not listed")
		return
	}
	z.name, z.checks, z.spelled = name, p.sameChecks(z.checks), strings.TrimSuffix(h.value(), ".")
	if p.kept += len(name) + len(z.file) + len(z.template); len(p.zones) == mostListed || p.kept > mostKept {
		p.stop(z.at, tooManyZones)
		return
	}
	p.zones = append(p.zones, z)
}

// template reads a template: what its zones do not say themselves.
func (p *zoneReader) template(h confHead) {
	t := &zoneStatement{at: h.at()}
	p.statements(1, func(h confHead, block bool) { p.ofZone(t, h, block) })
	if p.kept += len(h.value()) + len(t.file) + keptChecks; p.templates == nil {
		p.templates = map[string]*zoneStatement{}
	}
	if p.kept <= mostKept {
		p.templates[h.value()] = t
	}
}

// sameChecks keeps what a zone says of checks once for all zones that say the same: few words are said of a hundred thousand.
func (p *zoneReader) sameChecks(c *confChecks) *confChecks {
	if c == nil {
		return nil
	}
	same := p.said[*c]
	if same == nil {
		if p.said == nil {
			p.said = map[confChecks]*confChecks{}
		}
		same, p.said[*c] = c, c
		p.kept += keptChecks
	}
	return same
}

// ofZone looks at a statement of a zone.
func (p *zoneReader) ofZone(z *zoneStatement, h confHead, block bool) {
	if h.n > 2 && (h.is("type") || h.is("file")) {
		p.fault(h.at(), "a ; is missing behind the first two words of this statement: write it")
	}
	switch {
	case h.is("type"):
		z.kind = modernType(strings.ToLower(h.value()))
	case h.is("file") && h.words[1].long:
		p.fault(h.at(), "the path of this file is longer than a path may be")
	case h.is("file"):
		z.file = h.value()
	case h.is("in-view"):
		z.inView = h.value()
	case h.is("template"):
		z.template = h.value()
	case h.is("update-policy"):
		z.granted = true
	case h.is("inline-signing"):
		z.inline = answer(truth(h.value()))
	case h.is("dlz"), h.is("database") && h.value() != "rbt":
		z.elsewhere = true
	default:
		p.handedDown(&z.confScope, h, block)
	}
}

// modernType is the type of a zone in today's words.
func modernType(word string) string {
	switch word {
	case "master":
		return "primary"
	case "slave":
		return "secondary"
	}
	return word
}
