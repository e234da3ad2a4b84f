package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// Lines that look alike, one going and one coming, say what differs.
func TestUnseenChange(t *testing.T) {
	for _, tt := range []struct {
		gone, come []string
		want       string
	}{
		{[]string{"a MX 10 b\r\n"}, []string{"a MX 10 b\n"}, "line end: CR LF > LF"},
		{[]string{"a MX 10 b"}, []string{"a MX 10 b\n", "c MX 10 b\n"}, "line end: none > LF"},
		{[]string{"a MX 10 b\n"}, []string{"a MX 10 b"}, "line end: LF > none"},
		{[]string{"a MX 10 b  \n"}, []string{"a MX 10 b\n"}, "they differ in blanks alone"},
		{[]string{"a\tMX 10 b\n"}, []string{"a MX 10 b\n"}, "they differ in blanks alone"},
		{[]string{"a MX 10 b\n"}, []string{"a MX 20 b\n"}, ""},
		{[]string{"a MX 10 b\n"}, nil, ""},
		{nil, []string{"a MX 10 b\r\n"}, ""},
	} {
		if got := unseenChange(tt.gone, tt.come, ">"); got != tt.want {
			t.Errorf("%q to %q: %q, want %q", tt.gone, tt.come, got, tt.want)
		}
	}
}

// The review of a file whose line ends change, as an editor outside may do it, says so beside each line.
func TestReviewOfLineEnds(t *testing.T) {
	a := hostingApp(t, 2)
	err := a.doc.Change(document.Change{Title: "line ends", Make: func(z *zonefile.Zone) (out []zonefile.Edit, _ error) {
		at := uint32(strings.Index(string(z.Root().Bytes()), "\n"))
		return []zonefile.Edit{{File: z.Root(), Span: zonefile.Span{Start: at, End: at}, New: "\r"}}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	drain(a, examine(a)) // the review waits for that
	_, cmd := a.Update(runeKey('w'))
	drain(a, cmd)
	tells(t, a, "line end: LF "+a.Glyphs.Arrow+" CR LF")
}

// An hour in another year has its year: a TTL may be 68 years.
func TestKeptUntil(t *testing.T) {
	now := time.Date(2026, 12, 31, 12, 0, 0, 0, time.UTC)
	for ttl, want := range map[int]string{
		3600:       ", until Thursday 31 December 13:01",
		86400:      ", until Friday 1 January 2027 12:01",
		2147483647: ", until ",
	} {
		if got := keptUntil(preview.Stale{TTL: uint32(ttl)}, now); !strings.HasPrefix(got, want) || ttl > 1<<30 && !strings.Contains(got, "2095") {
			t.Errorf("%d s: %q, want %q", ttl, got, want)
		}
	}
}

// Nothing is compared for who does not wait any more.
func TestStoppedReport(t *testing.T) {
	a := hostingApp(t, 2)
	a.Update(runeKey('j'))
	a.focus(paneRecords)
	_, cmd := a.Update(runeKey('+'))
	drain(a, cmd)
	sv, err := a.doc.Prepare(a.doc.Now())
	if err != nil {
		t.Fatal(err)
	}
	c := &pace{}
	c.stopped.Store(true)
	if r := newReport(a.doc.Saved, sv, a.doc.Store, a.doc.Examining(a.doc.Saved), true, c); r != nil || c.done.Load() != 0 {
		t.Errorf("compared: %v, part %d", r, c.done.Load())
	}
}
