// Package shapes makes large zones for tests and measurements: made, not stored, each as another hand writes zones, for what
// is fast on one shape may crawl on the next. A shape and a number of records always give the same bytes, and named loads
// what comes out. They are written as they are made, so that whoever makes one stays small.
package shapes

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
)

// Shape is one kind of zone.
type Shape struct {
	Name     string // one word
	About    string // what it is, in a few words
	Origin   string
	ReadOnly bool // mailzone changes no such zone
	Findings bool // lint has much to say
	make     func(g *generator, n int)
}

// All is every shape that named loads.
var All = []Shape{
	{"hosting", "a hosting company's, of which each customer has hosts, SPF, DMARC and DKIM of its own", "big.example.", false, false, hosting},
	{"mailboxes", "a mail hoster's by another hand: DKIM over several lines, blank owners, TTLs in units, a fault at every eighth name", "post.example.", false, true, mailboxes},
	{"delegations", "a top-level domain's: delegations, some with glue, some signed", "tld.", false, false, delegations},
	{"reverse", "a reverse zone: half of its names by $GENERATE", "10.in-addr.arpa.", false, false, reverse},
	{"parked", "one host with many names, one record a line with absolute owners", "parked.example.", false, true, parked},
	{"signed", "a signed zone as dnssec-signzone writes it", "signed.example.", true, false, signed},
}

// Refused is shapes that named refuses for one line, on which all others depend.
var Refused = []Shape{
	{"undotted", "the zone mailboxes with an $ORIGIN that lacks its last dot: nearly every name is another than is meant", "post.example.", true, true, undotted},
}

// Every is all shapes, those that named refuses, too.
func Every() []Shape { return slices.Concat(All, Refused) }

// Find is the shape of a name.
func Find(name string) (Shape, error) {
	for _, s := range Every() {
		if s.Name == name {
			return s, nil
		}
	}
	return Shape{}, fmt.Errorf("there is no shape %q", name)
}

// Write writes a zone of at least n records.
func (s Shape) Write(w io.Writer, n int) error { return s.write(w, n, 2) }

// Zone is a zone of at least n records.
func (s Shape) Zone(n int) []byte { return s.Seeded(n, 2) }

// Seeded is a zone made with other dice.
func (s Shape) Seeded(n int, seed uint64) []byte {
	var b bytes.Buffer
	_ = s.write(&b, n, seed) // a buffer takes everything
	return b.Bytes()
}

// write makes a zone.
func (s Shape) write(w io.Writer, n int, seed uint64) error {
	g := &generator{out: bufio.NewWriterSize(w, 1<<16), rnd: rand.New(rand.NewPCG(1, seed))}
	s.make(g, n)
	return g.out.Flush()
}

// generator writes a zone.
type generator struct {
	out     *bufio.Writer
	rnd     *rand.Rand
	records int
}

// line writes text that is no record of its own.
func (g *generator) line(format string, args ...any) { fmt.Fprintf(g.out, format, args...) }

// record writes one record.
func (g *generator) record(format string, args ...any) {
	g.records++
	fmt.Fprintf(g.out, format, args...)
}

// one is one of some words.
func (g *generator) one(words ...string) string { return words[g.rnd.IntN(len(words))] }

// often is true once in so many times.
func (g *generator) often(once int) bool { return g.rnd.IntN(once) == 0 }

// dkimKey is a public key of 2048 bits as a DKIM record holds it: the DER frame of one around a random modulus.
func (g *generator) dkimKey() string {
	der := []byte("\x30\x82\x01\x22\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00\x03\x82\x01\x0f\x00\x30\x82\x01\x0a\x02\x82\x01\x01\x00")
	for range 32 {
		der = binary.BigEndian.AppendUint64(der, g.rnd.Uint64()|1<<63|1)
	}
	return base64.StdEncoding.EncodeToString(append(der, "\x02\x03\x01\x00\x01"...))
}

// octets is so many random octets in base64.
func (g *generator) octets(n int) string {
	var b []byte
	for len(b) < n {
		b = binary.BigEndian.AppendUint64(b, g.rnd.Uint64())
	}
	return base64.StdEncoding.EncodeToString(b[:n])
}
