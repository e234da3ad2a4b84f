package policy

// The policies that one text each holds, and what people set of one: each kind is a row of a table, so that who reads or
// shows policies asks the row and knows none of them. The text is that of a TXT record, or the data of a type of its own as a
// zone file has it on one line.

// A Kind is a policy that one record holds.
type Kind int

// The kinds.
const (
	KindSPF    Kind = iota // who may send (RFC 7208)
	KindDMARC              // what is done with mail that fails (RFC 9989)
	KindDKIM               // the key of a selector (RFC 6376 §3.6.1)
	KindMTASTS             // that there is a policy for encrypted transport (RFC 8461)
	KindTLSRPT             // where reports about TLS go (RFC 8460)
	KindTLSA               // the certificate of a host (RFC 6698)
	KindSRV                // the server of mail programs (RFC 6186)
	KindCAA                // who may issue certificates (RFC 8659)
	kindCount
)

// kindRow is what is known of a kind.
type kindRow struct {
	name, version string // one without a version is a type of its own, of that name
	is            func(text string) bool
	faults        func(text string) []Fault
	fields        []Field
	rest          func(text string) []string // what no field holds, as it is written
	says          func(text string) string
	hinders       func(text string) string // why the fields cannot hold a text without faults; nil: they can
	begins        string                   // what a new one has before its last word
}

// row is what is known of the kind.
func (k Kind) row() kindRow {
	switch k {
	case KindSPF:
		return kindRow{"SPF", spfVersion, IsSPF, spfFaults, spfFields, spfRest, spfSays, spfHinders, ""}
	case KindDMARC:
		return kindRow{"DMARC", "v=DMARC1", IsDMARC, ofTags(DMARCFaults), dmarcFields, restOf(dmarcFields), nil, nil, ""}
	case KindDKIM:
		return kindRow{"DKIM", "v=DKIM1", isKey, ofTags(dkimFaults), dkimFields, restOf(dkimFields), dkimSays, nil, ""}
	case KindMTASTS:
		return kindRow{"MTA-STS", "v=STSv1", hasVersion("STSv1"), ofTags(MTASTSFaults), stsFields, restOf(stsFields), nil, nil, ""}
	case KindTLSA: // RFC 7672 §3.1: the key of the host itself
		return kindRow{"TLSA", "", anyText, tlsaFaults, tlsaFields, noRest, tlsaSays, nil, "3 1 1"}
	case KindSRV:
		return kindRow{"SRV", "", anyText, srvFaults, srvFields, noRest, srvSays, nil, "0 1 0"}
	case KindCAA:
		return kindRow{"CAA", "", anyText, caaFaults, caaFields, caaRest, caaSays, nil, "0 issue"}
	}
	return kindRow{"TLS-RPT", "v=TLSRPTv1", hasVersion("TLSRPTv1"), ofTags(TLSRPTFaults), tlsrptFields, restOf(tlsrptFields), nil, nil, ""}
}

// String is what the policy is called.
func (k Kind) String() string { return k.row().name }

// KindOf is the kind that is a record type of its own, by the name of the type; ok is false of other types.
func KindOf(typ string) (k Kind, ok bool) {
	for k := range kindCount {
		if r := k.row(); r.version == "" && r.name == typ {
			return k, true
		}
	}
	return 0, false
}

// IsType tells a kind that is a record type of its own; the others are texts.
func (k Kind) IsType() bool { return k.Version() == "" }

// Begin is what a new record of the kind has before its last word at an owner; "" where it is a text.
func (k Kind) Begin(owner string) string {
	text := k.row().begins
	for _, f := range k.Fields() {
		if f.usual != nil && f.usual(owner) != "" {
			text = Apply(text, f.Set(text, f.usual(owner))...)
		}
	}
	return text
}

// Version is what its records start with; "" of a type of its own.
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

// anyText takes any text: the type of the record says what it is.
func anyText(string) bool { return true }

// noRest is that of a kind whose fields hold all.
func noRest(string) []string { return nil }
