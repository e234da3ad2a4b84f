// Package planted is settings files as strangers may leave them: one line each. The next kind is one line more. Package cli
// reads each of them, and the proof of the save lets the whole program meet it, which is why the table stands here.
package planted

import (
	"encoding/binary"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// Name is the name of a settings file beside a zone file.
const Name = ".mailzone.toml"

// Secret stands in the files where something is wrong; nobody may be told it.
const Secret = "correcthorse"

// Rule is the rule that the settings turn off, where they are believed.
const Rule = "mx-target-no-address"

// User is the user daemon, who has a group of his own on every Linux.
const User = 1

const (
	good   = "[lint]\ndisable = [\"" + Rule + "\"]\n"
	nobody = 65534 // a user without a group of his own
)

// What is told of files.
const (
	isLink   = "it is a symbolic link: if you trust it, give --config "
	strange  = "neither to you nor to root: if you trust it, `chown` it to you, or give --config "
	writable = "others than its owner may write it (mode 06"
	tooDeep  = "too many brackets in one another: at most 8"
	tooLong  = "too many parts of a key: at most 8"
	tooMany  = "too many values: at most 4096"
	noTOML   = "this is not TOML: lint.disable, "
	noSuch   = "no such setting: lint.disable, "
)

// A File is what stands at the place of settings.
type File struct {
	Name string
	make func(path string) error
	Root string // what is told to root: "" if it is believed, "-" if it is neither believed nor told
	User string // what is told to the user User
}

// Put puts the file at a path, and beside it what it may lead to. The error is EPERM or ENOTSUP where it cannot be had.
func (f File) Put(path string) error {
	dir := filepath.Dir(path)
	return errors.Join(os.WriteFile(filepath.Join(dir, "secret"), []byte("password="+Secret), 0o600),
		says(good)(filepath.Join(dir, "good")), f.make(path))
}

// Nothing is no file.
func Nothing() File { return File{"nothing", func(string) error { return nil }, "-", "-"} }

// owned is a good file of an owner, a group and a mode.
func owned(uid, gid int, mode os.FileMode) func(string) error {
	return func(path string) error {
		return errors.Join(os.WriteFile(path, []byte(good), 0o600), os.Chown(path, uid, gid), os.Chmod(path, mode))
	}
}

// says is a file of root's with a text.
func says(text string) func(string) error {
	return func(path string) error { return os.WriteFile(path, []byte(text), 0o644) }
}

// leads is a link.
func leads(to string) func(string) error {
	return func(path string) error { return os.Symlink(to, path) }
}

// node is what mknod(2) makes.
func node(mode uint32, dev int) func(string) error {
	return func(path string) error { return unix.Mknod(path, mode|0o644, dev) }
}

// withACL is a file of root's that an ACL lets another user write (linux/posix_acl_xattr.h).
func withACL(path string) error {
	acl := binary.LittleEndian.AppendUint32(nil, 2)
	for _, e := range []struct {
		tag, may uint16
		id       uint32
	}{{1, 6, 1<<32 - 1}, {2, 6, nobody}, {4, 4, 1<<32 - 1}, {16, 6, 1<<32 - 1}, {32, 4, 1<<32 - 1}} {
		acl = binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(acl, e.tag), e.may)
		acl = binary.LittleEndian.AppendUint32(acl, e.id)
	}
	return errors.Join(owned(0, 0, 0o644)(path), unix.Setxattr(path, "system.posix_acl_access", acl, 0))
}

// twoNames is a file with a second name.
func twoNames(path string) error {
	return errors.Join(owned(0, 0, 0o644)(path), os.Link(path, path+".too"))
}

// listens is a socket.
func listens(path string) error {
	l, err := net.Listen("unix", path)
	if err == nil {
		l.(*net.UnixListener).SetUnlinkOnClose(false)
		err = l.Close()
	}
	return err
}

// sparse is a file that is long and holds nothing.
func sparse(path string) error {
	return errors.Join(owned(0, 0, 0o644)(path), os.Truncate(path, 1<<40))
}

// both is what root and the user are told of a text.
func both(name, text, told string) File { return File{name, says(text), told, told} }

// padded is good settings of a length.
func padded(length int) string {
	return good + "#" + strings.Repeat("x", length-len(good)-1)
}

