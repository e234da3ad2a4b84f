// Package pasted reads text that somebody has copied from elsewhere as records of a zone: what mail servers, dig, host, nslookup,
// the panels of providers and web pages print, with the prose around it.
//
// Its law: nothing is guessed and nothing is passed over. Each line is a record, or belongs to one, or is a comment, or is told with
// the reason why it is no record. What was mended is said, and so is how a name without a final dot was read where there are two
// ways; of what the zone should not get without a thought it is asked.
//
// The package reads zones and gives edits; it changes nothing. It is no part of zonefile because it reads the text of policies,
// and package policy, which can, is a neighbour that zonefile does not know.
package pasted
