package probe

// A server on this machine is asked for real.

import (
	"context"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/nameserver"
	"github.com/mailzone/mailzone/zonefile"
)

// about is questions about the addresses of names.
func about(names ...string) (out []Question) {
	for _, n := range names {
		out = append(out, Question{zonefile.Name(n), zonefile.TypeA})
	}
	return out
}

// What servers answer, and what they fail to.
func TestAsk(t *testing.T) {
	s := nameserver.Start(t, `mx.example.net. A 62.96.4.1
mx.example.net. A 62.96.4.2
text.example.net. TXT "no address"
alias.example.net. CNAME mx.example.net.
dead.example.net. CNAME nowhere.example.net.
big.example.net. A 62.96.4.3
`)
	r := Resolver{Servers: []netip.AddrPort{s.At}, Timeout: 200 * time.Millisecond}
	for name, want := range map[string]string{
		"mx.example.net.":       "found [mx.example.net. A 62.96.4.1 mx.example.net. A 62.96.4.2] <nil>",
		"text.example.net.":     "no data [] <nil>",
		"gone.example.net.":     "no such name [] <nil>",
		"alias.example.net.":    "found [alias.example.net. CNAME mx.example.net. mx.example.net. A 62.96.4.1 mx.example.net. A 62.96.4.2] <nil>",
		"dead.example.net.":     "no such name [dead.example.net. CNAME nowhere.example.net.] <nil>",
		"big.example.net.":      "found [big.example.net. A 62.96.4.3] <nil>", // by TCP
		"servfail.example.net.": "found [] SERVFAIL",
		"silent.example.net.":   "found [] no answer in 0.2 s",
	} {
		q := about(name)[0]
		a := r.Ask(context.Background(), []Question{q})[q]
		if got := fmt.Sprintf("%s %v %v", a.Result, plain(a.Records), a.Err); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// plain is records without TTL and class.
func plain(records []string) (out []string) {
	for _, r := range records {
		w := strings.Fields(r)
		out = append(out, strings.Join(slices.Delete(w, 1, 3), " "))
	}
	return out
}

// The second server is asked where the first one fails, and the one that answered last is asked first.
func TestAskServers(t *testing.T) {
	good, never := nameserver.Start(t, "mx.example.net. A 62.96.4.1\n"), nameserver.Start(t, "")
	r := Resolver{Servers: []netip.AddrPort{nameserver.Closed(t), good.At, never.At}, Parallel: 1}
	answers := r.Ask(context.Background(), about("mx.example.net.", "gone.example.net."))
	if len(answers) != 2 || answers[about("mx.example.net.")[0]].Result != zonefile.Found || len(never.Heard()) > 0 {
		t.Errorf("%v, and the third server heard %v", answers, never.Heard())
	}
	if none := (Resolver{}).Ask(context.Background(), about("mx.example.net."))[about("mx.example.net.")[0]]; none.Err == nil {
		t.Errorf("without a server: %v", none)
	}
}

// What there is no time for is not asked, and is in no answer; each question that was asked is heard of.
func TestAskEndsInTime(t *testing.T) {
	s := nameserver.Start(t, "")
	var names []string
	for i := range 4000 {
		names = append(names, fmt.Sprintf("silent.p%d.net.", i))
	}
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	var done atomic.Int32
	r := Resolver{Servers: []netip.AddrPort{s.At}, Timeout: 20 * time.Millisecond, Done: func(n int) { done.Add(int32(n)) }}
	start := time.Now()
	answers := r.Ask(ctx, about(names...))
	if took := time.Since(start); took > 10*time.Second { // far below what the questions would take one after the other
		t.Errorf("it took %s", took)
	}
	if len(answers) == 0 || len(answers) == len(names) || int(done.Load()) != len(answers) {
		t.Errorf("%d answers to %d questions, %d heard of", len(answers), len(names), done.Load())
	}
	for q, a := range answers {
		if a.Err == nil {
			t.Errorf("%s: %v", q.Name, a)
		}
	}
	if ended := r.Ask(ctx, about("mx.example.net.")); len(ended) > 0 {
		t.Errorf("asked behind the end: %v", ended)
	}
}

// The servers of resolv.conf(5), without what is no address.
func TestSystemServers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "resolv.conf")
	for text, want := range map[string]string{
		"# of a test\nsearch example.com\nnameserver 192.0.2.53\nnameserver 2001:db8::53\n": "[192.0.2.53:53 [2001:db8::53]:53] <nil>",
		"nameserver fe80::1%lo\nnameserver ns.example.net\n":                                "[[fe80::1%lo]:53] <nil>",
		"search example.com\n": "[] it names no server",
		"":                     "[] it names no server",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		servers, err := SystemServers(path)
		if got := fmt.Sprint(servers, " ", err); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	if _, err := SystemServers(path + ".none"); !os.IsNotExist(err) {
		t.Errorf("of no file: %v", err)
	}
}
