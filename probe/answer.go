package probe

// What DNS is asked, and how a message becomes an answer. Whoever runs the servers of a name writes what comes: nothing
// is taken from a message but what the question leads to.

import (
	"errors"
	"strings"
	"time"

	"github.com/miekg/dns"

	"github.com/mailzone/mailzone/zonefile"
)

// Question is a name and a type that DNS is asked about (RFC 1035 §4.1.2).
type Question struct {
	Name zonefile.Name
	Type zonefile.Type
}

// Answer is what came to a question.
type Answer struct {
	Result  zonefile.Result // Found, NoData or NoName, if Err is nil
	Records []string        // that say so, as lines of a zone file: the aliases, and those of the type
	Err     error           // why there is no sure answer

	Authentic bool          // the server says that it has validated it (AD, RFC 4035 §3.2.3)
	Keep      time.Duration // how long a cache may go on giving it
}

// Kinds of failures, which say different things of a server.
var (
	errNoAnswer = errors.New("no answer")        // in time: it says nothing
	errClosed   = errors.New("nothing listens")  // the host says so
	errNoWay    = errors.New("no way from here") // the network says so: it is nothing about the host
	errEnded    = errors.New("the connection was closed")
)

// rcode is the error of a server that answers with a code in the place of records (RFC 1035 §4.1.1).
type rcode string

// Error is the code, as everybody writes it.
func (r rcode) Error() string { return string(r) }

// Zone is the records of an answer as a zone with an origin.
func (a Answer) Zone(origin zonefile.Name) *zonefile.Zone {
	return zonefile.Parse("DNS", []byte(strings.Join(a.Records, "\n")+"\n"), zonefile.Options{Origin: origin})
}

// read reads the answer to a question from a message; only what is sure is one.
func read(in *dns.Msg, q Question) Answer {
	if len(in.Question) != 1 || !strings.EqualFold(in.Question[0].Name, string(q.Name)) || in.Question[0].Qtype != uint16(q.Type) {
		return Answer{Err: errors.New("an answer to another question")}
	}
	a := Answer{Result: zonefile.NoData, Authentic: in.AuthenticatedData}
	switch {
	case in.Truncated:
		return Answer{Err: errors.New("a truncated answer")}
	case in.Rcode == dns.RcodeNameError: // of the last alias, if there are any (RFC 2308 §2.1, RFC 6604 §3)
		a.Result = zonefile.NoName
	case in.Rcode != dns.RcodeSuccess:
		return Answer{Err: rcode(dns.RcodeToString[in.Rcode])}
	}
	a.follow(in.Answer, q)
	for _, rr := range in.Ns {
		if soa, ok := rr.(*dns.SOA); ok && a.Result != zonefile.Found {
			a.keeps(min(soa.Hdr.Ttl, soa.Minttl)) // RFC 2308 §5
		}
	}
	return a
}

// follow takes the records that a question leads to, from alias to alias (RFC 1034 §3.6.2), and one alias more than
// anybody follows, so that it can be told. What else stands in a message answers nothing, nor does a record without data,
// as only updates have (RFC 2136 §2.4).
func (a *Answer) follow(records []dns.RR, q Question) {
	at := string(q.Name)
	for range zonefile.MaxAliases + 2 {
		alias := ""
		for _, rr := range records {
			h := rr.Header()
			if h.Rdlength == 0 || h.Class != dns.ClassINET || !strings.EqualFold(h.Name, at) {
				continue
			}
			if cname, ok := rr.(*dns.CNAME); ok && alias == "" {
				alias = cname.Target
				a.take(rr)
			} else if h.Rrtype == uint16(q.Type) {
				a.Result = zonefile.Found
				a.take(rr)
			}
		}
		if at = alias; alias == "" {
			return
		}
	}
}

// take takes a record as it is without its TTL: caches count that down, and the same record would look like another.
func (a *Answer) take(rr dns.RR) {
	a.keeps(rr.Header().Ttl)
	rr.Header().Ttl = 0
	a.Records = append(a.Records, rr.String())
}

// keeps is told how many seconds a part of an answer may be kept: the whole no longer than any.
func (a *Answer) keeps(seconds uint32) {
	if keep := time.Duration(seconds) * time.Second; len(a.Records) == 0 || keep < a.Keep {
		a.Keep = keep
	}
}
