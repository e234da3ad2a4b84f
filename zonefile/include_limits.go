package zonefile

import (
	"errors"
	"fmt"
)

// What an $INCLUDE names is taken in only if it reads as a part of a zone, and only so much of it: a zone file may come
// from someone who must not see what the reader of it can read (a key, /etc/shadow), nor fill its memory.

// The limits of a zone's includes. BIND has none, but for the machine's.
const (
	maxDepth    = 16      // files that are nested
	maxIncludes = 10_000  // files in all, each counted as often as it is included
	maxIncluded = 1 << 30 // bytes in all, counted alike
)

// maxGenerated is how many records the $GENERATE of a zone are written out for, in the order BIND reads them. One that
// goes beyond stays a row with its count, and the zone does not know its names: a line of 30 bytes makes 2 thousand
// million.
const maxGenerated = 1_000_000

var (
	errNotRead = errors.New("not read: includes are not followed here")
	errDated   = errors.New("$INCLUDE below a $DATE, which named refuses: take the $DATE line out, or put the $INCLUDE above it")
	errUnended = errors.New("the last line of the file is an $INCLUDE without a line end, and the included file starts with a blank: BIND drops that blank and takes the word behind it as the owner: add the line end")
	errCycle   = errors.New("this file includes itself: BIND would never end")
	errDeep    = fmt.Errorf("includes nest deeper than %d files: BIND would go on until descriptors run out", maxDepth)
	errMany    = fmt.Errorf("more than %d files are included: does one include another many times?", maxIncludes)
	errLarge   = fmt.Errorf("the included files have more than %d bytes in all: does one include another many times?", maxIncluded)
	errNoZone  = errors.New("not read: this is no part of a zone, most of its lines are no records: name a zone file, or correct that one by itself")
)

// taken counts what was included so far, and the records that $GENERATE were written out for.
type taken struct {
	files, bytes int
	made         uint64
}

// write counts the records of a $GENERATE, unless they are too many to be written out.
func (n *taken) write(count uint64) bool {
	fits := n.made+count <= maxGenerated
	if fits {
		n.made += count
	}
	return fits
}

// again counts those of a chunk of an older version; false where that chunk is not what is to be read now: one above
// makes more than it did, or fewer.
func (n *taken) again(c *chunk) bool {
	before := *n
	same := n.write(c.makes) == (c.included != nil)
	if !same {
		*n = before
	}
	return same
}

// admit counts a file that is included, and refuses the one that is too much.
func (n *taken) admit(texts []*text) error {
	for _, txt := range texts {
		n.bytes += len(txt.src)
	}
	switch n.files++; {
	case n.files > maxIncludes:
		return errMany
	case n.bytes > maxIncluded:
		return errLarge
	}
	return nil
}

// readsAsZone tells a part of a zone from another file, such as a key or a list of passwords: not more of its lines are
// broken than are records or directives.
func readsAsZone(texts []*text) bool {
	good, broken := 0, 0
	for _, txt := range texts {
		for i := range txt.entries {
			switch txt.entries[i].kind {
			case kindBlank:
			case kindBroken:
				broken++
			default:
				good++
			}
		}
	}
	return broken <= good
}

// startsBlank tells whether the first line of an included file leaves its owner blank. BIND knows such a blank by the line
// end before it, and behind the last $INCLUDE of a file there may be none.
func startsBlank(texts []*text) bool {
	return len(texts) > 0 && texts[0].entries[0].kind != kindBlank && classes[texts[0].src[0]] == blank
}
