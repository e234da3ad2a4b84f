package situations

// The web servers that serve policies, each in the way that the table says.

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
)

// policyPath is where a policy is (RFC 8461 §3.3).
const policyPath = "/.well-known/mta-sts.txt"

// servePolicy serves a policy at an address until the program ends.
func (s STS) servePolicy(address, domain string, a *authority) error {
	l, err := net.Listen("tcp", net.JoinHostPort(address, "443"))
	if err != nil {
		return err
	}
	if s.HTTPS == "timeout" {
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				go io.Copy(io.Discard, c)
			}
		}()
		return nil
	}
	c, name := Certificate{Issuer: "ca", Days: 80, Chain: "leaf+ca", Key: "A"}, "mta-sts."+domain
	switch s.HTTPS {
	case "self-signed":
		c.Issuer, c.Chain = "self", "leaf"
	case "wrong-name":
		name = "other." + domain
	}
	shown, err := a.of(c, []string{name})
	if err != nil {
		return err
	}
	server := http.Server{Handler: s, ErrorLog: log.New(io.Discard, "", 0)}
	go server.Serve(tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{shown}}))
	return nil
}

// ServeHTTP is an answer.
func (s STS) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	switch {
	case s.HTTPS == "404":
		http.NotFound(w, r)
	case s.HTTPS == "redirect" && r.URL.Path == policyPath:
		http.Redirect(w, r, "/policy", http.StatusMovedPermanently)
	case s.HTTPS == "wrong-type":
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, s.Policy)
	case s.HTTPS == "too-large":
		io.WriteString(w, s.Policy+strings.Repeat("x: y\r\n", 1<<20/6))
	default:
		io.WriteString(w, s.Policy)
	}
}
