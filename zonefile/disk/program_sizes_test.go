//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"

	"github.com/creack/pty"
)

// This file changes the size of the window that the program runs in. A window is minimised to nothing, and stty takes any
// number: whatever it was, the program lives, and shows all once there is room again.

// smallSizes is every size from 0x0 to 5x5, and those that are nothing in one direction only.
func smallSizes() (sizes []pty.Winsize) {
	for n := range uint16(36) {
		sizes = append(sizes, pty.Winsize{Rows: n / 6, Cols: n % 6})
	}
	return append(sizes, pty.Winsize{Rows: 24}, pty.Winsize{Cols: 80}, pty.Winsize{Rows: 1, Cols: 80}, pty.Winsize{Rows: 24, Cols: 1})
}

// everySmallSize takes the window to each small size and back. Then the screen has to be what it was, but for the word at the
// prompt, which is typed in the small window: so no screen of before is taken for the one after. False ends the proof.
func (s *sitting) everySmallSize(c *count) bool {
	const first = "size00"
	if err := s.settle(first); err != nil {
		c.try(err.Error())
		return false
	}
	whole := s.screen()
	for i, small := range smallSizes() {
		word := fmt.Sprintf("size%02d", i+1)
		err := errors.Join(pty.Setsize(s.tty, &small), s.press(calm+":"+word),
			pty.Setsize(s.tty, &pty.Winsize{Rows: displayHeight, Cols: displayWidth}))
		if err == nil {
			_, err = s.until(regexp.MustCompile(`\A` + regexp.QuoteMeta(strings.Replace(whole, first, word, 1)) + `\z`))
		}
		if err != nil {
			c.try(fmt.Sprintf("after %d rows of %d columns: %v", small.Rows, small.Cols, err))
			return false
		}
		c.try("")
	}
	return true
}

// proveSizes changes the size of the window while somebody types.
func proveSizes(p trial) {
	w := p.workplace(p.program(), startZone)
	s, err := w.start()
	if err != nil {
		p.Fatal(err)
	}
	defer s.end()
	if err := errors.Join(s.opened(), s.add("mx9", "192.0.2.9")); err != nil {
		p.Fatal(err)
	}
	c := p.count("%s of %s sizes ended the program or left the screen wrong")
	if !s.everySmallSize(c) {
		return
	}
	size := func(i int) pty.Winsize {
		switch {
		case i < 32:
			return pty.Winsize{Rows: uint16(i / 4 % 4), Cols: uint16(i % 4)}
		case rand.IntN(2) == 0:
			return pty.Winsize{Rows: uint16(rand.IntN(4)), Cols: uint16(rand.IntN(4))}
		case rand.IntN(20) == 0:
			return pty.Winsize{Rows: uint16(rand.IntN(1 << 16)), Cols: uint16(rand.IntN(1 << 16))}
		}
		return pty.Winsize{Rows: uint16(rand.IntN(2 * displayHeight)), Cols: uint16(rand.IntN(2 * displayWidth))}
	}
	keys := []string{"j", "k", "\t", "1", "2", "3", "g", "G", "?", ":", "e", calm, "h", "l", "s", "4", "i"}
	const batch = 50 // then the window is as it was, and the screen has to be
	for i := range p.n(200, 10_000) {
		now, why := size(i), ""
		err := errors.Join(pty.Setsize(s.tty, &now), s.press(keys[rand.IntN(len(keys))]))
		if i%batch == batch-1 {
			err = errors.Join(err, pty.Setsize(s.tty, &pty.Winsize{Rows: displayHeight, Cols: displayWidth}), s.settle(fmt.Sprint("size", i)))
		}
		if err != nil {
			why = fmt.Sprintf("%dx%d: %v", now.Cols, now.Rows, err)
		}
		if c.try(why); why != "" {
			return
		}
	}
	why := ""
	if err := s.press(calm); err != nil {
		why = err.Error()
	} else if _, err := s.shows(regexp.MustCompile(`\[\+\] 1 edit`)); err != nil {
		why = err.Error()
	}
	c.try(why)
}
