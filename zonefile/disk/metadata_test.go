//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/testdata/needs"
)

// acl is a POSIX ACL as Linux stores it: user::rw-, user:12:rw-, group::r--, mask::rw-, other::---.
const acl = "\x02\x00\x00\x00" +
	"\x01\x00\x06\x00\xff\xff\xff\xff" +
	"\x02\x00\x06\x00\x0c\x00\x00\x00" +
	"\x04\x00\x04\x00\xff\xff\xff\xff" +
	"\x10\x00\x06\x00\xff\xff\xff\xff" +
	"\x20\x00\x00\x00\xff\xff\xff\xff"

// attrNames are the attributes that the tests set, where the file system has them.
var attrNames = []string{"user.note", "user.empty"}

func TestMetadataIsKept(t *testing.T) {
	path := zone(t)
	for i, name := range attrNames {
		value := []byte("of the zone\x00\xff")[:(1-i)*13]
		if err := unix.Setxattr(path, name, value, 0); err != nil {
			t.Skipf("no extended attributes here: %v", err)
		}
	}
	if os.Geteuid() == 0 {
		if err := os.Chown(path, 53, 54); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(path, 0o664); err != nil {
		t.Fatal(err)
	}
	withACL := unix.Setxattr(path, "system.posix_acl_access", []byte(acl), 0) == nil
	before := metadataAt(t, path)
	if withACL && len(before.attrs) != 3 {
		t.Fatalf("attributes %q", before.attrs)
	}
	mustSave(t, open(t, path, options(t)), newText, SaveOptions{})
	if after := metadataAt(t, path); before.lostIn(after) != "" {
		t.Errorf("lost the %s: %+v, %+v", before.lostIn(after), before, after)
	}
	wantContent(t, path, newText)
}

// metadataAt reads the metadata at a path.
func metadataAt(t *testing.T, path string) metadata {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := kernel{}.metadataOf(int(f.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestInheritedACLIsRemoved(t *testing.T) {
	path := zone(t)
	if err := unix.Setxattr(filepath.Dir(path), "system.posix_acl_default", []byte(acl), 0); err != nil {
		t.Skipf("no ACLs here: %v", err)
	}
	mustSave(t, open(t, path, options(t)), newText, SaveOptions{})
	if after := metadataAt(t, path); len(after.attrs) != 0 || after.status.mode&0o777 != 0o640 {
		t.Errorf("the new file has mode %o and attributes %q", after.status.mode, after.attrs)
	}
}

func TestWhatCannotBeKeptIsRefused(t *testing.T) {
	for call, lost := range map[string]string{"fchown": "owner 53", "fchmod": "mode 0664", "fsetxattr": `attribute "user.note"`} {
		t.Run(call, func(t *testing.T) {
			needs.Root(t)
			path := zone(t)
			if err := errors.Join(unix.Setxattr(path, "user.note", []byte("x"), 0), os.Chown(path, 53, 54), os.Chmod(path, 0o664)); err != nil {
				t.Skip(err)
			}
			o := options(t)
			o.around = func(name string, do func() error) error {
				if name == call {
					return nil // without effect
				}
				return do()
			}
			r, err := open(t, path, o).Save([]byte(newText), SaveOptions{})
			if r.Outcome != Untouched || !strings.Contains(r.Message, lost) || !errors.As(err, new(*lostError)) {
				t.Errorf("Save = %+v, %v, want lost %s", r, err, lost)
			}
			wantContent(t, path, oldText)
			wantNames(t, filepath.Dir(path), "db.example.com")
		})
	}
}
