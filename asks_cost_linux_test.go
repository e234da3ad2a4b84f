// What a check of the world costs: no longer than who answers last, and little memory, whatever servers send.
package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/miekg/dns"
)

// onLoopback runs a test again where nothing is but this machine; it is true there.
func onLoopback(t *testing.T) bool {
	t.Helper()
	if !inNetwork(t) {
		return false
	}
	if out, err := exec.Command("ip", "link", "set", "lo", "up").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return true
}

// listens serves connections to an address until the program ends.
func listens(t *testing.T, at string, serve func(net.Conn)) {
	t.Helper()
	l, err := net.Listen("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				serve(c)
			}()
		}
	}()
}

// late is a mail server that says its banner after some time.
func late(after time.Duration) func(net.Conn) {
	return func(c net.Conn) {
		<-time.After(after)
		io.WriteString(c, "220 mail.example ESMTP\r\n")
		for in := make([]byte, 1<<10); ; {
			n, err := c.Read(in)
			if err != nil {
				return
			}
			reply := "250 2.0.0 Ok"
			switch line := string(in[:n]); {
			case strings.HasPrefix(line, "RCPT TO:<no-such"):
				reply = "550 5.1.1 User unknown"
			case strings.HasPrefix(line, "QUIT"):
				reply = "221 2.0.0 Bye"
			}
			io.WriteString(c, reply+"\r\n")
		}
	}
}

// lateDNS is a name server that gives records after some time, by UDP and TCP; change may do to a message what it likes.
func lateDNS(t *testing.T, at, records string, after time.Duration, change func(m *dns.Msg, udp bool)) {
	t.Helper()
	pc, err := net.ListenPacket("udp", at)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	var all []dns.RR
	zp := dns.NewZoneParser(strings.NewReader(records), "example.com.", "")
	for rr, ok := zp.Next(); ok; rr, ok = zp.Next() {
		all = append(all, rr)
	}
	handler := dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		<-time.After(after)
		m := new(dns.Msg).SetReply(q)
		m.Authoritative = true
		for _, rr := range all {
			if h := rr.Header(); h.Name == q.Question[0].Name && h.Rrtype == q.Question[0].Qtype {
				m.Answer = append(m.Answer, rr)
			}
		}
		_, udp := w.LocalAddr().(*net.UDPAddr)
		if change != nil {
			change(m, udp)
		}
		_ = w.WriteMsg(m)
	})
	for _, s := range []*dns.Server{{PacketConn: pc, Handler: handler}, {Listener: l, Handler: handler}} {
		go func() { _ = s.ActivateAndServe() }()
	}
}

// run is what a run of a program took.
type checkRun struct {
	out, told string
	took      time.Duration
	cpu       time.Duration // of the program
	peak      int64         // bytes
	sockets   int           // the most that it was seen to have at once
}

// checks runs check, and looks at its memory as long as it runs.
func checks(t *testing.T, args ...string) (r checkRun) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "mailzone", append([]string{"check", "--private", "--helo", "sender.example"}, args...)...)
	var out, told bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &told
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() { ended <- cmd.Wait() }()
	for looks := time.NewTicker(20 * time.Millisecond); ; {
		select {
		case <-looks.C:
			text, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(cmd.Process.Pid), "status"))
			_, rest, _ := strings.Cut(string(text), "VmHWM:")
			n, _ := strconv.ParseInt(strings.Fields(rest + " 0")[0], 10, 64)
			r.peak, r.sockets = max(r.peak, n<<10), max(r.sockets, socketsOf(cmd.Process.Pid))
			continue
		case <-ended:
			looks.Stop()
		}
		break
	}
	r.took, r.out, r.told = time.Since(begun), out.String(), told.String()
	r.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return r
}

// socketsOf is how many sockets a process has now.
func socketsOf(pid int) (n int) {
	dir := filepath.Join("/proc", strconv.Itoa(pid), "fd")
	all, _ := os.ReadDir(dir)
	for _, fd := range all {
		if to, _ := os.Readlink(filepath.Join(dir, fd.Name())); strings.HasPrefix(to, "socket:") {
			n++
		}
	}
	return n
}

