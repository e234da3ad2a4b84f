//go:build linux || darwin || freebsd || netbsd

package server

// Configurations made at random from what named.conf may hold, written as no program and no person in a hurry would write them all: the
// reader and named-checkconf have to list the same zones.

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

var randomConfigurations = flag.Int("configurations", 60, "how many configurations TestRandomConfigurationsAsBIND makes")

// A confMaker writes configurations at random.
type confMaker struct {
	*rand.Rand
	dir   string
	files map[string]string // that are included
	zones int
	views []string
	names []string // of zones, which may stand in several views
}

// one is one of some words.
func (m *confMaker) one(words ...string) string { return words[m.IntN(len(words))] }

// maybe is a text, or nothing: once in n times.
func (m *confMaker) maybe(n int, text func() string) string {
	if m.IntN(n) == 0 {
		return text()
	}
	return ""
}

// gap is what may stand between two words.
func (m *confMaker) gap() string {
	return m.one(" ", " ", " ", " ", "\n", "\t", " \t ", "\r\n", " /* } */", " // ; }\n", " # zone \"no\" {\n", " /**/", " /* a * / \n */ ", " /*//*/ ", "\t#\n", "\n//\n", " #\xff\xfe \\\n ", " /* \" ' */ ", "\n\n")
}

// end is what ends a statement.
func (m *confMaker) end() string { return m.one(";", ";", ";", ";\n", " ;\n", " /* x */;", "\n;") }

// cased is a word of the language in some case.
func (m *confMaker) cased(word string) string {
	return m.one(word, word, word, word, strings.ToUpper(word), strings.ToUpper(word[:1])+word[1:])
}

// words are words with gaps between them.
func (m *confMaker) words(all ...string) string {
	var b strings.Builder
	for i, w := range all {
		last := strings.HasSuffix(b.String(), "\"") || strings.HasSuffix(b.String(), "}")
		if apart := last || w != "" && (w[0] == '"' || w[0] == '{'); i > 0 && (!apart || m.IntN(3) > 0) {
			b.WriteString(m.gap())
		}
		b.WriteString(w)
	}
	return b.String()
}

// quoted is a text in quotes, or without where it may be.
func (m *confMaker) quoted(text string) string {
	if m.IntN(4) == 0 && !strings.ContainsAny(text, " ;{}!\"#/\\\n\t") && text != "" {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `\"`) + `"`
}

// body is statements in braces.
func (m *confMaker) body(statements ...string) string {
	var b strings.Builder
	b.WriteString("{")
	for _, s := range statements {
		if s != "" {
			b.WriteString(m.gap() + s + m.end())
		}
	}
	b.WriteString(m.gap() + "}")
	return b.String()
}

// addresses is a list of what addresses may be matched with.
func (m *confMaker) addresses() string {
	var list []string
	for range m.IntN(3) {
		list = append(list, m.one("any", "none", "localhost", "localnets", "192.0.2.1", "10/8", "!10.0.0.1", "2001:db8::/32", `key "k1"`, "{ 192.0.2.7; !any; }", "key k1", `"inside"`, "! none", "!any"))
	}
	return m.body(list...)
}

// updaters is a list of who may update.
func (m *confMaker) updaters() string {
	switch m.IntN(11) {
	case 0:
		return m.body()
	case 1:
		return m.body("none", "any")
	case 2:
		return m.body("!any", "none")
	case 3:
		return m.body("none", "!192.0.2.1")
	}
	return m.body(m.one("any", "none", "NONE", "!any", "! none", "192.0.2.1", `key "k1"`, "key k1", `"inside"`, "inside"))
}

// handedDown is statements that options and views have, too.
func (m *confMaker) handedDown(of ...string) []string {
	return []string{
		m.maybe(6, func() string { return m.words(m.cased("allow-update"), m.updaters()) }),
		m.maybe(9, func() string {
			return m.words(m.cased("dnssec-policy"), m.one("none", "default", `"default"`, "insecure", `"none"`))
		}),
		m.maybe(9, func() string { return m.words(m.cased("masterfile-format"), m.one("text", "raw", "TEXT", "Raw")) }),
		m.maybe(5, func() string {
			return m.words(append(append([]string{"check-names"}, of...), m.one("warn", "fail", "ignore"))...)
		}),
		m.maybe(5, func() string { return m.words("allow-transfer", m.addresses()) }),
		m.maybe(6, func() string {
			return m.words("also-notify", m.body("192.0.2.9", `192.0.2.8 key "k1"`, m.maybe(2, func() string { return "2001:db8::1 port 53" })))
		}),
		m.maybe(7, func() string { return m.words("zone-statistics", m.one("yes", "full", "none", "no")) }),
		m.maybe(7, func() string { return m.words("notify", m.one("yes", "explicit", "primary-only", "no")) }),
	}
}

