//go:build linux || darwin || freebsd || netbsd

package server

// This file decides what the opinion of named-checkzone means for a save. A child that could not be run, or was cut off,
// has no opinion: that is no consent. Commands and the editor's review both go by Judge.

import (
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// A Verdict is what an opinion means for the save of a new text.
type Verdict int

// The verdicts. The first three let a save go on by itself.
const (
	Unchecked     Verdict = iota // named-checkzone is not installed: nobody has checked
	Loads                        // perhaps with new complaints
	RefusedBefore                // it refused the old text too, for the same reason
	Refuses                      // and did not refuse the old text, or for other reasons
	NotAsked                     // it could not be asked
	OtherZone                    // the SOA makes another zone of it than the one that the file is for
)

// A Judgement is a verdict with what is to be told.
type Judgement struct {
	Verdict
	Opinion          // of the new text
	Fresh   []string // complaints that the old text did not have
	Told    []string // complaints that a user has to see: the fresh ones, or all where the text is refused for nothing new
	Text    string   // the verdict in a sentence; "" for a text that loads, all of it
	Blocks  bool     // a save needs the consent of a human
}

// Judge compares the opinion of a new text with that of the old, which is asked for only where the new one is complained
// about.
func Judge(old, next *zonefile.Zone, ask func(*zonefile.Zone) Opinion) Judgement {
	j := judge(old, next, ask(next), ask)
	j.Blocks = j.Verdict >= Refuses
	if j.Told = j.Fresh; j.Refused && len(j.Fresh) == 0 {
		j.Told = j.Complaints
	}
	return j
}

// judge is Judge without what follows from the verdict.
func judge(old, next *zonefile.Zone, now Opinion, ask func(*zonefile.Zone) Opinion) Judgement {
	j := Judgement{Opinion: now}
	before := Opinion{}
	if len(j.Complaints) > 0 || j.Refused {
		before = ask(old)
		j.Fresh = j.Since(before)
	}
	j.Verdict = j.verdict(before)
	if m, bad := next.Misnamed(); bad { // whatever the old text was
		j.Verdict = OtherZone
		j.Text = zonefile.Problem{File: m.File, Span: m.Span, Message: m.String()}.String()
		return j
	}
	switch j.Verdict {
	case Loads:
		if err := unread(next); err != nil {
			j.Text = "named-checkzone was asked without an included file, and nobody has checked whether named loads that: " + err.Error()
		}
	case Unchecked:
		j.Text = "named-checkzone is not installed: nobody has checked whether named loads this zone"
	case RefusedBefore:
		j.Text = "named would not load this zone, nor what is there now, for the same reason"
	case Refuses:
		j.Text = "named would not load this zone"
	case NotAsked:
		j.Text = "nobody could be asked whether named would load this zone: " + j.Err.Error()
	}
	return j
}

// unread is why the first file that a zone includes and that was not read was not; nil if all were.
func unread(z *zonefile.Zone) error {
	for f := range z.Files() {
		for w := range z.Inclusions(f) {
			if _, err := w.Included(); err != nil {
				return err
			}
		}
	}
	return nil
}

// verdict is the verdict on an opinion, before being that of the old text.
func (j Judgement) verdict(before Opinion) Verdict {
	switch {
	case j.Err != nil:
		return NotAsked
	case !j.Asked:
		return Unchecked
	case !j.Refused:
		return Loads
	case before.Refused && len(j.Fresh) == 0:
		return RefusedBefore
	}
	return Refuses
}

// Since is what named-checkzone says now and did not say of the old zone. Lines move in an edit, so their
// numbers do not count.
func (o Opinion) Since(old Opinion) []string {
	known := map[string]bool{}
	for _, c := range old.Complaints {
		known[withoutLines(c)] = true
	}
	return slices.DeleteFunc(slices.Clone(o.Complaints), func(c string) bool { return known[withoutLines(c)] })
}

// withoutLines is a complaint without the numbers of lines in it.
func withoutLines(complaint string) string {
	number := func(part string) bool { _, err := strconv.ParseUint(part, 10, 32); return err == nil }
	return strings.Join(slices.DeleteFunc(strings.Split(complaint, ":"), number), ":")
}

// AskNamed asks named-checkzone about a version of a zone, whether it is in files or not; dir is where relative includes
// start. It is given what the program itself has read: a file that a zone must not include is not shown by way of
// named-checkzone either, whose messages quote. W may watch it.
func AskNamed(z *zonefile.Zone, dir string, w *Watch) Opinion {
	const most = 200 // pipes; what else is included is read from its file
	root := z.Root()
	if len(slices.Collect(z.Inclusions(root))) == 0 {
		src := [][]byte{}
		for _, piece := range root.Pieces() {
			src = append(src, piece)
		}
		return askNamed(string(z.Name()), root.Name(), src, dir, nil, w)
	}
	text, parts := standIns(z, 0, most)
	return askNamed(string(z.Name()), root.Name(), [][]byte{text}, dir, parts, w)
}

// standIns is the text of a zone file that includes its parts by toolFile, the first of a number, and the parts, at most so
// many: what else is included is left as it is. What could not be read is nothing.
func standIns(z *zonefile.Zone, first, most int) (root []byte, parts []part) {
	var text func(f *zonefile.File) []byte
	text = func(f *zonefile.File) []byte {
		return z.StandIns(f, func(w zonefile.Row) string {
			included, _ := w.Included()
			switch {
			case included == nil:
				return os.DevNull
			case len(parts) == most:
				return ""
			}
			n := len(parts)
			parts = append(parts, part{name: included.Name()})
			inner := text(included) // appends to parts
			parts[n].text = inner
			return toolFile(first + n)
		})
	}
	return text(z.Root()), parts
}
