package zonefile

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
)

// The order of MX records is in their numbers, not in their lines: a reorder changes as few numbers as
// it can, keeps gaps of ten where there is room, and leaves records equal that were equal.

// step is the gap between preferences that people leave for what comes later.
const step = 10

// Tiers is the MX records of a name by preference, the first tier tried first. Records whose preference
// does not parse come last, each alone.
func (z *Zone) Tiers(owner Name) [][]Record {
	set := z.RRset(owner, TypeMX)
	slices.SortStableFunc(set, func(a, b Record) int { return cmp.Compare(rank(a), rank(b)) })
	var tiers [][]Record
	for i, r := range set {
		if i == 0 || rank(r) != rank(set[i-1]) || rank(r) > 65535 {
			tiers = append(tiers, nil)
		}
		last := len(tiers) - 1
		tiers[last] = append(tiers[last], r)
	}
	return tiers
}

// rank is the preference as a number that also orders broken ones.
func rank(r Record) int {
	if p, ok := r.Preference(); ok {
		return int(p)
	}
	return 1 << 16
}

// ErrFirst and ErrLast say that an MX cannot move further.
var (
	ErrFirst = errors.New("this MX is already tried first")
	ErrLast  = errors.New("this MX is already tried last")
)

// Reorder moves one MX past the next tier, up (tried earlier) or down. One of several equal records
// leaves its tier first and becomes a tier of its own beside it.
func (z *Zone) Reorder(mx Record, up bool) ([]Edit, error) {
	edits, err := z.reordering(mx, up)
	if err != nil {
		return nil, err
	}
	return z.settle(edits)
}

// reordering is Reorder before it is settled.
func (z *Zone) reordering(mx Record, up bool) ([]Edit, error) {
	tiers, at, err := z.tierOf(mx)
	if err != nil {
		return nil, err
	}
	to := at + 1
	if up {
		to = at - 1
	}
	if len(tiers[at]) > 1 {
		tiers[at] = slices.DeleteFunc(slices.Clone(tiers[at]), func(r Record) bool { return r == mx })
		if !up {
			at++
		}
		return ascending(slices.Insert(tiers, at, []Record{mx})), nil
	}
	switch {
	case to < 0:
		return nil, ErrFirst
	case to == len(tiers):
		return nil, ErrLast
	}
	tiers[at], tiers[to] = tiers[to], tiers[at]
	return ascending(tiers), nil
}

// Join gives an MX the preference of the tier before it, so that senders choose between them at random.
func (z *Zone) Join(mx Record) ([]Edit, error) {
	edits, err := z.joining(mx)
	if err != nil {
		return nil, err
	}
	return z.settle(edits)
}

// joining is Join before it is settled.
func (z *Zone) joining(mx Record) ([]Edit, error) {
	tiers, at, err := z.tierOf(mx)
	if err != nil {
		return nil, err
	}
	if at == 0 {
		return nil, ErrFirst
	}
	p, _ := tiers[at-1][0].Preference()
	return mx.prefer(int(p)), nil
}

// prefer gives an MX with a preference another one.
func (r Record) prefer(number int) []Edit {
	edits, _ := r.setField(Preference, strconv.Itoa(number)) // it has one
	return edits
}

// tierOf finds an MX among the tiers of its owner.
func (z *Zone) tierOf(mx Record) ([][]Record, int, error) {
	if err := z.mine(mx); err != nil {
		return nil, 0, err
	}
	tiers := z.Tiers(mx.Owner())
	for i, t := range tiers {
		if slices.Contains(t, mx) {
			if _, ok := mx.Preference(); !ok {
				break
			}
			return tiers, i, nil
		}
	}
	return nil, 0, mx.refuse(errors.New("not an MX record with a preference"))
}

// ascending gives the tiers rising preferences.
func ascending(tiers [][]Record) (edits []Edit) {
	numbers, sizes := make([]int, len(tiers)), make([]int, len(tiers))
	for i, t := range tiers {
		numbers[i], sizes[i] = rank(t[0]), len(t)
	}
	for i, p := range renumber(numbers, sizes) {
		for _, r := range tiers[i] {
			if rank(r) != p {
				edits = append(edits, r.prefer(p)...)
			}
		}
	}
	return edits
}

// renumber makes numbers rise strictly. It keeps those whose change would touch the most records
// (sizes), and puts the others between them.
func renumber(numbers, sizes []int) []int {
	out := slices.Clone(numbers)
	prev, low := -1, -1
	for _, k := range append(kept(numbers, sizes), len(numbers)) {
		high := 1 << 16
		if k < len(numbers) {
			high = numbers[k]
		}
		fill(out, prev+1, k, low, high)
		prev, low = k, high
	}
	return out
}

// kept is the places whose numbers stay: the rising subsequence of the greatest weight that leaves room
// for what is between its members.
func kept(numbers, sizes []int) []int {
	n := len(numbers)
	best, from := make([]int, n), make([]int, n)
	end := -1
	for j := range n {
		from[j] = -1
		if numbers[j] < j || numbers[j]+n-1-j > 65535 {
			best[j] = -1
			continue
		}
		best[j] = sizes[j]
		for i := range j {
			if best[i] > 0 && numbers[j]-numbers[i] >= j-i && best[i]+sizes[j] > best[j] {
				best[j], from[j] = best[i]+sizes[j], i
			}
		}
		if end < 0 || best[j] > best[end] {
			end = j
		}
	}
	var out []int
	for ; end >= 0 && best[end] > 0; end = from[end] {
		out = append(out, end)
	}
	slices.Reverse(out)
	return out
}

// fill numbers the places from..to-1 between low and high, both excluded: by tens where there is room,
// else evenly.
func fill(out []int, from, to, low, high int) {
	count := to - from
	for m := 1; m <= count; m++ {
		n := 0
		switch {
		case low < 0 && high > 65535:
			n = step * m
		case low < 0 && high > step*count:
			n = high - step*(count+1-m)
		case low < 0:
			n = high * m / (count + 1)
		case low+step*count < high:
			n = low + step*m
		default:
			n = low + (high-low)*m/(count+1)
		}
		out[from+m-1] = n
	}
}
