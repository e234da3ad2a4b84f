package crash

import (
	"errors"
	"strings"
	"testing"
)

// A panic in any goroutine of a group reaches the one that waits, with the stack on which it happened, however often it is
// raised again; the others come to their end first.
func TestGroupRaisesAgain(t *testing.T) {
	ended := make(chan bool, 1)
	f := Try(func() {
		var outer Group
		outer.Go(func() {
			var inner Group
			inner.Go(func() { breaks(nil) })
			inner.Go(func() { ended <- true })
			inner.Wait()
		})
		outer.Wait()
		t.Error("Wait returned")
	})
	if f == nil || !strings.Contains(string(f.Stack), "crash.breaks") || !strings.Contains(f.Error(), "index out of range") {
		t.Fatalf("the panic is %v", f)
	}
	if len(ended) != 1 {
		t.Error("Wait did not wait for the other goroutine")
	}
}

// breaks reads behind the end of a list.
func breaks(list []int) int { return list[len(list)] }

func TestTry(t *testing.T) {
	if f := Try(func() {}); f != nil {
		t.Errorf("a panic of nothing: %v", f)
	}
	cause := errors.New("cause")
	if f := Try(func() { panic(cause) }); f == nil || f.Value != cause {
		t.Errorf("Try = %v", f)
	}
}

func TestStartTells(t *testing.T) {
	told := make(chan *Error)
	Start(func() { breaks(nil) }, func(f *Error) { told <- f })
	if f := <-told; !strings.Contains(string(f.Stack), "crash.breaks") {
		t.Errorf("the stack is\n%s", f.Stack)
	}
}

// Workers that fail do not hold up who deals out their work.
func TestDrain(t *testing.T) {
	var g Group
	work := make(chan int)
	for range 2 {
		g.Go(func() {
			defer Drain(work)
			for range work {
				breaks(nil)
			}
		})
	}
	for i := range 100 {
		work <- i
	}
	close(work)
	if Try(g.Wait) == nil {
		t.Error("no panic")
	}
}
