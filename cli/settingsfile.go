package cli

// This file reads what a settings file says. The file may be anybody's, so nothing in it costs more than its size, and no
// message has a part of it: what is wrong is told by its place, and by what may stand there. Walking the syntax tree of the
// TOML library, instead of decoding into a struct, is what gives each setting its place.

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// settings is what a settings file may say.
type settings struct {
	disable     []string // rules that do not run
	severity    map[string]lint.Severity
	ttlFloor    uint32   // below which mx-ttl-low speaks; 0: not said
	includeDirs []string // as --include-dir
	certs       []hostFile

	certificates []lint.Certificate // what was read of certs
}

// settingsError is what is wrong at a place in a settings file.
type settingsError struct {
	line, column int
	what         string
}

func (e *settingsError) Error() string { return e.what }

// Bounds of a settings file, beside its size.
const (
	maxSettingsLines    = 1000
	maxSettingsKey      = 8 // parts
	maxSettingsBrackets = 8 // in one another
	maxSettingsValues   = 4096
)

// settingsHelp is what may stand in a settings file.
const settingsHelp = "lint.disable, lint.severity, lint.ttl-floor, lint.certs and include-dirs may stand here"

// What settings are called, with the tables that they are in.
var (
	settingsTables = []string{"lint", "lint.severity"}
	settingsNames  = map[int][]string{1: {"include-dirs"}, 2: {"lint.disable", "lint.severity", "lint.ttl-floor", "lint.certs"}} // by their parts
)

// settingsReader reads one file.
type settingsReader struct {
	unstable.Parser
	own  bool            // include-dirs and lint.certs count
	seen map[string]bool // settings by their whole name
	settings
}

// parseSettings reads the text of a settings file. Only the user's own may allow anything.
func parseSettings(src []byte, own bool) (settings, error) {
	if err := boundSettings(src); err != nil {
		return settings{}, err
	}
	r := settingsReader{own: own, seen: map[string]bool{}}
	r.Reset(src)
	var table []string
	for r.NextExpression() {
		e := r.Expression()
		var err error
		switch e.Kind {
		case unstable.Table:
			table = keyOf(e)
			err = r.table(table, e)
		case unstable.KeyValue:
			err = r.set(table, e)
		default: // [[name]]
			err = r.wrong(e.Child(), "no list of tables may stand here: "+settingsHelp)
		}
		if err != nil {
			return settings{}, err
		}
	}
	if bad := new(unstable.ParserError); errors.As(r.Error(), &bad) {
		at := r.Shape(r.Range(bad.Highlight)).Start
		return settings{}, &settingsError{at.Line, at.Column, "this is not TOML: " + settingsHelp}
	}
	return r.settings, nil
}

// keyOf is the parts of an expression's key.
func keyOf(e *unstable.Node) (parts []string) {
	for it := e.Key(); it.Next(); {
		parts = append(parts, string(it.Node().Data))
	}
	return parts
}

// wrong is an error at a node.
func (r *settingsReader) wrong(n *unstable.Node, format string, args ...any) error {
	at := r.Shape(n.Raw).Start
	return &settingsError{at.Line, at.Column, fmt.Sprintf(format, args...)}
}

// table checks the name of a table.
func (r *settingsReader) table(name []string, e *unstable.Node) error {
	if !isTable(name) {
		return r.wrong(e.Child(), "no such table%s", meant(strings.Join(name, "."), settingsTables, "[lint] and [lint.severity] may stand here"))
	}
	return r.once(name, e.Child())
}

// isTable tells whether a name is that of a table of settings.
func isTable(name []string) bool {
	return slices.Equal(name, []string{"lint"}) || slices.Equal(name, []string{"lint", "severity"})
}

// once refuses a name that was there before, as TOML does.
func (r *settingsReader) once(name []string, at *unstable.Node) error {
	whole := strings.Join(name, "\x00")
	if r.seen[whole] {
		return r.wrong(at, "this stands here twice: leave one of them")
	}
	r.seen[whole] = true
	return nil
}

