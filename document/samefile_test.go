package document

import (
	"fmt"
	"testing"

	"github.com/mailzone/mailzone/server"
)

// steps is a reload that takes some steps and ends so.
type steps struct {
	name   string
	left   int
	served bool
	log    *[]string
}

// Step takes one.
func (s *steps) Step() server.Progress {
	s.left--
	*s.log = append(*s.log, fmt.Sprint(s.name, s.left))
	return server.Progress{Done: s.left == 0, Served: s.left == 0 && s.served, Text: s.name}
}

// The zones of a file are read again one after the other; one that named does not serve ends that, and is told.
func TestReloadsOfAFile(t *testing.T) {
	for served, want := range map[bool]string{true: "[a1 a0 b1 b0 c1 c0]", false: "[a1 a0 b1 b0]"} {
		var log []string
		begin := func(name string, served bool) func() Reloader {
			return func() Reloader { return &steps{name, 2, served, &log} }
		}
		r := &reloads{now: begin("a", true)(), list: []func() Reloader{begin("b", served), begin("c", true)}}
		p := server.Progress{}
		for range 10 {
			if p = r.Step(); p.Done {
				break
			}
		}
		if got := fmt.Sprint(log); got != want || !p.Done || p.Served != served || p.Text != map[bool]string{true: "c", false: "b"}[served] {
			t.Errorf("b is served %v: %s, %+v, want %s", served, got, p, want)
		}
	}
}
