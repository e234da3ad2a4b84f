package zonefile

import (
	"strings"
	"testing"
	"time"
)

// A refusal names a line of the file as the user has it, whatever an operation has written above by then.

// refusalZone has a line for each refusal that names one.
const refusalZone = `@	86400 SOA	ns hostmaster many 3600 600 604800 300
	NS	ns
ns	A	192.0.2.53
mail	300 A	192.0.2.1
; a comment
slash	TXT	a\
mail	600 A	192.0.2.2
$GENERATE 1-2 mail 300 A 192.0.2.$
`

func TestRefusalsNameTheLineOfTheFile(t *testing.T) {
	z := Parse("zone", []byte(refusalZone), Options{Origin: "example.com."})
	writeAbove := func(now *Zone) ([]Edit, error) {
		soa, _ := now.SOA()
		return []Edit{
			{soa.File(), Span{soa.Span().End, soa.Span().End}, "new1 A 192.0.2.7\nnew2 A 192.0.2.8\n"},
			{soa.File(), Span{0, 0}, "; new\n\n"},
		}, nil
	}
	at := func(now *Zone, text string) Row {
		return now.RowAt(now.Root(), uint32(strings.Index(string(now.Root().Bytes()), text)))
	}
	for want, op := range map[string]func(*Zone) ([]Edit, error){
		"zone:1: the serial is not a number": func(now *Zone) ([]Edit, error) { return now.BumpSerial(SerialAuto, time.Unix(0, 0)) },
		"zone:5: this comment is not a record": func(now *Zone) ([]Edit, error) {
			return now.Uncomment(at(now, "; a comment"))
		},
		"zone:3: the record has no such field": func(now *Zone) ([]Edit, error) {
			return now.Set(at(now, "ns\tA").Record(), Field(7), "x")
		},
		"zone:6: the data ends in a backslash": func(now *Zone) ([]Edit, error) {
			return now.Set(at(now, "slash").Record(), FieldComment, "why")
		},
		"zone:4: not an MX record": func(now *Zone) ([]Edit, error) { return now.Join(at(now, "mail\t300").Record()) },
		"mail.example.com. A is made by the $GENERATE of zone, line 8: edit the directive": func(now *Zone) ([]Edit, error) {
			return now.Delete(now.RRset("mail.example.com.", TypeA)...)
		},
	} {
		_, alone := op(z)
		_, later := Chain(z, writeAbove, writeAbove, op)
		if alone == nil || later == nil || !strings.HasPrefix(alone.Error(), want) || alone.Error() != later.Error() {
			t.Errorf("%v, and behind what was written above it %v; want %q", alone, later, want)
		}
	}
}
