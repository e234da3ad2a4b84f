package ui

// Law 1 of the screen: a key is never silent. In every pane, on every kind of row, and in every dialog, each key that is bound
// anywhere changes the picture or says something; and one that a help line offers here does what it says there.

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// offeredIdle is what a pane or dialog offers as working though it changes nothing: the pane should say itself why not. It only
// shrinks. Each is a place and a key, with why it is so yet.
var offeredIdle = map[string]string{}

// unexplained is the keys of which a pane says no more than that they do nothing and that help tells the keys. It only shrinks.
var unexplained = map[string]string{
	"b": "it is the history's",
}

// lawZone has a row of every kind: tiers, alike preferences, a null MX, marks of all severities, a commented-out record, broken
// lines, directives, records of many types, names without addresses and hosts outside.
const lawZone = `$TTL 1d
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
`

// place is somewhere that keys are pressed: what leads there from the start.
type place struct{ name, keys string }

// lawDialogs is the dialogs, each with the keys that open it on lawZone.
var lawDialogs = []place{
	{"form", "home enter home a"}, {"form edit", "home enter home e"}, {"form of a policy", `3 g / "spf1" enter e tab`}, {"policy as text", `3 g / "spf1" enter e ctrl+o`}, {"form with an error", `home enter home e ctrl+u "a b" enter`}, {"copy of a record", "home enter home D"}, {"copy of a name", `home D "mx7"`}, {"fix", "2 g f"}, {"fixes", "F"}, {"fixes of a rule", "2 t g f"}, {"ignore", "2 g I"},
	{"rule", "2 g ?"}, {"help", "?"}, {"command", ":"}, {"search", "/"}, {"filter", "&"},
	{"quit", "home enter home J q"}, {"review", "home enter home J w"}, {"plan form", "M"},
	{"plan", `3 G c M ctrl+u "mx2" tab ctrl+u "mx9" tab "192.0.2.99" enter`}, {"history", "home enter home J w w K w w H"},
	{"form that completes", `home enter home a ctrl+u "m"`}, {"addresses", `home enter home j j j c 1 home j j @`},
	{"fix that asks", `2 g j j f "m"`}, {"plan form with a switch", "M tab tab tab"},
	{"paste", pastedKeys}, {"merge", mergedKeys}, {"uses", `: "used mx2" enter`}, {"new name", "home enter home j R"}, {"everywhere", `: "rename mx2 mx7" enter`},
	{"new zone", ""}, {"new zone that is complete", `"192.0.2.10" tab "192.0.2.53"`}, {"new zone, a choice", "shift+tab"},
	{"world box", "1 home L"}, {"world", "1 home L enter"}, {"said", "1 home L enter G k k enter"},
	{"both sides", "home enter home J another-program-writes w b"},
}

// pastedKeys pastes records that are added, one that is asked about, one that is there, one that is none, and one that can be read in two
// ways.
const pastedKeys = `paste:"new A 192.0.2.1\n@ NS ns9.example.net.\nmx2 A 192.0.2.11\nnew MX mail\nshop MX 30 mx.provider.net"`

// mergedKeys pastes a snippet with two SPF records that become one, one that is there, and on lawZone a conflict.
const mergedKeys = `paste:"letters TXT v=spf1\032a\nletters TXT v=spf1\032mx\nmx2 A 192.0.2.11\n_dmarc TXT v=DMARC1\;p=reject\nsel MX 10 mx2"`

// userAt is a user at a place.
func userAt(t *testing.T, p place) *user {
	t.Helper()
	t.Chdir(t.TempDir()) // no user has what another left
	u := newUser(t, "", p.zone())
	u.types(p.keys)
	return u
}

// lawReverse is a reverse zone, of which a directive makes names.
const lawReverse = `$ORIGIN 2.0.192.in-addr.arpa.
$TTL 1d
@	SOA	ns1.example.com. hostmaster.example.com. 2026112101 8h 2h 4w 1h
	NS	ns1.example.com.
9	PTR	mx1.example.com.
$GENERATE 20-22 $ PTR pool-$.example.com.
128	NS	ns.other.example.
`

// zone is the zone at a place: lawZone, a reverse zone, or none that is to be made.
func (p place) zone() []byte {
	switch {
	case strings.HasPrefix(p.name, "new zone"):
		return nil
	case strings.HasPrefix(p.name, "reverse "):
		return []byte(lawReverse)
	}
	return []byte(lawZone)
}

