//go:build linux

package preview

// Two machines for the mail servers to be watched on: the sender's, and an Internet of sinks.

import (
	"fmt"
	"net"
	"net/netip"
	"time"

	"github.com/mailzone/mailzone/testdata/lab"
)

// The addresses of the machine that sends.
var (
	senderIPv4 = netip.MustParseAddr("10.53.0.1")
	senderIPv6 = netip.MustParseAddr("fd53::1")
)

// connect joins the sender to the Internet: all that is not its own goes there. A place does not forward: what is sent
// to an address that the Internet has not is dropped without a word.
func connect(sender, internet *lab.Place) {
	sender.Run("ip link add mail type veth peer name mail netns "+internet.Net, "")
	sender.Run("ip -batch -", fmt.Sprintf(`addr add %s/24 dev mail
addr add %s/64 dev mail nodad
link set mail up
`, senderIPv4, senderIPv6))
	internet.Run("ip -batch -", `addr add 10.53.0.2/24 dev mail
addr add fd53::2/64 dev mail nodad
link set mail up
`)
	sender.Run("ip -batch -", "route add default via 10.53.0.2\nroute add default via fd53::2\n")
	for _, ip := range []string{"10.53.0.2", "fd53::2"} {
		reach(sender, internet, ip)
	}
}

// reach waits until a packet gets from one place to an address of the other: the kernel takes up to a second to notice
// that a cable is in.
func reach(p, other *lab.Place, ip string) {
	p.T.Helper()
	var l net.Listener
	other.Try(func() (err error) {
		l, err = net.Listen("tcp", net.JoinHostPort(ip, "0"))
		return err
	})
	defer l.Close()
	p.Try(func() error {
		for deadline := time.Now().Add(lab.Limit); ; {
			c, err := net.DialTimeout("tcp", l.Addr().String(), lab.Limit)
			if err == nil {
				return c.Close()
			}
			if time.Now().After(deadline) {
				return fmt.Errorf("the places are not connected: %w", err)
			}
		}
	})
}
