package zonefile

import "github.com/miekg/dns"

// The fields of the RDATA of every type that BIND 9.18 knows, in the order in which they are written. A type that
// is not here has no form but that of RFC 3597.

// allFields is how the RDATA of a type is written; nil where RFC 3597 is the only form.
func (t Type) allFields() []*field {
	if few := t.fields(); few != nil {
		return few
	}
	switch uint16(t) {
	case dns.TypeMB, dns.TypeMG, dns.TypeMR, dns.TypeNSAPPTR:
		return fieldsName
	case dns.TypeRP, dns.TypeMINFO, dns.TypeTALINK:
		return fieldsTwoNames
	case dns.TypeAFSDB, dns.TypeRT, dns.TypeKX, dns.TypeLP:
		return fieldsPreferred
	case dns.TypePX:
		return []*field{&uint16Field, &nameField, &nameField}
	case dns.TypeHINFO:
		return []*field{&stringField, &stringField}
	case dns.TypeGPOS:
		return []*field{&stringField, &stringField, &stringField}
	case dns.TypeAVC, dns.TypeNINFO, uint16(TypeRESINFO), uint16(TypeWALLET):
		return fieldsStrings
	case dns.TypeX25:
		return []*field{&digitsField}
	case dns.TypeISDN:
		return []*field{&stringField, &optionalStringField}
	case uint16(TypeNSAP):
		return []*field{&nsapField}
	case uint16(TypeATMA):
		return []*field{&atmaField}
	case uint16(TypeWKS):
		return []*field{&ipv4Field, &protocolField, &servicesField}
	case uint16(TypeA6):
		return []*field{&a6Field}
	case dns.TypeAPL:
		return []*field{&aplField}
	case dns.TypeLOC:
		return []*field{&locField}
	case dns.TypeNAPTR:
		return []*field{&uint16Field, &uint16Field, &stringField, &stringField, &regexpField, &nameField}
	case dns.TypeURI:
		return []*field{&uint16Field, &uint16Field, &uriField}
	case dns.TypeCAA:
		return fieldsCAA
	case dns.TypeSVCB, dns.TypeHTTPS:
		return []*field{&uint16Field, &quotedNameField, &paramsField}
	case dns.TypeNID, dns.TypeL64:
		return []*field{&uint16Field, &locatorField}
	case dns.TypeL32:
		return []*field{&uint16Field, &ipv4Field}
	case dns.TypeEUI48:
		return []*field{&eui48Field}
	case dns.TypeEUI64:
		return []*field{&eui64Field}
	}
	return t.keyFields()
}

// fields is the fields of the types that fill zones.
func (t Type) fields() []*field {
	switch t {
	case TypeA:
		return fieldsIPv4
	case TypeAAAA:
		return fieldsIPv6
	case TypeNS, TypeCNAME, TypePTR, TypeDNAME:
		return fieldsName
	case TypeMX:
		return fieldsPreferred
	case TypeTXT, TypeSPF:
		return fieldsStrings
	case TypeSRV:
		return fieldsService
	case TypeSOA:
		return fieldsAuthority
	}
	return nil
}

// The fields of the types of which a zone may have millions, made once.
var (
	fieldsIPv4      = []*field{&ipv4Field}
	fieldsIPv6      = []*field{&ipv6Field}
	fieldsName      = []*field{&nameField}
	fieldsTwoNames  = []*field{&nameField, &nameField}
	fieldsPreferred = []*field{&uint16Field, &nameField}
	fieldsStrings   = []*field{&stringsField}
	fieldsService   = []*field{&uint16Field, &uint16Field, &uint16Field, &nameField}
	fieldsAuthority = []*field{&nameField, &nameField, &uint32Field, &secondsField, &secondsField, &secondsField, &secondsField}
	fieldsRRSIG     = []*field{&coveredField, &algorithmField, &labelsField, &uint32Field, &signatureField, &signatureField, &uint16Field, &signerField, &base64Field}
	fieldsNSEC      = []*field{&nameField, &typesField}
	fieldsNSEC3     = []*field{&hashField, &uint8Field, &uint16Field, &saltField, &base32Field, &anyTypesField}
	fieldsDS        = []*field{&uint16Field, &algorithmField, &digestField}
	fieldsTLSA      = []*field{&uint8Field, &uint8Field, &uint8Field, &hexField}
	fieldsSSHFP     = []*field{&uint8Field, &fingerprintField}
	fieldsCAA       = []*field{&uint8Field, &tagField, &valueField}
	fieldsDNSKEY    = []*field{&keyFlagsField, &protocolNameField, &algorithmField, &base64Field}
)