// set takes one setting of a table.
func (r *settingsReader) set(table []string, e *unstable.Node) error {
	name := append(slices.Clip(table), keyOf(e)...)
	key, value := e.Value().Next(), e.Value()
	if isTable(name) && value.Kind == unstable.InlineTable {
		for it := value.Children(); it.Next(); {
			if err := r.set(name, it.Node()); err != nil {
				return err
			}
		}
		return nil
	}
	if err := r.once(name, key); err != nil {
		return err
	}
	switch {
	case slices.Equal(name, []string{"include-dirs"}):
		return r.setIncludeDirs(key, value)
	case slices.Equal(name, []string{"lint", "disable"}):
		return r.setDisable(key, value)
	case slices.Equal(name, []string{"lint", "ttl-floor"}):
		return r.setFloor(key, value)
	case slices.Equal(name, []string{"lint", "certs"}):
		return r.setCerts(key, value)
	case len(name) == 3 && name[0] == "lint" && name[1] == "severity":
		return r.setSeverity(key, value, name[2])
	}
	return r.wrong(key, "no such setting%s", meant(strings.Join(name, "."), settingsNames[len(name)], settingsHelp))
}

// setIncludeDirs takes include-dirs.
func (r *settingsReader) setIncludeDirs(key, value *unstable.Node) error {
	if !r.own {
		return r.wrong(key, "include-dirs: a file beside a zone allows nothing: write it in mailzone/config.toml in your folder of settings, or give --include-dir")
	}
	for n, ok := range texts(key, value) {
		if !ok || !filepath.IsAbs(string(n.Data)) {
			return r.wrong(n, `include-dirs: a list of directories may stand here, with the whole path of each, as ["/etc/bind/common"]`)
		}
		r.includeDirs = append(r.includeDirs, string(n.Data))
	}
	return nil
}

// setDisable takes lint.disable.
func (r *settingsReader) setDisable(key, value *unstable.Node) error {
	for n, ok := range texts(key, value) {
		if !ok {
			return r.wrong(n, `lint.disable: a list of rules may stand here, as ["mx-single"]`)
		}
		if lint.Find(string(n.Data)) == nil {
			return r.wrong(n, "lint.disable: there is no such rule%s", meantRule(string(n.Data)))
		}
		if !slices.Contains(r.disable, string(n.Data)) {
			r.disable = append(r.disable, string(n.Data))
		}
	}
	return nil
}

// setCerts takes lint.certs, which has files read.
func (r *settingsReader) setCerts(key, value *unstable.Node) error {
	if !r.own {
		return r.wrong(key, "lint.certs: a file beside a zone has no file read: write it in mailzone/config.toml in your folder of settings, or give lint --cert")
	}
	for n, ok := range texts(key, value) {
		h, err := parseHostFile(string(n.Data))
		if !ok || err != nil || !filepath.IsAbs(h.file) {
			return r.wrong(n, `lint.certs: a list of HOST=FILE may stand here, with whole names and paths, as ["mail.example.com=/etc/ssl/mail.pem"]`)
		}
		r.certs = append(r.certs, h)
	}
	return nil
}

// setFloor takes lint.ttl-floor.
func (r *settingsReader) setFloor(key, value *unstable.Node) error {
	seconds, ok := zonefile.ParseTTL(string(value.Data))
	if value.Kind != unstable.String || !ok {
		return r.wrong(placed(key, value), `lint.ttl-floor: a TTL may stand here, as "1h" or "3600"`)
	}
	r.ttlFloor = seconds
	return nil
}

// setSeverity takes the severity of a rule.
func (r *settingsReader) setSeverity(key, value *unstable.Node, rule string) error {
	if lint.Find(rule) == nil {
		return r.wrong(last(key), "lint.severity: there is no such rule%s", meantRule(rule))
	}
	s, err := zonefile.ParseSeverity(string(value.Data))
	if value.Kind != unstable.String || err != nil {
		return r.wrong(placed(key, value), `lint.severity: "error", "warning" or "info" may stand here`)
	}
	if r.severity == nil {
		r.severity = map[string]lint.Severity{}
	}
	r.severity[rule] = s
	return nil
}

