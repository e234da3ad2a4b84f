//go:build linux || darwin || freebsd || netbsd

package disk

// This file tells text that a person edits from what named and other programs write for themselves.

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// NotText says why what a file holds is no text that a person edits, "" if it is: what the name of a file says aside.
func NotText(data []byte) string { return contentReason("", data) }

// contentReason says why a file of this name and content must not be edited, "" if it may.
func contentReason(base string, data []byte) string {
	switch {
	case strings.HasSuffix(base, ".jnl"), strings.HasSuffix(base, ".jbk"):
		return "it is a journal of named; edit the zone file itself, or use nsupdate"
	case strings.HasSuffix(base, ".signed"):
		return "it is written by the signer (named or dnssec-signzone); edit the unsigned zone file"
	case isCompiled(data, 2):
		return "it is in named's raw format; `named-compilezone -f raw -F text -o OUT ZONE FILE` makes text of it (masterfile-format in named.conf)"
	case isCompiled(data, 3):
		return "it is in named's map format; `named-compilezone -f map -F text -o OUT ZONE FILE` makes text of it (masterfile-format in named.conf)"
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "it is UTF-16, which named cannot read; `iconv -f UTF-16 -t UTF-8` makes text of it"
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return "it starts with a byte order mark, which named takes for a part of the first line; remove the first three bytes"
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		line := bytes.Count(data[:i], []byte("\n")) + 1
		return fmt.Sprintf("it is not text: line %d has a NUL byte", line)
	}
	return ""
}

// isCompiled reports whether data starts as BIND: lib/dns/include/dns/masterdump.h, dns_masterrawheader: the format and
// a version of 0 or 1, both of 32 bits.
func isCompiled(data []byte, format byte) bool {
	return len(data) >= 8 && bytes.Equal(data[:7], []byte{0, 0, 0, format, 0, 0, 0}) && data[7] <= 1
}

// warn collects the warnings about an open file.
func (f *File) warn() {
	for _, e := range f.Editors() {
		f.warnings = append(f.warnings, e.String())
	}
	if journal := f.target.base + journalSuffix; f.has(journalSuffix) {
		f.warnings = append(f.warnings, journal+" is there: named keeps a journal of this zone; if the zone is dynamic, `rndc freeze ZONE` before and `rndc thaw ZONE` after")
	}
	if s, ok := zonefile.GeneratedBy(f.bytes); ok {
		header := f.bytes[s.Start:s.End]
		f.warnings = append(f.warnings, fmt.Sprintf("the file says %q: the program that writes it will overwrite changes", header))
	}
}
