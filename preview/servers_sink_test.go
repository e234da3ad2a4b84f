//go:build linux

package preview

// The hosts that mail is sent to: each address answers as the case says, and every attempt to connect is seen on the
// wire, those that nobody answers too.

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/testdata/lab"
)

// internet is a place whose addresses take mail.
type internet struct {
	*lab.Place
	wire int // a packet socket
	seen map[request]bool
	syns []netip.Addr // in the order in which they were first tried

	mu    sync.Mutex
	taken map[string][]netip.Addr // by recipient
}

// newInternet makes an Internet without hosts that hears all that comes by.
func newInternet(t *testing.T) *internet {
	in := &internet{Place: lab.NewPlace(t), seen: map[request]bool{}, taken: map[string][]netip.Addr{}}
	in.Try(func() (err error) {
		protocol := binary.NativeEndian.Uint16([]byte{0, unix.ETH_P_ALL}) // in network order
		in.wire, err = unix.Socket(unix.AF_PACKET, unix.SOCK_DGRAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, int(protocol))
		if err != nil {
			return err
		}
		return unix.SetsockoptInt(in.wire, unix.SOL_SOCKET, unix.SO_RCVBUFFORCE, 64<<20)
	})
	t.Cleanup(func() { unix.Close(in.wire) })
	return in
}

// host gives the Internet an address with a fault. An address that times out is one that it has not.
func (in *internet) host(ip netip.Addr, f Fault) {
	if f == Timeout {
		return
	}
	add := fmt.Sprintf("ip addr add %s/%d dev lo", ip, ip.BitLen())
	if ip.Is6() {
		add += " nodad" // or it cannot be listened on at once
	}
	in.Run(add, "")
	if f == Refused {
		return
	}
	var l net.Listener
	in.Try(func() (err error) {
		l, err = net.Listen("tcp", netip.AddrPortFrom(ip, 25).String())
		return err
	})
	in.T.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return // closed by the cleanup
			}
			go in.serve(c, ip, f)
		}
	}()
}

// serve is one SMTP session.
func (in *internet) serve(c net.Conn, ip netip.Addr, f Fault) {
	defer c.Close()
	c.SetDeadline(time.Now().Add(lab.Limit))
	say := func(format string, args ...any) { fmt.Fprintf(c, format+"\r\n", args...) }
	switch f {
	case Close:
		return
	case Greet421, Greet554:
		say("%s no mail here", f)
		return
	}
	say("220 sink")
	var recipients []string
	for lines := bufio.NewScanner(c); lines.Scan(); {
		verb, rest, _ := strings.Cut(strings.ToUpper(lines.Text()), " ")
		switch {
		case verb == "QUIT":
			say("221 bye")
			return
		case verb == "RCPT" && (f == Rcpt450 || f == Rcpt550):
			say("%s not this one", f)
		case verb == "RCPT" && strings.HasSuffix(rest, ".INVALID>"):
			say("550 no mail of others")
		case verb == "RCPT":
			_, address, _ := strings.Cut(strings.ToLower(rest), "<")
			address, _, _ = strings.Cut(address, ">")
			recipients = append(recipients, address)
			say("250 ok")
		case verb == "DATA" && len(recipients) == 0:
			say("554 no valid recipients")
		case verb == "DATA":
			say("354 go on")
			for lines.Scan() && lines.Text() != "." {
			}
			in.take(recipients, ip)
			say("250 taken")
		default:
			say("250 ok")
		}
	}
}

// take records that an address took a message.
func (in *internet) take(recipients []string, ip netip.Addr) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, r := range recipients {
		in.taken[r] = append(in.taken[r], ip)
	}
}

// took is which addresses took the message for a recipient.
func (in *internet) took(recipient string) []netip.Addr {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.taken[recipient]
}

// listen reads what is waiting on the wire. A connection counts once, however often it was asked for.
func (in *internet) listen() {
	in.T.Helper()
	packet := make([]byte, 1<<16)
	for {
		n, from, err := unix.Recvfrom(in.wire, packet, 0)
		if err == unix.EAGAIN {
			break
		}
		if err != nil {
			in.T.Fatal(err)
		}
		if link, ok := from.(*unix.SockaddrLinklayer); ok && link.Pkttype == unix.PACKET_OUTGOING {
			continue
		}
		if r, ok := syn(packet[:n]); ok && !in.seen[r] {
			in.seen[r] = true
			in.syns = append(in.syns, r.to)
		}
	}
	if lost, err := unix.GetsockoptTpacketStats(in.wire, unix.SOL_PACKET, unix.PACKET_STATISTICS); err != nil || lost.Drops > 0 {
		in.T.Fatalf("packets were not heard: %+v, %v", lost, err)
	}
}

// request is a packet that asks for a connection; it is sent again where nobody answers.
type request struct {
	to       netip.Addr
	from     uint16 // port
	sequence uint32
}

// syn tells whether a packet asks for an SMTP connection.
func syn(ip []byte) (r request, ok bool) {
	var tcp []byte
	switch {
	case len(ip) >= 20 && ip[0]>>4 == 4 && ip[9] == unix.IPPROTO_TCP:
		r.to, tcp = netip.AddrFrom4([4]byte(ip[16:20])), ip[min(len(ip), int(ip[0]&15)*4):]
	case len(ip) >= 40 && ip[0]>>4 == 6 && ip[6] == unix.IPPROTO_TCP:
		r.to, tcp = netip.AddrFrom16([16]byte(ip[24:40])), ip[40:]
	}
	const flagSYN, flagACK = 2, 16
	if len(tcp) < 20 || tcp[13]&(flagSYN|flagACK) != flagSYN || binary.BigEndian.Uint16(tcp[2:]) != 25 {
		return r, false
	}
	r.from, r.sequence = binary.BigEndian.Uint16(tcp), binary.BigEndian.Uint32(tcp[4:])
	return r, true
}
