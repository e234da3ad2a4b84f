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

// localeIsUTF8 tells whether the locale's characters are UTF-8 (POSIX: LC_ALL, then LC_CTYPE, then LANG).
func localeIsUTF8(getenv func(string) string) bool {
	for _, v := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(getenv(v)); locale != "" {
			return strings.Contains(locale, "utf-8") || strings.Contains(locale, "utf8")
		}
	}
	return false
}
