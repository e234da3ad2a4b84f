package cli

// The list of what is kept of a zone file: saves that were interrupted, and undo copies, for people and for programs.

import (
	"fmt"
	"strings"
	"time"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// history is what is kept of a zone file.
type history struct {
	path        string // as the user calls it
	interrupted []*disk.Interrupted
	files       []fileHistory // that have undo copies
}

// fileHistory is the undo copies of one file, the newest first.
type fileHistory struct {
	name   string
	copies []document.NotedCopy
}

// historyText prints the list for people; the copies of the file named first stand without its name. p.out keeps its error.
func (p *program) historyText(kept history, first string) {
	for _, in := range kept.interrupted {
		p.line(2, p.show(document.InterruptedText(in, kept.path)))
	}
	for _, f := range kept.files {
		if f.name != first {
			p.line(2, p.paint(strong, p.show(f.name)+":"))
		}
		for i, c := range f.copies {
			did := strings.TrimRight(fmt.Sprintf("  %-10s  %s", c.Serial, strings.Join(c.Did, "; ")), " ")
			p.line(2, fmt.Sprintf("%3d  %s  %9d bytes%s", i+1, c.Time.Local().Format(time.RFC3339), c.Size, p.show(did)))
		}
	}
	if len(kept.files) == 0 {
		p.tell(first + ": no undo copy: mailzone has not saved this file yet")
	}
}

// keptVersion is what a file held before a save, in JSON: a stable interface. An interrupted save has number 0.
type keptVersion struct {
	File   text   `json:"file"`
	Kind   string `json:"kind"`
	Number int    `json:"number"`
	Time   string `json:"time"`
	Bytes  int64  `json:"bytes"`
	Text   text   `json:"text"`
	Serial text   `json:"serial"`
	Did    []text `json:"did"`
}

// historyJSON prints the list for programs.
func (p *program) historyJSON(kept history) error {
	a := array{p: p}
	for _, in := range kept.interrupted {
		err := a.add(keptVersion{File: text(kept.path), Kind: "interrupted", Time: stamp(in.Time), Text: text(document.InterruptedText(in, kept.path)), Did: []text{}})
		if err != nil {
			return err
		}
	}
	for _, f := range kept.files {
		for i, c := range f.copies {
			v := keptVersion{File: text(f.name), Kind: "copy", Number: i + 1, Time: stamp(c.Time), Bytes: c.Size, Serial: text(c.Serial), Did: []text{}}
			for _, did := range c.Did {
				v.Did = append(v.Did, text(did))
			}
			if err := a.add(v); err != nil {
				return err
			}
		}
	}
	return a.end()
}
