package zonefile

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// The fields of RDATA of hosts that are reached by others: IPSECKEY, AMTRELAY and HIP.

var (
	ipsecField = field{want: "a precedence, a gateway type, an algorithm and a gateway", all: readIPSec, write: printIPSec}
	relayField = field{want: "a precedence, discovery, a relay type and a relay", all: readRelay, write: printRelay}
	hipField   = field{want: "an algorithm, a tag in hex, a key in base64 and servers", all: readHIP, write: printHIP}
)

// gateway reads where a gateway or relay is, of a kind: 0 nowhere, 1 IPv4, 2 IPv6, 3 a name.
func (r *rdata) gateway(kind byte) string {
	switch kind {
	case 1:
		return (&field{want: "an IPv4 address", word: readIPv4}).read(r)
	case 2:
		return (&field{want: "an IPv6 address", word: readIPv6}).read(r)
	case 3:
		return nameField.read(r)
	}
	text, msg := r.word("a dot, which is no gateway,")
	if msg == "" && string(text) != "." {
		msg = "a gateway where its type, 0, says that there is none: write a dot, or the right type"
	}
	if msg == "" {
		r.at++
	}
	return msg
}

// gateway prints what rdata.gateway reads.
func (p *printer) gateway(kind byte) bool {
	switch kind {
	case 0:
		p.out = append(p.out, '.')
		return true
	case 1:
		return printIPv4(p)
	case 2:
		return printIPv6(p)
	case 3:
		return printName(p)
	}
	return false
}

// readIPSec reads an IPSECKEY but for its key (RFC 4025 §2).
func readIPSec(r *rdata) string {
	kinds := []*field{&uint8Field, {want: "a gateway type from 0 to 3", word: readGatewayKind}, &uint8Field}
	for _, p := range kinds {
		if msg := p.read(r); msg != "" {
			return msg
		}
	}
	return r.gateway(r.wire[1])
}

// readGatewayKind reads the type of a gateway.
func readGatewayKind(r *rdata, text []byte) string {
	if _, ok := decimal(text, 3); !ok {
		return notThis
	}
	return readUint8(r, text)
}

func printIPSec(p *printer) bool {
	head, ok := p.take(3)
	if !ok {
		return false
	}
	for _, n := range head {
		p.number(uint64(n))
		p.out = append(p.out, ' ')
	}
	return p.gateway(head[1])
}

// readRelay reads an AMTRELAY (RFC 8777 §4.3).
func readRelay(r *rdata) string {
	kinds := []*field{&uint8Field, {want: "0 or 1 for discovery", word: readDiscovery}, {want: "a relay type from 0 to 3", word: readGatewayKind}}
	for _, p := range kinds {
		if msg := p.read(r); msg != "" {
			return msg
		}
	}
	discovery, kind := r.wire[1], r.wire[2]
	r.wire = append(r.wire[:1], discovery<<7|kind)
	return r.gateway(kind)
}

// readDiscovery reads the discovery bit of an AMTRELAY.
func readDiscovery(r *rdata, text []byte) string {
	if _, ok := decimal(text, 1); !ok {
		return notThis
	}
	return readUint8(r, text)
}

func printRelay(p *printer) bool {
	head, ok := p.take(2)
	if !ok {
		return false
	}
	kind := head[1] & 0x7f
	if kind > 3 {
		p.opaque = true
		return true
	}
	p.number(uint64(head[0]))
	p.out = append(p.out, ' ', '0'+head[1]>>7, ' ', '0'+kind, ' ')
	return p.gateway(kind)
}

// readHIP reads a HIP record (RFC 8005 §5).
func readHIP(r *rdata) string {
	r.wire = append(r.wire, 0)
	if msg := uint8Field.read(r); msg != "" {
		return msg
	}
	r.wire = append(r.wire, 0, 0)
	text, msg := r.word("a host identity tag in hex")
	if msg != "" {
		return msg
	}
	tag, err := hex.DecodeString(string(text))
	if err != nil || len(tag) > MaxString {
		return "not a host identity tag in hex"
	}
	r.at++
	text, msg = r.word("a key in base64")
	if msg != "" {
		return msg
	}
	key, err := strict64.DecodeString(string(text))
	if err != nil || len(key) > maxRData {
		return "not a key in base64"
	}
	r.at++
	r.wire[0], r.wire[2], r.wire[3] = byte(len(tag)), byte(len(key)>>8), byte(len(key))
	r.wire = append(append(r.wire, tag...), key...)
	for r.more() {
		if msg := nameField.read(r); msg != "" {
			return msg
		}
	}
	return ""
}

func printHIP(p *printer) bool {
	head, ok := p.take(4)
	if !ok || head[0] == 0 {
		return false
	}
	tag, ok1 := p.take(int(head[0]))
	key, ok2 := p.take(int(head[2])<<8 | int(head[3]))
	if !ok1 || !ok2 || len(key) == 0 {
		return false
	}
	p.number(uint64(head[1]))
	p.out = append(append(p.out, ' '), strings.ToUpper(hex.EncodeToString(tag))...)
	p.out = base64.StdEncoding.AppendEncode(append(p.out, ' '), key)
	for len(p.wire) > 0 {
		p.out = append(p.out, ' ')
		if !printName(p) {
			return false
		}
	}
	return true
}
