// Package contrast computes how well text in one of the 16 colours of terminals can be read, for tests: as WCAG 2 has it, from the
// values of xterm, and from those of Solarized, on the grounds that terminals have. Text needs 3 at the least.
package contrast

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// xterm and solarized are the colours 0 to 15 of xterm (XTerm-col.ad) and of Solarized (its values.md).
var (
	xterm = [16]string{"000000", "cd0000", "00cd00", "cdcd00", "0000ee", "cd00cd", "00cdcd", "e5e5e5",
		"7f7f7f", "ff0000", "00ff00", "ffff00", "5c5cff", "ff00ff", "00ffff", "ffffff"}
	solarized = [16]string{"073642", "dc322f", "859900", "b58900", "268bd2", "d33682", "2aa198", "eee8d5",
		"002b36", "cb4b16", "586e75", "657b83", "839496", "6c71c4", "93a1a1", "fdf6e3"}
)

// screens is the grounds with the colours of text on them. Does a terminal draw bold text of colours 0 to 7 in 8 to 15? On those
// of one maker it may or not; xterm does, on a ground of another, too.
var screens = []struct {
	name, ground string
	colors       *[16]string
	bright       []bool
}{
	{"xterm on black", "000000", &xterm, []bool{true, false}},
	{"xterm on white", "ffffff", &xterm, []bool{true, false}},
	{"Solarized dark", solarized[8], &solarized, []bool{true, false}},
	{"Solarized light", solarized[15], &solarized, []bool{true, false}},
	{"xterm on Solarized dark", solarized[8], &xterm, []bool{true}},
	{"xterm on Solarized light", solarized[15], &xterm, []bool{true}},
}

// Least is the lowest contrast that text has after a sequence of SGR (its parameters, as "1;31"), and where; of text in the
// terminal's own colour it is that of black on white. Faint text in a colour has none that is known: 0.
func Least(params string) (least float64, where string) {
	least, where = 21, "everywhere"
	color, bold, faint := -1, false, false
	for _, p := range strings.Split(params, ";") {
		n, _ := strconv.Atoi(p)
		switch {
		case n == 1:
			bold = true
		case n == 2:
			faint = true
		case n >= 30 && n <= 37:
			color = n - 30
		case n >= 90 && n <= 97:
			color = n - 90 + 8
		}
	}
	if color < 0 {
		return least, where
	}
	if faint {
		return 0, where
	}
	for _, s := range screens {
		for _, bright := range s.bright {
			c := color
			if bold && bright && c < 8 {
				c += 8
			}
			if r := ratio(s.colors[c], s.ground); r < least {
				least, where = r, fmt.Sprintf("%s, colour %d", s.name, c)
			}
		}
	}
	return least, where
}

// ratio is the contrast of two colours (WCAG 2.2, "contrast ratio").
func ratio(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is how bright a colour is, from 0 to 1 (WCAG 2.2, "relative luminance").
func luminance(rgb string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, _ := strconv.ParseUint(rgb[2*i:2*i+2], 16, 8)
		v := float64(n) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}
