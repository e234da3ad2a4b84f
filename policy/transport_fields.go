package policy

// What people set of the records about encrypted transport: the id of an MTA-STS policy (RFC 8461 §3.1), and where reports
// about TLS go (RFC 8460 §3).

import "errors"

// stsFields is the fields of an MTA-STS record.
var stsFields = []Field{{
	Label: "id", names: []string{"id"},
	get: func(text string) string { t, _ := ParseTags(text).Find("id"); return t.Value },
	set: func(text, value string) []Change { return ParseTags(text).set(text, "id", value, []string{"v", "id"}) },
	check: func(_, value string) error {
		if found := MTASTSFaults(Tags{parseTag("id="+value, 0)}); len(found) > 0 {
			return errors.New("1 to 32 letters and digits, others than before")
		}
		return nil
	},
	note: func(_, _ string) string { return "new with each policy" },
}}

// tlsrptFields is the fields of a record that asks for reports about TLS.
var tlsrptFields = []Field{needed(reportField("reports to", "rua", []string{"v", "rua"}, uriFaults), "a mailbox, or an https: address")}

// needed is a field that a record has to have.
func needed(f Field, what string) Field {
	check := f.check
	f.check = func(text, value string) error {
		if value == "" {
			return errors.New(what)
		}
		return check(text, value)
	}
	return f
}
