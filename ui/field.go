package ui

// Lines of a form. What cannot be typed stays in its field as it is, byte by byte.

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// part tells what of a record a field of a form holds. RDATA token n is part(n).
type part int

// The parts that are not single tokens of the data.
const (
	partType part = -1 - iota
	partOwner
	partTTL
	partComment
	partData // all of the data, as a zone file has it
	partText // the strings of a TXT, joined
	partIPv4 // the addresses of a host that has none
	partIPv6
	partRaise      // whether the id of MTA-STS is raised
	partEverywhere // whether all lines change that have the old address or host
)

// partPolicy is the first field of a policy, partOwnerField the first of its owner; those behind it have the numbers below.
const partPolicy, partOwnerField part = -100, -200

// ofPolicy tells a field of a policy's text.
func (p part) ofPolicy() bool { return p <= partPolicy && p > partOwnerField }

// field is a line of a form.
type field struct {
	part    part
	label   string
	input   textinput.Model
	was     string                  // the value that the record has now; "" of a new one
	fixed   bool                    // the value has bytes that cannot be typed or shown: it stays as it is
	check   func(text string) error // nil: anything goes
	note    func(text string) string
	finish  func(text string) string // what the value becomes when the field is left; nil: it stays
	choices []policy.Choice          // what it may be; nil of one that is typed
	left    bool                     // the user has been here and gone on: now it may be called wrong
	pasted  string                   // what was typed before finish made something else of it
	read    func(text string) string // what stands behind what was typed, as what a file holds; nil: that itself
	made    string                   // and that
	hosts   *candidates              // what it may be; nil of a field for no host
	fresh   bool                     // what is typed takes the place of what stands there
}

// newField makes an empty field with a cursor that does not blink: a blink is 80 bytes a second over SSH.
func (k *kit) newField(p part, label, value string) field {
	in := textinput.New()
	in.Prompt = ""
	in.PromptStyle, in.TextStyle, in.PlaceholderStyle, in.CompletionStyle = k.Styles.Plain, k.Styles.Plain, k.Styles.Dim, k.Styles.Dim
	in.Cursor.Style, in.Cursor.TextStyle = k.Styles.Plain, k.Styles.Dim
	in.Cursor.SetMode(cursor.CursorStatic)
	in.KeyMap.AcceptSuggestion, in.KeyMap.NextSuggestion, in.KeyMap.PrevSuggestion = key.Binding{}, key.Binding{}, key.Binding{}
	in.KeyMap.Paste = key.Binding{} // reads the clipboard of the machine that the program runs on
	in.SetValue(value)
	in.CursorEnd()
	in.Focus() // takes keys; which field has the cursor is the form's to know
	return field{part: p, label: label, input: in, was: value, fixed: in.Value() != value || k.show(value) != value}
}

// set puts a value into the field. What may complete it is looked for anew: the input does so only where something is typed.
func (f *field) set(text string) {
	f.input.SetValue(text)
	if f.input.ShowSuggestions {
		f.input.SetSuggestions(f.input.AvailableSuggestions())
	}
}

// suggest lets a field complete what is typed.
func (f *field) suggest(words []string) {
	f.input.ShowSuggestions = true
	f.input.SetSuggestions(words)
}

