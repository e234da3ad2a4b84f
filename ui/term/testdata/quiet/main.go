// A program on bubbletea that imports package term: it says what it finds, and must say nothing else.
package main

import (
	"fmt"
	"os"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/mailzone/mailzone/ui/term"
)

func main() {
	during := os.Getenv("TERM")
	term.Restore()
	value, isSet := os.LookupEnv("TERM")
	_ = tea.Quit
	fmt.Printf("%s %q %t %d\n", during, value, isSet, lipgloss.ColorProfile())
}
