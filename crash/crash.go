// Package crash brings a panic from the goroutine in which it happened to somebody who can answer for it.
//
// The runtime ends a program for a panic in any goroutine: on a terminal that is raw, on the alternate screen, with edits that
// are in no log yet. So no goroutine of the program is started but by this package, which a test of the sources holds, and what
// panics in one is raised again in the goroutine that waits for it ([Group]), or handed to whoever started it ([Start]). Who
// has something to put in order first, as who has the terminal, calls [Try].
//
// What the runtime throws (a map written by two at once, a stack without end, no memory) is no panic: nobody can catch it.
package crash

import (
	"fmt"
	"runtime/debug"
	"sync"
)

// An Error is a panic that was caught.
type Error struct {
	Value any    // what panic was called with
	Stack []byte // of the goroutine in which it happened, as the runtime prints it
}

// Error tells that the program is wrong, not what it was given. What it tells may hold bytes of a file.
func (f *Error) Error() string {
	return fmt.Sprintf("a mistake in mailzone itself: %v", f.Value)
}

// Caught is what recover has returned. A panic that was raised again keeps the stack on which it happened.
func Caught(value any) *Error {
	if f, ok := value.(*Error); ok {
		return f
	}
	return &Error{value, debug.Stack()}
}

// Try does something and returns the panic that ended it, nil if it came to its own end.
func Try(do func()) (f *Error) {
	defer func() {
		if value := recover(); value != nil {
			f = Caught(value)
		}
	}()
	do()
	return nil
}

// Start does something in a goroutine that nobody waits for. A panic goes to failed, in that goroutine.
func Start(do func(), failed func(*Error)) {
	go func() {
		if f := Try(do); f != nil {
			failed(f)
		}
	}()
}

// A Group is goroutines that somebody waits for. The zero value is ready.
type Group struct {
	running sync.WaitGroup
	mu      sync.Mutex
	first   *Error
}

// Go does something in a goroutine of the group.
func (g *Group) Go(do func()) {
	g.running.Add(1)
	go func() {
		defer g.running.Done()
		if f := Try(do); f != nil {
			g.keep(f)
		}
	}()
}

// keep remembers the first panic.
func (g *Group) keep(f *Error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.first == nil {
		g.first = f
	}
}

// Wait waits for all goroutines, and raises the first panic of them again.
func (g *Group) Wait() {
	g.running.Wait()
	if g.first != nil {
		panic(g.first)
	}
}

// Drain takes all that comes from a channel. A worker defers it: when all workers have failed, who deals out the work would
// wait for them for ever.
func Drain[T any](work <-chan T) {
	for range work {
	}
}
