package ui

// The keys of the editor for pages that tell of them, taken from the editor itself on its sample zone.

import (
	"os"
	"time"

	"github.com/mailzone/mailzone/document"
)

// KeyList is the keys of one part of the editor, or its commands.
type KeyList struct {
	Title  string
	Opened string // how one gets there; "" for what is there from the start
	Keys   []Key
}

// Keys is every key of the main screen, pane by pane, those of every dialog, and every command behind ":".
func Keys() ([]KeyList, error) {
	var opt Options
	dir, err := demoCopy(&opt)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	opt.ReadOnly = true // nothing is kept of a session that nobody sees
	st, z, err := document.Open(opt.document())
	if err != nil {
		return nil, err
	}
	defer st.Close()
	var out []KeyList
	a := newApp(newKit(document.NewSession(z, st), opt), time.Now)
	examine(a) // on a problem there are other keys than on none
	for _, l := range a.keyLists(a.listening()) {
		out = append(out, l.told())
	}
	for _, d := range dialogLists() {
		out = append(out, KeyList{d.title, d.opened, d.keys})
	}
	return append(out, commandList().told()), nil
}

// told is a list as pages tell it.
func (l helpList) told() KeyList {
	out := KeyList{Title: l.title}
	for _, k := range l.keys {
		out.Keys = append(out.Keys, Key{k.key, k.does})
	}
	return out
}
