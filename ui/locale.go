package ui

// What the environment says of the terminal.

import (
	"os"
	"strings"
)

// dumb tells a terminal without a cursor.
func dumb() bool {
	t := os.Getenv("TERM")
	return t == "" || t == "dumb"
}

// LocaleIsUTF8 tells whether the locale's characters are UTF-8. As setlocale(3) does, it goes by the first of the
// three that is set.
func LocaleIsUTF8() bool {
	for _, v := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(os.Getenv(v)); locale != "" {
			return strings.Contains(locale, "utf-8") || strings.Contains(locale, "utf8")
		}
	}
	return false
}
