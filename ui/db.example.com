$TTL 1d
; mailzone:ignore spf-missing
@	IN	SOA	ns1 hostmaster 2026112101 8h 2h 4w 1h
	IN	NS	ns1
	IN	NS	ns2.provider.example.
	300 IN	MX	10 mail ; our own
	300 IN	MX	20 mx2
	300 IN	MX	20 mx3
;	300 IN	MX	90 mx.provider.example.
	IN	TXT	"v=spf1 mx include:_spf.provider.example ~all"
_dmarc	IN	TXT	"v=DMARC1; p=none; rua=mailto:postmaster@example.com"
ns1	IN	A	192.0.2.53
mail	IN	CNAME	server1
server1	IN	A	192.0.2.10
	IN	AAAA	2001:db8::10
mx2	IN	A	192.0.2.11
news	IN	MX	0 .
lists	IN	MX	10 192.0.2.10
shop	IN	MX	10 mx2
	IN	MX	20 mx.provider.example
_sip._tcp IN	SRV	10 5 5060 server1
broken	IN	MX	ten mx2
