package probe

// Policies of MTA-STS are fetched here, as senders fetch them: by HTTPS at one place, without a redirect (RFC 8461 §3.3).

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

// policyTime is how long a web server may take.
const policyTime = 30 * time.Second

// AskPolicies fetches policies from addresses of policy hosts. Those whose turn did not come are not in it.
func (d *Door) AskPolicies(ctx context.Context, hosts []Target, t Talk) []Fetched {
	return askEach(ctx, d, hosts, func(i int, _ *lane) *Fetched {
		at := netip.AddrPortFrom(hosts[i].Address, orElse(d.port, 443))
		d.tell(at, "policy", " of "+string(hosts[i].Host))
		return t.fetch(ctx, at, hosts[i])
	})
}

// fetch fetches a policy.
func (t Talk) fetch(ctx context.Context, at netip.AddrPort, host Target) *Fetched {
	f, begun := &Fetched{Target: host}, time.Now()
	defer func() { f.Took = time.Since(begun) }()
	patience := orElse(t.Patience, policyTime)
	client := http.Client{
		Timeout:       patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
				return (&net.Dialer{Timeout: orElse(t.Connect, 10*time.Second)}).DialContext(ctx, "tcp", at.String())
			},
			TLSClientConfig:        &tls.Config{RootCAs: t.Roots, ServerName: bare(host.Host), Time: t.Now},
			DisableKeepAlives:      true,
			DisableCompression:     true,
			MaxResponseHeaderBytes: mostPolicy,
		},
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://"+bare(host.Host)+"/.well-known/mta-sts.txt", nil)
	if err != nil {
		f.Err = err
		return f
	}
	resp, err := client.Do(req)
	if bad := (*tls.CertificateVerificationError)(nil); errors.As(err, &bad) {
		f.Fault = t.judge(bad.UnverifiedCertificates, bare(host.Host)).Fault
		return f
	}
	if err != nil {
		if in := (*url.Error)(nil); errors.As(err, &in) && !in.Timeout() { // a time-out is known by the whole
			err = in.Err
		}
		f.Err = failure(ctx, plainError(err), patience)
		return f
	}
	defer resp.Body.Close()
	f.Status, f.Type = resp.StatusCode, resp.Header.Get("Content-Type")
	text, err := io.ReadAll(io.LimitReader(resp.Body, mostPolicy+1))
	if f.TooLarge = len(text) > mostPolicy; err != nil {
		f.Err = failure(ctx, plainError(err), patience)
	}
	f.Text = string(text[:min(len(text), mostPolicy)])
	return f
}
