package lint

// The sentences of findings. A zone may have hundreds of thousands: what is spoken of is written into the text, and nothing else is
// made. fmt.Sprintf would make a list of it, and a copy of each word.

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// appendSentence appends what fmt.Sprintf makes of a format of %s and %d and of what rules speak of.
func appendSentence(b []byte, format string, args []any) []byte {
	for _, a := range args {
		i := strings.IndexByte(format, '%')
		if i < 0 || i+1 == len(format) {
			return append(b, unspoken...)
		}
		b = appendWord(append(b, format[:i]...), a)
		format = format[i+len("%s"):]
	}
	return append(b, format...)
}

// appendWord appends a word or a number.
func appendWord(b []byte, a any) []byte {
	switch a := a.(type) {
	case string:
		return append(b, a...)
	case zonefile.Name:
		return append(b, a...)
	case zonefile.Type:
		return append(b, a.String()...)
	case zonefile.Result:
		return append(b, a.String()...)
	case netip.Addr:
		return a.AppendTo(b)
	case netip.Prefix:
		return a.AppendTo(b)
	case int:
		return strconv.AppendInt(b, int64(a), 10)
	case uint16:
		return strconv.AppendUint(b, uint64(a), 10)
	case uint32:
		return strconv.AppendUint(b, uint64(a), 10)
	case uint64:
		return strconv.AppendUint(b, a, 10)
	}
	return append(b, unspoken...)
}

// unspoken stands where a rule speaks of what no sentence knows, and where a format has no place for it. No finding of a test has it.
const unspoken = "%!"
