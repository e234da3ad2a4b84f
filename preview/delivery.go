package preview

// The answer: what becomes of a message, and every host and record that had a part in it.

import (
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// Delivery is what a sender does with a message for a domain.
type Delivery struct {
	Domain   zonefile.Name
	Owner    zonefile.Name     // the domain after its aliases: the name whose MX records count
	Via      []zonefile.Record // the aliases from Domain to Owner
	Source   Source
	TTL      uint32 // how long senders keep the answer that the route comes from; 0 if these zones do not know
	Profile  Profile
	Tiers    []Tier
	Excluded []Excluded
	Decides  int // index of the tier that decides the outcome; -1 if none does
	Outcome  Outcome
	Code     string // enhanced status code (RFC 3463) of what is not delivered
	Text     string // the outcome in a sentence
	Notes    []Note

	show   func(zonefile.Name) string // of the query
	absent bool                       // there is no such domain; a label with an underscore is none of a mailbox anyway
}

// Source tells where the hosts of a route come from.
type Source string

// The sources. The strings are those of the JSON output.
const (
	FromMX       Source = "mx"
	FromWildcard Source = "wildcard-mx"
	FromAddress  Source = "implicit-mx" // no MX: the domain's own address (RFC 5321 §5.1)
	FromNullMX   Source = "null-mx"     // the domain accepts no mail (RFC 7505)
	FromNothing  Source = "none"        // no such domain, or neither MX nor address
	FromBelowCut Source = "delegated"   // other servers know
	FromOutside  Source = "outside"     // not in the loaded zones
)

// Outcome tells what becomes of the message.
type Outcome string

// The outcomes. The strings are those of the JSON output.
const (
	Delivered   Outcome = "delivered"
	Deferred    Outcome = "deferred" // stays in the sender's queue
	Bounced     Outcome = "bounced"
	LocalOrLoop Outcome = "local-or-loop" // the sender is the best host: it delivers here, or the mail loops
	Unknown     Outcome = "unknown"       // these zones cannot know
)

// Tier is the hosts of one preference: a sender draws among them at random (RFC 5321 §5.1).
type Tier struct {
	Preference uint16
	Hosts      []Host

	ahead int    // hosts in better tiers
	when  string // what has to happen before mail reaches the tier
	lots  []lot  // the names that a sender draws
}

// Host is a host that a sender tries.
type Host struct {
	Name      zonefile.Name
	Record    zonefile.Record   // the MX record; of an implicit MX the first address record
	Via       []zonefile.Record // the aliases from Name to Canonical
	Canonical zonefile.Name
	Status    Status
	Fault     Fault // of the host as a whole: the fault of an address that has none of its own
	Addresses []Address
	Share     float64         // 0 to 1: what it takes of the mail that reaches its tier
	With      []zonefile.Name // names of the same tier that have only its addresses: what is drawn for them is in its share
}

// TTL is the TTL that the host's record is served with; 0 for a host that no record names.
func (h Host) TTL() uint32 {
	if h.Record.IsZero() {
		return 0
	}
	return h.Record.Zone().RRsetTTL(h.Record)
}

// first is the first address of a host that is so.
func (h *Host) first(is func(Address) bool) (Address, bool) {
	i := slices.IndexFunc(h.Addresses, is)
	if i < 0 {
		return Address{}, false
	}
	return h.Addresses[i], true
}

// Networks is the networks that a sender finds the host in.
func (h Host) Networks() []netip.Prefix {
	var out []netip.Prefix
	for _, a := range h.Addresses {
		if n := zonefile.Network(a.IP.Unmap()); a.reached() && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// Down is what is wrong with a host that is down at all its addresses; "" if it is not.
func (h Host) Down() Fault {
	if len(h.Addresses) == 0 {
		return h.Fault.broken()
	}
	f := Fault("")
	for _, a := range h.Addresses {
		if !a.reached() {
			continue
		}
		if f = a.Fault.broken(); f == "" {
			return ""
		}
	}
	return f
}

// Status tells how well a host is known.
type Status string

// The states of a host. The strings are those of the JSON output.
const (
	OK         Status = "ok"
	Alias      Status = "alias"       // reached through an alias, which RFC 5321 §5.1 does not allow
	NotChecked Status = "not-checked" // outside the loaded zones: taken as up
)

// Address is an address of a host.
type Address struct {
	IP     netip.Addr
	Record zonefile.Record // the zero Record for an address that Query.Outside gave
	Skip   Skip            // why the sender does not use it; "" if it does
	Fault  Fault
}

// Skip tells why a sender passes over an address.
type Skip string

// The reasons to skip an address. The strings are those of the JSON output.
const (
	SkipFamily      Skip = "family"      // the sender has no IPv4, or no IPv6
	SkipDuplicate   Skip = "duplicate"   // a better host has it already
	SkipLimit       Skip = "limit"       // the profile's server tries no more addresses
	SkipUnreachable Skip = "unreachable" // nobody can connect to it, or the profile's server will not
)

// Excluded is a host that is never used, whatever is up or down.
type Excluded struct {
	Name       zonefile.Name
	Preference uint16
	Record     zonefile.Record
	Reason     Reason
	Addresses  []Address     // that were found for it: all are skipped
	TriedAs    zonefile.Name // the host of its preference that has its addresses, and what is drawn for it; "" if none has

	as string // that host, as sentences have it
}

// listed tells whether hosts before it have all the addresses that the sender could use.
func (x Excluded) listed() bool {
	return slices.ContainsFunc(x.Addresses, func(a Address) bool { return a.Skip == SkipDuplicate })
}

// Reason tells why a host is never used.
type Reason string

// The reasons to exclude a host. The strings are those of the JSON output.
const (
	IPLiteral       Reason = "ip-literal"        // the exchange is an address written as a name
	NotHostname     Reason = "not-hostname"      // a label has what is no letter, digit, hyphen or underscore
	NoSuchName      Reason = "no-such-name"      //
	NoAddress       Reason = "no-address"        // the name exists, without A or AAAA
	DeadDelegation  Reason = "dead-delegation"   // its name servers do not answer: may be back later
	AliasCircle     Reason = "alias-circle"      // its aliases lead back to one another: SERVFAIL, as of the next one
	TooManyAliases  Reason = "too-many-aliases"  // more than zonefile.MaxAliases
	Self            Reason = "self"              // the sender itself, or no better than the sender
	WorseDuplicate  Reason = "worse-duplicate"   // the same exchange stands there with a better preference
	NullMX          Reason = "null-mx"           // "." beside other exchanges
	Unreachable     Reason = "unreachable"       // only addresses that nobody can connect to
	NoUsableAddress Reason = "no-usable-address" // only addresses that the sender must skip
)

// endless is why a host whose aliases have no end is not used: who asks is told SERVFAIL.
func endless(r zonefile.Result) Reason {
	if r == zonefile.Circle {
		return AliasCircle
	}
	return TooManyAliases
}

// temporary tells that the host may be found later: senders keep the mail.
func (r Reason) temporary() bool {
	return r == DeadDelegation || r == AliasCircle || r == TooManyAliases
}

// Note is something an operator should know about a route.
type Note struct {
	ID       string
	Severity zonefile.Severity
	Text     string
	Records  []zonefile.Record
}

// The severities of notes: mail is lost, mail may be lost, good to know.
const (
	Error   = zonefile.Error
	Warning = zonefile.Warning
	Info    = zonefile.Info
)
