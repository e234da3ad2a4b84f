package ui

// Every key of every dialog is told where keys are told: the dialogs are found by what they are, so that none is forgotten, and
// what each of them says is the table.

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// dialogKind is the name of a dialog's type, what it is called, and how one gets there.
type dialogKind struct{ of, title, opened string }

// dialogKinds is what the dialogs are called where their keys are told, in this order, and how one gets there.
var dialogKinds = []dialogKind{
	{"form", "the form of a record", "which a and e open"},
	{"startForm", "the form of a new zone", "which a file without records opens, and f on soa-missing"},
	{"fixDialog", "a fix", "which f opens"},
	{"mendDialog", "several problems mended at once", "which F opens, and f on a row that stands for several"},
	{"ignoreDialog", "an ignore", "which I opens on a problem"},
	{"ruleScreen", "the page of a rule", "which ? opens on a problem"},
	{"reviewDialog", "the review", "which w opens"},
	{"historyDialog", "the history", "which H opens"},
	{"nameDialog", "a new name or address", "which R opens"},
	{"copyDialog", "a copy of a name", "which D opens on a name"},
	{"changeDialog", "the lines that change everywhere", "which a new name leads to"},
	{"usedDialog", "who uses something", "which U opens"},
	{"planForm", "the form of a move", "which M opens"},
	{"planDialog", "the plan of a move", "which M opens once there is one"},
	{"worldBox", "where questions go", "which L and :check show before the first question of a kind"},
	{"worldDialog", "what the world says", "which L and :check open"},
	{"saidPage", "what was said", "which enter opens there"},
	{"bothSides", "both sides of a conflict", "which b opens in its question"},
	{"pasteDialog", "records that are pasted", "which pasted text and :add open"},
	{"mergeDialog", "a snippet that is merged", "which :merge opens, and pasted text with a policy that the zone has"},
	{"ask", "a question", "where the first letter of an answer gives it"},
	{"entry", "a line that is asked for", "as @ does for addresses"},
	{"finder", "finding", "which / opens over the panes"},
	{"prompt", "the line at the bottom", "which : and & open, and / in dialogs"},
	{"helpScreen", "the help", "which ? and f1 open"},
	{"field", "a field", "where text is typed"},
}

// fieldDoes is what keys do in a field; with "abc def" in it, what it holds then, and a z that is typed behind that.
var fieldDoes = []struct{ key, does, holds string }{
	{"ctrl+a home", "to the beginning", "zabc def"},
	{"ctrl+e end", "to the end", "abc defz"},
	{"ctrl+u", "delete all before the cursor", "z"},
	{"ctrl+k", "delete all behind the cursor", "abc defz"},
	{"ctrl+w", "delete the word before the cursor", "abc z"},
}

// A field does with its keys what is told of them.
func TestFieldKeys(t *testing.T) {
	for _, f := range fieldDoes {
		for _, key := range strings.Fields(f.key) {
			u := userAt(t, place{keys: `: "abc def" ` + key + ` "z"`})
			if got := u.app.top().(*prompt).field.input.Value(); got != f.holds {
				t.Errorf("%s leaves %q, not %q", key, got, f.holds)
			}
		}
	}
	if u := userAt(t, place{keys: `: "abc def" ctrl+a ctrl+k "z"`}); u.app.top().(*prompt).field.input.Value() != "z" {
		t.Error("ctrl+k leaves something behind the cursor")
	}
}

// shortLived is dialogs that stand there while something is waited for: esc ends that, and there is no other key.
var shortLived = []string{"waitDialog"}

// dialogTypes is every type of the package that has the methods of a dialog, with as many arguments, its own or those of its parts.
func dialogTypes(t *testing.T) []string {
	methods, parts := map[string][]string{}, map[string][]string{}
	collect := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv != nil {
				of := typeName(n.Recv.List[0].Type)
				methods[of] = append(methods[of], fmt.Sprint(n.Name.Name, n.Type.Params.NumFields()))
			}
		case *ast.TypeSpec:
			if s, ok := n.Type.(*ast.StructType); ok {
				for _, f := range s.Fields.List {
					if len(f.Names) == 0 {
						parts[n.Name.Name] = append(parts[n.Name.Name], typeName(f.Type))
					}
				}
			}
		}
		return true
	}
	files, _ := filepath.Glob("*.go")
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "_test.go") {
			ast.Inspect(f, collect)
		}
	}
	var has func(of, method string) bool
	has = func(of, method string) bool {
		return slices.Contains(methods[of], method) || slices.ContainsFunc(parts[of], func(p string) bool { return has(p, method) })
	}
	dialog := reflect.TypeFor[dialog]()
	var out []string
	for of := range methods {
		is := true
		for i := range dialog.NumMethod() {
			m := dialog.Method(i)
			is = is && has(of, fmt.Sprint(m.Name, m.Type.NumIn()))
		}
		if is {
			out = append(out, of)
		}
	}
	slices.Sort(out)
	return out
}

