package policy

// The policies that one text each holds, and what people set of one: each kind is a row of a table, so that who reads or
// shows policies asks the row and knows none of them.

// A Kind is a policy that the text of a TXT record holds.
type Kind int

// The kinds.
const (
	KindSPF    Kind = iota // who may send (RFC 7208)
	KindDMARC              // what is done with mail that fails (RFC 9989)
	KindDKIM               // the key of a selector (RFC 6376 §3.6.1)
	KindMTASTS             // that there is a policy for encrypted transport (RFC 8461)
	KindTLSRPT             // where reports about TLS go (RFC 8460)
)

// kindRow is what is known of a kind.
type kindRow struct {
	name, version string
	is            func(text string) bool
	faults        func(text string) []Fault
	fields        []Field
	rest          func(text string) []string // what no field holds, as it is written
	says          func(text string) string
	hinders       func(text string) string // why the fields cannot hold a text without faults; nil: they can
}

// row is what is known of the kind.
func (k Kind) row() kindRow {
	switch k {
	case KindSPF:
		return kindRow{"SPF", spfVersion, IsSPF, spfFaults, spfFields, spfRest, spfSays, spfHinders}
	case KindDMARC:
		return kindRow{"DMARC", "v=DMARC1", IsDMARC, ofTags(DMARCFaults), dmarcFields, restOf(dmarcFields), nil, nil}
	case KindDKIM:
		return kindRow{"DKIM", "v=DKIM1", isKey, ofTags(dkimFaults), dkimFields, restOf(dkimFields), dkimSays, nil}
	case KindMTASTS:
		return kindRow{"MTA-STS", "v=STSv1", hasVersion("STSv1"), ofTags(MTASTSFaults), stsFields, restOf(stsFields), nil, nil}
	}
	return kindRow{"TLS-RPT", "v=TLSRPTv1", hasVersion("TLSRPTv1"), ofTags(TLSRPTFaults), tlsrptFields, restOf(tlsrptFields), nil, nil}
}

// String is what the policy is called.
func (k Kind) String() string { return k.row().name }

// Version is what its records start with.
func (k Kind) Version() string { return k.row().version }

// Is tells whether a text is meant as one, as receivers tell it.
func (k Kind) Is(text string) bool { return k.row().is(text) }

// Faults is what is wrong with a text that is one.
func (k Kind) Faults(text string) []Fault { return k.row().faults(text) }

// Fields is what of it is set by itself, in the order in which people think of it.
func (k Kind) Fields() []Field { return k.row().fields }

// Rest is what of a text none of the fields holds, as it is written: it stays where it stands, whatever they set.
func (k Kind) Rest(text string) []string { return k.row().rest(text) }

// Says is what is to know of a text as a whole, in a few words; "" if nothing is.
func (k Kind) Says(text string) string {
	if says := k.row().says; says != nil {
		return says(text)
	}
	return ""
}

// Hinders is why the fields cannot show a text: it is none of the kind, or something is wrong with it; "" where they can.
func (k Kind) Hinders(text string) string {
	r := k.row()
	if !r.is(text) {
		return "it does not start with " + r.version
	}
	if faults := r.faults(text); len(faults) > 0 {
		return faults[0].Text
	}
	if r.hinders != nil {
		return r.hinders(text)
	}
	return ""
}

// ofTags is faults of a tag list by its text.
func ofTags(faults func(Tags) []Fault) func(string) []Fault {
	return func(text string) []Fault { return faults(ParseTags(text)) }
}

// hasVersion tells texts of a version.
func hasVersion(version string) func(string) bool {
	return func(text string) bool { return HasVersion(text, version) }
}
