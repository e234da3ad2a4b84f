package ui

// The keys of the editor for pages that tell of them, taken from the editor itself on its sample zone.

import (
	"os"
	"time"

	"github.com/mailzone/mailzone/document"
)

// KeyList is the keys of one part of the editor, or its commands.
type KeyList struct {
	Title string
	Keys  []Key
}

// Key is one key, or several that do the same, with what it does.
type Key struct{ Key, Does string }

// Keys is every key of the main screen, pane by pane, and every command behind ":".
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
	for _, l := range append(a.keyLists(a.listening()), commandList()) {
		list := KeyList{Title: l.title}
		for _, k := range l.keys {
			list.Keys = append(list.Keys, Key{k.key, k.does})
		}
		out = append(out, list)
	}
	return out, nil
}
