// The arrows of the house: who may import whom, read from the sources. What a package may not import it
// cannot come to depend on.
package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/mailzone/mailzone"

// arrows is what each package may import of the others: never upwards, never sideways. A name that ends
// in /... covers all packages from there on down.
var arrows = map[string][]string{
	".":                   {"cli"},
	"cli":                 {"ui", "document", "lint", "preview", "zonefile/references", "zonefile/merge", "zonefile/newzone", "zonefile/presets", "policy", "server", "zonefile/disk", "zonefile", "crash"},
	"document":            {"lint", "preview", "server", "probe", "zonefile/references", "zonefile/disk", "zonefile", "crash"},
	"ui":                  {"document", "ui/...", "lint", "preview", "zonefile/references", "zonefile/merge", "zonefile/newzone", "zonefile/presets", "zonefile/pasted", "policy", "server", "zonefile/disk", "zonefile", "crash"},
	"ui/draw":             {},
	"ui/term":             {},
	"ui/wire":             {"crash"},
	"probe":               {"zonefile", "policy", "crash"},
	"lint":                {"zonefile", "policy", "crash"},
	"preview":             {"zonefile", "policy", "crash"},
	"zonefile/references": {"zonefile", "policy"},
	"zonefile/newzone":    {"zonefile"},
	"zonefile/presets":    {"zonefile"},
	"zonefile/merge":      {"zonefile/pasted", "zonefile", "policy"},
	"zonefile/pasted":     {"zonefile", "policy"},
	"server":              {"zonefile", "crash"},
	"zonefile/disk":       {"zonefile", "crash"},
	"zonefile":            {"crash"},
	"policy":              {},
	"crash":               {},
	"docs/...":            {"cli", "ui"},
}

// owners is the third-party code that only some packages may know.
var owners = map[string][]string{
	"github.com/charmbracelet/":   {"ui", "ui/..."},
	"github.com/muesli/":          {"ui", "ui/..."},
	"github.com/spf13/":           {"cli", "docs/..."},
	"github.com/miekg/dns":        {"zonefile", "probe"},
	"github.com/aymanbagabas/go-": {"cli", "document"},
}

// matches tells whether a package is among names.
func matches(names []string, pkg string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		base, all := strings.CutSuffix(n, "/...")
		return n == pkg || all && strings.HasPrefix(pkg, base+"/")
	})
}

// allowed is what a package may import; ok is false for one that nobody has placed.
func allowed(pkg string) (names []string, ok bool) {
	if names, ok = arrows[pkg]; ok {
		return names, true
	}
	for key, names := range arrows {
		if matches([]string{key}, pkg) {
			return names, true
		}
	}
	return nil, false
}

// sources yields every Go file of the program itself: neither tests nor the programs that tests run.
func sources(t *testing.T, visit func(pkg string, file *ast.File, fset *token.FileSet)) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "dist" || strings.HasPrefix(d.Name(), ".") && name != "."):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution|parser.ParseComments)
		if err == nil {
			visit(path.Dir(filepath.ToSlash(name)), file, fset)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImportsPointDownwards(t *testing.T) {
	seen := map[string]bool{}
	sources(t, func(pkg string, file *ast.File, fset *token.FileSet) {
		seen[pkg] = true
		may, ok := allowed(pkg)
		if !ok {
			t.Errorf("package %s has no place in the house: give it one in arrows", pkg)
			return
		}
		for _, spec := range file.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if problem := refuse(pkg, may, imported); problem != "" {
				t.Errorf("%s: %s", fset.Position(spec.Pos()), problem)
			}
		}
	})
	for pkg := range arrows {
		if !strings.HasSuffix(pkg, "/...") && !seen[pkg] {
			t.Errorf("arrows names package %s, which does not exist", pkg)
		}
	}
}

// refuse says what is wrong with an import, "" if nothing is.
func refuse(pkg string, may []string, imported string) string {
	if own, ok := strings.CutPrefix(imported, module+"/"); ok {
		if !matches(may, own) {
			return pkg + " may not import " + own
		}
		return ""
	}
	for prefix, names := range owners {
		if strings.HasPrefix(imported, prefix) && !matches(names, pkg) {
			return pkg + " may not import " + imported
		}
	}
	return ""
}

func TestRefuse(t *testing.T) {
	for _, tt := range []struct{ pkg, imported string }{
		{"zonefile", module + "/ui"},
		{"zonefile", module + "/zonefile/disk"},
		{"lint", module + "/preview"},
		{"preview", module + "/lint"},
		{"policy", module + "/zonefile"},
		{"zonefile/references", module + "/lint"},
		{"server", module + "/zonefile/disk"},
		{"zonefile/disk", module + "/server"},
		{"probe", module + "/lint"},
		{"lint", module + "/probe"},
		{"cli", module + "/probe"},
		{"ui", module + "/cli"},
		{"cli", module + "/ui/wire"},
		{"cli", "github.com/charmbracelet/bubbletea"},
		{"ui", "github.com/spf13/cobra"},
	} {
		if may, _ := allowed(tt.pkg); refuse(tt.pkg, may, tt.imported) == "" {
			t.Errorf("%s may import %s", tt.pkg, tt.imported)
		}
	}
}

// Only the files net_*.go of probe open connections, so that all limits and all that is told of what was asked stand there,
// and everything else works without a network.
func TestOnlyProbeUsesTheNetwork(t *testing.T) {
	found := 0
	sources(t, func(pkg string, file *ast.File, fset *token.FileSet) {
		uses := networkUses(file)
		if name := path.Base(filepath.ToSlash(fset.Position(file.Pos()).Filename)); pkg == "probe" && strings.HasPrefix(name, "net_") {
			found += len(uses)
			return
		}
		for _, pos := range uses {
			t.Errorf("%s: uses the network: only probe/net_*.go may", fset.Position(pos))
		}
	})
	if found == 0 {
		t.Error("probe/net_*.go use no network")
	}
}

