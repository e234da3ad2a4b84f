package ui

// Commands, as in vi, for what is done seldom and needs no key. One that is not known is answered with those that are.

import (
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
)

// command is what one can type after `:`.
type command struct {
	name string
	does string
	run  func(arg string) []action
	args bool // something may follow the name
}

// commands is all of them. Each is named as in vi, where vi has it.
func commands() []command {
	quitAfter := func(string) []action { return []action{review{then: []action{quit{}}}} }
	save := func(path string) []action {
		if path == "" {
			return []action{review{}}
		}
		return []action{saveElsewhere{path}}
	}
	return []command{
		{"w", "review and save; w FILE: a copy, edits and all, in a new file", save, true},
		{"wq", "review, save, quit", quitAfter, false},
		{"x", "as wq; without changes only quit", quitAfter, false},
		{"q", "quit", func(string) []action { return []action{quit{}} }, false},
		{"q!", "quit and throw the changes away", func(string) []action { return []action{quit{force: true}} }, false},
		{"e", "read the file again", func(string) []action { return []action{reload{}} }, false},
		{"e!", "read the file again and throw the changes away", func(string) []action { return []action{reload{force: true}} }, false},
		{"add", "add LINE: a record, as a zone file has it or as apply takes it", func(arg string) []action { return []action{addLine{arg}} }, true},
		{"fix", "make all safe fixes", func(string) []action { return []action{fixSafe{}} }, false},
		{"rename", "rename OLD NEW: another name for a host, everywhere", func(arg string) []action { return []action{everywhereCommand{arg: arg}} }, true},
		{"readdress", "readdress OLD NEW: another address, everywhere", func(arg string) []action { return []action{everywhereCommand{arg, true}} }, true},
		{"used", "used NAME: who uses a host, a name or an address", func(arg string) []action { return []action{usedCommand{arg}} }, true},
		{"repoint", "repoint OLD NEW: another host in the MX records of the marked names", forChosen("repoint"), true},
		{"ttl", "ttl TIME: the TTL of the MX records of the marked names", forChosen("ttl"), true},
		{"like", "like NAME: the MX records of NAME for the marked names", forChosen("like"), true},
		{"merge", "merge FILE: what a mail server or a provider prints, into the zone", func(arg string) []action { return []action{mergeFile{arg}} }, true},
		{"preset", "preset NAME KEY=VALUE: the records of a provider of mail, into the zone", func(arg string) []action { return []action{mergePreset{arg}} }, true},
		{"renumber", "the MX of the marked names by tens, tiers kept", func(string) []action { return []action{renumbering()} }, false},
		{"plan", "plan: the plan of a move; plan since TIME: the name servers have what the file says; plan forget", func(arg string) []action { return []action{planCommand{arg}} }, true},
		{"check", "check KIND...: ask the world about the zone: " + strings.Join(document.KindNames(), ", "), checkCommand, true},
		{"history", "what was done to the files, save by save, and the way back", func(string) []action { return []action{openHistory{}} }, false},
		{"find", "find TEXT: the next line that has it, in all files", findCommand, true},
		{"rule", "rule NAME: what a rule finds, and why", ruleCommand, true},
		{"mouse", "turn the mouse on or off", func(string) []action { return []action{mouse{}} }, false},
		{"help", "all keys", func(string) []action { return []action{showHelp{}} }, false},
	}
}

// forChosen is a command for the marked names.
func forChosen(name string) func(arg string) []action {
	return func(arg string) []action { return []action{bulk{name, arg}} }
}

// checkCommand asks the world about the zone.
func checkCommand(arg string) []action {
	kinds, known := strings.Fields(arg), document.KindNames()
	for _, kind := range kinds {
		if !slices.Contains(known, kind) {
			return []action{say{"no kind " + kind + ": there is " + strings.Join(known, ", "), levelError}}
		}
	}
	if len(kinds) == 0 {
		return []action{say{"say what is asked: :check " + strings.Join(known, ", :check "), levelInfo}}
	}
	return []action{askWorld{kinds: kinds}}
}

// findCommand goes to the next line that has a text, or asks for one.
func findCommand(text string) []action {
	if text == "" {
		return []action{openFinder{}}
	}
	return []action{findNext{text: text}}
}

// unknownCommand is what is said of a command that is none: which was meant, or which there are.
func unknownCommand(name string) string {
	var names, known []string
	for _, c := range commands() {
		names, known = append(names, c.name), append(known, ":"+c.name)
	}
	if meant := Nearest(name, names); meant != "" {
		return "no command :" + name + ": did you mean :" + meant + "?"
	}
	return "no command :" + name + "; there is " + strings.Join(known, " ") + " and :LINE"
}

// ruleCommand shows the page of a rule.
func ruleCommand(name string) []action { return []action{showRule{name}} }

// showRule shows the page of a rule, or says which was meant.
type showRule struct{ name string }

func (r showRule) do(s stage) tea.Cmd {
	for _, rule := range lint.All {
		if rule.Name == r.name {
			s.push(newRuleScreen(s.tools(), rule))
			return nil
		}
	}
	text := "no rule " + r.name + ": tab behind :rule tells their names"
	if meant := Nearest(r.name, ruleNames()); meant != "" {
		text = "no rule " + r.name + ": did you mean " + meant + "?"
	}
	s.tell(say{s.tools().show(text), levelError})
	return nil
}

// runLine carries out a `:` command.
type runLine struct{ line string }

func (r runLine) do(s stage) tea.Cmd { return s.perform(runCommand(r.line)...) }

// runCommand does what a typed line says: a command, or the number of a line to go to.
func runCommand(line string) []action {
	name, arg, _ := strings.Cut(strings.TrimSpace(line), " ")
	if n, err := strconv.Atoi(name); err == nil && n > 0 {
		return []action{goLine{n}}
	}
	all := commands()
	i := slices.IndexFunc(all, func(c command) bool { return c.name == name })
	if i < 0 {
		return []action{say{unknownCommand(name), levelError}}
	}
	if arg = strings.TrimSpace(arg); arg != "" && !all[i].args {
		return []action{say{":" + name + " takes nothing behind it", levelError}}
	}
	return all[i].run(arg)
}
