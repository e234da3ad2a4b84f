package ui

// What a command's line may become: the commands, and behind one that takes something what it can take. A part that stands
// anywhere in a word is enough, if no other word has it.

import (
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/presets"
)

// newCommandPrompt asks for a command.
func newCommandPrompt(k *kit) *prompt {
	p := &prompt{kit: k, sign: ":", field: k.newField(partData, "", ""), offers: k.offers}
	p.done = func(text string) []action { return []action{runLine{text}} }
	p.find = func() tea.Cmd { return k.words.catchUp(k.wordRecipe(), func() []action { return nil }) }
	return p
}

// begunCommand asks for a command that is chosen already.
type begunCommand struct{ command command }

func (b begunCommand) do(s stage) tea.Cmd {
	p := newCommandPrompt(s.tools())
	p.write(b.command.begun())
	s.push(p)
	return nil
}

// begun is the line that a command begins: where something may follow, a blank does.
func (c command) begun() string {
	if c.args {
		return c.name + " "
	}
	return c.name
}

// mostFound is how many words are looked for: more are not shown, and none of them is the only one.
const mostFound = 20

// takes tells what may stand behind a command, by the command's name: lists of words, each in the order of the alphabet.
func takes() map[string]func(k *kit, part string) [][]string {
	hosts := func(k *kit, _ string) [][]string { return [][]string{k.wordsOfZone().hosts} }
	return map[string]func(k *kit, part string) [][]string{
		"w": func(_ *kit, part string) [][]string { return [][]string{files(part)} },
		"preset": func(k *kit, _ string) [][]string {
			all, _ := k.presets() // a file that cannot be read is told when it is wanted
			return [][]string{presets.Names(all)}
		},
		"merge": func(_ *kit, part string) [][]string { return [][]string{files(part)} },
		"rule":  func(*kit, string) [][]string { return [][]string{slices.Sorted(slices.Values(ruleNames()))} },
		"add": func(k *kit, _ string) [][]string {
			return [][]string{k.wordsOfZone().owners, slices.Sorted(slices.Values(zonefile.TypeNames()))}
		},
		"like":      func(k *kit, _ string) [][]string { return [][]string{k.wordsOfZone().domains} },
		"readdress": func(k *kit, _ string) [][]string { return [][]string{k.wordsOfZone().addresses} },
		"plan":      func(*kit, string) [][]string { return [][]string{{"forget", "since"}} },
		"repoint":   hosts, "rename": hosts, "used": hosts,
	}
}

// offers is what a line may become.
func (k *kit) offers(text string) []completion {
	at := strings.LastIndexByte(text, ' ')
	name, _, behind := strings.Cut(text, " ")
	var out []completion
	if !behind {
		for _, c := range commands() {
			if strings.HasPrefix(c.name, text) {
				out = append(out, completion{c.begun(), c.does})
			}
		}
		return out
	}
	of, ok := takes()[name]
	if !ok {
		return nil
	}
	part := text[at+1:]
	for _, w := range within(part, of(k, part)...) {
		out = append(out, completion{text[:at+1] + w, ""})
	}
	return out
}

// within is the words that begin with a part, and then those that have it anywhere.
func within(part string, lists ...[]string) (out []string) {
	for _, words := range lists {
		from, _ := slices.BinarySearch(words, part)
		for _, w := range words[from:] {
			if !strings.HasPrefix(w, part) || len(out) == mostFound {
				break
			}
			out = append(out, w)
		}
	}
	lower := strings.ToLower(part)
	for _, words := range lists {
		for _, w := range words {
			if len(out) == mostFound {
				return out
			}
			if strings.Contains(strings.ToLower(w), lower) && !strings.HasPrefix(w, part) {
				out = append(out, w)
			}
		}
	}
	return out
}

// catchUpHosts has them found while a field wants them.
func (k *kit) catchUpHosts(inDialog bool) tea.Cmd {
	if k.offerable.wanted = k.offerable.wanted && inDialog; !k.offerable.wanted {
		k.offerable.forget()
		return nil
	}
	return k.offerable.catchUp(k.hostRecipe(), func() []action { return nil })
}

// wordRecipe is how the words of the zone are found.
func (k *kit) wordRecipe() recipe[*zonefile.Zone, zoneWords] {
	z := k.doc.Zone()
	return recipe[*zonefile.Zone, zoneWords]{z, z.Entries() <= wordsAtOnce, func(p *pace) zoneWords { return wordsOf(z, p) }}
}

// wordsOfZone is the words of the zone, or of the version before it until they are found; none until they were found once.
func (k *kit) wordsOfZone() *zoneWords { return k.words.look(k.wordRecipe()) }

// wordsOf finds the words of a zone, all of them, until nobody waits for them.
func wordsOf(z *zonefile.Zone, p *pace) (w zoneWords) {
	p.begin(2 * z.Entries())
	w.hosts = document.Hosts(z, z.Origin(), p.goesOn)
	seen := map[netip.Addr]bool{}
	for node := range z.Nodes() {
		if !p.goesOn() {
			return zoneWords{}
		}
		owner := node.Name.In(z.Origin())
		w.owners = append(w.owners, owner)
		if node.Has(zonefile.TypeMX) {
			w.domains = append(w.domains, owner)
		}
		for _, r := range node.Records {
			if a, ok := r.Addr(); ok && !seen[a] {
				seen[a] = true
				w.addresses = append(w.addresses, a.String())
			}
		}
	}
	for _, list := range [][]string{w.owners, w.domains, w.addresses} {
		slices.Sort(list)
	}
	return w
}

// files is what stands in the directory of a path that is being typed. What cannot be typed is left out.
func files(part string) []string {
	dir, _ := filepath.Split(part)
	entries, err := os.ReadDir(filepath.Clean("./" + dir))
	if filepath.IsAbs(dir) {
		entries, err = os.ReadDir(dir)
	}
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		name := dir + e.Name()
		if e.IsDir() {
			name += "/"
		}
		if zonefile.Printable(name, false) == name && !strings.Contains(name, " ") {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
