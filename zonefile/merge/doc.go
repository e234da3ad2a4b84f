// Package merge brings a snippet into a zone: text in the syntax of a zone file, as mail servers, panels and providers print it to be
// put in by hand.
//
// Its law: each record of the snippet gets one outcome with its reason, and the zone gets nothing that was not meant. What the zone
// says already is not written again, so the same snippet merged once more changes nothing. Where zone and snippet say different
// things and both cannot stand, nobody but the user decides. A snippet that cannot be read changes nothing at all, and what of it
// cannot be read is told by its place alone: it may be a private key.
//
// The package reads zones and gives edits; it changes nothing. It stands beside package pasted, which reads any text and asks about
// each record: a snippet is read as BIND reads it, and merged as a whole or not.
package merge
