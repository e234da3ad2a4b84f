package preview

// The question: for which domain, asked by whom, with what broken.

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Query asks what becomes of a message.
type Query struct {
	Domain  zonefile.Name
	Sender  Sender
	Faults  Faults
	Outside map[zonefile.Name][]netip.Addr // addresses of hosts that the loaded zones do not know

	// Show writes a name in all that is said of the delivery. Without it names are in full, but for the final dot, and
	// conditions have the first label of a host that no other has.
	Show func(zonefile.Name) string
}

// Sender is the mail server that has the message. The zero Sender is any server on the Internet with
// IPv4 and IPv6.
type Sender struct {
	Name    zonefile.Name // finds itself among the hosts by this name, and by its addresses
	Addrs   []netip.Addr  // without any, the loaded zones are asked for those of Name
	IPv4    bool          // with neither IPv4 nor IPv6 it has both
	IPv6    bool
	Profile Profile
}

// uses tells whether the sender can connect to an address of ip's family. An IPv4-mapped address takes both: IPv6 to ask
// for it, IPv4 to connect (so did Exim, Postfix, sendmail and OpenSMTPD).
func (s Sender) uses(ip netip.Addr) bool {
	if s.IPv4 == s.IPv6 {
		return true
	}
	return !ip.Is4In6() && ip.Is4() == s.IPv4
}

// Fault is what is wrong with a host, an address or a delegation. The zero Fault says nothing.
type Fault string

// The faults. The strings are those of the command line and the JSON output.
const (
	Up       Fault = "up"      // expressly up: an exception from a fault of the host, or of all
	Refused  Fault = "refused" // a closed port
	Timeout  Fault = "timeout"
	Greet421 Fault = "421"   // in the greeting
	Greet554 Fault = "554"   // in the greeting
	Close    Fault = "close" // closes the connection at once
	Rcpt450  Fault = "450"   // answers so to RCPT
	Rcpt550  Fault = "550"   // answers so to RCPT
	Dead     Fault = "dead"  // of a delegation: its name servers do not answer
)

// answers tells whether a host with the fault decides: it takes the recipient or refuses it for good.
// Every other fault makes a sender go on to the next address.
func (f Fault) answers() bool { return f == "" || f == Up || f == Rcpt550 }

// broken is the fault; "" if nothing is wrong.
func (f Fault) broken() Fault {
	if f == Up {
		return ""
	}
	return f
}

// everything is the key of a fault of all hosts.
const everything = "all"

// Faults tells what is broken: the keys are names of hosts or delegations in canonical form (with the
// final dot), addresses, networks, or "all". An address's own fault goes before that of the smallest network that it is
// in, that before its host's, and that before "all".
type Faults map[string]Fault

// ParseFault reads a host, address, network, delegation or "all", and a fault, as the command line has them:
// mx1.example.com=421. Without "=" the fault is refused.
func ParseFault(text string) (where string, f Fault, err error) {
	where, fault, given := strings.Cut(text, "=")
	if !given {
		fault = string(Refused)
	}
	if f = Fault(fault); !slices.Contains(faults[:], f) {
		return "", "", fmt.Errorf("%q is no fault: use refused, timeout, 421, 554, close, 450, 550, up or dead", fault)
	}
	if where == everything {
		return where, f, nil
	}
	if key, ok := addressKey(where); ok {
		if f == Dead {
			return "", "", fmt.Errorf("%q is no delegation: only the name servers of one can be dead", where)
		}
		return key, f, nil
	}
	if f != Dead && strings.Contains(where, "/") { // delegations have slashes (RFC 2317), hosts have none
		return "", "", fmt.Errorf("%q is no network: write its first address and how many bits it has, as 192.0.2.0/24", where)
	}
	name, err := zonefile.ParseName(where, zonefile.Root)
	if err != nil {
		return "", "", fmt.Errorf("%q is no host: %w", where, err)
	}
	return string(name), f, nil
}

// faults is all faults.
var faults = [...]Fault{Refused, Timeout, Greet421, Greet554, Close, Rcpt450, Rcpt550, Up, Dead}

// FaultWords is the words for faults.
func FaultWords() (words []string) {
	for _, f := range faults {
		words = append(words, string(f))
	}
	return words
}

// addressKey is the key of an address or a network.
func addressKey(text string) (key string, ok bool) {
	if ip, err := netip.ParseAddr(text); err == nil {
		return ip.Unmap().String(), true
	}
	if net, err := netip.ParsePrefix(text); err == nil {
		return net.Masked().String(), true
	}
	return "", false
}

// host is the fault of a host under any of its names.
func (fs Faults) host(names ...zonefile.Name) Fault {
	for _, n := range names {
		if f, ok := fs[string(n)]; ok && f != Dead {
			return f
		}
	}
	return fs[everything]
}

// dead tells whether a name is at or below a delegation whose servers do not answer.
func (fs Faults) dead(n zonefile.Name) bool {
	if len(fs) == 0 {
		return false
	}
	for ; n != ""; n = n.Parent() {
		if fs[string(n)] == Dead {
			return true
		}
	}
	return false
}

// Networks is the networks that have a fault, the smallest first.
func (fs Faults) Networks() []netip.Prefix {
	var out []netip.Prefix
	for key := range fs {
		if net, err := netip.ParsePrefix(key); err == nil {
			out = append(out, net)
		}
	}
	slices.SortFunc(out, func(a, b netip.Prefix) int { return cmp.Or(b.Bits()-a.Bits(), a.Addr().Compare(b.Addr())) })
	return out
}

// address is the fault of an address, or of the first network that has it, else that of its host.
func (fs Faults) address(ip netip.Addr, networks []netip.Prefix, host Fault) Fault {
	ip = ip.Unmap()
	if len(fs) == 0 {
		return host
	}
	if f, ok := fs[ip.String()]; ok {
		return f
	}
	for _, net := range networks {
		if net.Contains(ip) {
			return fs[net.String()]
		}
	}
	return host
}