// last is the last part of a key.
func last(key *unstable.Node) *unstable.Node {
	for key.Next().Valid() {
		key = key.Next()
	}
	return key
}

// placed is the value if the library tells its place, else the key.
func placed(key, value *unstable.Node) *unstable.Node {
	if value.Raw.Length > 0 {
		return value
	}
	return key
}

// texts yields the texts of a list; for anything else, and for a list with something else in it, a node that has the place
// and false.
func texts(key, value *unstable.Node) func(yield func(*unstable.Node, bool) bool) {
	return func(yield func(*unstable.Node, bool) bool) {
		if value.Kind != unstable.Array {
			yield(placed(key, value), false)
			return
		}
		for it := value.Children(); it.Next(); {
			text := it.Node().Kind == unstable.String
			if n := it.Node(); text && !yield(n, true) || !text && !yield(placed(key, n), false) {
				return
			}
		}
	}
}

// boundSettings refuses what no settings file needs before the library sees it: dotted keys and brackets cost more than
// their length. A text that is not TOML may be taken apart wrongly from the first error on, which is as far as the library
// reads.
func boundSettings(src []byte) error {
	b := settingsBounds{line: 1, parts: 1}
	for at := 0; at < len(src); {
		what, most := b.exceeded(src[at])
		if b.line > maxSettingsLines {
			what, most = "too many lines", maxSettingsLines
		}
		if what != "" {
			return &settingsError{b.line, at - b.start + 1, fmt.Sprintf("%s: at most %d may stand in a settings file", what, most)}
		}
		end := at + tokenLength(src[at:])
		if n := bytes.Count(src[at:end], []byte("\n")); n > 0 {
			b.line, b.start = b.line+n, at+bytes.LastIndexByte(src[at:end], '\n')+1
		}
		at = end
	}
	return nil
}

// settingsBounds is what is counted on the way through a settings file.
type settingsBounds struct {
	line, start  int // the line, and where it begins
	depth, parts int // of brackets, and of a key
	values       int // and elements of lists
}

// exceeded counts the first byte of a token, and says what there is too much of then and how much may be; "" if nothing.
func (b *settingsBounds) exceeded(c byte) (what string, most int) {
	switch c {
	case '.':
		b.parts++
	case '[', '{':
		b.depth++
	case ']', '}':
		b.depth = max(b.depth-1, 0)
	case '=', ',':
		b.values++
	}
	if bytes.IndexByte([]byte("=,[]{}\n"), c) >= 0 {
		b.parts = 1
	}
	switch {
	case b.parts > maxSettingsKey:
		return "too many parts of a key", maxSettingsKey
	case b.depth > maxSettingsBrackets:
		return "too many brackets in one another", maxSettingsBrackets
	case b.values > maxSettingsValues:
		return "too many values", maxSettingsValues
	}
	return "", 0
}

// tokenLength is the length of the comment, string or single byte that a text begins with (TOML 1.0, "Comment", "String").
func tokenLength(src []byte) int {
	switch {
	case src[0] == '#':
		if end := bytes.IndexByte(src, '\n'); end >= 0 {
			return end
		}
		return len(src)
	case src[0] != '"' && src[0] != '\'':
		return 1
	}
	quote := src[:1]
	if bytes.HasPrefix(src, bytes.Repeat(quote, 3)) {
		quote = src[:3]
	}
	for i := len(quote); i < len(src); i++ {
		switch {
		case bytes.HasPrefix(src[i:], quote):
			return i + closing(src[i:], quote)
		case src[i] == '\\' && quote[0] == '"':
			i++
		case src[i] == '\n' && len(quote) == 1: // not closed
			return i
		}
	}
	return len(src)
}

// closing is how many quotes end a string: before the three of one of several lines, two more may belong to it.
func closing(src, quote []byte) int {
	n := len(quote)
	for n > 1 && n < 5 && n < len(src) && src[n] == quote[0] {
		n++
	}
	return n
}