// zone is a zone statement.
func (m *confMaker) zone(view string) string {
	m.zones++
	name := fmt.Sprintf("z%d.example", m.zones)
	switch m.IntN(9) {
	case 0:
		name = fmt.Sprintf("%d/28.2.0.192.in-addr.arpa", m.zones)
	case 1:
		name = fmt.Sprintf("Z%d.Example.", m.zones)
	case 2:
		name = fmt.Sprintf(`a\.b%d.c\032d.example`, m.zones)
	case 3:
		if view != "" && len(m.names) > 0 {
			name = m.one(m.names...)
		}
	case 4:
		name = fmt.Sprintf("xn--mller-kva%d.example", m.zones)
	case 5:
		name = fmt.Sprintf("%d.0.8.b.d.0.1.0.0.2.ip6.arpa", m.zones%10) + m.one("", ".")
	}
	class := m.one("", "", "", "", "", "", "", "IN", "in", "In", "class1", "IN", "CLASS1", m.one("CH", "IN", "hs", "CLASS3", "chaos"))
	file := m.one(fmt.Sprintf("db.%d", m.zones), fmt.Sprintf("/etc/zones/db.%d", m.zones), fmt.Sprintf("sub/../x %d.zone", m.zones), fmt.Sprintf("./db;%d", m.zones), "zone", fmt.Sprintf(`q"%d`, m.zones), fmt.Sprintf(`b\\%d`, m.zones), "")
	kind := m.one("primary", "primary", "primary", "master", "secondary", "slave", "hint", "forward", "stub", "static-stub", "mirror", "redirect", "delegation-only")
	switch kind {
	case "redirect":
		name = "."
	case "primary", "master", "mirror", "hint":
		if file == "" {
			file = "db.must"
		}
	case "forward", "static-stub", "delegation-only":
		file = ""
	}
	m.names = append(m.names, name)
	var s []string
	if file != "" {
		s = append(s, m.words(m.cased("file"), `"`+strings.ReplaceAll(file, `"`, `\"`)+`"`))
	}
	s = append(s, m.words(m.cased("type"), m.cased(kind)))
	if kind == "primary" || kind == "master" {
		s = append(s, m.handedDown()...)
	}
	switch kind {
	case "secondary", "slave", "stub", "mirror":
		s = append(s, m.words(m.one("primaries", "masters"), m.maybe(3, func() string { return "port 5353" }), m.body("192.0.2.5", m.maybe(2, func() string { return `"hidden"` }), m.maybe(2, func() string { return `192.0.2.6 port 54 key k1` }))))
	case "forward":
		s = append(s, m.words("forwarders", m.body("192.0.2.53")))
	case "static-stub":
		s = append(s, m.words("server-addresses", m.body("192.0.2.53")))
	case "primary", "master":
		s = append(s, m.maybe(6, func() string {
			return m.words(m.cased("update-policy"), m.one("local", m.body(m.one("grant local-ddns zonesub any", `grant k1 name x.example. A`, `deny "k1" wildcard *.x. ANY`))))
		}),
			m.maybe(6, func() string { return m.words(m.cased("inline-signing"), m.one("yes", "no", "true", "1", "NO")) }),
			m.maybe(8, func() string { return m.words("journal", `"`+fmt.Sprintf("j%d.jnl", m.zones)+`"`) }),
			m.maybe(14, func() string { return m.words("database", m.one(`"rbt"`, `rbt`)) }))
	}
	if view != "" && len(m.views) > 1 && m.IntN(6) == 0 {
		s = []string{m.words(m.cased("in-view"), m.one(m.views[:len(m.views)-1]...))}
		if len(m.names) > 0 {
			name = m.one(m.names...)
		}
	}
	m.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	return m.words(m.cased("zone"), m.quoted(name), class, m.body(s...))
}

// included puts a text into a file of its own, and is the statement that includes it.
func (m *confMaker) included(text string) string {
	name := fmt.Sprintf("inc%d.conf", len(m.files))
	m.files[name] = text
	return m.words(m.cased("include"), `"`+m.one(filepath.Join(m.dir, name), name, strings.Replace(name, ".conf", ".*", 1), strings.Replace(name, "inc", "i[nm]?", 1))+`"`) + ";"
}

