package presets

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Every file that comes with the program is a preset, of its name, with pages of the provider and a date; its examples give records.
func TestBuiltin(t *testing.T) {
	files, err := filepath.Glob("data/*.toml")
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Read(name, text)
		if err != nil {
			t.Error(err)
			continue
		}
		if filepath.Base(name) != p.Name+".toml" {
			t.Errorf("%s is called %s", name, p.Name)
		}
		for _, s := range p.Sources {
			if !strings.HasPrefix(s, "http") {
				t.Errorf("%s: %s is no address", name, s)
			}
		}
		if found, ok := Find(Builtin(), p.Name); !ok || found.Title != p.Title {
			t.Errorf("%s is not built in", name)
		}
		list, err := p.Records("zone.example.", p.examples())
		if err != nil || len(list) != len(p.records) {
			t.Errorf("%s: %v, %v", name, list, err)
		}
	}
	if len(Builtin()) != len(files) {
		t.Errorf("%d files, %d presets", len(files), len(Builtin()))
	}
}

// examples is the examples of the questions as values.
func (p Preset) examples() Values {
	v := Values{}
	for _, q := range p.Questions {
		v[q.Key] = q.Example
	}
	return v
}

const mine = `name = "mine"
title = "Mine"
source = ["https://mine.example/dns"]
date = "2026-10"

[[question]]
key = "id"
ask = "the number of your account"
example = "42"

[[question]]
key = "dkim"
ask = "the target that your account shows"
example = "k1.mine.example"
host = true
optional = true

[[record]]
owner = "@"
type = "MX"
data = "10 {dashed}.{id}.mine.example."

[[record]]
owner = "@"
type = "TXT"
data = "v=spf1 include:{id}.mine.example ~all; \"{origin}\""

[[record]]
owner = "k1._domainkey"
type = "CNAME"
data = "{dkim}."
`

// Variables are filled; what belongs to an optional question is left out without a value.
func TestSnippet(t *testing.T) {
	p, err := Read("mine.toml", []byte(mine))
	if err != nil {
		t.Fatal(err)
	}
	const want = `zone.example. IN MX 10 zone-example.7.mine.example.
zone.example. IN TXT "v=spf1 include:7.mine.example ~all; \"zone.example\""
`
	if got, err := p.Snippet("zone.example.", Values{"id": "7"}); err != nil || got != want {
		t.Errorf("%v\n%s", err, got)
	}
	got, err := p.Snippet("zone.example.", Values{"id": "7", "dkim": "x.mine.example."})
	if err != nil || got != want+"k1._domainkey.zone.example. IN CNAME x.mine.example.\n" {
		t.Errorf("%v\n%s", err, got)
	}
	if got := p.AsOf(time.Date(2027, 10, 30, 0, 0, 0, 0, time.UTC)); got != "as of 2026-10" {
		t.Error(got)
	}
	if got := p.AsOf(time.Date(2027, 11, 2, 0, 0, 0, 0, time.UTC)); !strings.Contains(got, "more than a year ago") {
		t.Error(got)
	}
	if _, err := With(Builtin(), p); err != nil {
		t.Error(err)
	}
	p.Name = Builtin()[0].Name
	if _, err := With(Builtin(), p); err == nil || !strings.HasPrefix(err.Error(), "mine.toml:1: ") {
		t.Error(err)
	}
}

// What is wrong with a file is told by its line, and what is wrong with a value by its question.
func TestWrong(t *testing.T) {
	for _, tt := range []struct {
		was, is string
		line    string
		what    string
	}{
		{`title = "Mine"`, `title = ""`, "2", "title"},
		{`title = "Mine"`, `titel = "Mine"`, "2", "nothing is called so"},
		{`title = "Mine"`, `title = Mine`, "2", "not to be read"},
		{`name = "mine"`, `name = "Mine"`, "1", "name: small letters"},
		{`name = "mine"`, `name = "none"`, "1", "name: small letters"},
		{`source = ["https://mine.example/dns"]`, ``, "1", "source"},
		{`date = "2026-10"`, `date = "October"`, "4", "date"},
		{`key = "id"`, `key = "origin"`, "7", "a key of its own"},
		{`key = "id"`, `key = "dkim"`, "7", "a key of its own"},
		{`ask = "the number of your account"`, ``, "7", "a key of its own"},
		{`{dkim}.`, `{dkmi}.`, "31", "{dkmi} is the variable of no question"},
		{`type = "CNAME"`, `type = "SOA"`, "30", "type: MX"},
		{`"10 {dashed}`, `"ten {dashed}`, "21", "no MX"},
		{`host = true`, `hosts = true`, "15", "nothing is called so"},
	} {
		text := strings.Replace(mine, tt.was, tt.is, 1)
		_, err := Read("mine.toml", []byte(text))
		if w := new(Wrong); text == mine || !errors.As(err, &w) || !strings.HasPrefix(err.Error(), "mine.toml:"+tt.line+": ") || !strings.Contains(err.Error(), tt.what) {
			t.Errorf("%s: %v, want line %s: %s", tt.is, err, tt.line, tt.what)
		}
	}
	p, err := Read("mine.toml", []byte(mine))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		v         Values
		key, what string
	}{
		{nil, "id", "mine.toml:7: id: has no value: it is the number of your account; give it as id=42"},
		{Values{"id": "a\nb"}, "id", "control characters"},
		{Values{"id": "7", "dkim": "no host"}, "dkim", "no name of a host"},
		{Values{"id": "7", "key": "x"}, "key", `mine asks for nothing called "key": it asks for id and dkim`},
	} {
		_, err := p.Records("zone.example.", tt.v)
		if w := new(Wrong); !errors.As(err, &w) || w.Key != tt.key || !strings.Contains(err.Error(), tt.what) {
			t.Errorf("%v: %v, want %s", tt.v, err, tt.what)
		}
	}
	for _, texts := range [][]string{{"id"}, {"=7"}, {"id="}, {"id=1", "id=2"}} {
		if v, err := ReadValues(texts); err == nil {
			t.Errorf("%v is %v", texts, v)
		}
	}
}
