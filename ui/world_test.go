package ui

// What the world answers in scripts, and that keys work while it is asked.

import (
	"context"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// lawWorld is what the world answers where a test says nothing else: a line for each answer, with its kind and policy, host, address, state, what was
// seen, what it means, the seconds until it ends; and below it what was said.
const lawWorld = `dns|ns1.example.com.|192.0.2.53|ok|serial 2026112101, all as in the file||
dns|ns2.provider.example.|198.51.100.53|waits|serial 2026112100: behind the file's 2026112101|it serves a version before|7200
smtp|mail.example.com.|192.0.2.10|bad|port 25 refused the connection|senders go on to the next host|
smtp|mx2.example.com.|192.0.2.11|ok|TLS 1.3, certificate of mx2.example.com||
< 220 mx2.example.com ESMTP \x1b[31m
> EHLO sender.example
< 250 mx2.example.com
smtp dane|mx2.example.com.|192.0.2.11|ok|TLSA matches||
smtp|mx2.example.com.|2001:db8::11|unknown||no answer in 10 s; port 25 is open from here, for others answered|
cache|example.com.|192.0.2.1|waits|10 mx2.example.com.|it keeps what was there before|300
ptr|mx9.example.com.|192.0.2.99|ok|mx9.example.com.||
relay|mx9.example.com.|192.0.2.99|ok|mailzone-test.invalid.: 550 no||
`

// playWorld reads answers.
func playWorld(t *testing.T, text string) (out []document.Result) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.ReplaceAll(strings.TrimSuffix(line, "\n"), `\x1b`, "\x1b")
		if sign, said, ok := strings.Cut(line, " "); ok && (sign == "<" || sign == ">") {
			last := &out[len(out)-1]
			last.Said = slices.Grow(last.Said, 1)[:len(last.Said)+1]
			one := &last.Said[len(last.Said)-1]
			one.Server, one.Text, one.At = sign == "<", said, time.Duration(len(last.Said))*120*time.Millisecond
			continue
		}
		f := strings.Split(line, "|")
		if len(f) != 7 {
			t.Fatalf("%q is no answer", line)
		}
		var r document.Result
		r.Kind, r.Host, r.Asked, r.Seen, r.Means = f[0], zonefile.Name(f[1]), "in a test", f[4], f[5]
		if r.Kind, r.Policy, _ = strings.Cut(f[0], " "); r.Kind == "smtp" && r.Policy == "" {
			r.Policy = "none" // of senders that verify nothing
		}
		r.Address, _ = netip.ParseAddr(f[2])
		saidOf(&r.State, f[3])
		if took, err := time.ParseDuration(f[6] + "s"); err == nil {
			r.Until = scriptTime().Add(took)
		}
		out = append(out, r)
	}
	return out
}

// saidOf sets a word of a type that is another package's own.
func saidOf[T ~string](to *T, word string) { *to = T(word) }

// answersFor has a program ask the script in place of the world.
func (u *user) answersFor(k *kit) {
	of := func(kind string) (out []document.Result) {
		for _, r := range u.world {
			if r.Kind == kind {
				out = append(out, r)
			}
		}
		return out
	}
	k.heard.servers = func() ([]netip.AddrPort, error) {
		return []netip.AddrPort{netip.MustParseAddrPort("192.0.2.1:53")}, nil
	}
	k.heard.barred = func(_ document.Checking, a netip.Addr) string {
		if a.IsPrivate() {
			return "the address is private, and no name server here is known to have this zone: --private asks it all the same"
		}
		return ""
	}
	k.heard.asks = func(_ document.Checking, _ context.Context, kinds document.Kinds, _ document.Mailing) (out document.Checked) {
		for _, kind := range document.KindNames() {
			if one := document.KindsOf([]string{kind}); one.DNS && kinds.DNS || one.SMTP && kinds.SMTP || one.STS && kinds.STS || one.PTR && kinds.PTR || one.Cache && kinds.Cache {
				out.Results = append(out.Results, of(kind)...)
			}
		}
		return out
	}
	k.heard.steps = func(_ document.Checking, _ context.Context, s document.StepChecks, _ document.Mailing) document.StepChecks {
		s.Checks = slices.Clone(s.Checks)
		for i := range s.Checks {
			s.Checks[i].Results = append(slices.Clip(s.Checks[i].Results), of(string(s.Checks[i].Kind))...)
		}
		return s
	}
}

// While the world is asked keys answer, and esc keeps what came by then; nothing is asked before somebody agreed, and never twice by itself.
func TestKeysWorkWhileTheWorldIsAsked(t *testing.T) {
	u := userAt(t, place{keys: "1 home"})
	asked := 0
	u.app.heard.asks = func(_ document.Checking, ctx context.Context, kinds document.Kinds, _ document.Mailing) document.Checked {
		if asked++; !kinds.DNS {
			t.Error("what was ended goes on")
		}
		<-ctx.Done()
		return document.Checked{Results: u.world[:1]}
	}
	if u.types("L"); asked > 0 {
		t.Fatal("it is asked before somebody has agreed")
	}
	if u.types("esc"); asked > 0 || u.app.top() != nil {
		t.Fatal("esc asks, or leaves the question open")
	}
	u.types("L")
	_, cmd := u.app.Update(keysOf(t, "enter")[0])
	if seen := u.screen(); !strings.Contains(seen, "asking dns, 0 s") || !strings.Contains(seen, "no answer yet") {
		t.Errorf("it is not said what is waited for:\n%s", seen)
	}
	for _, key := range []string{"r", "enter", "j", "y"} { // each is answered, by why it does nothing
		if u.types(key); u.app.message.text == "" {
			t.Errorf("%s is silent while it is asked", key)
		}
	}
	u.types("esc")
	u.drain(cmd)
	if seen := u.screen(); asked != 1 || !strings.Contains(seen, "serial 2026112101, all as in the file") || strings.Contains(seen, "asking") {
		t.Errorf("asked %d times; what came by then is not kept:\n%s", asked, seen)
	}
}

// What stands behind a host goes when its addresses are others.
func TestMarksEndWithTheRecord(t *testing.T) {
	u := userAt(t, place{keys: "1 L enter esc"})
	if seen := u.region("lower"); !strings.Contains(seen, "mx2 ok 09:00") {
		t.Fatalf("no mark stands behind the host:\n%s", seen)
	}
	u.types(`: "readdress 192.0.2.11 192.0.2.12" enter enter 1`)
	if seen := u.region("lower"); strings.Contains(seen, "ok 09:00") || !strings.Contains(seen, "192.0.2.12") {
		t.Errorf("the mark stays behind a host that is elsewhere:\n%s", seen)
	}
	if u.types("u"); !strings.Contains(u.region("lower"), "mx2 ok 09:00") {
		t.Error("what was heard of the host is gone though it is where it was")
	}
}
