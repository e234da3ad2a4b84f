//go:build linux || darwin || freebsd || netbsd

package server

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
	"time"
)

// Who does not want to wait any longer ends the program.
func TestWatchEndsTheProgram(t *testing.T) {
	w := NewWatch()
	started := make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		close(started)
		_, err := tool{name: "sleep", args: []string{"60"}, limit: time.Minute, watch: w}.run()
		ended <- err
	}()
	<-started
	w.Stop()
	select {
	case err := <-ended:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the error is %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the program goes on")
	}
}

// The pieces of a text come in order, by either way, and are counted as they are taken.
func TestTextIsCounted(t *testing.T) {
	pieces := [][]byte{[]byte("ab"), nil, []byte("cdef")}
	w := NewWatch()
	var out bytes.Buffer
	if n, err := newText(pieces, w).WriteTo(&out); n != 6 || err != nil || out.String() != "abcdef" || w.Part() != 1 {
		t.Errorf("%q, %d, %v, %v", out.String(), n, err, w.Part())
	}
	r := newText(pieces, w)
	if w.Part() != 0 {
		t.Errorf("a new text begins at %v", w.Part())
	}
	half := make([]byte, 3)
	if _, err := io.ReadFull(r, half); err != nil || string(half) != "abc" || w.Part() != 0.5 {
		t.Errorf("%q, %v, %v", half, err, w.Part())
	}
	if rest, err := io.ReadAll(r); err != nil || string(rest) != "def" || string(pieces[2]) != "cdef" {
		t.Errorf("%q, %v", rest, err)
	}
}