// lawPlaces is every dialog, and every row of every pane that is not of a kind that was there before.
func lawPlaces(t *testing.T) []place {
	places := slices.Clone(lawDialogs)
	for _, of := range []string{"", "reverse "} {
		for n, keys := range []string{"home", "home enter home", "1 home", "2 home i", "3 home"} {
			u := userAt(t, place{of, keys})
			seen := map[string]bool{}
			for row := range 60 {
				if kind := u.rowKind(); !seen[kind] {
					seen[kind] = true
					places = append(places, place{fmt.Sprintf("%s%s row %d", of, paneName(pane(n)), row), keys + strings.Repeat(" j", row)})
				}
				before := u.app.View()
				if u.types("j"); u.app.View() == before {
					break
				}
			}
		}
	}
	return places
}

// paneName is what the tests call a pane.
func paneName(p pane) string {
	return [paneCount]string{"names", "records", "delivery", "problems", "source"}[p]
}

// rowKind is what can be done with the row under the cursor, and why not: rows of the same kind answer alike.
func (u *user) rowKind() string {
	var b strings.Builder
	for _, k := range u.app.component(u.app.focused).bindings() {
		fmt.Fprintln(&b, k.Keys(), k.why)
	}
	return b.String()
}

// lawKeys is every key that is bound anywhere.
func lawKeys() []string {
	keys := boundKeys()
	slices.Sort(keys)
	keys = slices.DeleteFunc(slices.Compact(keys), func(k string) bool { return k == "ctrl+z" }) // the shell answers
	if i := slices.Index(keys, " "); i >= 0 {
		keys[i] = "space"
	}
	return keys
}

func TestNoKeyIsSilent(t *testing.T) {
	keys := lawKeys()
	places, whole := needs.Share(t, lawPlaces(t))
	whole = whole && !testing.Short()
	rng := rand.New(rand.NewPCG(1, 1))
	pressed, silent, generic := 0, map[string]bool{}, map[string]bool{}
	for _, p := range places {
		var u *user
		for _, key := range keys {
			if testing.Short() && rng.IntN(8) > 0 {
				continue
			}
			if u == nil {
				u = userAt(t, p)
			}
			pressed++
			changed, idle := u.answers(key)
			if !changed && u.app.message.text == "" {
				t.Errorf("%s: %s is silent", p.name, key)
			}
			if strings.HasSuffix(u.app.message.text, "does nothing: ? tells the keys") {
				generic[key] = true
			}
			if idle {
				silent[p.name+" "+key] = true
			}
			if changed {
				u = nil
			}
		}
	}
	t.Logf("%d keys in %d places: %d pressed", len(keys), len(places), pressed)
	holdExceptions(t, silent, offeredIdle, "it is offered and does nothing", whole)
	holdExceptions(t, generic, unexplained, "in a pane it is answered by no more than that it does nothing", whole)
}

// answers presses a key, and reports whether the picture is another, and whether the key was offered and did nothing.
func (u *user) answers(key string) (changed, idle bool) {
	u.app.message = say{}
	before, listed, away := u.app.View(), u.offered(key), u.away
	u.types(key)
	if u.quit || u.away > away {
		return true, false
	}
	told := u.app.message
	u.app.message = say{}
	u.app.echo.waits = false
	changed = u.app.View() != before
	u.app.message = told
	return changed, listed && !changed && strings.HasSuffix(told.text, "changes nothing now")
}

// offered tells whether a key is bound where the keys go now and said to work.
func (u *user) offered(word string) bool {
	c, everywhere := u.app.listening()
	for _, b := range append(c.bindings(), everywhere...) {
		for _, k := range keysOf(u.t, word) {
			if slices.Contains(b.Keys(), k.String()) {
				return b.why == ""
			}
		}
	}
	return false
}

// holdExceptions compares what was found with what is excepted: neither may have what the other has not, so that the list of
// exceptions only shrinks.
func holdExceptions(t *testing.T, found map[string]bool, excepted map[string]string, what string, whole bool) {
	t.Helper()
	for f := range found {
		if _, ok := excepted[f]; !ok {
			t.Errorf("%s: %s", f, what)
		}
	}
	for e, why := range excepted {
		if !found[e] && whole {
			t.Errorf("%s (%s) is no exception any more: take it from the list", e, why)
		}
	}
}
