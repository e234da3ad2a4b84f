package ui

// What the policies of a domain say, in plain words: each on one line, and in fewer words where there is less room. Package
// policy reads them; what receivers do not take is said with its reason, and nothing of it is told as if it counted.

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// policyKind is a policy that a domain has about its mail.
type policyKind int

const (
	policySPF    = policyKind(policy.KindSPF)
	policyDMARC  = policyKind(policy.KindDMARC)
	policyDKIM   = policyKind(policy.KindDKIM)
	policyMTASTS = policyKind(policy.KindMTASTS)
	policyTLSRPT = policyKind(policy.KindTLSRPT)
	policyTLSA   = policyKind(policy.KindTLSA)
	policyCount  = policyTLSA + 1
)

// policyLabels is the labels before the domain that has a policy; those of a DKIM key and of a TLSA have one more, which differs.
var policyLabels = [policyCount]string{policyDMARC: "_dmarc.", policyDKIM: "_domainkey.", policyMTASTS: "_mta-sts.", policyTLSRPT: "_smtp._tls.", policyTLSA: "_25._tcp."}

// String is the name of the policy.
func (p policyKind) String() string {
	return policy.Kind(p).String()
}

// owner is the name that has the policy of a domain, or that the names lie below which have it.
func (p policyKind) owner(domain zonefile.Name) zonefile.Name {
	return zonefile.Name(policyLabels[p] + strings.TrimPrefix(string(domain), "."))
}

// policyAt is the policy that a name with an underscore is there for, and the domain or host that has it; ok is false of
// other names.
func policyAt(owner zonefile.Name) (kind policyKind, domain zonefile.Name, ok bool) {
	label, above := owner.Label(), owner.Parent()
	switch {
	case label == "_dmarc":
		return policyDMARC, above, true
	case above.Label() == "_domainkey":
		return policyDKIM, above.Parent(), true
	case label == "_mta-sts":
		return policyMTASTS, above, true
	case label == "_smtp" && above.Label() == "_tls":
		return policyTLSRPT, above.Parent(), true
	case strings.HasPrefix(label, "_") && strings.TrimLeft(label[1:], "0123456789") == "" && strings.HasPrefix(above.Label(), "_"):
		return policyTLSA, above.Parent(), true
	}
	return 0, "", false
}

// policyText is a policy in words.
type policyText struct {
	texts []string // the longest first
	bad   bool     // receivers do not take it
	note  string   // what stands beside it where there is room
}

// fault is a policy that receivers do not take.
func fault(text string) policyText { return policyText{texts: []string{"E " + text}, bad: true} }

// is tells whether a text is meant as such a policy, as receivers tell it.
func (p policyKind) is(text string) bool { return policy.Kind(p).Is(text) }

// read says what a text says as such a policy of a domain.
func (p policyKind) read(text string, domain zonefile.Name) policyText {
	if !p.is(text) {
		return fault("no " + p.String() + ": it does not start with " + policy.Kind(p).Version())
	}
	if p == policySPF {
		return spfText(policy.ParseSPF(text))
	}
	if faults := policy.Kind(p).Faults(text); len(faults) > 0 {
		return fault(faults[0].Text)
	}
	list := policy.ParseTags(text)
	switch p {
	case policyDMARC:
		return dmarcText(list, domain, "p")
	case policyDKIM:
		return dkimText(list)
	case policyMTASTS:
		id, _ := list.Find("id")
		return policyText{texts: []string{"its policy has the id " + id.Value, "id " + id.Value}}
	}
	return policyText{texts: reportTexts("", list, domain)}
}

// spfText is who may send: what is done with all others first, then who.
func spfText(s policy.SPF) policyText {
	for _, t := range s.Terms {
		if len(t.Faults) > 0 {
			return fault(t.Faults[0].Text)
		}
	}
	verdict, lookUps, nested := "no all", 0, ""
	var terms []string
	for t := range s.Tested() {
		switch {
		case t.IsAll():
			verdict = strings.TrimPrefix(string(t.Qualifier)+"all", "+")
		case t.Redirects():
			verdict = t.Text
		default:
			terms = append(terms, t.Text)
		}
		if t.LooksUp() {
			lookUps++
		}
		if t.Name == "include" || t.Redirects() {
			nested = ", and theirs"
		}
	}
	if s.PassesNobody() && !strings.HasPrefix(verdict, "redirect") {
		return policyText{texts: []string{verdict + "  nobody may send"}}
	}
	p := policyText{note: zonefile.Plural(lookUps, "look-up", "look-ups") + nested}
	for _, t := range draw.Counted(terms, " ") {
		p.texts = append(p.texts, strings.TrimSpace(verdict+"  "+t))
	}
	return p
}

// dmarcText is what receivers are asked to do with mail that fails; tag is p, or sp where that is asked for a name below.
func dmarcText(list policy.Tags, domain zonefile.Name, tag string) policyText {
	asked, ok := list.Find(tag)
	if !ok {
		asked, ok = list.Find("p")
	}
	verdict := strings.ToLower(asked.Value)
	if !ok {
		verdict = "none"
	}
	if t, ok := list.Find("t"); ok && strings.EqualFold(t.Value, "y") {
		verdict += ", in test"
	}
	return policyText{texts: reportTexts(verdict+"  ", list, domain)}
}

// reportTexts is where reports go, behind other words. Mailboxes of the domain itself are told without it where room is short.
func reportTexts(before string, list policy.Tags, domain zonefile.Name) []string {
	var whole, local []string
	for _, t := range list {
		if t.Name != "rua" {
			continue
		}
		for r := range t.Reports() {
			to := strings.TrimPrefix(r.Text, "mailto:")
			whole = append(whole, to)
			if name, host, ok := strings.Cut(to, "@"); ok && strings.EqualFold(host+".", string(domain)) {
				to = name
			}
			local = append(local, to)
		}
	}
	if len(whole) == 0 {
		return []string{before + "no reports"}
	}
	var texts []string
	for _, to := range slices.Concat(draw.Counted(whole, ", ")[:1], draw.Counted(local, ", ")) {
		texts = append(texts, before+"reports to "+to)
	}
	return append(texts, before+"reports")
}

// dkimText is what kind of key it is.
func dkimText(list policy.Tags) policyText {
	key, _ := list.Find("p")
	kind, ok := list.Find("k")
	words := kind.Value
	switch bits := policy.ReadDKIM(list).Bits; {
	case key.Value == "":
		words = "revoked: what it signed is no longer believed"
		return policyText{texts: []string{words, "revoked"}}
	case bits > 0:
		words = "RSA, " + strconv.Itoa(bits) + " bits"
	case !ok:
		words = "RSA"
	}
	if t, ok := list.Find("t"); ok && slices.Contains(strings.Split(t.Value, ":"), "y") {
		words += ", in test"
	}
	return policyText{texts: []string{words}}
}

// tlsaText is which certificate senders that know DANE insist on (RFC 7672 §3.1).
func tlsaText(words []string) policyText {
	numbers := strings.Join(words[:min(len(words), 3)], " ")
	if len(words) < 4 {
		return fault("no TLSA data")
	}
	what := map[string]string{"0": "certificate", "1": "key"}[words[1]]
	whose := map[string]string{"2": "its issuer's ", "3": "its own "}[words[0]]
	if what == "" || whose == "" {
		return policyText{texts: []string{numbers + ": mail has no use for it (RFC 7672)", numbers + ": no use", numbers}}
	}
	return policyText{texts: []string{whose + what + " (" + numbers + ")", numbers}}
}
