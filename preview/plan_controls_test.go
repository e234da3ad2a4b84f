package preview

// What the model of resolvers is good for: it says of plans that lost mail that they do.

import "testing"

// TestPlanControls: what plans did that lost mail is losing in the model: a wildcard's address that was waited for as if
// there were none, an address of the new host that stayed, a name that a host below it hid from its wildcard.
func TestPlanControls(t *testing.T) {
	const head = "$TTL 86400\n@ IN SOA ns1 hostmaster 2026112801 3600 600 604800 3600\n@ NS ns1\nns1 A 192.0.2.53\n"
	news := map[string]bool{"mx1.example.com.": true, "192.0.2.1": true}
	behind, first := "@ 300 MX 10 mx.isp.test.\n@ 300 MX 20 mx1\n", "@ 300 MX 20 mx.isp.test.\n@ 300 MX 10 mx1\n"
	for _, c := range []struct {
		name     string
		versions []string
		at       []int
	}{
		{"a wildcard's address", []string{"@ 300 MX 10 mx.isp.test.\n* A 192.0.2.99\n", "@ 300 MX 10 mx.isp.test.\n* A 192.0.2.99\nmx1 3600 A 192.0.2.1\n",
			behind + "* A 192.0.2.99\nmx1 3600 A 192.0.2.1\n", first + "* A 192.0.2.99\nmx1 3600 A 192.0.2.1\n"}, []int{0, 0, 3660, 4020}},
		{"an old address", []string{"@ 300 MX 10 mx.isp.test.\nmx1 A 192.0.2.99\n", "@ 300 MX 10 mx.isp.test.\nmx1 A 192.0.2.99\nmx1 A 192.0.2.1\n",
			behind + "mx1 A 192.0.2.99\nmx1 A 192.0.2.1\n", first + "mx1 A 192.0.2.99\nmx1 A 192.0.2.1\n"}, []int{0, 0, 86460, 86820}},
		{"a name that only a wildcard covers", []string{"@ MX 10 mx.isp.test.\n* MX 10 mx.isp.test.\n",
			"@ 300 MX 10 mx.isp.test.\n* 300 MX 10 mx.isp.test.\nmx1.in 3600 A 192.0.2.1\n"}, []int{0, 0}},
	} {
		m := &modelTime{at: c.at, p: 60}
		for _, text := range c.versions {
			z, err := readModel("example.com.", head+text)
			if err != nil {
				t.Fatal(err)
			}
			m.versions = append(m.versions, z)
		}
		if lost := m.losing(c.at[len(c.at)-1], news, func(map[string]bool, string) bool { return true }); len(lost) == 0 {
			t.Errorf("%s: the model loses nothing", c.name)
		}
	}
}
