package server

// This file is the text of a configuration as it comes in: the files that are being read, one in the other, a piece at a time, and
// how much of all that is read at most. What is found wrong is kept with its place.

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"time"
)

// What a configuration may have at most: nobody's is near, and somebody's may be made to use up the machine.
const (
	longestWord  = 4096     // bytes of a path, by limits.h
	mostConf     = 64 << 20 // bytes of all files
	mostWords    = 8 << 20  // words and signs
	mostTexts    = 1000     // files
	deepestTexts = 300      // files that include each other in a chain: BIND reads as many
	deepestBrace = 50
	mostListed   = 100_000  // zones
	mostKept     = 16 << 20 // bytes of names, paths and checks
	keptChecks   = 512      // bytes that checks count as
	mostViews    = 1000
	mostTold     = 50 // faults
	longestRead  = 10 * time.Second
	confChunk    = 8 << 10 // bytes that are read at a time
)

// tooMuchConf says why no more is read.
const tooMuchConf = "the configuration has more than 64 MiB: what follows is not read"

// tooManyZones says why no more zones are listed.
const tooManyZones = "the configuration has more than 100000 zones, or 16 MiB of their names, paths and checks: what follows is not listed"

// A confText is a text of the configuration that is being read.
type confText struct {
	name   string // as messages call it
	line   int
	from   io.Reader
	file   io.Closer   // nil for a text that is in no file
	info   os.FileInfo // which file it is, by whatever path
	chunk  []byte      // that pieces are read into
	window []byte      // what of it is not used yet
	ended  bool        // there is nothing behind the window
}

// A confPlace is a line of the configuration.
type confPlace struct {
	in   *confText
	line int // 0 for no line of its own
}

// String is a place as messages have it.
func (at confPlace) String() string {
	if at.line == 0 {
		return at.in.name
	}
	return fmt.Sprintf("%s:%d", at.in.name, at.line)
}

// A confWord is a word, or one of the signs ; { } ! that stands in sign; 0 as sign and no text is the end of all.
type confWord struct {
	text   string
	quoted bool
	sign   byte
	long   bool // it was longer than any word that matters, and is cut
	at     confPlace
}

// isEnd tells the end of all.
func (w confWord) isEnd() bool { return w.sign == 0 && w.text == "" && !w.quoted }

// A confStream reads a configuration: one stream of words out of many files.
type confStream struct {
	root   confRoot
	dir    string // that relative paths count from, as far as was read
	texts  []*confText
	ahead  confWord
	peeked bool // ahead is the next word
	buffer []byte
	last   confPlace // of the last word
	braces int       // that are open

	entered, globbed, spent, words int // files, names of directories, bytes, words
	now                            func() time.Time
	until                          time.Time
	stopped                        bool // enough was read

	faults  []string
	more    int      // faults that are not kept
	refused []string // files that may not be read, and where they are named
}

// stop ends the reading, and says why.
func (p *confStream) stop(at confPlace, why string) {
	if !p.stopped {
		p.stopped = true
		p.fault(at, why)
	}
}

// fault keeps what is wrong at a place. What it consists of is put together if it is kept: a configuration may have a million.
func (p *confStream) fault(at confPlace, what ...any) {
	if len(p.faults) == mostTold {
		p.more++
		return
	}
	p.faults = append(p.faults, at.String()+": "+fmt.Sprint(what...))
}

// unreadable keeps a file that the user may not read.
func (p *confStream) unreadable(from confPlace, path string) {
	p.refused = append(p.refused, fmt.Sprintf("%s (named at %v)", p.root.open(path), from))
}

// use takes bytes out of the window.
func (t *confText) use(n int) {
	switch {
	case n == 1 && t.window[0] == '\n':
		t.line++
	case n > 1:
		t.line += bytes.Count(t.window[:n], []byte{'\n'})
	}
	t.window = t.window[n:]
}

// has reads on until there are so many bytes in the window of the text on top, and reports whether there are.
func (p *confStream) has(n int) bool {
	if p.stopped {
		return false
	}
	t := p.top()
	for len(t.window) < n && !t.ended {
		p.fill(t)
	}
	return len(t.window) >= n
}

// fill reads a piece of a text.
func (p *confStream) fill(t *confText) {
	if p.now().After(p.until) {
		p.stop(p.place(), "the configuration takes too long to read: what follows is not read")
		t.ended = true
		return
	}
	if t.chunk == nil {
		t.chunk = make([]byte, confChunk)
	}
	kept := copy(t.chunk, t.window)
	n, err := t.from.Read(t.chunk[kept:])
	if p.spent += n; p.spent > mostConf {
		p.stop(p.place(), tooMuchConf)
		err, n = io.EOF, 0
	}
	t.window, t.ended = t.chunk[:kept+n], err != nil
	if err != nil && err != io.EOF {
		p.fault(p.place(), "cannot be read any further: "+plainCause(err))
	}
}

// top is the text that is being read.
func (p *confStream) top() *confText { return p.texts[len(p.texts)-1] }

// place is where the reader is.
func (p *confStream) place() confPlace { return confPlace{p.top(), p.top().line} }

// leave goes back to the text that included the one on top.
func (p *confStream) leave() {
	if f := p.top().file; f != nil {
		f.Close()
	}
	p.top().window, p.top().chunk = nil, nil // places in it go on
	p.texts = p.texts[:len(p.texts)-1]
}
