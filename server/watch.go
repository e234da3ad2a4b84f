//go:build linux || darwin || freebsd || netbsd

package server

// This file is for who waits while a program reads a zone: how far it is, and an end to it. A zone of a million records
// takes named-checkzone some seconds.

import (
	"context"
	"io"
	"slices"
	"sync/atomic"
)

// A Watch is who waits for a program that reads a text. A nil one watches nothing. It may be asked from anywhere.
type Watch struct {
	ctx       context.Context
	end       context.CancelFunc
	taken, of atomic.Int64 // bytes of the text
}

// NewWatch begins to watch.
func NewWatch() *Watch {
	w := &Watch{}
	w.ctx, w.end = context.WithCancel(context.Background())
	return w
}

// Stop ends the program, if one runs, and keeps others from being started: nobody wants to know any more.
func (w *Watch) Stop() {
	if w != nil {
		w.end()
	}
}

// Part is how much of the text the program has taken, from 0 to 1. What it does behind that nobody can tell.
func (w *Watch) Part() float64 {
	if all := w.of.Load(); all > 0 {
		return float64(w.taken.Load()) / float64(all)
	}
	return 0
}

// context is what a program runs under.
func (w *Watch) context() context.Context {
	if w == nil {
		return context.Background()
	}
	return w.ctx
}

// text is what a program reads on its standard input: the pieces of a file, which are not put together for it.
type text struct {
	pieces [][]byte
	watch  *Watch
}

// newText is a text that somebody watches.
func newText(pieces [][]byte, w *Watch) *text {
	if w != nil {
		all := 0
		for _, p := range pieces {
			all += len(p)
		}
		w.taken.Store(0)
		w.of.Store(int64(all))
	}
	return &text{slices.Clone(pieces), w}
}

// Read gives the next bytes.
func (t *text) Read(p []byte) (int, error) {
	for len(t.pieces) > 0 && len(t.pieces[0]) == 0 {
		t.pieces = t.pieces[1:]
	}
	if len(t.pieces) == 0 {
		return 0, io.EOF
	}
	n := copy(p, t.pieces[0])
	t.pieces[0] = t.pieces[0][n:]
	t.took(n)
	return n, nil
}

// WriteTo writes piece by piece, without a copy.
func (t *text) WriteTo(w io.Writer) (n int64, err error) {
	for _, p := range t.pieces {
		m, err := w.Write(p)
		t.took(m)
		if n += int64(m); err != nil {
			return n, err
		}
	}
	t.pieces = nil
	return n, nil
}

// took counts bytes that were taken.
func (t *text) took(n int) {
	if t.watch != nil {
		t.watch.taken.Add(int64(n))
	}
}
