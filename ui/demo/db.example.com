; example.com: the company's zone. Mail moves from the provider's server to our own.
; Raise the serial with every change.
$ORIGIN example.com.
$TTL 1d

@	IN	SOA	ns1.example.com. hostmaster.example.com. (
			2026112101	; serial
			8h		; refresh
			2h		; retry
			4w		; expire
			1h )		; negative answers

		IN	NS	ns1
		IN	NS	ns2.provider.example.

; --- mail -------------------------------------------------------------------
@	300	IN	MX	10 mail		; our own server, still being set up
		IN	MX	20 mx2
		IN	MX	20 mx3		; the twin of mx2
		IN	MX	90 mx.provider.example.	; until we have moved
		IN	TXT	"v=spf1 mx include:_spf.provider.example ~all"
_dmarc		IN	TXT	"v=DMARC1; p=none; rua=mailto:postmaster@example.com"

mail		IN	CNAME	server1
server1		IN	A	192.0.2.10
		IN	AAAA	2001:db8::10
mx2		IN	A	192.0.2.11
; mx3 gets its address on Monday

; --- the branch office has its own server ------------------------------------
branch		IN	MX	10	mx.branch
mx.branch	IN	A	192.0.2.77
lists		IN	MX	10	192.0.2.10
news		IN	MX	0	.		; sends only
shop   3600     IN  MX  10  mx2
                IN  MX  20  mx.provider.example
*.blogs		IN	MX	10 mx2

; --- the web ------------------------------------------------------------------
ns1		IN	A	192.0.2.53
www		IN	CNAME	server1
intern		IN	A	192.0.2.99
;old		IN	MX	10 mx.provider.example.
