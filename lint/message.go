package lint

// Words of messages that several rules share.

import (
	"strconv"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// quoted puts a name of the file in quotes. Its escapes are the file's own.
func quoted(n zonefile.Name) string { return `"` + string(n) + `"` }

// quoteText puts other text of the file in quotes.
func quoteText(s string) string { return `"` + s + `"` }

// quoteShort is quoteText of the start of a text that may be long.
func quoteShort(s string) string {
	const longest = 60
	if len(s) > longest {
		s = s[:longest] + "..."
	}
	return quoteText(s)
}

// plural is "1 host", "2 hosts".
func plural(n int, what string) string { return zonefile.Plural(n, what, what+"s") }

// ttl is a TTL in words that need no arithmetic.
func ttl(seconds uint32) string {
	units := []struct {
		length uint32
		name   string
	}{{604800, "week"}, {86400, "day"}, {3600, "hour"}, {60, "minute"}}
	for _, u := range units {
		if seconds >= u.length && seconds%u.length == 0 {
			return plural(int(seconds/u.length), u.name)
		}
	}
	return plural(int(seconds), "second")
}

// decimal is a number in digits.
func decimal(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

// ascii is text of a file for those who may not get control characters or other bytes.
func ascii(s string) string { return zonefile.Printable(s, false) }

// indent puts four blanks before every line but the first.
func indent(s string) string { return strings.ReplaceAll(s, "\n", "\n    ") }

// firstSentence is text up to its first full stop that ends a sentence, on one line.
func firstSentence(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if i := strings.Index(s, ". "); i >= 0 {
		s = s[:i+1]
	}
	if i := strings.Index(s, ": "); i > 0 && strings.Count(s[:i], "(") == strings.Count(s[:i], ")") {
		return s[:i] + "."
	}
	return s
}

// have is "1 name has no MX", "2 names have no MX".
func have(n int) string {
	if n == 1 {
		return "1 name has no MX"
	}
	return plural(n, "name") + " have no MX"
}