// keyFields is the fields of the types that hold keys, digests and signatures.
func (t Type) keyFields() []*field {
	switch uint16(t) {
	case dns.TypeRRSIG:
		return fieldsRRSIG
	case dns.TypeNSEC:
		return fieldsNSEC
	case dns.TypeNSEC3:
		return fieldsNSEC3
	case dns.TypeDS, dns.TypeCDS, dns.TypeDLV, dns.TypeTA:
		return fieldsDS
	case dns.TypeDNSKEY, dns.TypeCDNSKEY:
		return fieldsDNSKEY
	case dns.TypeRKEY:
		return []*field{&noFlagsField, &protocolNameField, &algorithmField, &base64Field}
	case dns.TypeKEY:
		return []*field{&keyFlagsField, &protocolNameField, &algorithmField, &keyField}
	case uint16(TypeKEYDATA):
		return []*field{&refreshField, &dateField, &dateField, &keyFlagsField, &protocolNameField, &algorithmField, &keyDataField}
	case dns.TypeSIG:
		return []*field{&oldCoveredField, &algorithmField, &uint8Field, &uint32Field, &dateField, &dateField, &uint16Field, &nameField, &base64Field}
	case dns.TypeNSEC3PARAM:
		return []*field{&hashField, &uint8Field, &uint16Field, &saltField}
	case dns.TypeNXT:
		return []*field{&nameField, &oldTypesField}
	case dns.TypeCSYNC:
		return []*field{&uint32Field, &uint16Field, &anyTypesField}
	case dns.TypeCERT:
		return []*field{&certificateField, &uint16Field, &algorithmNameField, &base64Field}
	case dns.TypeSSHFP:
		return fieldsSSHFP
	case dns.TypeTLSA, dns.TypeSMIMEA:
		return fieldsTLSA
	case dns.TypeZONEMD:
		return []*field{&uint32Field, &uint8Field, &zoneDigestField}
	case dns.TypeIPSECKEY:
		return []*field{&ipsecField, &base64Field}
	case uint16(TypeAMTRELAY):
		return []*field{&relayField}
	case dns.TypeHIP:
		return []*field{&hipField}
	case dns.TypeDHCID, dns.TypeOPENPGPKEY, uint16(TypeHHIT), uint16(TypeBRID):
		return []*field{&base64Field}
	case dns.TypeEID, dns.TypeNIMLOC:
		return []*field{&hexField}
	case uint16(TypeSINK):
		return []*field{&uint8Field, &uint8Field, &uint8Field, &optionalBase64Field}
	case uint16(TypeDOA):
		return []*field{&uint32Field, &uint32Field, &uint8Field, &stringField, &dashBase64Field}
	case uint16(TypeDSYNC):
		return []*field{&coveredField, &schemeField, &uint16Field, &nameField}
	}
	return nil
}

// FieldNames names the tokens of a type's RDATA as forms show them; nil for a type that is edited as text.
func (t Type) FieldNames() []string {
	switch t {
	case TypeA, TypeAAAA:
		return []string{"address"}
	case TypeNS, TypeCNAME, TypePTR, TypeDNAME:
		return []string{"target"}
	case TypeMX:
		return []string{"preference", "exchange"}
	case TypeSRV:
		return []string{"priority", "weight", "port", "target"}
	case TypeSOA:
		return []string{"primary", "mailbox", "serial", "refresh", "retry", "expire", "minimum"}
	}
	return nil
}

// comparesCase tells the types whose data BIND compares octet for octet: two records that differ in the case of a name are
// two, where they are one of all other types (measured with named-compilezone 9.18).
func comparesCase(t Type) bool {
	switch uint16(t) {
	case dns.TypeHIP, dns.TypeIPSECKEY, uint16(TypeAMTRELAY), dns.TypeNSEC, dns.TypeSVCB, dns.TypeHTTPS, dns.TypeLP,
		dns.TypeTALINK, uint16(TypeDSYNC):
		return true
	}
	return false
}

// NameFields is which fields of a type's data are names that a server or a user asks for, in their order: not those of
// DNSSEC, which programs write, nor of types whose fields depend on each other.
func (t Type) NameFields() (out []int) {
	switch uint16(t) {
	case dns.TypeNSEC, dns.TypeNXT, dns.TypeSIG, dns.TypeRRSIG:
		return nil
	}
	for i, f := range t.allFields() {
		if f == &nameField || f == &quotedNameField {
			out = append(out, i)
		}
	}
	return out
}

// knownFields is which fields of types are names, found once for each.
type knownFields map[Type][]int

// names is Type.NameFields.
func (k *knownFields) names(t Type) []int {
	fields, known := (*k)[t]
	if !known {
		fields = t.NameFields()
		if *k == nil {
			*k = knownFields{}
		}
		(*k)[t] = fields
	}
	return fields
}

// HoldsStrings tells the types whose data is strings, as many as one likes: a text that is too long for one is split.
func (t Type) HoldsStrings() bool {
	fields := t.allFields()
	return len(fields) == 1 && fields[0] == &stringsField
}
