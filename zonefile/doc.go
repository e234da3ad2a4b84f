// Package zonefile is a lossless model of BIND zone files (RFC 1035 §5, as BIND 9.18 reads it).
//
// A parsed file is the bytes that were read plus spans over them. There is no printer: what nobody
// edited is copied. Entries (records, directives, comments, blank and broken lines) tile a file byte
// for byte, in chunks of some thousand bytes; a chunk is what is scanned, what versions of a [Zone]
// share, and what an edit rebuilds.
//
// All change is a list of [Edit]: [Zone.Set], [Zone.Insert], [Zone.Delete] and their kin return edits,
// and only [Zone.Apply] makes a new Zone from them. A *Zone never changes.
//
// The law of the package: an edit never changes the meaning of an entry that it does not touch. Zone
// files are full of inheritance (blank owners, the last TTL, the SOA's minimum), so every operation
// hands down, in the same edits, what its neighbours would otherwise lose; see settle.
//
// BIND is the standard: where RFC 1035 and BIND differ the code follows BIND and says so on the line.
// github.com/miekg/dns reads the RDATA of single records of the rarer types; it is never the parser
// of the file, because it normalises, stops at its first error and differs from BIND.
package zonefile
