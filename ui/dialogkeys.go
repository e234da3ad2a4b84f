package ui

// The keys of all dialogs and pages, for help, the manual and docs/editor.md, which tell them before one is open. A dialog says itself
// what its keys do; dialogkeys.txt is what each of them says, and a test opens them all and holds the table to it.

import (
	_ "embed"
	"strings"
)

// dialogKeys is the table: a line for each dialog, with how one gets there, and below it a line for each key.
//
//go:embed dialogkeys.txt
var dialogKeys string

// dialogList is the keys of one kind of dialog.
type dialogList struct {
	title, opened string
	keys          []Key
}

// dialogLists reads the table.
func dialogLists() (out []dialogList) {
	for line := range strings.Lines(dialogKeys) {
		words := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if words[0] != "" {
			out = append(out, dialogList{title: words[0], opened: words[1]})
			continue
		}
		last := &out[len(out)-1]
		last.keys = append(last.keys, Key{words[1], words[2]})
	}
	return out
}

// Key is one key, or several that do the same, with what it does.
type Key struct{ Key, Does string }
