package zonefile

import (
	"bytes"
	"strings"
)

// What the data of a record leads to, as hashes: the names in it, and that they are below the names above them. A rule or a
// route that starts at the record asks for these names and for what their records lead to, and for no others; so whoever
// wants to know which records an edit of a name may concern asks for the hashes, and makes no name.
//
// More than what is there is given where that is cheaper than to know: the words of every SPF record and the addresses in a
// policy of DMARC, which a zone file has no grammar for, and what a relative name would be if its final dot were only forgotten.

// leader hashes what records of a chunk lead to.
type leader struct {
	c      *chunk
	f      *File // of this chunk alone
	add    func(hash uint64)
	recent [64]uint64  // hashes that were added last
	fields knownFields // the names in the data of rare types

	origin     Name // the last one, and its hash
	originHash uint64
	text       []byte
}

// newLeader goes over the records of a chunk.
func newLeader(c *chunk, add func(hash uint64)) *leader {
	return &leader{c: c, f: newFile("", []*chunk{c}), add: add}
}

// tell adds a hash that is not among those added last; false if it is.
func (l *leader) tell(hash uint64) bool {
	at := &l.recent[hash>>58]
	if *at == hash {
		return false
	}
	*at = hash
	l.add(hash)
	return true
}

// forget forgets what was added: what is added next may be the same.
func (l *leader) forget() { l.recent, l.origin = [64]uint64{}, "" }

// entry adds what entry i leads to.
func (l *leader) entry(i int) {
	e := &l.c.entries[i]
	if e.kind != kindRecord {
		return
	}
	switch e.typ {
	case TypeA, TypeAAAA:
	case TypeTXT, TypeSPF:
		l.spf(i)
		l.reports(i)
	case TypeMX, TypeCNAME, TypeNS, TypeSRV, TypePTR, TypeDNAME:
		n, _ := e.typ.targetField()
		l.name(l.c.field(i, n), l.c.origin(i))
	default:
		for _, n := range l.fields.names(e.typ) {
			l.name(l.c.field(i, n), l.c.origin(i))
		}
	}
}

// name adds a name that is written below an origin.
func (l *leader) name(text []byte, origin Name) {
	n := len(text)
	switch {
	case n == 0:
	case n == 1 && text[0] == '@':
		l.tell(l.below(origin))
	case !isPlainName(text) || origin == "" || origin == Root:
		l.odd(text, origin)
	case text[n-1] == '.':
		l.labels(text[:n-1], kinHash(Root))
	default:
		l.labels(text, (l.below(origin)^'.')*hashFactor)
		if mayLackDot(text) {
			l.labels(text, kinHash(Root))
		}
	}
}

// isPlainName tells labels that stand for themselves, with single dots between them.
func isPlainName(text []byte) bool {
	label := -1
	for i, c := range text {
		if !nameByte[c] && (c != '.' || i == label+1) {
			return false
		}
		if c == '.' {
			label = i
		}
	}
	return true
}

// mayLackDot tells a relative name that ends as absolute ones do: in a label of letters, or in one that stands for them (RFC
// 5890 §2.3.2.1).
func mayLackDot(text []byte) bool {
	last := text[bytes.LastIndexByte(text, '.')+1:]
	if len(last) == len(text) {
		return false
	}
	for _, c := range last {
		if b := lower(c); b < 'a' || b > 'z' {
			return len(last) > 3 && strings.EqualFold(string(last[:4]), "xn--")
		}
	}
	return true
}

// labels adds the name that labels make in front of what a hash stands for, and that it is below the names above it. Of
// what the hash stands for that is known, or it is the root.
func (l *leader) labels(text []byte, h uint64) {
	for j := len(text) - 1; j >= 0; j-- {
		if text[j] == '.' {
			l.tell(ofType(h, 0))
		}
		h = (h ^ uint64(lower(text[j]))) * hashFactor
	}
	l.tell(h)
}

// below is the hash of an origin. That there is a name at it, or below it and the names above it, is added when it changes.
func (l *leader) below(origin Name) uint64 {
	if origin != l.origin {
		l.origin, l.originHash = origin, kinHash(origin)
		l.above(origin)
	}
	return l.originHash
}

// above adds that there is something below a name and below all names above it.
func (l *leader) above(n Name) {
	for ; n != "" && n != Root && l.tell(aboveHash(n)); n = n.Parent() {
	}
}

// odd adds a name that has to be read to be known, and what it would be with a final dot.
func (l *leader) odd(text []byte, origin Name) {
	l.read(text, origin)
	if mayLackDot(text) {
		l.read(append(bytes.Clone(text), '.'), "")
	}
}

// read adds what a text is as a name; most are one.
func (l *leader) read(text []byte, origin Name) {
	if n, err := parseName(text, origin); err == nil {
		l.tell(kinHash(n))
		l.above(n.Parent())
	}
}

// spfBegins is how a text begins that is one of SPF (RFC 7208 §4.5).
const spfBegins = "v=spf1"

// spf adds the names that a TXT record leads to where it is one of SPF.
func (l *leader) spf(i int) {
	first := l.c.field(i, 0)
	if k := min(len(first), len(spfBegins)); k == len(spfBegins) && bytes.IndexByte(first[:k], '\\') < 0 && !equalFold(first[:k], spfBegins) {
		return // nearly all
	}
	l.text, _ = Record{nil, l.f, 0, int32(i)}.AppendJoined(l.text[:0])
	if len(l.text) < len(spfBegins) || !equalFold(l.text[:len(spfBegins)], spfBegins) {
		return
	}
	for term := range bytes.SplitSeq(l.text, []byte(" ")) {
		l.term(term)
	}
}

// term adds the domain of a term.
func (l *leader) term(term []byte) {
	at := bytes.IndexAny(term, ":=")
	if at < 0 || at >= 3 && equalFold(term[at-3:at-1], "ip") { // ip4, ip6
		return
	}
	name, _, _ := bytes.Cut(term[at+1:], []byte("/"))
	l.absolute(name)
}

// reports adds the domains that a policy of DMARC has reports sent to: whatever stands behind an @.
func (l *leader) reports(i int) {
	if l.text = l.c.ownerBytes(i, l.text[:0]); !bytes.HasPrefix(l.text, []byte("_dmarc.")) {
		return
	}
	l.text, _ = Record{nil, l.f, 0, int32(i)}.AppendJoined(l.text[:0])
	_, rest, more := bytes.Cut(l.text, []byte("@"))
	for more {
		host := rest
		if end := bytes.IndexAny(host, ",;?!@ \t"); end >= 0 {
			host = host[:end]
		}
		l.absolute(host)
		_, rest, more = bytes.Cut(rest, []byte("@"))
	}
}

// absolute adds a name that is absolute with a final dot or without, and knows no escapes.
func (l *leader) absolute(name []byte) {
	name = bytes.TrimSuffix(name, []byte("."))
	switch {
	case len(name) == 0:
	case isPlainName(name):
		l.labels(name, kinHash(Root))
	default:
		l.odd(append(bytes.ReplaceAll(name, []byte(`\`), []byte(`\\`)), '.'), "")
	}
}
