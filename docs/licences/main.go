// Licences writes the licences of the program and of all that is linked into it, on the systems that it is released for:
// `go run ./docs/licences` in the form of Debian's copyright files, which people read as well; with the word debian without the text that
// each Debian has (Debian Policy §12.5). A module without a licence file is an error: what may not be passed on must not be linked.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// source is where the program comes from, and systems are those that it is released for.
const source = "https://github.com/mailzone/mailzone"

var systems = []string{"linux", "darwin", "freebsd"}

// module is what one author passes on: its name, its version, where its sources lie.
type module struct{ path, version, dir string }

func main() {
	out := bufio.NewWriter(os.Stdout)
	err := write(out, len(os.Args) > 1 && os.Args[1] == "debian")
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

// write writes all licences: the program's, those of its modules by name, Go's.
func write(w io.Writer, debian bool) error {
	modules, err := linked()
	if err != nil {
		return err
	}
	own, err := os.ReadFile("LICENSE")
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: mailzone\nSource: %s\n\n", source)
	fmt.Fprintf(w, "Files: *\nCopyright: The mailzone authors\nLicense: Expat\n%s", field(own))
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("go env GOROOT: %w", err)
	}
	for _, m := range append(modules, module{"Go", runtime.Version(), strings.TrimSpace(string(root))}) {
		text, err := m.licences()
		if err != nil {
			return err
		}
		if debian && bytes.Contains(text, []byte("Apache License")) && bytes.Contains(text, []byte("TERMS AND CONDITIONS FOR USE")) {
			text = []byte("On Debian systems the Apache License, Version 2.0, stands in /usr/share/common-licenses/Apache-2.0.")
		}
		name := strings.ReplaceAll(strings.ReplaceAll(m.path, "/", "-"), ".", "-") // a short name of a licence is one word
		fmt.Fprintf(w, "\nFiles: %s\nCopyright: %s\nLicense: %s\n%s", m.path, holder(text, m), name, field(text))
	}
	return nil
}

// linked is the modules of which something is linked into the program on any of the systems.
func linked() ([]module, error) {
	all := map[module]bool{}
	for _, system := range systems {
		cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", ".")
		cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("go list for %s: %w", system, err)
		}
		for line := range strings.Lines(string(out)) {
			if f := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(f) == 3 {
				all[module{f[0], f[1], f[2]}] = true
			}
		}
	}
	var out []module
	for m := range all {
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b module) int { return strings.Compare(a.path, b.path) })
	return out, nil
}

// licences is the texts that have to go with a module: its licence and, where it has one, its notice (Apache License 2.0, §4).
func (m module) licences() ([]byte, error) {
	files, err := os.ReadDir(m.dir)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.path, err)
	}
	var text []byte
	found := false
	for _, f := range files {
		name, _, _ := strings.Cut(strings.ToUpper(f.Name()), ".")
		licence := slices.Contains([]string{"LICENSE", "LICENCE", "COPYING", "LICENSE-MIT"}, name)
		if f.IsDir() || !licence && name != "NOTICE" && name != "COPYRIGHT" {
			continue
		}
		src, err := os.ReadFile(filepath.Join(m.dir, f.Name()))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.path, err)
		}
		text, found = append(append(text, src...), '\n'), found || licence
	}
	if !found {
		return nil, fmt.Errorf("%s %s has no licence file in %s", m.path, m.version, m.dir)
	}
	return text, nil
}

// holder is the first line of a licence that says whose the copyright is.
func holder(text []byte, m module) string {
	for line := range bytes.Lines(text) {
		if rest, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte("Copyright ")); ok && !bytes.HasPrefix(rest, []byte("[")) {
			name, _, _ := strings.Cut(string(rest), ". All rights")
			return name
		}
	}
	return "the authors of " + m.path
}

// field is a text as the field of a copyright file continues: each line behind a blank, an empty one as a dot.
func field(text []byte) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimSpace(strings.ReplaceAll(string(text), "\r", ""))) {
		line = strings.TrimRight(strings.ToValidUTF8(line, "?"), " \t\n\f")
		if strings.TrimSpace(line) == "" {
			line = "."
		}
		b.WriteString(" " + line + "\n")
	}
	return b.String()
}
