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

// JudgePolicy says what the policy of a domain means whose record has this text, and whose mail these hosts take.
func JudgePolicy(domain zonefile.Name, record string, mx []zonefile.Name, f Fetched, now time.Time) Result {
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
	return r.policy(policy.ReadSTSPolicy(f.Text), mx)
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
