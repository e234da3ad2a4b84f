// Package policy reads the values by which a domain says how its mail is to be taken, and changes parts of them: SPF, the tag
// lists of DKIM, DMARC, MTA-STS and TLS reports, and the data of TLSA, SRV and CAA.
//
// Its law: reading never fails and loses nothing. What it returns points into the text that it was given, so a fault has a
// place, and a change of one part leaves every other octet as it was. A value that is wrong is still a value: it keeps the
// parts that can be read, and says what is wrong with the rest.
//
// The package knows no zones: it imports nothing of this module.
package policy
