package main

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

func TestDraw(t *testing.T) {
	var out strings.Builder
	screen := "\x1b[1;31mE\x1b[0m a <b>\n\x1b[7m日本 \n\x1b[m\x1b[2mx\x1b[22m y\x1b[39m z\n"
	if err := schemes["dark"].draw(strings.NewReader(screen), &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`viewBox="0 0 87 81"`,
		`x="12" y="26" textLength="9" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="#e5686d" font-weight="bold">E</text>`,
		`x="30" y="26" textLength="45" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="#d4d7dd">a &lt;b&gt;</text>`,
		`<rect x="12" y="31" width="45" height="19" fill="#d4d7dd"/>`, // reverse, and still on the next line
		`x="12" y="45" textLength="36" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="#16181d">日本</text>`,
		`fill-opacity="0.6">x</text>`,
		`x="30" y="64" textLength="27" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="#d4d7dd">y z</text>`,
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in\n%s", want, out.String())
		}
	}
}

// Blanks look alike in all styles without a ground, and so do pictures.
func TestBlanksAreOfNoStyle(t *testing.T) {
	drawn := func(screen string) string {
		var out strings.Builder
		if err := schemes["dark"].draw(strings.NewReader(screen), &out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	want := drawn("\x1b[2ma b   c\x1b[0m d\n")
	for _, screen := range []string{"\x1b[2ma\x1b[0m \x1b[2mb\x1b[0m   \x1b[2mc \x1b[0md\n", "\x1b[2ma\x1b[31m \x1b[39mb   c\x1b[0m d\n"} {
		if got := drawn(screen); got != want {
			t.Errorf("%q is drawn as\n%s\nwant\n%s", screen, got, want)
		}
	}
}

// The colours that the program uses are read on both grounds: red and magenta, and text that is faint (0.6 of its colour).
func TestColoursAreRead(t *testing.T) {
	for name, c := range schemes {
		ground := rgb(t, c.ground)
		faint := rgb(t, c.plain)
		for i := range faint {
			faint[i] = 0.6*faint[i] + 0.4*ground[i]
		}
		for what, color := range map[string][3]float64{"text": rgb(t, c.plain), "faint": faint, "red": rgb(t, c.ansi[1]), "magenta": rgb(t, c.ansi[5])} {
			a, b := luminance(color)+0.05, luminance(ground)+0.05
			if ratio := max(a, b) / min(a, b); ratio < 4.5 { // WCAG 2.2, 1.4.3
				t.Errorf("%s: %s has a contrast of %.1f, want 4.5", name, what, ratio)
			}
		}
	}
}

// rgb is a colour's parts, each from 0 to 1.
func rgb(t *testing.T, color string) (parts [3]float64) {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(color, "#"), 16, 24)
	if err != nil {
		t.Fatal(err)
	}
	for i := range parts {
		parts[i] = float64(n>>(16-8*i)&0xff) / 255
	}
	return parts
}

// luminance is how bright a colour of sRGB is (WCAG 2.2, relative luminance).
func luminance(parts [3]float64) (sum float64) {
	for i, v := range parts {
		if v = v / 12.92; v > 0.04045/12.92 {
			v = math.Pow((v*12.92+0.055)/1.055, 2.4)
		}
		sum += []float64{0.2126, 0.7152, 0.0722}[i] * v
	}
	return sum
}