// Ten domains with four hosts, and four name servers: it takes as long as who takes longest, and not as all together.
func TestCheckTakesAsLongAsTheSlowest(t *testing.T) {
	if !onLoopback(t) {
		return
	}
	var zone strings.Builder
	zone.WriteString("$TTL 60\n$ORIGIN example.com.\n@ SOA ns1 h 12 7200 900 1209600 3600\n")
	for i := range 4 {
		fmt.Fprintf(&zone, "@ NS ns%d\nns%d A 127.0.3.%d\nmx%d A 127.0.2.%d\n", i, i, i+1, i, i+1)
		for d := range 10 {
			fmt.Fprintf(&zone, "d%d MX 10 mx%d\n", d, i)
		}
		listens(t, fmt.Sprintf("127.0.2.%d:25", i+1), late(time.Second))
		after := 10 * time.Millisecond
		if i > 1 {
			after = time.Minute
		}
		lateDNS(t, fmt.Sprintf("127.0.3.%d:53", i+1), zone.String(), after, nil)
	}
	lateDNS(t, "127.0.0.1:53", "$TTL 60\n", 100*time.Millisecond, nil)
	file := filepath.Join(t.TempDir(), "db.example.com")
	put(t, file, zone.String())
	for _, c := range []struct {
		kind    string
		slowest time.Duration
		rows    int
	}{
		{"--smtp", time.Second + 100*time.Millisecond, 4}, // and DNS is asked for TLSA records then
		{"--ptr", 100 * time.Millisecond, 4},
		{"--all", 3 * time.Second, 12}, // as long as a name server is waited for
	} {
		var r checkRun
		for range 3 { // others may be at work here
			if r = checks(t, c.kind, "--resolver", "127.0.0.1", file); r.took < c.slowest+200*time.Millisecond {
				break
			}
		}
		t.Logf("%s: %v, where the slowest takes %v", c.kind, r.took, c.slowest)
		if r.took > c.slowest+200*time.Millisecond || strings.Count(r.out, "\n") != c.rows {
			t.Errorf("%s takes %v, and the slowest %v:\n%s", c.kind, r.took, c.slowest, r.out)
		}
	}
}

// selfSigned is a certificate that its own root has signed, which is written to a file.
func selfSigned(t *testing.T, file string, names ...string) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: names, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(100 * 24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o644); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// endless sends a text again and again, as long as anybody takes it.
func endless(c net.Conn, head, text string) {
	io.WriteString(c, head)
	for text = strings.Repeat(text, 1+(32<<10)/len(text)); ; {
		if _, err := io.WriteString(c, text); err != nil {
			return
		}
	}
}

// tarpit says a byte now and then, and never a whole line.
func tarpit(c net.Conn) {
	for {
		if _, err := io.WriteString(c, "2"); err != nil {
			return
		}
		<-time.After(100 * time.Millisecond)
	}
}

// What servers that send without end may cost.
const (
	floodLimit   = 4 * time.Second
	mostOver     = floodLimit + time.Second
	mostOfFloods = 32 << 20
)

