package ui

import (
	"bytes"
	"slices"
	"testing"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
)

// What a form says that a change brings and ends is the same in a zone that is too big to be examined between two keys: there it
// is found when the form rests.
func TestBigZoneIsToldTheSame(t *testing.T) {
	big := append(bytes.Clone(demoZone), bytes.Repeat([]byte("; a comment that makes the file longer\n"), 1<<13)...)
	told := func(zone []byte, keys string) (came, gone, hits []string, small bool) {
		t.Chdir(t.TempDir())
		u := newUser(t, "", zone)
		u.types(keys)
		f, ok := u.app.top().(foreseeing)
		if !ok {
			t.Fatalf("%s: no form:\n%s", keys, u.screen())
		}
		return messagesOf(f.tried().brought.Came), messagesOf(f.tried().brought.Gone), f.tried().hits, u.app.doc.Small()
	}
	ends := 0
	for _, keys := range []string{`tab e ctrl+u "server1"`, `tab e ctrl+u "mx2.example.net"`, `home enter / "192.0.2.11" enter e ctrl+u "192.0.2.44"`, `tab a "mx3" tab "192.0.2.45"`,
		`3 g / "v=spf1 mx" enter e ctrl+o ctrl+u "v=spf1 mx a:gone -all"`, `tab e ctrl+u "mx2" tab ctrl+u "1d"`} {
		came, gone, hits, small := told(demoZone, keys)
		bigCame, bigGone, bigHits, _ := told(big, keys)
		if !small || len(big) <= document.AtOnce {
			t.Fatal("the one is not small, or the other not big")
		}
		if !slices.Equal(came, bigCame) || !slices.Equal(gone, bigGone) || !slices.Equal(hits, bigHits) {
			t.Errorf("%s: a small zone brings %q, ends %q, hits %q;\na big one brings %q, ends %q, hits %q", keys, came, gone, hits, bigCame, bigGone, bigHits)
		}
		ends += len(gone)
	}
	if ends < 4 {
		t.Errorf("only %d problems end: the test tries too little", ends)
	}
}

// messagesOf is the words of problems, with their severity.
func messagesOf(list []lint.Diagnostic) (out []string) {
	for _, d := range list {
		out = append(out, d.Severity.Letter()+" "+d.Message)
	}
	return out
}
