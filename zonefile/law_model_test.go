package zonefile

import (
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// A second reader of zone files, for the law of scripts: it shares nothing with the package. It is slow and simple,
// and does step by step what load_text of BIND's lib/dns/master.c does: it collects lists of records, and commits
// them to the zone. TestModelAsBIND holds it against named-compilezone.

// modelKey names an RRset: owner in lower case, and type.
type modelKey struct{ owner, typ string }

// modelSet is an RRset as BIND serves it. made is the data that a $GENERATE writes.
type modelSet struct {
	ttl        uint64
	data, made map[string]bool
}

// modelZone is a zone as BIND serves it.
type modelZone map[modelKey]*modelSet

// errModel is returned for what the model does not read.
var errModel = errors.New("the model does not read that")

// modelList is what BIND has read of an owner and not committed yet: by type.
type modelList map[string]*modelSet

// modelInclude is what BIND keeps for each file that it is in.
type modelInclude struct {
	origin, current, glue string // absolute, in the case in which they are written
	lists, glueLists      modelList
	delegation, drop      bool
}

// modelReader is what BIND keeps over all files.
type modelReader struct {
	files       map[string]string
	top         string
	zone        modelZone
	ttl, def    uint64
	known, defs bool // ttl and def are
}

// modelRead reads the file "zone" of files as the zone top.
func modelRead(files map[string]string, top string) (modelZone, error) {
	r := &modelReader{files: files, top: top, zone: modelZone{}}
	return r.zone, r.file("zone", &modelInclude{origin: top})
}

// file reads one file.
func (r *modelReader) file(name string, in *modelInclude) error {
	text, ok := r.files[name]
	lines, lexed := modelLex(text)
	if !ok || !lexed {
		return errModel
	}
	in.lists, in.glueLists = modelList{}, modelList{}
	for _, words := range lines {
		if err := r.line(words, in); err != nil {
			return fmt.Errorf("%q: %w", words, err)
		}
	}
	r.commitAll(in)
	return nil
}

// modelLex cuts a text into lines of words; the first word of a line is empty where it starts with a blank. Quoted
// words keep their quotes.
func modelLex(text string) (lines [][]string, ok bool) {
	text = strings.ReplaceAll(text, "\r\n", "\n") + "\n"
	if strings.Contains(text, "\r") {
		return nil, false
	}
	var words []string
	depth, begun := 0, false
	for i := 0; i < len(text); {
		c := text[i]
		if !begun && (c == ' ' || c == '\t') {
			words = append(words, "")
		}
		begun = true
		switch {
		case c == '\n' && depth > 0, c == ' ', c == '\t':
			i++
		case c == '\n':
			lines, words, begun = append(lines, words), nil, false
			i++
		case c == ';':
			i += strings.IndexByte(text[i:], '\n')
		case c == '(' || c == ')':
			depth += map[byte]int{'(': 1, ')': -1}[c]
			i++
		default:
			n := modelWord(text[i:])
			words = append(words, text[i:i+n])
			i += n
		}
	}
	return lines, depth == 0 && len(words) == 0
}

// modelWord is the length of the word that a text starts with.
func modelWord(text string) int {
	quoted := text[0] == '"'
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case text[i-1] == '\\' && (i < 2 || text[i-2] != '\\'):
		case quoted && c == '"':
			return i + 1
		case !quoted && strings.IndexByte(" \t\n;()\"", c) >= 0:
			return i
		}
	}
	return len(text)
}

// line reads a line.
func (r *modelReader) line(words []string, in *modelInclude) error {
	switch {
	case len(words) == 0 || len(words) == 1 && words[0] == "":
		return nil
	case strings.HasPrefix(words[0], "$"):
		return r.directive(strings.ToUpper(words[0]), words[1:], in)
	case words[0] != "":
		r.owner(modelName(words[0], in.origin), in)
	}
	return r.record(words[1:], in)
}