// Whoever is asked decides how much he says, and how slowly: the limit holds, and so does a bound of the memory.
func TestFloodsAreBounded(t *testing.T) {
	if !onLoopback(t) {
		return
	}
	dir := t.TempDir()
	shown := selfSigned(t, filepath.Join(dir, "root.pem"), "mta-sts.example.com")
	t.Setenv("SSL_CERT_FILE", filepath.Join(dir, "root.pem"))
	hello := func(text string) func(net.Conn) {
		return func(c net.Conn) {
			io.WriteString(c, "220 mail.example ESMTP\r\n")
			_, _ = c.Read(make([]byte, 512))
			endless(c, "250-mail.example\r\n", text)
		}
	}
	floods := []func(net.Conn){
		func(c net.Conn) { endless(c, "", "220-"+strings.Repeat("x", 70)+"\x1b[2J\r\n") },
		func(c net.Conn) { endless(c, "220 ", "x") },
		hello("250-X\r\n"), hello("250-" + strings.Repeat("y", 2000) + "\r\n"), tarpit,
	}
	var zone strings.Builder
	zone.WriteString("$TTL 60\n$ORIGIN example.com.\n@ SOA ns1 h 12 7200 900 1209600 3600\n@ NS ns1\n@ NS ns2\n@ NS ns3\nns1 A 127.0.3.1\nns2 A 127.0.3.2\nns3 A 127.0.3.3\n" +
		"_mta-sts TXT \"v=STSv1; id=1\"\nmta-sts A 127.0.4.1\n")
	for i := range 20 {
		fmt.Fprintf(&zone, "@ MX %d mx%d\nmx%d A 127.0.2.%d\n", i, i, i, i+1)
		listens(t, fmt.Sprintf("127.0.2.%d:25", i+1), floods[i%len(floods)])
	}
	listens(t, "127.0.4.1:443", func(c net.Conn) {
		s := tls.Server(c, &tls.Config{Certificates: []tls.Certificate{shown}})
		_, _ = s.Read(make([]byte, 4096))
		endless(s, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nversion: STSv1\r\n", "mx: mail.example.com\r\n")
	})
	big := func(m *dns.Msg, udp bool) {
		if m.Truncated = udp; udp {
			return
		}
		for i := 0; m.Len() < 64_000; i++ {
			m.Answer = append(m.Answer, &dns.TXT{Hdr: dns.RR_Header{Name: m.Question[0].Name, Rrtype: dns.TypeTXT, Class: dns.ClassINET, Ttl: 60}, Txt: []string{strings.Repeat("z", 250)}})
		}
	}
	lateDNS(t, "127.0.0.1:53", "$TTL 60\n", 0, big)
	lateDNS(t, "127.0.3.1:53", zone.String(), 0, big)
	lateDNS(t, "127.0.3.2:53", zone.String(), 10*time.Second, nil)
	lateDNS(t, "127.0.3.3:53", zone.String(), 0, func(m *dns.Msg, udp bool) { m.Truncated = udp; m.Answer = nil })
	file := filepath.Join(dir, "db.example.com")
	put(t, file, zone.String())
	r := checks(t, "--all", "--limit", floodLimit.String(), "--dialogue", "--resolver", "127.0.0.1", file)
	t.Logf("%v, %d MiB, %d bytes", r.took, r.peak>>20, len(r.out))
	if r.took > mostOver || r.peak > mostOfFloods || r.peak == 0 {
		t.Errorf("%v and %d KiB, want at most %v and %d KiB", r.took, r.peak>>10, mostOver, mostOfFloods>>10)
	}
	for said, times := range map[string]int{"more than is read, at the banner": 16, "more than is read, at EHLO": 16, "no answer before the time was over": 8,
		"a policy of more than 64 KiB": 1, "ns2.example.com. 127.0.3.2: unknown: no answer in 3 s": 1, "no PTR record": 20} {
		if n := strings.Count(r.out, said); n != times {
			t.Errorf("%q is said %d times, want %d", said, n, times)
		}
	}
	for _, b := range []byte(r.out) {
		if b < ' ' && b != '\n' {
			t.Fatalf("byte %d comes out:\n%s", b, r.out)
		}
	}
}

// mostForAKey is how long a key may wait for its answer while the world is asked.
const mostForAKey = 50 * time.Millisecond

// slowest is the longest that a key waits for what it brings: keys that take turns, each with another answer.
func (k *typist) slowest(keys ...string) (most time.Duration) {
	k.t.Helper()
	for range 20 {
		for _, key := range keys {
			begun := time.Now()
			if _, err := io.WriteString(k.tty, key); err != nil {
				k.t.Fatal(err)
			}
			k.sent.Write(<-k.came)
			most = max(most, time.Since(begun))
			k.bytes(5 * time.Millisecond)
		}
	}
	return most
}

// While hosts are asked that do not answer, keys do.
func TestKeysAnswerWhileItAsks(t *testing.T) {
	if !onLoopback(t) {
		return
	}
	// Packets to these hosts go nowhere, and nothing says so.
	for _, line := range []string{"link add hole type veth peer name nowhere", "link set nowhere up", "link set hole arp off", "link set hole up",
		"addr add 62.96.5.1/32 dev hole", "route add 62.96.4.0/24 dev hole"} {
		if out, err := exec.Command("ip", strings.Fields(line)...).CombinedOutput(); err != nil {
			t.Fatalf("ip %s: %v: %s", line, err, out)
		}
	}
	zone := filepath.Join(t.TempDir(), "db.example.com")
	put(t, zone, "$TTL 60\n@ SOA ns1 h 12 7200 900 1209600 3600\n@ NS ns1\n@ MX 10 mail\nns1 A 62.96.4.53\nmail A 62.96.4.25\n")
	k := typing(t, "mailzone", zone)
	k.waitFor("serial ")
	k.press("1", rested)
	k.press(":check smtp\r", rested)
	k.waitFor("62.96.4.25")
	k.press("\r", held)
	k.waitFor("asking smtp")
	slowest := k.slowest("r", "\r")                   // each says why it does nothing
	for i := 0; i < 2 && slowest > mostForAKey; i++ { // others may be at work here
		slowest = k.slowest("r", "\r")
	}
	k.sent.Reset()
	if err := pty.Setsize(k.tty, &pty.Winsize{Rows: 25, Cols: 80}); err != nil { // all is drawn anew
		t.Fatal(err)
	}
	k.waitFor("asking smtp") // still
	t.Logf("of 40 keys the slowest waits for %v", slowest)
	if slowest > mostForAKey {
		t.Errorf("a key waits for %v, want at most %v", slowest, mostForAKey)
	}
}
