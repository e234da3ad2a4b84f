package document

// The name of a file at the head of a patch: the program that takes the patch looks for the file under it, so it has to lead
// there from where one is.

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// PatchName is the name of a file as patch(1) and git read it: in quotes if it has blanks at its ends or what a terminal does not
// show as it is, with a tab behind it if it has blanks.
func PatchName(name string, utf8 bool) string {
	name = fromHere(name)
	if strings.ContainsAny(name, `"\`) || zonefile.Printable(name, utf8) != name || strings.TrimSpace(name) != name {
		return quoted(name)
	}
	if strings.Contains(name, " ") {
		return name + "\t"
	}
	return name
}

// fromHere is a path without steps that lead nowhere, and without the way to the directory where the program runs: git takes
// neither ./x nor a whole path, and patch no whole path. One with .. in it stays, since a link may stand before that.
func fromHere(path string) string {
	if slices.Contains(strings.Split(path, "/"), "..") {
		return path
	}
	if here, err := filepath.Abs("."); err == nil && strings.HasPrefix(path, strings.TrimSuffix(here, "/")+"/") {
		path = path[len(strings.TrimSuffix(here, "/"))+1:]
	}
	return filepath.Clean(path)
}

// quoted is a name in quotes as C has it, byte by byte.
func quoted(name string) string {
	var b strings.Builder
	for _, c := range []byte(name) {
		switch {
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(rune(c)))
		case c < ' ' || c >= 0x7f:
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	return `"` + b.String() + `"`
}
