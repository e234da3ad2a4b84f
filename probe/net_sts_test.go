package probe

import (
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// Web servers that behave in all the ways that were seen are asked for real, on this machine.
func TestJudgePolicy(t *testing.T) {
	a := newAuthorities(t)
	const good = "version: STSv1\r\nmode: enforce\r\nmx: mx1.example.com\r\nmx: *.mx.example.com\r\nmax_age: 604800\r\n"
	as := func(status int, media, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.Host != "mta-sts.example.com" || r.URL.Path != "/.well-known/mta-sts.txt" || r.Method != http.MethodGet {
				t.Errorf("%s %s of %s", r.Method, r.URL, r.Host)
			}
			w.Header().Set("Content-Type", media)
			if status == 301 {
				w.Header().Set("Location", "/policy")
			}
			w.WriteHeader(status)
			io.WriteString(w, text)
		}
	}
	mode := func(m string) http.HandlerFunc {
		return as(200, "text/plain", strings.Replace(good, "enforce", m, 1))
	}
	cert := func(name string, days int, self, alone bool) *tls.Certificate {
		c := a.host(t, name, days, self, alone)
		return &c
	}
	one, two := []zonefile.Name{"mx1.example.com."}, []zonefile.Name{"mx1.example.com.", "mx1.eu.mx.example.com.", "a.mx.example.com."}
	const record = "v=STSv1; id=20261130T120000;"
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		cert    *tls.Certificate
		record  string
		mx      []zonefile.Name
		want    State
		means   string
	}{
		"as it should be":     {as(200, "text/plain", good), nil, record, one, OK, "mode enforce, max_age 604800, all exchanges are named"},
		"with a charset":      {as(200, "Text/Plain; charset=utf-8", good), nil, record, one, OK, "all exchanges"},
		"a host is missing":   {as(200, "text/plain", good), nil, record, two, Bad, "it does not name mx1.eu.mx.example.com: senders"},
		"and only tested":     {mode("testing"), nil, record, two, OK, "mx1.eu.mx.example.com, which testing reports only"},
		"none":                {mode("none"), nil, record, two, OK, "demands nothing"},
		"no policy":           {as(404, "text/plain", "no"), nil, record, one, Bad, "HTTP 404; the policy has no effect"},
		"a redirect":          {as(301, "text/plain", good), nil, record, one, Bad, "redirect"},
		"HTML":                {as(200, "text/html", good), nil, record, one, Bad, "text/plain"},
		"too large":           {as(200, "text/plain", good+strings.Repeat("x: y\n", 200_000)), nil, record, one, Bad, "64 KiB"},
		"no id":               {as(200, "text/plain", good), nil, "v=STSv1;", one, Bad, "id="},
		"a broken policy":     {as(200, "text/plain", "<html>"), nil, record, one, Bad, "no line version: STSv1"},
		"another certificate": {as(200, "text/plain", good), cert("other.example.com", 80, false, false), record, one, Bad, "names other.example.com, and not the host; the policy has no effect"},
		"self-signed":         {as(200, "text/plain", good), cert("mta-sts.example.com", 80, true, false), record, one, Bad, "self-signed"},
		"expired":             {as(200, "text/plain", good), cert("mta-sts.example.com", -3, false, false), record, one, Bad, "expired"},
	} {
		if c.cert == nil {
			c.cert = cert("mta-sts.example.com", 80, false, false)
		}
		l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{*c.cert}})
		if err != nil {
			t.Fatal(err)
		}
		s := &http.Server{Handler: c.handler, ErrorLog: log.New(io.Discard, "", 0)}
		go s.Serve(l)
		r := policyResult(t, netip.MustParseAddrPort(l.Addr().String()), a, c.record, c.mx)
		s.Close()
		if r.State != c.want || !strings.Contains(says(r), c.means) {
			t.Errorf("%s: %s: %s", name, r.State, says(r))
		}
	}
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := netip.MustParseAddrPort(silent.Addr().String())
	if r := policyResult(t, at, a, record, one); r.State != Unknown || !strings.Contains(says(r), "no answer in 0.3 s") {
		t.Errorf("silent: %s: %s", r.State, says(r))
	}
	silent.Close()
	if r := policyResult(t, at, a, record, one); r.State != Bad || !strings.Contains(says(r), "nothing listens on port 443; the policy has no effect") {
		t.Errorf("closed: %s: %s", r.State, says(r))
	}
}

// policyResult asks one address for a policy.
func policyResult(t *testing.T, at netip.AddrPort, a *authorities, record string, mx []zonefile.Name) Result {
	t.Helper()
	told := 0
	d := &Door{Private: true, port: at.Port(), Tell: func(string) { told++ }}
	all := d.AskPolicies(context.Background(), []Target{{"mta-sts.example.com.", at.Addr()}},
		Talk{Patience: 300 * time.Millisecond, Roots: a.roots, Now: time.Now})
	if len(all) != 1 || told != 1 {
		t.Fatalf("%+v, told %d", all, told)
	}
	return JudgePolicy("example.com.", record, mx, all[0], time.Now()).Result
}
