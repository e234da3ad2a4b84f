package zonefile_test

// A name exists if an owner is the name or below it (RFC 4592 §2.2.2), in whatever order owners stand: those that stand
// together are counted together, and what is counted once is easily counted for a name too few or too many.

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

func TestExistsAboveOwners(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		var b strings.Builder
		b.WriteString("@ SOA ns hostmaster 1 1h 1h 1w 1h\n")
		for range rnd.IntN(30) {
			if rnd.IntN(6) == 0 {
				fmt.Fprintf(&b, "$ORIGIN %s\n", []string{"example.com.", `x\.e.example.com.`, "a.b.example.com.", "_domainkey.c.example.com."}[rnd.IntN(4)])
			}
			labels := make([]string, rnd.IntN(4)+1)
			for i := range labels {
				labels[i] = string(rune('a' + rnd.IntN(3)))
			}
			owner := strings.Join(labels, ".")
			if rnd.IntN(8) == 0 {
				owner = "@"
			}
			fmt.Fprintf(&b, "%s A 192.0.2.1\n", owner)
		}
		checkExists(t, b.String())
	}
}

// checkExists compares what exists with the owners, for each name above one and below one.
func checkExists(t *testing.T, text string) {
	t.Helper()
	z := zonefile.Parse("db", []byte(text), zonefile.Options{Origin: "example.com."})
	asked := map[zonefile.Name]bool{"d.example.com.": true, "e.example.com.": true}
	var owners []zonefile.Name
	for r := range z.Records() {
		owners = append(owners, r.Owner())
		asked["d."+r.Owner()] = true
		for n := r.Owner(); n.Within("example.com."); n = n.Parent() {
			asked[n] = true
		}
	}
	for n := range asked {
		want := false
		for _, owner := range owners {
			want = want || owner.Within(n)
		}
		looked := z.Exists(n)
		counted := zonefile.Parse("db", []byte(text), zonefile.Options{Origin: "example.com."})
		counted.IndexNames()
		if looked != want || counted.Exists(n) != want {
			t.Fatalf("%s exists: %v where it is looked for, %v where all are counted, want %v, in\n%s", n, looked, counted.Exists(n), want, text)
		}
	}
}
