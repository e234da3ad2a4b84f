package ui

// What takes its time shows how far it is: the editor while it opens a zone, and commands on a terminal.

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/bubbles/progress"
	"github.com/charmbracelet/x/ansi"
	xterm "github.com/charmbracelet/x/term"
	"github.com/muesli/termenv"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/ui/term"
)

// newBar is a bar without colours: its characters alone tell what is done.
func newBar(utf8 bool) progress.Model {
	full, empty := '█', '░'
	if !utf8 {
		full, empty = '#', '.'
	}
	return progress.New(progress.WithoutPercentage(), progress.WithFillCharacters(full, empty), progress.WithColorProfile(termenv.Ascii))
}

// pace is how far some work beside the screen is, for who waits for it, and the end of it if nobody does any more.
type pace struct {
	done    atomic.Int64 // the parts that are done
	of      atomic.Int64 // of so many; 0: that is not known yet
	stopped atomic.Bool
}

// begin begins work of so many parts.
func (p *pace) begin(parts int) { p.of.Store(int64(parts)) }

// goesOn counts a part that is done, and tells whether somebody waits for the next.
func (p *pace) goesOn() bool {
	p.done.Add(1)
	return !p.stopped.Load()
}

// part is how much of the work is done.
func (p *pace) part() float64 { return min(float64(p.done.Load())/float64(max(p.of.Load(), 1)), 1) }

const (
	barGrace = time.Second            // most commands are done by then, and nothing flickers
	barEvery = 100 * time.Millisecond // between two drawings
	barWidth = 30                     // at most
)

// Progress shows on a terminal how far a command is, once it takes longer than a second. It leaves nothing
// behind. A nil one shows nothing.
type Progress struct {
	out   *os.File
	bar   progress.Model
	quit  chan struct{}
	ended crash.Group

	mu          sync.Mutex
	what        string
	parts, done int
	drawn       bool
}

// StartProgress begins to show progress on a terminal; it is nil for whatever else out is, and where the
// environment says that nobody looks or that the terminal has no cursor.
func StartProgress(out io.Writer) *Progress {
	if !IsTerminal(out) || os.Getenv("CI") != "" {
		return nil
	}
	p := &Progress{out: out.(*os.File), bar: newBar(LocaleIsUTF8()), quit: make(chan struct{})}
	p.ended.Go(p.watch)
	return p
}

// IsTerminal tells whether a writer is a terminal on which a line can be drawn anew.
func IsTerminal(out io.Writer) bool {
	term.Restore()
	f, ok := out.(*os.File)
	return ok && xterm.IsTerminal(f.Fd()) && !dumb()
}

// Step begins a step of so many parts, of which what says what they are and what is done to them: "zones read".
func (p *Progress) Step(what string, parts int) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.what, p.parts, p.done = what, parts, 0
}

// Done counts parts that are done.
func (p *Progress) Done(parts int) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += parts
}

// Stop ends the showing and removes what was drawn. It may be called again.
func (p *Progress) Stop() {
	if p == nil || p.quit == nil {
		return
	}
	close(p.quit)
	p.ended.Wait()
	p.quit = nil
	if p.drawn {
		_, _ = io.WriteString(p.out, "\r"+ansi.EraseLineRight) // a terminal that is gone needs nothing removed
	}
}

// watch draws after the grace, again and again.
func (p *Progress) watch() {
	next := time.NewTimer(barGrace)
	defer next.Stop()
	for {
		select {
		case <-p.quit:
			return
		case <-next.C:
			p.draw()
			next.Reset(barEvery)
		}
	}
}

// Columns is how wide the terminal is that something writes to; 0 if it is none. One that does not tell has 80.
func Columns(out io.Writer) int {
	file, ok := out.(interface{ Fd() uintptr })
	if !ok {
		return 0
	}
	width, _, err := xterm.GetSize(file.Fd())
	if err != nil {
		return 0
	}
	return cmp.Or(width, 80)
}

// draw draws the line. It stays clear of the last column: a terminal would begin a new line there.
func (p *Progress) draw() {
	p.mu.Lock()
	defer p.mu.Unlock()
	width, _, err := xterm.GetSize(p.out.Fd())
	if err != nil || p.parts == 0 {
		return
	}
	text := fmt.Sprintf("%d of %d %s", p.done, p.parts, p.what)
	if p.bar.Width = min(barWidth, width-len(text)-2); p.bar.Width > 0 {
		text = p.bar.ViewAs(float64(p.done)/float64(p.parts)) + " " + text
	}
	_, _ = io.WriteString(p.out, "\r"+ansi.Truncate(text, width-1, "")+ansi.EraseLineRight)
	p.drawn = true
}
