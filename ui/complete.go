package ui

// What a command's line may become: the commands, and behind one that takes something what it can take. A part that stands
// anywhere in a word is enough, if no other word has it.

import (
	"net/netip"
	"os"
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// newCommandPrompt asks for a command.
func newCommandPrompt(k *kit) *prompt {
	p := &prompt{kit: k, sign: ":", field: k.newField(partData, "", ""), offers: k.offers}
	p.done = func(text string) []action { return []action{runLine{text}} }
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

// takes tells what may stand behind a command, by the command's name.
func takes() map[string]func(k *kit, part string) []string {
	return map[string]func(k *kit, part string) []string{
		"w": func(_ *kit, part string) []string { return files(part) }, "rule": func(*kit, string) []string { return ruleNames() },
		"add": ownersAndTypes, "repoint": hosts, "like": ownerNames, "rename": hosts, "used": hosts, "readdress": addresses,
		"plan": func(*kit, string) []string { return []string{"since", "forget"} },
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
	for _, w := range within(of(k, part), part) {
		out = append(out, completion{text[:at+1] + w, ""})
	}
	return out
}

// within is the words that begin with a part, or if none does those that have it anywhere.
func within(words []string, part string) (out []string) {
	for _, w := range words {
		if strings.HasPrefix(w, part) && len(out) < mostFound {
			out = append(out, w)
		}
	}
	for _, w := range words {
		if contains(w, part) && !strings.HasPrefix(w, part) && len(out) < mostFound {
			out = append(out, w)
		}
	}
	return out
}

// hosts is the hosts that the zone has or leads to.
func hosts(k *kit, _ string) []string {
	return document.Hosts(k.doc.Zone(), k.doc.Zone().Origin())
}

// addresses is the addresses that the zone has, the first thousands.
func addresses(k *kit, _ string) (out []string) {
	const most = 4096
	seen := map[netip.Addr]bool{}
	for r := range k.doc.Zone().RecordsOf(zonefile.TypeA, zonefile.TypeAAAA) {
		if a, ok := r.Addr(); ok && !seen[a] {
			seen[a] = true
			out = append(out, a.String())
		}
		if len(out) == most {
			break
		}
	}
	return out
}

// ownerNames is the owners of the zone, as the zone writes them.
func ownerNames(k *kit, _ string) []string {
	var out []string
	for _, r := range k.doc.Findings.Names {
		out = append(out, r.Name.In(k.doc.Zone().Origin()))
	}
	return out
}

// ownersAndTypes is what the words of a record may be, as far as that is known.
func ownersAndTypes(k *kit, part string) []string {
	return append(ownerNames(k, part), zonefile.TypeNames()...)
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
	return out
}
