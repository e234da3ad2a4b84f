//go:build linux

package lab

// Postfix as a sender: its master is the first process of a process namespace, so that all its daemons end with it.

import (
	"bytes"
	"strings"

	"golang.org/x/sys/unix"
)

// Users and groups of Postfix on its machine.
const (
	postfixID  = 59902
	postdropID = 59903
)

// Postfix is Debian's Postfix.
type Postfix struct {
	Machine
	Log Lines
}

// NewPostfix starts Postfix on a place, which asks the resolver there. Lines of main.cf and services come to its own; files are written
// before.
func NewPostfix(p *Place, config, services string, files map[string]string) Postfix {
	m := NewMachine(p, "postfix")
	m.Add("/etc/passwd", "postfix:x:59902:59902::/:/bin/false\n")
	m.Add("/etc/group", "postfix:x:59902:\npostdrop:x:59903:\n")
	m.Write("/etc/resolv.conf", "nameserver 127.0.0.1\noptions edns0 trust-ad\n")
	m.postfixQueue()
	for name, text := range files {
		m.Write(name, text)
	}
	m.Write("/etc/postfix/main.cf", postfixMain+config)
	m.Write("/etc/postfix/master.cf", postfixServices+services)
	m.Write("/var/spool/postfix/quick-start", "") // postfix-script: without the checks of an installation
	master := m.Command("/usr/sbin/postfix", "start-fg")
	master.SysProcAttr.Cloneflags = unix.CLONE_NEWPID
	master.Env = []string{"PATH=/usr/sbin:/usr/bin:/bin"}
	log := Watch(p, master)
	log.Until(p.T, "Postfix runs", func(line string) bool { return strings.Contains(line, "daemon started") })
	return Postfix{m, log}
}

// postfixMain is main.cf.
const postfixMain = `compatibility_level = 3.6
myhostname = sender.test
mydestination =
alias_maps =
local_recipient_maps =
inet_protocols = all
smtp_connect_timeout = 1s
smtp_connection_cache_on_demand = no
maillog_file = /dev/stdout
`

// Send hands a message without a sender over, for somebody.
func (x Postfix) Send(recipient, message string) {
	x.T.Helper()
	x.SendFrom("", message, recipient)
}

// SendFrom hands a message of a sender over, for some.
func (x Postfix) SendFrom(sender, message string, recipients ...string) {
	x.T.Helper()
	cmd := x.Command("/usr/sbin/sendmail", append([]string{"-f", sender}, recipients...)...)
	cmd.Env = []string{"PATH=/usr/sbin:/usr/bin"}
	cmd.Stdin = strings.NewReader(message)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := x.Start(cmd)
	if err == nil {
		err = cmd.Wait()
	}
	if err != nil {
		x.T.Fatalf("sendmail %s: %v\n%s", recipients, err, out.Bytes())
	}
}

// postfixQueue makes the directories that the package's installation makes.
func (m Machine) postfixQueue() {
	m.Own("/var/spool/postfix", 0o755, 0, 0)
	m.Own("/var/lib/postfix", 0o755, postfixID, 0)
	for _, d := range strings.Fields("active bounce corrupt defer deferred flush hold incoming private saved trace") {
		m.Own("/var/spool/postfix/"+d, 0o700, postfixID, 0)
	}
	m.Own("/var/spool/postfix/pid", 0o755, 0, 0)
	m.Own("/var/spool/postfix/maildrop", 0o1730, postfixID, postdropID)
	m.Own("/var/spool/postfix/public", 0o2710, postfixID, postdropID)
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
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
local unix - n n - - local
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`