// Files are all of them.
func Files() []File {
	return []File{
		// Who can have written it.
		{"root's", owned(0, 0, 0o644), "", ""},
		{"root's alone", owned(0, 0, 0o600), "", "not read: permission denied"},
		{"root's and its own group's", owned(0, 0, 0o664), "", ""},
		{"root's and another group's", owned(0, User, 0o664), writable, writable},
		{"root's and everybody's", owned(0, 0, 0o646), writable, writable},
		{"root's and all's", owned(0, 0, 0o666), writable, writable},
		{"root's and a user's by ACL", withACL, writable, writable},
		{"the user's", owned(User, User, 0o644), strange, ""},
		{"the user's and his own group's", owned(User, User, 0o664), strange, ""},
		{"the user's and another group's", owned(User, nobody, 0o664), strange, writable},
		{"the user's and everybody's", owned(User, User, 0o606), strange, writable},
		{"a stranger's", owned(nobody, nobody, 0o644), strange, strange},
		{"a stranger's, set-user-ID", owned(nobody, 0, os.ModeSetuid|0o644), strange, strange},
		// What stands at the name.
		Nothing(),
		{"directory", func(path string) error { return os.Mkdir(path, 0o755) }, "it is a directory, not a file", "it is a directory, not a file"},
		{"FIFO", node(unix.S_IFIFO, 0), "it is a FIFO, not a file", "it is a FIFO, not a file"},
		{"socket", listens, "it is a socket, not a file", "it is a socket, not a file"},
		{"zero", node(unix.S_IFCHR, int(unix.Mkdev(1, 5))), "it is a device, not a file", "it is a device, not a file"},
		{"tty", node(unix.S_IFCHR, int(unix.Mkdev(5, 0))), "it is a device, not a file", "it is a device, not a file"},
		{"disk", node(unix.S_IFBLK, int(unix.Mkdev(7, 200))), "it is a device, not a file", "it is a device, not a file"},
		{"link to a secret", leads("secret"), isLink, isLink},
		{"link to good settings", leads("good"), isLink, isLink},
		{"link to zero", leads("/dev/zero"), isLink, isLink},
		{"link to itself", leads(Name), isLink, isLink},
		{"link to nothing", leads("absent"), isLink, isLink},
		{"link to a directory", leads("/etc"), isLink, isLink},
		{"two names", twoNames, "it has 2 names", "it has 2 names"},
		// How much there is.
		both("empty", "", "-"),
		both("64 KiB", padded(64<<10), ""),
		both("one byte more", padded(64<<10+1), "it has more than 65536 bytes"),
		both("2 MiB", padded(2<<20), "it has more than 65536 bytes"),
		{"1 TiB", sparse, "it has more than 65536 bytes", "it has more than 65536 bytes"},
		both("1000 lines", good+strings.Repeat("\n", 998), ""),
		both("1001 lines", good+strings.Repeat("\n", 998)+"#", ":1001:1: not read: too many lines: at most 1000"),
		both("lines alone", strings.Repeat("\n", 60000), ":1001:1: not read: too many lines"),
		both("lines in a text", "a = \"\"\""+strings.Repeat("\n", 60000)+"\"\"\"\n", "not read: too many lines"),
		// Keys.
		both("8 parts", "a.b.c.d.e.f.g."+Secret+" = 1\n", ":1:1: not read: "+noSuch),
		both("9 parts", "a.b.c.d.e.f.g.h."+Secret+" = 1\n", ":1:16: not read: "+tooLong),
		both("40 KB of key", strings.Repeat("a.", 20000)+"a=1\n", tooLong),
		both("quoted parts", strings.Repeat("\"a\".", 10000)+"a=1\n", tooLong),
		both("literal parts", strings.Repeat("'a'.", 10000)+"a=1\n", tooLong),
		both("parts with blanks", strings.Repeat("a . ", 10000)+"a=1\n", tooLong),
		both("parts of a table", "["+strings.Repeat("a.", 20000)+"a]\n", tooLong),
		both("parts of a list of tables", "[["+strings.Repeat("a.", 20000)+"a]]\n", tooLong),
		both("parts in an inline table", "a={b=1,"+strings.Repeat("a.", 20000)+"a=1}\n", tooLong),
		both("parts of a number", "a=1"+strings.Repeat(".1", 20000)+"\n", tooLong),
		both("many keys", strings.Repeat("a=1\n", 900), noSuch),
		both("many keys in a table", "lint={"+strings.Repeat("a=1,", 16000)+"b=1}\n", tooMany),
		both("many severities", "lint.severity={"+strings.Repeat("a=1,", 16000)+"b=1}\n", tooMany),
		both("many elements", "include-dirs=["+strings.Repeat("1,", 32000)+"]\n", tooMany),
		both("many numbers for rules", "lint.disable=["+strings.Repeat("1,", 32000)+"]\n", tooMany),
		both("many times one rule", "lint.disable=["+strings.Repeat("\""+Rule+"\",", 2500)+"]\n", ""),
		// Brackets.
		both("8 lists", "a="+strings.Repeat("[", 8)+strings.Repeat("]", 8)+"\n", noSuch),
		both("9 lists", "a="+strings.Repeat("[", 9)+strings.Repeat("]", 9)+"\n", ":1:11: not read: "+tooDeep),
		both("30000 lists", "a="+strings.Repeat("[", 30000), tooDeep),
		both("20000 inline tables", strings.Repeat("a={", 20000), tooDeep),
		both("lists and tables", strings.Repeat("a=[{", 15000), tooDeep),
		both("brackets in a text", "a='''"+strings.Repeat("[", 30000)+"'''\n", noSuch),
		both("brackets in a comment", good+"#"+strings.Repeat("[", 30000)+"\n", ""),
		both("brackets behind four quotes", "a=[\"\"\"b\"\"\"\","+strings.Repeat("[", 30000)+"\n", tooDeep),
		both("brackets behind five quotes", "a=['''b''''',"+strings.Repeat("[", 30000)+"\n", tooDeep),
		both("brackets behind an escape", "a=[\"\\\\\","+strings.Repeat("[", 30000)+"\n", tooDeep),
		both("closed before it is opened", strings.Repeat("]", 30000)+Secret+"\n", noTOML),
		// What it says.
		both("a password", "DB_PASSWORD="+Secret+"\n", noTOML),
		both("a token", "token_"+Secret+" = 1\n", ":1:1: not read: "+noSuch),
		both("a crontab", "0 5 * * * root "+Secret+"\n", noTOML),
		both("a text that does not end", "[lint]\nttl-floor = \""+Secret, noTOML),
		both("NUL", "[lint]\n\x00"+Secret, noTOML),
		both("escapes", "[lint]\n\x1b]0;"+Secret+"\a", noTOML),
		both("UTF-16", "\xff\xfe[\x00l\x00"+Secret, noTOML),
		both("Latin-1", "[lint]\n"+Secret+" = \"\xe4\"\n", noTOML),
		both("control characters in a key", "\"\\u001b[31m"+Secret+"\" = 1\n", noSuch),
		both("a table that is none", "["+Secret+"]\n", ":1:2: not read: no such table: [lint] and [lint.severity]"),
		both("a list of tables", "[[lint]]\n"+Secret+"=1\n", "no list of tables may stand here"),
		both("a key that looks like a setting", "\"lint.disable\" = [\""+Rule+"\"]\n", noSuch),
		both("a setting that is a table", "lint.disable.x = \""+Secret+"\"\n", noSuch),
		both("a table that is a text", "lint = \""+Secret+"\"\n", noSuch),
		both("twice", "[lint]\ndisable=[]\ndisable=[]\n", ":3:1: not read: this stands here twice"),
		both("a rule that is none", "[lint]\ndisable = [\""+Rule+"\", \""+Secret+"\"]\n", ":2:36: not read: lint.disable: there is no such rule"),
		both("a rule that is no text", "[lint]\ndisable = [12]\n", ":2:12: not read: lint.disable: a list of rules"),
		both("rules that are no list", "[lint]\ndisable = \""+Secret+"\"\n", ":2:11: not read: lint.disable: a list of rules"),
		both("a severity of no rule", "[lint.severity]\n"+Secret+" = \"info\"\n", ":2:1: not read: lint.severity: there is no such rule"),
		both("a severity that is none", "[lint]\nseverity.ns-single = \""+Secret+"\"\n", `"error", "warning" or "info" may stand here`),
		both("a floor that is none", "[lint]\nttl-floor = \"a "+Secret+"\"\n", ":2:13: not read: lint.ttl-floor: a TTL may stand here"),
		both("a floor that is a number", "[lint]\nttl-floor = 12\n", "lint.ttl-floor: a TTL may stand here"),
		both("directories", "include-dirs = [\"/"+Secret+"\"]\n", "a file beside a zone allows nothing"),
	}
}
