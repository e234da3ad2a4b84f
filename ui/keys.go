package ui

// Every key of the program, once. Whether one does anything here, and why not, is said by the pane that has it.

import (
	"github.com/charmbracelet/bubbles/key"

	"github.com/mailzone/mailzone/ui/draw"
)

// keyMap is every key of the program, once. What a key does in a pane, and whether it does anything
// there, is the pane's to say; see binding.
type keyMap struct {
	draw.Moving
	paneKeys
	recordKeys
	viewKeys
	programKeys
	fieldKeys
}

// paneKeys go from pane to pane and from tab to tab.
type paneKeys struct {
	next, prev, tab1, tab2, tab3, tab4, tabLeft, tabRight, zoom key.Binding
}

// recordKeys change records and what is wrong with them.
type recordKeys struct {
	open, enter, add, edit, remove, comment, fix, fixAll, rule, ignore, moveUp, moveDown, join key.Binding
	raise, lower, rename, uses, renumber, duplicate                                            key.Binding
}

// viewKeys choose what the panes show and what the delivery supposes.
type viewKeys struct {
	mark, markAll, all, filter, group, sort, draw, address, saveCopy, fault, profile, from, info key.Binding
	world                                                                                        key.Binding
	problemNext, problemBefore                                                                   key.Binding
	hostDown, networkDown, family, allUp, leftwards, rightwards                                  key.Binding
}

// programKeys work in every pane, and end things.
type programKeys struct {
	undo, redo, review, serve, plan, history, bringBack, external, search, again, back, help, allKeys, command key.Binding
	suspend, quit, dismiss, leave, escape                                                                      key.Binding
}

// fieldKeys work in dialogs.
type fieldKeys struct {
	fieldNext, fieldPrev, complete, submit, scrollUp, scrollDown, helpUp, helpDown, nextType, choose, chooseBack, oneText key.Binding
	foundNext, foundPrev, foundUses                                                                                       key.Binding
}

// bind is a key binding: what help calls the keys, what they do, and the keys.
func bind(name, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(name, does))
}

// newKeys is the program's keys.
func newKeys() *keyMap {
	return &keyMap{newMovingKeys(), newPaneKeys(), newRecordKeys(), newViewKeys(), newProgramKeys(), newFieldKeys()}
}

func newMovingKeys() draw.Moving {
	return draw.Moving{
		Up:       bind("up k", "up", "up", "k", "ctrl+p"),
		Down:     bind("down j", "down", "down", "j", "ctrl+n"),
		Left:     bind("left h", "left", "left", "h"),
		Right:    bind("right l", "right", "right", "l"),
		PageUp:   bind("PgUp", "a page up", "pgup", "ctrl+b"),
		PageDown: bind("PgDn", "a page down", "pgdown", "ctrl+f"),
		Top:      bind("g Home", "to the top", "g", "home"),
		Bottom:   bind("G End", "to the end", "G", "end"),
	}
}

func newPaneKeys() paneKeys {
	return paneKeys{
		next:     bind("tab", "next pane", "tab"),
		prev:     bind("shift+tab", "previous pane", "shift+tab"),
		tab1:     bind("1", "delivery", "1"),
		tab2:     bind("2", "problems", "2"),
		tab3:     bind("3", "source", "3"),
		tab4:     bind("4", "named-checkzone", "4"),
		tabLeft:  bind("left h", "previous tab", "left", "h"),
		tabRight: bind("right l", "next tab", "right", "l"),
		zoom:     bind("z", "zoom: this pane alone", "z"),
	}
}

func newRecordKeys() recordKeys {
	return recordKeys{
		open:      bind("enter", "open", "enter", "right", "l"),
		enter:     bind("enter", "open", "enter"),
		add:       bind("a", "add", "a"),
		edit:      bind("e", "edit", "e"),
		remove:    bind("d", "delete", "d", "delete"),
		comment:   bind("c", "comment out", "c"),
		fix:       bind("f", "fix", "f"),
		fixAll:    bind("F", "all safe fixes", "F"),
		rule:      bind("?", "the rule", "?"),
		ignore:    bind("I", "ignore", "I"),
		moveUp:    bind("K", "move up", "K", "alt+up"),
		moveDown:  bind("J", "move down", "J", "alt+down"),
		join:      bind("=", "join the tier above", "="),
		raise:     bind("+", "preference + 1", "+"),
		lower:     bind("-", "preference - 1", "-"),
		rename:    bind("R", "rename or readdress everywhere", "R"),
		uses:      bind("U", "who uses it", "U"),
		renumber:  bind("#", "renumber 10, 20, 30", "#"),
		duplicate: bind("D", "duplicate", "D"),
	}
}

