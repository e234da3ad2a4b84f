package document

// What is the same of some zones is said once, with the names of the first of them.

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Alike is what is the same of some zones.
type Alike struct {
	Text  string
	Zones []string // by their names, or names in them
}

// Names is the zones in a sentence: the first by their names.
func (a Alike) Names() string {
	const most = 3
	if len(a.Zones) <= most {
		return zonefile.List(a.Zones, "and")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(a.Zones[:most], ", "), len(a.Zones)-most)
}

// Alikes is what is told of zones, what is the same once, in the order of the first of each.
type Alikes struct {
	List []Alike
	at   map[string]int
}

// Add tells something of a zone.
func (a *Alikes) Add(text, zone string) {
	if a.at == nil {
		a.at = map[string]int{}
	}
	i, known := a.at[text]
	if !known {
		i = len(a.List)
		a.at[text], a.List = i, append(a.List, Alike{Text: text})
	}
	a.List[i].Zones = append(a.List[i].Zones, zone)
}
