package cli

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile/disk"
)

// Who edits a file that is not there is told how a zone is made, unless another file is meant, or something else is wrong.
func TestOrNew(t *testing.T) {
	none := &disk.Error{Path: "/x/db.new", What: "cannot be opened: no such file or directory", Remedy: "check the name", Err: fs.ErrNotExist}
	if got := orNew(none, "db.new"); !strings.Contains(got.Error(), "`mailzone --origin NAME db.new`") || !errors.Is(got, fs.ErrNotExist) {
		t.Error(got)
	}
	for _, other := range []error{
		&disk.Error{Path: "/x/db.new", What: "cannot be opened", Remedy: "did you mean db.nev?", Err: fs.ErrNotExist},
		&disk.Error{Path: "/x/db.new", What: "cannot be opened: permission denied", Err: fs.ErrPermission},
		errors.New("no terminal"),
	} {
		if got := orNew(other, "db.new"); got != other {
			t.Errorf("%v becomes %v", other, got)
		}
	}
}
