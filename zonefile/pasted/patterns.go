package pasted

// How programs and pages say things, as patterns. Each tells where it comes from.

import (
	"regexp"
	"strings"
	"sync"
)

// pattern is a regular expression that is compiled when it is needed first: who starts the program pastes nothing yet.
type pattern struct {
	text string
	once sync.Once
	made *regexp.Regexp
}

// re is the expression.
func (p *pattern) re() *regexp.Regexp {
	p.once.Do(func() { p.made = regexp.MustCompile(p.text) })
	return p.made
}

var (
	// htmlPart is what only the source of a page has.
	htmlPart = pattern{text: `(?i)</?(?:td|tr|th|table|tbody|div|span|p|br|code|pre|li|ul|ol|b|strong|em|a|input)(?:\s[^>]*)?/?>|&(?:quot|amp|lt|gt|nbsp|apos|#\d+|#x[0-9a-f]+);`}
	// placeholder is what a page writes where something is to be filled in. %{i} is a macro of SPF (RFC 7208 §7), and no letters
	// are left out of what dig prints: it has no dots in a row.
	placeholder = pattern{text: `<[A-Za-z][^<>]*>|\{\{[^{}]*\}\}|\$\{[^{}]*\}|\bYOUR[_-][A-Z_-]+|\*\*[A-Za-z][^*]*\*\*|\bx\.x\.x\.x\b|…|\.\.\.` +
		`|[\[{%](?i:your|insert|enter|replace|domain|host|mail|server|ip|selector|public|key)(?:[-_ ]?[A-Za-z]+)*[\]}%]`}
	// bullet is what a list begins its lines with.
	bullet = pattern{text: `^\s*(?:[-*•·–]|\d{1,2}[.)]|[a-z]\)|\(\d{1,2}\))\s+(?:\[[ xX]\]\s+)?`}
	// placed is the file and the number that grep prints before a line, and numbered the number of other programs.
	placed, numbered = pattern{text: `^[^\s:"]+:\d+:`}, pattern{text: `^\s*\d+[:|]?\s+(\S.*)$`}
	// boxed is a line in a frame.
	boxed = pattern{text: `^\s*[│┃]\s*(.*?)\s*[│┃]\s*$`}
	// member is a field of JSON.
	member = pattern{text: `^\s*"([^"\\]+)"\s*:\s*(.+?),?\s*$`}
	// goes is said of records that are to go, comes of those that are to come.
	goes  = pattern{text: `(?i)\b(?:remove|delete|drop|replace|disable|old|existing|previous|current|obsolete|wrong|instead of|do not|don't|never|entfern\w*|lösch\w*|bisherig\w*|supprim\w*|elimin\w*|borr\w*)\b`}
	comes = pattern{text: `(?i)\b(?:add|create|new|publish|enter|with|then|by|hinzu\w*|neu\w*|ajout\w*|añad\w*|aggiung\w*)\b`}
	// onlyStrings is a line of quoted strings and nothing else.
	onlyStrings = pattern{text: `^\s*(?:"(?:[^"\\]|\\.)*"[\s)]*)+$`}
	// wrapped is a record in what holds it: quotes of YAML and JSON, unbound.conf's local-data, and the zone before it that knotc prints.
	wrapped = pattern{text: `^\s*(?:-\s+)?(?:local-data:\s*)?(?:'([^']*)'|"((?:[^"\\]|\\.)*)"),?$|^\s*\[[^][\s]+\]\s+(\S.*)$`}
	// keyPart is a piece of a key in base64.
	keyPart = pattern{text: `^[A-Za-z0-9+/]{4,}={0,2};?$`}
	// spfTerms is terms of SPF (RFC 7208 §4.6.1), one of which is no word of English, and spfEnd the last one.
	spfTerms = pattern{text: `^(?:(?:[-~?+]?(?:(?:include|ip4|ip6|exists|a|mx|ptr):\S+|a|mx|ptr|all)|(?:redirect|exp)=\S+) +)*(?:[-~?+]?(?:include|ip4|ip6|exists|a|mx|ptr):\S+|[-~?+]all|redirect=\S+)(?: +(?:[-~?+]?(?:(?:include|ip4|ip6|exists|a|mx|ptr):\S+|a|mx|ptr|all)|(?:redirect|exp)=\S+))*$`}
	spfEnd   = pattern{text: `(?:^|\s)(?:[-~?+]?all|redirect=\S+)"?\s*$`}
	// hunk begins the changes of a diff; added and removed are its lines, or those of a list written like one.
	hunk           = pattern{text: `^@@ .* @@`}
	added, removed = pattern{text: `^\+(?:\s*)\S`}, pattern{text: `^-(?:\s*)\S`}
	// zoneDiff is a line of what knotc zone-diff prints.
	zoneDiff = pattern{text: `^\s*\[[^][\s]+\]\s+([-+])(\S.*)$`}
	// prompt is a command that was copied with what it printed.
	prompt = pattern{text: `^(?:\S+@\S+[:~\w/]*)?\s*[$#%>]\s+(\w\S*)(.*)$`}
	// call is a record of dnscontrol.
	call = pattern{text: `^([A-Z][A-Z0-9]*)\((.*)\)[,;]?\s*(?://.*)?$`}
	// secret begins a private key, which rspamadm prints above the record.
	secret, secretEnd = pattern{text: `^-----BEGIN [A-Z ]*-----`}, pattern{text: `^-----END [A-Z ]*-----`}
	// unit is a TTL as panels say it.
	unit = pattern{text: `(?i)^(\d+)\s*(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)\b.*$`}
	// spentTTL is what is left of a TTL, as dog and doggo print it: 5m00s.
	spentTTL = pattern{text: `^(?:\d+d)?(?:\d+h)?(?:\d+m)?\d+s$`}
	// shortMX is what dig +short says of an MX.
	shortMX = pattern{text: `^\d{1,5} [A-Za-z0-9][A-Za-z0-9.-]*\.$`}
	// ruled is a line of a table that is only drawn.
	ruled = pattern{text: `^[\s|+:=\-─━│┼├┤┬┴┌┐└┘]+$`}
	// gaps parts the columns of a table that is lined up by blanks.
	gaps = pattern{text: `\t+|\s{2,}`}
	// digits is the preference in "MX (10)", as Plesk has it.
	digits = pattern{text: `\d+`}
	// namedType finds a type among other words: "TXT record", "TXT (SPF)", "Mail exchanger (MX)".
	namedType = pattern{text: `\b[A-Z][A-Z0-9]{0,9}\b`}
)

