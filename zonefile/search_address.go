package zonefile

// An address that is looked for is found in any spelling, wherever it is written: in records, terms of SPF, comments. So it is in
// the networks that hold it, as 192.0.2.0/28, and at the name at which it has its PTR record, relative or in full. Who looks for
// such a name finds the address. A network finds the addresses in it, and networks that share some.

import (
	"bytes"
	"iter"
	"net/netip"
	"strings"
)

// readAddress reads a text as an address, a network, or an address backwards.
func (s *Search) readAddress(text string) {
	text = strings.TrimSpace(text)
	if a, err := netip.ParseAddr(text); err == nil && a.Zone() == "" {
		s.net = netip.PrefixFrom(a, a.BitLen())
		s.also = []*Search{wholeText(strings.TrimSuffix(string(Backwards(a)), "."))}
		return
	}
	if p, err := netip.ParsePrefix(text); err == nil {
		s.net = p.Masked()
		return
	}
	name, err := ParseName(text, Root)
	if err != nil {
		return
	}
	if p, ok := name.Network(); ok && p.IsSingleIP() {
		s.net = p
		s.also = []*Search{wholeText(p.Addr().String())}
	}
}

// wholeText is a search for a text beside which no word goes on.
func wholeText(text string) *Search {
	s := newText(text)
	s.whole = true
	return s
}

// addressWithin is the first address or network in a text that shares addresses with a network; an empty span if there is none.
// What a text has to have for that is looked for first: most have no colon, and no slash behind an octet.
func addressWithin(text []byte, net netip.Prefix) Span {
	is6 := net.Addr().Is6()
	sign := signOf(is6)
	if !is6 && net.IsSingleIP() { // it has one spelling, which is found as text
		sign = '/'
	}
	for word := range addressWords(text, sign, is6) {
		if shares(text[word.Start:word.End], net) {
			return word
		}
	}
	return Span{}
}

// signOf is a byte that each address of a family has.
func signOf(is6 bool) byte {
	if is6 {
		return ':'
	}
	return '.'
}

// addressWords yields the words of a text that have a sign in them where an address has it.
func addressWords(text []byte, sign byte, is6 bool) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		for at := 0; ; {
			i := bytes.IndexByte(text[at:], sign)
			if i < 0 {
				return
			}
			if !joinsAddress(text, at+i) {
				at += i + 1
				continue
			}
			word := addressAround(text, at+i, is6)
			if word.Len() > 0 && !yield(word) {
				return
			}
			at = max(at+i+1, int(word.End))
		}
	}
}

// joinsAddress tells whether a colon, a dot or a slash stands in a text as it does in an address: nearly none does.
func joinsAddress(text []byte, at int) bool {
	if at == 0 || at+1 == len(text) {
		return text[at] == ':'
	}
	before, behind := text[at-1], text[at+1]
	if text[at] == ':' {
		return before == ':' || behind == ':' || isHex(before) && isHex(behind)
	}
	return isDigit(before) && isDigit(behind)
}

// addressAround is the address, and the length of a network behind it, that a byte of a text may be part of.
func addressAround(text []byte, at int, is6 bool) Span {
	start, end := at, at
	for start > 0 && inAddress(text[start-1], is6) {
		start--
	}
	for end < len(text) && inAddress(text[end], is6) {
		end++
	}
	if start > 0 && start+2 < end && text[start] == '6' && text[start+1] == ':' && lower(text[start-1]) == 'p' { // ip6:2001:db8::1
		start += 2
	}
	if end < len(text) && text[end] == '/' {
		end++
		for end < len(text) && isDigit(text[end]) {
			end++
		}
	}
	return Span{uint32(start), uint32(end)}
}

// addressFrom is the address or network that begins at a place.
func addressFrom(text []byte, start uint32, is6 bool) []byte {
	end := int(start)
	for end < len(text) && inAddress(text[end], is6) {
		end++
	}
	word := addressAround(text[:min(len(text), end+len("/128")+1)], int(start), is6)
	return text[start:word.End]
}

// inAddress tells a byte that addresses of a family are made of.
func inAddress(c byte, is6 bool) bool { return c == '.' || isDigit(c) || is6 && (c == ':' || isHex(c)) }

// longestAddress is how many bytes an address and the length of a network take at the most.
const longestAddress = len("0000:0000:0000:0000:0000:ffff:255.255.255.255/128")

// longest4 is how many bytes an address of IPv4 takes at the most.
const longest4 = len("255.255.255.255")

var dot, colon = []byte{'.'}, []byte{':'}

// shares tells whether an address or a network as written shares addresses with a network.
func shares(word []byte, net netip.Prefix) bool {
	if !mayBeAddress(word, net.Addr().Is6()) {
		return false
	}
	p, ok := parseNetwork(word)
	return ok && p.Overlaps(net)
}

// mayBeAddress tells a word that has what an address of a family has; its no is sure.
func mayBeAddress(word []byte, is6 bool) bool {
	switch {
	case len(word) < len("::") || len(word) > longestAddress:
		return false
	case is6:
		return bytes.Count(word, colon) >= 2
	}
	return bytes.Count(word[:min(len(word), longest4)], dot) >= 3
}

// parseNetwork reads an address as the network that it is alone, or a network.
func parseNetwork(word []byte) (p netip.Prefix, ok bool) {
	text := strings.TrimSuffix(string(word), ".") // at the end of a sentence
	if strings.IndexByte(text, '/') < 0 {
		a, err := netip.ParseAddr(text)
		return netip.PrefixFrom(a, a.BitLen()), err == nil
	}
	p, err := netip.ParsePrefix(text)
	return p, err == nil
}
