package policy

// What people set of an SRV record (RFC 2782). The port follows the service, whose name is in the
// owner.

import "errors"

// The words of an SRV record.
const (
	srvPriority = iota
	srvWeight
	srvPort
	srvTarget
)

// srvLabels is what the words are called.
var srvLabels = []string{"priority", "weight", "port", "target"}

// srvFields is the fields.
var srvFields = []Field{
	numberField("priority", srvPriority, 1<<16-1),
	numberField("weight", srvWeight, 1<<16-1),
	portOfService(numberField("port", srvPort, 1<<16-1)),
	{
		Label: "target", Needed: "the host that has the service", Host: true,
		get: func(text string) string { return wordAs(text, srvTarget) },
		set: func(text, value string) []Change { return setWord(text, srvTarget, value) },
		check: func(_, value string) error {
			if !isOneWord(value) {
				return errors.New("one name, without blanks")
			}
			return nil
		},
	},
}

// portOfService makes a field follow the service in the owner.
func portOfService(f Field) Field {
	f.usual = func(owner string) string {
		name := serviceField.Get(owner)
		for _, s := range mailServices {
			if s.name == name {
				return s.port
			}
		}
		return ""
	}
	return f
}

// srvFaults is what the fields cannot show of a record.
func srvFaults(text string) []Fault {
	list := wordsOf(text)
	if found := wordFaults(list, srvLabels, false, 1<<16-1, 1<<16-1, 1<<16-1); found != nil {
		return found
	}
	if len(list) > srvTarget && list[srvTarget].quoted {
		return []Fault{{Span: list[srvTarget].Span, Text: "a name has no quotation marks"}}
	}
	return nil
}

// srvSays is what a record without a host means.
func srvSays(text string) string {
	if wordAs(text, srvTarget) == "." { // RFC 2782, RFC 6186 §3.4
		return "says that the service is not there"
	}
	return ""
}
