package pasted

// What panels and pages print: fields with names, line by line, in one line or as a table. The names differ, what they mean does not;
// a name that could mean two things stands in no list here.

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// fieldNames is what panels call their fields.
var fieldNames = map[string]field{
	"type": fieldType, "record type": fieldType, "dns record type": fieldType, "dns type": fieldType, "rtype": fieldType, "rr type": fieldType,
	"host": fieldHost, "hostname": fieldHost, "host name": fieldHost, "name": fieldHost, "record name": fieldHost, "dns name": fieldHost, "host/name": fieldHost,
	"name/host": fieldHost, "host record": fieldHost, "subdomain": fieldHost, "sub-domain": fieldHost, "owner": fieldHost, "qname": fieldHost,
	"name/host/alias": fieldHost, "host / name": fieldHost, "name / host": fieldHost, "label": fieldHost, "dns entry": fieldHost, "txt name": fieldHost,
	"record": fieldHost, "domain name": fieldHost, "entry": fieldHost, "alias": fieldHost, "host name (label)": fieldHost,
	"value": fieldValue, "content": fieldValue, "data": fieldValue, "points to": fieldValue, "points to address": fieldValue, "target": fieldValue,
	"destination": fieldValue, "answer": fieldValue, "record value": fieldValue, "txt value": fieldValue, "value/answer": fieldValue,
	"answer/value": fieldValue, "value/answer/destination": fieldValue, "points to or alias": fieldValue, "points to address or value": fieldValue, "rdata": fieldValue,
	"address": fieldValue, "mail server": fieldValue, "mailserver": fieldValue, "server": fieldValue, "ip address": fieldValue, "ipv4 address": fieldValue,
	"ipv6 address": fieldValue, "ip": fieldValue, "text": fieldValue, "txt record": fieldValue, "correct data": fieldValue, "dns value": fieldValue, "txt content": fieldValue,
	"certificate data": fieldValue, "exchange": fieldValue, "expected value": fieldValue, "required value": fieldValue, "hostname/value": fieldValue, "value / target": fieldValue,
	"priority": fieldPriority, "prio": fieldPriority, "preference": fieldPriority, "mx priority": fieldPriority, "pref": fieldPriority, "pri": fieldPriority,
	"mx preference": fieldPriority, "mx level": fieldPriority, "distance": fieldPriority,
	"ttl": fieldTTL, "time to live": fieldTTL, "ttl (seconds)": fieldTTL, "ttl (sec)": fieldTTL, "time to live (ttl)": fieldTTL,
	"weight": fieldWeight, "port": fieldPort, "service": fieldService, "protocol": fieldProtocol,
	"flags": fieldFlags, "flag": fieldFlags, "tag": fieldTag, "usage": fieldUsage, "certificate usage": fieldUsage, "selector": fieldSelector,
	"matching type": fieldMatching, "matching-type": fieldMatching, "matching": fieldMatching, "class": fieldClass,
	"proxy status": fieldIdle, "proxied": fieldIdle, "status": fieldIdle, "actions": fieldIdle, "action": fieldIdle, "current state": fieldIdle, "comment": fieldIdle,
	"comments": fieldIdle, "notes": fieldIdle, "purpose": fieldIdle, "description": fieldIdle, "required": fieldIdle, "#": fieldIdle, "valid": fieldIdle, "zone": fieldIdle,
	"current value": fieldIdle, "section": fieldIdle, "nameserver": fieldIdle, "timestamp": fieldIdle,
	"nameexchange": fieldValue, "ipaddress": fieldValue, "namehost": fieldValue, "recorddata": fieldValue, "recordtype": fieldType, "timetolive": fieldTTL,
	"id": fieldIdle, "state": fieldIdle, "tags": fieldIdle, "verified": fieldIdle, "delete": fieldIdle, "edit": fieldIdle, "routing policy": fieldIdle,
	"differentiator": fieldIdle, "txt record name": fieldHost, "txt record value": fieldValue, "dns host name": fieldHost,
	// German, French, Spanish, Italian, Portuguese, Dutch, Polish
	"typ": fieldType, "eintragstyp": fieldType, "präfix": fieldHost, "wert": fieldValue, "ziel": fieldValue, "inhalt": fieldValue, "priorität": fieldPriority,
	"nom": fieldHost, "hôte": fieldHost, "sous-domaine": fieldHost, "valeur": fieldValue, "cible": fieldValue, "priorité": fieldPriority,
	"tipo": fieldType, "nombre": fieldHost, "valor": fieldValue, "destino": fieldValue, "prioridad": fieldPriority, "nome": fieldHost, "valore": fieldValue,
	"destinazione": fieldValue, "priorità": fieldPriority, "prioridade": fieldPriority, "naam": fieldHost, "waarde": fieldValue, "prioriteit": fieldPriority,
	"nazwa": fieldHost, "wartość": fieldValue, "priorytet": fieldPriority,
}

