// Completion as it comes out of bash, zsh and fish: the shells are run, and asked for a word each time.
package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"github.com/mailzone/mailzone/testdata/needs"
)

// completions is a line up to the word that is asked for, and what is offered for it: all of that, or with others. Each
// word begins as no other does, so that a shell that writes the only one there is into the line can be asked as well.
var completions = []struct {
	line string
	want []string
}{
	{"mailzone hi", []string{"history"}},
	{"mailzone zon", []string{"zones"}},
	{"mailzone rep", []string{"repoint"}},
	{"mailzone help ap", []string{"apply"}},
	{"mailzone rules mx-target-c", []string{"mx-target-cname"}},
	{"mailzone lint --disable mx-target-c", []string{"mx-target-cname"}},
	{"mailzone lint --severity mx-target-c", []string{"mx-target-cname="}},
	{"mailzone lint --severity mx-target-cname=w", []string{"mx-target-cname=warning"}},
	{"mailzone lint --format sa", []string{"sarif"}},
	{"mailzone list db.example.com --type SR", []string{"SRV"}},
	{"mailzone list db.example.com --type MX,SR", []string{"MX,SRV"}},
	{"mailzone preview db.example.com bra", []string{"branch.example.com"}},
	{"mailzone preview db.example.com --down in", []string{"intern.example.com"}},
	{"mailzone preview db.example.com --fault intern.example.com=t", []string{"intern.example.com=timeout"}},
	{"mailzone plan db.example.com --from in", []string{"intern.example.com"}},
	{"mailzone plan db.example.com --to in", []string{"intern.example.com="}},
	{"mailzone history db.example.com --restore ", []string{"1", "2"}},
	{"mailzone list db.exam", []string{"db.example.com"}},
}

// shell is a directory with a zone that was saved twice, and the environment of a shell in it.
func shell(t *testing.T) (dir string, env []string) {
	t.Helper()
	dir = t.TempDir()
	demo, err := os.ReadFile("ui/demo/db.example.com")
	if err != nil {
		t.Fatal(err)
	}
	demo = append(demo, "_submission._tcp SRV 0 1 587 mail\n"...)
	if err := os.WriteFile(filepath.Join(dir, "db.example.com"), demo, 0o600); err != nil {
		t.Fatal(err)
	}
	env = append(os.Environ(), "LC_ALL=C.UTF-8", "TERM=xterm", "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_STATE_HOME="+dir)
	for _, host := range []string{"one", "two"} {
		save := exec.Command("mailzone", "apply", "--yes", "--force", "db.example.com")
		save.Dir, save.Env, save.Stdin = dir, env, strings.NewReader("add "+host+".example.com. 300 A 192.0.2.9\n")
		if out, err := save.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	return dir, env
}

// answers runs one command of a shell and returns the first word of each line.
func answers(t *testing.T, dir string, env []string, name string, args ...string) (words []string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, env
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %q: %v", name, args, err)
	}
	for line := range strings.Lines(string(out)) {
		if f := strings.Fields(line); len(f) > 0 {
			words = append(words, f[0])
		}
	}
	return words
}

func TestCompletionInBash(t *testing.T) {
	needs.Long(t)
	const lib = "/usr/share/bash-completion/bash_completion"
	if !exists(lib) {
		needs.Package("bash-completion")
		t.Skip("needs " + lib)
	}
	dir, env := shell(t)
	// What readline does at Tab: the words of the line, cut at blanks and at the signs of COMP_WORDBREAKS.
	const tab = `source ` + lib + `; source <(mailzone completion bash)
COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9 COMP_KEY=9; COMP_WORDS=() word=
for ((i = 0; i < ${#1}; i++)); do c=${1:i:1}
  case $c in " ") [ -n "$word" ] && COMP_WORDS+=("$word"); word= ;; "=" | ":") [ -n "$word" ] && COMP_WORDS+=("$word"); COMP_WORDS+=("$c"); word= ;; *) word+=$c ;; esac
done
COMP_WORDS+=("$word"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); __start_mailzone mailzone "$word" "${COMP_WORDS[COMP_CWORD-1]}"
if [ ${#COMPREPLY[@]} = 0 ]; then compgen -f -- "$word"; else printf '%s\n' "${COMPREPLY[@]}"; fi`
	for _, c := range completions {
		got := answers(t, dir, env, "bash", "-c", tab, "bash", c.line)
		for _, want := range c.want {
			want = strings.ReplaceAll(want, ",", `\,`) // as one types it
			_, value, pair := strings.Cut(want, "=")   // readline keeps what stands before the "="
			if !slices.Contains(got, want) && !(pair && value != "" && slices.Contains(got, value)) {
				t.Errorf("%q: %q is not offered, but %q", c.line, want, got)
			}
		}
	}
}

func TestCompletionInFish(t *testing.T) {
	needs.Long(t)
	needs.Program(t, "fish", "fish")
	dir, env := shell(t)
	for _, c := range completions {
		got := answers(t, dir, env, "fish", "--no-config", "-c", "mailzone completion fish | source; complete -C $argv[1]", c.line)
		for _, want := range c.want {
			if !slices.Contains(got, want) {
				t.Errorf("%q: %q is not offered, but %q", c.line, want, got)
			}
		}
	}
}

// zsh completes on a terminal alone: Tab is pressed, and the line is shown with the only word there is.
func TestCompletionInZsh(t *testing.T) {
	needs.Long(t)
	needs.Program(t, "zsh", "zsh")
	dir, env := shell(t)
	functions := t.TempDir()
	script, err := exec.Command("mailzone", "completion", "zsh").Output()
	if err == nil {
		err = os.WriteFile(filepath.Join(functions, "_mailzone"), script, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range completions {
		if len(c.want) == 1 {
			zshTab(t, dir, env, functions, c.line, c.want[0])
		}
	}
}

// zshTab types a line in a new zsh, presses Tab and waits until the line ends with a word.
func zshTab(t *testing.T, dir string, env []string, functions, line, want string) {
	t.Helper()
	cmd := exec.Command("zsh", "-f", "-i")
	cmd.Dir, cmd.Env = dir, env
	master, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 200})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = master.Close(); _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	pieces := make(chan string)
	go func() {
		for piece := make([]byte, 4096); ; {
			n, err := master.Read(piece)
			if err != nil {
				close(pieces)
				return
			}
			pieces <- string(piece[:n])
		}
	}()
	var got strings.Builder
	until := func(text string) bool {
		for late := time.After(20 * time.Second); !strings.Contains(got.String(), text); {
			select {
			case piece, more := <-pieces:
				if got.WriteString(piece); !more {
					return false
				}
			case <-late:
				return false
			}
		}
		return true
	}
	_, _ = master.WriteString("PROMPT=; fpath=(" + functions + " $fpath); autoload -U compinit; compinit -D -u; echo rea''dy\n")
	if !until("ready") {
		t.Fatalf("zsh: %q", got.String())
	}
	got.Reset()
	word := line[strings.LastIndexByte(line, ' ')+1:]
	_, _ = master.WriteString("echo " + strings.TrimSuffix(line, word) + "\x15" + line + "\t") // ^U takes the echo away: it is typed so that the shell is there
	_, _ = master.WriteString("\x01echo '<\x05>'\n")                                           // what stands in the line is printed
	if !until("<" + strings.TrimSuffix(line, word) + want) {
		t.Errorf("%q in zsh: no %q: %q", line, want, got.String())
	}
}