// directive reads a directive.
func (r *modelReader) directive(name string, args []string, in *modelInclude) (err error) {
	switch {
	case name == "$ORIGIN" && len(args) == 1:
		in.origin = modelName(args[0], in.origin)
	case name == "$TTL" && len(args) == 1:
		r.ttl, err = modelTTL(args[0])
		r.def, r.defs = r.ttl, true
	case name == "$INCLUDE" && len(args) == 1:
		r.commitAll(in)
		inner := &modelInclude{origin: in.origin, current: in.current, drop: in.drop}
		if in.glue != "" {
			inner.current = in.glue
		}
		err = r.file(args[0], inner)
	case name == "$GENERATE" && len(args) >= 4:
		return r.generate(args, in)
	default:
		err = errModel
	}
	return err
}

// owner goes on to a line that names its owner.
func (r *modelReader) owner(name string, in *modelInclude) {
	if in.glue != "" && in.glue != name {
		r.commit(in.glue, in.glueLists)
		in.glue = ""
	}
	if in.glue == "" && in.current != name {
		ns := in.lists["NS"]
		if in.delegation && ns != nil && ns.data[strings.ToLower(name)] {
			in.glue = name
		} else {
			r.commit(in.current, in.lists)
			in.current, in.delegation = name, false
		}
	}
	low := strings.ToLower(name)
	in.drop = low != r.top && !strings.HasSuffix(low, "."+r.top)
}

// record reads TTL, class, type and data.
func (r *modelReader) record(words []string, in *modelInclude) error {
	explicit := false
	for len(words) > 0 {
		if ttl, err := modelTTL(words[0]); err == nil && !explicit {
			r.ttl, r.known, explicit = ttl, true, true
		} else if !strings.EqualFold(words[0], "IN") {
			break
		}
		words = words[1:]
	}
	if len(words) < 2 {
		return errModel
	}
	typ := strings.ToUpper(words[0])
	data, err := modelData(typ, words[1:], in.origin)
	if err != nil {
		return err
	}
	lists := in.lists
	if in.glue != "" {
		lists = in.glueLists
	} else if typ == "NS" {
		in.delegation = true
	}
	if in.drop {
		return nil
	}
	switch {
	case !r.known && !r.defs && typ == "SOA":
		minimum, err := modelTTL(words[len(words)-1])
		if err != nil {
			return err
		}
		r.ttl, r.def, r.defs = minimum, minimum, true
	case !r.known && !r.defs:
		return errModel
	case !explicit && r.defs:
		r.ttl = r.def
	}
	list := lists[typ]
	if list == nil {
		list = &modelSet{r.ttl, map[string]bool{}, map[string]bool{}}
		lists[typ] = list
	}
	r.ttl = list.ttl // "TTL set to prior TTL"
	list.data[data] = true
	return nil
}

// commit adds lists to the zone.
func (r *modelReader) commit(owner string, lists modelList) {
	for typ, list := range lists {
		key := modelKey{strings.ToLower(owner), typ}
		set := r.zone[key]
		if set == nil {
			set = &modelSet{data: map[string]bool{}, made: map[string]bool{}}
			r.zone[key] = set
		}
		set.ttl = list.ttl
		maps.Copy(set.data, list.data)
		maps.Copy(set.made, list.made)
		delete(lists, typ)
	}
}

// commitAll is BIND's COMMITALL.
func (r *modelReader) commitAll(in *modelInclude) {
	r.commit(in.current, in.lists)
	r.commit(in.glue, in.glueLists)
}

