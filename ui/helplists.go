package ui

// What help lists: the keys of where the user is first, each once, then those of the other panes, the
// dialogs, the commands and the rules.

import (
	"slices"

	"github.com/mailzone/mailzone/lint"
)

// paneTitles is what the panes are called in text.
var paneTitles = [paneCount]string{"names", "records", "delivery", "problems", "source"}

// helpLists is all that can be looked for. A dialog has the keys for itself: what the panes do is told, and not done, before it
// is closed. Beside is what works everywhere there, and inPanes what does in the panes.
func (p *panes) helpLists(c component, beside, inPanes []binding) []helpList {
	d, inDialog := c.(dialog)
	if !inDialog {
		lists := p.keyLists(c, inPanes)
		lists[0].title = "here: " + lists[0].title
		return once(append(append(lists, dialogHelp()...), commandList(), ruleList(p.kit)))
	}
	here := helpOf("here", append(c.bindings(), beside...))
	if title := d.title(); title != "" {
		here.title += ": " + title
	}
	lists := []helpList{here}
	for _, l := range append(p.keyLists(p.component(p.focused), inPanes), commandList()) {
		l.title += ", after esc"
		for i := range l.keys {
			l.keys[i].why = ""
			l.keys[i].acts = func() []action { return []action{say{"that is done in the panes: esc leaves this first", levelInfo}} }
		}
		lists = append(lists, l)
	}
	return once(append(append(lists, dialogHelp()...), ruleList(p.kit)))
}

// keyLists is all keys, those of a pane and those that work beside it first.
func (p *panes) keyLists(c component, everywhere []binding) []helpList {
	k := p.keys
	moves := []binding{{Binding: k.Up}, {Binding: k.Down}, {Binding: k.PageUp}, {Binding: k.PageDown}, {Binding: k.Top}, {Binding: k.Bottom}}
	lists := []helpList{helpOf(paneTitles[p.focused], c.bindings()), helpOf("everywhere", unbound(everywhere, c.bindings())), helpOf("moving", moves)}
	for n := range paneCount {
		if n != p.focused {
			lists = append(lists, helpOf(paneTitles[n], p.component(n).bindings(), focus{n}))
		}
	}
	return once(lists)
}

// dialogHelp is the keys of all dialogs. Enter tells where they are.
func dialogHelp() (out []helpList) {
	for _, d := range dialogLists() {
		l := helpList{title: d.title + ", " + d.opened}
		where := say{"that is done in " + d.title + ", " + d.opened, levelInfo}
		for _, k := range d.keys {
			l.keys = append(l.keys, helpKey{k.Key, k.Does, "", func() []action { return []action{where} }})
		}
		out = append(out, l)
	}
	return out
}

// unbound is the bindings without those whose keys all have another use.
func unbound(list, others []binding) []binding {
	var used []string
	for _, b := range others {
		used = append(used, b.Keys()...)
	}
	return slices.DeleteFunc(slices.Clone(list), func(b binding) bool {
		return !slices.ContainsFunc(b.Keys(), func(k string) bool { return !slices.Contains(used, k) })
	})
}

// once leaves out what an earlier list says in the same words.
func once(lists []helpList) []helpList {
	type words struct{ key, does string }
	seen := map[words]bool{}
	var out []helpList
	for _, l := range lists {
		l.keys = slices.DeleteFunc(l.keys, func(k helpKey) bool {
			w := words{k.key, k.does}
			again := seen[w]
			seen[w] = true
			return again
		})
		if len(l.keys) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// commandList is the commands. Enter writes one, and does not do it: some throw edits away.
func commandList() helpList {
	l := helpList{title: "commands"}
	for _, c := range commands() {
		l.keys = append(l.keys, helpKey{":" + c.name, c.does, "", func() []action { return []action{begunCommand{c}} }})
	}
	return l
}

// ruleList is the rules. Enter shows the page of one.
func ruleList(k *kit) helpList {
	l := helpList{title: "rules"}
	for _, r := range lint.All {
		l.keys = append(l.keys, helpKey{r.Name, k.prose(r.Summary()), "", func() []action { return []action{push{newRuleScreen(k, r)}} }})
	}
	return l
}
