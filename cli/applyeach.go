package cli

// One script for many zones: what stands in it for the name of each is put in before it is read.

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/references"
)

// eachZone stands in a script for the name of the zone, which has no final dot: names in scripts are absolute.
const eachZone = "%ZONE%"

// scriptLimit is the largest script that is kept for many zones.
const scriptLimit = 16 << 20

// applyEach makes the edits of a script in many zones.
func (p *program) applyEach(cmd *cobra.Command, opt *manyOptions, strict bool, paths []string) error {
	if cmd.Flags().Changed("ptr") {
		return usagef(cmd, "--ptr is for one zone: leave --each out")
	}
	if err := p.check(cmd, opt.agreed); err != nil {
		return err
	}
	if err := opt.check(cmd, paths); err != nil {
		return err
	}
	script, err := io.ReadAll(io.LimitReader(p.in, scriptLimit+1))
	if err == nil && len(script) > scriptLimit {
		err = fmt.Errorf("more than %d bytes: is it really a script?", scriptLimit)
	}
	if err != nil {
		return fail(stdinName, err)
	}
	targets, err := p.targetsOf(cmd, opt, paths)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	var told document.Alikes
	edit := func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		name := z.Name().Plain()
		said := zonefile.Language{
			Strict: strict,
			Words:  references.Words(func(references.List) {}),
			Tell: func(what error) {
				mu.Lock()
				defer mu.Unlock()
				told.Add(what.Error(), name)
			},
		}
		return said.Edits(z, strings.NewReader(strings.ReplaceAll(string(script), eachZone, name)))
	}
	tell := func(*document.Many) []string {
		slices.SortFunc(told.List, func(a, b document.Alike) int { return strings.Compare(a.Text, b.Text) }) // zones are looked at side by side
		for _, of := range told.List {
			p.note(of.Names() + ": " + of.Text)
		}
		return nil
	}
	return p.changeMany(opt, targets, "mailzone apply --each", edit, tell)
}
