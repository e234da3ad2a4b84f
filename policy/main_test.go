package policy

import (
	"os"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// What a test needs and the machine has not is told at the end.

func TestMain(m *testing.M) { os.Exit(needs.Main{M: m}.Run()) }
