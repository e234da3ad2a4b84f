// The same program without package term: it shows what bubbletea asks the terminal.
package main

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"
)

func main() {
	_ = tea.Quit
	fmt.Println("started")
}