func newViewKeys() viewKeys {
	return viewKeys{
		mark:          bind("space", "mark", " "),
		markAll:       bind("*", "mark all that are shown", "*"),
		all:           bind("A", "all names, or those of mail", "A"),
		filter:        bind("&", "only names or hosts with", "&"),
		group:         bind("t", "group by route", "t"),
		sort:          bind("o", "the next order", "o"),
		draw:          bind("r", "another random draw", "r"),
		address:       bind("@", "addresses of a host outside", "@"),
		saveCopy:      bind("y", "copy", "y"),
		fault:         bind("v", "another way to fail", "v"),
		profile:       bind("p", "the sender's software", "p"),
		from:          bind("s", "who sends", "s"),
		info:          bind("i", "information", "i"),
		hostDown:      bind("x", "host down or up", "x"),
		networkDown:   bind("Z", "its network down or up", "Z"),
		family:        bind("4 6", "sender's addresses", "4", "6"),
		world:         bind("L", "ask the world about the domain: name servers, mail servers, policy", "L"),
		leftwards:     bind("<", "scroll lines to the left", "<"),
		rightwards:    bind(">", "scroll lines to the right", ">"),
		allUp:         bind("X", "all hosts up", "X"),
		problemNext:   bind("]", "the next problem", "]"),
		problemBefore: bind("[", "the problem before", "["),
	}
}

func newProgramKeys() programKeys {
	return programKeys{
		undo:      bind("u", "undo", "u"),
		redo:      bind("ctrl+r", "redo", "ctrl+r"),
		review:    bind("w", "review and save", "w"),
		serve:     bind("r", "write, and reload by rndc", "r"),
		plan:      bind("M", "migration plan", "M"),
		history:   bind("H", "history", "H"),
		bringBack: bind("b", "bring back", "b"),
		external:  bind("E", "edit in your own editor", "E"),
		search:    bind("/", "find", "/"),
		again:     bind("n", "next match", "n"),
		back:      bind("N", "previous match", "N"),
		help:      bind("? f1", "help", "?", "f1"),
		allKeys:   bind("f1", "help", "f1"),
		command:   bind(":", "command", ":"),
		suspend:   bind("ctrl+z", "suspend", "ctrl+z"),
		quit:      bind("q", "quit", "q", "ctrl+c"),
		dismiss:   bind("esc", "close", "esc", "ctrl+c"),
		leave:     bind("q", "close", "q"),
		escape:    bind("esc", "nothing: q quits", "esc"),
	}
}

func newFieldKeys() fieldKeys {
	return fieldKeys{
		fieldNext:  bind("tab", "next field", "tab", "down"),
		fieldPrev:  bind("shift+tab", "previous field", "shift+tab", "up"),
		complete:   bind("right", "complete", "right", "ctrl+e"),
		submit:     bind("enter", "done", "enter"),
		scrollUp:   bind("up", "scroll up", "up"),
		scrollDown: bind("down", "scroll down", "down"),
		helpUp:     bind("PgUp", "a page up", "pgup"),
		helpDown:   bind("PgDn", "a page down", "pgdown"),
		nextType:   bind("ctrl+t", "another type", "ctrl+t"),
		choose:     bind("space", "choose", " ", "right"),
		chooseBack: bind("left", "the choice before", "left"),
		oneText:    bind("ctrl+o", "as one text", "ctrl+o"),
		foundNext:  bind("ctrl+n", "the next found", "ctrl+n"),
		foundPrev:  bind("ctrl+p", "the one before", "ctrl+p"),
		foundUses:  bind("tab", "who uses it", "tab"),
	}
}