// generate commits each record at once.
func (r *modelReader) generate(args []string, in *modelInclude) error {
	span, stepText, _ := strings.Cut(args[0], "/")
	from, to, _ := strings.Cut(span, "-")
	start, err1 := strconv.Atoi(from)
	stop, err2 := strconv.Atoi(to)
	step, err3 := strconv.Atoi(stepText + map[bool]string{true: "1"}[stepText == ""])
	owner, words, explicit := args[1], args[2:], false
	for len(words) > 2 {
		if ttl, err := modelTTL(words[0]); err == nil {
			r.ttl, r.known, explicit = ttl, true, true
		} else if !strings.EqualFold(words[0], "IN") {
			return errModel
		}
		words = words[1:]
	}
	if err := errors.Join(err1, err2, err3); err != nil || step < 1 || stop-start > 1000 || !r.known && !r.defs {
		return errModel
	}
	if !explicit && r.defs {
		r.ttl = r.def
	}
	typ := strings.ToUpper(words[0])
	for n := start; n <= stop; n += step {
		fill := strings.NewReplacer("${0,2,d}", fmt.Sprintf("%02d", n), "$", strconv.Itoa(n))
		text := fill.Replace(words[1])
		if strings.ContainsAny(owner+words[1], `\`) || strings.ContainsAny(fill.Replace(owner)+text, "{}") {
			return errModel
		}
		rdata, ok := modelLex(strings.Trim(text, `"`))
		if !ok || len(rdata) == 0 {
			return errModel
		}
		data, err := modelData(typ, rdata[0], in.origin)
		if err != nil {
			return err
		}
		name := modelName(fill.Replace(owner), in.origin)
		if low := strings.ToLower(name); low == r.top || strings.HasSuffix(low, "."+r.top) {
			r.commit(name, modelList{typ: {r.ttl, map[string]bool{data: true}, map[string]bool{data: true}}})
		}
	}
	return nil
}

// modelName makes a name absolute. Escapes of letters are resolved, others stay.
func modelName(text, origin string) string {
	text = strings.Trim(text, `"`)
	for i := 0; i+3 < len(text); i++ {
		if n, err := strconv.Atoi(text[i+1 : i+4]); text[i] == '\\' && err == nil && (n >= 'a' && n <= 'z' || n >= 'A' && n <= 'Z') {
			text = text[:i] + string(rune(n)) + text[i+4:]
		}
	}
	switch {
	case text == "@":
		return origin
	case strings.HasSuffix(text, "."):
		return text
	case origin == ".":
		return text + "."
	}
	return text + "." + origin
}

// modelTTL reads a TTL with or without units.
func modelTTL(text string) (uint64, error) {
	if n, err := strconv.ParseUint(text, 10, 31); err == nil {
		return n, nil
	}
	total, digits := uint64(0), ""
	for _, c := range strings.ToLower(text) {
		unit, ok := map[rune]uint64{'s': 1, 'm': 60, 'h': 3600, 'd': 86400, 'w': 604800}[c]
		if !ok {
			digits += string(c)
			continue
		}
		n, err := strconv.ParseUint(digits, 10, 31)
		if err != nil {
			return 0, err
		}
		total, digits = total+n*unit, ""
	}
	if digits != "" || text == "" {
		return 0, errModel
	}
	return total, nil
}

// modelNames says which words of a type's data are names, and of how many words it is.
var modelNames = map[string]struct {
	words int
	names []int
}{
	"NS": {1, []int{0}}, "CNAME": {1, []int{0}}, "PTR": {1, []int{0}}, "MX": {2, []int{1}}, "SRV": {4, []int{3}}, "SOA": {7, []int{0, 1}},
	"A": {1, nil}, "AAAA": {1, nil},
}

// modelData is data in one form for equal data. Of a type that the model does not know it is the text, with the origin
// that the text was written under.
func modelData(typ string, words []string, origin string) (string, error) {
	words = slices.Clone(words)
	form, known := modelNames[typ]
	switch {
	case typ == "TXT":
		for i, w := range words {
			words[i] = `"` + strings.Trim(w, `"`) + `"`
		}
		return strings.Join(words, " "), nil
	case typ == "RRSIG", typ == "SIG": // an RRset for each type that they cover
		return "", errModel
	case !known || words[0] == `\#`:
		return strings.Join(words, " ") + " @" + origin, nil
	case len(words) != form.words:
		return "", errModel
	}
	for _, i := range form.names {
		words[i] = strings.ToLower(modelName(words[i], origin))
	}
	for i := range words {
		if n, err := modelTTL(words[i]); err == nil && typ != "A" && !slices.Contains(form.names, i) {
			words[i] = strconv.FormatUint(n, 10)
		}
	}
	if typ == "AAAA" {
		if a, err := netip.ParseAddr(words[0]); err == nil {
			words[0] = a.String()
		}
	}
	return strings.Join(words, " "), nil
}
