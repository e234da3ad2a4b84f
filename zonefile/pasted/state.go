package pasted

// How far a text has been read: what readers share, and how they hand on what they find.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// reader is how far a text has been read.
type reader struct {
	z     *zonefile.Zone
	lines []line
	at    int
	sure  bool // what may be words is meant as a record
	found []found

	origin zonefile.Name
	owner  string // of the record above
	ttl    string // that $TTL states
	source
	table *table
	block *block
	asked question
	going string // words above, of records that are to go
	name  string // that nslookup has said, whose addresses follow
}

// source is what the text says of where it comes from.
type source struct {
	cached bool // a resolver's answer: its TTLs have run down
	cloud  bool // Cloudflare's export, in which a TTL of 1 is none
}

// question is what a command asks.
type question struct {
	name, typ string
	short     bool // dig +short: the answer is data and nothing else
	open      bool // its answer may follow
}

// table is a table that is being read.
type table struct {
	fields []field
	cut    func(string) []string
}

// field is what a field of a panel means.
type field uint8

const (
	noField field = iota
	fieldType
	fieldHost
	fieldValue
	fieldPriority
	fieldTTL
	fieldWeight
	fieldPort
	fieldService
	fieldProtocol
	fieldFlags
	fieldTag
	fieldUsage
	fieldSelector
	fieldMatching
	fieldClass
	fieldIdle // says nothing of the record
)

// panelRecord is the fields of a record.
type panelRecord map[field]string

// block is the fields that have been read of a record.
type block struct {
	fields  panelRecord
	first   found
	to      int
	waiting field // its name stood on a line by itself
	listed  bool  // its last line begins as one of a list
}

// now is the line that is read.
func (r *reader) now() line { return r.lines[r.at] }

// start is a record that begins at the line that is read.
func (r *reader) start() found {
	l := r.now()
	return found{from: l.n, to: l.n, source: l.raw, origin: r.origin, notes: append([]string(nil), l.notes...)}
}

// give hands a record on, which has taken some lines.
func (r *reader) give(f found, lines int) {
	r.doubted(&f)
	r.found = append(r.found, f)
	r.at += lines
}

// doubted has a record asked about that stands below words of what is to go.
func (r *reader) doubted(f *found) {
	if r.going != "" && f.doubt == "" {
		f.doubt = "above it stands: " + r.going
	}
}

// skip passes lines over that say nothing.
func (r *reader) skip(lines int) bool {
	r.at += lines
	return true
}

// automaticTTL is said of a TTL of 1.
const automaticTTL = "TTL 1 left out: Cloudflare writes it for automatic"

// cacheTTL leaves a TTL out that is no property of the record.
func (r *reader) cacheTTL(f *found) {
	switch {
	case f.ttl == "":
	case r.cached:
		f.note("TTL " + f.ttl + " left out: it is what a cache had left")
		f.ttl = ""
	case f.ttl == "1" && (r.cloud || strings.Contains(f.comment, "cf_tags")):
		f.note(automaticTTL)
		f.ttl = ""
	}
}
