package zonefile

// What a script may say beside nsupdate's own words. A word of the program's own changes the zone as the lines above it leave
// it, so those are carried out first.

import (
	"fmt"
	"strings"
)

// originWord sets what names are relative to: nsupdate has no such word.
const originWord = "origin"

// Language is what a script may say.
type Language struct {
	Words  []Word
	Strict bool        // nothing that nsupdate does not know
	Tell   func(error) // is given what a word has to say and is no reason to stop; nil where nobody listens
}

// Word is a word that nsupdate does not know.
type Word struct {
	Name  string
	Takes []string // what its arguments are called
	Edits func(*Zone, Said) ([]Edit, error)
}

// Said is a line with a word: its arguments, the origin that the script has set, and to whom to tell something.
type Said struct {
	Args   []string
	Origin Name
	Tell   func(error)
}

// notInNsupdate refuses a word of the program's own.
func notInNsupdate(word string) error {
	return fmt.Errorf("%s: mailzone's own word, which nsupdate does not know: say it by update add and update delete", word)
}

// own carries out a word of the program's own.
func (s *script) own(word string, args []string) error {
	for _, w := range s.language.Words {
		switch {
		case !strings.EqualFold(word, w.Name):
			continue
		case s.language.Strict:
			return notInNsupdate(w.Name)
		case len(args) != len(w.Takes):
			return fmt.Errorf("%s takes %s", w.Name, strings.Join(w.Takes, " "))
		}
		if err := s.carryOut(); err != nil {
			return fmt.Errorf("what stands above it: %w", err)
		}
		edits, err := w.Edits(s.z, Said{args, s.origin, s.tell})
		if err != nil {
			return s.home(err)
		}
		return s.step(edits)
	}
	return s.unknown(word)
}

// unknown refuses a word that nobody knows.
func (s *script) unknown(word string) error {
	words := []string{"update add", "update delete", "zone", "ttl"}
	if !s.language.Strict {
		words = append(words, originWord)
		for _, w := range s.language.Words {
			words = append(words, w.Name)
		}
	}
	return fmt.Errorf("%s: not a command: %s are", word, List(append(words, "show", "send", "quit"), "and"))
}

// carryOut makes what lines have asked for so far.
func (s *script) carryOut() error {
	edits, err := s.edits()
	if err != nil {
		return s.home(err)
	}
	return s.step(edits)
}

// home says of a line where it stands in the zone that the script began with.
func (s *script) home(err error) error { return s.start.home(err, s.start.Compose(s.steps...)) }

// tell tells who listens.
func (s *script) tell(what error) {
	if s.language.Tell != nil {
		s.language.Tell(s.home(what))
	}
}

// step makes edits of the script's version: what is asked for from now on, is asked for of the next.
func (s *script) step(edits []Edit) (err error) {
	if s.z, err = s.z.Apply(edits...); err != nil {
		return err
	}
	if len(edits) > 0 {
		s.steps = append(s.steps, edits)
	}
	s.wanted, s.types, s.order = map[setKey]*wantedSet{}, map[Name][]Type{}, nil
	return nil
}

// finish is all changes as one list.
func (s *script) finish() ([]Edit, error) {
	if err := s.carryOut(); err != nil {
		return nil, err
	}
	if len(s.steps) == 1 {
		return s.steps[0], nil
	}
	return s.start.Compose(s.steps...), nil
}
