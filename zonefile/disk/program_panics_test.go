//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"github.com/creack/pty"
)

// This file lets the program panic on a terminal: in every goroutine that it starts, and in every function that the terminal
// library calls or that is called from there, at ten moments of a session. The terminal has to be left as it was, the edits in
// the log, and the status 3. The panics are not in the program: `go build -overlay` compiles other texts of its files, in which
// each of these functions begins with one, which waits until it is armed.

// A charge is a place at which the program can be made to panic.
type charge struct {
	name string // as in ui/wire Writer.Write
	pos  int    // in the file: behind the brace
}

// guards are the calls under which a panic is caught. A function that makes one is nothing but a door: the charge is in what is
// called behind it.
var guards = []string{"do", "Try", "transfer", "descriptor", "closing"}

// unarmed are the functions that put the terminal in order after a panic. A panic in them is one in the cure.
var unarmed = []string{"ui/wire guard.do", "ui/wire guard.fail", "ui/wire guard.failed", "ui/wire Writer.leave", "ui/wire modes.undo"}

// model are the functions of package ui that the library calls by way of ui/wire.
var model = regexp.MustCompile(`^ui (app|opening)\.(Init|Update|View)$`)

// chargesOf finds the places in a file of a package.
func chargesOf(pkg string, file *ast.File, fset *token.FileSet) (found []charge) {
	at := func(n ast.Node) token.Position { return fset.Position(n.Pos()) }
	add := func(name string, body *ast.BlockStmt) {
		if body != nil && !slices.Contains(unarmed, name) {
			found = append(found, charge{name, fset.Position(body.Lbrace).Offset + 1})
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			name := pkg + " " + receiver(n) + n.Name.Name
			if pkg == "ui/wire" && !isDoor(n.Body) || model.MatchString(name) {
				add(name, n.Body)
			}
		case *ast.CallExpr:
			s, ok := n.Fun.(*ast.SelectorExpr)
			if !ok || len(n.Args) == 0 {
				break
			}
			f, ok := n.Args[0].(*ast.FuncLit)
			switch where := fmt.Sprintf("%s:%d", filepath.Base(at(n).Filename), at(n).Line); {
			case !ok:
			case s.Sel.Name == "Go" || s.Sel.Name == "Start":
				add(pkg+" goroutine "+where, f.Body)
			case pkg == "ui/wire" && slices.Contains(guards, s.Sel.Name):
				add(pkg+" door "+where, f.Body)
			}
		case *ast.FuncLit:
			if t := n.Type.Results; pkg == "ui" && n.Type.Params.NumFields() == 0 && t.NumFields() == 1 && isMsg(t.List[0].Type) {
				add(fmt.Sprintf("%s command %s:%d", pkg, filepath.Base(at(n).Filename), at(n).Line), n.Body)
			}
		}
		return true
	})
	return found
}

// isDoor tells a function that calls others under a guard.
func isDoor(body *ast.BlockStmt) (door bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok {
			s, ok := c.Fun.(*ast.SelectorExpr)
			door = door || ok && slices.Contains(guards, s.Sel.Name)
		}
		return true
	})
	return door
}

// receiver is the type of a method and a dot.
func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return ""
	}
	t := f.Recv.List[0].Type
	if p, ok := t.(*ast.StarExpr); ok {
		t = p.X
	}
	return fmt.Sprint(t, ".")
}

// isMsg tells the type tea.Msg.
func isMsg(t ast.Expr) bool {
	s, ok := t.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "Msg"
}

// moment is the one file of a package of its own, so that nothing is compiled once more but what is charged and what is above.
const moment = `package moment

import "os"

func Moment(charge string) {
	home := os.Getenv("HOME")
	if os.Getenv("MAILZONE_CHARGE") != charge {
		return
	}
	if _, err := os.Stat(home + "/armed"); err != nil {
		return
	}
	_ = os.WriteFile(home+"/fired", nil, 0o600)
	panic("a test")
}
`