// severalIncluded puts texts into files that one statement includes.
func (m *confMaker) severalIncluded(texts []string) string {
	group := fmt.Sprintf("several%d", len(m.files))
	for i, text := range texts {
		m.files[fmt.Sprintf("%s/%s%d.conf", group, m.one("", "a", "Z", "_", ".", "ü"), i)] = text
	}
	m.files[group+"/9.conf"] = "" // what fits is never nothing
	pattern := m.one("*", "*.conf", "*[0-9].conf", "?*[!x]*conf", "*f")
	return m.words(m.cased("include"), `"`+m.one(filepath.Join(m.dir, group)+"/"+pattern, group+"/"+pattern, "several?*/"+pattern)+`"`) + ";"
}

// statements is zones, some of them in files that are included.
func (m *confMaker) statements(n int, view string, depth int) string {
	var b strings.Builder
	for range n {
		text := m.zone(view) + m.end()
		if m.IntN(8) == 0 && depth < 3 {
			text = m.included(text + m.statements(m.IntN(3), view, depth+1))
		} else if m.IntN(16) == 0 && depth < 3 {
			text = m.severalIncluded([]string{text, m.statements(m.IntN(3), view, depth+1), m.zone(view) + m.end()})
		}
		b.WriteString(m.gap() + text)
	}
	return b.String()
}

// make is a whole configuration.
func (m *confMaker) make() string {
	rest := []string{
		m.words("acl", m.one("inside", `"inside"`), m.addresses()),
		m.words("key", m.one("k1", `"k1"`), m.body("algorithm hmac-sha256", `secret "c2VjcmV0c2VjcmV0c2VjcmV0"`)),
		m.words(m.one("primaries", "masters"), `"hidden"`, m.body("192.0.2.1", `192.0.2.2 key "k1"`)),
		m.maybe(3, func() string {
			return m.words("logging", m.body(`channel zone { file "log" versions 3 size 5m; severity info; print-time yes; }`, "category default { zone; }"))
		}),
		m.maybe(3, func() string {
			return m.words("controls", m.body(`inet 127.0.0.1 port 953 allow { 127.0.0.1; } keys { "k1"; }`))
		}),
		m.maybe(4, func() string {
			return m.words("server", m.one("192.0.2.7", "2001:db8::/32", "fe80::1"), m.body("bogus no", `keys k1`))
		}),
		m.maybe(4, func() string {
			return m.words("statistics-channels", m.body("inet 127.0.0.1 port 8053 allow { 127.0.0.1; }"))
		}),
		m.maybe(4, func() string {
			return `dnssec-policy "mine" { keys { csk key-directory lifetime unlimited algorithm 13; }; }`
		}),
	}
	options := append(m.handedDown(m.one("primary", "master", "secondary", "response")), m.words("directory", `"`+m.dir+`"`), m.maybe(2, func() string { return "listen-on port 53 { 127.0.0.1; !192.0.2.0/24; }" }), "dnssec-validation no",
		m.maybe(4, func() string { return `forwarders { 192.0.2.53 port 53; }` }),
		m.maybe(4, func() string { return `rate-limit { responses-per-second 10; }` }), m.maybe(4, func() string { return `version "none; { }"` }))
	m.Shuffle(len(options), func(i, j int) { options[i], options[j] = options[j], options[i] })
	rest = append(rest, m.words(m.cased("options"), m.body(options...)))
	m.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	var b strings.Builder
	for _, s := range rest {
		if s != "" {
			b.WriteString(s + m.end())
		}
	}
	if m.IntN(2) == 0 {
		b.WriteString(m.statements(1+m.IntN(6), "", 0))
	} else {
		for i := range 1 + m.IntN(3) {
			m.views = append(m.views, m.one("v", "internal-", "View.", "zone")+fmt.Sprint(i))
			var s []string
			s = append(s, m.handedDown(m.one("primary", "master", "secondary", "response"))...)
			s = append(s, m.maybe(2, func() string { return m.words("match-clients", m.addresses()) }), m.maybe(3, func() string { return "recursion no" }))
			head := m.words(m.cased("view"), m.quoted(m.views[i]), m.one("", "", "", "IN", "", "", "", m.one("chaos", "class1")), strings.TrimSuffix(m.body(s...), "}"))
			b.WriteString(head + m.statements(1+m.IntN(4), m.views[i], 0) + m.gap() + "}" + m.end())
		}
	}
	return b.String()
}

