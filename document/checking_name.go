package document

// A zone without a file, as DNS has it: it is made of answers, and asked about as far as that goes. It is judged and never edited.

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/mailzone/mailzone/probe"
	"github.com/mailzone/mailzone/zonefile"
)

// FromDNS is how a zone is asked about of which there is no file here, with what resolvers say of it in the place of that, and what they
// were asked without a sure answer. An error says that they know no such zone.
func (c Checking) FromDNS(ctx context.Context, zone zonefile.Name) (_ Checking, failed []string, err error) {
	c = c.open()
	if len(c.Domains) == 0 {
		c.Domains = []zonefile.Name{zone}
	}
	known := map[probe.Question]probe.Answer{}
	ask := func(what string, questions []probe.Question) {
		for q, a := range c.door.Resolve(ctx, c.Servers, what, questions) {
			known[q] = a
		}
	}
	soa, ns := probe.Question{Name: zone, Type: zonefile.TypeSOA}, probe.Question{Name: zone, Type: zonefile.TypeNS}
	ask("name servers of the zone", []probe.Question{soa, ns})
	switch a, came := known[ns]; {
	case !came:
		return c, nil, errors.New("no name server answered before the time was over: give its zone file")
	case a.Err != nil:
		return c, nil, fmt.Errorf("no name server answered, as the resolver says (%w): give its zone file", a.Err)
	case a.Result != zonefile.Found || len(probe.NameServers(a.Zone(zone))) == 0:
		return c, nil, errors.New("no name server answered, for DNS has none for it: name the zone that it is in, or give a zone file")
	}
	ask("records of mail", recordsOfMail(c.Domains))
	c.Zone = zoneOfAnswers(zone, known)
	ask("records of hosts", recordsOfHosts(c))
	c.Zone, c.answered = zoneOfAnswers(zone, known), true
	for q, a := range known {
		if a.Err != nil {
			failed = append(failed, fmt.Sprintf("%s %s: %v", q.Name, q.Type, a.Err))
		}
	}
	slices.Sort(failed)
	return c, failed, nil
}

// recordsOfMail is what is asked of domains.
func recordsOfMail(domains []zonefile.Name) (list []probe.Question) {
	for _, domain := range domains {
		list = append(list, probe.Question{Name: domain, Type: zonefile.TypeMX}, probe.Question{Name: domain, Type: zonefile.TypeTXT})
		for _, below := range []zonefile.Name{"_dmarc.", "_mta-sts.", "_smtp._tls."} {
			list = append(list, probe.Question{Name: below + domain, Type: zonefile.TypeTXT})
		}
	}
	return list[:min(len(list), MaxQuestions)]
}

// recordsOfHosts is what is asked of the hosts in the zone that take its mail. Others are asked for where they are needed.
func recordsOfHosts(c Checking) (list []probe.Question) {
	all, _ := c.Exchanges()
	for _, e := range all[:min(len(all), mostHosts)] {
		if e.Host.Within(c.Zone.Origin()) {
			list = append(list, probe.Question{Name: e.Host, Type: zonefile.TypeA}, probe.Question{Name: e.Host, Type: zonefile.TypeAAAA},
				probe.Question{Name: "_25._tcp." + e.Host, Type: zonefile.TypeTLSA})
		}
	}
	return list
}

// zoneOfAnswers is a zone with the records of answers.
func zoneOfAnswers(zone zonefile.Name, known map[probe.Question]probe.Answer) *zonefile.Zone {
	var all []probe.Answer
	for _, a := range known {
		if a.Err == nil {
			all = append(all, a)
		}
	}
	return probe.ZoneOf(zone, all)
}
