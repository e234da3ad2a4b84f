//go:build linux

package preview

// Exim as a sender. It has no daemon here: each message has a process, which ends when the message was tried.

import (
	"os"
	"strings"
	"sync"

	"github.com/mailzone/mailzone/testdata/lab"
)

// eximID is the user and group of Exim on its machine.
const eximID = 59901

// exim is Debian's Exim.
type exim struct{ lab.Machine }

// newExim makes Exim ready on a place. It has no IPv6 for the domains named.
func newExim(p *lab.Place, ipv4Only []string) mailServer { return startExim(p, ipv4Only, "") }

// newEximDebian makes Exim ready with the addresses that Debian's configuration ignores.
func newEximDebian(p *lab.Place, ipv4Only []string) mailServer {
	var ignored []string
	for _, n := range debianIgnores {
		ignored = append(ignored, n.String())
	}
	return startExim(p, ipv4Only, "  ignore_target_hosts = <; "+strings.Join(ignored, " ; ")+"\n")
}

// startExim makes Exim ready with further options of its router.
func startExim(p *lab.Place, ipv4Only []string, router string) mailServer {
	m := lab.NewMachine(p, "exim4-daemon-light")
	m.Add("/etc/passwd", "Debian-exim:x:59901:59901::/:/bin/false\n")
	m.Add("/etc/group", "Debian-exim:x:59901:\n")
	m.Write("/etc/resolv.conf", "nameserver 127.0.0.1\n")
	m.Own("/var/spool/exim4", 0o750, eximID, eximID)
	m.Own("/var/log/exim4", 0o750, eximID, eximID)
	m.Own("/etc/exim4", 0o755, 0, 0)
	m.Write("/etc/exim4/exim4.conf", `primary_hostname = sender.test
log_file_path = /var/log/exim4/%slog
keep_environment =
domainlist ipv4only = `+strings.Join(ipv4Only, " : ")+`
begin routers
dns:
  driver = dnslookup
  transport = smtp
  ipv4_only = ${if match_domain{$domain}{+ipv4only}}
`+router+`begin transports
smtp:
  driver = smtp
  connect_timeout = 1s
  hosts_avoid_tls = *
  hosts_try_fastopen =
begin retry
* * F,2h,15m
`)
	return exim{m}
}

// deliver hands messages over, a few at a time, and reads the log when all were tried.
func (x exim) deliver(recipients []string) map[string]seen {
	x.T.Helper()
	var all sync.WaitGroup
	room := make(chan bool, 8)
	for _, r := range recipients {
		all.Add(1)
		room <- true
		go func() {
			defer func() { <-room; all.Done() }()
			cmd := x.Command("/usr/sbin/exim4", "-odf", "-f", "<>", r)
			cmd.Stdin = strings.NewReader(message)
			if err := x.Start(cmd); err != nil {
				x.T.Error(err)
			} else if err := cmd.Wait(); err != nil {
				x.T.Errorf("exim4 %s: %v", r, err)
			}
		}()
	}
	all.Wait()
	var log []byte
	x.Try(func() (err error) {
		log, err = os.ReadFile(x.Root + "/var/log/exim4/mainlog")
		return err
	})
	out := map[string]seen{}
	for line := range strings.Lines(string(log)) {
		if words := strings.Fields(line); len(words) > 4 {
			// date, time, message, flag, recipient
			if o, ok := eximOutcome(words[3], line); ok {
				out[strings.TrimSuffix(words[4], ":")] = seen{o, strings.TrimSpace(line)}
			}
		}
	}
	return out
}

// eximOutcome is what a line of the main log says of a recipient.
func eximOutcome(flag, line string) (Outcome, bool) {
	switch flag {
	case "=>", "->":
		return Delivered, true
	case "**":
		return Bounced, true
	case "==":
		if strings.Contains(line, "lowest numbered MX record points to local host") {
			return LocalOrLoop, true
		}
		return Deferred, true
	}
	return "", false
}
