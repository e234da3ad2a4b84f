// Package newzone writes the text of a zone that does not exist yet, from what its owner knows: names and addresses of servers.
//
// Its law: what it writes is a complete zone that named loads, with nothing in it that was not said or that a domain with mail needs in
// any case. What is missing or contradicts itself is told with the answer that it is about, and nothing is guessed. What no zone file can
// do is told beside it.
//
// The package knows no files and no clock: the serial comes in.
package newzone
