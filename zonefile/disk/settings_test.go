//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"strings"
	"testing"
)

// Whose group is a user's own, by passwd(5) and group(5). The files that are read with it are in cli.
func TestOwnGroup(t *testing.T) {
	const passwd = "root:x:0:0:root:/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\nbob:x:1001:1001::/:/bin/sh\n" +
		"eve:x:1002:100::/:/bin/sh\nsue:x:1003:100::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\nzoe:x:1004:1004::/:/bin/sh\n"
	const groups = "root:x:0:toor\nann:x:1000:\nbob:x:1001:bob,ann\nusers:x:100:\neve:x:1002:eve\nadm:x:1004:\nzoe:x:1004:\n"
	fields := func(text string) (lines [][]string) {
		for line := range strings.Lines(text) {
			lines = append(lines, strings.Split(strings.TrimSpace(line), ":"))
		}
		return lines
	}
	for _, c := range []struct {
		uid, gid uint32
		want     bool
	}{
		{0, 0, true},        // with a second name of the same user
		{1000, 1000, true},  // as adduser makes it
		{1001, 1001, false}, // with another member
		{1002, 1002, true},  // not his first one, and nobody else's
		{1002, 100, false},  // of all users
		{1000, 0, false},    // another's
		{1004, 1004, false}, // a number with two names
		{1000, 9999, false}, // unknown here: another service may know who is in it
	} {
		if got := ownGroup(fields(passwd), fields(groups), c.uid, c.gid); got != c.want {
			t.Errorf("group %d is user %d's own: %v", c.gid, c.uid, got)
		}
	}
}
