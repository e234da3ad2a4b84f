package zonefile

// The syntax of nsupdate for files. A script says what records there shall be; how little text that changes is found
// out here.

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// mostScriptLine is how long a line of a script may be: more than any record is.
const mostScriptLine = 1 << 20

// Script reads edits in the syntax of nsupdate (see nsupdate(1)) and returns the smallest change of text
// that gives the asked records: a delete and an add of one owner and type become one changed field. It
// is all or nothing. Names are absolute, as nsupdate takes them, unless the script sets an origin.
func (z *Zone) Script(r io.Reader) ([]Edit, error) { return Language{}.Edits(z, r) }

// Edits is Script for what may be said in the language.
func (l Language) Edits(z *Zone, r io.Reader) ([]Edit, error) {
	s := newScript(z)
	s.language = l
	in := bufio.NewScanner(r)
	in.Buffer(nil, mostScriptLine)
	n := 1
	for ; in.Scan() && !s.quit; n++ {
		if err := s.line(in.Text()); err != nil {
			return nil, fmt.Errorf("script:%d: %w", n, err)
		}
	}
	if err := in.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("script:%d: a line of more than %d bytes: one update is one line", n, mostScriptLine)
	} else if err != nil {
		return nil, fmt.Errorf("script: %w", err)
	}
	return s.finish()
}

// script is what has been read so far.
type script struct {
	language Language
	start    *Zone
	z        *Zone    // what steps make of it
	steps    [][]Edit // each against the version that those before it gave
	wanted   map[setKey]*wantedSet
	types    map[Name][]Type // of wanted, by owner
	order    []setKey
	origin   Name
	ttl      string
	quit     bool
}

// newScript is a script that asks for nothing yet.
func newScript(z *Zone) script {
	return script{start: z, z: z, wanted: map[setKey]*wantedSet{}, types: map[Name][]Type{}, origin: Root}
}

// line reads one line.
func (s *script) line(text string) error {
	words, err := scriptWords(text)
	if err != nil || len(words) == 0 {
		return err
	}
	switch verb := strings.ToLower(words[0]); verb {
	case "update":
		return s.update(words[1:])
	case "add", "del", "delete":
		return s.update(words)
	case "ttl":
		return s.setTTL(words[1:])
	case originWord:
		return s.setOrigin(words[1:])
	case "zone":
		return s.checkZone(words[1:])
	case "show", "send", "answer":
		return nil
	case "quit":
		s.quit = true
		return nil
	case "prereq", "nxdomain", "yxdomain", "nxrrset", "yxrrset", "server", "local", "key", "gsstsig",
		"realm", "oldgsstsig", "class", "check-names", "debug", "version":
		return fmt.Errorf("%s: nsupdate's, but without meaning for a file: remove it", verb)
	}
	return s.own(words[0], words[1:])
}

// scriptWords splits a line into words; quoted strings stay whole, a ; or a # at the start is a comment. What would hide the
// rest of a line is refused, in comments too: lines that end by CR alone are one line here.
func scriptWords(text string) ([]string, error) {
	switch text = strings.TrimRight(text, "\r"); {
	case strings.Contains(text, "\r"):
		return nil, fmt.Errorf("a carriage return inside a line: end lines by LF, or by CR and LF")
	case strings.Contains(text, "\x00"):
		return nil, fmt.Errorf("a NUL byte: a script is text; in a string write \\000")
	}
	if strings.HasPrefix(strings.TrimSpace(text), "#") {
		return nil, nil
	}
	var words []string
	l := lexer{src: []byte(text)}
	for {
		switch t := l.next(); t.kind {
		case tokEOF, tokEOL:
			return words, nil
		case tokBad:
			return nil, fmt.Errorf("%s: %s", text[t.start:t.end], tokenProblem(&l, t, "unexpected text"))
		default:
			words = append(words, text[t.start:t.end])
		}
	}
}

// setTTL reads the TTL of the adds that follow and state none.
func (s *script) setTTL(words []string) error {
	if len(words) != 1 {
		return fmt.Errorf("ttl takes one TTL")
	}
	if ttl, ok := ParseTTL(words[0]); !ok || ttl > MaxTTL {
		return fmt.Errorf("%s: not a TTL: write seconds or units, as 3600 or 1h30m", words[0])
	}
	s.ttl = words[0]
	return nil
}

// setOrigin reads what names without a final dot are relative to from now on.
func (s *script) setOrigin(words []string) (err error) {
	if s.language.Strict {
		return notInNsupdate(originWord)
	}
	if len(words) != 1 {
		return fmt.Errorf("origin takes one name")
	}
	s.origin, err = ParseName(words[0], Root)
	return err
}

// checkZone refuses a script for another zone.
func (s *script) checkZone(words []string) error {
	if len(words) != 1 {
		return fmt.Errorf("zone takes one name")
	}
	if n, err := ParseName(words[0], Root); err != nil || n != s.z.Origin() {
		return fmt.Errorf("%s: the file holds the zone %s", words[0], s.z.Origin())
	}
	return nil
}

