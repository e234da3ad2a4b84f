package zonefile

import "testing"

func TestStandIns(t *testing.T) {
	const src = "a 300 A 192.0.2.1\n$INCLUDE \"in c\" sub ; why\n$GENERATE 1-2 h$ A 192.0.2.$\n  b 300 A 192.0.2.2\n$include\tother\n$INCLUDE gone\nc 300 A 192.0.2.3"
	z := includeZone(src, map[string]string{"in c": "x 300 A 192.0.2.9\n", "other": "y 300 A 192.0.2.9\n$INCLUDE other\n"})
	got := string(z.StandIns(z.Root(), func(w Row) string {
		if f, _ := w.Included(); f != nil {
			return "/new/" + f.Name()[:2]
		}
		return ""
	}))
	const want = "a 300 A 192.0.2.1\n$INCLUDE /new/in sub ; why\n$GENERATE 1-2 h$ A 192.0.2.$\n  b 300 A 192.0.2.2\n$include\t/new/ot\n$INCLUDE gone\nc 300 A 192.0.2.3"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if same := z.StandIns(z.Root(), func(Row) string { return "" }); string(same) != src {
		t.Errorf("nothing to replace, and got\n%s", same)
	}
}
