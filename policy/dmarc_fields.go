package policy

// What people set of a DMARC record (RFC 9989 §4.7).

// dmarcOrder is the order in which tags are written: the policy stands behind the version (RFC 7489 §6.4, which receivers of
// today go by).
var dmarcOrder = []string{"v", "p", "sp", "np", "t", "psd", "adkim", "aspf", "rua"}

// dmarcFields is the fields.
var dmarcFields = []Field{
	tagField("policy", "p", dmarcOrder, Choice{"none", "none"}, Choice{"quarantine", "quarantine"}, Choice{"reject", "reject"}),
	tagField("subdomains", "sp", dmarcOrder, Choice{"", "same"}, Choice{"none", "none"}, Choice{"quarantine", "quarantine"}, Choice{"reject", "reject"}),
	reportField("reports to", "rua", dmarcOrder, reportFaults),
	tagField("test", "t", dmarcOrder, Choice{"y", "a milder policy is applied for now"}),
}

// reportFaults is what is wrong with addresses.
func reportFaults(t Tag) (found []Fault) {
	for r := range t.Reports() {
		found = append(found, r.faults()...)
	}
	return found
}