// sentence is what host or nslookup says of a record: the owner first, the data last, and the words around the data.
type sentence struct {
	of   pattern
	typ  string
	data string // with ${2} and on for what was found
}

// sentences is what host (bind9-host) and nslookup, of BIND and of Windows, say.
var sentences = []sentence{
	{pattern{text: `^(\S+) mail is handled by (\d+) (\S+)$`}, "MX", "$2 $3"},
	{pattern{text: `^(\S+) has address (\S+)$`}, "A", "$2"},
	{pattern{text: `^(\S+) has IPv6 address (\S+)$`}, "AAAA", "$2"},
	{pattern{text: `^(\S+) name server (\S+)$`}, "NS", "$2"},
	{pattern{text: `^(\S+) is an alias for (\S+)$`}, "CNAME", "$2"},
	{pattern{text: `^(\S+) domain name pointer (\S+)$`}, "PTR", "$2"},
	{pattern{text: `^(\S+) descriptive text (.+)$`}, "TXT", "$2"},
	{pattern{text: `^(\S+) has ([A-Z][A-Z0-9]+) record (.+)$`}, "$2", "$3"},
	{pattern{text: `^(\S+)\s+mail exchanger = (\d+) (\S+)$`}, "MX", "$2 $3"},
	{pattern{text: `^(\S+)\s+MX preference = (\d+), mail exchanger = (\S+)$`}, "MX", "$2 $3"},
	{pattern{text: `^(\S+)\s+nameserver = (\S+)$`}, "NS", "$2"},
	{pattern{text: `^(\S+)\s+canonical name = (\S+)$`}, "CNAME", "$2"},
	{pattern{text: `^(\S+)\s+name = (\S+)$`}, "PTR", "$2"},
	{pattern{text: `^(\S+)\s+service = (\d+ \d+ \d+ \S+)$`}, "SRV", "$2"},
	{pattern{text: `^(\S+)\s+text =\s*(".*")$`}, "TXT", "$2"},
	{pattern{text: `^(\S+)\s+has AAAA address (\S+)$`}, "AAAA", "$2"},
	{pattern{text: `^(\S+)\s+rdata_257 = (.+)$`}, "CAA", "$2"},
	{pattern{text: `^(\S+)\s+rdata_52 = (.+)$`}, "TLSA", "$2"},
}

// BeginsSecret tells the first line of a key or a certificate, and EndsSecret its last one.
func BeginsSecret(line string) bool { return secret.re().MatchString(strings.TrimSpace(line)) }

// EndsSecret tells the last line.
func EndsSecret(line string) bool { return secretEnd.re().MatchString(strings.TrimSpace(line)) }
