// Postfix as the judge of check: what it sends to the domains of testdata/situations, and what check says of their mail.
package main

import (
	"cmp"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/lab"
	"github.com/mailzone/mailzone/testdata/situations"
)

// policyOf is the policy of check that a level of Postfix keeps to: it verifies nothing, knows DANE, or keeps to MTA-STS.
var policyOf = map[string]string{"may": "none", "dane": "dane", "sts": "sts"}

// policyResolver is the Debian package by which Postfix knows the policies of MTA-STS.
const policyResolver = "postfix-mta-sts-resolver"

// judgeMain is the settings of the judge. A second try comes soon, and counts as a late one.
const judgeMain = `myhostname = sender.lab.example
mydestination = sender.lab.example
local_transport = discard:
inet_interfaces = 127.0.0.1, 10.53.0.1, 2001:db8::1
transport_maps = texthash:/etc/postfix/ipv4
sender_dependent_default_transport_maps = texthash:/etc/postfix/levels
default_process_limit = 300
smtp_dns_support_level = dnssec
smtp_tls_CAfile = /etc/roots.pem
smtp_connect_timeout = 10s
smtp_helo_timeout = 60s
minimal_backoff_time = 8s
maximal_backoff_time = 8s
queue_run_delay = 4s
`

// judgeServices is a smtp(8) for each level.
const judgeServices = `smtp4 unix - - n - - smtp
  -o inet_protocols=ipv4
  -o inet_interfaces=127.0.0.1,10.53.0.1
may unix - - n - - smtp
  -o smtp_tls_security_level=may
dane unix - - n - - smtp
  -o smtp_tls_security_level=dane
sts unix - - n - - smtp
  -o smtp_tls_security_level=may
  -o smtp_tls_policy_maps=socketmap:inet:127.0.0.1:8461:postfix
discard unix - - n - - discard
`

// judgePolicies is the settings of what tells Postfix of policies.
const judgePolicies = `host: 127.0.0.1
port: 8461
reuse_port: true
shutdown_timeout: 1
cache:
  type: internal
  options:
    cache_size: 10000
default_zone:
  strict_testing: false
  timeout: 4
`

// judgeOf starts Postfix in the network of a world.
func judgeOf(t *testing.T, w *situations.World) lab.Postfix {
	t.Helper()
	roots, err := os.ReadFile(w.Roots)
	if err != nil {
		t.Fatal(err)
	}
	ipv4, levels := "", ""
	for _, s := range w.Situations {
		if s.DNS.Here == "ipv4 only" {
			ipv4 += s.Domain + " smtp4:\n"
		}
	}
	for level := range policyOf {
		levels += level + "@sender.lab.example " + level + ":\n"
	}
	x := lab.NewPostfix(lab.Beside(t), judgeMain, judgeServices, map[string]string{
		"/etc/roots.pem": string(roots), "/etc/postfix/ipv4": ipv4, "/etc/postfix/levels": levels,
	})
	x.Install(policyResolver)
	x.Write("/etc/mta-sts-daemon.yml", judgePolicies)
	daemon := x.Command("/usr/bin/mta-sts-daemon", "-c", "/etc/mta-sts-daemon.yml")
	daemon.Env = []string{"PATH=/usr/bin:/bin", "SSL_CERT_FILE=/etc/roots.pem"}
	lab.Watch(x.Place, daemon).Until(t, "mta-sts-daemon runs", func(line string) bool { return strings.Contains(line, "Server started") })
	return x
}

// judged is a message: by which level, and to which domain.
type judged struct{ level, domain string }

// fate is what became of a message.
type fate struct {
	tries []string // sent, bounced or deferred
	log   string   // the last line
}

// last is what became of it in the end.
func (f fate) last() string { return f.tries[len(f.tries)-1] }

// What the log says of a message.
var (
	judgedFrom   = regexp.MustCompile(`qmgr\[\d+\]: ([0-9A-F]+): from=<([a-z]+)@sender\.lab\.example>`)
	judgedStatus = regexp.MustCompile(`: ([0-9A-F]+): to=<postmaster@([^>]+)>,.* status=(sent|bounced|deferred) (.*)`)
)

// fates reads the log until each of n messages was sent, returned, or tried twice.
func fates(t *testing.T, x lab.Postfix, n int, limit time.Duration) map[judged]fate {
	t.Helper()
	levels, out, ended := map[string]string{}, map[judged]fate{}, 0
	x.Log.Within(t, limit, "all messages have been tried", func(line string) bool {
		if m := judgedFrom.FindStringSubmatch(line); m != nil {
			levels[m[1]] = m[2]
		}
		if m := judgedStatus.FindStringSubmatch(line); m != nil {
			of := judged{levels[m[1]], m[2]}
			f := out[of]
			if len(f.tries) == 2 || len(f.tries) == 1 && f.last() != "deferred" {
				return false
			}
			f.tries, f.log = append(f.tries, m[3]), line
			if out[of] = f; m[3] != "deferred" || len(f.tries) == 2 {
				ended++
			}
		}
		return ended == n
	})
	return out
}

// quick tells the situations that are over soon, by Postfix too.
func quick(s situations.Situation) bool { return *allSituations || !slow(s) }

// TestSituationsByPostfix sends a message to each domain by each level: the table says what becomes of it, and check calls no domain bad
// whose mail is sent.
func TestSituationsByPostfix(t *testing.T) {
	lab.Fetched(t, "postfix")
	lab.Fetched(t, policyResolver)
	if !inNetwork(t) {
		return
	}
	w := situationWorld(t, quick)
	x := judgeOf(t, w)
	messages := 0
	for level := range policyOf {
		var to []string
		for _, s := range w.Situations {
			if level != "sts" || s.DNS.STS != nil {
				to = append(to, "postmaster@"+s.Domain)
			}
		}
		messages += len(to)
		x.SendFrom(level+"@sender.lab.example", "Subject: test\n\nHello.\n", to...)
	}
	checked := askedSituations(t, w)
	sent := fates(t, x, messages, 5*time.Minute)
	agree, falsely, silent := 0, 0, 0
	for i, a := range checked {
		s := w.Situations[i]
		for level, policy := range policyOf {
			f, tried := sent[judged{level, s.Domain}]
			if !tried {
				continue
			}
			if want := cmp.Or(s.Later[level], s.Postfix[level]); f.last() != want {
				t.Errorf("%d, %s, %s: Postfix: %s, and the table says %s\n%s", s.ID, s.What, level, strings.Join(f.tries, ", "), want, f.log)
			}
			state := cmp.Or(a.state(policy, ""), a.state("none", ""))
			switch {
			case state == "bad" && f.last() == "sent":
				falsely++
				t.Errorf("%d, %s, %s: called bad, and its mail is sent\n%s\n%s", s.ID, s.What, level, f.log, a.table())
			case slices.Contains([]string{"unknown", "not-asked", "waits"}, state):
				silent++
			case (state == "ok") != (f.last() == "sent"):
				t.Errorf("%d, %s, %s: called %s, and %s\n%s\n%s", s.ID, s.What, level, state, f.last(), f.log, a.table())
			default:
				agree++
			}
		}
	}
	t.Logf("%d domains, %d messages: %d as check says, of %d it says nothing sure, %d falsely bad", len(w.Situations), messages, agree, silent, falsely)
}
