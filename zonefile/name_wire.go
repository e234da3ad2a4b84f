package zonefile

// Names as octets (RFC 1035 §3.1), in lower case as Name has them: equal names have equal octets.

// Wire is the name's labels, each behind its length, and the root's.
func (n Name) Wire() []byte { return n.appendWire(nil) }

// appendWire appends the name's labels, each behind its length, and the root's.
func (n Name) appendWire(out []byte) []byte {
	for n != Root && n != "" {
		start := len(out)
		out = append(out, 0)
		end := n.firstDot()
		for i := 0; i < end; {
			if n[i] != '\\' {
				out = append(out, n[i])
				i++
				continue
			}
			octet, width, _ := unescape([]byte(n[i:end]))
			out = append(out, octet)
			i += max(width, 1)
		}
		out[start] = byte(len(out) - start - 1)
		n = n[end+1:]
	}
	return append(out, 0)
}

// wireName is the name at the start of octets and how many it takes; 0 if there is none.
func wireName(wire []byte) (Name, int) {
	if len(wire) > 0 && wire[0] == 0 {
		return Root, 1
	}
	out := make([]byte, 0, 64)
	for i := 0; i < len(wire) && i < maxName; {
		size := int(wire[i])
		if i++; size == 0 {
			return Name(out), i
		}
		if size > maxLabel || i+size > len(wire) {
			break
		}
		for _, c := range wire[i : i+size] {
			out = appendOctet(out, c)
		}
		out = append(out, '.')
		i += size
	}
	return "", 0
}
