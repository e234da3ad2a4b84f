package lint_test

import (
	"sync/atomic"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// Views of one zone, loaded together, are each right by themselves; to other zones the first one answers.
func TestViews(t *testing.T) {
	opt := only("mx-target-no-address")
	inner, outer := zoneOf("@ MX 10 in\nin A 10.0.0.25\n"), zoneOf("@ MX 10 out\nout A 62.96.4.25\n")
	other := zonefile.Parse("o", []byte("@ MX 10 in.example.com.\n@ MX 20 out.example.com.\n"), zonefile.Options{Origin: "example.net."})
	if found := lint.Run([]*zonefile.Zone{inner, outer}, opt); len(found) != 0 {
		t.Errorf("found: %v", found)
	}
	found := lint.Run([]*zonefile.Zone{outer, inner, other}, opt)
	if len(found) != 1 || found[0].Zone != other || found[0].Position().Line != 1 {
		t.Errorf("found: %v", found)
	}
}

// counter is what a run tells of its progress.
type counter struct{ steps, parts, done atomic.Int64 }

func (c *counter) Step(_ string, parts int) { c.steps.Add(1); c.parts.Add(int64(parts)) }
func (c *counter) Done(parts int)           { c.done.Add(int64(parts)) }

// A run tells of all records, once, and finds the same as one that nobody listens to.
func TestProgress(t *testing.T) {
	zones := []*zonefile.Zone{zoneOf("@ MX 10 gone\n"), zonefile.Parse("big", hosting(5000), zonefile.Options{Origin: "big.example."})}
	records := 0
	for _, z := range zones {
		for range z.Records() {
			records++
		}
	}
	var c counter
	alone, heard := lint.Run(zones, lint.Options{}), lint.Run(zones, lint.Options{Progress: &c})
	if c.steps.Load() != 1 || c.parts.Load() != int64(records) || c.done.Load() != int64(records) {
		t.Errorf("%d steps of %d records, %d done: want 1, %d, %[4]d", c.steps.Load(), c.parts.Load(), c.done.Load(), records)
	}
	if len(alone) == 0 || len(alone) != len(heard) {
		t.Errorf("%d findings alone, %d with a listener", len(alone), len(heard))
	}
}

// A run that nobody waits for any more looks at no further name.
func TestEndedRun(t *testing.T) {
	zones := []*zonefile.Zone{zonefile.Parse("big", hosting(5000), zonefile.Options{Origin: "big.example."})}
	names := 0
	for range zones[0].Nodes() {
		names++
	}
	var asked atomic.Int64
	run := func(end bool) int64 {
		asked.Store(0)
		lint.Run(zones, lint.Options{Ended: func() bool { asked.Add(1); return end }})
		return asked.Load()
	}
	if all, ended := run(false), run(true); all < int64(names) || ended > all/100 {
		t.Errorf("%d names of %d are looked at, %d of them when nobody waits", all, names, ended)
	}
}
