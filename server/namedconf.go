//go:build linux || darwin || freebsd || netbsd

package server

import (
	"errors"
	"path/filepath"
	"strings"
	"time"
)

// This file reads named's configuration as named-checkconf -px prints it: with its includes, in canonical form, and
// without secrets. It wants only what is said of zones and their files.

// A statement is a statement of named.conf: words, and what stands in its braces.
type statement struct {
	words []string
	body  []statement
}

// get is the last statement of the body that starts with a word.
func (s statement) get(word string) (found statement, ok bool) {
	for _, b := range s.body {
		if len(b.words) > 0 && b.words[0] == word {
			found, ok = b, true
		}
	}
	return found, ok
}

// value is the second word of the last statement of the body that starts with a word, "" if there is none.
func (s statement) value(word string) string {
	if b, ok := s.get(word); ok && len(b.words) > 1 {
		return b.words[1]
	}
	return ""
}

// readConf reads what named-checkconf printed.
func readConf(text string) statement {
	var top statement
	for p := (confReader{rest: text}); p.more(); {
		top.body = append(top.body, p.statement(0))
	}
	return top
}

// A confReader is what is left to read.
type confReader struct{ rest string }

// more reports whether there is another statement.
func (p *confReader) more() bool {
	p.rest = strings.TrimLeft(p.rest, " \t\r\n;}")
	return p.rest != ""
}

// statement reads up to the semicolon. What nests deeper than named.conf ever does is not looked at.
func (p *confReader) statement(depth int) (s statement) {
	const deepest = 50
	for depth < deepest {
		switch word, kind := p.token(); kind {
		case ';', 0:
			return s
		case '}':
			p.rest = "}" + p.rest // of the statement around this one
			return s
		case '{':
			s.body = append(s.body, p.block(depth+1)...)
		default:
			s.words = append(s.words, word)
		}
	}
	p.rest = ""
	return s
}

// block reads statements up to the closing brace.
func (p *confReader) block(depth int) (body []statement) {
	for {
		p.rest = strings.TrimLeft(p.rest, " \t\r\n;")
		switch {
		case p.rest == "":
			return body
		case p.rest[0] == '}':
			p.rest = p.rest[1:]
			return body
		}
		body = append(body, p.statement(depth))
	}
}

// token reads a word, quoted or not, or one of the signs ; { } that it returns as its kind; 0 is the end.
func (p *confReader) token() (word string, kind byte) {
	const signs = ";{}"
	p.rest = strings.TrimLeft(p.rest, " \t\r\n")
	switch {
	case p.rest == "":
		return "", 0
	case strings.IndexByte(signs, p.rest[0]) >= 0:
		kind, p.rest = p.rest[0], p.rest[1:]
		return "", kind
	case p.rest[0] == '"':
		word, p.rest, _ = strings.Cut(p.rest[1:], `"`)
		return word, 'w'
	}
	end := strings.IndexAny(p.rest, " \t\r\n"+signs)
	if end < 0 {
		end = len(p.rest)
	}
	word, p.rest = p.rest[:end], p.rest[end:]
	return word, 'w'
}

// A confZone is a zone statement of named.conf that has a file.
type confZone struct {
	view    string // "" outside views
	kind    string // the type: primary, secondary, ...
	file    string // as an absolute path, unless named's directory is not known
	dynamic bool   // it takes updates, so named writes the file
}

// askConf asks named-checkconf for the zones of a name. An error means that the configuration is not known.
func askConf(zone string) ([]confZone, string, error) {
	r, err := tool{name: "named-checkconf", args: []string{"-px"}, limit: hostingTime, most: 1 << 26}.run()
	if err != nil {
		return nil, "", err
	}
	if r.failed() {
		return nil, "", errors.New("named.conf: " + r.said())
	}
	conf := readConf(r.text)
	options, _ := conf.get("options")
	dir := options.value("directory")
	return zonesOf(conf, zone, dir), dir, nil
}

// hostingTime is how long each question about a zone may take: the answer is welcome, and nothing waits for it.
const hostingTime = 3 * time.Second

// zonesOf is the zone statements of a name, in all views.
func zonesOf(conf statement, zone, dir string) (found []confZone) {
	options, _ := conf.get("options")
	var look func(in statement, view string, outer []statement)
	look = func(in statement, view string, outer []statement) {
		for _, s := range in.body {
			switch {
			case len(s.words) < 2:
			case s.words[0] == "view":
				look(s, s.words[1], append([]statement{s}, outer...))
			case s.words[0] == "zone" && sameZone(s.words[1], zone) && s.value("file") != "": // in-view has no file
				file := s.value("file")
				if !filepath.IsAbs(file) && dir != "" {
					file = filepath.Join(dir, file)
				}
				found = append(found, confZone{view, modernType(s.value("type")), file, takesUpdates(append([]statement{s}, outer...))})
			}
		}
	}
	look(conf, "", []statement{options})
	return found
}

// sameZone compares two names of zones.
func sameZone(a, b string) bool {
	return strings.EqualFold(strings.TrimSuffix(a, "."), strings.TrimSuffix(b, "."))
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

// takesUpdates reports whether a zone takes dynamic updates, given its statement and those around it. BIND:
// allow-update of a view or of the options counts for a zone that has neither it nor update-policy.
func takesUpdates(scopes []statement) bool {
	if _, ok := scopes[0].get("update-policy"); ok {
		return true
	}
	for _, s := range scopes {
		if acl, ok := s.get("allow-update"); ok {
			none := len(acl.body) == 1 && len(acl.body[0].words) == 1 && acl.body[0].words[0] == "none"
			return len(acl.body) > 0 && !none
		}
	}
	return false
}
