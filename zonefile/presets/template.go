package presets

// A template of Domain Connect, which providers publish for DNS providers to fill in, read as a preset: its variables are questions.
// Types that a zone file has not, as redirections, are named and left out.

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// writtenTemplate is a template as its file has it (Domain Connect 2.3 §5.2). What is unused is known, and of no use here.
type writtenTemplate struct {
	ProviderName string           `json:"providerName"`
	ServiceName  string           `json:"serviceName"`
	Records      []templateRecord `json:"records"`
	unusedOfTemplate
}

type unusedOfTemplate struct {
	ProviderID          any `json:"providerId"`
	ServiceID           any `json:"serviceId"`
	Version             any `json:"version"`
	LogoURL             any `json:"logoUrl"`
	Description         any `json:"description"`
	VariableDescription any `json:"variableDescription"`
	SyncBlock           any `json:"syncBlock"`
	SyncPubKeyDomain    any `json:"syncPubKeyDomain"`
	SyncRedirectDomain  any `json:"syncRedirectDomain"`
	SharedProviderName  any `json:"sharedProviderName"`
	SharedServiceName   any `json:"sharedServiceName"`
	Shared              any `json:"shared"`
	MultiInstance       any `json:"multiInstance"`
	WarnPhishing        any `json:"warnPhishing"`
	HostRequired        any `json:"hostRequired"`
}

// templateRecord is a record of a template.
type templateRecord struct {
	Type     string `json:"type"`
	Host     string `json:"host"`
	PointsTo string `json:"pointsTo"`
	Data     string `json:"data"`
	Name     string `json:"name"`
	Target   string `json:"target"`
	Service  string `json:"service"`
	Protocol string `json:"protocol"`
	SPFRules string `json:"spfRules"`
	Priority word   `json:"priority"`
	Weight   word   `json:"weight"`
	Port     word   `json:"port"`
	unusedOfRecord
}

type unusedOfRecord struct {
	GroupID   any `json:"groupId"`
	Essential any `json:"essential"`
	TTL       any `json:"ttl"`
	Conflict  any `json:"txtConflictMatchingMode"`
	Prefix    any `json:"txtConflictMatchingPrefix"`
}

// word is a number, or a text that has one.
type word string

// UnmarshalJSON takes either.
func (w *word) UnmarshalJSON(text []byte) error {
	*w = word(strings.Trim(string(text), `"`))
	return nil
}

// ReadTemplate reads the file of a template, and names the types that it has and a zone file has not. The error is *Wrong.
func ReadTemplate(file string, text []byte) (p Preset, leftOut []string, err error) {
	p = Preset{file: file, text: string(text)}
	var w writtenTemplate
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&w); err != nil {
		return p, nil, p.unreadTemplate(d, err)
	}
	p.Name, p.Title = "the template", strings.TrimSpace(w.ProviderName+" "+w.ServiceName)
	for _, r := range w.Records {
		t, ok := r.template()
		if !ok {
			if !slices.Contains(leftOut, r.Type) {
				leftOut = append(leftOut, r.Type)
			}
			continue
		}
		p.asked(t.owner + " " + t.data)
		p.records = append(p.records, template{asVariables(t.owner), t.typ, asVariables(t.data)})
	}
	if len(p.records) == 0 {
		return p, leftOut, p.wrong(`"records"`, "no record that a zone file can have")
	}
	return p, leftOut, nil
}

// unreadTemplate is why a text is no template.
func (p Preset) unreadTemplate(d *json.Decoder, err error) *Wrong {
	at := d.InputOffset()
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	switch _, name, unknown := strings.Cut(err.Error(), "unknown field "); {
	case unknown:
		return p.wrong(name, "no template of Domain Connect has %s", name)
	case errors.As(err, &syntax):
		at = syntax.Offset
	case errors.As(err, &typ):
		at = typ.Offset
	}
	line := 1 + strings.Count(p.text[:min(max(int(at), 0), len(p.text))], "\n")
	return &Wrong{File: p.file, Line: line, What: "not to be read as JSON of a template of Domain Connect"}
}

// template is the record as one of a preset, its variables as the template has them; false for a type that a zone file has not.
func (r templateRecord) template() (template, bool) {
	switch t := strings.ToUpper(r.Type); t {
	case "MX":
		return template{owner(r.Host), t, string(r.Priority) + " " + target(r.PointsTo)}, true
	case "A", "AAAA":
		return template{owner(r.Host), t, r.PointsTo}, true
	case "CNAME", "NS":
		return template{owner(r.Host), t, target(r.PointsTo)}, true
	case "TXT":
		return template{owner(r.Host), t, r.Data}, true
	case "SPFM":
		return template{owner(r.Host), "TXT", "v=spf1 " + r.SPFRules + " ~all"}, true
	case "SRV":
		name := r.Service + "." + r.Protocol
		if n := owner(r.Name); n != "@" {
			name += "." + n
		}
		return template{name, t, fmt.Sprintf("%s %s %s %s", r.Priority, r.Weight, r.Port, target(r.Target))}, true
	}
	return template{}, false
}

// owner is the host of a record: the domain itself is "@", or nothing.
func owner(host string) string {
	if host == "" {
		return "@"
	}
	return host
}

// target is the name of a host, which a template has in full and without its last dot.
func target(host string) string {
	if host == "@" || host == "" {
		return "%domain%."
	}
	return strings.TrimSuffix(host, ".") + "."
}

// asked asks for the variables of a text.
func (p *Preset) asked(text string) {
	parts := strings.Split(text, "%")
	for i := 1; i+1 < len(parts); i += 2 {
		key := parts[i]
		if key == "domain" || key == "fqdn" || slices.ContainsFunc(p.Questions, func(q Question) bool { return q.Key == key }) {
			continue
		}
		p.Questions = append(p.Questions, Question{Key: key, Ask: "a variable of the template", Example: "VALUE"})
	}
}

// asVariables is a text with its variables in braces.
func asVariables(text string) string {
	parts := strings.Split(text, "%")
	for i := 1; i+1 < len(parts); i += 2 {
		switch parts[i] {
		case "domain", "fqdn":
			parts[i] = "origin"
		}
		parts[i] = "{" + parts[i] + "}"
	}
	return strings.Join(parts, "")
}
