package lint

// What a name is, and so which rules have something to say about it. A zone of a million records has very many
// names and few that a given rule speaks of: each name is looked at once for what it is, and only the rules about
// such names are called.

import "github.com/mailzone/mailzone/zonefile"

// kinds is a set of the things that a name can be. A rule is called for every name that is one of those that it
// visits.
type kinds uint32

// What a name can be.
const (
	everyName      kinds = 1 << iota
	severalRecords       // it has two records or more
	theApex              // it is the zone itself
	mxOwners
	addressOwners // of A or AAAA records
	cnameOwners
	nsOwners
	soaOwners
	srvOwners
	tlsaOwners
	spfTypeOwners // of records of the type SPF, which was given up
	txtOwners
	spfOwners    // of a TXT record that is one of SPF
	dmarcOwners  // _dmarc.DOMAIN with a TXT record
	dkimOwners   // SELECTOR._domainkey.DOMAIN with a TXT record
	stsOwners    // _mta-sts.DOMAIN with a TXT record
	tlsrptOwners // _smtp._tls.DOMAIN with a TXT record
	nameHolders  // of records whose data may hold names, MX left out
)

// What a rule visits that is not called for names.
const (
	wholeZone   kinds = 0       // the zone, once
	theText     kinds = 1 << 30 // its lines, part by part: every one of them may be wrong
	theFindings kinds = 1 << 31 // what all other rules found: it is called after them, once
)

// names tells whether a rule that visits these is called for names.
func (k kinds) names() bool { return k != wholeZone && k != theText && k != theFindings }

// ownerKind is what a record of a type makes of its owner.
func ownerKind(t zonefile.Type) kinds {
	switch t {
	case zonefile.TypeA, zonefile.TypeAAAA:
		return addressOwners
	case zonefile.TypeCNAME:
		return cnameOwners | nameHolders
	case zonefile.TypeMX:
		return mxOwners
	case zonefile.TypeTXT:
		return txtOwners
	case zonefile.TypeNS:
		return nsOwners | nameHolders
	case zonefile.TypeSOA:
		return soaOwners | nameHolders
	case zonefile.TypeSRV:
		return srvOwners | nameHolders
	case zonefile.TypeTLSA:
		return tlsaOwners
	case zonefile.TypeSPF:
		return spfTypeOwners
	}
	return nameHolders
}
