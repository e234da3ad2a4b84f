package cli

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// fieldsOf adds the JSON fields of a type, and of those in it up to another documented one, to a set.
func fieldsOf(t reflect.Type, out map[string]bool) {
	switch t.Kind() {
	case reflect.Slice:
		fieldsOf(t.Elem(), out)
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			if tag := f.Tag.Get("json"); tag != "" {
				out[tag] = true
			}
			if f.Type != reflect.TypeFor[delivery]() && f.Type != reflect.TypeFor[[]delivery]() {
				fieldsOf(f.Type, out)
			}
		}
	}
}

// docs/json.md names every field of every command, in the command's section, and no other.
func TestJSONIsDocumented(t *testing.T) {
	src, err := os.ReadFile("../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for _, s := range strings.Split(string(src), "\n## ")[1:] {
		title, text, _ := strings.Cut(s, "\n")
		sections[title] = text
	}
	for title, typ := range map[string]reflect.Type{
		"list":               reflect.TypeFor[listed](),
		"lint":               reflect.TypeFor[finding](),
		"preview of domains": reflect.TypeFor[delivery](),
		"preview of a zone":  reflect.TypeFor[mailbox](),
		"preview --against":  reflect.TypeFor[rerouted](),
		"plan":               reflect.TypeFor[planStep](),
		"apply":              reflect.TypeFor[applied](),
		"repoint":            reflect.TypeFor[manyZone](),
		"merge":              reflect.TypeFor[mergedRecord](),
		"check":              reflect.TypeFor[checkedAddress](),
		"rules":              reflect.TypeFor[explained](),
		"history":            reflect.TypeFor[keptVersion](),
	} {
		fields := map[string]bool{}
		fieldsOf(typ, fields)
		if len(fields) == 0 || sections[title] == "" {
			t.Errorf("%s: %d fields, %d bytes about it", title, len(fields), len(sections[title]))
		}
		for f := range fields {
			if !strings.Contains(sections[title], "`"+f+"`") {
				t.Errorf("docs/json.md, %s: nothing about %s", title, f)
			}
		}
		for line := range strings.Lines(sections[title]) {
			cell, _, _ := strings.Cut(strings.TrimPrefix(line, "|"), "|")
			for i, word := range strings.Split(cell, "`") {
				if strings.HasPrefix(line, "|") && i%2 == 1 && !fields[word] {
					t.Errorf("docs/json.md, %s: there is no field %s", title, word)
				}
			}
		}
	}
}

// No byte of a zone reaches JSON but as printable ASCII.
func TestJSONIsASCII(t *testing.T) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	for _, s := range []string{string(all), "\u202e\u2028é日本"} {
		line, err := plainJSON(listed{Owner: text(s), RData: text(s), File: text(s)})
		if err != nil {
			t.Fatal(err)
		}
		if i := strings.IndexFunc(string(line), func(r rune) bool { return r < ' ' || r > '~' }); i >= 0 {
			t.Errorf("byte %d of %q", i, line)
		}
	}
}
