package lint

// DKIM keys that receivers cannot read, or that can be broken by those who care, and selectors that have several.

var dkimKeyRule = &Rule{
	Name:     "dkim-key",
	Severity: Error,
	Doc: `A DKIM record holds no key that receivers can use: p= is missing, is not base64, or is cut off, often at
a semicolon that is not quoted; a tag stands twice; or h= leaves sha256 out. Signatures made with that key fail.`,
	Bad:    `s1._domainkey TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7h"`,
	Good:   `s1._domainkey TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="`,
	Refs:   []string{"RFC 6376 §3.2", "RFC 6376 §3.6.1", "RFC 8301 §3.1", "RFC 8463 §4.2"},
	Visits: dkimOwners,
	Check: func(p *Pass) {
		for _, k := range p.dkimKeys() {
			if cutOff(k.txtValue) {
				p.On(k.Record, "no DKIM key: it ends at a semicolon that is not quoted, the rest is a comment: quote the text").
					Offer(quoteAll(k.Record))
				continue
			}
			for _, f := range k.Faults {
				p.AtFault(k.txtValue, f, "no DKIM key: ")
			}
		}
	},
}

var dkimMultiple = &Rule{
	Name:     "dkim-multiple",
	Severity: Error,
	Doc: `A DKIM selector has two keys, often the old one beside the new one, or an RSA key beside an Ed25519 key.
Receivers may take either or none, and signatures fail by chance. Give each key a selector of its own.`,
	Bad: `s1._domainkey TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
s1._domainkey TXT "v=DKIM1; k=ed25519; p=PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw="`,
	Good: `s1._domainkey TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
s2._domainkey TXT "v=DKIM1; k=ed25519; p=PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw="`,
	Refs:   []string{"RFC 6376 §3.6.2.2"},
	Visits: dkimOwners,
	Check: func(p *Pass) {
		keys := p.rivalKeys()
		for i := 1; i < len(keys); i++ {
			d := p.On(keys[i], "a second DKIM key at %s: receivers may take either or none, delete the one that no server signs with", quoted(p.Node.Name))
			d.Relate(keys[0], "the first one")
			d.Offer(deletion("delete this key", false, keys[i]))
			d.Offer(deletion("delete the first key", false, keys[0]))
		}
	},
}

// Sizes of RSA keys (RFC 8301 §3.2).
const (
	dkimShould = 2048
	dkimMust   = 1024
)

var dkimWeakKey = &Rule{
	Name:     "dkim-weak-key",
	Severity: Warning,
	Worse:    true,
	Doc: `A DKIM key is an RSA key of fewer than 2048 bits. Under 1024 bits (an error) receivers take no signature
made with it; below 2048 it can be broken by those who care.`,
	Bad:    "s1._domainkey TXT \"v=DKIM1; p=" + rsa1024 + "\"",
	Good:   `s1._domainkey TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="`,
	Refs:   []string{"RFC 8301 §3.2"},
	Visits: dkimOwners,
	Check: func(p *Pass) {
		for _, k := range p.dkimKeys() {
			if k.Bits == 0 || k.Bits >= dkimShould || cutOff(k.txtValue) {
				continue
			}
			t, _ := k.tags().Find("p")
			d := p.AtText(k.txtValue, t.Start, t.End, "an RSA key of %d bits: make a new one of %d", k.Bits, dkimShould)
			if k.Bits < dkimMust && p.rule.severity == Warning {
				d.Severity = Error
			}
		}
	},
}

// rsa1024 is a public key of 1024 bits whose private half nobody kept.
const rsa1024 = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQClM+LUU1pwKU7ak+25VHKDzH9ul9hzcjYw/idRMRjpA5kHQXAm8A7wcZwEm2lhVLbZxlyjict1ctgtQ7A5MQLRg9O77bpfENV1r2fFllaIjze20KqerBMOrx4WlfBXVIDjBFf59v8/xdrhpOxfVdB6f/7NlEjJ51unQC9EMDmnbwIDAQAB"
