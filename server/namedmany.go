//go:build linux || darwin || freebsd || netbsd

package server

// This file asks named's opinion of many zones at once: named-checkconf loads all zones of a configuration that is written here,
// in the time in which named-checkzone is started for a few. What it is given are the texts that the program has, with those of
// included files in their place, as AskNamed does: so they can be asked about before anything is staged, and its messages show
// no file that the program has not read itself.

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// A Text is a version of a zone to be asked about.
type Text struct {
	Zone   *zonefile.Zone
	Dir    string   // where relative includes start
	Checks []string // what named checks of it, as of Zone.Checks
}

// How much named-checkconf is given at once, and how much it may say.
const (
	mostGiven  = 1000 // descriptors: a child that may open 1,024 has some left
	mostParts  = 200  // of one zone
	manyOutput = 64 << 20
)

// A question is a zone in the configuration that is written: one for each way in which named checks a text.
type question struct {
	text   int // its number
	zone   *zonefile.Zone
	name   string // as BIND's programs take it
	checks string
	twin   int // how many of this name stand before it
}

// AskNamedAll asks about versions of many zones at once. Opinions come in the order of the texts.
func AskNamedAll(texts []Text) []Opinion {
	opinions := make([]Opinion, len(texts))
	var batch []question
	given, names := 0, map[string]int{}
	ask := func() {
		askTogether(batch, opinions)
		batch, given, names = nil, 0, map[string]int{}
	}
	for i, t := range texts {
		name, size := zoneArgument(string(t.Zone.Name())), 1+inclusions(t.Zone)
		if name == "" || size > mostParts || !canGive {
			opinions[i] = AskNamed(t.Zone, t.Dir, nil)
			continue
		}
		ways := t.Checks
		if len(ways) == 0 {
			ways = []string{""}
		}
		for _, checks := range ways {
			if given+size > mostGiven {
				ask()
			}
			batch = append(batch, question{i, t.Zone, name, checks, names[name]})
			given, names[name] = given+size, names[name]+1
		}
	}
	ask()
	return opinions
}

// inclusions is how often the files of a zone include another one.
func inclusions(z *zonefile.Zone) (n int) {
	for f := range z.Files() {
		for range z.Inclusions(f) {
			n++
		}
	}
	return n
}

// An offer is what named-checkconf is given: a configuration, the files that it names, and what stands in messages for these.
type offer struct {
	text  strings.Builder
	files []*os.File
	names []string
}

// askTogether asks one batch of questions.
func askTogether(batch []question, opinions []Opinion) {
	if len(batch) == 0 {
		return
	}
	slices.SortStableFunc(batch, func(a, b question) int { return a.twin - b.twin })
	var o offer
	defer o.drop()
	err := o.write(batch)
	var r reply
	if err == nil {
		check := tool{name: "named-checkconf", args: []string{"-z", "/dev/stdin"}, stdin: [][]byte{[]byte(o.text.String())}, given: o.files,
			logs: true, limit: checkTime * time.Duration(1+len(batch)/100), most: manyOutput}
		r, err = check.run()
	}
	if errors.Is(err, errNotInstalled) {
		return
	}
	said, unclear := saidOfEach(batch, r)
	if err == nil {
		err = unclear
	}
	names := strings.NewReplacer(o.names...)
	seen := map[int]bool{}
	for i, q := range batch {
		own := Opinion{Err: err}
		if err == nil {
			own = readLoading(names.Replace(said[i]))
		}
		if seen[q.text] {
			own = opinions[q.text].and(own)
		}
		opinions[q.text], seen[q.text] = own, true
	}
}

