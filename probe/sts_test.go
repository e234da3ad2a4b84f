package probe

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// What a policy demands of a host is bad for those that keep to it alone; and what is bad for everybody is bad for them too.
func TestJudgeSTS(t *testing.T) {
	z := zonefile.Parse("db", []byte("@ 60 SOA ns h 1 1 1 1 1\n"), zonefile.Options{Origin: "example.com."})
	well := Dialogue{Target: Target{Host: "mx1.example.com."}, Banner: SMTPReply{Code: 220}, EHLO: SMTPReply{Code: 250}, Mail: SMTPReply{Code: 250},
		StartTLS: SMTPReply{Code: 220}, TLS: "TLS 1.3"}
	but := func(change func(d *Dialogue)) Dialogue {
		d := well
		change(&d)
		return d
	}
	clear := but(func(d *Dialogue) { d.StartTLS, d.TLS = SMTPReply{}, "" })
	enforce := policy.STSPolicy{Mode: "enforce", MX: []string{"*.example.com"}}
	other := policy.STSPolicy{Mode: "enforce", MX: []string{"old.example.com"}}
	with := func(mode string) policy.STSPolicy {
		return policy.STSPolicy{Mode: mode, MX: []string{"old.example.com"}}
	}
	for name, c := range map[string]struct {
		d     Dialogue
		p     policy.STSPolicy
		of    State // of the policy
		want  State
		means string
	}{
		"as it should be":       {well, enforce, OK, OK, "as mode enforce demands"},
		"not named":             {well, other, Bad, Bad, "does not name mx1.example.com; mode enforce: senders that keep to the policy keep the mail"},
		"not named, tested":     {well, with("testing"), OK, OK, "mode testing: mail is sent, and the domain told that the policy does not name"},
		"none":                  {well, with("none"), OK, OK, "demands nothing"},
		"no STARTTLS":           {clear, enforce, OK, Bad, "no STARTTLS"},
		"and no policy":         {clear, policy.STSPolicy{}, Bad, OK, "no effect"},
		"an unknown policy":     {clear, policy.STSPolicy{}, Unknown, Unknown, "not known"},
		"STARTTLS refused":      {but(func(d *Dialogue) { d.StartTLS, d.TLS = SMTPReply{Code: 454}, "" }), enforce, OK, Bad, "STARTTLS is answered 454"},
		"TLS fails":             {but(func(d *Dialogue) { d.TLS, d.TLSErr = "", errors.New("garbage") }), enforce, OK, Bad, "TLS fails: garbage"},
		"TLS 1.1":               {but(func(d *Dialogue) { d.TLS = "TLS 1.1" }), enforce, OK, Bad, "TLS 1.1 alone"},
		"a certificate":         {but(func(d *Dialogue) { d.Certificate.Fault = "is self-signed" }), enforce, OK, Bad, "the certificate is self-signed"},
		"greylisting":           {but(func(d *Dialogue) { d.Postmaster = map[zonefile.Name]SMTPReply{"example.com.": {Code: 450}} }), enforce, OK, Waits, "450"},
		"refused for everybody": {but(func(d *Dialogue) { d.Connect = errClosed }), policy.STSPolicy{}, Bad, Bad, "refused"},
		"no answer":             {but(func(d *Dialogue) { d.Connect = errNoAnswer }), enforce, OK, Unknown, "nothing can be said"},
	} {
		r := JudgeSTS(Mail{Zone: z}, c.d, "example.com.", Demand{Result: Result{State: c.of}, STS: c.p}, time.Now())
		if r.State != c.want || !strings.Contains(says(r), c.means) || r.Policy != "sts" || r.Subject != "example.com." {
			t.Errorf("%s: %s: %s", name, r.State, says(r))
		}
	}
}

// Where no host is reached by anybody that is one thing to say of this network, and not one of each of them.
func TestUnreached(t *testing.T) {
	z := zonefile.Parse("db", []byte("@ 60 SOA ns h 1 1 1 1 1\n"), zonefile.Options{Origin: "example.com."})
	dialogue := func(err error) Dialogue {
		return Dialogue{Target: Target{"mx1.example.com.", netip.MustParseAddr("192.0.2.1")}, Connect: err}
	}
	late := dialogue(errNoAnswer)
	for name, c := range map[string]struct {
		all  []Dialogue
		want bool
	}{
		"none":           {nil, false},
		"one":            {[]Dialogue{late}, false},
		"two":            {[]Dialogue{late, late}, true},
		"and no way":     {[]Dialogue{late, dialogue(errNoWay)}, true},
		"one is reached": {[]Dialogue{late, late, dialogue(nil)}, false},
		"one refuses":    {[]Dialogue{late, dialogue(errClosed)}, false},
	} {
		r, ok := Unreached(Mail{Zone: z}, c.all, time.Now())
		if ok != c.want || ok && (r.State != Unknown || !strings.Contains(says(r), "closed from this network")) {
			t.Errorf("%s: %v %s: %s", name, ok, r.State, says(r))
		}
	}
}

// A host that is meant to be closed is well where it is, and only there.
func TestMeantClosed(t *testing.T) {
	z := zonefile.Parse("db", []byte("@ 60 SOA ns h 1 1 1 1 1\n"), zonefile.Options{Origin: "example.com."})
	m := Mail{Zone: z, Closed: true}
	for name, c := range map[string]struct {
		d    Dialogue
		want State
	}{
		"refused":            {Dialogue{Connect: errClosed}, OK},
		"554":                {Dialogue{Banner: SMTPReply{Code: 554}}, OK},
		"no answer":          {Dialogue{Connect: errNoAnswer}, Unknown},
		"postmaster refused": {Dialogue{Banner: SMTPReply{Code: 220}, EHLO: SMTPReply{Code: 250}, Mail: SMTPReply{Code: 250}, Postmaster: map[zonefile.Name]SMTPReply{"example.com.": {Code: 550}}}, Bad},
	} {
		if r := JudgeMail(m, c.d, time.Now()); r.State != c.want || c.want == OK && !strings.Contains(says(r), "meant to be closed") {
			t.Errorf("%s: %s: %s", name, r.State, says(r))
		}
	}
}
