// Package draw is rectangles and what stands in them: lists, pages, lines, styles, and where the parts of the screen are.
//
// Its law: it knows nothing of zones, documents or keys' meanings. It is given strings that may be printed as they are, spans
// of style and sizes, and gives lines of exactly the width that was asked for, so that no part of a screen disturbs another.
package draw
