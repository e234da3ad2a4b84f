package ui

import (
	"slices"
	"testing"

	"github.com/charmbracelet/bubbles/key"
)

// offers is everything that the program offers: the bindings of every dialog, and of every kind of row in every pane, with those
// that work everywhere there.
func offers(t *testing.T) map[string][]binding {
	out := map[string][]binding{}
	for _, p := range lawPlaces(t) {
		c, everywhere := userAt(t, p).app.listening()
		out[p.name] = append(c.bindings(), everywhere...)
	}
	return out
}

// movingBindings is the keys that lists follow without a binding: they move the cursor everywhere.
func movingBindings(k *keyMap) []key.Binding {
	return []key.Binding{k.Up, k.Down, k.PageUp, k.PageDown, k.Top, k.Bottom}
}

// A key that is named in the program does something somewhere.
func TestEveryKeyDoesSomething(t *testing.T) {
	var used []string
	for _, list := range offers(t) {
		for _, b := range list {
			used = append(used, b.Keys()...)
		}
	}
	for _, b := range movingBindings(newKeys()) {
		used = append(used, b.Keys()...)
	}
	for name, b := range allBindings() {
		for _, k := range b.Keys() {
			if !slices.Contains(used, k) {
				t.Errorf("%s: the key %s does nothing anywhere", name, k)
			}
		}
	}
}

// In one place a key does one thing: what comes second would never be reached.
func TestNoKeyDoesTwoThings(t *testing.T) {
	for where, list := range offers(t) {
		seen := map[string]string{}
		for _, b := range list {
			for _, k := range b.Keys() {
				if first, ok := seen[k]; ok {
					t.Errorf("%s: the key %s is for %q and for %q", where, k, first, b.Help().Desc)
				}
				seen[k] = b.Help().Desc
			}
		}
	}
}

// A key that does something, or says why it does nothing, has a help; a text and a key.
func TestEveryBindingHasHelp(t *testing.T) {
	for where, list := range offers(t) {
		for _, b := range list {
			if h := b.Help(); h.Key == "" || h.Desc == "" || b.why == "" && b.run == nil && b.runKey == nil {
				t.Errorf("%s: a binding of %q: help %q, %q", where, b.Keys(), h.Key, h.Desc)
			}
		}
	}
}