// TestRandomConfigurationsAsBIND makes configurations at random, and holds what is listed of those that BIND takes against what
// named-checkconf prints: names, views, types, paths, and who may write the file. Of the others it is enough that they are read.
func TestRandomConfigurationsAsBIND(t *testing.T) {
	needs.Program(t, "bind9-utils", "named-checkconf")
	taken, listed := 0, 0
	for seed := range *randomConfigurations {
		dir := t.TempDir()
		m := &confMaker{Rand: rand.New(rand.NewPCG(uint64(seed), 7)), dir: dir, files: map[string]string{}}
		text := m.make()
		putFile(t, filepath.Join(dir, "named.conf"), text)
		for name, text := range m.files {
			putFile(t, filepath.Join(dir, name), text)
		}
		t.Chdir(dir)
		got, err := ReadConfiguration(filepath.Join(dir, "named.conf"), "")
		if err != nil {
			t.Fatal(err)
		}
		printed, err := exec.Command("named-checkconf", "-px", "named.conf").Output()
		if err != nil {
			continue
		}
		want, starts := writtenBy(readConf(string(printed)), dir)
		if !starts {
			continue
		}
		var have []string
		for _, z := range got.Zones {
			for _, view := range z.Views {
				have = append(have, fmt.Sprintf("%s %s %s %s %s", z.Name, view, z.Type, z.File, z.Kind))
			}
		}
		taken, listed = taken+1, listed+len(want)
		slices.Sort(want)
		slices.Sort(have)
		if !slices.Equal(have, want) || len(got.Faults) > 0 {
			t.Errorf("seed %d: listed\n%s\nBIND has\n%s\ntold %q\n%s\n%v", seed, strings.Join(have, "\n"), strings.Join(want, "\n"), got.Faults, text, m.files)
		}
	}
	if t.Logf("%d of %d configurations have %d zones", taken, *randomConfigurations, listed); taken < *randomConfigurations/3 || listed < taken {
		t.Errorf("BIND takes %d of %d configurations, with %d zones: that shows little", taken, *randomConfigurations, listed)
	}
}

// admitting are the lists of allow-update that configurations are made with, as BIND prints them, and whether one makes a zone dynamic.
var admitting = map[string]bool{"": true, "any": true, "none": false, "!any": false, "192.0.2.1/32": true, "key k1": true, "!none": true, "none any": false, "!any none": false, "inside": true, "none !192.0.2.1/32": true}

// writtenBy is the zones that named-checkconf printed, each with what it is: zones go by options and views, as BIND has it. Where the
// zone of an in-view is none but hints, named does not start, though named-checkconf says nothing.
func writtenBy(conf statement, dir string) (rows []string, starts bool) {
	starts = true
	of := map[zoneInView]string{}
	options, _ := conf.get("options")
	var look func(in statement, view string, scopes ...statement)
	look = func(in statement, view string, scopes ...statement) {
		for _, s := range in.body {
			switch {
			case len(s.words) < 2 || len(s.words) > 2 && !strings.EqualFold(s.words[2], "IN") && !strings.EqualFold(s.words[2], "class1"):
			case s.words[0] == "view":
				look(s, s.words[1], s, options)
			case s.words[0] == "zone":
				name, _ := zonefile.ParseName(s.words[1], zonefile.Root)
				typ, file := modernType(strings.ToLower(s.value("type"))), s.value("file")
				if file != "" && !filepath.IsAbs(file) {
					file = dir + "/" + file
				}
				if file != "" {
					file = filepath.Clean(file)
				}
				is := fmt.Sprintf("%s %s %s", typ, file, writer(typ, append([]statement{s}, scopes...)))
				if target := s.value("in-view"); target != "" {
					known := false
					is, known = of[zoneInView{name, target}]
					starts = starts && known
				} else if typ != "hint" && typ != "redirect" {
					of[zoneInView{name, view}] = is
				}
				rows = append(rows, fmt.Sprintf("%s %s %s", name, view, is))
			}
		}
	}
	look(conf, "", options)
	return rows, starts
}

// writer is the kind of a zone by its own statement and those around it, the nearest first.
func writer(typ string, scopes []statement) string {
	if typ != "primary" {
		return typ
	}
	said := func(word string) (statement, bool) {
		for _, scope := range scopes {
			if s, ok := scope.get(word); ok {
				return s, true
			}
		}
		return statement{}, false
	}
	if _, granted := scopes[0].get("update-policy"); granted {
		return "dynamic"
	}
	if s, ok := said("allow-update"); ok {
		var list []string
		for _, e := range s.body {
			list = append(list, strings.ToLower(strings.ReplaceAll(strings.Join(e.words, " "), `"`, "")))
		}
		switch dynamic, known := admitting[strings.Join(list, " ")]; {
		case !known:
			return fmt.Sprintf("the test does not know the list %q", list)
		case dynamic:
			return "dynamic"
		}
	}
	policy, ok := said("dnssec-policy")
	if ok && policy.words[1] != "none" || scopes[0].value("inline-signing") == "yes" {
		return "signed"
	}
	return typ
}