// update reads `add NAME TTL [CLASS] TYPE RDATA` or `delete NAME [TTL] [CLASS] [TYPE [RDATA]]`.
func (s *script) update(words []string) error {
	if len(words) < 2 {
		return fmt.Errorf("update add NAME TTL TYPE DATA, or update delete NAME [TYPE [DATA]]")
	}
	owner, err := ParseName(words[1], s.origin)
	if err != nil {
		return fmt.Errorf("%s: %w", words[1], err)
	}
	if !owner.Within(s.z.Origin()) {
		return fmt.Errorf("%s: not in the zone %s; names are absolute here unless `origin` was given", words[1], s.z.Origin())
	}
	ttl, rest := headless(words[2:], s.ttl)
	typ, err := scriptType(rest)
	if err != nil {
		return err
	}
	switch verb := strings.ToLower(words[0]); {
	case verb != "add" && len(rest) == 0:
		return s.deleteName(owner)
	case verb != "add":
		return s.remove(owner, typ, rest[1:])
	case len(rest) < 2:
		return fmt.Errorf("%s: an add needs a type and data", words[1])
	case !typ.InZones():
		return fmt.Errorf("%s: %s stands in no zone", words[1], typ)
	}
	return s.add(owner, ttl, typ, rest[1:])
}

// headless takes the TTL, else the usual one, and the class from words that stand before a type.
func headless(words []string, usual string) (ttl string, rest []string) {
	ttl = usual
	if len(words) > 0 {
		if v, ok := ParseTTL(words[0]); ok && v <= MaxTTL {
			ttl, words = words[0], words[1:]
		}
	}
	if len(words) > 0 && strings.EqualFold(words[0], "IN") {
		words = words[1:]
	}
	return ttl, words
}

// ReadDraft reads a record without its owner, as a line has it: [TTL] [CLASS] TYPE RDATA.
func ReadDraft(text string) (d Draft, err error) {
	words, err := scriptWords(text)
	if err != nil {
		return d, err
	}
	d.TTL, words = headless(words, "")
	if d.Type, err = scriptType(words); err != nil {
		return d, err
	}
	switch {
	case len(words) < 2:
		return d, errors.New("a record has a type and data, as MX 10 mx1")
	case !d.Type.InZones():
		return d, fmt.Errorf("%s stands in no zone", d.Type)
	}
	d.RData = strings.Join(words[1:], " ")
	return d, nil
}

// scriptType reads the type that words start with; none is fine for a delete.
func scriptType(words []string) (Type, error) {
	if len(words) == 0 {
		return 0, nil
	}
	typ, ok := ParseType(words[0])
	if !ok || typ.isMeta() && typ != TypeANY {
		return 0, fmt.Errorf("%s: not a record type", words[0])
	}
	return typ, nil
}

// set is the RRset that is asked for so far.
func (s *script) set(owner Name, t Type) *wantedSet {
	k := setKey{owner, t}
	if w := s.wanted[k]; w != nil {
		return w
	}
	w := s.z.wanted(k)
	s.wanted[k] = w
	s.order = append(s.order, k)
	s.types[owner] = append(s.types[owner], t)
	return w
}

// add asks for a record more; one that is there may change the TTL. An owner has one SOA, CNAME, DNAME:
// an add of these replaces (RFC 2136 §3.4.2.2).
func (s *script) add(owner Name, ttl string, t Type, words []string) error {
	if err := checkWords(t, words, s.origin); err != nil {
		return err
	}
	w := s.set(owner, t)
	if ttl != "" {
		w.ttl = ttl
	}
	data := strings.Join(words, " ")
	add := wantedRecord{key: dataKey(t, data, s.origin), rdata: data, from: s.origin}
	if fields := t.fields(); fields != nil {
		add.rdata, add.from = s.unstyled(fields, words), s.z.Origin()
	}
	if t == TypeSOA || t == TypeCNAME || t == TypeDNAME {
		w.empty()
	}
	w.put(add)
	return nil
}

// unstyled writes the names in data relative to the apex: a script says which names it means, and the line
// that they go to says how names are written there.
func (s *script) unstyled(fields []*field, words []string) string {
	words = slices.Clone(words)
	for i, f := range fields {
		if f != &nameField || i >= len(words) {
			continue
		}
		if n, err := ParseName(words[i], s.origin); err == nil && n != s.z.Origin() {
			words[i] = n.In(s.z.Origin())
		} else if err == nil {
			words[i] = string(n)
		}
	}
	return strings.Join(words, " ")
}

// remove asks for an RRset less, or for one record of it less. What is not there is no error (RFC 2136
// §3.4.2.4), but an apex keeps its SOA and its last NS.
func (s *script) remove(owner Name, t Type, words []string) error {
	if t == TypeANY {
		return s.deleteName(owner)
	}
	w := s.set(owner, t)
	key, left := "", 0
	if len(words) > 0 {
		key = dataKey(t, strings.Join(words, " "), s.origin)
		if left = len(w.at); w.has(key) {
			left--
		}
	}
	if owner == s.z.Origin() && (t == TypeSOA || t == TypeNS) && left == 0 {
		return fmt.Errorf("%s %s: a zone needs it: add the new one before you delete the old one", owner, t)
	}
	if len(words) == 0 {
		w.empty()
	}
	w.drop(key)
	return nil
}

// deleteName asks for all RRsets of a name less; an apex keeps its SOA and NS (RFC 2136 §3.4.2.3).
func (s *script) deleteName(owner Name) error {
	for _, r := range s.z.Node(owner).Records {
		s.set(owner, r.Type())
	}
	for _, t := range s.types[owner] {
		if apex := owner == s.z.Origin() && (t == TypeSOA || t == TypeNS); !apex {
			s.wanted[setKey{owner, t}].empty()
		}
	}
	return nil
}

// edits is the change that all RRsets together need.
func (s *script) edits() ([]Edit, error) {
	var sets []*wantedSet
	for _, k := range s.order {
		if err := s.wanted[k].allowed(s.z); err != nil {
			return nil, err
		}
		sets = append(sets, s.wanted[k])
	}
	edits, _, err := s.z.change(sets)
	return edits, err
}
