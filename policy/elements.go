package policy

// Lists inside a policy that are set as a whole: the addresses of SPF, those that reports go to. What stands in the old list
// and in the new one is not touched, whatever stands between.

import "slices"

// elements is a list as it stands in a text.
type elements struct {
	at     []Span // each element
	words  []string
	write  func(word string) string           // the element that a word is
	before string                             // what an element that comes behind another has before it
	remove func(i int, behind bool) Change    // takes element i away; behind: some before it stay
	insert func(i int, element string) Change // puts one before element i
}

// become is the changes that make the list another one of one word or more; it has elements itself.
func (e elements) become(words []string) (changes []Change) {
	kept := common(e.words, words)
	last := -1 // the element before, of those that stay
	old, next := 0, 0
	for _, k := range append(kept, pair{len(e.words), len(words)}) {
		for ; old < k.old && next < k.next; old, next = old+1, next+1 {
			changes = append(changes, Change{e.at[old], e.write(words[next])})
			last = old
		}
		for ; old < k.old; old++ {
			changes = append(changes, e.remove(old, last >= 0))
		}
		for ; next < k.next; next++ {
			element := e.write(words[next])
			if last < 0 {
				changes = append(changes, e.insert(0, element))
			} else {
				changes = append(changes, Change{Span{e.at[last].End, e.at[last].End}, e.before + element})
			}
		}
		last, old, next = k.old, k.old+1, k.next+1
	}
	return changes
}

// pair is a word of two lists, by its place in each.
type pair struct{ old, next int }

// mostCompared is how many words of a list are compared with each of the other.
const mostCompared = 512

// common is a longest list of words that both lists have in this order; of long lists only what they start and end with.
func common(old, next []string) (pairs []pair) {
	start := 0
	for start < len(old) && start < len(next) && old[start] == next[start] {
		pairs = append(pairs, pair{start, start})
		start++
	}
	end := 0
	for end < len(old)-start && end < len(next)-start && old[len(old)-1-end] == next[len(next)-1-end] {
		end++
	}
	o, n := old[start:len(old)-end], next[start:len(next)-end]
	if len(o) <= mostCompared && len(n) <= mostCompared {
		for _, p := range longestCommon(o, n) {
			pairs = append(pairs, pair{start + p.old, start + p.next})
		}
	}
	for i := end; i > 0; i-- {
		pairs = append(pairs, pair{len(old) - i, len(next) - i})
	}
	return pairs
}

// longestCommon is a longest list that two lists have in common.
func longestCommon(old, next []string) (pairs []pair) {
	length := make([][]int, len(old)+1) // of what is common from here on
	for i := range length {
		length[i] = make([]int, len(next)+1)
	}
	for i, a := range slices.Backward(old) {
		for j, b := range slices.Backward(next) {
			if length[i][j] = max(length[i+1][j], length[i][j+1]); a == b {
				length[i][j] = length[i+1][j+1] + 1
			}
		}
	}
	for i, j := 0, 0; i < len(old) && j < len(next); {
		switch {
		case old[i] == next[j]:
			pairs = append(pairs, pair{i, j})
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}
