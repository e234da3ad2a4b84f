// What commands show on a terminal and nowhere else: how far they are, and the sum of what they found.
package main

import (
	"bytes"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/miekg/dns"
)

// outside is a zone that is right, as far as the file tells; its exchange is elsewhere.
const outside = "$TTL 1d\n@ SOA ns1.dns.net. hostmaster.dns.net. 1 4h 1h 2w 1h\n@ NS ns1.dns.net.\n@ NS ns2.dns.org.\n" +
	"@ MX 10 mx.provider.net.\n@ TXT \"v=spf1 mx -all\"\n_dmarc TXT \"v=DMARC1; p=reject\"\n"

// serve answers questions of DNS once answer is closed, and returns where.
func serve(t *testing.T, answer <-chan struct{}) string {
	t.Helper()
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &dns.Server{PacketConn: pc, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		select {
		case <-answer:
			_ = w.WriteMsg(new(dns.Msg).SetRcode(q, dns.RcodeServerFailure))
		case <-t.Context().Done():
		}
	})}
	go func() { _ = s.ActivateAndServe() }()
	t.Cleanup(func() { _ = pc.Close() })
	return pc.LocalAddr().String()
}

// onTerminal runs mailzone with its messages on a terminal of 80 columns, and returns all that it got. With each
// piece watch sees what there is so far; nil if nobody has to.
func onTerminal(t *testing.T, env []string, watch func(string), args ...string) string {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	_ = pty.Setsize(master, &pty.Winsize{Rows: 24, Cols: 80})
	cmd := exec.Command("mailzone", args...)
	cmd.Env = append(append(os.Environ(), "LC_ALL=C.UTF-8", "TERM=xterm-256color", "CI=", "XDG_CONFIG_HOME="+t.TempDir()), env...)
	cmd.Stderr = slave
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = slave.Close()
	_ = master.SetReadDeadline(time.Now().Add(30 * time.Second))
	var got bytes.Buffer
	for piece := make([]byte, 1024); ; {
		n, err := master.Read(piece)
		if got.Write(piece[:n]); watch != nil {
			watch(got.String())
		}
		if err != nil { // EIO, when the program has ended
			break
		}
	}
	_ = cmd.Wait()
	return got.String()
}

// zoneFiles writes zones, and returns their paths.
func zoneFiles(t *testing.T, zones ...string) (paths []string) {
	t.Helper()
	dir := t.TempDir()
	for i, src := range zones {
		path := filepath.Join(dir, "db."+string(rune('a'+i))+".example")
		if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// The bar is there after a second, and gone when the command is done.
func TestProgressOnTerminal(t *testing.T) {
	answer := make(chan struct{})
	server, seen := serve(t, answer), false
	got := onTerminal(t, nil, func(screen string) {
		if !seen && strings.Contains(screen, "░ 0 of 2 questions to DNS\x1b[K") {
			seen = true
			close(answer)
		}
	}, append([]string{"lint", "--resolve", "--resolver", server}, zoneFiles(t, outside)...)...)
	if !seen {
		t.Fatalf("no bar: %q", got)
	}
	bars, left, ok := cutLast(got, "\r\x1b[K")
	if !ok || !strings.HasPrefix(left, "mailzone: asked DNS at ") || strings.Contains(left, "░") {
		t.Errorf("the bar is not removed: %q", got)
	}
	if bars = strings.TrimPrefix(bars, toldAsk(bars)); strings.Contains(bars, "\n") {
		t.Errorf("the bar takes more than its line: %q", bars)
	}
}

// cutLast cuts a text around the last occurrence of another.
func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// Where nobody can watch a bar there is none, however long it takes: a server that never answers takes three seconds.
func TestNoProgressElsewhere(t *testing.T) {
	if testing.Short() {
		t.Skip("takes three seconds")
	}
	server := serve(t, nil)
	args := append([]string{"lint", "--resolve", "--resolver", server}, zoneFiles(t, outside)...)
	for name, env := range map[string][]string{"a terminal without a cursor": {"TERM=dumb"}, "no TERM": {"TERM="}, "CI": {"CI=true"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := onTerminal(t, env, nil, args...); !strings.HasPrefix(got[len(toldAsk(got)):], "mailzone: asked DNS") || strings.Contains(got, "\x1b") {
				t.Errorf("%q", got)
			}
		})
	}
	t.Run("a pipe", func(t *testing.T) {
		t.Parallel()
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("mailzone", args...)
		cmd.Env = append(os.Environ(), "TERM=xterm-256color", "CI=")
		cmd.Stderr = w
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		_ = w.Close()
		got, _ := io.ReadAll(r)
		if _ = cmd.Wait(); !strings.HasPrefix(string(got)[len(toldAsk(string(got))):], "mailzone: asked DNS") || bytes.Contains(got, []byte("\x1b")) {
			t.Errorf("%q", got)
		}
	})
}

// The sum of what was found is for who waits: one clean zone stays silent even there.
func TestSummaryOnTerminal(t *testing.T) {
	silent := strings.Replace(strings.Replace(outside, "10 mx.provider.net.", "0 .", 1), "v=spf1 mx -all", "v=spf1 -all", 1)
	faulty := strings.Replace(outside, "mx.provider.net.", "gone", 1)
	for _, tt := range []struct {
		name  string
		zones []string
		want  string
	}{
		{"one clean zone", []string{outside}, ""},
		{"zones without notes", []string{silent, silent}, "mailzone: 2 zones: nothing found\r\n"},
		{"clean zones", []string{outside, outside}, "mailzone: 2 zones: nothing found; 4 notes not shown (--info)\r\n"},
		{"one faulty zone", []string{faulty}, "mailzone: 1 error\r\n"},
		{"faulty and clean zones", []string{faulty, outside, faulty}, "mailzone: 3 zones: 2 errors in 2 zones; 2 notes not shown (--info)\r\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := onTerminal(t, nil, nil, append([]string{"lint"}, zoneFiles(t, tt.zones...)...)...); got != tt.want {
				t.Errorf("it says %q, want %q", got, tt.want)
			}
		})
	}
}

// toldAsk is the first line of what is said, which tells whom DNS asks; "" if it does not.
func toldAsk(said string) string {
	line, _, ok := strings.Cut(said, "\n")
	if !ok || !strings.HasPrefix(line, "mailzone: ask ") {
		return ""
	}
	return line + "\n"
}
