package policy

// Changes of tag lists: one tag, or one item of a tag's list, and no other octet.

import (
	"slices"
	"strings"
)

// index is where the first tag of a name stands; -1 if there is none.
func (l Tags) index(name string) int {
	return slices.IndexFunc(l, func(t Tag) bool { return t.Name == name })
}

// set gives a tag a value, or takes it away with "". A new one stands behind those that order has before it.
func (l Tags) set(text, name, value string, order []string) []Change {
	i := l.index(name)
	switch {
	case i < 0 && value == "":
		return nil
	case i < 0:
		return []Change{l.insert(text, name, name+"="+value, order)}
	case value == "":
		return l.Without(i, "").Changes
	}
	return []Change{{Span{l[i].valueAt(), l[i].End}, value}}
}

// insert puts a tag behind those that order has before it.
func (l Tags) insert(text, name, tag string, order []string) Change {
	rank := slices.Index(order, name)
	after := -1
	for i, t := range l {
		if at := slices.Index(order, t.Name); at >= 0 && at < rank {
			after = i
		}
	}
	between := "; "
	if len(l) > 1 && text[l[0].End:l[1].Start] == ";" { // as the others are written
		between = ";"
	}
	switch {
	case len(l) == 0:
		return Change{New: tag}
	case after < 0:
		return Change{Span{l[0].Start, l[0].Start}, tag + between}
	}
	return Change{Span{l[after].End, l[after].End}, between + tag}
}

// tagField is a field that is the value of one tag, in small letters.
func tagField(label, name string, order []string, choices ...Choice) Field {
	return Field{
		Label: label, Choices: choices, names: []string{name},
		get: func(text string) string { t, _ := ParseTags(text).Find(name); return lower(t.Value) },
		set: func(text, value string) []Change { return ParseTags(text).set(text, name, value, order) },
	}
}

// setItems makes the list in a tag another one; "" before an item is written as it is.
func (l Tags) setItems(text, name, between string, words []string, order []string, shown, write func(string) string) []Change {
	t, _ := l.Find(name)
	if t.Value == "" || len(words) == 0 {
		items := make([]string, len(words))
		for i, w := range words {
			items[i] = write(w)
		}
		return l.set(text, name, strings.Join(items, between), order)
	}
	e := elements{before: between, write: write}
	for at, item := range t.itemsBy(between) {
		e.at, e.words = append(e.at, at), append(e.words, shown(item))
	}
	e.remove = func(i int, behind bool) Change {
		if behind {
			return Change{Span{e.at[i-1].End, e.at[i].End}, ""}
		}
		return Change{Span{e.at[i].Start, e.at[i+1].Start}, ""}
	}
	e.insert = func(i int, element string) Change {
		return Change{Span{e.at[i].Start, e.at[i].Start}, element + between}
	}
	return e.become(words)
}

// restOf is the tags of a list that no field holds; the version is no news.
func restOf(fields []Field) func(string) []string {
	return func(text string) (rest []string) {
		list := ParseTags(text)
		held := map[string]bool{"v": true}
		for _, f := range fields {
			for _, name := range f.names {
				held[name] = f.whole == nil || f.whole(list)
			}
		}
		for _, t := range list {
			if !held[t.Name] {
				rest = append(rest, t.Text)
			}
			if t.Name != "v" { // of several the first is the field's
				held[t.Name] = false
			}
		}
		return rest
	}
}
