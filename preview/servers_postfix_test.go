//go:build linux

package preview

// Postfix as a sender: its master is the first process of a process namespace, so that all its daemons end with it.

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/sys/unix"
)

// postfixID and postdropID are users and groups of Postfix on its machine.
const (
	postfixID  = 59902
	postdropID = 59903
)

// postfix is Debian's Postfix.
type postfix struct {
	machine
	log lines
}

// newPostfix starts Postfix on a place. It has no IPv6 for the domains named.
func newPostfix(p *place, ipv4Only []string) mailServer {
	m := newMachine(p, "postfix")
	m.add("/etc/passwd", "postfix:x:59902:59902::/:/bin/false\n")
	m.add("/etc/group", "postfix:x:59902:\npostdrop:x:59903:\n")
	m.write("/etc/resolv.conf", "nameserver 127.0.0.1\n")
	m.postfixQueue()
	transports := ""
	for _, d := range ipv4Only {
		transports += d + " smtp4:\n"
	}
	m.write("/etc/postfix/transport", transports)
	m.write("/etc/postfix/main.cf", `compatibility_level = 3.6
myhostname = sender.test
mydestination =
alias_maps =
local_recipient_maps =
inet_protocols = all
transport_maps = texthash:/etc/postfix/transport
smtp_connect_timeout = 1s
smtp_tls_security_level = none
smtp_connection_cache_on_demand = no
maillog_file = /dev/stdout
`)
	m.write("/etc/postfix/master.cf", postfixServices)
	m.write("/var/spool/postfix/quick-start", "") // postfix-script: without the checks of an installation
	master := m.command("/usr/sbin/postfix", "start-fg")
	master.SysProcAttr.Cloneflags = unix.CLONE_NEWPID
	master.Env = []string{"PATH=/usr/sbin:/usr/bin:/bin"}
	log := watch(p, master)
	log.until(p.t, "Postfix runs", func(line string) bool { return strings.Contains(line, "daemon started") })
	return postfix{m, log}
}

// postfixQueue makes the directories that the package's installation makes.
func (m machine) postfixQueue() {
	m.own("/var/spool/postfix", 0o755, 0, 0)
	m.own("/var/lib/postfix", 0o755, postfixID, 0)
	for _, d := range strings.Fields("active bounce corrupt defer deferred flush hold incoming private saved trace") {
		m.own("/var/spool/postfix/"+d, 0o700, postfixID, 0)
	}
	m.own("/var/spool/postfix/pid", 0o755, 0, 0)
	m.own("/var/spool/postfix/maildrop", 0o1730, postfixID, postdropID)
	m.own("/var/spool/postfix/public", 0o2710, postfixID, postdropID)
}

// postfixServices is master.cf: what sending needs. Debian's smtp runs in a chroot of its own, which changes no route.
const postfixServices = `pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
smtp4 unix - - n - - smtp
  -o inet_protocols=ipv4
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
local unix - n n - - local
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`

// postfixStatus is how the log ends an attempt.
var postfixStatus = regexp.MustCompile(`to=<([^>]+)>,.* status=(sent|bounced|deferred) (.*)`)

// deliver hands messages over and waits until the log has a status of each.
func (x postfix) deliver(recipients []string) map[string]seen {
	x.t.Helper()
	for _, r := range recipients {
		cmd := x.command("/usr/sbin/sendmail", "-f", "", r)
		cmd.Env = []string{"PATH=/usr/sbin:/usr/bin"}
		cmd.Stdin = strings.NewReader(message)
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		err := x.start(cmd)
		if err == nil {
			err = cmd.Wait()
		}
		if err != nil {
			x.t.Fatalf("sendmail %s: %v\n%s", r, err, out.Bytes())
		}
	}
	out := map[string]seen{}
	x.log.until(x.t, "every message has a status", func(line string) bool {
		if m := postfixStatus.FindStringSubmatch(line); m != nil {
			out[m[1]] = seen{postfixOutcome(m[2], m[3]), line}
		}
		return len(out) == len(recipients)
	})
	return out
}

// postfixOutcome is what a status means.
func postfixOutcome(status, text string) Outcome {
	switch {
	case status == "sent":
		return Delivered
	case status == "deferred":
		return Deferred
	case strings.Contains(text, "loops back to myself"):
		return LocalOrLoop
	}
	return Bounced
}
