//go:build linux || darwin || freebsd || netbsd

package server

import (
	"strings"
	"testing"
	"time"
)

// A tool gets nothing of the user, and is neither waited nor listened for without an end.
func TestTool(t *testing.T) {
	if _, err := (tool{name: "no-such-program", limit: 1}).run(); err == nil || err.Error() != "no-such-program is not installed" {
		t.Errorf("a program that is missing: %v", err)
	}
	if _, err := (tool{name: "sleep", args: []string{"60"}, limit: 50 * time.Millisecond}).run(); err == nil || err.Error() != "sleep took longer than 50ms" {
		t.Errorf("a program that hangs: %v", err)
	}
	t.Setenv("SECRET", "of the user")
	r, err := tool{name: "env", limit: 10 * time.Second, most: 1000}.run()
	if want := "LC_ALL=C\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\n"; err != nil || !strings.HasPrefix(r.text, want) || strings.Contains(r.text, "SECRET") {
		t.Errorf("the environment is %q, %v", r.text, err)
	}
	if r, err := (tool{name: "ls", args: []string{"/no such file\n"}, limit: 10 * time.Second, most: 1000}).run(); err != nil || !r.failed() || strings.Contains(r.said(), "\n") {
		t.Errorf("a program that fails: %+v, %v", r, err)
	}
	if r, err := (tool{name: "head", args: []string{"-c", "9999999", "/dev/zero"}, limit: 10 * time.Second, most: 1000}).run(); err != nil || len(r.text) != 1000 || !r.cut {
		t.Errorf("a program that says too much: %d bytes, %v", len(r.text), err)
	}
	out := limited{most: 5, full: func() {}}
	for range 3 {
		if n, err := out.Write([]byte("abc")); n != 3 || err != nil {
			t.Errorf("Write = %d, %v", n, err)
		}
	}
	if out.String() != "abcab" {
		t.Errorf("kept %q", out.String())
	}
}
