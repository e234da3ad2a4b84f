package ui

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// Whatever a record says, a form that starts as it writes the same at another name, with the TTL that it is served with; and under an
// empty owner at its own.
func TestCopyFormSaysTheSame(t *testing.T) {
	texts := [][]byte{demoZone, []byte(copiedZone)}
	for seed := range uint64(8) {
		texts = append(texts, (&zoneMaker{rand.New(rand.NewPCG(seed, 17)), seed%2 == 0, map[string]bool{}}).zone())
	}
	for _, text := range texts {
		t.Chdir(t.TempDir())
		u := newUser(t, "", text)
		for r := range u.app.doc.Zone().Records() {
			if r.Type() == zonefile.TypeSOA || !r.Owner().Within(u.app.doc.Zone().Origin()) {
				continue
			}
			if err := sameCopy(u.app.kit, r); err != nil {
				t.Errorf("%s: %q: %v", r.Place(), r.Text(), err)
			}
		}
	}
}

// copiedZone has what other zones have not: each kind of owner by parts, and data that is relative to another origin.
const copiedZone = `$TTL 1d
@ SOA ns h 1 1h 1h 1w 1h
@ NS ns
ns 300 A 192.0.2.1 ; one
   A 192.0.2.2
$ORIGIN sub.example.com.
mx 60 MX 10 host
host A 192.0.2.3
_25._tcp.host TLSA 3 1 1 0123456789012345678901234567890123456789012345678901234567890123
_submission._tcp SRV 0 1 587 host
@ CAA 0 issue "ca.example; x=y z"
x TYPE65400 \# 2 abcd
svc SVCB 1 host ech="ZWFzdGVyIGVnZyE=" port=53
sel1._domainkey TXT "v=DKIM1; k=rsa; " "p=AAAA"
_dmarc TXT "v=DMARC1; p=none"
odd TXT "\000\200" two
`

// sameCopy is how a copy of a record differs from it.
func sameCopy(k *kit, r zonefile.Record) error {
	z := k.doc.Zone()
	f := newCopyForm(k, r)
	if f.owner() != r.Owner() {
		return fmt.Errorf("with an empty owner it is at %s", f.owner())
	}
	to := r.Owner() // by parts it stays there
	if d := f.field(partOwner); d != nil {
		to, _ = zonefile.ParseName("copied", r.Owner())
		d.input.SetValue(to.In(z.Origin()))
	}
	f.leave()
	edits, err := f.edits(z)
	if err != nil {
		return err
	}
	next, err := z.Apply(edits...)
	if err != nil {
		return err
	}
	same := 0
	for _, is := range next.RRset(to, r.Type()) {
		was, text := r.Joined()
		now, _ := is.Joined()
		if (is.CanonicalRData() == r.CanonicalRData() || text && was == now) && next.RRsetTTL(is) == z.RRsetTTL(r) {
			same++
		}
	}
	if same == 0 || to == r.Owner() && same < 2 {
		return fmt.Errorf("%v: no new record says the same", edits)
	}
	return nil
}
