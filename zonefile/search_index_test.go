package zonefile

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/testdata/shapes"
)

// The law of the index of texts: the group of a row has the threes and fours of each text by which the oracle finds the row. What rows say is
// written by the oracle, which knows nothing of an index.
func TestIndexHasWhatRowsSay(t *testing.T) {
	zones, _ := needs.Share(t, slices.Concat(ownZones(t), corpusZones(t), oneIn(grammarZones(t), 4)))
	known, unread := 0, 0
	for _, tz := range zones {
		if len(tz.src) > 1<<18 {
			continue
		}
		z := tz.parse()
		indexed(z)
		rows, says := oracleRows(z)
		for i, w := range rows {
			ix, group := w.r.c().indexBelow(z.apex), 0
			for ix.firsts[group+1] <= w.r.entry {
				group++
			}
			if ix.unread>>group&1 == 1 {
				unread++
				continue
			}
			known++
			texts := slices.Clone(says[i].folded)
			for _, n := range says[i].names {
				texts = append(texts, lowASCII(Unescape(oracleFold(n.full))))
			}
			for _, text := range texts {
				for at := 3; at <= len(text); at++ {
					if four := text[max(at-4, 0):at]; ix.may([]byte(four), mayJoin{true, true})>>group&1 == 0 { // its threes, too
						t.Fatalf("%s: the index has no %q of %q, which is said by %q", tz.path, four, text, w.Text())
					}
				}
			}
		}
	}
	t.Logf("%d rows, %d in groups that are looked at anyway", known, unread)
	if known == 0 || unread > known {
		t.Error("too few rows are known")
	}
}

// What is looked at for texts that people type, words of the zone in any order among them, is little more than what has them.
func TestFewRowsAreLookedAt(t *testing.T) {
	for _, name := range []string{"mailboxes", "hosting", "delegations"} {
		shape, err := shapes.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		src := shape.Zone(20_000)
		z := Parse("db", src, Options{Origin: Name(shape.Origin)})
		indexed(z)
		rng := rand.New(rand.NewPCG(4, 4))
		words := strings.Fields(string(src))
		groups, looked, found := 0, 0, 0
		for range 300 {
			text := words[rng.IntN(len(words))]
			text = text[:min(len(text), 3+rng.IntN(8))] + " " + words[rng.IntN(len(words))][:1]
			s := NewSearch(text)
			h := newHunt(s)
			for f := range z.allFiles() {
				for ci, c := range f.chunks {
					ix := c.indexBelow(z.apex)
					may := ix.mayFind(s)
					rows := h.chunkRows(Row{Record{z, f, int32(ci), 0}}, nil)
					has := uint64(0)
					for _, i := range rows {
						group := 0
						for ix.firsts[group+1] <= int32(i) {
							group++
						}
						has |= 1 << group
					}
					groups, looked, found = groups+indexGroups, looked+bits.OnesCount64(may), found+bits.OnesCount64(has)
				}
			}
		}
		t.Logf("%s: of %d groups %d are looked at, %d have rows", name, groups, looked, found)
		if looked-found > groups/mostVain {
			t.Errorf("%s: %d of %d groups are looked at in vain", name, looked-found, groups)
		}
	}
}

// mostVain is the part of the groups that are looked at in vain for two words, at most.
const mostVain = 16

// Words that stand in no row beside each other are looked for without writing out the rows that have them apart: the line of a row is made of
// copies of its parts, and these are counted.
func TestWordsApartAreNotWritten(t *testing.T) {
	for _, name := range []string{"mailboxes", "hosting", "delegations", "parked"} {
		shape, err := shapes.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		const records = 20_000
		z := Parse("db", shape.Zone(records), Options{Origin: Name(shape.Origin)})
		indexed(z)
		for _, text := range []string{shape.Origin[3:] + " T", shape.Origin[3:] + " A", ". N", `" C`, `"mx A`, "; pr", `, T`, "TXT S"} {
			s := NewSearch(text)
			found := 0
			copies := testing.AllocsPerRun(1, func() {
				found = z.Find(s, Row{}, nil).Look(func(int, int) bool { return false }).Count()
			})
			if most := records/10 + 4*float64(found); copies > most { // comments are read
				t.Errorf("%s: %q, which %d rows have, makes %.0f copies, want at most %.0f", name, text, found, copies, most)
			}
		}
	}
}
