package cli

// What the shell offers behind a flag or a zone file: the words of the zone on the line. It is asked at every press of
// Tab, so it reads a zone of ordinary size only, asks no other program, and is silent where something is wrong.

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// mostToComplete is how big a zone file may be that is read while somebody waits for a word: it takes 100 ms.
const mostToComplete = 4 << 20

// asked is what stands on the line that is to be completed.
type asked struct {
	cmd  *cobra.Command
	args []string // without flags
	word string   // what is typed of the word so far
}

// offer is the words of one kind: all that there are, and the shell takes those that begin as what is typed.
type offer func(asked) []string

// offers is what the flags of this name take, whatever command they are of. With a "=" behind a word the value follows.
var offers = map[string]offer{
	"type": oneOfList(typesOnLine), "disable": oneOfList(rulesToOffer), "select": oneOfList(rulesToOffer),
	"severity": pairs(rulesToOffer, severitiesToOffer),
	"from":     hostsOnLine, "to": withEqual(hostsOnLine), "add": withEqual(hostsOnLine), "remove": hostsOnLine,
	"down": oneOfList(hostsOnLine), "fault": pairs(hostsOnLine, faultsToOffer),
	"show": copiesOnLine, "restore": copiesOnLine,
	"replace": oneOfList(typesOnLine), "domain": mailboxesOnLine,
}

// completes gives every flag of a tree of commands its words, and every command its arguments.
func completes(root *cobra.Command) {
	for _, cmd := range root.Commands() {
		for name, of := range offers {
			if cmd.Flags().Lookup(name) != nil {
				_ = cmd.RegisterFlagCompletionFunc(name, of.complete) // fails only for a flag that does not exist
			}
		}
	}
}

// complete is the offer as cobra asks for it. Behind a "=" no blank is wanted: the value follows.
func (of offer) complete(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	words := of(asked{cmd, args, word})
	directive := cobra.ShellCompDirectiveNoFileComp
	if len(words) > 0 && strings.HasSuffix(words[0], "=") {
		directive |= cobra.ShellCompDirectiveNoSpace
	}
	return words, directive
}

// completeZoneFile lets the shell complete the name of a file.
func completeZoneFile(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

// completeOneFile is completeZoneFile for a command that takes one.
func completeOneFile(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveDefault
}

// completeDomains completes a zone file, and then names that receive mail by it.
func completeDomains(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	return offer(mailboxesOnLine).complete(cmd, args, word)
}

// zoneOnLine is the zone file that the line names, if it is of a size that can be read at once.
func (a asked) zoneOnLine() (*zonefile.Zone, bool) {
	if len(a.args) == 0 {
		return nil, false
	}
	if at, err := os.Stat(a.args[0]); err != nil || !at.Mode().IsRegular() || at.Size() > mostToComplete {
		return nil, false
	}
	from := source{several: true}
	if f := a.cmd.Flags().Lookup("origin"); f != nil {
		if said, ok := f.Value.(*list); ok {
			from.origins = slices.Compact(slices.Clone(*said.values)) // cobra reads the flags twice
		}
	}
	origin, err := from.originName(a.cmd, a.args[0])
	if err != nil {
		return nil, false
	}
	st, z, err := document.Open(document.Options{Path: a.args[0], Origin: origin, ReadOnly: true})
	if err != nil {
		return nil, false
	}
	st.Close()
	return z, true
}

// typesOnLine is the types that the zone has.
func typesOnLine(a asked) (out []string) {
	z, ok := a.zoneOnLine()
	if !ok {
		return []string{"MX", "A", "AAAA", "TXT", "CNAME", "NS", "SOA", "SRV", "TLSA", "CAA", "PTR"}
	}
	for r := range z.Records() {
		if name := r.Type().String(); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// hostsOnLine is the hosts of the zone.
func hostsOnLine(a asked) []string {
	z, ok := a.zoneOnLine()
	if !ok {
		return nil
	}
	return offered(document.Hosts(z, zonefile.Root, nil))
}

// mailboxesOnLine is the names that receive mail by the zone.
func mailboxesOnLine(a asked) (out []string) {
	z, ok := a.zoneOnLine()
	if !ok {
		return nil
	}
	for _, b := range preview.Map(z) {
		out = append(out, string(b.Name))
	}
	return offered(out)
}

// copiesOnLine is the numbers of undo copies, with their times.
func copiesOnLine(a asked) (out []string) {
	path := ""
	if len(a.args) > 0 {
		path = a.args[0]
	}
	if file, err := a.cmd.Flags().GetString("file"); err == nil && file != "" {
		path = file
	}
	copies, _ := document.Copies(path) // none of a file that is not there
	for i, c := range copies {
		out = append(out, fmt.Sprintf("%d\t%s, %d bytes", i+1, c.Time.Local().Format(time.DateTime), c.Size))
	}
	return out
}

// offered is names as one types them, without the last dot. One that a shell or a terminal could take for something else
// is left out.
func offered(names []string) (out []string) {
	for _, name := range names {
		if name = strings.TrimSuffix(name, "."); name != "" && !strings.ContainsFunc(name, notInName) {
			out = append(out, name)
		}
	}
	return out
}

// notInName tells the characters that host names do not have; an underscore and the star of a wildcard are none of them.
func notInName(r rune) bool {
	return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-._", r))
}

// rulesToOffer is the rules of lint.
func rulesToOffer(asked) []string { return ruleNames() }

// severitiesToOffer is what a rule may be.
func severitiesToOffer(asked) []string {
	return []string{lint.Error.String(), lint.Warning.String(), lint.Info.String()}
}

// faultsToOffer is what may be wrong with a host.
func faultsToOffer(asked) []string { return preview.FaultWords() }

// oneOfList is an offer for a flag that takes words with commas between them: for the last of them.
func oneOfList(of offer) offer {
	return func(a asked) (out []string) {
		before := a.word[:strings.LastIndexByte(a.word, ',')+1]
		for _, w := range of(a) {
			out = append(out, before+w)
		}
		return out
	}
}

// withEqual is an offer of words behind which a value is wanted that nobody can offer.
func withEqual(of offer) offer {
	return func(a asked) (out []string) {
		for _, w := range of(a) {
			out = append(out, w+"=")
		}
		return out
	}
}

// pairs is an offer of key=value.
func pairs(keys, values offer) offer {
	return oneOfList(func(a asked) (out []string) {
		key, _, typed := strings.Cut(a.word[strings.LastIndexByte(a.word, ',')+1:], "=")
		if !typed {
			return withEqual(keys)(a)
		}
		for _, v := range values(a) {
			out = append(out, key+"="+v)
		}
		return out
	})
}
