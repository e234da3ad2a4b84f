package pasted

// How programs and pages say things, as patterns. Each tells where it comes from.

import "regexp"

var (
	// htmlPart is what only the source of a page has.
	htmlPart = regexp.MustCompile(`(?i)</?(?:td|tr|th|table|tbody|div|span|p|br|code|pre|li|ul|ol|b|strong|em|a|input)(?:\s[^>]*)?/?>|&(?:quot|amp|lt|gt|nbsp|apos|#\d+|#x[0-9a-f]+);`)
	// placeholder is what a page writes where something is to be filled in. %{i} is a macro of SPF (RFC 7208 §7), and no letters
	// are left out of what dig prints: it has no dots in a row.
	placeholder = regexp.MustCompile(`<[A-Za-z][^<>]*>|\{\{[^{}]*\}\}|\$\{[^{}]*\}|\bYOUR[_-][A-Z_-]+|\*\*[A-Za-z][^*]*\*\*|\bx\.x\.x\.x\b|…|\.\.\.`)
	// bullet is what a list begins its lines with.
	bullet = regexp.MustCompile(`^\s*(?:[-*•·–]|\d{1,2}[.)])\s+`)
	// prompt is a command that was copied with what it printed.
	prompt = regexp.MustCompile(`^(?:\S+@\S+[:~\w/]*)?\s*[$#%>]\s+(\w\S*)(.*)$`)
	// call is a record of dnscontrol.
	call = regexp.MustCompile(`^([A-Z][A-Z0-9]*)\((.*)\)[,;]?\s*(?://.*)?$`)
	// secret begins a private key, which rspamadm prints above the record.
	secret, secretEnd = regexp.MustCompile(`^-----BEGIN [A-Z ]*-----`), regexp.MustCompile(`^-----END [A-Z ]*-----`)
	// unit is a TTL as panels say it.
	unit = regexp.MustCompile(`(?i)^(\d+)\s*(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)\b.*$`)
	// shortMX is what dig +short says of an MX.
	shortMX = regexp.MustCompile(`^\d{1,5} [A-Za-z0-9][A-Za-z0-9.-]*\.$`)
	// ruled is a line of a table that is only drawn.
	ruled = regexp.MustCompile(`^[\s|+:=\-─━│┼├┤┬┴┌┐└┘]+$`)
	// gaps parts the columns of a table that is lined up by blanks.
	gaps = regexp.MustCompile(`\t+|\s{2,}`)
	// digits is the preference in "MX (10)", as Plesk has it.
	digits = regexp.MustCompile(`\d+`)
	// namedType finds a type among other words: "TXT record", "TXT (SPF)", "Mail exchanger (MX)".
	namedType = regexp.MustCompile(`\b[A-Z][A-Z0-9]{0,9}\b`)
)

// sentence is what host or nslookup says of a record: the owner first, the data last, and the words around the data.
type sentence struct {
	of   *regexp.Regexp
	typ  string
	data string // with ${2} and on for what was found
}

// sentences is what host (bind9-host) and nslookup, of BIND and of Windows, say.
var sentences = []sentence{
	{regexp.MustCompile(`^(\S+) mail is handled by (\d+) (\S+)$`), "MX", "$2 $3"},
	{regexp.MustCompile(`^(\S+) has address (\S+)$`), "A", "$2"},
	{regexp.MustCompile(`^(\S+) has IPv6 address (\S+)$`), "AAAA", "$2"},
	{regexp.MustCompile(`^(\S+) name server (\S+)$`), "NS", "$2"},
	{regexp.MustCompile(`^(\S+) is an alias for (\S+)$`), "CNAME", "$2"},
	{regexp.MustCompile(`^(\S+) domain name pointer (\S+)$`), "PTR", "$2"},
	{regexp.MustCompile(`^(\S+) descriptive text (.+)$`), "TXT", "$2"},
	{regexp.MustCompile(`^(\S+) has ([A-Z][A-Z0-9]+) record (.+)$`), "$2", "$3"},
	{regexp.MustCompile(`^(\S+)\s+mail exchanger = (\d+) (\S+)$`), "MX", "$2 $3"},
	{regexp.MustCompile(`^(\S+)\s+MX preference = (\d+), mail exchanger = (\S+)$`), "MX", "$2 $3"},
	{regexp.MustCompile(`^(\S+)\s+nameserver = (\S+)$`), "NS", "$2"},
	{regexp.MustCompile(`^(\S+)\s+canonical name = (\S+)$`), "CNAME", "$2"},
	{regexp.MustCompile(`^(\S+)\s+name = (\S+)$`), "PTR", "$2"},
	{regexp.MustCompile(`^(\S+)\s+service = (\d+ \d+ \d+ \S+)$`), "SRV", "$2"},
	{regexp.MustCompile(`^(\S+)\s+text =\s*(".*")$`), "TXT", "$2"},
	{regexp.MustCompile(`^(\S+)\s+has AAAA address (\S+)$`), "AAAA", "$2"},
	{regexp.MustCompile(`^(\S+)\s+rdata_257 = (.+)$`), "CAA", "$2"},
	{regexp.MustCompile(`^(\S+)\s+rdata_52 = (.+)$`), "TLSA", "$2"},
}