// charged builds the program with all charges, in a slice with those of the terminal library's caller, and returns their
// names. In the careless one nothing of ours recovers.
func (p trial) charged(careless bool) (bin string, names []string) {
	p.Helper()
	texts := map[string]string{"crash/moment/moment.go": moment}
	pkgs := []string{"ui/wire"} // which every session reaches
	if *torture {
		pkgs = append(pkgs, "ui", "lint", "preview", "zonefile", "zonefile/disk", "cli")
	}
	for _, pkg := range pkgs {
		files, err := filepath.Glob(filepath.Join(root, pkg, "*.go"))
		if err != nil {
			p.Fatal(err)
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			text, charges := p.charge(pkg, path)
			for _, c := range charges {
				names = append(names, c.name)
			}
			if len(charges) > 0 {
				texts[pkg+"/"+filepath.Base(path)] = text
			}
		}
	}
	if careless {
		texts["crash/crash.go"] = p.instead("crash/crash.go", "if value := recover(); value != nil", "if value := any(nil); value != nil")
	}
	return p.otherProgram(p.overlay(texts)...), names
}

// root is the directory of the program's sources.
var root = filepath.Join("..", "..")

// overlay is the flags of a build in which some files hold other texts.
func (p trial) overlay(texts map[string]string) []string {
	p.Helper()
	dir, replace := p.TempDir(), map[string]string{}
	var errs error
	for path, text := range texts {
		full, err := filepath.Abs(filepath.Join(root, path))
		to := filepath.Join(dir, strings.ReplaceAll(path, "/", "_"))
		errs = errors.Join(errs, err, os.WriteFile(to, []byte(text), 0o600))
		replace[full] = to
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	file := filepath.Join(dir, "overlay.json")
	if err := errors.Join(errs, err, os.WriteFile(file, list, 0o600)); err != nil {
		p.Fatal(err)
	}
	return []string{"-overlay", file}
}

// instead is the text of a source file with a part of it replaced, which has to be there.
func (p trial) instead(path, old, text string) string {
	p.Helper()
	src, err := os.ReadFile(filepath.Join(root, path))
	if err != nil || !strings.Contains(string(src), old) {
		p.Fatalf("%s has not %q: %v", path, old, err)
	}
	return strings.Replace(string(src), old, text, 1)
}

// charge puts the charges into a file.
func (p trial) charge(pkg, path string) (text string, charges []charge) {
	p.Helper()
	src, err := os.ReadFile(path)
	fset := token.NewFileSet()
	file, parseErr := parser.ParseFile(fset, path, src, parser.SkipObjectResolution)
	if err := errors.Join(err, parseErr); err != nil {
		p.Fatal(err)
	}
	charges = chargesOf(pkg, file, fset)
	slices.SortFunc(charges, func(a, b charge) int { return b.pos - a.pos }) // from behind
	text = string(src)
	for _, c := range charges {
		text = text[:c.pos] + fmt.Sprintf("moment.Moment(%q);", c.name) + text[c.pos:]
	}
	end := fset.Position(file.Name.End()).Offset
	return text[:end] + `; import "github.com/mailzone/mailzone/crash/moment"` + text[end:], charges
}

// steps are what a user does until one of them, the charge being armed before it, ends the program. The last ends it anyway.
func steps() []func(s *sitting) error {
	press := func(keys, until string) func(*sitting) error {
		return func(s *sitting) error {
			if err := s.press(calm + keys); err != nil {
				return err
			}
			_, err := s.until(regexp.MustCompile(until))
			return err
		}
	}
	return []func(*sitting) error{
		(*sitting).opened,
		func(s *sitting) error { return s.add("mx9", "192.0.2.9") },
		press(toRecords+"ge", "Edit "),
		press("\x1b[200~pasted\x1b[201~"+calm+":pasted", "(?m)^:pasted"),
		func(s *sitting) error { return s.resize(20, 70) },
		press("E", "nothing to change"),
		press("\x1b[<0;10;8M\x1b[<0;10;8m:mouse", "(?m)^:mouse"),
		press(":ttl 2h\r", manyChanged),
		press("w", "Review of"),
		func(s *sitting) error {
			err := s.cmd.Process.Signal(syscall.SIGTERM)
			_, goneErr := s.gone()
			return errors.Join(err, goneErr)
		},
	}
}

// resize changes the size of the window, and back.
func (s *sitting) resize(rows, columns uint16) error {
	for _, size := range []pty.Winsize{{Rows: rows, Cols: columns}, {Rows: displayHeight, Cols: displayWidth}} {
		if err := pty.Setsize(s.tty, &size); err != nil {
			return err
		}
		if err := s.settle(fmt.Sprint("rows", size.Rows)); err != nil {
			return err
		}
	}
	return nil
}

// provePanics lets the program panic everywhere.
func provePanics(p trial) {
	bin, names := p.charged(false)
	c := p.count("%s of %s panics left a terminal that was not as before, or edits that were not in the log")
	type panicAt struct {
		name string
		step int
	}
	var all []panicAt
	for _, name := range names {
		for step := range steps() {
			all = append(all, panicAt{name, step})
		}
	}
	if !*torture { // those that every session reaches
		all = slices.DeleteFunc(all, func(at panicAt) bool { return at.step > 5 })
	}
	rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	fired := make([]string, len(all))
	workers(p.n(6, len(all)), func(i int) {
		why, went := p.panics(bin, all[i].name, all[i].step)
		if !went {
			return
		}
		fired[i] = all[i].name
		if why != "" {
			why = fmt.Sprintf("%s, step %d: %s", all[i].name, all[i].step, why)
		}
		c.try(why)
	})
	slices.Sort(fired)
	fired = slices.DeleteFunc(slices.Compact(fired), func(name string) bool { return name == "" })
	p.Logf("%d of %d places were reached; never: %q", len(fired), len(names),
		slices.DeleteFunc(names, func(name string) bool { return slices.Contains(fired, name) }))
	if !*torture {
		return // the other program takes its time to build
	}
	bin, _ = p.charged(true)
	careless := p.control("without what recovers: %s of %s")
	renderer := []string{"ui/wire Writer.Write", "ui/wire Reader.Read", "ui/wire Writer.paint", "ui/wire grid.clone", "ui/wire key.read"}
	workers(20, func(i int) {
		if why, went := p.panics(bin, renderer[i%len(renderer)], 1+i%3); went {
			careless.try(why)
		}
	})
}

// panics runs a session until it panics, and says what is wrong then. Fired is false if the place was never reached.
func (p trial) panics(bin, name string, step int) (wrong string, fired bool) {
	w := p.workplace(bin, startZone)
	w.charge = name
	arm := func() error { return os.WriteFile(w.home+"/armed", nil, 0o644) }
	if step == 0 {
		if err := arm(); err != nil {
			return err.Error(), true
		}
	}
	s, err := w.start("--mouse")
	if err != nil {
		return err.Error(), true
	}
	defer s.end()
	done := 0
	for i, do := range steps() {
		if i == step && i > 0 {
			err = arm()
		}
		if err == nil {
			err = do(s)
		}
		if err != nil {
			break
		}
		done++
	}
	if _, statErr := os.Stat(w.home + "/fired"); statErr != nil {
		if err != nil {
			return err.Error(), true
		}
		return "", false
	}
	if _, err := s.gone(); err != nil {
		return err.Error() + s.screen(), true
	}
	<-s.drained
	return s.afterPanic(done > 1), true
}

// afterPanic says what is not as it has to be when the program has ended by a panic.
func (s *sitting) afterPanic(edited bool) string {
	now, err := s.settings()
	switch said := s.said(); {
	case err != nil || *now != *s.before:
		return fmt.Sprintf("the terminal's settings were not restored: %v", err)
	case s.display.asFound() != "":
		return s.display.asFound()
	case len(s.outside()) > 0:
		return fmt.Sprintf("the terminal was sent %q", s.outside())
	case s.cmd.ProcessState.ExitCode() != 3:
		return fmt.Sprintf("the status is %d; %s", s.cmd.ProcessState.ExitCode(), s.screen())
	case !strings.Contains(said, "a mistake in mailzone itself: a test"):
		return "it says " + s.screen()
	case edited && !strings.Contains(said, "the edits are kept: open "+zoneName):
		return "the log is not named: " + s.screen()
	case edited:
		return s.logged("192.0.2.9")
	}
	return ""
}

// logged says what is wrong with the recovery log, in which an edit with a text has to be.
func (w workplace) logged(want string) string {
	logs, err := filepath.Glob(filepath.Join(w.state().StateDir, logDir, "*"))
	if err != nil || len(logs) != 1 {
		return fmt.Sprintf("recovery logs %q, %v", logs, err)
	}
	text, err := os.ReadFile(logs[0])
	r := Recovery{File: logs[0]}
	if err = errors.Join(err, r.parse(text)); err != nil {
		return err.Error()
	}
	for _, block := range r.Edits {
		var edits []struct{ New []byte }
		if err := json.Unmarshal(block, &edits); err != nil {
			return err.Error()
		}
		for _, e := range edits {
			if strings.Contains(string(e.New), want) {
				return ""
			}
		}
	}
	return fmt.Sprintf("%q is not among %d edits", want, len(r.Edits))
}