// value is what stands in the field, without blanks around it. One behind a backslash belongs to what stands there.
func (f *field) value() string {
	if f.fixed {
		return f.was
	}
	text := strings.TrimLeftFunc(f.input.Value(), unicode.IsSpace)
	value := strings.TrimSpace(text)
	if escapes := len(value) - len(strings.TrimRight(value, `\`)); escapes%2 == 1 && value != text {
		value += " "
	}
	return value
}

// err is what is wrong with the value.
func (f *field) err() error {
	if f.check == nil {
		return nil
	}
	return f.check(f.value())
}

// typeInto types into a field, or pastes: on one line, and only what the screen can show. It says what it left out.
func (k *kit) typeInto(f *field, msg tea.KeyMsg) (leftOut string) {
	if f.fixed {
		return ""
	}
	if msg.Type == tea.KeyRunes {
		text := []rune(onOneLine(string(msg.Runes)))
		// U+FFFD is what is left of a byte that is no UTF-8; a mark is typed behind what it combines with
		msg.Runes = slices.DeleteFunc(slices.Clone(text), func(r rune) bool { return r == utf8.RuneError || k.show("a"+string(r)) != "a"+string(r) })
		if n := len(text) - len(msg.Runes); n > 0 {
			leftOut = "left out: " + zonefile.Plural(n, "character that cannot be shown here", "characters that cannot be shown here")
		}
	}
	f.input, _ = f.input.Update(msg)
	return leftOut
}

// leave ends the typing: now the value may be called wrong.
func (f *field) leave() {
	f.left = true
	if text := f.final(); text != f.value() {
		f.pasted, f.made = f.value(), text
		f.set(text)
	}
}

// meant is what stands behind what was typed.
func (f *field) meant(text string) string {
	if f.read == nil {
		return text
	}
	return f.read(text)
}

// final is the value as it is when the field has been left.
func (f *field) final() string {
	if f.finish == nil || f.fixed || f.value() == f.was {
		return f.value()
	}
	return f.finish(f.value())
}

// suggestion is what the value may be completed to: "" unless the cursor is at its end.
func (f *field) suggestion() string {
	s := f.input.CurrentSuggestion()
	if s == f.input.Value() || f.input.Position() < len([]rune(f.input.Value())) {
		return ""
	}
	return s
}

// complete takes the suggestion.
func (f *field) complete() {
	if s := f.suggestion(); s != "" {
		f.set(s)
		f.input.CursorEnd()
	}
}

// onOneLine makes line ends and tabs blanks and drops other control characters.
func onOneLine(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0:
			return -1
		}
		return r
	}, text))
}

// checkNumber wants a number up to a limit.
func checkNumber(limit uint64) func(string) error {
	return func(text string) error {
		if n, err := strconv.ParseUint(text, 10, 64); err != nil || n > limit {
			return fmt.Errorf("a number from 0 to %d", limit)
		}
		return nil
	}
}

// checkName wants a name.
func checkName(origin zonefile.Name) func(string) error {
	return func(text string) error {
		switch {
		case text == "":
			return fmt.Errorf("no name is written yet")
		case strings.Contains(text, " "):
			return fmt.Errorf("one name, without blanks")
		}
		_, err := zonefile.ParseName(text, origin)
		return err
	}
}

// checkTTL wants a TTL or nothing.
func checkTTL(text string) error {
	if ttl, ok := zonefile.ParseTTL(text); text != "" && (!ok || ttl > zonefile.MaxTTL) {
		return fmt.Errorf("seconds, or units as 1h30m")
	}
	return nil
}

// errNoType is that of what is no type.
var errNoType = errors.New("a record type, as MX, A, AAAA, TXT")

// checkAddress wants an address of the type's family.
func checkAddress(t zonefile.Type) func(string) error {
	return func(text string) error {
		a, err := netip.ParseAddr(text)
		switch {
		case t == zonefile.TypeA && err == nil && a.Is6():
			return fmt.Errorf("an IPv6 address: its type is AAAA")
		case t == zonefile.TypeAAAA && err == nil && a.Is4():
			return fmt.Errorf("an IPv4 address: its type is A")
		case t == zonefile.TypeA && (err != nil || !a.Is4()):
			return fmt.Errorf("an IPv4 address, as 192.0.2.1")
		case t == zonefile.TypeAAAA && (err != nil || !a.Is6() || a.Zone() != ""):
			return fmt.Errorf("an IPv6 address, as 2001:db8::1")
		}
		return nil
	}
}

// checkAnyAddress wants one address of any family.
func checkAnyAddress(text string) error {
	if a, err := netip.ParseAddr(text); err != nil || a.Zone() != "" {
		return fmt.Errorf("an address, as 192.0.2.1 or 2001:db8::1")
	}
	return nil
}

// checkAddresses wants addresses of any family, or nothing.
func checkAddresses(text string) error {
	for _, word := range addressWords(text) {
		if checkAnyAddress(word) != nil {
			return fmt.Errorf("addresses, as 192.0.2.1 2001:db8::1")
		}
	}
	return nil
}

// addressWords splits a list of addresses.
func addressWords(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' })
}