// offline is what is named like the network and opens no connection.
var offline = []string{"net/netip", "net/url", "net/mail", "golang.org/x/net/publicsuffix", "golang.org/x/net/idna"}

// networked is names of packages that do other things, too.
var networked = map[string]*regexp.Regexp{
	"github.com/miekg/dns":  regexp.MustCompile(`^(Client|Conn|Transfer|Server|(Dial|Exchange|Listen|ActivateAndServe).*)$`),
	"golang.org/x/sys/unix": regexp.MustCompile(`^(Socket|Socketpair|Connect|Bind|Listen|Accept4?|Send(to|msg.*))$`),
	"syscall":               regexp.MustCompile(`^(Socket|Socketpair|Connect|Bind|Listen|Accept4?|Send(to|msg.*))$`),
}

// networkUses is where a file uses the network.
func networkUses(file *ast.File) (found []token.Pos) {
	watched := map[string]*regexp.Regexp{} // by the name that the file calls a package
	for _, spec := range file.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		name := path.Base(imported)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if bad := networked[imported]; bad != nil {
			watched[name] = bad
		}
		network := imported == "net" || imported == "crypto/tls" || imported == "log/syslog" ||
			strings.HasPrefix(imported, "net/") || strings.HasPrefix(imported, "golang.org/x/net/")
		if network && !slices.Contains(offline, imported) || watched[name] != nil && name == "." {
			found = append(found, spec.Pos())
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && watched[x.Name] != nil && watched[x.Name].MatchString(sel.Sel.Name) {
				found = append(found, sel.Pos())
			}
		}
		return true
	})
	return found
}

func TestNetworkUses(t *testing.T) {
	for _, tt := range []struct {
		imports, body string
		want          int
	}{
		{`"net"`, `net.JoinHostPort("", "")`, 1},
		{`"net/http"`, `http.Get("")`, 1},
		{`"golang.org/x/net/proxy"`, `proxy.Dial`, 1},
		{`"net/netip"`, `netip.MustParseAddr("")`, 0},
		{`"github.com/miekg/dns"`, `dns.IsFqdn(""); _ = dns.TypeA`, 0},
		{`"github.com/miekg/dns"`, `_ = dns.Client{}; dns.ExchangeContext(nil, nil, "")`, 2},
		{`d "github.com/miekg/dns"`, `d.DialTimeout()`, 1},
		{`. "github.com/miekg/dns"`, `Dial("")`, 1},
		{`"golang.org/x/sys/unix"`, `unix.Fsync(0); unix.Socket(1, 1, 1)`, 1},
	} {
		src := "package p\nimport (" + tt.imports + ")\nfunc f() { " + tt.body + " }"
		file, err := parser.ParseFile(token.NewFileSet(), "p.go", src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(networkUses(file)); got != tt.want {
			t.Errorf("%s, %s: %d uses of the network, want %d", tt.imports, tt.body, got, tt.want)
		}
	}
}

// Only ui/term has an init: what runs before main is hard to see and hard to test.
func TestOneInit(t *testing.T) {
	var found []string
	sources(t, func(pkg string, file *ast.File, _ *token.FileSet) {
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				found = append(found, pkg)
			}
		}
	})
	if !slices.Equal(found, []string{"ui/term"}) {
		t.Errorf("packages with an init: %v, want ui/term alone", found)
	}
}

// starters are the calls, besides the go statement, that start a goroutine in which a panic would end the program at once.
var starters = map[string][]string{
	"sync":                           {"WaitGroup"},
	"time":                           {"AfterFunc"},
	"context":                        {"AfterFunc"},
	"golang.org/x/sync/errgroup":     {"Group", "WithContext"},
	"golang.org/x/sync/singleflight": {"Group"},
}

// Only package crash starts goroutines: a panic in any other would leave a raw terminal, and edits that are in no log.
func TestGoroutinesRecover(t *testing.T) {
	sources(t, func(pkg string, file *ast.File, fset *token.FileSet) {
		if pkg == "crash" {
			return
		}
		for _, pos := range startsGoroutine(file) {
			t.Errorf("%s: a goroutine that does not recover: start it by package crash", fset.Position(pos))
		}
	})
}

// startsGoroutine is where a file starts goroutines.
func startsGoroutine(file *ast.File) (found []token.Pos) {
	imports := map[string][]string{} // by the name that the file calls a package
	for _, spec := range file.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		known := starters[name]
		if name = path.Base(name); spec.Name != nil {
			name = spec.Name.Name
		}
		imports[name] = known
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = append(found, n.Pos())
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && slices.Contains(imports[x.Name], n.Sel.Name) {
				found = append(found, n.Pos())
			}
		}
		return true
	})
	return found
}

func TestStartsGoroutine(t *testing.T) {
	for _, tt := range []struct {
		body string
		want int
	}{
		{"go f()", 1},
		{"func() { go func() {}() }()", 1},
		{"var g sync.WaitGroup; g.Go(f)", 1},
		{"new(sync.WaitGroup).Go(f)", 1},
		{"t.AfterFunc(0, f)", 1},
		{"var mu sync.Mutex; mu.Lock()", 0},
		{"var g crash.Group; g.Go(f)", 0},
	} {
		src := "package p\nimport (\"sync\"; t \"time\"; \"example.com/crash\")\nfunc f() { " + tt.body + " }"
		file, err := parser.ParseFile(token.NewFileSet(), "p.go", src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(startsGoroutine(file)); got != tt.want {
			t.Errorf("%s: %d goroutines, want %d", tt.body, got, tt.want)
		}
	}
}