// fieldOf is what a name of a field means.
func fieldOf(name string) field {
	name = strings.Trim(strings.ToLower(strings.TrimSpace(name)), "*_: \t")
	name = strings.Join(strings.Fields(name), " ")
	if f, ok := fieldNames[name]; ok {
		return f
	}
	if before, rest, ok := strings.Cut(name, " ("); ok && strings.HasSuffix(rest, ")") {
		return fieldNames[before]
	}
	is := noField
	if strings.Contains(name, "/") { // several names for one
		for part := range strings.SplitSeq(name, "/") {
			f := fieldNames[strings.TrimSpace(part)]
			if f != noField && is != noField && f != is {
				return noField
			}
			is = max(is, f)
		}
	}
	return is
}

// build makes a record of its fields.
func (p panelRecord) build(f *found) {
	f.style = asPanel
	value := cell(p[fieldValue])
	p[fieldPriority], p[fieldTTL] = cell(p[fieldPriority]), cell(p[fieldTTL])
	if f.typ = typeIn(p[fieldType]); f.typ == "" {
		f.typ = typeBy(value)
	}
	f.owner = p.host(f)
	if class := p[fieldClass]; class != "" && !strings.EqualFold(class, "IN") {
		f.why = "class " + class + ": a zone of class IN holds none of another"
	}
	switch {
	case f.typ == "" && p[fieldType] != "":
		f.why = "type " + p[fieldType] + ": not a record type"
	case f.typ == "":
		f.why = "no type: nothing says which record it is"
	case value == "":
		f.why = "no value: nothing says what the record holds"
	}
	if strings.ContainsAny(f.owner, " \t") && f.why == "" {
		f.why = f.owner + ": more than one name"
	}
	if t, _ := zonefile.ParseType(f.typ); !t.HoldsStrings() {
		value = unquoteWord(value)
	}
	f.panelTTL(p[fieldTTL])
	f.data = p.data(f, value)
}

// host is the owner. It begins with a service where the type has some (RFC 2782, RFC 6698 §3, RFC 7553 §4.1); of other types panels say
// with that word what a record is for.
func (p panelRecord) host(f *found) string {
	host := unquoteWord(cell(p[fieldHost]))
	switch strings.ToLower(strings.Trim(host, "()[]<>")) {
	case "", "blank", "leave blank", "empty", "leave empty", "none", "root", "apex", "@ (root)", "@ or blank", "blank or @", "blank/@", "@/blank", "@":
		if _, has := p[fieldHost]; !has {
			f.doubt = "no host is named: read as the zone's own name"
		} else if host != "@" {
			f.note("no host: read as the zone's own name")
		}
		host = "@"
	}
	service, protocol := p[fieldService], p[fieldProtocol]
	if service == "" || strings.HasPrefix(host, "_") || f.typ != "SRV" && f.typ != "TLSA" && f.typ != "URI" {
		return host
	}
	if protocol == "" && !strings.Contains(service, ".") {
		f.why = "service " + service + ": nothing says its protocol"
		return host
	}
	under := func(word string) string { return "_" + strings.ToLower(strings.TrimLeft(strings.TrimSpace(word), "_")) }
	prefix := under(service)
	if protocol != "" {
		prefix += "." + under(protocol)
	}
	if host == "@" {
		return prefix
	}
	return prefix + "." + host
}

// cell is what a cell holds, without what pages put around it.
func cell(text string) string {
	text = strings.TrimSpace(text)
	if n := len(text); n > 1 && text[0] == '`' && text[n-1] == '`' {
		text = strings.TrimSpace(text[1 : n-1])
	}
	for _, sign := range []string{"**", "*"} { // bold and leaning in Markdown
		if in, ok := strings.CutPrefix(text, sign); ok && strings.HasSuffix(in, sign) && len(in) > len(sign) {
			return strings.TrimSuffix(in, sign)
		}
	}
	return text
}

