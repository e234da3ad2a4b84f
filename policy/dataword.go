package policy

// Data that is words with blanks between them, as a zone file has it on one line: each word with its place, so that a change
// of one leaves the others as they are written. Reading follows the quotes and backslashes of zone files (RFC 1035 §5.1).

import (
	"fmt"
	"strings"
)

// dataWord is a word of data.
type dataWord struct {
	Span
	text   string // as it is written
	quoted bool
	open   bool // its quotation mark has no second one
}

// wordsOf reads data. What cannot stand in it is part of a word.
func wordsOf(text string) (list []dataWord) {
	for i := 0; i < len(text); {
		if text[i] == ' ' || text[i] == '\t' {
			i++
			continue
		}
		w := wordAt(text, i)
		list = append(list, w)
		i = w.End
	}
	return list
}

// wordAt reads the word that starts at an octet.
func wordAt(text string, start int) dataWord {
	w := dataWord{quoted: text[start] == '"'}
	w.open = w.quoted
	i := start
	if w.quoted {
		i++
	}
	for ; i < len(text); i++ {
		c := text[i]
		if !w.quoted && (c == ' ' || c == '\t' || c == '"') {
			break
		}
		if w.quoted && c == '"' {
			w.open, i = false, i+1
			break
		}
		if c == '\\' {
			i = min(i+1, len(text)-1)
		}
	}
	w.Span, w.text = Span{start, i}, text[start:i]
	return w
}

// said is what a word says: without its quotation marks, and what is escaped as it is meant.
func (w dataWord) said() string {
	text := w.text
	if w.quoted {
		text = text[1:]
		if !w.open {
			text = text[:len(text)-1]
		}
	}
	if strings.IndexByte(text, '\\') < 0 {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		n, length := escaped(text[i:])
		b.WriteByte(n)
		i += length - 1
	}
	return b.String()
}

// escaped is the octet that a text starts with, and how long it is written.
func escaped(text string) (octet byte, length int) {
	switch {
	case text[0] != '\\' || len(text) == 1:
		return text[0], 1
	case len(text) < 4 || !isDigit(text[1]) || !isDigit(text[2]) || !isDigit(text[3]):
		return text[1], 2
	}
	n := 100*int(text[1]-'0') + 10*int(text[2]-'0') + int(text[3]-'0')
	if n > 255 {
		return text[1], 2
	}
	return byte(n), 4
}

// inQuotes is a word that says a text.
func inQuotes(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(c))
		case c < ' ' || c > '~':
			b.WriteString(octets(text[i : i+1]))
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// isOneWord tells a text that is one word without quotation marks, whatever follows it: a backslash at its end would take in the
// blank behind it.
func isOneWord(text string) bool {
	list := wordsOf(text + " .")
	return len(list) == 2 && list[0].text == text && !list[0].quoted && !strings.ContainsAny(text, "();")
}

// wordFaults is what is wrong with data of so many words: a record that is begun lacks the last one. Of a kind whose last word
// may go on, more is allowed. numbers is the greatest that the first words may be.
func wordFaults(list []dataWord, labels []string, goesOn bool, numbers ...int) []Fault {
	if len(list) < len(labels)-1 {
		return []Fault{{Text: labels[len(list)] + " is missing"}}
	}
	if len(list) > len(labels) && !goesOn {
		w := list[len(labels)]
		return []Fault{{Span: w.Span, Text: quote(w.text) + " is one word too many"}}
	}
	for i, most := range numbers {
		if w := list[i]; !isNumber(w.text, most) {
			return []Fault{{Span: w.Span, Text: fmt.Sprintf("%s %s: a number from 0 to %d", labels[i], quote(w.text), most)}}
		}
	}
	for _, w := range list {
		if w.open || !w.quoted && !isOneWord(w.text) || !isPrintable(w.text) {
			return []Fault{{Span: w.Span, Text: quote(w.text) + " is not written as one word"}}
		}
	}
	return nil
}

// isNumber tells digits that are a number up to a limit.
func isNumber(text string, most int) bool {
	n := 0
	for i := range len(text) {
		if !isDigit(text[i]) || n > most {
			return false
		}
		n = 10*n + int(text[i]-'0')
	}
	return text != "" && n <= most
}

// wordAs is what the word of a number says as written; "" where the data has it not.
func wordAs(text string, i int) string {
	if list := wordsOf(text); i < len(list) {
		return list[i].text
	}
	return ""
}

// setWord puts a word into the place of another, or behind the last one.
func setWord(text string, i int, to string) []Change {
	list := wordsOf(text)
	switch {
	case i < len(list):
		return []Change{{list[i].Span, to}}
	case i > len(list) || to == "":
		return nil
	case i == 0:
		return []Change{{Span{0, 0}, to}}
	}
	at := list[i-1].End
	return []Change{{Span{at, at}, " " + to}}
}

// wordField is a field that is a word of data, as it is written.
func wordField(label string, i int, choices ...Choice) Field {
	return Field{
		Label: label, Choices: choices,
		get: func(text string) string { return wordAs(text, i) },
		set: func(text, value string) []Change { return setWord(text, i, value) },
	}
}

// numberField is a field that is a number.
func numberField(label string, i, most int) Field {
	f := wordField(label, i)
	f.check = func(_, value string) error {
		if !isNumber(value, most) {
			return fmt.Errorf("a number from 0 to %d", most)
		}
		return nil
	}
	return f
}
