package zonefile

import (
	"bytes"
	"fmt"
	"strings"
)

// A draft is refused with its reason before it becomes a line, and its names keep what they mean wherever that line goes.

// Draft is a record to be written.
type Draft struct {
	Owner   Name
	TTL     string // seconds or with units; "" for what the RRset or the line inherits
	Type    Type
	RData   string // as a zone file would hold it
	Origin  Name   // what relative names in RData are relative to; "" for the zone's apex
	Comment string // with or without its ;
}

// check refuses a draft that would not load.
func (d Draft) check(z *Zone) error {
	if _, err := ParseName(string(d.Owner), ""); err != nil {
		return fmt.Errorf("owner %q: %w", d.Owner, err)
	}
	if ttl, ok := ParseTTL(d.TTL); d.TTL != "" && (!ok || ttl > MaxTTL) {
		return fmt.Errorf("TTL %q: write seconds up to %d, or units as 1h30m", d.TTL, MaxTTL)
	}
	words, err := lexField(d.RData)
	if err != nil {
		return err
	}
	if err := checkOneLine(d.Comment); err != nil {
		return err
	}
	return checkWords(d.Type, words, d.origin(z))
}

// checkWords checks RDATA that is not in a file yet.
func checkWords(t Type, words []string, origin Name) error {
	src := []byte(strings.Join(words, " "))
	var toks []token
	l := lexer{src: src}
	for k := l.next(); k.kind == tokWord || k.kind == tokQuoted; k = l.next() {
		toks = append(toks, k)
	}
	msg, culprit := checkRData(src, t, toks, origin)
	switch {
	case msg == "":
		return nil
	case culprit < len(toks):
		return blame(string(src[toks[culprit].start:toks[culprit].end]), msg)
	}
	return fmt.Errorf("%s: %s", t, msg)
}

// Words is the data word by word; none where it cannot be read.
func (d Draft) Words() []string {
	words, err := lexField(d.RData)
	if err != nil {
		return nil
	}
	return words
}

// origin is what relative names of the draft are relative to.
func (d Draft) origin(z *Zone) Name {
	if d.Origin == "" {
		return z.Origin()
	}
	return d.Origin
}

// rdataFor writes the draft's data for a line under another origin: names keep what they mean.
func (d Draft) rdataFor(z *Zone, origin Name, absolute bool) (string, error) {
	words, err := lexField(d.RData)
	if err != nil {
		return "", err
	}
	fields := d.Type.fields()
	if fields == nil && origin != d.origin(z) {
		return d.absoluteRData(z, origin), nil
	}
	for i, f := range fields {
		if f != &nameField || i >= len(words) {
			continue
		}
		n, err := ParseName(words[i], d.origin(z))
		if err != nil {
			return "", err
		}
		words[i] = writeName(n, words[i], origin, absolute)
	}
	return strings.Join(words, " "), nil
}

// absoluteRData is the data of one of the rarer types for a line under another origin: as written if it
// means the same there, else with its names absolute.
func (d Draft) absoluteRData(z *Zone, origin Name) string {
	here, err1 := rdataWire(d.Type, d.RData, d.origin(z))
	there, err2 := rdataWire(d.Type, d.RData, origin)
	if err1 != nil || err2 != nil || bytes.Equal(here, there) {
		return d.RData
	}
	return printRData(d.Type, here)
}

// writeName writes a name under origin, as it was typed if that means the same.
func writeName(n Name, typed string, origin Name, absolute bool) string {
	if same, err := ParseName(typed, origin); err == nil && same == n && (!absolute || strings.HasSuffix(typed, ".")) {
		return typed
	}
	if absolute {
		return string(n)
	}
	return n.In(origin)
}
