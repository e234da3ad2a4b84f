package zonefile

// This file writes records as BIND does when it dumps a zone (named-compilezone -s full): for reading, never
// for the zone file, which keeps its own spelling.

// CanonicalRData is the RDATA on one line as BIND prints it, but for names, which are in lower case: names are
// absolute, times in seconds, strings in quotes, bytes beyond ASCII as \DDD, and hex and base64 have a blank behind
// each 56 characters. What BIND would refuse comes as it is written.
func (r Record) CanonicalRData() string {
	wire, ok := r.wire()
	if !ok {
		return r.RDataText()
	}
	return printRData(r.Type(), wire)
}

// wire is the octets of the record's RDATA; false if BIND refuses it. Equal data has equal octets.
func (r Record) wire() (octets []byte, ok bool) {
	c := r.c()
	var few [8]token
	in := rdata{src: c.src, toks: c.tokens(int(r.entry), few[:0]), origin: r.Origin()}
	msg := in.read(r.Type())
	return in.wire, msg == ""
}

// Sound tells whether BIND takes the data of the record. What it refuses says nothing: 192.0.2.300 is nobody's address.
func (r Record) Sound() bool {
	if r.e().flags&checked != 0 { // the scan has read it
		return true
	}
	_, ok := r.wire()
	return ok
}

// printRData prints octets that are the data of a type.
func printRData(t Type, wire []byte) string {
	p := printer{wire: wire, typ: t}
	p.printAll()
	return string(p.out)
}

// canonical is one word of RDATA as BIND prints it; what BIND would refuse stands for itself.
func (f *field) canonical(text string, origin Name) string {
	in := rdata{src: []byte(text), toks: []token{{tokWord, 0, len(text)}}, origin: origin}
	if f.read(&in) != "" {
		return text
	}
	p := printer{wire: in.wire}
	f.write(&p)
	return string(p.out)
}
