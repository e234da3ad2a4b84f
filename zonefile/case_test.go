package zonefile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Two records that differ in the case of a name are one for BIND, but for the types whose data it compares octet for
// octet; however the names are written, relative or not.
func TestCaseOfNamesAsBIND(t *testing.T) {
	needOracle(t)
	for _, data := range oneIn([]string{
		"NS %s", "MX 10 %s", "PTR %s", "SRV 0 0 25 %s", "AFSDB 1 %s", "RP %s a.", "KX 1 %s", "RT 10 %s", "MINFO %s a.", "PX 10 %s b.",
		`NAPTR 1 1 "s" "x" "" %s`, "NSEC %s A", "SVCB 1 %s", "HTTPS 1 %s", "LP 10 %s", "TALINK %s a.", "AMTRELAY 10 0 3 %s", "DSYNC CDS 1 53 %s",
		"HIP ( 2 200100107B1A74DF365639CC39F1D578 AwEAAQ== %s )", "IPSECKEY 10 3 2 %s AQ==",
	}, 4) {
		for _, pair := range [][2]string{{"rvs.example.com.", "RVS.example.com."}, {"rvs.example.com.", "rvs"}, {"Rvs.example.com.", "Rvs"}, {"@", "example.com."}, {"rvs", "x"}} {
			text := "$TTL 600\n@ SOA a. b. 1 1 1 1 1\n@ NS ns.example.net.\n"
			for _, name := range pair {
				text += "x " + fmt.Sprintf(data, name) + "\n"
			}
			path := filepath.Join(t.TempDir(), "zone")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			want, refusal := oracle(t, path, "example.com.")
			got := loadedLines(Parse(path, []byte(text), Options{Origin: "example.com."}))
			if refusal != "" || len(got) != len(want) {
				t.Errorf("%s: %d records, BIND has %d %s\n%s", strings.Join(pair[:], " and "), len(got), len(want), refusal, text)
			}
		}
	}
}
