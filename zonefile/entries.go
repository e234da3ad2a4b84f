package zonefile

import "slices"

// The table of a text: one entry for each of its rows, which is all that a scan keeps of it beside the bytes.

// entryKind tells what an entry is.
type entryKind uint8

const (
	kindBlank    entryKind = iota // nothing but white space and comments
	kindRecord                    // a record whose owner, TTL, class and type can be read
	kindOrigin                    // $ORIGIN
	kindTTL                       // $TTL
	kindInclude                   // $INCLUDE
	kindGenerate                  // $GENERATE
	kindDate                      // $DATE, which BIND writes and reads
	kindBroken                    // a line that BIND refuses before it looks at the RDATA
)

// entry is one row of a chunk's table. It holds no pointers: a million cost the collector nothing.
type entry struct {
	start    uint32 // where it starts in the chunk; it ends where the next one starts
	rdata    uint32 // of a record: the end of its type; of a directive: the end of its keyword
	ttl      uint32 // the TTL written in the record, or the value of $TTL, or of $DATE as Unix time
	typ      Type
	ownerLen uint16 // length of the owner's text at the start; 0 when blank or in parentheses
	kind     entryKind
	flags    entryFlags
}

// entryFlags are facts about an entry's text.
type entryFlags uint8

const (
	hasTTL    entryFlags = 1 << iota // the record states a TTL
	oddOwner                         // the owner is not the first byte: `( a A ...`
	foreign                          // a class other than IN
	multiLine                        // the entry takes more than one line
	checked                          // the scan has checked owner, TTL and RDATA, but for an origin that is very long
)

// isOf tells a record of one of some types; of any where there are none.
func (e *entry) isOf(types []Type) bool {
	return e.kind == kindRecord && (len(types) == 0 || slices.Contains(types, e.typ))
}
