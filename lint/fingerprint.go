package lint

// What makes a finding the same one as before the lines above it moved: its rule, and the record that it is about. Code
// scanners keep findings apart by it.

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// fingerprints counts findings that are equal in all that their fingerprint knows.
type fingerprints map[fingerprint]int

// fingerprint is that of a finding in a file.
type fingerprint struct {
	file *zonefile.File
	hash string
}

// of is the fingerprint of the next finding. GitHub knows no other by name than that of a line, HASH:OCCURRENCE, and
// takes it for that of the result. https://docs.github.com/code-security/code-scanning "SARIF support", partialFingerprints
func (seen fingerprints) of(d Diagnostic) map[string]string {
	f := fingerprint{d.File, d.fingerprint()}
	seen[f]++
	return map[string]string{"primaryLocationLineHash": fmt.Sprintf("%s:%d", f.hash, seen[f])}
}

// fingerprint tells the rule, and what it is about.
func (d Diagnostic) fingerprint() string {
	sum := sha256.Sum256([]byte(d.Rule.Name + "\x00" + d.subject()))
	return hex.EncodeToString(sum[:8])
}

// subject is the owner, the type and the data of the record that a finding is about; of what is no record, its words.
func (d Diagnostic) subject() string {
	if d.File.Size() == 0 {
		return ""
	}
	row := d.Zone.RowAt(d.File, d.Span.Start)
	r := row.Record()
	if r.IsZero() {
		return strings.Join(strings.Fields(string(d.File.Slice(row.Words()))), " ")
	}
	data := r.RDataText()
	if r.Type() == zonefile.TypeSOA { // every change raises the serial, and makes no other record of it
		data = r.Word(0) + " " + r.Word(1)
	}
	return string(r.Owner()) + "\x00" + r.Type().String() + "\x00" + data
}
