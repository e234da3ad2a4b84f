// What check says of mail, held against what is known of 60 domains: each is built on this machine, with real name servers, and the program
// asks it as its users do. testdata/situations has the domains; a sending Postfix says whether the table is right.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/testdata/situations"
)

var allSituations = flag.Bool("situations", false, "TestSituations asks all domains, also those that take a minute")

// insideVar is set where a test runs in a network of its own.
const insideVar = "MAILZONE_INSIDE"

// inNetwork runs a test again, in a network, a tree of mounts and processes of its own; it is true there. All that it starts ends with it.
func inNetwork(t *testing.T) bool {
	t.Helper()
	if os.Getenv(insideVar) != "" {
		return true
	}
	needs.Long(t)
	needs.Root(t)
	for program, debian := range map[string]string{"unshare": "util-linux", "ip": "iproute2", "named": "bind9", "dnssec-signzone": "bind9-utils"} {
		needs.Program(t, debian, program)
	}
	args := []string{"--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", os.Args[0], "-test.run=^" + t.Name() + "$", "-test.v"}
	flag.Visit(func(f *flag.Flag) {
		if !strings.HasPrefix(f.Name, "test.") {
			args = append(args, "-"+f.Name+"="+f.Value.String())
		}
	})
	cmd := exec.Command("unshare", args...)
	cmd.Env = append(os.Environ(), insideVar+"=1")
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Fail()
	}
	return false
}

// slow tells a situation that is over only when a limit is.
func slow(s situations.Situation) bool {
	late := s.Server.Port == "timeout" || s.DNS.STS != nil && s.DNS.STS.HTTPS == "timeout"
	for _, quirk := range []string{"silent", "1 byte a second", "banner after 4 s", "6 s between"} {
		late = late || s.Server.Has(quirk)
	}
	return late
}

// situationWorld starts the world of situations that a test wants.
func situationWorld(t *testing.T, wants func(situations.Situation) bool) *situations.World {
	t.Helper()
	all, err := situations.All()
	if err != nil || len(all) != 60 {
		t.Fatalf("%d situations: %v", len(all), err)
	}
	w, err := situations.Start(t.TempDir(), slices.DeleteFunc(all, func(s situations.Situation) bool { return !wants(s) }))
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("SSL_CERT_FILE", w.Roots)
	return w
}

// TestSituations wants the states of the table.
func TestSituations(t *testing.T) {
	if !inNetwork(t) {
		return
	}
	w := situationWorld(t, func(s situations.Situation) bool { return *allSituations || !slow(s) })
	good := 0
	for i, a := range askedSituations(t, w) {
		s := w.Situations[i]
		faults := a.faults(s)
		if len(faults) == 0 {
			good++
			continue
		}
		t.Errorf("%d, %s:\n  %s\n%s", s.ID, s.What, strings.Join(faults, "\n  "), a.table())
	}
	t.Logf("%d of %d as they should be", good, len(w.Situations))
}

// askedRow is a result in JSON, as far as it is looked at here.
type askedRow struct {
	Kind, Policy, Subject, Host, Address, Seen, State, Means, Fix string
}

// checkedSituation is what check said.
type checkedSituation struct {
	rows []askedRow
	err  error
	told string
}

// askedSituations asks about all domains at once, in the order of the world.
func askedSituations(t *testing.T, w *situations.World) []checkedSituation {
	out := make([]checkedSituation, len(w.Situations))
	var all sync.WaitGroup
	for i, s := range w.Situations {
		all.Go(func() { out[i] = askSituation(w, s) })
	}
	all.Wait()
	return out
}

// askSituation runs check.
func askSituation(w *situations.World, s situations.Situation) (a checkedSituation) {
	ctx, cancel := context.WithTimeout(context.Background(), 90*time.Second)
	defer cancel()
	args := append([]string{"mailzone", "check", "--smtp", "--sts", "--format", "json", "--helo", "sender.lab.example", "--origin", s.Domain}, s.Args...)
	args = append(args, w.Dir+"/"+s.Domain)
	if s.DNS.Here == "ipv4 only" {
		args = append([]string{"unshare", "--net", "sh", "-c", `ip link set lo up; ip addr add 10.53.0.1/32 dev lo; exec "$@"`, "sh"}, args...)
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	var said strings.Builder
	cmd.Stderr = &said
	text, err := cmd.Output()
	a.told = said.String()
	if ctx.Err() != nil {
		a.err = fmt.Errorf("it does not end")
	} else if jsonErr := json.Unmarshal(text, &a.rows); jsonErr != nil {
		a.err = fmt.Errorf("%w, %w: %s", err, jsonErr, text)
	}
	return a
}

// faults is where the states are others than wanted.
func (a checkedSituation) faults(s situations.Situation) (list []string) {
	if a.err != nil {
		return []string{a.err.Error() + a.told}
	}
	differs := func(what, got string, want []string) {
		if !slices.Contains(append(want, ""), got) || got == "" && len(want) > 0 {
			list = append(list, fmt.Sprintf("%s is %q, want %q", what, got, want))
		}
	}
	for _, policy := range []string{"none", "sts", "dane"} {
		if got := a.state(policy, ""); got != "" || len(s.Want.Of(policy)) > 0 {
			differs(policy, got, s.Want.Of(policy))
		}
		if len(s.Want.Of(policy)) == 0 && a.state(policy, "") != "" {
			list = append(list, "a result for "+policy+", and none is wanted")
		}
		for address, by := range s.Want.Each {
			if want := by.Of(policy); len(want) > 0 {
				differs(policy+" at "+address, a.state(policy, address), want)
			}
		}
	}
	differs("the policy", a.policy(), s.Want.Policy)
	said := strings.ToLower(a.table())
	for _, word := range s.Want.Means {
		if !strings.Contains(said, strings.ToLower(word)) {
			list = append(list, fmt.Sprintf("%q is not said", word))
		}
	}
	return list
}

// better is states in the order of how well mail goes: it is sent if one address takes it.
var better = strings.Fields("ok waits differs unknown not-asked bad")

// state is the state of the domain's mail by a policy, or that of an address; "" if there is none.
func (a checkedSituation) state(policy, address string) string {
	best := ""
	for _, r := range a.rows {
		if r.Kind != "smtp" || r.Policy != policy || address != "" && r.Address != address {
			continue
		}
		if best == "" || slices.Index(better, r.State) < slices.Index(better, best) {
			best = r.State
		}
	}
	return best
}

// policy is the state of the policy itself.
func (a checkedSituation) policy() string {
	for _, r := range a.rows {
		if r.Kind == "sts" {
			return r.State
		}
	}
	return ""
}

// table is all that was said of the domain.
func (a checkedSituation) table() string {
	var out strings.Builder
	for _, r := range a.rows {
		fmt.Fprintf(&out, "    %s %s %s: %s: %s; %s; %s\n", r.Kind, r.Policy, r.Address, r.State, r.Seen, r.Means, r.Fix)
	}
	return out.String()
}
