package probe

// What a web server says of a domain's MTA-STS policy, and what that means: a policy that senders cannot fetch, or not read, has no effect,
// and mail is sent without it.

import (
	"fmt"
	"strings"
	"time"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// mostPolicy is how long a policy may be (RFC 8461 §3.2 leaves it open; senders read as much).
const mostPolicy = 64 << 10

// Fetched is what came of a request for a policy.
type Fetched struct {
	Target
	Err      error  // why nothing came
	Fault    string // what is wrong with the certificate
	Status   int    // of HTTP
	Type     string // the media type
	Text     string
	TooLarge bool
	Took     time.Duration
}

// PolicyRecord is the record by which a domain says that it has a policy.
func PolicyRecord(z *zonefile.Zone, domain zonefile.Name) (text string, ok bool) {
	for _, r := range z.Lookup("_mta-sts."+domain, zonefile.TypeTXT).Records {
		if text, _ := r.Joined(); policy.KindMTASTS.Is(text) {
			return text, true
		}
	}
	return "", false
}

// Demand is what a policy demands of the hosts that take a domain's mail.
type Demand struct {
	Result                  // what the policy itself means
	STS    policy.STSPolicy // zero where there is none that counts
}

// JudgePolicy says what the policy of a domain means whose record has this text, and whose mail these hosts take.
func JudgePolicy(domain zonefile.Name, record string, mx []zonefile.Name, f Fetched, now time.Time) (d Demand) {
	if d.Result = judgeFetched(domain, record, f, now); d.State == OK {
		d.STS = policy.ReadSTSPolicy(f.Text)
		d.Result = d.policy(d.STS, mx)
		if len(d.STS.Faults) > 0 {
			d.STS = policy.STSPolicy{}
		}
	}
	return d
}

// judgeFetched says whether senders can have the text of a policy.
func judgeFetched(domain zonefile.Name, record string, f Fetched, now time.Time) Result {
	r := Result{Kind: "sts", Subject: domain, Host: f.Host, Address: f.Address, Asked: "the policy by HTTPS", At: now, Took: f.Took}
	if d, done := r.failed(Reply{Answer: Answer{Err: f.Err, Result: zonefile.Found}}); done {
		if d.Fix = ""; d.State == Bad {
			d.Seen, d.Means = strings.ReplaceAll(d.Seen, "port 53", "port 443"), noEffect
		}
		return d
	}
	for _, fault := range policy.MTASTSFaults(policy.ParseTags(record)) {
		return r.end(Bad, "the record: "+fault.Text, noEffect, "correct the record")
	}
	media, _, _ := strings.Cut(strings.ToLower(f.Type), ";")
	switch {
	case f.Fault != "":
		return r.end(Bad, "the certificate "+f.Fault, noEffect, "")
	case f.Status >= 300 && f.Status < 400:
		return r.end(Bad, fmt.Sprintf("HTTP %d, a redirect: senders do not follow one", f.Status), noEffect, "serve the policy at the place itself")
	case f.Status != 200:
		return r.end(Bad, fmt.Sprintf("HTTP %d", f.Status), noEffect, "")
	case f.TooLarge:
		return r.end(Bad, "a policy of more than 64 KiB", noEffect, "")
	case strings.TrimSpace(media) != "text/plain":
		return r.end(Bad, "the media type is "+f.Type+", and not text/plain", noEffect, "")
	}
	return r.end(OK, "", "", "")
}

// noEffect is what it means that senders cannot have a policy.
const noEffect = "the policy has no effect: mail is sent without it, but for senders who have kept an older one"

// policy is the result of a policy that came.
func (r Result) policy(p policy.STSPolicy, mx []zonefile.Name) Result {
	seen := fmt.Sprintf("mode %s, max_age %d", p.Mode, p.MaxAge)
	if len(p.Faults) > 0 {
		return r.end(Bad, strings.Join(p.Faults, ", "), noEffect, "correct the policy")
	}
	if p.Mode == "none" {
		return r.end(OK, seen, "it demands nothing", "")
	}
	var left []string
	for _, host := range mx {
		if !p.Covers(string(host)) {
			left = append(left, bare(host))
		}
	}
	switch {
	case len(left) > 0 && p.Mode == "enforce":
		return r.end(Bad, seen, "it does not name "+strings.Join(left, ", ")+": senders who keep to it send no mail there", "name them in the policy, then raise the id")
	case len(left) > 0:
		return r.end(OK, seen, "it does not name "+strings.Join(left, ", ")+", which testing reports only", "")
	}
	return r.end(OK, seen+", all exchanges are named", "", "")
}

// JudgeSTS says what it means for senders that keep to the MTA-STS policy of a domain how a host answered that takes its mail.
func JudgeSTS(m Mail, d Dialogue, domain zonefile.Name, by Demand, now time.Time) Result {
	m.Policies = nil
	r := JudgeMail(m, d, now)
	r.Policy, r.Subject, r.Asked = "sts", domain, "port 25, and the policy"
	fault, fix := d.unfit(by.STS)
	switch {
	case r.State == Bad || r.State == Unknown || r.State == NotAsked:
		return r
	case by.STS.Mode == "" && by.State == Unknown:
		return r.end(Unknown, "", "what the policy demands is not known: "+by.Means, "")
	case by.STS.Mode == "":
		return r.end(r.State, r.Seen, remarks{"the policy has no effect: mail is sent without it"}.and(r.Means), r.Fix)
	case by.STS.Mode == "none":
		return r.end(r.State, r.Seen, remarks{"the policy demands nothing"}.and(r.Means), r.Fix)
	case fault != "" && by.STS.Mode == "testing":
		return r.end(r.State, r.Seen, remarks{"mode testing: mail is sent, and the domain told that " + fault}.and(r.Means), fix)
	case fault != "":
		return r.end(Bad, fault, "mode enforce: senders that keep to the policy keep the mail, and try again later", fix)
	}
	return r.end(r.State, r.Seen, remarks{"as mode " + by.STS.Mode + " demands"}.and(r.Means), r.Fix)
}

// unfit is what a policy finds wrong with a host, "" if nothing, and what may be done (RFC 8461 §4.1, §4.2).
func (d Dialogue) unfit(p policy.STSPolicy) (fault, fix string) {
	switch {
	case !p.Covers(string(d.Host)):
		return "the policy does not name " + bare(d.Host), "name it in the policy, then raise the id"
	case d.StartTLS.Code != 0 && !d.StartTLS.is(2):
		return "STARTTLS is answered " + d.StartTLS.text(), "let the host speak TLS"
	case d.TLSErr != nil:
		return "TLS fails: " + d.TLSErr.Error(), "let the host speak TLS"
	case d.TLS == "":
		return "it offers no STARTTLS", "let the host speak TLS"
	case d.oldTLS():
		return d.TLS + " alone", "let the host speak TLS 1.2 or 1.3"
	case d.Certificate.Fault != "":
		return "the certificate " + d.Certificate.Fault, "let the host show a certificate of a known authority for its name"
	}
	return "", ""
}
