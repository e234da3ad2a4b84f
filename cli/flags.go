package cli

// Flags that take one word of a few: a wrong one is refused with the list of the right ones. And flags that take several values:
// those of pflag print themselves as CSV when they are declared, which every start of the program would pay for.

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mailzone/mailzone/ui"
)

// choice is a flag that takes one of a few words.
type choice struct {
	value string
	words []string
}

// flag adds the choice to a command as --format; the first word is the default.
func (c *choice) flag(cmd *cobra.Command, words ...string) {
	c.named(cmd, "format", "output", words...)
}

// named adds the choice to a command; what is what it chooses.
func (c *choice) named(cmd *cobra.Command, name, what string, words ...string) {
	c.add(cmd, cmd.Flags(), name, what, words)
}

// anywhere adds the choice to a command and to all that are under it.
func (c *choice) anywhere(cmd *cobra.Command, name, what string, words ...string) {
	c.add(cmd, cmd.PersistentFlags(), name, what, words)
}

// add adds the choice to flags of a command.
func (c *choice) add(cmd *cobra.Command, to *pflag.FlagSet, name, what string, words []string) {
	c.value, c.words = words[0], words
	to.Var(c, name, what+": "+strings.Join(words, ", "))
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return words, cobra.ShellCompDirectiveNoFileComp
	}
	_ = cmd.RegisterFlagCompletionFunc(name, complete) // fails only for a flag that does not exist
}

// is tells which word was chosen.
func (c *choice) is(word string) bool { return c.value == word }

// String, Set and Type make a choice a pflag.Value.
func (c *choice) String() string { return c.value }

// Set takes a word.
func (c *choice) Set(word string) error {
	if !slices.Contains(c.words, word) {
		if w := ui.Nearest(word, c.words); w != "" {
			return fmt.Errorf("did you mean %s?", w)
		}
		return fmt.Errorf("choose one of %s", strings.Join(c.words, ", "))
	}
	c.value = word
	return nil
}

// Type is what help shows in the place of the value.
func (c *choice) Type() string { return "WORD" }

// list is a flag that may be given several times.
type list struct {
	values *[]string
	words  bool // each time with several words, between commas as in CSV
}

// several adds a flag that takes a value each time that it is given.
func several(to *pflag.FlagSet, values *[]string, name, usage string) {
	to.Var(&list{values: values}, name, usage)
}

// words adds a flag that takes words between commas.
func words(to *pflag.FlagSet, values *[]string, name, usage string) {
	to.Var(&list{values: values, words: true}, name, usage)
}

// Set takes a value, or some words.
func (l *list) Set(text string) error {
	more := []string{text}
	if l.words && text == "" {
		more = nil
	} else if l.words {
		var err error
		if more, err = csv.NewReader(strings.NewReader(text)).Read(); err != nil {
			return err
		}
	}
	*l.values = append(*l.values, more...)
	return nil
}

// String is what was given.
func (l *list) String() string { return strings.Join(*l.values, ",") }

// Type tells cobra that the flag may come again.
func (l *list) Type() string { return "stringArray" }
