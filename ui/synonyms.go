package ui

// What people call things that are called something else here. A test holds that each word finds something.

import "strings"

// synonyms is words that somebody may look for, with the words of what they find.
func synonyms() map[string][]string {
	return map[string][]string{
		"rename":    {"rename", "repoint", "edit"},
		"used":      {"who uses"},
		"usage":     {"who uses"},
		"reference": {"who uses"},
		"address":   {"readdress"},
		"replace":   {"repoint", "edit"},
		"change":    {"edit", "repoint"},
		"history":   {"undo", "earlier", "redo"},
		"revert":    {"undo", "throw the changes away"},
		"restore":   {"undo", "read the file again"},
		"reload":    {"rndc", "read the file again", "review and save"},
		"rndc":      {"review and save"},
		"serial":    {"review and save", "soa-"},
		"write":     {"review and save"},
		"duplicate": {"add", "duplicate", "copy"},
		"clone":     {"add", "copy"},
		"bulk":      {"mark", "marked"},
		"several":   {"mark", "marked"},
		"many":      {"mark", "marked"},
		"disable":   {"comment out", "ignore"},
		"backup":    {"a copy", "mx-backup", "undo"},
		"exit":      {"quit"},
		"close":     {"quit"},
		"search":    {"find"},
		"grep":      {"find"},
		"priority":  {"preference", "move up", "move down"},
		"order":     {"move up", "move down", "tier"},
		"simulate":  {"host down", "what if"},
		"outage":    {"host down", "network down"},
		"migrate":   {"migration", "plan"},
		"dkim":      {"dkim"},
		"silence":   {"ignore"},
		"new":       {"add"},
		"create":    {"add"},
		"paste":     {"a record, as a zone file"},
		"import":    {"a record, as a zone file"},
	}
}

// meanings is a text that is looked for, and what else it may mean: that of every word that begins with it, from its third
// letter on. None of no text.
func meanings(text string) []string {
	if text == "" {
		return nil
	}
	words := []string{text}
	for word, others := range synonyms() {
		if len(text) >= 3 && strings.HasPrefix(word, strings.ToLower(text)) {
			words = append(words, others...)
		}
	}
	return words
}
