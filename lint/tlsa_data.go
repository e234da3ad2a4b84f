package lint

// A TLSA record as rules speak of it: policy reads it, here is where its parts stand.

import (
	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// tlsaData is what a TLSA record says, and where.
type tlsaData struct {
	policy.TLSA
	at [4]int // the RDATA tokens of usage, selector, matching type and digest
}

// readTLSA reads a record; false if it is none.
func readTLSA(r zonefile.Record) (d tlsaData, ok bool) {
	words := make([]string, 0, 4)
	for _, t := range r.RData() {
		words = append(words, t.Text())
	}
	d.at = [4]int{0, 1, 2, 3}
	if len(words) > 0 && words[0] == `\#` {
		d.at = [4]int{2, 2, 2, 2}
	}
	d.TLSA, ok = policy.ReadTLSA(words)
	return d, ok
}
