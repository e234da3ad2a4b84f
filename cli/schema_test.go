package cli

// docs/schema has a JSON Schema (2020-12) for the output of every command, made from the types that are printed; the
// scripts of testdata/script are held against them. -update writes them anew.

import (
	"bytes"
	"encoding"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/schema anew; git diff shows what has changed")

// elements is what may stand in an array.
type elements []reflect.Type

// outputs is what each command prints with --format json: one of these arrays.
var outputs = map[string][]elements{
	"list":    {{reflect.TypeFor[listed]()}},
	"lint":    {{reflect.TypeFor[finding](), reflect.TypeFor[unreadZone]()}},
	"preview": {{reflect.TypeFor[delivery]()}, {reflect.TypeFor[mailbox]()}, {reflect.TypeFor[rerouted]()}},
	"plan":    {{reflect.TypeFor[planStep]()}},
	"apply":   {{reflect.TypeFor[applied]()}, {reflect.TypeFor[manyZone]()}},
	"repoint": {{reflect.TypeFor[manyZone]()}},
	"check":   {{reflect.TypeFor[checkedAddress]()}},
	"merge":   {{reflect.TypeFor[mergedRecord]()}},
	"rules":   {{reflect.TypeFor[explained]()}},
	"zones":   {{reflect.TypeFor[hostedZone]()}},
	"history": {{reflect.TypeFor[keptVersion]()}},
}

func TestSchemas(t *testing.T) {
	for command, arrays := range outputs {
		s := schema{defs: map[string]any{}}
		var shapes []any
		for _, types := range arrays {
			shapes = append(shapes, map[string]any{"type": "array", "items": s.oneOf(types)})
		}
		whole := map[string]any{
			"$schema": "https://json-schema.org/draft/2020-12/schema",
			"$id":     "https://github.com/mailzone/mailzone/blob/main/docs/schema/" + command + ".json",
			"title":   "mailzone " + command + " --format json",
			"anyOf":   shapes,
			"$defs":   s.defs,
		}
		now, err := json.MarshalIndent(whole, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		name := "../docs/schema/" + command + ".json"
		now = append(now, '\n')
		if *update {
			if err := os.WriteFile(name, now, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if old, err := os.ReadFile(name); err != nil || !bytes.Equal(old, now) {
			t.Errorf("%s is not that of the types (%v): go test ./cli -update makes it so", name, err)
		}
	}
}

// schema is a schema in the making.
type schema struct {
	defs map[string]any // of structs, by their names in the program
}

// oneOf is the schema of what has one of some types.
func (s schema) oneOf(types elements) any {
	if len(types) == 1 {
		return s.of(types[0])
	}
	var all []any
	for _, typ := range types {
		all = append(all, s.of(typ))
	}
	return map[string]any{"anyOf": all}
}

// of is the schema of a type. What the program prints has no maps, no pointers and nothing that may be left out.
func (s schema) of(t reflect.Type) any {
	switch t {
	case reflect.TypeFor[text]():
		return map[string]any{"type": "string", "pattern": "^[ -~]*$"}
	case reflect.TypeFor[lines]():
		return map[string]any{"type": "string", "pattern": "^[ -~\\n\\r\\t]*$"}
	}
	if t.Implements(reflect.TypeFor[json.Marshaler]()) || t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		panic("a type that prints itself: " + t.String())
	}
	switch t.Kind() {
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Uint16, reflect.Uint32:
		return map[string]any{"type": "integer", "minimum": 0}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": s.of(t.Elem())}
	case reflect.Struct:
		return s.object(t)
	}
	panic("no schema of " + t.String())
}

// object is a reference to the schema of a struct. It may have fields more: a later version of the program adds some.
func (s schema) object(t reflect.Type) any {
	ref := map[string]any{"$ref": "#/$defs/" + t.Name()}
	if s.defs[t.Name()] != nil {
		return ref
	}
	properties, required := map[string]any{}, []string{}
	s.defs[t.Name()] = map[string]any{"type": "object"} // while a struct in it names it again
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous {
			continue
		}
		properties[name] = s.of(f.Type)
		if options == "" {
			required = append(required, name)
		}
	}
	s.defs[t.Name()] = map[string]any{"type": "object", "properties": properties, "required": required}
	return ref
}
