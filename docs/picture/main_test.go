package main

import (
	"strings"
	"testing"
)

func TestDraw(t *testing.T) {
	var out strings.Builder
	screen := "\x1b[1;31mE\x1b[0m a <b>\n\x1b[7m日本 \n\x1b[m\x1b[2mx\x1b[22m y\x1b[39m z\n"
	if err := draw(strings.NewReader(screen), &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`viewBox="0 0 87 81"`,
		`x="12" y="26" textLength="9" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="#e5686d" font-weight="bold">E</text>`,
		`x="21" y="26" textLength="54" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="#d4d7dd"> a &lt;b&gt;</text>`,
		`<rect x="12" y="31" width="45" height="19" fill="#d4d7dd"/>`, // reverse, and still on the next line
		`x="12" y="45" textLength="36" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="#16181d">日本</text>`,
		`fill-opacity="0.6">x</text>`,
		`fill="#d4d7dd"> y z</text>`,
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in\n%s", want, out.String())
		}
	}
}