// typeName is the name of a type or of what it points to; of another package's its last word.
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// Every kind of dialog that there is in the program is among the places where keys are pressed, and has a name by which its keys
// are told.
func TestEveryDialogIsAPlace(t *testing.T) {
	types, pressed := dialogTypes(t), map[string]bool{}
	for _, p := range lawDialogs {
		d := userAt(t, p).app.top()
		if d == nil {
			t.Fatalf("%s: no dialog is open", p.name)
		}
		pressed[reflect.TypeOf(d).Elem().Name()] = true
	}
	if len(types) < len(dialogKinds) {
		t.Errorf("only %d dialogs are found: %s", len(types), types)
	}
	for _, of := range types {
		if slices.Contains(shortLived, of) {
			continue
		}
		if !pressed[of] {
			t.Errorf("the dialog %s is no place where tests press keys: give it one in lawDialogs", of)
		}
		if !slices.ContainsFunc(dialogKinds, func(k dialogKind) bool { return k.of == of }) {
			t.Errorf("the dialog %s has no name: give it one in dialogKinds, and write its keys by -update", of)
		}
	}
}

// The table of the keys of dialogs has what the dialogs say; the letters of answers alone are left to the questions.
func TestDialogKeys(t *testing.T) {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	said := dialogsSay(t)
	for _, f := range fieldDoes {
		said["field"] += fmt.Sprintf("\t%s\t%s\n", f.key, f.does)
	}
	var want strings.Builder
	for _, kind := range dialogKinds {
		fmt.Fprintf(&want, "%s\t%s\n%s", kind.title, kind.opened, said[kind.of])
	}
	if *update {
		if err := os.WriteFile(filepath.Join(dir, "dialogkeys.txt"), []byte(want.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want.String() != dialogKeys {
		t.Errorf("dialogkeys.txt is not current: go test ./ui -update makes it so; it should be\n%s", &want)
	}
}

// dialogsSay is the lines of the table for the keys of each kind of dialog, by its type.
func dialogsSay(t *testing.T) map[string]string {
	known, told, lines := boundKeys(), map[string]bool{}, map[string]string{}
	for _, p := range lawDialogs {
		d := userAt(t, p).app.top()
		of := reflect.TypeOf(d).Elem().Name()
		for _, b := range d.bindings() {
			if of == "ask" && isAnswer(b) {
				continue
			}
			h := b.Help()
			if id := of + " " + h.Key; !told[id] {
				told[id] = true
				lines[of] += fmt.Sprintf("\t%s\t%s\n", h.Key, h.Desc)
			}
			for _, k := range b.Keys() {
				if !slices.Contains(known, k) {
					t.Errorf("%s: the key %s is not among the program's", p.name, k)
				}
			}
		}
	}
	return lines
}

// isAnswer tells the letter of an answer.
func isAnswer(b binding) bool { return len(b.Help().Key) == 1 }

// What a pane or dialog offers is told by help, and by the pages that Keys is for, the manual among them.
func TestAllKeysAreTold(t *testing.T) {
	lists, err := Keys()
	if err != nil {
		t.Fatal(err)
	}
	pages, help := map[string]bool{}, map[string]bool{}
	for _, l := range lists {
		for _, k := range l.Keys {
			noteKeys(pages, k.Key)
		}
	}
	u := userAt(t, place{keys: "home ?"})
	for _, l := range u.app.top().(*helpScreen).lists {
		for _, k := range l.keys {
			noteKeys(help, k.key)
		}
	}
	for where, list := range offers(t) {
		for _, b := range list {
			if where == "quit" && isAnswer(b) {
				continue
			}
			for _, key := range strings.Fields(b.Help().Key) {
				if !pages[key] {
					t.Errorf("%s: the manual does not tell the key %s (%s)", where, key, b.Help().Desc)
				}
				if !help[key] {
					t.Errorf("%s: help does not tell the key %s (%s)", where, key, b.Help().Desc)
				}
			}
		}
	}
}

// noteKeys notes that keys are told.
func noteKeys(told map[string]bool, keys string) {
	for _, k := range strings.Fields(keys) {
		told[k] = true
	}
}
