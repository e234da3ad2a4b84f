//go:build linux || darwin || freebsd || netbsd

package server

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// soaText begins zones.
const soaText = "$TTL 1d\n@ SOA ns1 hostmaster 7 1h 15m 1w 1h\n@ NS ns1\nns1 A 192.0.2.53\n"

// zoneText is a zone in files: more is by their names.
func zoneText(origin zonefile.Name, text string, more map[string]string) *zonefile.Zone {
	return zonefile.Parse("db."+string(origin), []byte(text), zonefile.Options{Origin: origin, Open: func(path string, _ *zonefile.File) (string, []byte, error) {
		return path, []byte(more[path]), nil
	}})
}

// texts is zones of all kinds: what is wrong with each is said of it alone.
func checkedTexts() []Text {
	hosts := map[string]string{"hosts": "a A 192.0.2.1\n$INCLUDE more\n", "more": "bad_name A 192.0.2.2\n"}
	return []Text{
		{Zone: zoneText("good.example.", soaText, nil)},
		{Zone: zoneText("underscore.example.", soaText+"bad_name A 192.0.2.1\n", nil)},
		{Zone: zoneText("no-soa.example.", "$TTL 1d\n@ NS ns1.example.com.\n", nil)},
		{Zone: zoneText("syntax.example.", soaText+"a A 192.0.2.x\nb MX x\n", nil)},
		{Zone: zoneText("warned.example.", soaText+"@ MX 10 missing\n", nil)},
		{Zone: zoneText("parts.example.", soaText+"$INCLUDE hosts\n", hosts)},
		{Zone: zoneText("Case.Example.", soaText, nil)},
		{Zone: zoneText(".", "$TTL 1d\n@ SOA ns1. hostmaster. 7 1h 15m 1w 1h\n@ NS ns1.\nns1. A 192.0.2.53\n", nil)},
		{Zone: zoneText("odd name.example.", soaText, nil)},
		{Zone: zoneText("last.example.", soaText, nil)},
	}
}

// Many zones at once are told the same as each alone, by the program that named's authors made for one.
func TestAskNamedAllAsEachAlone(t *testing.T) {
	needTool(t, "bind9-utils", "named-checkconf")
	texts := checkedTexts()
	for i, got := range AskNamedAll(texts) {
		want := AskNamed(texts[i].Zone, t.TempDir(), nil)
		if name := texts[i].Zone.Name(); (got.Err != nil) != (want.Err != nil) || got.Asked != want.Asked || got.Refused != want.Refused ||
			!slices.Equal(got.Complaints, want.Complaints) {
			t.Errorf("%s: together %+v\nalone %+v", name, got, want)
		}
	}
}

// What named checks by its configuration is what is asked for, in each way that a view has.
func TestAskNamedAllByTheChecksOfTheServer(t *testing.T) {
	needTool(t, "bind9-utils", "named-checkconf")
	const underscore, slow = soaText + "bad_name A 192.0.2.1\n", soaText + "x 2d A 192.0.2.1\n"
	for _, c := range []struct {
		text    string
		checks  []string
		refused bool
	}{
		{underscore, nil, true},
		{underscore, []string{"check-names ignore;"}, false},
		{underscore, []string{"check-names warn;", "check-names ignore;"}, false},
		{underscore, []string{"check-names ignore;", ""}, true},
		{underscore, []string{"", "check-names ignore;"}, true},
		{slow, nil, false},
		{slow, []string{"max-zone-ttl 86400;"}, true},
		{slow, []string{"max-zone-ttl 2d; check-names ignore;"}, false},
		{soaText + "@ MX 10 192.0.2.1\n", []string{"check-mx fail;"}, true},
		{soaText + "@ MX 10 192.0.2.1\n", []string{"check-mx ignore;"}, false},
	} {
		texts := []Text{{Zone: zoneText("good.example.", soaText, nil)}, {Zone: zoneText("a.example.", c.text, nil), Checks: c.checks}, {Zone: zoneText("good.example.", soaText, nil)}}
		for i, o := range AskNamedAll(texts) {
			if !o.Asked || o.Err != nil || o.Refused != (i == 1 && c.refused) {
				t.Errorf("%q, %q: text %d: %+v", c.text, c.checks, i, o)
			}
		}
	}
}

// More zones than can be given at once are asked about in several runs, and what is wrong with one is not said of another.
func TestAskNamedAllOfMoreThanFit(t *testing.T) {
	needTool(t, "bind9-utils", "named-checkconf")
	var texts []Text
	for i := range 2500 {
		text := soaText
		if i%1000 == 999 {
			text += fmt.Sprintf("bad_%d A 192.0.2.1\n", i)
		}
		texts = append(texts, Text{Zone: zoneText(zonefile.Name(fmt.Sprintf("z%d.example.", i)), text, nil)})
	}
	for i, o := range AskNamedAll(texts) {
		if bad := i%1000 == 999; !o.Asked || o.Err != nil || o.Refused != bad || bad != strings.Contains(strings.Join(o.Complaints, "\n"), fmt.Sprintf("bad_%d.", i)) {
			t.Errorf("%d: %+v", i, o)
		}
	}
}

// What the old text is refused for, too, does not count against the new one.
func TestJudgeAll(t *testing.T) {
	needTool(t, "bind9-utils", "named-checkconf")
	zone := func(more string) Text { return Text{Zone: zoneText("a.example.", soaText+more, nil)} }
	old := []Text{zone(""), zone("bad_name A 192.0.2.1\n"), zone("bad_name A 192.0.2.1\n"), zone("")}
	next := []Text{zone("x A 192.0.2.1\n"), zone("x A 192.0.2.1\nbad_name A 192.0.2.1\n"), zone(""), zone("bad_name A 192.0.2.1\n")}
	for i, j := range JudgeAll(old, next) {
		if want := []Verdict{Loads, RefusedBefore, Loads, Refuses}[i]; j.Verdict != want || j.Blocks != (want == Refuses) {
			t.Errorf("%d: %v, want %v: %+v", i, j.Verdict, want, j)
		}
	}
}

// Only what is said clearly of each is an opinion.
func TestSaidOfEach(t *testing.T) {
	batch := []question{{name: "a.example"}, {name: "b.example"}}
	const a, b = "zone a.example/IN: loaded serial 7\n", "zone b.example/IN: not loaded due to errors.\n"
	for name, c := range map[string]struct {
		r       reply
		unclear string
	}{
		"both":                 {reply{a + "b:3: bad\n" + b, 1, false}, ""},
		"one is missing":       {reply{a, 0, false}, "said nothing of zone b.example"},
		"the first is":         {reply{b, 1, false}, "said nothing of zone a.example"},
		"the wrong order":      {reply{b + a, 1, false}, "said nothing of zone b.example"},
		"a library is":         {reply{"error while loading shared libraries: libdns.so\n", 127, false}, "status 127 and said nothing of zone a.example (error while"},
		"refused, status 0":    {reply{a + b, 0, false}, "did not say clearly"},
		"loaded, and it fails": {reply{a + strings.Replace(a, "a.", "b.", 1), 1, false}, "did not say clearly"},
		"no memory":            {reply{a + "x failed: out of memory\n" + b, 1, false}, "lacked what it needs"},
		"cut off":              {reply{a + b, 0, true}, "said more than"},
	} {
		said, err := saidOfEach(batch, c.r)
		if c.unclear == "" && (err != nil || len(said) != 2 || said[0] != a) || c.unclear != "" && (err == nil || !strings.Contains(err.Error(), c.unclear)) {
			t.Errorf("%s: %q, %v", name, said, err)
		}
	}
}
