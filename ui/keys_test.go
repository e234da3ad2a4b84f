package ui

import (
	"github.com/mailzone/mailzone/document"

	"slices"
	"testing"

	"github.com/charmbracelet/bubbles/key"

	"github.com/mailzone/mailzone/zonefile"
)

// offers is everything that the program offers: the bindings of every pane and dialog, with where they are.
func offers(t *testing.T) map[string][]binding {
	t.Chdir(t.TempDir())
	u := newUser(t, "", demoZone)
	a := u.app
	out := map[string][]binding{}
	for p := range paneCount {
		u.types("1") // the delivery has a host under its cursor
		a.focus(p)
		out[[paneCount]string{"names", "records", "delivery", "problems", "source"}[p]] = append(a.component(p).bindings(), a.bindings()...)
	}
	form := newAddForm(a.kit, a.kit.name, zonefile.TypeMX)
	form.at = form.index(part(zonefile.Preference))
	form.fields[form.at].suggest([]string{form.fields[form.at].value() + "0"})
	form.typeInto(&form.fields[form.at], runeKey('0'))
	form.typeInto(&form.fields[form.at], keysOf(t, "backspace")[0])
	plan := newPlanForm(a.kit, saves)
	if plan.submit(); plan.asked == nil {
		t.Fatal("no plan is asked for")
	}
	made := makePlan{plan, *plan.asked}.do(a)().(planned)
	if made.err != nil {
		t.Fatal(made.err)
	}
	out["plan"] = newPlanDialog(a.kit, made, afterPlan{askPlan{saves}, saves}).bindings()
	out["plan form"] = plan.bindings()
	out["form"] = form.bindings()
	out["fix"] = newFixDialog(a.kit, *a.doc.Findings.Problems[0]).bindings()
	out["ignore"] = newIgnoreDialog(a.kit, *a.doc.Findings.Problems[0]).bindings()
	out["rule"] = ruleOf(a.kit, *a.doc.Findings.Problems[0]).bindings()
	out["review"] = newReview(a.kit, document.Saving{}, nil).bindings()
	out["ask"] = (&ask{kit: a.kit, answers: []answer{{"Yes", nil}}}).bindings()
	out["history"] = (&historyDialog{kit: a.kit}).bindings()
	out["help"] = a.help().(*helpScreen).bindings()
	out["prompt"] = newCommandPrompt(a.kit).bindings()
	out["history"] = (&historyDialog{kit: a.kit, known: true, history: document.History{Events: make([]document.Event, 1)}}).bindings()
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