// typeIn is the type among the words of a cell.
func typeIn(text string) string {
	for _, w := range append([]string{strings.ToUpper(strings.TrimSpace(text))}, namedType.re().FindAllString(text, -1)...) {
		if t, ok := typeOf(w); ok && !strings.Contains(w, " ") {
			return t.String()
		}
	}
	return ""
}

// typeBy is the type that a value has for certain; "" if that is not certain.
func typeBy(value string) string {
	text := value
	if t, ok := zonefile.Unquote(value); ok {
		text = t
	}
	if a, err := netip.ParseAddr(value); err == nil {
		return zonefile.AddressType(a).String()
	}
	tags := policy.ParseTags(text)
	if policy.IsSPF(text) || policy.IsDMARC(text) || strings.HasPrefix(text, "v=") && len(tags) > 0 || text != value {
		return "TXT"
	}
	return ""
}

// panelTTL reads a TTL as panels say it.
func (f *found) panelTTL(text string) {
	text = strings.TrimSpace(text)
	if text == "1" { // in the API of Cloudflare, too
		f.note(automaticTTL)
		return
	}
	if _, ok := zonefile.ParseTTL(text); ok || text == "" {
		f.ttl = text
		return
	}
	if m := unit.re().FindStringSubmatch(text); m != nil {
		f.ttl = m[1] + strings.ToLower(m[2][:1])
		return
	}
	f.note("TTL " + text + " left out")
}

// data is the data of a record as a zone file has it.
func (p panelRecord) data(f *found, value string) string {
	before := func(fields ...field) string {
		words := []string{}
		for _, x := range fields {
			if text := strings.TrimSpace(p[x]); text != "" {
				words = append(words, text)
			}
		}
		return strings.Join(append(words, value), " ")
	}
	t, _ := zonefile.ParseType(f.typ)
	switch {
	case t.HoldsStrings():
		f.text(value)
		return f.data
	case t == zonefile.TypeMX:
		return p.exchange(f, value)
	case f.typ == "SRV":
		if words := strings.Fields(value); len(words) == 4 {
			return value
		} else if len(words) == 3 {
			return before(fieldPriority)
		}
		return strings.Join(append(strings.Fields(before(fieldPriority, fieldWeight, fieldPort)), []string{}...), " ")
	case f.typ == "CAA":
		return before(fieldFlags, fieldTag)
	case f.typ == "TLSA":
		return before(fieldUsage, fieldSelector, fieldMatching)
	}
	return value
}

// exchange is the data of an MX: the number stands in a field of its own, or before the host.
func (p panelRecord) exchange(f *found, value string) string {
	number, words := strings.TrimSpace(p[fieldPriority]), strings.Fields(value)
	if number == "" {
		number = digits.re().FindString(p[fieldType])
	}
	isNumber := func(w string) bool { return strings.Trim(w, "0123456789") == "" }
	switch {
	case len(words) == 2 && isNumber(words[0]) && (number == "" || number == words[0]):
		return value
	case len(words) == 2 && isNumber(words[0]):
		f.why = "two preferences, " + number + " and " + words[0]
	case number == "" && len(words) == 1 && f.why == "":
		f.why = "no preference: write 10 before " + words[0] + ", or another number"
	case number == "" && f.why == "":
		f.why = value + ": not a preference and a host"
	case isNumber(number) && number != "":
		return number + " " + value
	case f.why == "":
		f.why = "preference " + number + ": not a number"
	}
	return value
}

// value tells of a value by itself that it has no name.
func (r *reader) value() bool {
	text := strings.TrimSpace(r.now().text)
	typ := typeBy(strings.Trim(text, "'"))
	if typ == "" {
		if t, ok := typeOf(firstWord(text)); ok && slices.Contains([]string{"MX", "TXT", "AAAA", "CNAME", "NS", "SRV", "TLSA", "CAA"}, firstWord(text)) {
			if p := parse("x. IN "+text, r.origin); p.why == "" {
				typ = t.String()
			}
		}
	}
	if m := shortMX.re().FindString(text); typ == "" && m != "" {
		typ = "MX"
	}
	if typ == "" {
		return false
	}
	f := r.start()
	f.why = "no owner: nothing says whose " + typ + " it is; :add NAME " + typ + " and the data"
	r.give(f, 1)
	return true
}
