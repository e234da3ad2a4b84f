// Package references knows which records of zones speak of a name or of an address, wherever that stands: as their owner, in
// their data, in the text of SPF. So it can say who uses a host, and change a name or an address everywhere.
//
// Its law: what it lists is what it changes. A line says what it is and what it would be before anything is done, each can be
// left out, and no other record gets another owner, TTL or data. What cannot be changed, and what was not looked in, is said.
//
// The package reads zones and gives edits. It opens nothing: zones that are not handed to it are not known. It is no part of
// zonefile because it reads the text of SPF, and package policy, which can, is a neighbour that zonefile does not know.
package references