// write writes the configuration. Zones of one name have a view each.
func (o *offer) write(batch []question) error {
	for i, q := range batch {
		if i == 0 || q.twin != batch[i-1].twin {
			if i > 0 {
				o.text.WriteString("};\n")
			}
			fmt.Fprintf(&o.text, "view \"%d\" {\n", q.twin)
		}
		root := len(o.files)
		text, parts := standIns(q.zone, root+1, mostParts)
		for _, p := range append([]part{{q.zone.Root().Name(), text}}, parts...) {
			f, err := anonymous(p.text)
			if err != nil {
				return fmt.Errorf("named-checkconf cannot be given the zones: %w", err)
			}
			path := toolFile(len(o.files))
			o.files = append(o.files, f)
			o.names = append(o.names, path+":", p.name+":", path+" ", p.name+" ")
		}
		fmt.Fprintf(&o.text, "zone \"%s\" { type primary; file \"%s\"; %s };\n", q.name, toolFile(root), q.checks)
	}
	o.text.WriteString("};\n")
	return nil
}

// drop closes the files.
func (o *offer) drop() {
	for _, f := range o.files {
		f.Close()
	}
}

// saidOfEach is what named-checkconf logged of each zone: it loads one after the other, and ends each by what became of it
// (BIND: lib/dns/zone.c, zone_postload).
func saidOfEach(batch []question, r reply) (said []string, err error) {
	begin, end := 0, 0
	for line := range strings.Lines(r.text) {
		end += len(line)
		if len(said) == len(batch) || !endsLoading(line, batch[len(said)].name) {
			continue
		}
		said = append(said, r.text[begin:end])
		begin = end
	}
	switch {
	case r.cut:
		return nil, fmt.Errorf("named-checkconf said more than %d bytes", manyOutput)
	case lacking(r.text) != "":
		return nil, errors.New("named-checkconf lacked what it needs: " + lacking(r.text))
	case len(said) < len(batch):
		err = fmt.Errorf("named-checkconf ended with status %d and said nothing of zone %s", r.status, batch[len(said)].name)
		if rest := complaints(r.text[begin:]); len(rest) > 0 {
			err = fmt.Errorf("%w (%s)", err, rest[0])
		}
		return nil, err
	}
	refused := slices.ContainsFunc(said, func(text string) bool { return readLoading(text).Refused })
	if refused != r.failed() {
		return nil, fmt.Errorf("named-checkconf ended with status %d and did not say clearly", r.status)
	}
	return said, nil
}

// endsLoading tells the last line about a zone.
func endsLoading(line, zone string) bool {
	head, what, _ := strings.Cut(strings.TrimRight(line, "\n"), "/IN")
	name, is := strings.CutPrefix(head, "zone ")
	return is && strings.EqualFold(name, zone) && (strings.HasPrefix(what, saysLoaded) || what == saysRefused)
}

// readLoading reads what was logged of one zone.
func readLoading(text string) Opinion {
	return Opinion{Asked: true, Refused: strings.HasSuffix(strings.TrimRight(text, "\n"), saysRefused), Complaints: complaints(text)}
}

// and is the opinion of a text that is loaded in two ways.
func (o Opinion) and(other Opinion) Opinion {
	if o.Err != nil {
		return o
	}
	if other.Err != nil {
		return other
	}
	o.Refused = o.Refused || other.Refused
	for _, c := range other.Complaints {
		if !slices.Contains(o.Complaints, c) {
			o.Complaints = append(slices.Clip(o.Complaints), c)
		}
	}
	return o
}

// JudgeAll is Judge for many zones: the texts from before are asked about where the new ones are complained about.
func JudgeAll(old, next []Text) []Judgement {
	now := AskNamedAll(next)
	var again []Text
	at := map[*zonefile.Zone]int{}
	for i, o := range now {
		if len(o.Complaints) > 0 || o.Refused {
			at[old[i].Zone] = len(again)
			again = append(again, old[i])
		}
	}
	before := AskNamedAll(again)
	out := make([]Judgement, len(next))
	for i, o := range now {
		out[i] = Judge(old[i].Zone, next[i].Zone, func(z *zonefile.Zone) Opinion {
			if z == next[i].Zone {
				return o
			}
			return before[at[z]]
		})
	}
	return out
}
