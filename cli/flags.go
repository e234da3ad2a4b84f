package cli

// Flags that take one word of a few: a wrong one is refused with the list of the right ones.

import (
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
