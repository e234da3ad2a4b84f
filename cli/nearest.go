package cli

// A slip of the fingers is answered with the word that was meant, where there is one word that it can be: two letters away at
// most, and nearer than all others.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// meant is what goes behind an error: the question whether another word was meant, where one knows, and the remedy, if any.
func meant(wrote string, words []string, remedy string) string {
	if w := ui.Nearest(wrote, words); w != "" && w != wrote {
		remedy = strings.TrimRight("did you mean "+w+"? "+remedy, " ")
	}
	if remedy == "" {
		return ""
	}
	return ": " + remedy
}

// ruleNames is the names of all rules.
func ruleNames() []string {
	var names []string
	for _, r := range lint.All {
		names = append(names, r.Name)
	}
	return names
}

// meantRule is what goes behind the error of a rule that does not exist.
func meantRule(name string) string { return meant(name, ruleNames(), "`mailzone rules` lists them") }

// unreadValue is the error of a flag whose value is no number, or that takes none: what strconv says is for programmers.
func unreadValue(err error) error {
	value := new(pflag.InvalidValueError)
	if !errors.As(err, &value) || !errors.As(err, new(*strconv.NumError)) {
		return err
	}
	name := value.GetFlag().Name
	if value.GetFlag().Value.Type() == "bool" {
		return fmt.Errorf("--%s=%s: it takes no value: write --%s alone", name, value.GetValue(), name)
	}
	return fmt.Errorf("--%s %q: not a number: write one, as --%s 1", name, value.GetValue(), name)
}

// unknownFlag puts the flag that was meant behind the error of one that a command does not have.
func unknownFlag(cmd *cobra.Command, err error) error {
	var none *pflag.NotExistError
	if !errors.As(err, &none) || len(none.GetSpecifiedName()) == 1 {
		return unreadValue(err)
	}
	var names []string
	add := func(f *pflag.Flag) { names = append(names, "--"+f.Name) }
	cmd.LocalFlags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return fmt.Errorf("%w%s", err, meant("--"+none.GetSpecifiedName(), names, ""))
}

// commandNames is the names of all commands.
func commandNames(cmd *cobra.Command) (names []string) {
	for _, c := range cmd.Root().Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	return names
}

// missing puts the file that was meant behind the error of one that is not there: that in its directory, or else one of other
// words.
func missing(err error, path string, others ...string) error {
	var at *disk.Error
	if !errors.As(err, &at) || !errors.Is(err, fs.ErrNotExist) || at.Path == "" {
		return err
	}
	dir, base := filepath.Split(path)
	meant := nearFile(path)
	if meant == "" && dir == "" {
		meant = ui.Nearest(base, others)
	}
	if meant == "" {
		return err
	}
	return &disk.Error{Path: at.Path, What: at.What, Remedy: "did you mean " + meant + "?", Err: at.Err}
}

// nearFile is the file in the directory of a path that may be meant by it; "" if none is near.
func nearFile(path string) string {
	dir, base := filepath.Split(path)
	if meant := ui.Nearest(base, filesIn(dir)); meant != "" {
		return dir + meant
	}
	return ""
}

// orNew puts behind the error of a zone file that is not there, and like which there is none, how one is made.
func orNew(err error, path string) error {
	var at *disk.Error
	if !errors.As(err, &at) || !errors.Is(err, fs.ErrNotExist) || strings.HasPrefix(at.Remedy, "did you mean") {
		return err
	}
	remedy := "check the name, or make a zone: `mailzone --origin NAME " + path + "`"
	return &disk.Error{Path: at.Path, What: at.What, Remedy: remedy, Err: at.Err}
}

// filesIn is the names of the files in a directory, as far as they may be known.
func filesIn(dir string) (names []string) {
	list, _ := os.ReadDir(filepath.Clean(dir)) // "" is here
	for _, e := range list {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}
